"""The reader against another reader of YAML 1.2, over documents in every style that people write."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from handbook.read.yaml.document import read_document
from handbook.read.yaml.scalars import resolve_plain
from tests.effort import runs
from tests.read.test_document import KEYS, TEXTS

DIFFERENT = {
    "2026-08-01": date(2026, 8, 1),
    "2026-08-01T12:30:45Z": datetime(2026, 8, 1, 12, 30, 45, tzinfo=UTC),
    "1_000": 1000,
    "1_0.5": 10.5,
    "0b101": 5,
    "+0x1F": 31,
    "-0o17": -15,
}
"""All that the other reads otherwise: plain words that stand for something in YAML 1.1 and for themselves
in the core schema of YAML 1.2, section 10.3.2."""

WORDS = """
    no On yes y 12:30 true False TRUE tRUE null ~ Null nULL 1.2.3 .inf -.Inf .nan
    0 -0 010 +7 0o17 0x1F 1.50 -.5 5. 1e3 1E-2 a#b a:b http://example.com/a?b=c#d
"""
TEXT = ["plain words", "it's", 'a "quote" inside', "名前", "é", "e\u0301", "😀"]
PLAIN = [*DIFFERENT, *WORDS.split(), *TEXT]


@dataclass(frozen=True)
class Scalar:
    """A text and how it is written."""

    text: str
    style: str


@dataclass(frozen=True)
class Branch:
    """Lists or mappings, and whether in brackets."""

    parts: list[Tree] | dict[str, Tree]
    is_flow: bool


Tree: TypeAlias = Scalar | Branch

SOUND = TEXTS.filter(lambda text: text.strip() == text.strip(" \t\n\r"))
"""Texts without the odd spaces around them that are a mistake."""

LINE = SOUND.filter(lambda text: "\n" not in text and "\r" not in text)
PRINTABLE = LINE.filter(lambda text: all(character >= " " for character in text))
# A block text begins with its first letter; lines after it may be empty, or begin further right.
BLOCK = st.lists(
    PRINTABLE | st.sampled_from(["", "  further right", "- x", "a: b", "# c"]), min_size=1, max_size=4
).map(lambda lines: "\n".join(["begin", *lines]))
SCALARS = st.one_of(
    st.sampled_from(PLAIN).map(lambda text: Scalar(text, "plain")),
    PRINTABLE.map(lambda text: Scalar(text, "single")),
    SOUND.map(lambda text: Scalar(text, "double")),
    st.builds(
        Scalar,
        st.lists(st.sampled_from(["one", "é:", "#two", "'", '"']), min_size=2, max_size=4).map(" ".join),
        st.just("folded double"),
    ),
    st.builds(Scalar, BLOCK, st.sampled_from(["|", "|-", "|+", ">", ">-", ">+"])),
)
TREES: st.SearchStrategy[Tree] = st.recursive(
    SCALARS,
    lambda below: st.builds(
        Branch,
        st.lists(below, min_size=1, max_size=4)
        | st.dictionaries(KEYS | PRINTABLE, below, min_size=1, max_size=4),
        st.booleans(),
    ),
    max_leaves=12,
)


def written(tree: Tree, indent: int, step: int, comment: str, *, in_flow: bool = False) -> str:
    """A tree as it stands behind `key:` or `-`, from the space to the end of the line."""
    if isinstance(tree, Scalar):
        return " " + written_scalar(tree, indent, comment, in_flow=in_flow)
    go_on = partial(written, step=step, comment=comment)
    if in_flow or tree.is_flow:
        inside = ", ".join(
            f"{key(name)}:{go_on(part, indent, in_flow=True)}"
            if isinstance(name, str)
            else go_on(part, indent, in_flow=True)
            for name, part in parts(tree)
        )
        brackets = "{}" if isinstance(tree.parts, dict) else "[]"
        return f" {brackets[0]}{inside}{brackets[1]}" + ("" if in_flow else f"{comment}\n")
    lines = [
        " " * indent + (f"{key(name)}:" if isinstance(name, str) else "-") + go_on(part, indent + step)
        for name, part in parts(tree)
    ]
    return f"{comment}\n" + "".join(lines)


def parts(tree: Branch) -> list[tuple[Any, Tree]]:
    return list(tree.parts.items() if isinstance(tree.parts, dict) else enumerate(tree.parts))


def key(name: str) -> str:
    is_word = name.isascii() and name.isidentifier() and name.islower()
    return name if is_word and isinstance(resolve_plain(name), str) else json.dumps(name, ensure_ascii=False)


def written_scalar(scalar: Scalar, indent: int, comment: str, *, in_flow: bool) -> str:
    margin = "\n" + " " * max(indent, 1)
    if scalar.style in {"|", "|-", "|+", ">", ">-", ">+"} and not in_flow:
        return (
            f"{scalar.style}{comment}" + "".join(f"{margin}{line}" for line in scalar.text.split("\n")) + "\n"
        )
    end = "" if in_flow else f"{comment}\n"
    if scalar.style == "plain" and not (in_flow and set(scalar.text) & set(",[]{}")):
        return scalar.text + end
    if scalar.style == "single":
        return "'" + scalar.text.replace("'", "''") + "'" + end
    quoted = json.dumps(scalar.text, ensure_ascii=False)
    if scalar.style == "folded double":
        quoted = quoted.replace(" ", margin)
    return quoted + end


def agree(ours: Any, theirs: Any) -> bool:
    """Whether two readers say the same, but for what is known to differ."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return list(ours) == list(theirs) and all(agree(ours[name], theirs[name]) for name in ours)
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(agree, ours, theirs))
    if isinstance(ours, str) and not isinstance(theirs, str):
        return ours in DIFFERENT and DIFFERENT[ours] == theirs
    # `repr` tells 1 from 1.0 and from true, and -0.0 from 0.0, and finds one NaN equal to another.
    return repr(ours) == repr(theirs)


@settings(max_examples=runs(sample=50, full=400))
@given(
    tree=TREES.filter(lambda tree: isinstance(tree, Branch)),
    step=st.integers(1, 4),
    comment=st.sampled_from(["", " # a comment: with a colon", "  # 'a quote", " #"]),
    line_end=st.sampled_from(["\n", "\r\n"]),
    start=st.sampled_from(["", "\ufeff", "# first\n\n"]),
)
def test_a_document_in_any_style_is_read_as_another_reader_of_yaml_1_2_reads_it(
    tree: Tree, step: int, comment: str, line_end: str, start: str
) -> None:
    text = (start + written(tree, 0, step, comment).lstrip(" ")).replace("\n", line_end)
    document = read_document(text.encode())
    assert document.faults == ()
    reference = YAML(typ="safe", pure=True)
    assert agree(document.value, reference.load(text.removeprefix("\ufeff"))), text
