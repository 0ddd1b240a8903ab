"""Invitations to interviews: as a file for calendars, and by mail to the panel."""
