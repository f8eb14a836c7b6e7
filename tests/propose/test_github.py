"""A proposal in an issue becomes a pull request on GitHub: from the event to the branch and the answer."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from handbook.base.errors import HandbookError
from handbook.cli import main
from handbook.propose.github import GitHub
from handbook.propose.handing_over import Handed, read_handed, write_handed
from handbook.propose.host import ANSWER
from handbook.propose.judging import Judgement
from handbook.propose.sending import MOST_CONFIRMING, Way, send
from handbook.read.languages import make_language
from handbook.write.parcel import issue_text, message_text
from tests.diff.repositories import commit, git
from tests.propose.fake_github import FakeGitHub
from tests.propose.fake_host import TOKEN
from tests.sites import write_site

TEAMS = """teams:
- {id: ops, name: Operations, summary: Keep it right., reviewers: ["@ana", "@acme/gone"]}
- {id: pay, name: Pay, summary: Salaries., audience: restricted}
"""
FILES = {
    "sources/teams.yaml": TEAMS,
    "tools_inventory.yaml": "tools:\n  - {id: linear, name: Linear, summary: Plans., "
    "category: project-management, status: active, owner: ops}  # Ours.\n",
    "docs/index.md": "# Home\n\n{{ tools_table() }}\n",
}


def op(name: str = "set", entry: str = "linear", kind: str = "tool", **rest: Any) -> dict[str, Any]:
    return {"op": name, "kind": kind, "id": entry, **rest}


def body(*operations: Mapping[str, Any], **rest: Any) -> str:
    return issue_text("Change to Linear", {"proposal": 1, **rest, "operations": list(operations)})


SUMMARY = op(path="/summary", value="Plans all work.")


class Repository:
    """A handbook in a clone, with its remote and GitHub."""

    def __init__(self, folder: Path, github: FakeGitHub) -> None:
        self.site, self.remote, self.github, self._folder = folder / "site", github.remote, github, folder

    def event(
        self, issue: dict[str, Any], action: str = "opened", *, again: bool = False, **rest: Any
    ) -> str:
        """Runs what the workflow runs for an event, and gives what it says."""
        given = {
            "action": action,
            "issue": {"author_association": "MEMBER", **issue, **rest.pop("about", {})},
            **rest,
        }
        return self.run({**given, "repository": {"full_name": "acme/book"}}, again=again)

    def run(self, event: Any, *, again: bool = False) -> str:
        (self._folder / "event.json").write_text(json.dumps(event), encoding="utf-8")
        assert main(["propose", "--event", "../event.json", "--to", "../handed"]) == 0
        if (self._folder / "handed/proposal.json").exists():
            assert main(["propose", "--push", "../handed"]) == 0
            if again:
                before = list(self.github.calls)
                assert main(["propose", "--push", "../handed"]) == 0
                assert self.github.calls == before
            (self._folder / "handed/proposal.json").unlink()
        assert git(self.site, "status", "--porcelain") == ""
        return self.answer(event.get("issue", {}).get("number", 0))

    def answer(self, number: int) -> str:
        """The one answer in an issue."""
        comments = self.github.comments.get(number, [])
        assert len(comments) <= 1
        return comments[0]["body"].removeprefix(f"{ANSWER} -->\n") if comments else ""

    def file(self, branch: str, path: str = "tools_inventory.yaml") -> str:
        return git(self.remote, "show", f"{branch}:{path}")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Repository]:
    site = write_site(tmp_path / "site", FILES)
    commit(site, {})
    git(tmp_path, "init", "-q", "--bare", "remote.git")
    git(site, "remote", "add", "origin", str(tmp_path / "remote.git"))
    git(site, "push", "-q", "origin", "main")
    github = FakeGitHub(tmp_path / "remote.git")
    monkeypatch.chdir(site)
    for name, value in {
        "GH_TOKEN": TOKEN,
        "GITHUB_REPOSITORY": "acme/book",
        "GITHUB_API_URL": github.url,
        "GITHUB_REF_NAME": "main",
        "HANDBOOK_APP_CLIENT_ID": "",
    }.items():
        monkeypatch.setenv(name, value)
    yield Repository(tmp_path, github)
    github.close()


def test_an_issue_becomes_a_pull_request_and_both_end_together(repository: Repository) -> None:
    github = repository.github
    base = git(repository.site, "rev-parse", "HEAD")
    text = body(SUMMARY, base=base, by="Zoë @acme/all", why="Fixes #1 <!-- x --> ```")
    issue = github.add_issue("Anything $(id)", text.replace("\n", "\r\n"))
    answer = repository.event(issue)
    (pull,) = github.pulls.values()
    assert pull["html_url"] in answer
    assert pull["title"] == "Proposal: Linear (tool)"
    assert pull["body"].startswith("Closes #1\n\nReason:\n\n    Fixes #1 <!-- x --> ```\n")
    assert "Plans. → Plans all work." in pull["body"]
    assert "finds no new error" in pull["body"]
    assert "because no app opens it" in pull["body"]
    assert github.asked == {pull["number"]: ["ana"]}
    expected = FILES["tools_inventory.yaml"].replace("summary: Plans.", "summary: Plans all work.")
    assert repository.file("handbook-proposal-1") == expected.strip()
    assert git(repository.remote, "log", "--format=%an %s", "main..handbook-proposal-1") == (
        "github-actions[bot] Proposal: Linear (tool)"
    )
    # An edit changes the same pull request; without a difference, nothing is called again.
    issue["body"] = body(op(path="/name", value="Linear 2"))
    assert repository.event(issue, "edited", again=True) == answer
    assert (
        repository.file("handbook-proposal-1")
        == FILES["tools_inventory.yaml"].replace("Linear", "Linear 2").strip()
    )
    assert github.pulls[2]["title"] == "Proposal: Linear 2 (tool)"
    # An edit that can't be made says why, and leaves the pull request as it is.
    issue["body"] = body(op(path="/owner", value="opz"))
    answer = repository.event(issue, "edited")
    assert "Did you mean &#96;ops&#96;?" in answer
    assert "/pull/2 stays as it is" in answer
    # Once others have worked on the branch, it stays as it is.
    git(repository.site, "fetch", "-q", "origin", "handbook-proposal-1")
    git(repository.site, "checkout", "-q", "--detach", "FETCH_HEAD")
    other = commit(repository.site, {"sources/teams.yaml": TEAMS.replace("Keep", "Keeps")})
    git(repository.site, "push", "-q", "origin", "HEAD:refs/heads/handbook-proposal-1")
    git(repository.site, "checkout", "-q", "main")
    issue["body"] = body(op(path="/vendor", value="V"))
    assert "Others have added commits" in repository.event(issue, "edited")
    assert git(repository.remote, "rev-parse", "handbook-proposal-1") == other
    # Closing the issue closes the pull request.
    repository.event(issue, "closed")
    assert github.pulls[2]["state"] == "closed"
    assert git(repository.remote, "branch", "--list", "handbook-proposal-1") == ""
    assert [each for each in github.refused if "requested_reviewers" not in each] == []


def test_a_german_handbook_answers_in_german() -> None:
    host = Mock(spec=GitHub, pull_name=GitHub.pull_name)
    host.find_pull.return_value = None
    way = Way(language=make_language("de", {}))
    assert send(Handed(1, "ana", Judgement("waits")), host, Mock(), way) == "Answered in issue 1."
    host.answer.assert_called_once_with(
        1,
        "Danke. Zuerst muss ein Mitglied dieses Repositorys deinen Vorschlag ansehen. "
        "Das Label `proposal` macht ihn zu einem Pull Request.",
    )


def test_strangers_wait_for_a_label_and_no_one_has_more_than_three(repository: Repository) -> None:
    github = repository.github
    issue = github.add_issue(
        "", message_text("", json.loads(body(SUMMARY).split("proposal\n")[1].split("```")[0]), "")
    )
    stranger = {"author_association": "NONE"}
    assert "label `proposal`" in repository.event(issue, about=stranger)
    assert not github.pulls
    issue["labels"] = [{"name": "proposal"}]
    assert "/pull/2" in repository.event(issue, "labeled", about=stranger)
    for _ in range(2):
        github.add_issue("", body(SUMMARY))
        github.add_issue("", "No proposal")
    # Confirmations are counted alone.
    confirmed = body(op("confirm", next="2027-02-01"))
    for _ in range(MOST_CONFIRMING):
        github.add_issue("", confirmed)
    assert f"You have {MOST_CONFIRMING} open confirmations" in repository.event(
        github.add_issue("", confirmed)
    )
    last = github.add_issue("", body(op(path="/vendor", value="V")))
    assert "You have 3 open proposals: #5, #3, #1" in repository.event(last)
    github.issues[3]["state"] = "closed"
    github.is_forbidden = True
    number = last["number"]
    form = f"https://github.com/acme/book/compare/main...handbook-proposal-{number}?expand=1"
    assert form in repository.event(last, "edited")


def test_what_needs_no_pull_request_is_said(repository: Repository) -> None:
    github = repository.github
    same = github.add_issue("", body(op(path="/summary", value="Plans.")))
    assert "says all of this already" in repository.event(same)
    none = github.add_issue(
        "", "The link https://github.com/acme/book/issues/new?body=%60json%20handbook-proposal"
    )
    assert repository.event(none) == ""
    none["body"] = ""
    assert "Text without a proposal" in repository.event(
        none, "edited", changes={"body": {"from": body(SUMMARY)}}
    )
    assert not github.pulls


def test_a_host_that_refuses_is_one_line_without_the_token(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    handed = repository.site.parent / "handed"
    write_handed(handed, Handed(1))
    for name, value in (("GH_TOKEN", "wrong"), ("GITHUB_API_URL", "http://example.com"), ("GH_TOKEN", "")):
        monkeypatch.setenv(name, value)
        assert main(["propose", "--push", str(handed)]) == 2
        (line,) = capsys.readouterr().err.splitlines()
        assert line.startswith("handbook: error: ")
        assert TOKEN not in line


def test_reviewers_follow_a_new_owner_and_code_is_refused(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    teams = '- {id: new, name: New, summary: Here., reviewers: ["@acme/new"]}\n'
    commit(repository.site, {"sources/teams.yaml": TEAMS + teams})
    assert main(["codeowners"]) == 0
    commit(repository.site, {})
    git(repository.site, "push", "-q", "origin", "main")
    repository.github.reviewers.add("new")
    issue = repository.github.add_issue("", body(op(path="/owner", value="new")))
    assert "/pull/2" in repository.event(issue)
    assert "tools_inventory.yaml @acme/new" in repository.file("handbook-proposal-1", "CODEOWNERS")
    assert repository.github.asked == {2: ["new"]}
    handed = repository.site.parent / "handed"
    write_handed(handed, Handed(3, "zoe", Judgement("change", "T", "", {"macros/x.py": b"a"}, "0" * 40)))
    capsys.readouterr()
    assert main(["propose", "--push", str(handed)]) == 2
    assert "macros/x.py is code" in capsys.readouterr().err
    write_handed(handed, Handed(3, "zoe", Judgement("change", "Title", "", {"a.yaml": b"a"}, "0" * 40)))
    before = list(repository.github.calls)
    assert main(["propose", "--push", str(handed), "--dry-run"]) == 0
    assert "Title" in capsys.readouterr().out
    assert repository.github.calls == before


@pytest.mark.parametrize(
    "part",
    [
        {"issue": "1"},
        {"issue": 0},
        {"judgement": {"state": "all"}},
        {"judgement": {"base": "main"}},
        {"judgement": {"files": {".github/workflows/x.yml": ""}}},
        {"judgement": {"files": {"a/../../x": ""}}},
        {"judgement": {"files": {"/etc/x": ""}}},
        {"judgement": {"files": {"x/.GIT/config": ""}}},
        {"judgement": {"files": {"x": "%"}}},
        {"judgement": {"title": "a\nb"}},
    ],
)
def test_the_job_that_can_write_trusts_nothing(tmp_path: Path, part: dict[str, Any]) -> None:
    judgement = Judgement("change", "T", "", {"a.yaml": b"a"}, "0" * 40, ["ana", "--x", "acme/ops"])
    write_handed(tmp_path, Handed(1, "zoe", judgement))
    assert read_handed(tmp_path) == Handed(1, "zoe", judgement._replace(reviewers=["ana", "acme/ops"]))
    value = json.loads((tmp_path / "proposal.json").read_text())
    inner = {**value["judgement"], **part.get("judgement", {})}
    (tmp_path / "proposal.json").write_text(json.dumps({**value, **part, "judgement": inner}))
    with pytest.raises(HandbookError, match="is not what"):
        read_handed(tmp_path)
