"""Sites built as their users build them, by the command."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from handbook.cli.build import NO_ADDRESS
from tests.loaded_process import engines

ROOT = Path(__file__).parents[1]

TOOL = """tools:
  - id: linear
    name: Linear
    summary: Plans the work.
    category: project-management
    status: trial
"""

GOAL_SCHEMA = """{
  "title": "Goal",
  "x-kind": {"name": "goal", "plural": "goals", "title": "Goals", "sources": ["sources/goals.yaml"],
             "page": "goals"},
  "type": "object", "required": ["name"], "additionalProperties": false,
  "properties": {
    "id": {"$ref": "common.schema.json#/$defs/id"},
    "name": {"title": "Name", "type": "string"},
    "why": {"$ref": "common.schema.json#/$defs/markdown"},
    "measured_in": {"title": "Measured in", "type": "string", "x-ref": "tool"},
    "results": {"title": "Key results", "type": "array", "items": {
      "title": "Result", "type": "object", "additionalProperties": false,
      "properties": {
        "measure": {"title": "Measure", "type": "string"},
        "by": {"title": "By", "type": "array", "items": {"type": "string", "x-ref": "tool"}}
      }
    }}
  }
}"""
"""A kind that a company might add."""

HOSTILE_NAME = "</title><script>alert(1)</script><img src=x onerror=alert(2)> & {{ 7 * 7 }} | *x* 💡"
_HOSTILE_SUMMARY = "<img src=x onerror=alert(3)> <b>bold</b> {{ 7 * 7 }} | `code` [x](javascript:alert(4))"
HOSTILE = {
    "docs/index.md": "# Home\n\n{{ tools_table() }}\n",
    "tools_inventory.yaml": f"""{TOOL}  - id: hostile
    name: "{HOSTILE_NAME}"
    summary: "{_HOSTILE_SUMMARY} \\" onmouseover=alert(5)"
    category: feedback
    status: trial
    vendor: "<svg onload=alert(6)>"
    links: [{{title: "<b>x</b>", url: "tools/linear.md"}}]
    notes: |  # handbook: ignore HB314
      <script>alert(7)</script> [click](javascript:alert(8)) {{{{ 7 * 7 }}}} and [Linear](tools/linear.md)
""",
}
"""A site with a tool that tries to run in the reader's browser."""

WITH_HELP = """site_name: Test
theme:
  name: material
  font: false
plugins:
  - search
  - handbook
  - macros:
      modules: [handbook.publish.page_macros]
"""
WITHOUT_HELP = 'exclude_docs: "!/templates/\\n/contribute/\\n/reference/"\n'
"""Leaves out the help pages, which take longer to build than the rest of a small site."""
CONFIG = f"{WITH_HELP}{WITHOUT_HELP}"


def without(kind: str, *fields: str) -> str:
    """The shipped schema of a kind as a company's own, without some fields: `seats.active`, `steps.role`."""
    schema = json.loads((ROOT / f"schemas/{kind}.schema.json").read_text(encoding="utf-8"))
    # These conditions are about fields that may be gone.
    for keyword in ("allOf", "anyOf", "if", "then", "else"):
        schema.pop(keyword, None)
    for path in fields:
        *above, name = path.split(".")
        part = schema
        for step in above:
            part = part["properties"][step]
            part = part.get("items", part)
        del part["properties"][name]
        part["required"] = [other for other in part.get("required", ()) if other != name]
    return json.dumps(schema)


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Runs `handbook`, or another module of ours, in a folder and captures what it says."""
    words = command if command[0] == "mkdocs" else ("handbook", *command)
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"}
    if hasattr(os, "fork"):
        return engines().run(folder, words, environment).done
    words = (sys.executable, "-m", *words)
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False, env=environment)


def build(site: Path, target: Path, *options: str) -> None:
    """Builds a site into a folder, without a word, but that it might need an address."""
    done = run(site, "build", "--site-dir", str(target), *options)
    said = without_address_warning(done.stderr)
    assert (done.returncode, done.stdout, said) == (0, "", ""), done.stdout + done.stderr


def without_address_warning(said: str) -> str:
    """What a build says, without the warning that a small site has no address."""
    return said.removeprefix(f"handbook: warning: {NO_ADDRESS}\n")


def write_site(folder: Path, files: Mapping[str, str]) -> Path:
    """Writes a site with one tool and a home page, and the files over it."""
    defaults = {"mkdocs.yml": CONFIG, "tools_inventory.yaml": TOOL, "docs/index.md": "# Home\n"}
    for name, text in {**defaults, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def copy_shipped_site(folder: Path) -> Path:
    """A copy of this repository's own handbook that a test may change."""
    for name in (".vscode", "docs", "macros", "schemas", "sources"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "tools_inventory.yaml"):
        shutil.copy2(ROOT / name, folder / name)
    return folder


def broken_links(site: Path) -> list[str]:
    """The links of a built site that lead to no file, or to no anchor on the page."""
    pages = {
        path: path.read_text(encoding="utf-8") for path in site.rglob("*.html") if path.name != "404.html"
    }
    broken = []
    for path, text in pages.items():
        body = re.sub(r"<(script|pre)\b.*?</\1>", "", text, flags=re.DOTALL)
        for link in re.findall(r"<(?:a|img) [^>]*?(?:href|src)=\"([^\"]*)\"", body):
            target, _, anchor = html.unescape(link).partition("#")
            if ":" in target or target.startswith("/"):
                continue
            file = (path.parent / target).resolve() if target else path
            file = file / "index.html" if file.is_dir() else file
            lost = anchor and file in pages and f'id="{anchor}"' not in pages[file]
            if not file.is_file() or lost:
                broken.append(f"{path.relative_to(site)} -> {link}")
    return broken
