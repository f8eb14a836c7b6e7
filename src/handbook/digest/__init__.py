"""News of the handbook, for people who do not look into it every day.

One way: what has changed, what is due and what is coming up → lines → text or a message → sent once.
"""

from __future__ import annotations

FORMATS = {"text": "handbook.digest.text", "slack": "handbook.digest.slack"}
"""The module of each format, by the name it is asked for. Only the one that is asked for is imported."""
