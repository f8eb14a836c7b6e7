"""Copy the files that run in CI and in containers: our own, with the parts that a site has instead of ours.

A block of our files says in place what a site gets, behind `# site:`. So each file has one home.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from handbook.read.edit_uri import MAIN
from handbook.starter.ground import README, Ground
from handbook.starter.hosts import GITHUB, GITLAB, Host

_BLOCK = re.compile(r"^ *(?:#|//) engine\b.*\n(?:.*\n)*?^ *(?:#|//) end\n", re.MULTILINE)
_INSTEAD = re.compile(r"^( *)(?:#|//) site: ?(.*\n)", re.MULTILINE)
_BRANCHES = re.compile(r"^( *branches: )\[main\]$", re.MULTILINE)
_DOT = re.compile(r"(?<=[ \[\"])\./")
_LOCAL_ACTION = re.compile(r"^[ -]*uses: \./", re.MULTILINE)

_ON_GITHUB = (
    ".github/actions/set-up-handbook/action.yml",
    ".github/workflows/handbook*.yml",
    ".github/dependabot.yml",
    ".github/zizmor.yml",
)
_ON_GITLAB = (".gitlab-ci.yml", ".gitlab/renovate.json")
_ANYWHERE = (".devcontainer/*",)
_HOOKS = ".pre-commit-config.yaml"
_OF_SITE = ("Dockerfile", ".dockerignore", "container/*")
"""The files in the folder of the handbook. All others are at the top of the repository."""


def automation(home: Path, host: Host, ground: Ground) -> Iterator[tuple[str, str]]:
    """Yield the files, as paths from the top of the repository, with their texts.

    Args:
        home: The folder of our own files.
        host: The host of the repository; of an unknown one, the files of all hosts are copied.
        ground: Where the new handbook comes.
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
                yield f"{ground.prefix}{name}", text
            else:
                yield _place(name, ground), on_branch(in_folder(text, ground.prefix), ground.branch)
    hooks = (Path(__file__).parent / "files" / _HOOKS.lstrip(".")).read_text(encoding="utf-8")
    yield _place(_HOOKS, ground), in_folder(hooks, ground.prefix)


def notes(ground: Ground) -> Iterator[str]:
    """Yield what to do about the files that stay as they are."""
    for name in sorted(ground.shared):
        other = _place(name, ground)
        if name == f"{ground.prefix}{README}":
            yield f"{name} stays as it is"
        elif name == ".gitlab-ci.yml":
            yield f"{name} stays as it is. Add to its `include`: `- local: {other}`"
        else:
            yield f"{name} stays as it is. Copy what you need from {other}, then remove that file"


def _place(name: str, ground: Ground) -> str:
    """Return where a file is put: if the repository has one, next to the handbook."""
    if name not in ground.shared:
        return name
    return f"{ground.prefix}handbook.{name.rpartition('/')[2].lstrip('.')}"


def of_site(text: str) -> str:
    """Return the text of a file of ours with what a site has instead of each block."""
    return _BLOCK.sub(lambda block: "".join(map("".join, _INSTEAD.findall(block[0]))), text)


def in_folder(text: str, prefix: str) -> str:
    """Return the text of a file at the top of a repository for a handbook in a subfolder."""
    if not prefix:
        return text
    lines = text.splitlines(keepends=True)
    return "".join(line if _LOCAL_ACTION.match(line) else _moved(line, prefix) for line in lines)


def on_branch(text: str, branch: str) -> str:
    """Return the text of a workflow for the default branch of the repository."""
    return text if branch == MAIN else _BRANCHES.sub(rf"\g<1>[{json.dumps(branch)}]", text)


def _moved(line: str, prefix: str) -> str:
    folder = prefix.rstrip("/")
    if line.strip() in {"working-directory: .", "- cd ."}:
        return line.replace(" .\n", f" {folder}\n")
    if line.strip() == "directory: /":
        return line.replace("/", f"/{folder}")
    return _DOT.sub(prefix, line)
