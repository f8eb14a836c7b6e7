"""Roles and career ladders."""
