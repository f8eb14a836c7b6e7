"""Scripts and styles are published without the comments for their authors."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from handbook.publish import assets
from handbook.publish.assets import STYLE, read_assets, read_script
from handbook.read.looks import read_looks
from tests.node import find_node

BROWSER = Path(assets.__file__).with_name("browser")
SCRIPTS = {path.name: path.read_text(encoding="utf-8") for path in BROWSER.glob("*.js")}
COMPILER = Path(__file__).parents[2] / ".venv/node/node_modules/typescript/bin/tsc"
OPTIONS = ("--ignoreConfig", "--allowJs", "--noResolve", "--removeComments", "--target", "esnext")


@pytest.mark.node
def test_published_scripts_have_all_code_of_their_sources(tmp_path: Path) -> None:
    published = {name: read_script(name) for name in SCRIPTS}
    compiled = [_compiled(tmp_path / str(number), of) for number, of in enumerate((SCRIPTS, published))]
    assert compiled[0] == compiled[1] != {}


def _compiled(folder: Path, scripts: dict[str, str]) -> dict[str, str]:
    """Return what is left of scripts without any comment."""
    folder.mkdir()
    for name, text in scripts.items():
        (folder / name).write_text(text, encoding="utf-8")
    command = [find_node(), str(COMPILER), *OPTIONS, "--outDir", "out", *scripts]
    subprocess.run(command, cwd=folder, check=True)
    return {path.name: path.read_text(encoding="utf-8") for path in (folder / "out").iterdir()}


def test_no_line_is_a_comment() -> None:
    texts = [read_assets(read_looks({}, {}))[STYLE].decode(), *map(read_script, SCRIPTS)]
    lines = [line.strip() for text in texts for line in text.splitlines()]
    assert not [
        line for line in lines if line.startswith("//") or (line.startswith("/*") and line.endswith("*/"))
    ]
