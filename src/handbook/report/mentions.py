"""Text in which GitHub and GitLab find nobody and nothing to link."""

from __future__ import annotations

import re

_CALL = re.compile(r"[@#!~](?=\w)")
"""Where a mention of a person or a team begins, or the number of an issue, a merge request or a label."""

_NO_BREAK = "\u2060"
"""A word joiner, which has no width. Only a character between the sign and the name prevents the link: the
host looks for mentions after it has read escapes."""


def without_mentions(text: str) -> str:
    """Return a text that calls nobody, whatever it names."""
    return _CALL.sub(f"\\g<0>{_NO_BREAK}", text)
