"""Copy the files that run in CI and in containers: our own, with the parts that a site has instead of ours.

A block of our files says in place what a site gets, behind `# site:`. So each file has one home.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from handbook.starter.hosts import GITHUB, GITLAB, Host

_BLOCK = re.compile(r"^ *(?:#|//) engine\b.*\n(?:.*\n)*?^ *(?:#|//) end\n", re.MULTILINE)
_INSTEAD = re.compile(r"^( *)(?:#|//) site: ?(.*\n)", re.MULTILINE)
_DOT = re.compile(r"(?<=[ \[\"])\./")
_LOCAL_ACTION = re.compile(r"^[ -]*uses: \./", re.MULTILINE)

_ON_GITHUB = (
    ".github/actions/set-up-handbook/action.yml",
    ".github/workflows/handbook*.yml",
    ".github/dependabot.yml",
)
_ON_GITLAB = (".gitlab-ci.yml", ".gitlab/renovate.json")
_ANYWHERE = (".devcontainer/*",)
_OF_SITE = ("Dockerfile", ".dockerignore", "container/*")
"""The files in the folder of the handbook. All others are at the top of the repository."""


def automation(home: Path, host: Host, prefix: str) -> Iterator[tuple[str, str]]:
    """Yield the files, as paths from the top of the repository, with their texts.

    Args:
        home: The folder of our own files.
        host: The host of the repository; of an unknown one, the files of all hosts are copied.
        prefix: The path of the handbook in the repository, with a slash at the end; empty at the top.
    """
    patterns = [
        *(_ON_GITHUB if host.name != GITLAB else ()),
        *(_ON_GITLAB if host.name != GITHUB else ()),
        *_ANYWHERE,
    ]
    for pattern in (*patterns, *_OF_SITE):
        for file in sorted(home.glob(pattern)):
            name = file.relative_to(home).as_posix()
            text = of_site(file.read_text(encoding="utf-8"))
            if pattern in _OF_SITE:
                yield f"{prefix}{name}", text
            else:
                yield name, in_folder(text, prefix)


def of_site(text: str) -> str:
    """Return the text of a file of ours with what a site has instead of each block."""
    return _BLOCK.sub(lambda block: "".join(map("".join, _INSTEAD.findall(block[0]))), text)


def in_folder(text: str, prefix: str) -> str:
    """Return the text of a file at the top of a repository for a handbook in a subfolder."""
    if not prefix:
        return text
    lines = text.splitlines(keepends=True)
    return "".join(line if _LOCAL_ACTION.match(line) else _moved(line, prefix) for line in lines)


def _moved(line: str, prefix: str) -> str:
    folder = prefix.rstrip("/")
    if line.strip() in {"working-directory: .", "- cd ."}:
        return line.replace(" .\n", f" {folder}\n")
    return _DOT.sub(prefix, line)
