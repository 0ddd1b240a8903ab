"""Conflicts of interest: declared by people, kept by every door."""
