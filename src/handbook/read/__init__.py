"""Stage 1: read files into values with their places. Nothing here validates the values."""
