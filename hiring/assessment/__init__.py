"""Arithmetic on ratings: numbers in, frozen results out; no web, no database."""
