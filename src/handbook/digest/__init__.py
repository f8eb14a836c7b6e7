"""Digests of the handbook for people who do not open it every day.

One direction: changes, due items and upcoming events → lines → text or a message → posted once.
"""

from __future__ import annotations

FORMATS = {"text": "handbook.digest.text", "slack": "handbook.digest.slack"}
"""The module of each format, by its name. Only the requested one is imported."""
