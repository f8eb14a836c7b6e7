"""`handbook release`: what it publishes, what it refuses, and what is left when it is ended early."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from random import Random
from typing import Any

import pytest
from mike import driver

from handbook.cli import main
from handbook.release import publishing
from tests.effort import FULL
from tests.release.conftest import Shop
from tests.sites import TOOL, run, write_site

BRANCH = "refs/heads/gh-pages"
CAN_FORK = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills copies of this process")

QUICK = """
from pathlib import Path
from handbook.write.target import mark

def build(handbook, target, *, strict, changes):
    assert strict
    mark(target)
    (target / "assets").mkdir()
    (target / "index.html").write_text(version, encoding="utf-8")
    (target / "assets/forward.js").write_text("go", encoding="utf-8")
    {inside}
"""
"""A site engine that takes no time."""


def release(shop: Shop, *words: str, inside: str = "pass") -> subprocess.CompletedProcess[str]:
    """Runs `handbook release` in this process, without the wait for the site engine."""
    names: dict[str, Any] = {"version": next((word for word in words if word[0].isdigit()), "")}
    exec(QUICK.format(inside=inside), names)  # noqa: S102 - our own code
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(publishing, "build_with_mkdocs", names["build"])
        patch.chdir(shop.root)
        code = main(["release", *words])
    return subprocess.CompletedProcess(words, code, out.getvalue(), err.getvalue())


def release_apart(
    shop: Shop, *words: str, inside: str = "pass", environment: Mapping[str, str] | None = None
) -> int:
    """Does the same in a copy of this process that may be killed, and gives its exit code."""
    child = os.fork()
    if not child:
        code = 70
        try:
            os.setsid()
            os.environ |= environment or {}
            code = release(shop, *words, inside=inside).returncode
        finally:
            os._exit(code)  # The tests go on in the other process alone.
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def published(shop: Shop, *words: str) -> None:
    done = release(shop, *words)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def refused(shop: Shop, *words: str) -> str:
    """What the command says when it refuses, having changed nothing."""
    before = shop.refs()
    done = release(shop, *words)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert shop.refs() == before
    return done.stderr.removeprefix("handbook: error: ").strip()


def listed(shop: Shop, at: Path | None = None) -> list[tuple[str, list[str]]]:
    """The versions that readers are offered, with their other names."""
    found = json.loads(shop.git("show", f"{BRANCH}:versions.json", at=at))
    return [(each["version"], each["aliases"]) for each in found]


def test_a_version_is_one_commit_with_latest_moved_and_a_tag_and_the_checkout_is_left_alone(
    shop: Shop,
) -> None:
    published(shop, "2026.1")
    first, source = shop.refs()[BRANCH], shop.git("rev-parse", "HEAD")
    shop.commit({"docs/index.md": "# Home\n\nMore.\n"})
    published(shop, "2026.2")
    assert shop.git("rev-parse", f"{BRANCH}^") == first
    assert shop.git("rev-parse", "2026.1^{commit}") == source
    assert shop.git("rev-parse", "2026.2^{commit}") == shop.git("rev-parse", "HEAD")
    assert listed(shop) == [("2026.2", ["latest"]), ("2026.1", [])]
    assert shop.git("show", f"{BRANCH}:latest/index.html") == "2026.2"
    assert shop.git("show", f"{BRANCH}:2026.1/index.html") == "2026.1"
    assert 'href="latest/"' in shop.git("show", f"{BRANCH}:index.html")
    assert shop.git("status", "--porcelain") == ""
    assert shop.git("branch", "--show-current") == "main"


def test_what_lies_beside_the_versions_stays(shop: Shop) -> None:
    published(shop, "2026.1")
    shop.git("checkout", "--quiet", "gh-pages")
    (shop.root / "CNAME").write_text("handbook.example.org\n", encoding="utf-8")
    (shop.root / "index.html").write_text("ours\n", encoding="utf-8")
    shop.git("add", "CNAME", "index.html")
    shop.git("commit", "--quiet", "--message", "Our own address")
    shop.git("checkout", "--quiet", "main")
    published(shop, "2026.2")
    assert shop.git("show", f"{BRANCH}:CNAME") == "handbook.example.org"
    assert shop.git("show", f"{BRANCH}:index.html") == "ours"


def test_the_page_for_addresses_without_one_is_that_of_the_newest_version_unless_it_is_somebody_s_own(
    shop: Shop,
) -> None:
    knows_its_way = """(target / "404.html").write_text(
        f'{version} <link href="/latest/assets/handbook/handbook.css">', encoding="utf-8"
    )"""
    for version in ("2026.1", "2026.2"):
        assert release(shop, version, inside=knows_its_way).returncode == 0
        assert shop.git("show", f"{BRANCH}:404.html").startswith(version)
    shop.git("checkout", "--quiet", "gh-pages")
    (shop.root / "404.html").write_text("ours\n", encoding="utf-8")
    shop.git("commit", "--quiet", "--all", "--message", "Our own")
    shop.git("checkout", "--quiet", "main")
    assert release(shop, "2026.3", inside=knows_its_way).returncode == 0
    assert shop.git("show", f"{BRANCH}:404.html") == "ours"


def test_a_page_that_does_not_know_its_way_is_not_laid_where_addresses_without_one_lead(shop: Shop) -> None:
    lost = """(target / "404.html").write_text('<link href="/assets/handbook/handbook.css">')"""
    assert release(shop, "2026.1", inside=lost).returncode == 0
    assert "404.html" not in shop.git("ls-tree", "--name-only", BRANCH).split()


def test_mike_goes_on_where_the_release_has_left_off(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    published(shop, "2026.1")
    published(shop, "2026.2")
    monkeypatch.chdir(shop.root)

    def mike(*words: str) -> str:
        monkeypatch.setattr(sys, "argv", ["mike", *words])
        driver.main()
        return capsys.readouterr().out

    assert mike("list").split() == ["2026.2", "[latest]", "2026.1"]
    mike("delete", "2026.1")
    assert listed(shop) == [("2026.2", ["latest"])]


def test_numbers_count_as_numbers(shop: Shop) -> None:
    for version in ("2026.9", "2026.10", "2026.10.1", "2027.1"):
        published(shop, version)
    assert [version for version, _ in listed(shop)] == ["2027.1", "2026.10.1", "2026.10", "2026.9"]


@pytest.mark.parametrize(
    "version", ["4", "v2026.4", "2026.04", "2026.4.0", "26.4", "2026.4/x", "latest", "-x.1"]
)
def test_what_is_no_version_is_refused(shop: Shop, version: str) -> None:
    said = refused(shop, "--", version)
    assert said.startswith(f"`{version}` is not a valid version. Use YEAR.NUMBER, such as 2026.4")


def test_a_tree_with_changes_is_refused_those_that_git_does_not_know_yet_too(shop: Shop) -> None:
    (shop.root / "sources").mkdir()
    (shop.root / "sources/roles.yaml").write_text("roles: []\n", encoding="utf-8")
    assert refused(shop, "2026.1") == "Uncommitted changes: sources/. Commit, stash or ignore them."
    (shop.root / "NEW.md").touch()
    said = refused(shop, "2026.1")
    assert said == "Uncommitted changes: NEW.md and 1 more. Commit, stash or ignore them."


@pytest.mark.parametrize("key", ["", "*\n"], ids=["killed before it was hidden", "hidden"])
def test_what_a_killed_build_has_left_is_no_change(shop: Shop, key: str) -> None:
    left = shop.root / ".site.handbook-build"
    (left / "tmp123").mkdir(parents=True)
    (left / ".gitignore").write_text(key, encoding="utf-8")
    (left / "tmp123/index.html").touch()
    published(shop, "2026.1")
    assert ".handbook-build" not in shop.git("ls-tree", "-r", "--name-only", BRANCH)


def test_what_python_leaves_beside_modules_is_no_change(shop: Shop) -> None:
    shop.commit({"macros/__init__.py": ""})
    leave = "Path('macros/__pycache__').mkdir(); Path('macros/__pycache__/a.pyc').write_text('a')"
    done = release(shop, "2026.1", inside=leave)
    assert (done.returncode, done.stderr) == (0, "")
    published(shop, "2026.2")


def test_a_version_that_exists_or_is_older_than_the_newest_is_refused(shop: Shop) -> None:
    published(shop, "2026.4")
    assert refused(shop, "2026.4") == "Version 2026.4 already exists. Use the next number."
    older = "Version 2026.3 is older than 2026.4, the latest on gh-pages. Use a later number."
    assert refused(shop, "2026.3") == older


def test_findings_are_printed_and_nothing_is_published(shop: Shop) -> None:
    shop.commit({"tools_inventory.yaml": TOOL.replace("trial", "Trial")})
    done = release(shop, "2026.1")
    assert done.returncode == 1
    assert "tools_inventory.yaml:6:13: HB104" in done.stdout
    assert shop.refs() == {}


def test_an_id_that_is_lost_since_the_version_before_is_a_finding(shop: Shop) -> None:
    published(shop, "2026.1")
    shop.commit({"tools_inventory.yaml": TOOL.replace("linear", "jira")})
    done = release(shop, "2026.2")
    assert done.returncode == 1
    assert "HB402" in done.stdout
    shop.commit({"tools_inventory.yaml": TOOL.replace("linear", "jira") + "    former_ids: [linear]\n"})
    published(shop, "2026.2")


def test_a_tag_that_started_the_release_is_kept_and_one_on_another_commit_is_refused(shop: Shop) -> None:
    shop.git("tag", "2026.1")
    published(shop, "2026.1")
    assert shop.git("cat-file", "-t", "2026.1") == "commit"
    shop.git("tag", "2026.2")
    shop.commit({"docs/index.md": "# Home\n\nMore.\n"})
    assert refused(shop, "2026.2").startswith("Tag 2026.2 is on another commit")


def test_a_dry_run_shows_it_all_and_moves_nothing(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    published(shop, "2026.1")
    shop.commit({"tools_inventory.yaml": TOOL.replace("Plans", "Plans all")})
    before = shop.refs()
    # A release that commits nothing needs no identity.
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "")
    assert refused(shop, "2026.2").startswith("Git has no committer identity")
    done = release(shop, "2026.2", "--dry-run")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Purpose" in done.stdout
    assert "Dry run: would publish version 2026.2 from " in done.stdout
    assert shop.refs() == before


def test_nothing_is_pushed_unless_asked_for_and_then_branch_and_tag(shop: Shop) -> None:
    remote = shop.remote()
    published(shop, "2026.1")
    assert shop.refs(remote) == {}
    published(shop, "2026.1", "--push")
    assert shop.refs(remote) == {ref: name for ref, name in shop.refs().items() if "remotes" not in ref}
    assert refused(shop, "2026.1", "--push").startswith("Version 2026.1 already exists")
    published(shop, "2026.2", "--push")
    assert listed(shop, remote) == [("2026.2", ["latest"]), ("2026.1", [])]


def test_a_fresh_clone_goes_on_from_what_the_remote_has(shop: Shop, tmp_path: Path) -> None:
    remote = shop.remote()
    shop.git("push", "--quiet", "origin", "main")
    published(shop, "2026.1", "--push")
    shop.git("clone", "--quiet", "--branch", "main", str(remote), str(tmp_path / "clone"))
    clone = Shop(tmp_path / "clone")
    published(clone, "2026.2", "--push")
    assert listed(shop, remote) == [("2026.2", ["latest"]), ("2026.1", [])]
    published(shop, "2026.3", "--push")
    assert [version for version, _ in listed(shop, remote)] == ["2026.3", "2026.2", "2026.1"]


def test_a_remote_that_refuses_leaves_both_sides_as_they_were(shop: Shop) -> None:
    remote = shop.remote()
    published(shop, "2026.1", "--push")
    before = shop.refs(), shop.refs(remote)
    hook = remote / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    done = release(shop, "2026.2", "--push")
    assert done.returncode == 2
    assert (shop.refs(), shop.refs(remote)) == before
    hook.unlink()
    published(shop, "2026.2", "--push")


def test_sources_that_change_while_the_site_is_built_are_not_published(shop: Shop) -> None:
    done = release(shop, "2026.1", inside="Path('docs/index.md').write_text('# Other')")
    assert done.returncode == 2
    assert "The sources changed during the build" in done.stderr
    assert shop.refs() == {}


def test_a_branch_that_has_the_version_without_its_tag_gets_the_tag_on_what_it_was_built_from(
    shop: Shop,
) -> None:
    source = shop.git("rev-parse", "HEAD")
    published(shop, "2026.1")
    branch = shop.refs()[BRANCH]
    shop.git("tag", "--delete", "2026.1")
    shop.commit({"docs/index.md": "# Home\n\nMore.\n"})
    published(shop, "2026.1")
    assert shop.git("rev-parse", "2026.1^{commit}") == source
    assert shop.refs()[BRANCH] == branch


KILLER = """#!/bin/sh
# Stands in for git: ends everything before or after one of the commands that write, without a word.
case $3 in
  fetch | hash-object | update-index | write-tree | mktree | commit-tree | mktag | push | update-ref) ;;
  *) exec {git} "$@" ;;
