"""Erasing a candidate: everything that was written about the person goes, the bare figures stay."""
