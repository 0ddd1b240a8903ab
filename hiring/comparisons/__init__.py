"""Candidates of a job side by side."""
