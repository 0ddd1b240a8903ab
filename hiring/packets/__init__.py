"""Everything about one application in one document."""
