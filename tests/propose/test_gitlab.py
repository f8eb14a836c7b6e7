"""Proposals in issues become merge requests on GitLab, as often as the scheduled job runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.cli import main
from tests.diff.repositories import commit, git
from tests.propose.fake_gitlab import FakeGitLab
from tests.propose.fake_host import TOKEN
from tests.propose.test_github import FILES, SUMMARY, body, op
from tests.sites import write_site


def test_issues_become_merge_requests_and_both_end_together(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> None:
    site, remote = write_site(tmp_path / "site", FILES), tmp_path / "remote.git"
    commit(site, {})
    git(tmp_path, "init", "-q", "--bare", "remote.git")
    git(site, "remote", "add", "origin", str(remote))
    git(site, "push", "-q", "origin", "main")
    gitlab = FakeGitLab(remote)
    request.addfinalizer(gitlab.close)
    monkeypatch.chdir(site)
    for name, value in {"CI_API_V4_URL": gitlab.url, "CI_PROJECT_ID": "7", "GITLAB_TOKEN": TOKEN}.items():
        monkeypatch.setenv(name, value)

    def run_job(*options: str) -> list[str]:
        assert main(["propose", "--gitlab", *options]) == 0
        return capsys.readouterr().out.splitlines()

    def answer(number: int) -> str:
        (note,) = gitlab.notes[number]
        return str(note["body"]).partition("-->\n")[2]

    good = gitlab.add_issue(body(SUMMARY))
    gitlab.add_issue(body(op(path="/owner", value="opz")))
    # A guest can give a new issue a label; that of a member counts.
    gitlab.add_issue(body(op(path="/vendor", value="V")), author=4)
    gitlab.label(3, by=4)
    gitlab.add_issue("No proposal of a handbook")
    assert run_job("--dry-run") == ["Issue 1: change", "Issue 2: refused", "Issue 3: waits"]
    assert gitlab.calls == []
    assert run_job() == ["Issue 1 is merge request 1.", "Answered in issue 2.", "Answered in issue 3."]
    assert gitlab.pulls[1]["description"].startswith("Closes #1\n")
    # The host starts the checks.
    assert "checks" not in gitlab.pulls[1]["description"]
    assert gitlab.pulls[1]["reviewer_ids"] == [2]
    assert gitlab.pulls[1]["web_url"] in answer(1)
    assert "Did you mean &#96;ops&#96;?" in answer(2)
    assert "The label `proposal` makes it a merge request" in answer(3)
    assert "Plans all work." in git(remote, "show", "handbook-proposal-1:tools_inventory.yaml")
    assert run_job() == []
    # An edit, the label of a member, and a declined merge request.
    good["description"] = body(op(path="/vendor", value="W"))
    gitlab.label(3, by=2)
    assert run_job() == [f"Issue {issue} is merge request {pull}." for issue, pull in ((1, 1), (3, 2))]
    assert "vendor: W" in git(remote, "show", "handbook-proposal-1:tools_inventory.yaml")
    gitlab.pulls[1]["state"] = "closed"
    gitlab.issues[3]["state"] = "closed"
    assert run_job() == ["Closed merge request 2.", "Closed issue 1: its merge request was closed."]
    assert "closed without a merge" in answer(1)
    assert [number for number, each in gitlab.issues.items() if each["state"] == "opened"] == [2, 4]
    # Reopened, it is proposed again.
    gitlab.issues[1]["state"] = "opened"
    assert run_job() == ["Issue 1 is merge request 3."]
    assert gitlab.refused == []
