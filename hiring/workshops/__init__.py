"""Workshops in which colleagues sort anchors blind, so that an organisation can validate a rubric of its own."""
