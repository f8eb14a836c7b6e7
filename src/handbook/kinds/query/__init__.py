"""Queries to copy."""
