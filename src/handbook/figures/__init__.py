"""What can be worked out from the entries: pure functions, one subject a module."""
