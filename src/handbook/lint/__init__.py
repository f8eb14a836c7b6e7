"""Validate filled-in documents against their templates."""
