"""Explain the errors of each JSON Schema keyword to people who don't know JSON Schema."""
