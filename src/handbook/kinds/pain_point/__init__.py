"""Pain points."""
