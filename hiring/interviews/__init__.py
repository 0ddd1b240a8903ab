"""Planning interviews: who talks with whom, when, by which guide."""
