"""`handbook digest`: what it tells, and how it is sent to a chat."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from handbook.cli import main
from handbook.digest import sending
from tests.diff.repositories import commit, git, write
from tests.slack import Slack

Said = Callable[..., tuple[int, str, str]]

TODAY = "2026-11-23"
CONFIG = "site_name: Our handbook\nsite_url: https://handbook.example.com\n"
TEAMS = """teams:
  - {id: ops, name: Operations, summary: Keeps it right.}
"""
METRIC = """metrics:
  - id: churn
    name: Churn
    summary: Who leaves.
    status: agreed
    owner: ops
    definition: Accounts that have left.
    formula: %s
    review: {last: 2026-05-01, next: 2026-11-20}
"""
PROCESS = """name: Planning
summary: Says what is next.
owner: ops
why: We forget.
training: Watch one.
feedback_channel: Tell us.
trigger: The month begins.
cadence: monthly
calendar:
  - id: meeting
    name: Planning meeting
    repeats: first Monday of the month
    since: 2026-01-05
    at: "10:00"
    lasts: 1 hour
steps:
  - {id: meet, name: Meet, role: lead, what: Talk.}
"""
ROLES = "roles:\n  - {id: lead, name: Lead, summary: Leads.}\n"


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    """What the command ends with and says: the formula of a metric is new since three weeks ago."""
    root = tmp_path / "handbook"
    files = {
        "mkdocs.yml": CONFIG,
        "docs/index.md": "# Home\n",
        "sources/teams.yaml": TEAMS,
        "sources/roles.yaml": ROLES,
        "sources/metrics.yaml": METRIC % "All that left.",
        "sources/processes/planning.yaml": PROCESS,
    }
    commit(root, files, day="2026-11-02")
    commit(root, {"sources/metrics.yaml": METRIC % "All that left & paid <before>."}, day="2026-11-18")
    monkeypatch.chdir(root)
    monkeypatch.delenv(sending.SLACK.variable, raising=False)

    def call(*words: str) -> tuple[int, str, str]:
        code = main(["digest", "--as-of", TODAY, *words])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def test_it_tells_what_has_changed_in_a_week_what_is_due_and_what_is_coming_up(said: Said) -> None:
    assert said() == (
        0,
        """Our handbook: news since 16 November 2026
https://handbook.example.com/

Changes
- Churn (metric, changed): Formula

Needs attention
- Operations: Churn (review it, 3 days overdue)

