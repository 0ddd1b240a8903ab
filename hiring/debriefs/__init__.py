"""Debriefs: the panel talks once everybody has rated, and what it agrees on stands beside the ratings."""
