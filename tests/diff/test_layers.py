"""Comparing a handbook that extends another: the layers are those of the compared revision."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handbook.cli.against import compare_revisions, find_against
from handbook.diff.comparison import Comparison
from handbook.loaded.handbook import load
from handbook.read.files import find_site
from tests.conftest import TODAY, Command
from tests.diff.repositories import commit, git, write

TEAM = "name: {}\nsummary: A.\nreviewers: ['@example/ops']\n"
FILES = {
    "core/mkdocs.yml": "site_name: Core\n",
    "core/sources/teams/ops.yaml": TEAM.format("Ops"),
    "core/sources/teams/old.yaml": TEAM.format("Old"),
    "pay/mkdocs.yml": "site_name: Pay\n",
    "pay/sources/handbook.yaml": "extends: [../core]\nowner: ops\n",
    "pay/sources/teams/pay.yaml": TEAM.format("Pay"),
}


def said(comparison: Comparison) -> list[str]:
    assert not comparison.gaps
    return [f"{each.what} {each.id}" for each in comparison.changes]


def test_a_change_below_is_a_change_for_readers_and_no_finding_of_the_group(tmp_path: Path) -> None:
    base = commit(tmp_path, FILES)
    write(tmp_path, {"core/sources/teams/old.yaml": None, "pay/sources/teams/pay.yaml": None})
    write(tmp_path, {"core/sources/teams/ops.yaml": TEAM.format("Operations")})
    site = find_site(tmp_path / "pay")
    assert said(compare_revisions(site, base, None)) == ["removed old", "removed pay", "changed ops"]
    assert said(compare_revisions(site, base, base)) == []
    findings = find_against(load(site, TODAY), site, base)
    assert [(each.code, each.id) for each in findings] == [("HB402", "pay")]


def test_an_override_is_a_change_of_the_entry_below(tmp_path: Path) -> None:
    base = commit(tmp_path, FILES)
    write(tmp_path, {"pay/sources/teams/ops.yaml": TEAM.format("Pay ops") + "overrides: true\n"})
    (change,) = compare_revisions(find_site(tmp_path / "pay"), base, None).changes
    assert (change.what, change.id, change.name) == ("changed", "ops", "Pay ops")
    assert [each.place.pointer for each in change.differences] == [("name",)]


def test_a_submodule_is_read_at_the_commit_that_the_revision_names(tmp_path: Path) -> None:
    core = {name.removeprefix("core/"): text for name, text in FILES.items() if name.startswith("core/")}
    commit(tmp_path / "elsewhere", core)
    pay = {name.removeprefix("pay/"): text for name, text in FILES.items() if name.startswith("pay/")}
    commit(tmp_path / "pay", {**pay, "sources/handbook.yaml": "extends: [core]\n"})
    allowed = ("-c", "protocol.file.allow=always")
    git(tmp_path / "pay", *allowed, "submodule", "add", "-q", str(tmp_path / "elsewhere"), "core")
    base = commit(tmp_path / "pay", {})
    commit(tmp_path / "pay/core", {"sources/teams/ops.yaml": TEAM.format("Operations")})
    site = find_site(tmp_path / "pay")
    assert said(compare_revisions(site, base, None)) == ["changed ops"]
    git(tmp_path / "pay", "submodule", "deinit", "-q", "-f", "core")
    comparison = compare_revisions(site, base, base)
    assert not comparison.changes
    assert "a handbook that it extends cannot be read" in comparison.gaps[0]


def test_a_new_layer_is_a_change_to_code(tmp_path: Path) -> None:
    base = commit(tmp_path, {**FILES, "pay/sources/handbook.yaml": "owner: pay\n"})
    write(tmp_path, {"pay/sources/handbook.yaml": "owner: pay\nextends: [../core]\n"})
    site = find_site(tmp_path / "pay")
    (finding,) = find_against(load(site, TODAY), site, base)
    assert (finding.code, finding.span.line) == ("HB403", 2)
    assert finding.message == "Added guard: `extends`"
    # What the layer trusts is part of this site, too.
    base = commit(tmp_path, {})
    write(tmp_path, {"core/sources/handbook.yaml": "audience: restricted\ntrusted_files: [docs/film.md]\n"})
    (finding,) = find_against(load(site, TODAY), site, base)
    assert finding.path == "../core/sources/handbook.yaml"
    assert finding.message == "Added guard: `trusted_files`"


def test_commands_write_to_the_handbook_itself_only(tmp_path: Path, command: Command) -> None:
    commit(tmp_path, FILES)
    done = command(tmp_path / "pay", "new", "team", "ops")
    assert (done.returncode, done.stdout) == (2, "")
    assert "`ops` is already used in ../core/sources/teams/ops.yaml:1, in a handbook" in done.stderr
    assert command(tmp_path / "pay", "new", "team", "web").stdout.startswith("sources/teams/web.yaml")
    done = command(tmp_path / "pay", "build", "--site-dir", "../core/sources/new")
    assert (done.returncode, "it is inside the handbook's sources" in done.stderr) == (2, True)
    command(tmp_path / "pay", "editor")
    schema = json.loads((tmp_path / "pay/.vscode/schemas/team.schema.json").read_text())
    assert schema["properties"]["overrides"]["type"] == "boolean"
    command(tmp_path / "pay", "codeowners")
    lines = (tmp_path / "CODEOWNERS").read_text().splitlines()
    assert "/pay/sources/teams/pay.yaml @example/ops" not in lines  # it has no owner
    assert not [line for line in lines if "core/" in line]
    assert "/pay/sources/handbook.yaml @example/ops" in lines


def test_a_release_needs_committed_layers(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_COMMITTER_NAME", "Ops")
    monkeypatch.setenv("GIT_COMMITTER_EMAIL", "ops@example.com")
    commit(tmp_path, FILES)
    write(tmp_path, {"core/sources/teams/ops.yaml": TEAM.format("Operations")})
    done = command(tmp_path / "pay", "release", "2026.1", "--dry-run")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Uncommitted changes: core/sources/teams/ops.yaml" in done.stderr


@pytest.mark.parametrize("folder", ["core", "pay"])
def test_each_handbook_of_a_repository_is_checked_by_itself(tmp_path: Path, folder: str) -> None:
    commit(tmp_path, FILES)
    assert not load(tmp_path / folder, TODAY).findings
