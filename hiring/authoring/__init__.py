"""What an organisation adds to the question bank."""
