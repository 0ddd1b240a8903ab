"""A scorecard filled away from the page: a form in one file, and paper typed in by a colleague."""
