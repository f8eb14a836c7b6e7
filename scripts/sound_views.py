"""Writes the fingerprints of the shipped views, which `handbook validate` need not read again.

Run it when views have changed: they are checked first.
"""

from __future__ import annotations

import sys
from pathlib import Path

from handbook.check.rules.hb210_view import fingerprint
from handbook.check.templates import view_names, view_problems

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "src/handbook/read/sound_views.py"
HEAD = '''"""The shipped views by their fingerprints, written by scripts/sound_views.py.

They were checked when that ran. Reading them again takes as long as all other checks together.
"""

SOUND_VIEWS = frozenset(
    {
'''
TAIL = """    }
)
"""


def sound_views() -> str:
    """Return the module with the fingerprints of all shipped views that are sound."""
    folder = ROOT / "macros"
    paths = sorted(folder.rglob("*.jinja"))
    known = view_names([path.relative_to(folder).as_posix() for path in paths])
    rows = []
    for path in paths:
        content = path.read_bytes()
        if not list(view_problems(content.decode(), known, is_part=path.name.startswith("_"))):
            rows.append(f'        "{fingerprint(content)}",\n')
    return HEAD + "".join(sorted(rows)) + TAIL


if __name__ == "__main__":
    TARGET.write_text(sound_views(), encoding="utf-8")
    sys.exit(0)
