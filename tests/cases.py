"""Files of cases, which anybody can add to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

# The parser in C takes a tenth of the time. Not every system has it.
_FAST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_cases(file: Path) -> Any:
    """Return what a YAML file holds."""
    text = file.read_text(encoding="utf-8")
    try:
        return yaml.load(text, Loader=_FAST)  # noqa: S506 - a safe one
    except yaml.YAMLError:  # the one in C refuses the escape of half a character
        return yaml.safe_load(text)
