"""One issue for each overdue entry: opened, updated and closed, never twice, on both hosts."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from handbook.cli import main
from handbook.link.address import Address
from handbook.link.catalogue import Entry
from handbook.loaded.handbook import Handbook, load
from handbook.propose.following_up import OVERDUE, follow_up, plan
from handbook.propose.gaps import fold
from handbook.propose.github import GitHub
from handbook.propose.gitlab import GitLab
from handbook.propose.host import Filed
from handbook.propose.overdue import Overdue, overdue_issues
from handbook.render.render import Renderer
from handbook.render.repository import Repository
from handbook.write.parcel import read_parcel
from tests.conftest import TODAY, MakeSite
from tests.propose.fake_github import FakeGitHub
from tests.propose.fake_gitlab import FakeGitLab
from tests.propose.fake_host import TOKEN, FakeHost

TEAMS = """teams:
- {id: ops, name: "Ops @x", summary: Keep it right., reviewers: ["@ana", "ana@example.com"]}
- {id: pay, name: Pay, summary: Salaries., audience: restricted, review: {last: 2026-01-01, next: 2026-02-01}}
"""
PROCESS = """name: {name}
summary: Brings it out.
owner: ops
why: It is for all.
trigger: Something is done.
training: Watch it.
feedback_channel: Tell us.
steps: [{{id: write, name: Write, role: pm, what: Write it.}}]
review: {{{review}}}
"""
PAGE = """---
title: Guide
owner: ops
review: {last: 2026-01-01, next: 2026-11-20}
---
# Guide
"""


def process(name: str, review: str) -> str:
    return PROCESS.format(name=name, review=review)


FILES = {
    "sources/teams.yaml": TEAMS,
    "sources/roles.yaml": "roles:\n- {id: pm, name: Product manager, summary: Decides., team: ops}\n",
    "sources/processes/launch.yaml": PROCESS.format(
        name="Launch", review="last: 2026-05-01, next: 2026-11-01"
    ),
    "sources/processes/triage.yaml": process("Triage", "next: 2026-10-01"),
    "sources/processes/plan.yaml": process("Plan", "last: 2026-05-01, next: 2026-12-01"),
    "docs/guide.md": PAGE,
    "docs/index.md": "# Home\n",
}


def issues_of(handbook: Handbook, url: str = "https://book.example/") -> list[Overdue]:
    repository = Repository(handbook.site, "https://github.com/acme/book", "edit/main/docs/")
    return overdue_issues(handbook.basis, repository, Address(url, directory_urls=True))


def test_an_issue_has_the_owner_the_evidence_and_two_links(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = make_site(FILES)
    root = site.root
    triage, launch, guide = issues_of(load(site, TODAY, "internal"))
    assert (triage.name, launch.since, guide.name) == ("process/triage", "2026-11-01", "page/guide")
    assert launch.title == "Overdue: Launch"
    assert "**[Launch](https://book.example/processes/launch/)**" in launch.text
    assert "- Review it: overdue since 1 November 2026" in launch.text
    assert "Owner: Ops &#64;&#8288;x, @ana\n" in launch.text
    assert "Last reviewed: 1 May 2026 · `sources/processes/launch.yaml`" in launch.text
    assert "[Change it](https://book.example/processes/launch/#propose)" in launch.text
    assert "[Change it](https://github.com/acme/book/edit/main/docs/guide.md" in guide.text
    assert "Last reviewed: never" in triage.text
    unpublished = issues_of(load(site, TODAY, "internal"), url="")[1]
    assert "[Change it](https://github.com/acme/book/edit/main/sources/processes/launch.yaml#L1)" in (
        unpublished.text
    )
    monkeypatch.chdir(root)
    # A dry run needs no host.
    for variable in ("GITHUB_REPOSITORY", "CI_PROJECT_ID"):
        monkeypatch.delenv(variable, raising=False)
    assert main(["issues", "--post", "--dry-run", "--most", "1", "--as-of", str(TODAY)]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines()[0] == "Open issue: Overdue: Triage"
    assert "the issues of earlier runs are unknown" in said.err
    # The link proposes a confirmation, which `handbook apply` makes.
    for issue in (triage, launch, guide):
        found = re.search(r"\[Still right\]\(([^)]+)\)", issue.text)
        assert found
        (body,) = parse_qs(urlsplit(found[1]).query)["body"]
        assert [each.op for each in read_parcel(body, "issue").operations] == ["confirm"]
        Path("issue.txt").write_text(body, encoding="utf-8")
        assert main(["apply", "issue.txt"]) == 0, capsys.readouterr()
    # No one has reviewed it before.
    days = re.findall(r"(?:last|next): (\S{10})", (root / "sources/processes/triage.yaml").read_text())
    assert abs((date.fromisoformat(days[1]) - date.fromisoformat(days[0])).days) == 182


def test_a_page_whose_review_is_overdue_has_the_link(make_site: MakeSite) -> None:
    handbook = load(make_site({**FILES, "mkdocs.yml": "site_name: Test\n"}), TODAY)
    repository = Repository(handbook.site, "https://github.com/acme/book", None)
    launch, plan = (handbook.entry("process", name) for name in ("launch", "plan"))

    def page(entry: Entry, repository: Repository) -> str:
        return html.unescape(Renderer(handbook.basis, repository).page("# Page\n", entry.page, entry))

    link = r'issues/new\?title=Still%20right%3A%20Launch&body=[^"]*"[^>]*>Still right'
    assert re.search(link, page(launch, repository))
    assert "Still right" not in page(plan, repository)
    assert "Still right" not in page(launch, Repository(handbook.site, None, None))


def overdue(name: str, since: str = "2026-11-01", text: str = "") -> Overdue:
    return Overdue(name, since, f"Overdue: {name}", f"<!-- handbook: overdue {name} {since} -->\n{text}")


@pytest.fixture(params=["github", "gitlab"])
def host(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[FakeHost, Any]]:
    fake: FakeGitHub | FakeGitLab
    if request.param == "github":
        fake = FakeGitHub(tmp_path)
        variables = {"GITHUB_REPOSITORY": "acme/book", "GH_TOKEN": TOKEN, "GITHUB_API_URL": fake.url}
        yield fake, GitHub(variables)
    else:
        fake = FakeGitLab(tmp_path)
        yield fake, GitLab({"CI_API_V4_URL": fake.url, "CI_PROJECT_ID": "7", "GITLAB_TOKEN": TOKEN})
    fake.close()


def test_issues_are_opened_updated_and_closed_once(host: tuple[Any, Any]) -> None:
    fake, tracker = host

    def run(*wanted: Overdue, is_dry: bool = False) -> list[str]:
        return list(follow_up(wanted, tracker, 2, TODAY, is_dry=is_dry))

    a, b, c = overdue("tool/a"), overdue("tool/b"), overdue("tool/c")
    assert run(a, is_dry=True) == ["Open issue: Overdue: tool/a"]
    assert fake.calls == []
    assert run(a, b, c) == [
        "Open issue 1: Overdue: tool/a",
        "Open issue 2: Overdue: tool/b",
        "1 more later: at most 2 are opened in seven days",
    ]
    assert run(a, b) == []
    later = overdue("tool/a", "2026-11-02")
    assert run(later) == ["Update issue 1: Overdue: tool/a", "Close issue 2: Overdue: tool/b"]
    assert [each.is_open for each in sorted(tracker.filed(OVERDUE))] == [True, False]
    # What someone has closed stays closed.
    tracker.settle(1)
    assert run(later, b) == []
    assert fake.refused == []


def test_two_runs_at_once_leave_one_issue_and_a_week_later_more_follow() -> None:
    a, b = overdue("tool/a"), overdue("tool/b")
    filed = [Filed(number, a.title, a.text, is_open=True, created=TODAY) for number in (4, 3)]
    other = Filed(5, "Someone's", "Text", is_open=True, created=TODAY)
    steps, waiting = plan([a, b], [*filed, other], 3, TODAY)
    assert [(step.number, step.issue) for step in steps] == [(4, None)]
    assert waiting == 1
    steps, waiting = plan([a, b], filed, 3, TODAY + timedelta(days=7))
    assert [(step.number, step.issue) for step in steps] == [(4, None), (0, b)]
    assert waiting == 0


def test_readers_who_miss_the_same_have_one_issue(host: tuple[Any, Any]) -> None:
    fake, tracker = host
    titles = [
        *("Missing: SSO linear", "Missing on Launch", "Missing: linear  sso!", "Missing: Linear SSO"),
        *("Missing: ", "Missing: sso", "Other", "Missing on Launch", "Missing: the budget"),
    ]
    for title in titles:
        fake.add_issue(title=title, **{"body" if isinstance(fake, FakeGitHub) else "text": ""})
    assert list(fold(tracker, is_dry=True)) == [
        "Close issue 3: the same as issue 1",
        "Close issue 4: the same as issue 1",
        "Close issue 8: the same as issue 2",
    ]
    assert fake.calls == []
    assert len(list(fold(tracker, is_dry=False))) == 3
    assert list(fold(tracker, is_dry=False)) == []
    assert [each.number for each in sorted(tracker.titled()) if not each.is_open] == [3, 4, 8]
    notes = fake.comments if isinstance(fake, FakeGitHub) else fake.notes
    assert notes[1][0]["body"].endswith("2 more readers miss this: #3, #4")
    assert notes[3][0]["body"].endswith("The same as #1, where it is collected.")
    assert fake.refused == []
