"""The words that `make lint` refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from check_words import LIST, check

WORDS = "words:\n  - {word: mend, use: fix}\n  - {word: lies in, use: is in}\n"


def problems(root: Path, name: str, text: str, exceptions: str = "exceptions: []\n") -> list[str]:
    """What is found in a repository with this file."""
    for path, content in ((root / LIST, WORDS + exceptions), (root / name, text)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return check(root)


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("docs/a.md", "One.\nPlease mend it.\n", 2),
        ("docs/a.md", "MEND IT\n", 1),
        ("docs/a.md", "It lies\nin a file.\n", 1),
        ("sources/a.yaml", "summary: >\n  It lies\n  in a file.\n", 2),
        ("src/a.py", "mend = 1\n# It lies\n# in a file.\n", 2),
        ("src/a.py", 'x = f"Please mend {x}"\n', 1),
        ("src/a.py", "x = 1\n\f\n# Please mend it.\n", 3),
        ("src/a.js", 'say("Please mend it");\n', 1),
        ("schemas/a.json", '{"title": "Mend"}\n', 1),
    ],
)
def test_a_banned_word_is_found_where_it_begins(tmp_path: Path, name: str, text: str, line: int) -> None:
    (problem,) = problems(tmp_path, name, text)
    assert problem.startswith(f"{name}:{line}: Banned word `")
    assert ": use " in problem


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("docs/a.md", "Amend it. Mending takes time. It is mend-free.\n"),
        ("docs/a.md", "## Fix it { #mend }\n\nSee [the steps](b.md#mend) or https://example.com/mend\n"),
        ("src/a.py", "def mend(lies: int) -> None: ...\n"),
    ],
)
def test_a_name_an_id_and_an_address_are_no_words(tmp_path: Path, name: str, text: str) -> None:
    assert problems(tmp_path, name, text) == []


def test_an_exception_excuses_its_words_in_its_place_and_goes_with_them(tmp_path: Path) -> None:
    exceptions = "exceptions:\n  - {path: docs/a.md, text: mend fences, reason: A customer said so.}\n"
    assert problems(tmp_path, "docs/a.md", "We mend fences.\n", exceptions) == []
    assert len(problems(tmp_path, "docs/a.md", "We mend fences.\nWe mend it.\n", exceptions)) == 1
    (problem,) = problems(tmp_path, "docs/a.md", "We fix fences.\n", exceptions)
    assert problem == f"{LIST}: Unused exception for docs/a.md: mend fences"


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, "src/a.py", "# Please mend it.\nx = (\n")
    assert problem.startswith("src/a.py: Unreadable: ")
    (tmp_path / "src/a.py").write_bytes(b"caf\xe9")
    (problem,) = check(tmp_path)
    assert problem.startswith("src/a.py: Unreadable: ")
