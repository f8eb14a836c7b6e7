"""Rules about changes: their examples, and what `handbook validate --against` makes of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handbook.base.findings import Finding
from handbook.base.rule import Rule
from handbook.cli import main
from handbook.diff.checker import find_in_changes
from handbook.diff.comparison import Comparison
from handbook.diff.rules import RULES
from handbook.diff.rules.examples import FILES
from handbook.loaded.handbook import load
from handbook.read.files import Site, find_site
from handbook.read.settings import Settings
from tests.check.test_rule_examples import marked, written
from tests.diff.repositories import commit, git, write
from tests.diff.test_changes import compared
from tests.sites import ROOT


def plain(files: dict[str, str]) -> dict[str, str]:
    return {path: content.decode() for path, content in written(files).items()}


def in_changes(comparison: Comparison) -> list[Finding]:
    return find_in_changes(comparison, Settings(), Site(ROOT, ROOT))


def found(folder: Path, files: dict[str, str]) -> list[Finding]:
    return in_changes(compared(folder, FILES, plain(files)))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_bad_example_gives_this_finding_alone_at_the_marked_place(
    rule: Rule[Comparison], tmp_path: Path
) -> None:
    (finding,) = found(tmp_path, dict(rule.bad))
    span = finding.span
    place = (finding.path, span.line, span.column, span.end_column - span.column)
    assert (finding.code, place) == (rule.code, marked(rule.bad))
    assert finding.hint


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_good_example_gives_no_finding(rule: Rule[Comparison], tmp_path: Path) -> None:
    assert found(tmp_path, dict(rule.good)) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_examples_are_sound_handbooks(rule: Rule[Comparison], tmp_path: Path) -> None:
    for files in (FILES, rule.bad, rule.good):
        write(tmp_path, {"mkdocs.yml": "site_name: Test\n", **plain(dict(files))})
        assert [each for each in load(find_site(tmp_path)).report.findings if each.code < "HB3"] == []


def test_a_former_id_that_is_taken_away_is_found_at_its_entry(tmp_path: Path) -> None:
    before = {"sources/teams.yaml": "teams:\n  - {id: ops, name: A, summary: B., former_ids: [x, y]}\n"}
    for after in ("{id: ops, name: A, summary: B., former_ids: [y]}", "{id: ops, name: A, summary: B.}"):
        files = {"sources/teams.yaml": f"teams:\n  - {after}\n"}
        findings = in_changes(compared(tmp_path, before, files))
        assert {(each.code, each.span.line, each.span.column) for each in findings} == {("HB402", 2, 5)}


GONE = "gone:\n  - {id: ops, kind: team, day: 2026-11-02, why: A., former_ids: [admin]}\n"


def test_a_note_that_an_entry_is_gone_is_enough_and_is_missed_when_it_goes(tmp_path: Path) -> None:
    team = "teams:\n  - {id: ops, name: A, summary: B., former_ids: [admin]}\n"
    removed = {"sources/teams.yaml": "teams: []\n", "sources/gone.yaml": GONE}
    assert in_changes(compared(tmp_path, {"sources/teams.yaml": team}, removed)) == []
    shorter = {"sources/gone.yaml": GONE.replace("admin", "others")}
    (finding,) = in_changes(compared(tmp_path / "next", removed, shorter))
    assert (finding.code, finding.path) == ("HB402", "sources/gone.yaml")
    assert finding.message == "Removed the note that the team `admin` is gone"


def test_a_new_major_version_without_a_note_is_found(tmp_path: Path) -> None:
    (rule,) = (rule for rule in RULES if rule.code == "HB401")
    files = plain(dict(rule.bad))
    files["sources/templates/prd.yaml"] = files["sources/templates/prd.yaml"].replace(
        'version: "1.2"\nchanges', 'version: "2.0"\nchanges'
    )
    (finding,) = found(tmp_path, files)
    assert finding.message.endswith("without a change note")


@pytest.mark.parametrize(
    ("names", "what"),
    [
        (("risks",), "Sections › Risks"),  # noqa: RUF001 - the sign that titles have
        (("risks", "problem"), "Sections › Problem and 1 more"),  # noqa: RUF001
    ],
)
def test_a_breaking_change_names_what_breaks_and_counts_the_rest(
    names: tuple[str, ...], what: str, tmp_path: Path
) -> None:
    path = "sources/templates/prd.yaml"
    section = "  - {{id: {0}, name: {1}, required: true, guidance: A.}}\n"
    parts = {name: section.format(name, name.title()) for name in ("problem", "risks", "goal")}
    start = 'name: PRD\nsummary: A.\nversion: "1.2"\nsections:\n'
    left = (part for name, part in parts.items() if name not in names)
    before, after = {path: start + "".join(parts.values())}, {path: start + "".join(left)}
    (finding,) = in_changes(compared(tmp_path, before, after))
    assert finding.message == f"Breaking change ({what}), but the version is still `1.2`"


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository in which a template has lost a section since the last commit."""
    commit(tmp_path, {"mkdocs.yml": "site_name: Test\n", **FILES})
    write(tmp_path, plain(dict(RULES[0].bad)))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("broken")
