"""Schemas: the kinds that they declare, and how values match them."""
