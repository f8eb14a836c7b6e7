"""Figures calculated from the entries: pure functions, with one subject per module."""
