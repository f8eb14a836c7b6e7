"""Metrics and their charts."""
