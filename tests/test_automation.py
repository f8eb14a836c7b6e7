"""What a repository with a handbook runs by itself: workflows of CI, and hooks before a commit."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from handbook.compare.rules.examples import FILES
from tests.compare.repositories import commit, git, write
from tests.effort import FULL
from tests.sites import ROOT, TOOL, copy_shipped_site, write_site
from tests.slack import Slack

ENVIRONMENT = os.environ | {
    "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    "NO_COLOR": "1",
    "GIT_AUTHOR_NAME": "Product ops",
    "GIT_AUTHOR_EMAIL": "product-ops@example.com",
    "GIT_COMMITTER_NAME": "Product ops",
    "GIT_COMMITTER_EMAIL": "product-ops@example.com",
}
ENVIRONMENT.pop("GITHUB_STEP_SUMMARY", None)


def commands(value: Any) -> Iterator[str]:
    """The calls of `handbook` in a workflow, in order."""
    if isinstance(value, str) and value.startswith("handbook "):
        yield value
    elif isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from commands(part)


WORKFLOWS = {
    ".github/workflows/handbook.yml": ["validate", "validate", "diff", "build"],
    ".github/workflows/handbook-audit.yml": ["audit"],
    ".github/workflows/handbook-digest.yml": ["digest"],
    ".github/workflows/handbook-release.yml": ["release"],
    ".gitlab-ci.yml": ["validate", "build", "diff", "validate", "audit", "digest", "release"],
}


def handbook_for(folder: Path, needed: list[str]) -> Path:
    """The shipped handbook, or a small one where the gate would build all its pages once more."""
    builds = not {"build", "release"}.isdisjoint(needed)
    return write_site(folder, {}) if builds and not FULL else copy_shipped_site(folder)


@pytest.mark.slow
@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_the_commands_of_a_workflow_succeed(
    tmp_path: Path, workflow: str, request: pytest.FixtureRequest
) -> None:
    site = handbook_for(tmp_path / "site", WORKFLOWS[workflow])
    base = commit(site, {})
    git(site, "update-ref", "refs/remotes/origin/main", base)
    git(tmp_path, "init", "-q", "--bare", "pages.git")
    git(site, "remote", "add", "origin", f"{tmp_path}/pages.git")
    git(site, "tag", "2026.1")
    slack = Slack()
    request.addfinalizer(slack.close)
    environment = ENVIRONMENT | {
        "GITHUB_BASE_REF": "main",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": base,
        "GITHUB_REF_NAME": "2026.1",
        "CI_COMMIT_TAG": "2026.1",
        "HANDBOOK_SLACK_WEBHOOK": slack.url,
    }
    found = list(commands(yaml.safe_load((ROOT / workflow).read_text(encoding="utf-8"))))
    assert [command.split()[1] for command in found] == WORKFLOWS[workflow]
    for command in found:
        # Every job begins with a clone of its own.
        git(site, "clean", "-fdxq")
        done = subprocess.run(
            command, shell=True, cwd=site, env=environment, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, ""), command
    assert len(slack.given) == WORKFLOWS[workflow].count("digest")
    released = git(site, "ls-remote", "origin", "refs/heads/gh-pages", "refs/tags/2026.1")
    assert len(released.splitlines()) == 2 * WORKFLOWS[workflow].count("release")


@pytest.mark.parametrize("workflow", [".github/workflows/handbook.yml", ".gitlab-ci.yml"])
def test_a_workflow_stops_at_a_break_without_a_new_version(tmp_path: Path, workflow: str) -> None:
    files = {"mkdocs.yml": "site_name: Test\n", **FILES}
    base = commit(tmp_path, files)
    git(tmp_path, "update-ref", "refs/remotes/origin/main", base)
    write(tmp_path, {"sources/teams.yaml": FILES["sources/teams.yaml"].replace("id: ops", "id: product-ops")})
    environment = ENVIRONMENT | {"GITHUB_BASE_REF": "main", "CI_MERGE_REQUEST_DIFF_BASE_SHA": base}
    found = list(commands(yaml.safe_load((ROOT / workflow).read_text(encoding="utf-8"))))
    (command,) = (command for command in found if "--against" in command)
    done = subprocess.run(
        command, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (1, "")
    reports = [done.stdout, *(path.read_text(encoding="utf-8") for path in tmp_path.glob("gl-*.json"))]
    assert any("HB402" in report for report in reports)


def test_the_first_command_of_a_workflow_stops_at_a_mistake(tmp_path: Path) -> None:
    site = write_site(tmp_path, {"tools_inventory.yaml": TOOL.replace("trial", "Trial")})
    for workflow in (".github/workflows/handbook.yml", ".gitlab-ci.yml"):
        command = next(commands(yaml.safe_load((ROOT / workflow).read_text(encoding="utf-8"))))
        done = subprocess.run(
            command, shell=True, cwd=site, env=ENVIRONMENT, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (1, "")


def set_up_hook(site: Path) -> list[str]:
    """The hook with the command that is installed here; with `make test-all` it is installed for it alone."""
    if FULL:
        return ["try-repo", str(ROOT), "handbook-validate"]
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    (hook,) = (hook for hook in hooks if hook["id"] == "handbook-validate")
    local = {"repo": "local", "hooks": [hook | {"language": "system"}]}
    (site / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [local]}), encoding="utf-8")
    return ["run", "handbook-validate"]


@pytest.mark.slow
def test_the_hook_runs_before_a_commit_and_refuses_a_mistake(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", {})
    environment = ENVIRONMENT | {"PRE_COMMIT_HOME": str(tmp_path / "cache")}
    hook_words = set_up_hook(site)

    def call(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=site, env=environment, capture_output=True, text=True, check=False)

    def hook() -> subprocess.CompletedProcess[str]:
        call("git", "add", ".")
        return call("pre-commit", *hook_words, "--all-files", "--verbose")

    assert call("git", "init", "-q").returncode == 0
    passed = hook()
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert "nothing to mend" in passed.stdout
    (site / "tools_inventory.yaml").write_text(TOOL.replace("trial", "Trial"), encoding="utf-8")
    refused = hook()
    assert refused.returncode == 1
    assert "tools_inventory.yaml:6:13: HB104 error" in refused.stdout
