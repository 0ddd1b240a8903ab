"""Documents on paper: pages in, PDF out."""
