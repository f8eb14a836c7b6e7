"""`handbook new`: what it writes can be gone on with, and what it cannot write it refuses in one line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handbook.base.findings import Finding
from handbook.check.runner import find_all
from handbook.cli import main
from handbook.loaded.site_rules import SITE_RULES
from handbook.read.files import find_site
from handbook.read.sources import read_context
from tests.conftest import TODAY
from tests.effort import FULL
from tests.shipped_kinds import KINDS
from tests.sites import GOAL_SCHEMA, TOOL, copy_shipped_site, write_site

ODD_SCHEMA = """{
  "title": "Odd",
  "x-kind": {"name": "odd", "plural": "odds", "title": "Odds", "sources": ["sources/odds/"], "page": "odds"},
  "type": "object", "additionalProperties": false,
  "required": ["sure", "share", "many", "code", "day", "step", "pairs", "of", "either", "fixed", "mail",
               "no"],
  "if": {"properties": {"sure": {"const": false}}}, "then": {"required": ["because"]},
  "dependentRequired": {"code": ["code_of"]},
  "properties": {
    "id": {"$ref": "common.schema.json#/$defs/id"},
    "sure": {"type": "boolean"},
    "because": {"description": "Why: a # in it\\n- and lines", "type": "string", "minLength": 10,
                "examples": ["Nobody asked: so far"]},
    "share": {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
    "many": {"type": "integer", "minimum": 3, "multipleOf": 3},
    "code": {"type": "string", "pattern": "^[A-Z]{2}$", "examples": ["NO"]},
    "code_of": {"type": "string"},
    "day": {"type": "string", "format": "date"},
    "step": {"type": "string", "x-ref": "#pairs"},
    "pairs": {"type": "array", "minItems": 2, "x-key": "id", "items": {
      "type": "object", "required": ["id", "left"], "additionalProperties": false,
      "anyOf": [{"required": ["right"]}, {"required": ["top"]}],
      "properties": {
        "id": {"$ref": "common.schema.json#/$defs/id"},
        "left": {"$ref": "common.schema.json#/$defs/markdown"},
        "right": {"type": "string"}, "top": {"type": "string"}
      }
    }},
    "of": {"type": "array", "minItems": 2, "uniqueItems": true, "items": {"type": "string", "x-ref": "tool"}},
    "either": {"oneOf": [{"type": "integer", "minimum": 5}, {"type": "string"}]},
    "fixed": {"const": "as it is"},
    "mail": {"type": "string", "format": "email", "examples": ["a@example.com"]},
    "no": {"type": "object", "additionalProperties": {"type": "string"}},
    "maybe": {"title": "Maybe", "type": "array", "items": {
      "type": "object", "required": ["on"], "additionalProperties": false,
      "properties": {"on": {"type": "array", "items": {
        "type": "array", "minItems": 1, "items": {"type": "integer", "minimum": 7}
      }}}
    }}
  }
}"""
"""A kind with something of everything that JSON Schema can ask for."""

TOOLS = TOOL + TOOL.removeprefix("tools:\n").replace("linear", "jira").replace("Linear", "Jira")


def findings(site: Path) -> list[Finding]:
    """What the check has to say, but for content, of which an unfinished text is one."""
    return [
        found for found in find_all(read_context(find_site(site), TODAY), SITE_RULES) if found.code < "HB3"
    ]


def contents(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()
    }


def taken_up(text: str) -> str:
    """A file with everything that may be left out."""
    before, mark, after = text.partition("# Optional fields.")
    note, _, rest = after.partition("\n")
    rest = re.sub(r"^( *)# ?", r"\1", rest, flags=re.MULTILINE)
    return f"{before}{mark}{note}\n{rest}"


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of this repository's handbook, in which commands run."""
    monkeypatch.chdir(tmp_path)
    return copy_shipped_site(tmp_path)


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small handbook with kinds of its own, in which commands run."""
    monkeypatch.chdir(tmp_path)
    files = {"schemas/goal.schema.json": GOAL_SCHEMA, "schemas/odd.schema.json": ODD_SCHEMA}
    files["tools_inventory.yaml"] = TOOLS
    for plural in ("roles", "teams", "metrics"):
        more = "    definition: Counted.\n    status: agreed\n" if plural == "metrics" else ""
        files[f"sources/{plural}.yaml"] = f"{plural}:\n  - id: one\n    name: One\n    summary: Is.\n{more}"
    return write_site(tmp_path, files)


KINDS_OF_COMPANY = [*KINDS, "goal", "odd"]


@pytest.mark.parametrize("kind", KINDS_OF_COMPANY)
def test_new_entries_of_every_kind_fit_and_take_nothing_away(company: Path, kind: str) -> None:
    before = contents(company)
    assert main(["new", kind, "brand-new"]) == 0
    between = contents(company)
    assert main(["new", kind, "another-one"]) == 0
    after = contents(company)
    assert findings(company) == []
    assert list(read_context(find_site(company), TODAY).ids[kind])[-2:] in (
        ["brand-new", "another-one"],
        ["another-one", "brand-new"],
    )
    assert all(between[path].startswith(data) for path, data in before.items())
    assert all(after[path].startswith(data) for path, data in between.items())


def test_a_new_entry_of_every_kind_fits_into_the_shipped_handbook(shipped: Path) -> None:
    before = contents(shipped)
    some = sorted(KINDS)[:: 1 if FULL else 4]
    for kind in some:
        assert main(["new", kind, "brand-new"]) == 0
    after = contents(shipped)
    ids = ".vscode/schemas/ids.schema.json"
    assert all(after[path].startswith(data) for path, data in before.items() if path != ids)
    assert after[ids].count(b'"brand-new"') == len(some)
    assert findings(shipped) == []
    for path in set(after) - set(before):
        assert after[path].startswith(b"# yaml-language-server: $schema=../../.vscode/schemas/"), path


@pytest.mark.parametrize("kind", KINDS_OF_COMPANY)
def test_every_field_that_may_be_left_out_fits_when_it_is_taken_up(company: Path, kind: str) -> None:
    before = contents(company)
    main(["new", kind, "brand-new"])
    for path, data in contents(company).items():
        if before.get(path) != data:
            (company / path).write_text(taken_up(data.decode()), encoding="utf-8")
    entry = read_context(find_site(company), TODAY).ids[kind]["brand-new"]
    assert set(entry.value) == set(entry.kind.shape.properties) - {"former_ids"}
    # Of some kinds there is no entry to refer to yet.
    left = {(found.code, found.message[-6:]) for found in findings(company)}
    assert left <= {("HB201", "`TODO`")}


def test_what_stands_beside_the_fields_is_their_meaning_and_what_they_may_say(shipped: Path) -> None:
    main(["new", "tool", "miro"])
    text = (shipped / "tools_inventory.yaml").read_text(encoding="utf-8")
    start = text.index("  - id: miro")
    assert text[start:].startswith(
        "  - id: miro\n"
        "    # The name that readers know.\n"
        "    name: TODO\n"
        "    # One sentence on what the team uses it for.\n"
        "    summary: TODO\n"
    )
    assert (
        "    # The part of the product team's work that it supports. One of: project-management, roadmap,\n"
        "    # analytics, feedback, communication, experimentation.\n"
        "    category: project-management\n"
    ) in text[start:]
    assert (
        "    ## The most sensitive data allowed in the tool. One of: public, internal, confidential,\n"
        "    ## restricted.\n"
        "    # data_classification: public\n"
    ) in text[start:]


def test_the_comments_are_in_the_language_of_the_handbook(company: Path) -> None:
    config = company / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("name: material", "name: material\n  language: de"), encoding="utf-8")
    main(["new", "process", "launch"])
    lines = (company / "sources/processes/launch.yaml").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# Prozess. ")
    assert "# Freiwillige Felder. Entferne `# ` vor denen, die du brauchst, und lösche den Rest." in lines
    assert any(line.startswith("    # ") and "Eines von: one." in line for line in lines)


def test_it_says_where_the_entry_is_and_what_to_do(shipped: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["new", "process", "customer-call"])
    assert capsys.readouterr().out == (
        "sources/processes/customer-call.yaml:3: Created process `customer-call`.\n"
        "Replace the `TODO` placeholders: name, summary, trigger, steps.name, steps.what.\n"
        "Check these values: steps.id, steps.role.\n"
        "Missing `why`, `training` and `feedback_channel` of a process. Add `why:` (what goes wrong without "
        "it), `training:` (where to learn it) and `feedback_channel:` (where to give feedback).\n"
        "Then run `handbook validate`.\n"
    )
    lines = (shipped / "sources/processes/customer-call.yaml").read_text(encoding="utf-8").split("\n")
    assert lines[0] == "# yaml-language-server: $schema=../../.vscode/schemas/process.schema.json"
    assert lines[3] == "name: TODO"


def test_an_unfinished_text_is_a_finding(shipped: Path) -> None:
    main(["new", "role", "brand-new"])
    found = find_all(read_context(find_site(shipped), TODAY), SITE_RULES)
    assert [(each.code, each.id) for each in found if each.pointer.endswith("/summary")] == [
        ("HB312", "brand-new")
    ]


def test_an_entry_goes_where_the_others_of_its_kind_are(company: Path) -> None:
    entry = TOOL.removeprefix("tools:\n  - id: linear\n").replace("\n    ", "\n").strip()
    for name in ("notion", "slack", "figma"):
        write_site(
            company,
            {
                f"sources/tools/{name}.yaml": f"{entry.replace('Linear', name)}\n",
                "tools_inventory.yaml": TOOLS,
            },
        )
    main(["new", "tool", "miro"])
    assert (company / "sources/tools/miro.yaml").is_file()
    main(["new", "process", "launch"])
    assert (company / "sources/processes/launch.yaml").is_file()


def test_a_collection_that_is_not_there_yet_begins_with_its_schema_when_the_site_has_one(
    shipped: Path,
) -> None:
    (shipped / "sources/teams.yaml").unlink()
    main(["new", "team", "product-ops"])
    assert (
        (shipped / "sources/teams.yaml")
        .read_text(encoding="utf-8")
        .startswith(
            "# yaml-language-server: $schema=../.vscode/schemas/collections.schema.json\n"
            "# Teams\n"
            "teams:\n"
            "  - id: product-ops\n"
        )
    )


def test_a_file_names_no_schema_that_the_site_does_not_have(company: Path) -> None:
    main(["new", "team", "product-ops"])
    assert b"$schema" not in (company / "sources/teams.yaml").read_bytes()
    main(["new", "goal", "faster"])
    assert (company / "sources/goals.yaml").read_text(encoding="utf-8").startswith("# Goals\ngoals:\n")
    # Its schema is there, and refers to one that is not.
    main(["new", "odd", "fellow"])
    assert (company / "sources/odds/fellow.yaml").read_text(encoding="utf-8").startswith("# Odd.\n")


def test_line_ends_of_windows_stay(company: Path) -> None:
    inventory = company / "tools_inventory.yaml"
    inventory.write_bytes(TOOLS.replace("\n", "\r\n").encode())
    main(["new", "tool", "miro"])
    data = inventory.read_bytes()
    assert data.startswith(TOOLS.replace("\n", "\r\n").encode())
    assert data.count(b"\r\n") == data.count(b"\n")
    assert findings(company) == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["tol", "miro"], "Unknown content type `tol`. Did you mean `tool`?"),
        (["tools", "miro"], "Unknown content type `tools`. Did you mean `tool`?"),
        (["tool", "linear"], "ID `linear` is already used in tools_inventory.yaml:2. Use another one"),
        (
            ["tool", "Über Tool"],
            "Invalid format for `id`: `Über Tool`. Did you mean `ueber-tool`?",
        ),
        (["tool", "../x"], "Invalid format for `id`: `../x`. Use a value such as"),
        (["tool", "index"], "Invalid format for `id`: `index`. Use a value such as"),
        (["tool", "--"], None),
        (["tool", ""], "Empty value for `id`"),
        (["tool", "a" * 201], "`id` has 201 characters, maximum 200. Shorten it"),
        (["tool"], "the following arguments are required: ID"),
    ],
)
def test_what_cannot_be_written_is_refused_in_one_line_and_nothing_changes(
    company: Path, capsys: pytest.CaptureFixture[str], words: list[str], says: str | None
) -> None:
    before = contents(company)
    try:
        code = main(["new", *words])
    except SystemExit as ended:
        code = int(ended.code or 0)
    said = capsys.readouterr()
    assert (code, said.out, said.err.count("\n")) == (2, "", 1)
    assert said.err.startswith("handbook")
    assert says is None or says in said.err
    assert contents(company) == before


def test_the_id_that_an_entry_had_before_is_refused(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (company / "tools_inventory.yaml").write_text(f"{TOOL}    former_ids: [lin]\n", encoding="utf-8")
    assert main(["new", "tool", "lin"]) == 2
    assert "ID `lin` is a former ID of `linear` (tools_inventory.yaml:2)" in capsys.readouterr().err


def test_a_file_that_is_there_is_not_written_over(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = company / "sources/processes/launch.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("- wrong\n", encoding="utf-8")
    assert main(["new", "process", "launch"]) == 2
    assert "sources/processes/launch.yaml already exists" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == "- wrong\n"


def test_a_wrong_schema_is_to_be_fixed_first(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (company / "schemas/goal.schema.json").write_text("{", encoding="utf-8")
    assert main(["new", "tool", "miro"]) == 2
    assert "A schema is invalid" in capsys.readouterr().err


def test_what_the_system_does_not_let_be_written_leaves_nothing_behind(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (company / "sources/processes").write_text("in the way", encoding="utf-8")
    before = contents(company)
    assert main(["new", "process", "launch"]) == 2
    assert capsys.readouterr().err.startswith(
        "handbook: error: Could not write sources/processes/launch.yaml: "
    )
    assert contents(company) == before


def test_a_file_keeps_its_mode(company: Path) -> None:
    inventory = company / "tools_inventory.yaml"
    inventory.chmod(0o640)
    main(["new", "tool", "miro"])
    assert inventory.stat().st_mode & 0o777 == 0o640
    assert b"- id: miro\n" in inventory.read_bytes()
    assert sorted(path.name for path in company.glob(".*")) == []
