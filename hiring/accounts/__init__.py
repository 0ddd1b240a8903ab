"""People: signing in, roles, one's own account."""
