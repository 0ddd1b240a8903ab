"""Jobs: brief, hiring team, skills and weights."""
