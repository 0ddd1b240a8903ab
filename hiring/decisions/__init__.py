"""Hiring decisions and the messages that go with them."""
