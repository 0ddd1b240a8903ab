"""Interview guides: building, publishing, printing."""