esac
number=$(($(cat {count}) + 1))
echo $number > {count}
if [ $number = $KILL_AT ] && [ $KILL_WHEN = before ]; then kill -9 0; fi
{git} "$@"
status=$?
if [ $number = $KILL_AT ] && [ $KILL_WHEN = after ]; then kill -9 0; fi
exit $status
"""


@pytest.mark.slow
@CAN_FORK
@pytest.mark.parametrize(
    ("seed", "when", "options"),
    [(1, "before", ["--push"]), (2, "after", ["--push"]), (3, "after", [])],
    ids=["before", "after", "after, without push"],
)
def test_a_release_that_is_killed_at_any_step_leaves_the_old_state_or_the_new_and_a_rerun_completes(
    shop: Shop, tmp_path: Path, seed: int, when: str, options: list[str]
) -> None:
    """The last two steps and another one each time; every step with `make test-all`."""
    remote = shop.remote()
    shop.git("push", "--quiet", "origin", "main")
    published(shop, "2026.1", "--push")
    source = shop.commit({"docs/index.md": "# Home\n\nMore.\n"})
    count = tmp_path / "count"
    stand_in = tmp_path / "bin/git"
    stand_in.parent.mkdir()
    stand_in.write_text(KILLER.format(count=count, git=shutil.which("git")), encoding="utf-8")
    stand_in.chmod(stand_in.stat().st_mode | stat.S_IXUSR)
    untouched = tmp_path / "untouched"
    shutil.copytree(tmp_path, untouched, ignore=shutil.ignore_patterns("untouched", "bin", "count"))

    def release_until(step: int) -> int:
        for name in ("handbook", "remote.git"):
            shutil.rmtree(tmp_path / name)
            shutil.copytree(untouched / name, tmp_path / name)
        count.write_text("0", encoding="utf-8")
        path = f"{stand_in.parent}{os.pathsep}{os.environ['PATH']}"
        environment = {"PATH": path, "KILL_AT": str(step), "KILL_WHEN": when}
        return release_apart(shop, "2026.2", *options, environment=environment)

    old = shop.refs()[BRANCH], shop.refs(remote)[BRANCH]
    assert release_until(0) == 0
    last = int(count.read_text(encoding="utf-8"))
    assert last > 8
    another = Random(seed).randrange(1, last - 1)  # noqa: S311  # no secret
    for step in range(1, last + 1) if FULL else (another, last - 1, last):
        assert release_until(step) == -signal.SIGKILL
        for at, before in zip((shop.root, remote), old, strict=True):
            refs = shop.refs(at)
            assert (refs[BRANCH] == before) == ("refs/tags/2026.2" not in refs), f"half done after {step}"
            assert not list(at.rglob("*.lock"))
        again = release(shop, "2026.2", *options)
        is_done = again.returncode == 2 and "already exists" in again.stderr
        assert again.returncode == 0 or is_done, f"{step}: {again.stderr}"
        assert listed(shop) == [("2026.2", ["latest"]), ("2026.1", [])]
        assert shop.git("rev-parse", "2026.2^{commit}") == source
        assert shop.git("rev-list", "--count", BRANCH) == "2"
        if options:
            assert shop.refs(remote)[BRANCH] == shop.refs()[BRANCH]
            assert shop.refs(remote)["refs/tags/2026.2"] == shop.refs()["refs/tags/2026.2"]


@CAN_FORK
def test_a_release_that_is_killed_while_the_site_is_built_leaves_nothing(shop: Shop) -> None:
    kill = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    assert release_apart(shop, "2026.1", inside=kill) == -signal.SIGKILL
    assert shop.refs() == {}
    published(shop, "2026.1")


def test_a_handbook_in_no_repository_is_told_so_in_one_line(tmp_path: Path) -> None:
    done = run(write_site(tmp_path, {}), "release", "2026.1")
    assert done.returncode == 2
    assert done.stderr.startswith("handbook: error: No history: ")
    assert done.stderr.count("\n") == 1
