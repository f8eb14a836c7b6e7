"""HB403: changes to code and to settings that loosen a guard."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from handbook.base.findings import Finding, Severity
from handbook.base.rule import Rule
from handbook.check.code_owners import CODE as CODE_HEADING
from handbook.check.code_owners import END
from handbook.cli import main
from handbook.diff.checker import find_in_files
from handbook.diff.git import GitRepository
from handbook.diff.hb403_code import changed_code
from handbook.diff.hb404_baseline import grown_baseline
from handbook.diff.rules.examples import FILES
from handbook.diff.trees import LINK, PROGRAM, SUBMODULE, FileTree, TreeChanges, changes_since
from handbook.output import FORMATS, FROM_REPOSITORY
from handbook.read.code_paths import GUARDS, REPOSITORY_CODE, SITE_CODE
from tests.cases import read_cases
from tests.check.test_rule_examples import marked, written
from tests.diff.repositories import commit, git, write
from tests.sites import ROOT

CASES = read_cases(Path(__file__).parent / "cases/code.yaml")
CODE = {path.pattern: path.contents for path in (*SITE_CODE, *REPOSITORY_CODE)}
TEXT = {
    "docs/index.md": "# A\n",
    "docs/start/new.md": "# A\n",
    "macros/tool.jinja": "A\n",
    "schemas/tool.schema.json": "{}\n",
    "sources/teams.yaml": "teams: []\n",
    "sources/processes/launch.yaml": "name: A\n",
    "tools_inventory.yaml": "tools: []\n",
}


def tree(files: Mapping[str, str]) -> FileTree:
    marks = {"-> ": LINK, "#!": PROGRAM, "@": SUBMODULE}
    modes = {
        path: next((mode for mark, mode in marks.items() if text.startswith(mark)), "100644")
        for path, text in files.items()
    }
    content = {
        path: text.removeprefix("-> ").encode() for path, text in files.items() if modes[path] != SUBMODULE
    }
    return FileTree(modes, content.get)


def found(before: Mapping[str, str], change: Mapping[str, str | None], prefix: str = "") -> list[Finding]:
    after = {path: text for path, text in {**before, **change}.items() if text is not None}
    return find_in_files(TreeChanges(prefix, tree(before), tree(after), sorted(change)))


def said(findings: list[Finding]) -> list[str]:
    return [f"{each.path}:{each.span.line}:{each.span.column} {each.message}" for each in findings]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_change_is_named_where_it_is(case: dict[str, Any]) -> None:
    findings = found(case["before"], case["after"], case.get("prefix", ""))
    assert said(findings) == case["said"]
    assert {(each.code, each.severity) for each in findings} <= {("HB403", Severity.WARNING)}


@pytest.mark.parametrize("rule", [changed_code, grown_baseline])
def test_the_examples_of_the_rule(rule: Rule[TreeChanges]) -> None:
    examples = [
        {path: content.decode() for path, content in written(files).items()}
        for files in (dict(rule.bad), dict(rule.good))
    ]
    (finding,) = found(FILES, dict(examples[0]))
    span = finding.span
    assert (finding.path, span.line, span.column, span.end_column - span.column) == marked(rule.bad)
    assert finding.code == rule.code
    assert found(FILES, dict(examples[1])) == []


def test_only_a_baseline_that_grows_is_named() -> None:
    item = '{{"path": "a.md", "code": "HB208", "message": "m", "count": {}}}'
    text = '{{"version": 1, "findings": [{}]}}\n'
    two, one = text.format(item.format(2)), text.format(item.format(1))
    name = ".handbook-baseline.json"
    assert found({name: two}, {name: one}) == found({name: one}, {}) == found({name: two}, {name: "["}) == []
    (finding,) = found({name: one}, {name: two})
    assert finding.message == "Added 1 known finding to the baseline, in `a.md`"


def example(pattern: str) -> str:
    """A file that a pattern is about."""
    path = pattern.replace("*", "x").removeprefix("/")
    return f"{path}deep/x.txt" if path.endswith("/") else path if pattern[0] == "/" else f"some/{path}"


def test_in_a_repository_every_entry_of_the_list_is_named_with_its_line(tmp_path: Path) -> None:
    paths = {example(pattern): contents for pattern, contents in CODE.items()}
    assert len(paths) == len(CODE)
    settings = {"mkdocs.yml": "hooks: []\n", "sources/handbook.yaml": "security: {}\n"}
    first = dict.fromkeys(paths, "1\n2\n3\n") | settings | TEXT
    base = commit(tmp_path, first)
    write(tmp_path, dict.fromkeys(paths, "1\ntwo\n3\n") | {path: f"\n{text}" for path, text in TEXT.items()})
    write(tmp_path, {"mkdocs.yml": "\nhooks: [a]\n", "sources/handbook.yaml": "\nsecurity: {a: 1}\n"})
    findings = {each.path: each for each in find_in_files(changes_since(GitRepository(tmp_path), base))}
    assert {path: each.span.line for path, each in findings.items()} == dict.fromkeys(paths, 2)
    for path, contents in paths.items():
        if path not in settings:
            assert findings[path].message == f"Changed code: {contents}"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no executable files, and not always links")
def test_changes_that_are_committed_staged_new_ignored_or_gone(tmp_path: Path) -> None:
    base = commit(
        tmp_path,
        {".gitignore": "site/\n", "a.py": "1\n", "b.py": "1\n", "c.py": "1\n", "d.py": "1\n", "t": "1\n"},
    )
    commit(tmp_path, {"a.py": "2\n"})
    write(tmp_path, {"b.py": "2\n", "new/ü.py": "1\n", "site/x.js": "1\n", "c.py": None, "staged.py": "1\n"})
    git(tmp_path, "add", "b.py", "staged.py")
    git(tmp_path, "rm", "-q", "--cached", "t", "d.py")
    (tmp_path / "t").chmod(0o755)
    (tmp_path / "overrides").symlink_to("/proc/self")
    git(tmp_path, "init", "-q", "other")
    findings = find_in_files(changes_since(GitRepository(tmp_path), base))
    assert {each.path: each.message.partition(":")[0] for each in findings} == {
        "a.py": "Changed code",
        "b.py": "Changed code",
        "c.py": "Removed code",
        "new/ü.py": "Added code",
        "overrides": "Added code",
        "staged.py": "Added code",
        "t": "Changed code",
    }


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook in a folder of a repository, in which code has changed."""
    tmp_path /= "repository"
    folder = tmp_path / "hand/book"
    commit(tmp_path, {"ci.sh": "1\n"})
    base = {"mkdocs.yml": "site_name: A\n", "macros/a.py": "1\n", **FILES}
    commit(tmp_path, {f"hand/book/{path}": text for path, text in base.items()})
    write(folder, {"macros/a.py": None, "../../.github/workflows/a.yml": "on: push\n"})
    write(tmp_path.parent, {"secret.txt": "what only this computer knows\n"})
    (folder / "overrides").symlink_to(tmp_path.parent / "secret.txt")
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.skipif(os.name == "nt", reason="Windows has not always links")
@pytest.mark.parametrize("name", sorted({*FORMATS} - {"github-suggestions"}))  # only what has a fix
@pytest.mark.usefixtures("site")
def test_files_that_are_gone_or_outside_the_folder_are_named_in_every_format(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", "--select", "HB4", "--against", "HEAD", "--format", name]) == 0
    out = capsys.readouterr().out
    from_top = name in FROM_REPOSITORY
    for path in ("macros/a.py", "overrides"):
        assert (f"hand/book/{path}" if from_top else path) in out
    assert ".github/workflows/a.yml" in out
    assert ("../" in out) != from_top
    assert "what only this computer knows" not in out


@pytest.mark.skipif(os.name == "nt", reason="Windows has not always links")
@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("sources/handbook.yaml", "rules: {HB403: 'off'}\n"),
        ("schemas/broken.schema.json", "{"),
        ("sources/teams.yaml", "# handbook: ignore HB403\nteams: []\n"),
    ],
)
def test_the_change_cannot_switch_the_rule_off(
    path: str, text: str, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    schema = (ROOT / "schemas/handbook.schema.json").read_text(encoding="utf-8")
    allowed = schema.replace('"HB401": {', '"HB403": {"title": "A", "description": "A."}, "HB401": {')
    write(site, {path: text, "schemas/handbook.schema.json": allowed})
    main(["validate", "--against", "HEAD"])
    assert "macros/a.py:1:1: HB403 warning: Removed code" in capsys.readouterr().out


TABLE = "| Who | Can | Can't |"
PAGE = ROOT / "src/handbook/help/contribute/what-a-change-can-do.md"


def rows(path: Path, head: str) -> list[str]:
    """The lines of a table, from its head to the empty line below it."""
    text = path.read_text(encoding="utf-8")
    return text[text.index(head) :].partition("\n\n")[0].splitlines()


def test_the_page_lists_what_the_code_lists() -> None:
    cells = [row.strip("| ").split(" | ") for row in rows(PAGE, "| Files | Contents |")[2:]]
    listed = {pattern.strip("`"): contents for files, contents in cells for pattern in files.split(", ")}
    assert listed == {pattern: contents[:1].upper() + contents[1:] for pattern, contents in CODE.items()}
    assert list(listed) == list(CODE)


def test_the_page_and_the_security_policy_make_the_same_promises() -> None:
    promises = rows(PAGE, TABLE)
    assert promises == rows(ROOT / "SECURITY.md", TABLE)
    assert len(promises) == 7
    assert all(f"`{setting}`" in promises[4] for setting in GUARDS)


def test_code_owners_name_all_that_is_code_after_all_else() -> None:
    lines = (ROOT / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    patterns = [line.partition(" ")[0] for line in lines[lines.index(CODE_HEADING) + 1 : lines.index(END)]]
    assert patterns == list(CODE)
