"""Tests of the panel planner's pages."""
