"""Hand what was judged from the job that reads a stranger's text to the job that can write.

The second job trusts nothing in the file: it checks the form of every part again.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from handbook.base.errors import HandbookError
from handbook.base.named_tuples import NamedTuple
from handbook.propose.judging import Judgement
from handbook.read.plain_file import UnusableError, read_plain_file
from handbook.read.values import as_mapping
from handbook.write.files import put

FILE = "proposal.json"

MOST_OF_A_TEXT = 60_000
"""The most characters of a text: GitHub accepts 65,536 bytes and adds nothing."""

_STATES = {"change", "same", "refused", "waits"}
_COMMIT = re.compile(r"[0-9a-f]{40,64}")
_ACCOUNT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,99}(?:/[A-Za-z0-9_.\-]{1,100})?")


class Handed(NamedTuple):
    """What the job that can write gets.

    Attributes:
        issue: The number of the issue.
        author: The account of its author.
        judgement: What its text leads to; `None` if it was closed.
    """

    issue: int
    author: str = ""
    judgement: Judgement | None = None


def write_handed(folder: Path, handed: Handed) -> None:
    """Write the file into a folder.

    Raises:
        NotWrittenError: The system refuses.
    """
    judgement = handed.judgement
    value: dict[str, Any] = {"issue": handed.issue, "author": handed.author}
    if judgement:
        files = {path: base64.b64encode(data).decode() for path, data in judgement.files.items()}
        value["judgement"] = {**judgement._asdict(), "files": files, "reviewers": list(judgement.reviewers)}
    put(folder, FILE, json.dumps(value, indent=1).encode())


def read_handed(folder: Path) -> Handed:
    """Return what the file says.

    Raises:
        HandbookError: The file is not as `write_handed` writes it.
    """
    try:
        value = json.loads(read_plain_file(folder / FILE))
        return _handed(value)
    except UnusableError as error:
        raise HandbookError(f"{folder / FILE}: {error.fault.message}") from error
    except (ValueError, TypeError, KeyError, RecursionError, binascii.Error) as error:
        raise HandbookError(f"{folder / FILE} is not what `handbook propose --to` writes") from error


def _handed(value: Any) -> Handed:
    issue, author = value["issue"], value["author"]
    found = as_mapping(value.get("judgement"))
    _require(type(issue) is int and issue > 0 and isinstance(author, str))
    return Handed(issue, author, _judgement(found) if found else None)


def _judgement(value: Mapping[str, Any]) -> Judgement:
    files = {path: base64.b64decode(data, validate=True) for path, data in value["files"].items()}
    texts = value["state"], value["title"], value["text"], value["base"]
    _require(all(isinstance(each, str) for each in texts) and value["state"] in _STATES)
    _require(bool(_COMMIT.fullmatch(value["base"])) == bool(files) and "\n" not in value["title"])
    _require(all(_is_inside(path) for path in files))
    reviewers = [each for each in value["reviewers"] if _ACCOUNT.fullmatch(each)]
    title, text = value["title"][:200], value["text"][:MOST_OF_A_TEXT]
    return Judgement(value["state"], title, text, files, value["base"], reviewers)


def _is_inside(path: str) -> bool:
    """Return whether a path is one of a file of the repository, and none that a host runs."""
    parts = PurePosixPath(path).parts
    names = {part.casefold() for part in parts}
    is_plain = (
        path == "/".join(parts) and path.isprintable() and not path.startswith("/") and "\\" not in path
    )
    own = {"..", ".", ".git", ".gitlab-ci.yml", ".gitmodules", ".gitattributes", "workflows", "actions"}
    return bool(parts) and is_plain and not names & own


def _require(is_right: bool) -> None:  # noqa: FBT001 - a condition
    if not is_right:
        raise ValueError
