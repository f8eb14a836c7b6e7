"""Feeds: what other programs subscribe to."""
