"""Research studies."""
