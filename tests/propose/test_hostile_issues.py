"""Issues of people who mean harm: nothing of them runs, nothing hidden is said, and the answer is clear."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handbook.propose.branches import Branches
from handbook.propose.event import Happened, Issue, read_event
from handbook.propose.judging import judge
from handbook.read.context import Context
from handbook.read.files import find_site
from handbook.read.sources import read_context
from handbook.write.parcel import issue_text
from tests.cases import read_cases
from tests.conftest import TODAY
from tests.diff.repositories import commit
from tests.propose.test_github import FILES
from tests.sites import write_site
from tests.trees import tree

ROLES = """roles:
- id: lead
  name: Lead
  summary: Leads.
  career: {ladder: lead, level: 1, salary: {from: 1, to: 2, currency: EUR}}
"""
CASES = read_cases(Path(__file__).parent / "cases/hostile.yaml")
_ACTIVE = re.compile(r"(?m)^/|(?<!&)[@#!~](?=\w)|<(?!/?(?:details|summary|ins|del)>)|\]\(|\{\{|\$\{")
"""Commands of GitLab, mentions, references, HTML, links, and what a template would run."""


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """A site in which nothing changes, and nothing is new next to it."""
    site = write_site(tmp_path_factory.mktemp("hostile") / "site", {**FILES, "sources/roles.yaml": ROLES})
    commit(site, {})
    before = tree(site.parent)
    yield read_context(find_site(site), TODAY)
    assert tree(site.parent) == before


def text_of(case: dict[str, Any]) -> str:
    times = case.get("times", 1)
    if "text" in case:
        return str(case["text"] * times)
    value: Any = case["operations"] * times
    if "long" in case:
        value[0]["value"] *= case["long"]
    text = issue_text("", {"proposal": 1, "operations": value})
    deep = case.get("deep", 0)
    return text.replace('"value":"x"', f'"value":{"[" * deep}{"]" * deep}') if deep else text


def test_there_are_enough() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize("case", CASES, ids=lambda case: json.dumps(case)[:80])
def test_a_hostile_issue_has_a_clear_answer(context: Context, case: dict[str, Any]) -> None:
    issue = Issue(1, text_of(case), "", "eve", is_trusted=True)
    judgement = judge(context, Branches(context.site.root), issue)
    if judgement is None:
        assert case["is"] == "none"
        return
    assert judgement.state == case.get("is", "refused"), judgement.text
    assert case.get("says", "") in judgement.text, judgement.text
    assert not _ACTIVE.search(judgement.text), judgement.text
    assert "&#96;pay&#96;" not in judgement.text or '"pay"' in json.dumps(case)
    assert len(judgement.text) < 4000
    assert set(judgement.files) <= {"tools_inventory.yaml"}


def test_an_event_with_values_of_other_types_trusts_no_one(tmp_path: Path) -> None:
    file = tmp_path / "event.json"
    issue = {
        "number": 1,
        "body": 5,
        "user": [],
        "labels": [5, {"name": {}}, {"name": ["proposal"]}],
        "author_association": ["OWNER"],
    }
    file.write_text(json.dumps({"action": "opened", "changes": 5, "issue": issue}), encoding="utf-8")
    assert read_event(file) == Happened(Issue(1, "", "", "", is_trusted=False))
    file.write_text(json.dumps({"action": ["opened"], "issue": issue}), encoding="utf-8")
    assert read_event(file) == Happened()
