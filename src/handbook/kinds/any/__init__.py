"""Subjects that concern every kind: owners, due dates and recent changes."""
