"""Built-in kinds and subjects: one folder each, with its figures and rules."""
