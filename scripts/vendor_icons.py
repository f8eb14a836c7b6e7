"""Copy the icons of the pages, with their licence, from the locked Node.js package.

Run it as `make fonts` after you lock a new version of the package, or add the name of an icon here.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / ".venv/node/node_modules/lucide-static"
ICONS = ROOT / "src/handbook/theme/.icons/lucide"

# fmt: off
NAMES = (
    # Content types
    "bandage", "book-open", "chart-column", "circle-question-mark", "clipboard-list", "code-xml",
    "door-open", "file-text", "flag", "flask-conical", "id-card", "inbox", "layout-dashboard",
    "list-checks", "message-square", "messages-square", "milestone", "route", "telescope", "users",
    "wrench",
    # Teams and pages
    "building-2", "calculator", "chart-line", "compass", "graduation-cap", "hand", "handshake",
    "headphones", "house", "landmark", "life-buoy", "map-pin", "megaphone", "palette", "printer", "rocket",
    "settings-2", "shield-check", "sliders-horizontal", "square-check", "workflow",
    # Actions and signs
    "arrow-left", "arrow-right", "arrow-up", "arrow-up-right", "bell", "calendar", "calendar-plus", "check",
    "chevron-down", "chevron-left", "chevron-right", "circle-alert", "circle-check", "circle-minus",
    "circle-plus", "circle-x", "clipboard-copy", "clock", "columns-3", "copy", "download", "ellipsis",
    "external-link", "eye", "file-down", "funnel", "gauge", "git-branch", "hash", "history", "hourglass",
    "info", "key-round", "lightbulb", "link", "list", "lock", "mail", "menu", "minus", "moon", "network",
    "pencil", "play", "plus", "receipt", "rotate-ccw", "scale", "search", "send", "share-2", "star", "sun",
    "table", "tag", "target", "timer", "trending-down", "trending-up", "triangle-alert", "undo-2", "upload",
    "user", "x",
)
# fmt: on

_HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
    'stroke-linecap="round" stroke-linejoin="round" stroke-width="2">'
)


def vendored() -> dict[Path, bytes]:
    """Return the expected files: icons, each on one line, and their licence."""
    files = {ICONS / "LICENSE.txt": (PACKAGE / "LICENSE").read_bytes()}
    for name in NAMES:
        drawing = (PACKAGE / f"icons/{name}.svg").read_text(encoding="utf-8")
        inside = re.sub(r"\s+", " ", drawing.partition("\n>")[2].removesuffix("</svg>\n")).strip()
        inside = inside.replace(" />", "/>").replace("> <", "><")
        files[ICONS / f"{name}.svg"] = f"{_HEAD}{inside}</svg>\n".encode()
    return files


def main() -> None:
    """Write the files, and remove old ones."""
    files = vendored()
    shutil.rmtree(ICONS, ignore_errors=True)
    ICONS.mkdir(parents=True)
    for path, content in files.items():
        path.write_bytes(content)


if __name__ == "__main__":
    main()
