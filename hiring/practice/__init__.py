"""Practice interviews: written answers to rate, and the experts' levels with their reasons."""
