"""The phases of building product operations."""
