"""What was recorded about who did what, as a document of its own."""
