"""Who owes a scorecard, reminding only those, and the file that puts an interview into a calendar."""
