"""What an editor shows: the real language server, asked as an editor asks it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handbook.cli import main
from handbook.read.schemas.kinds import Kind
from tests.editor.language_server import PROGRAM, LanguageServer
from tests.editor.test_settings import SOURCES
from tests.shipped_kinds import KINDS
from tests.sites import GOAL_SCHEMA, ROOT, write_site

pytestmark = [pytest.mark.editor, pytest.mark.slow]

SETTINGS: dict[str, Any] = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))
INVENTORY = (ROOT / "tools_inventory.yaml").read_text(encoding="utf-8")
LAUNCH = (ROOT / "sources/processes/launch.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def editor() -> Iterator[LanguageServer]:
    """An editor that has this repository open."""
    assert PROGRAM.is_file(), "the language server is not installed: `make editor` does it"
    server = LanguageServer(ROOT, SETTINGS)
    yield server
    server.stop()


@pytest.mark.parametrize(
    "path", [ROOT / "mkdocs.yml", *SOURCES], ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_nothing_is_underlined_in_a_shipped_file(editor: LanguageServer, path: Path) -> None:
    assert editor.diagnostics(path.relative_to(ROOT).as_posix()) == []


def test_a_mistake_in_a_file_of_one_entry_is_underlined_where_it_is(editor: LanguageServer) -> None:
    text = LAUNCH.replace("\nowner:", "\nownr:")
    line = text.split("\n").index("ownr: product-ops") + 1
    assert editor.diagnostics("sources/processes/broken.yaml", text) == [
        (line, "Property ownr is not allowed.")
    ]


def test_a_mistake_in_an_item_of_a_collection_is_underlined_where_it_is(editor: LanguageServer) -> None:
    before, _, after = INVENTORY.partition("  - id: jira")
    text = f"{before}  - id: jira{after.replace('status: ', 'status: Now', 1)}"
    line = next(number for number, line in enumerate(text.split("\n"), 1) if "status: Now" in line)
    ((found, message),) = editor.diagnostics("broken.yaml", text)
    assert found == line
    assert '"active"' in message


def test_an_item_of_a_collection_without_an_id_is_underlined(editor: LanguageServer) -> None:
    text = INVENTORY.replace("- id: linear\n    name:", "- name:", 1)
    line = text.split("\n").index("  - name: Linear") + 1
    assert editor.diagnostics("broken.yaml", text) == [(line, 'Missing property "id".')]


def test_a_word_that_older_yaml_reads_as_yes_or_no_is_text(editor: LanguageServer) -> None:
    text = LAUNCH.replace("\nname: Launch", "\nname: no", 1)
    assert text != LAUNCH
    assert editor.diagnostics("sources/processes/norway.yaml", text) == []


def described(kind: Kind) -> dict[str, str]:
    """The fields of a kind with what each means."""
    return {name: shape.description for name, shape in kind.shape.properties.items()}


FILES = [(kind, source) for kind in KINDS.values() for source in kind.sources]


@pytest.mark.parametrize(("kind", "source"), FILES, ids=[source for _, source in FILES])
def test_a_new_entry_is_offered_every_field_with_its_description(
    editor: LanguageServer, kind: Kind, source: str
) -> None:
    if source.endswith("/"):
        path, text, after = f"{source}new.yaml", "# New.\n", "# New.\n"
    else:
        path, text, after = source, f"{kind.plural}:\n  - \n", "  - "
    offered = editor.completions(path, text, after)
    assert described(kind).items() <= offered.items()


@pytest.mark.parametrize(
    ("path", "text", "after"),
    [
        ("sources/processes/launch.yaml", LAUNCH, "\nfeedback_ch"),
        ("tools_inventory.yaml", INVENTORY, "\n    data_class"),
        ("tools_inventory.yaml", INVENTORY, "\n    name"),
        ("tools_inventory.yaml", INVENTORY, "\n    cost"),
    ],
)
def test_pointing_at_a_field_shows_what_it_means(
    editor: LanguageServer, path: str, text: str, after: str
) -> None:
    kind = KINDS["process"] if "processes" in path else KINDS["tool"]
    name = next(name for name in kind.shape.properties if name.startswith(after.strip()))
    shown = editor.hover(path, text, after)
    assert kind.shape.properties[name].title in shown
    assert kind.shape.properties[name].description in shown


def test_allowed_values_are_offered(editor: LanguageServer) -> None:
    offered = editor.completions("tools_inventory.yaml", "tools:\n  - id: miro\n    status: \n", "status: ")
    assert set(offered) == {"active", "trial", "proposed", "sunset", "retired"}


@pytest.mark.parametrize(
    ("path", "text", "after", "kinds"),
    [
        ("tools_inventory.yaml", "tools:\n  - id: miro\n    owner: \n", "owner: ", ("team", "role")),
        (
            "tools_inventory.yaml",
            "tools:\n  - id: miro\n    owner:\n      - \n",
            "      - ",
            ("team", "role"),
        ),
        ("tools_inventory.yaml", "tools:\n  - id: miro\n    replaced_by: \n", "replaced_by: ", ("tool",)),
        ("sources/processes/new.yaml", "steps:\n  - tools:\n      - \n", "      - ", ("tool",)),
        ("sources/handbook.yaml", "owner: \n", "owner: ", ("team", "role")),
    ],
)
def test_the_ids_that_exist_are_offered_with_their_names(
    editor: LanguageServer, path: str, text: str, after: str, kinds: tuple[str, ...]
) -> None:
    ids = json.loads((ROOT / ".vscode/schemas/ids.schema.json").read_text(encoding="utf-8"))["$defs"]
    names = {
        entry_id: name
        for kind in kinds
        for entry_id, name in zip(ids[kind]["enum"], ids[kind]["enumDescriptions"], strict=True)
    }
    assert names.items() <= editor.completions(path, text, after).items()


@pytest.mark.parametrize(("good", "bad"), [("linear", "linaer"), ("jira", "jria")])
def test_an_id_that_does_not_exist_is_underlined(editor: LanguageServer, good: str, bad: str) -> None:
    text = "tools:\n  - id: miro\n    replaced_by: %s\n"
    said = (3, "Unknown tool. Press Ctrl and the space bar for the IDs that exist.")
    assert said not in editor.diagnostics("tools_inventory.yaml", text % good)
    assert said in editor.diagnostics("tools_inventory.yaml", text % bad)


@pytest.mark.parametrize(("owner", "count"), [("product-ops", 0), ("nobody", 1), ("[data, nobody]", 1)])
def test_an_owner_is_an_id_or_a_list_of_ids(editor: LanguageServer, owner: str, count: int) -> None:
    text = f"tools:\n  - id: miro\n    owner: {owner}\n"
    found = [message for line, message in editor.diagnostics("tools_inventory.yaml", text) if line == 3]
    assert len(found) == count
    assert all("product-manager" in message for message in found)


def test_a_site_without_schemas_and_with_a_kind_of_its_own_is_known_after_one_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write_site(tmp_path, {"schemas/goal.schema.json": GOAL_SCHEMA})
    monkeypatch.chdir(site)
    assert [main(["editor"]), main(["new", "goal", "faster"]), main(["new", "process", "launch"])] == [
        0,
        0,
        0,
    ]
    server = LanguageServer(site, json.loads((site / ".vscode/settings.json").read_text(encoding="utf-8")))
    try:
        goals = (site / "sources/goals.yaml").read_text(encoding="utf-8")
        wrong = goals.replace("    name: TODO", "    nmae: TODO")
        line = wrong.split("\n").index("    nmae: TODO") + 1
        assert server.diagnostics("sources/goals.yaml") == []
        assert (line, "Property nmae is not allowed.") in server.diagnostics("sources/broken.yaml", wrong)
        assert server.diagnostics("sources/processes/launch.yaml") == []
        offered = server.completions("tools_inventory.yaml", "tools:\n  - \n", "  - ")
        assert described(KINDS["tool"]).items() <= offered.items()
    finally:
        server.stop()
