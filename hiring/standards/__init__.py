"""Standards: what each of the hiring team expects of a barely sufficient candidate, and the cut that follows."""
