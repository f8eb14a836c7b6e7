"""States and words of a company: pages show them, and rules and figures ask what they mean."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from handbook.base.text import words
from handbook.link.selection import select
from handbook.loaded.handbook import Handbook, load
from handbook.read.choice_settings import STATES, VOCABULARIES
from handbook.read.files import find_site
from handbook.read.schemas.checking import check_schemas
from handbook.read.schemas.choices import declared_choices
from handbook.read.schemas.kinds import read_schema_files
from handbook.render.render import Renderer
from handbook.render.repository import Repository
from tests.conftest import TODAY, Command, MakeBasis
from tests.shipped import load_shipped
from tests.sites import ROOT, copy_shipped_site, write_site

SCHEMAS = check_schemas(tuple(read_schema_files(find_site(ROOT)))).in_force
USUAL = {
    "In sunset.": "Sunset.",
    "In trial: decide": "Trial: decide",
    '"note":"in use"': '"note":"active"',
    '"note":"in trial"': '"note":"trial"',
    '"note":"proposed, not purchased"': '"note":"proposed"',
    '"note":"in sunset"': '"note":"sunset"',
}
"""What pages say of a built-in state, and of one with the same meaning and its own name."""


def rename_states(handbook: Handbook, site: Path) -> None:
    """Gives every state another ID with the same name and meaning."""
    settings = {}
    for (setting, name), declared in declared_choices(SCHEMAS).items():
        if setting != STATES:
            continue
        own = {f"our-{word}": {"title": str(words(word)), "means": word} for word in declared.words}
        settings[name] = {**own, **dict.fromkeys(declared.words, "off")}
        state = re.compile(rf"\b(status|state): ({'|'.join(declared.words)})\b")
        for source in handbook.context.kinds[name].sources:
            place = site / source
            for path in place.rglob("*.yaml") if place.is_dir() else filter(Path.is_file, [place]):
                text = path.read_text(encoding="utf-8")
                path.write_text(state.sub(r"\1: our-\2", text), encoding="utf-8")
    path = site / "sources/handbook.yaml"
    path.write_text(f"{path.read_text(encoding='utf-8')}\nstates: {json.dumps(settings)}\n", encoding="utf-8")


def shown(handbook: Handbook) -> dict[str, str]:
    """All figures with a view, and one entry of each state."""
    renderer = Renderer(handbook.basis, Repository(handbook.site, None, None))
    names = set(renderer.figures) - {"onboarding_stages", "onboarding_tasks"}  # of a plan, without a state
    figures = {name: renderer.figure(name, "a.md", {}) for name in sorted(names)}
    some = {(entry.kind.name, entry.data.get("status")): entry for entry in handbook.catalogue.all()}
    return figures | {entry.page: renderer.entry(entry, entry.page) for entry in some.values()}


def test_a_state_reads_as_the_built_in_one_that_it_means(tmp_path: Path) -> None:
    shipped = load_shipped()
    site = copy_shipped_site(tmp_path)
    rename_states(shipped, site)
    own = load(site, TODAY)
    assert [f"{finding.path} {finding.message}" for finding in own.findings] == []
    expected, found = shown(shipped), shown(own)
    for usual, ours in USUAL.items():
        for name in ("tool_audit", "tool_picker"):
            before, after = (text.replace('"', "&#34;").replace(":", "&#58;") for text in (usual, ours))
            expected[name] = expected[name].replace(before, after).replace(usual, ours)
    assert found.keys() == expected.keys()
    for name, text in expected.items():
        assert found[name] == text, name


SETTINGS = """vocabularies:
  tool_category: [{id: crm, title: CRM & sales}, roadmap]
  capability: {add: [{id: sso, title: Single sign-on}]}
  integration_method: {add: [{id: webhook, title: Webhook}]}
states:
  tool: {parked: {title: Parked, means: sunset}}
"""
TOOLS = """tools:
  - {id: aha, name: Aha, summary: Plans., category: roadmap, status: active, capabilities: [sso],
     integrations: [{tool: hub, direction: sends, carries: Notes, how: webhook}],
     fit: {team_size: {from: 1, to: 20}, workflow_complexity: [simple], integration_needs: [few]}}
  - {id: hub, name: Hub, summary: Sells., category: crm, status: parked, capabilities: [sso],
     fit: {team_size: {from: 1, to: 20}, workflow_complexity: [simple], integration_needs: [few]}}
"""
FILES = {"sources/handbook.yaml": SETTINGS, "tools_inventory.yaml": TOOLS}


def test_the_settings_list_the_vocabularies_and_states_of_the_schemas() -> None:
    settings = SCHEMAS["handbook.schema.json"]["properties"]
    listed = {
        (setting, name) for setting in (VOCABULARIES, STATES) for name in settings[setting]["properties"]
    }
    declared = declared_choices(SCHEMAS)
    assert listed == set(declared)
    assert all(each.words == each.meanings for each in declared.values())


def test_pages_show_the_words_of_the_company_in_its_order(make_basis: MakeBasis) -> None:
    basis = make_basis(FILES)
    renderer = Renderer(basis, Repository(load_shipped().site, None, None))
    picker = renderer.figure("tool_picker", "a.md", {})
    assert picker.index("<h3>CRM &#38; sales") < picker.index("<h3>Roadmap")
    assert "parked" in picker
    assert "<h3>Crm" not in picker
    assert "Webhook" in renderer.figure("integration_map", "a.md", {})
    audit = renderer.figure("tool_audit", "a.md", {})
    assert "Parked." in audit
    assert "In sunset" not in audit
    hub = renderer.entry(basis.catalogue.entry("tool", "hub"), "tools/hub.md")
    assert "Single sign-on" in hub


def test_a_field_of_a_patch_shows_the_titles_of_its_choices(make_basis: MakeBasis) -> None:
    region = {"title": "Region", "enum": ["eu", "us"], "x-titles": {"eu": "European Union"}}
    patch = json.dumps({"properties": {"region": region}})
    tools = TOOLS.replace("category: crm", "category: crm, region: eu")
    basis = make_basis({**FILES, "schemas/tool.patch.json": patch, "tools_inventory.yaml": tools})
    hub = basis.catalogue.entry("tool", "hub")
    page = Renderer(basis, Repository(load_shipped().site, None, None)).entry(hub, "tools/hub.md")
    assert "<dt>Region</dt> <dd>European Union</dd>" in page


def test_a_table_of_a_built_in_state_has_the_states_that_mean_it(make_basis: MakeBasis) -> None:
    tools = make_basis(FILES).catalogue
    found = select(tools.kind("tool"), tools.entries("tool").values(), {"status": "sunset"})
    assert [tool.id for tool in found] == ["hub"]


@pytest.mark.parametrize("word", ["parked", "crm"])
def test_data_has_the_word_of_the_file(word: str, tmp_path: Path, command: Command) -> None:
    site = write_site(tmp_path, FILES)
    said = command(site, "list", "tool", "--format", "json").stdout
    assert word in json.dumps(json.loads(said))


def test_editors_offer_the_words_of_the_company(tmp_path: Path, command: Command) -> None:
    site = write_site(tmp_path, FILES)
    command(site, "editor")
    schema = json.loads((site / ".vscode/schemas/tool.schema.json").read_text(encoding="utf-8"))
    assert schema["properties"]["category"]["enum"] == ["crm", "roadmap"]
    assert schema["properties"]["status"]["enum"] == [
        *("active", "trial", "proposed", "sunset", "parked", "retired")
    ]