Coming up
- Planning meeting: Monday, 7 December 2026, 10:00 to 11:00
""",
        "",
    )


@pytest.mark.parametrize(
    ("since", "told"),
    [
        ("2026-11-18", "Churn"),
        ("2026-11-19", "No changes."),
        ("HEAD", "No changes."),
        ("HEAD~1", "Churn"),
        ("2020-01-01", "Churn"),
    ],
    ids=["a day begins before its commits", "a later day", "a commit", "an earlier commit", "before all"],
)
def test_since_is_a_day_or_a_commit(said: Said, since: str, told: str) -> None:
    changes = said("--since", since)[1].split("\n\n")[1]
    assert told in changes


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (
            ["--since", "nowhere"],
            "Unknown revision `nowhere` in this repository. Use a commit, branch or tag that it has",
        ),
        (["--since", "2026-13-01"], "--since: 2026-13-01 is not a valid date"),
        (
            ["--post"],
            (
                "Missing webhook. Set HANDBOOK_SLACK_WEBHOOK to the URL of an incoming webhook of Slack, or "
                "HANDBOOK_TEAMS_WEBHOOK to that of a workflow of Microsoft Teams"
            ),
        ),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(said: Said, words: list[str], why: str) -> None:
    assert said(*words) == (2, "", f"handbook: error: {why}.\n")


def test_a_clone_without_its_history_says_how_to_get_it(said: Said, tmp_path: Path, monkeypatch: Any) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{tmp_path}/handbook", "clone")
    monkeypatch.chdir(tmp_path / "clone")
    code, _, why = said()
    assert code == 2
    assert why == (
        "handbook: error: The history of this clone does not reach back to 2026-11-16. "
        "Run `git fetch --unshallow`, or set "
        "`fetch-depth: 0` in CI.\n"
    )


def test_what_is_not_for_the_audience_is_told_to_nobody(said: Said) -> None:
    restricted = METRIC + "    audience: restricted\n"
    commit(Path(), {"sources/metrics.yaml": restricted % "All that left."})
    write(Path(), {"sources/metrics.yaml": restricted % "All that left in a month."})
    _, out, _ = said("--since", "HEAD")
    assert "Churn" not in out
    assert "Planning meeting" in out


def blocks(said: Said) -> list[dict[str, Any]]:
    code, out, errors = said("--format", "slack")
    assert (code, errors) == (0, "")
    found: list[dict[str, Any]] = json.loads(out)["blocks"]
    return found


def test_the_message_links_the_pages_and_takes_nothing_for_markup(said: Said) -> None:
    write(
        Path(),
        {"sources/metrics.yaml": (METRIC % "Other.").replace("name: Churn", "name: <!here> & *Churn*")},
    )
    header, changes, *_ = blocks(said)
    assert header["type"] == "header"
    assert changes["text"]["type"] == "mrkdwn"
    assert (
        "• <https://handbook.example.com/metrics/churn/|&lt;!here&gt; &amp; *Churn*> (metric, changed):"
        in changes["text"]["text"]
    )


def test_the_latest_version_is_linked_once_there_are_versions(said: Said) -> None:
    shelf = json.dumps([{"version": "2026.1", "title": "2026.1", "aliases": ["latest"]}])
    git(Path(), "checkout", "-q", "--orphan", "gh-pages")
    commit(Path(), {"versions.json": shelf})
    git(Path(), "checkout", "-q", "-f", "main")
    assert "<https://handbook.example.com/latest/metrics/churn/|" in blocks(said)[1]["text"]["text"]


def test_however_much_there_is_to_tell_the_message_keeps_to_the_limits(said: Said) -> None:
    long = "".join(
        f'  - {{id: m{number}, name: "{"&" * 60}{number}", summary: A., status: agreed, owner: ops,'
        f" definition: A., formula: A., review: {{last: 2026-01-01, next: 2026-02-01}}}}\n"
        for number in range(400)
    )
    config = CONFIG.replace("Our handbook", "A" * 300)
    write(Path(), {"mkdocs.yml": config, "sources/metrics.yaml": f"metrics:\n{long}"})
    found = blocks(said)
    assert len(found) <= 50
    assert len(found[0]["text"]["text"]) <= 150
    assert all(len(block["text"]["text"]) <= 3000 for block in found[1:])
    told = "\n".join(block["text"]["text"] for block in found)
    assert "and 381 more" in told
    assert "; and 395 more" in told
    assert told.count("<https") == told.count("|&amp;") + told.count("|Planning")


def test_however_much_there_is_to_tell_the_card_for_teams_keeps_to_its_size(said: Said) -> None:
    long = "".join(
        f'  - {{id: m{number}, name: "{"漢" * 110}{number}", summary: A., status: agreed, owner: ops,'
        f" definition: A., formula: A., review: {{last: 2026-01-01, next: 2026-02-01}}}}\n"
        for number in range(100)
    )
    write(Path(), {"sources/metrics.yaml": f"metrics:\n{long}"})
    out = said("--format", "teams")[1]
    assert 15_000 < len(json.dumps(json.loads(out))) <= 20_000
    body = json.loads(out)["attachments"][0]["content"]["body"]
    lines = ["".join(run["text"] for run in block["inlines"]) for block in body]
    assert lines.count("…") >= 1
    assert "Planning meeting" in "".join(lines)


@pytest.fixture
def slack(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slack]:
    """A Slack that the command knows of."""
    made = Slack()
    monkeypatch.setenv(sending.SLACK.variable, made.url)
    yield made
    made.close()


def test_a_digest_is_sent_once_however_often_it_is_asked_for(said: Said, slack: Slack) -> None:
    shown = json.loads(said("--format", "slack")[1])
    assert said("--post") == (0, "Sent the digest to Slack.\n", "")
    assert said("--post") == (0, "Already sent to Slack; skipped.\n", "")
    assert slack.given == [shown]
    assert git(Path(), "status", "--porcelain") == ""


def test_the_chats_that_have_a_webhook_get_it_and_what_one_refuses_the_other_keeps(
    said: Said, slack: Slack, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    teams = Slack()
    request.addfinalizer(teams.close)
    monkeypatch.setenv(sending.TEAMS.variable, teams.url)
    teams.answers = [(400, "")]
    code, out, err = said("--post")
    assert (code, out) == (2, "Sent the digest to Slack.\n")
    assert "Microsoft Teams answered 400" in err
    teams.answers = [(202, "")]  # A workflow accepts it before it is posted.
    assert said("--post") == (0, "Already sent to Slack; skipped.\nSent the digest to Microsoft Teams.\n", "")
    assert len(slack.given) == 1
    assert teams.given[-1] == json.loads(said("--format", "teams")[1])


def test_the_card_for_teams_links_the_pages_and_takes_nothing_for_markup(said: Said) -> None:
    write(
        Path(), {"sources/metrics.yaml": (METRIC % "Other.").replace("name: Churn", "name: '[x](y) *Churn*'")}
    )
    (attached,) = json.loads(said("--format", "teams")[1])["attachments"]
    assert attached["contentType"] == "application/vnd.microsoft.card.adaptive"
    runs = [run for block in attached["content"]["body"] for run in block["inlines"]]
    assert {
        "type": "TextRun",
        "text": "[x](y) *Churn*",
        "selectAction": {"type": "Action.OpenUrl", "url": "https://handbook.example.com/metrics/churn/"},
    } in [{name: run[name] for name in run if name != "weight"} for run in runs]


def test_when_nothing_is_new_nothing_is_sent(said: Said, slack: Slack) -> None:
    quiet = {"sources/metrics.yaml": None, "sources/processes/planning.yaml": None}
    commit(Path(), quiet, day="2026-11-01")
    assert said("--post", "--since", "HEAD") == (0, "Nothing to report; no digest sent.\n", "")
    assert slack.given == []


def test_patience_that_slack_asks_for_is_kept(said: Said, slack: Slack, monkeypatch: Any) -> None:
    waited: list[float] = []
    monkeypatch.setattr(sending.send_once, "__defaults__", (waited.append,))
    slack.answers = [(429, "7"), (429, "2"), (200, "")]
    assert said("--post") == (0, "Sent the digest to Slack.\n", "")
    assert waited == [7, 2]


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ([(429, "3600")], "rate limit reached. Nothing was sent; try again later"),
        ([(429, "")], "rate limit reached. Nothing was sent; try again later"),
        (
            [(404, "")],
            "Slack answered 404 (no_service). Nothing was sent. Check that HANDBOOK_SLACK_WEBHOOK",
        ),
    ],
    ids=["an hour", "for how long is not said", "no such webhook"],
)
def test_what_slack_refuses_is_not_sent_and_may_be_sent_again(
    said: Said, slack: Slack, answers: list[tuple[int, str]], why: str
) -> None:
    slack.answers = answers
    code, out, err = said("--post")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert why in err
    assert "SECRET" not in err
    slack.answers = [(200, "")]
    assert said("--post")[:2] == (0, "Sent the digest to Slack.\n")


@pytest.mark.parametrize("answer", [(500, ""), (502, ""), (0, "")], ids=["500", "502", "hangs up"])
def test_when_nobody_knows_whether_slack_has_it_nothing_is_sent_again_before_somebody_has_looked(
    said: Said, slack: Slack, answer: tuple[int, str]
) -> None:
    slack.answers = [answer]
    code, out, err = said("--post")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "Check whether the message is in Slack. If not, delete " in err
    assert "SECRET" not in err
    slack.answers = [(200, "")]
    code, _, err = said("--post")
    assert code == 2
    assert "An earlier run sent this digest and got no answer" in err
    assert len(slack.given) == 1
    Path(err.partition(" delete ")[2].partition(" and run")[0]).unlink()
    assert said("--post") == (0, "Sent the digest to Slack.\n", "")


def test_a_slack_that_takes_its_time_is_not_waited_for_without_end(
    said: Said, slack: Slack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "_ANSWER_WITHIN", 0.2)
    held = threading.Event()
    slack.answers = [(200, "")]
    monkeypatch.setattr(slack, "given", _Slow(held))
    code, _, err = said("--post")
    held.set()
    assert code == 2
    assert "Slack gave no answer. Check whether the message is in Slack" in err


class _Slow(list[Any]):
    def __init__(self, held: threading.Event) -> None:
        self._held = held

    def append(self, _: Any) -> None:
        self._held.wait(10)


def test_when_slack_cannot_be_reached_nothing_is_sent(said: Said, slack: Slack) -> None:
    slack.close()
    why = "Could not reach Slack. Nothing was sent; try again later"
    assert said("--post") == (2, "", f"handbook: error: {why}.\n")


@pytest.mark.parametrize(
    "address", ["hooks.slack.com/SECRET", "http://example.com/SECRET", "https:///SECRET", "https://[SECRET"]
)
def test_an_address_that_would_not_keep_the_message_to_itself_is_refused_and_not_shown(
    said: Said, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(sending.SLACK.variable, address)
    why = "HANDBOOK_SLACK_WEBHOOK must contain a URL that starts with https://"
    assert said("--post") == (2, "", f"handbook: error: {why}.\n")
