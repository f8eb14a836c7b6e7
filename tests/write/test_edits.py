"""Edits change what they name and nothing else; a patch is one that git accepts."""

from __future__ import annotations

import random
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from handbook.base.fixes import Edit
from handbook.base.span import Span
from handbook.write.edits import do_overlap, with_edits
from handbook.write.patch import patch


def edit(line: int, column: int, end_line: int, end_column: int, text: str) -> Edit:
    return Edit("a.yaml", Span(line, column, end_line, end_column), text)


@pytest.mark.parametrize(
    ("before", "edits", "after"),
    [
        ("a: 1\nb: 2\n", [edit(2, 4, 2, 5, "3")], "a: 1\nb: 3\n"),
        ("a: 1\nb: 2\n", [edit(1, 1, 1, 1, "x: 0\n"), edit(2, 4, 2, 5, "3")], "x: 0\na: 1\nb: 3\n"),
        ("a: 1\r\nb: 2\r\n", [edit(2, 1, 2, 1, "x: 0\n")], "a: 1\r\nx: 0\r\nb: 2\r\n"),
        ("a: 1\nb: 2", [edit(2, 5, 2, 5, "\n")], "a: 1\nb: 2\n"),
        ("a: 1\nb: 2\n", [edit(1, 4, 2, 4, "")], "a: 2\n"),
        ("a: 1\n", [edit(1, 5, 1, 6, " # x")], "a: 1 # x\n"),
        ("a: 1\n", [edit(2, 1, 2, 1, "b: 2\n")], "a: 1\nb: 2\n"),
        ("a: 1", [edit(2, 1, 2, 1, "\nb: 2")], "a: 1\nb: 2"),
        ("\ufeffa: 😀x\n", [edit(1, 5, 1, 6, "y")], "\ufeffa: 😀y\n"),
        ("", [edit(1, 1, 1, 1, "a: 1\n")], "a: 1\n"),
    ],
)
def test_only_the_named_parts_change(before: str, edits: list[Edit], after: str) -> None:
    assert with_edits(before.encode(), edits).decode() == after
    assert with_edits(before.encode(), reversed(edits)).decode() == after


def test_bytes_that_are_no_text_stay() -> None:
    assert with_edits(b"a: caf\xe9\nb: 1\n", [edit(2, 4, 2, 5, "2")]) == b"a: caf\xe9\nb: 2\n"


@pytest.mark.parametrize("wrong", [edit(5, 1, 5, 1, ""), edit(1, 0, 1, 1, ""), edit(2, 2, 1, 1, "")])
def test_a_place_outside_the_file_is_refused(wrong: Edit) -> None:
    with pytest.raises(ValueError, match=r"outside the file|ends before it starts"):
        with_edits(b"a: 1\nb: 2\n", [wrong])


def test_parts_that_touch_overlap() -> None:
    parts = [Span(1, 1, 1, 3), Span(1, 3, 2, 1), Span(2, 1, 2, 1), Span(2, 2, 2, 4)]
    assert [do_overlap(first, second) for first, second in pairwise(parts)] == [True, True, False]
    assert do_overlap(parts[1], parts[0])
    assert not do_overlap(parts[3], parts[0])


def test_git_applies_a_patch(tmp_path: Path) -> None:
    """Whatever changes: line ends, a last line without one, new and removed files."""
    choose = random.Random(5)  # noqa: S311 - no secret
    lines = ["a: 1\n", "b: ü\n", "c: 3\r\n", "\n", "d"]
    states = [
        tuple("".join(choose.choices(lines, k=choose.randint(1, 30))).encode() for _ in range(2))
        for _ in range(20)
    ]
    changes = {f"x/{n}.yaml": (before, after) for n, (before, after) in enumerate(states)}
    changes |= {"x/new.yaml": (b"", b"a\n"), "x/gone.yaml": (b"a\nb", b""), "same": (b"a", b"a")}
    text = b"".join(b"line %d\n" % number for number in range(9))
    changes |= {"x/old.yaml": (text, b""), "x/moved.yaml": (b"", text.replace(b"line 3", b"other"))}
    assert "rename from x/old.yaml\nrename to x/moved.yaml\n" in patch(changes)
    for path, (before, _) in changes.items():
        if before:
            (tmp_path / path).parent.mkdir(exist_ok=True)
            (tmp_path / path).write_bytes(before)
    command = ["git", "apply", "--whitespace=nowarn", "-"]
    subprocess.run(command, cwd=tmp_path, input=patch(changes).encode(), check=True)
    for path, (_, after) in changes.items():
        assert ((tmp_path / path).read_bytes() if (tmp_path / path).exists() else b"") == after
