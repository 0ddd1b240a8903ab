"""Second ratings: the written evidence read once more, question by question, blind."""
