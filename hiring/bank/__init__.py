"""The question bank as pages to browse."""
