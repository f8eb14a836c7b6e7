"""Copy the font of the pages, with its licence, from the locked Node.js package.

Run it as `make fonts` after you lock a new version of the package.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / ".venv/node/node_modules/@fontsource-variable/inter"
BROWSER = ROOT / "src/handbook/publish/browser"
FONTS = BROWSER / "fonts"
STYLE = BROWSER / "styles/fonts.css"

FAMILY = "Inter Variable"
# `swap`: until this font comes, the text is shown in the one below, which is as wide and high: nothing moves.
_FACE = """@font-face {{
  font-family: "{family}";
  font-style: normal;
  font-weight: 100 900;
  font-display: swap;
  src: url("fonts/{file}") format("woff2");
  unicode-range: {characters};
}}
"""
# Arial, or a font like it, with the widths and heights of Inter. Their bold letters differ less.
_FALLBACK = """@font-face {{
  font-family: "Inter Fallback";
  font-weight: {weights};
  src: {local};
  size-adjust: {size}%;
  ascent-override: {ascent:.1f}%;
  descent-override: {descent:.1f}%;
  line-gap-override: 0%;
}}
"""
_LOCAL = {
    "100 549": (("Arial", "Liberation Sans", "Arimo", "Helvetica"), 106.8),
    "550 900": (
        ("Arial Bold", "Arial-BoldMT", "Liberation Sans Bold", "Arimo Bold", "Helvetica Bold"),
        100.9,
    ),
}
_ASCENT, _DESCENT = 96.875, 24.1211
_HEAD = "/* Written by `make fonts`. A browser fetches those files whose characters a page has. */\n"


def vendored() -> dict[Path, bytes]:
    """Return the expected files: fonts, licence and the style that uses them."""
    ranges: dict[str, str] = json.loads((PACKAGE / "unicode.json").read_text(encoding="utf-8"))
    names = {subset: f"inter-{subset.strip('[]')}-wght-normal.woff2" for subset in ranges}
    faces = [
        _FACE.format(family=FAMILY, file=names[subset], characters=characters)
        for subset, characters in ranges.items()
    ]
    faces += [
        _FALLBACK.format(
            weights=weights,
            local=", ".join(f'local("{name}")' for name in local),
            size=size,
            ascent=100 * _ASCENT / size,
            descent=100 * _DESCENT / size,
        )
        for weights, (local, size) in _LOCAL.items()
    ]
    files = {FONTS / name: (PACKAGE / "files" / name).read_bytes() for name in names.values()}
    licence = (PACKAGE / "LICENSE").read_bytes()
    return {**files, FONTS / "LICENSE": licence, STYLE: "\n".join([_HEAD, *faces]).encode()}


def main() -> None:
    """Write the files, and remove old ones."""
    files = vendored()
    shutil.rmtree(FONTS, ignore_errors=True)
    FONTS.mkdir()
    for path, content in files.items():
        path.write_bytes(content)


if __name__ == "__main__":
    main()
