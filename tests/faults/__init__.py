"""Scoring must survive what goes wrong."""
