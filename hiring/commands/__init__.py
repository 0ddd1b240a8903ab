"""The command line: the same operations and documents as the pages."""
