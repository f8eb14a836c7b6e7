"""The statuses of tools."""

IN_USE = ("active", "trial", "sunset")
"""The statuses of tools that people work with."""
