"""Plans that fit: which questions for which round, and who interviews whom. Knows nothing of pages or the database."""