def test_validate_finds_what_has_changed_when_it_is_asked_to(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--select", "HB4"]) == 0
    capsys.readouterr()
    assert main(["validate", "--select", "HB4", "--against", "HEAD"]) == 1
    assert "sources/templates/prd.yaml:6:10: HB401 error: Breaking change" in capsys.readouterr().out
    assert main(["validate", "--select", "HB4", "--against", "HEAD", "--format", "github"]) == 1
    assert "file=sources/templates/prd.yaml,line=6" in capsys.readouterr().out


def test_the_settings_say_how_much_a_change_matters(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (broken / "sources/handbook.yaml").write_text("rules: {HB401: warning}\n", encoding="utf-8")
    assert main(["validate", "--select", "HB4", "--against", "HEAD"]) == 0
    assert "HB401 warning" in capsys.readouterr().out


def test_a_revision_that_is_not_there_is_said_in_one_line(
    broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(broken, "checkout", "-q", "-b", "work")
    assert main(["validate", "--against", "nowhere"]) == 2
    assert capsys.readouterr().err == (
        "handbook: error: Unknown revision `nowhere` in this repository. "
        "Use a commit, branch or tag that it has.\n"
    )


def test_what_the_other_branch_has_gained_since_is_not_lost_here(broken: Path) -> None:
    git(broken, "stash", "-q")
    git(broken, "checkout", "-q", "-b", "work")
    git(broken, "checkout", "-q", "main")
    commit(broken, {"sources/roles.yaml": "roles: [{id: designer, name: Designer, summary: A.}]\n"})
    git(broken, "checkout", "-q", "work")
    assert main(["validate", "--select", "HB4", "--against", "main"]) == 0


def test_what_cannot_be_compared_is_said_beside_the_findings(
    broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(broken, {"sources/teams.yaml": "teams: [\n"})
    write(broken, {"sources/teams.yaml": FILES["sources/teams.yaml"]})
    assert main(["validate", "--select", "HB4", "--against", "HEAD", "--format", "json"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["findings"] == []
    assert "handbook: warning: Not compared: in HEAD, sources/teams.yaml cannot be read\n" in captured.err


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("name", ["", "-x", "HEAD:sources", "a b"])
def test_a_name_that_is_no_commit_does_not_pass_for_one(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", f"--against={name}"]) == 2
    assert f"Unknown revision `{name}` in this repository" in capsys.readouterr().err


def test_an_id_that_is_gone_is_found_once_with_all_that_led_there(tmp_path: Path) -> None:
    team = "  - {{id: {}, name: A, summary: B.{}}}\n"
    before = {"sources/teams.yaml": f"teams:\n{team.format('ops', ', former_ids: [x, role/y]')}"}
    (lost,) = in_changes(compared(tmp_path, before, {"sources/teams.yaml": "teams: []\n"}))
    assert (lost.message, lost.path) == (
        "The team `ops` was removed without a redirect",
        "sources/teams.yaml",
    )
    assert lost.hint.startswith("Add `ops`, `x` and `role/y` under `former_ids`")
    merged = {"sources/teams.yaml": f"teams:\n{team.format('growth', ', former_ids: [ops]')}"}
    found = in_changes(compared(tmp_path, before, merged))
    assert [(each.message, each.hint) for each in found] == [
        ("Removed the redirect from the team `x`", "Add `x` under `former_ids` again"),
        ("Removed the redirect from the role `y`", "Add `role/y` under `former_ids` again"),
    ]


def test_what_is_switched_off_is_not_lost(tmp_path: Path) -> None:
    before = {"sources/teams.yaml": "teams: [{id: ops, name: A, summary: B.}]\n"}
    after = {**before, "sources/handbook.yaml": "kinds: {team: off}\n"}
    assert in_changes(compared(tmp_path, before, after)) == []
