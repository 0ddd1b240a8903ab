"""Voluntary answers, and what their sums say about selection: by nobody who rates or decides."""
