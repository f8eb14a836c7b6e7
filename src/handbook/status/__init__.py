"""What is still to be decided in a handbook."""
