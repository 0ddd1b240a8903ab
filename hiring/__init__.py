"""A self-hosted toolkit for structured interviews: guides, scorecards, comparisons and documents."""

__version__ = "0.1.0"
