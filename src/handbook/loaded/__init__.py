"""A loaded handbook, and all of its rules."""
