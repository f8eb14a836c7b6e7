"""The script of the pages answers as the engine does: the same pages in the same order, with their texts."""

from __future__ import annotations

import json
import random
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handbook.publish.assets import SEARCH_FOLDER, read_script
from handbook.publish.search import answer, search_files
from handbook.search import parts
from handbook.search.questions import read_questions
from tests.effort import runs
from tests.node import find_node
from tests.search.test_questions import QUESTIONS, shipped_index
from tests.shipped import load_shipped

_TYPED = "who plans a launch revi"
_ODD = [
    "",
    " ",
    "💡",
    "Größe der STRAßE",
    "ﬁnd",
    "a",
    "ab",
    "prd ",
    "waht is a prd",
    "constructor",
    "__proto__ toString",
    "İzmir\u2019s",
]


def questions(number: int) -> Iterator[str]:
    """The questions of readers, one as it is typed, and parts of titles and summaries, some with slips."""
    yield from _ODD
    yield from (_TYPED[:length] for length in range(1, len(_TYPED)))
    yield from (each.ask for each in read_questions(QUESTIONS, "").items)
    chance = random.Random(20)  # noqa: S311 - no secret
    documents = shipped_index().documents
    texts = [text.split() for each in documents for text in (each.title, each.snippet) if text]
    for _ in range(number):
        words = chance.choice(texts)
        start = chance.randrange(len(words))
        text = " ".join(words[start : start + chance.randint(1, 5)])
        for _ in range(chance.choice((0, 0, 1, 2))):
            at = chance.randrange(len(text) + 1)
            text = text[:at] + chance.choice(("", "e", "s", " ")) + text[at + chance.randint(0, 1) :]
        yield text


@pytest.mark.node
@pytest.mark.parametrize(("is_whole", "number"), [(True, 0), (False, 330)])
def test_the_script_and_the_engine_give_the_same_answers(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_whole: bool
) -> None:
    if not is_whole:
        monkeypatch.setattr(parts, "_WHOLE", 0)
    handbook, index = load_shipped(), shipped_index()
    for file in search_files(handbook):
        path = tmp_path / Path(file.path).relative_to(SEARCH_FOLDER)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, encoding="utf-8")
    assert (tmp_path / "index.json").is_file()
    assert len(list(tmp_path.rglob("terms-*.json"))) == (0 if is_whole else 5)
    asked = list(questions(runs(number, 3000 if number else 0)))
    assert len(asked) >= (500 if number else 150)
    done = subprocess.run(
        [find_node(), Path(__file__).with_name("search.mjs"), tmp_path],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    for text, shown in zip(asked, json.loads(done.stdout), strict=True):
        assert _without_addresses(shown) == _without_addresses(answer(handbook, index, text, 10)), text


def _without_addresses(answers: Any) -> Any:
    """The answers without what only one of the two can know: the address of the site."""
    for name in ("results", "near", "unlisted"):
        for each in answers[name]:
            each.pop("href", None)
            if each["action"]:
                each["action"] = {key: each["action"][key] for key in ("name", "label", "text")}
    return answers


def test_all_scripts_of_the_search_are_asked_for_at_once() -> None:
    def imports(name: str) -> set[str]:
        found = set(
            re.findall(r'^(?:import|export) .*"\./(\w+)\.js"', read_script(f"{name}.js"), re.MULTILINE)
        )
        return found.union(*map(imports, found))

    listed = re.search(r"^const SCRIPTS = (.*);$", read_script("find.js"), re.MULTILINE)
    assert listed
    assert {"search_dialog", *imports("search_dialog")} - imports("find") == set(json.loads(listed[1]))
