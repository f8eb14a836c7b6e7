"""What an audience may not see does not come through, and neither does whatever would name it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from handbook.link.catalogue import Catalogue, HiddenEntryError
from handbook.link.hidden_links import HIDDEN
from handbook.loaded.handbook import Handbook, load
from tests.conftest import MakeSite
from tests.sites import GOAL_SCHEMA

TOOLS = """tools:
  - {id: open, name: Open, summary: Seen., category: analytics, status: active, audience: public,
     cost: {amount: 5, currency: USD, period: month, per_seat: false}, owner: crew,
     replaced_by: usual, tags: [usual],
     integrations:
       [{tool: secret, direction: sends, carries: Events}, {tool: usual, direction: sends, carries: News}],
     links: [{title: To the secret, url: tools/secret.md}, {title: Home, url: index.md}],
     notes: "Ask [the secret one](tools/secret.md) or [the usual one](tools/usual.md#top)."}
  - {id: usual, name: Usual, summary: Seen inside., category: analytics, status: active}
  - {id: secret, name: Secret, summary: Seen by few., category: analytics, status: active,
     audience: restricted}
"""
FILES = {
    "tools_inventory.yaml": TOOLS,
    "sources/teams.yaml": "teams:\n  - {id: crew, name: Crew, summary: Works., audience: restricted}\n",
    "docs/index.md": "---\naudience: public\n---\n# Home\n\n[Secret](tools/secret.md)\n",
    "docs/inside.md": "# Inside\n",
    "docs/few.md": "---\naudience: restricted\n---\n# For few\n",
}


@pytest.fixture
def loaded(make_site: MakeSite) -> Mapping[str, Handbook]:
    """The same site as each audience sees it."""
    site = make_site(FILES)
    return {audience: load(site, audience=audience) for audience in ("public", "internal", "restricted")}


def ids(catalogue: Catalogue) -> list[str]:
    """The tools that are there."""
    return list(catalogue.entries("tool"))


def test_an_audience_sees_its_entries_and_those_of_the_audiences_below(
    loaded: Mapping[str, Handbook],
) -> None:
    assert ids(loaded["public"].catalogue) == ["open"]
    assert ids(loaded["internal"].catalogue) == ["open", "usual"]
    assert ids(loaded["restricted"].catalogue) == ["open", "secret", "usual"]


def test_an_audience_sees_its_pages_and_those_of_the_audiences_below(loaded: Mapping[str, Handbook]) -> None:
    assert list(loaded["public"].pages) == ["index.md"]
    assert list(loaded["internal"].pages) == ["index.md", "inside.md"]
    assert list(loaded["restricted"].pages) == ["few.md", "index.md", "inside.md"]


def test_the_settings_say_whom_the_site_is_for_and_the_caller_knows_better(make_site: MakeSite) -> None:
    site = make_site(FILES | {"sources/handbook.yaml": "audience: public\n"})
    assert ids(load(site).catalogue) == ["open"]
    assert ids(load(site, audience="restricted").catalogue) == ["open", "secret", "usual"]


def test_without_a_setting_the_site_is_for_the_company(make_site: MakeSite) -> None:
    assert ids(load(make_site(FILES)).catalogue) == ["open", "usual"]


def test_a_cost_is_for_the_company(loaded: Mapping[str, Handbook]) -> None:
    assert "cost" not in loaded["public"].catalogue.entry("tool", "open").data
    assert loaded["internal"].catalogue.entry("tool", "open").data["cost"]["amount"] == 5


def test_a_reference_to_a_hidden_entry_becomes_words_that_name_nothing(
    loaded: Mapping[str, Handbook],
) -> None:
    seen = loaded["internal"].catalogue
    tool = seen.entry("tool", "open")
    assert tool.data["owner"] == HIDDEN
    owner = seen.resolve(("team", "role"), tool.data["owner"])
    assert owner is not None
    assert (owner.name, owner.is_hidden, dict(owner.data)) == (HIDDEN, True, {"name": HIDDEN})
    assert loaded["restricted"].catalogue.entry("tool", "open").data["owner"] == "crew"


def test_an_item_that_is_known_by_a_hidden_entry_goes_with_it(loaded: Mapping[str, Handbook]) -> None:
    tool = loaded["internal"].catalogue.entry("tool", "open").data
    assert [item["tool"] for item in tool["integrations"]] == ["usual"]
    assert [item["url"] for item in tool["links"]] == ["index.md"]


def test_only_what_is_a_reference_is_taken_for_one(loaded: Mapping[str, Handbook]) -> None:
    assert loaded["public"].catalogue.entry("tool", "open").data["tags"] == ("usual",)


def test_a_link_in_a_text_to_a_hidden_page_goes_with_its_words(loaded: Mapping[str, Handbook]) -> None:
    notes = {
        audience: each.catalogue.entry("tool", "open").data["notes"] for audience, each in loaded.items()
    }
    assert notes == {
        "public": f"Ask {HIDDEN} or {HIDDEN}.",
        "internal": f"Ask {HIDDEN} or [the usual one](tools/usual.md#top).",
        "restricted": "Ask [the secret one](tools/secret.md) or [the usual one](tools/usual.md#top).",
    }


def test_readers_see_it_in_their_language(make_site: MakeSite) -> None:
    config = "site_name: A\ntheme: {name: material, language: de, font: false}\nplugins: [handbook]\n"
    seen = load(make_site(FILES | {"mkdocs.yml": config}), audience="public").catalogue
    tool = seen.entry("tool", "open")
    assert tool.data["notes"] == "Ask Verborgen or Verborgen."
    assert seen.resolve(("team", "role"), tool.data["owner"]).name == "Verborgen"  # type: ignore[union-attr]
    assert [item["url"] for item in tool.data["links"]] == ["index.md"]
    assert seen.gate.page("[Secret](../tools/secret.md)", "guide/a.md") == "Verborgen"


def test_a_page_loses_its_links_to_what_is_hidden(loaded: Mapping[str, Handbook]) -> None:
    gate = loaded["internal"].catalogue.gate
    assert gate.page("[Secret](../tools/secret.md), [usual](../tools/usual.md)", "guide/a.md") == (
        f"{HIDDEN}, [usual](../tools/usual.md)"
    )
    assert gate.page('<a href="../../tools/secret/">Secret</a>', "guide/a.md") == HIDDEN


def test_asking_for_a_hidden_entry_is_no_mistake_of_the_name(loaded: Mapping[str, Handbook]) -> None:
    with pytest.raises(HiddenEntryError) as caught:
        loaded["internal"].catalogue.entry("tool", "secret")
    assert caught.value.full_message == (
        "The entry is hidden from the audience `internal`. Use an audience that can see it"
    )


def test_nobody_hidden_refers_to_anything(loaded: Mapping[str, Handbook]) -> None:
    counts = {
        audience: len(each.catalogue.uses(each.catalogue.entry("tool", "open")))
        for audience, each in loaded.items()
    }
    assert counts == {"public": 0, "internal": 0, "restricted": 0}
    usual = loaded["internal"].catalogue.entry("tool", "usual")
    assert {use.entry.id for use in loaded["internal"].catalogue.uses(usual)} == {"open"}


def schema_with(**fields: Any) -> str:
    """The schema of a company's own kind, with more fields or others."""
    schema = json.loads(GOAL_SCHEMA)
    schema["properties"] |= {"audience": {"$ref": "common.schema.json#/$defs/audience"}, **fields}
    return json.dumps(schema)


def goal(make_site: MakeSite, schema: str, written: str, audience: str = "internal") -> Mapping[str, Any]:
    """What an audience sees of a goal."""
    files = {
        "schemas/goal.schema.json": schema,
        "sources/goals.yaml": f"goals:\n  - {{id: more, {written}}}\n",
    }
    handbook = load(make_site(files), audience=audience)
    assert [finding.message for finding in handbook.report.findings if finding.code < "HB3"] == []
    return handbook.catalogue.entry("goal", "more").data


SECRET = {"type": "string", "x-audience": "restricted"}
PLACES: dict[str, tuple[dict[str, Any], str]] = {
    "of a field": ({"pay": SECRET}, "pay: mark"),
    "of a field in a field": ({"pay": {"type": "object", "properties": {"sum": SECRET}}}, "pay: {sum: mark}"),
    "of the items of a list": ({"pay": {"type": "array", "items": SECRET}}, "pay: [mark]"),
    "of the first item of a list": ({"pay": {"type": "array", "prefixItems": [SECRET]}}, "pay: [mark]"),
    "of fields by their form": (
        {"pay": {"type": "object", "patternProperties": {"^s": SECRET}}},
        "pay: {sum: mark}",
    ),
    "of all other fields": ({"pay": {"type": "object", "additionalProperties": SECRET}}, "pay: {sum: mark}"),
    "of one alternative": ({"pay": {"oneOf": [{"type": "number"}, SECRET]}}, "pay: mark"),
    "where a part of the schema says so": (
        {
            "pay": {
                "type": "object",
                "properties": {"sum": {"type": "string"}},
                "allOf": [{"properties": {"sum": SECRET}}],
            }
        },
        "pay: {sum: mark}",
    ),
    "that a public one does not lower": ({"pay": {"x-audience": "public", "allOf": [SECRET]}}, "pay: mark"),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_schema_keeps_values_from_readers(place: str, make_site: MakeSite) -> None:
    fields, written = PLACES[place]
    assert "mark" not in str(goal(make_site, schema_with(**fields), f"name: More, {written}"))
    assert "mark" in str(goal(make_site, schema_with(**fields), f"name: More, {written}", "restricted"))


def test_a_schema_keeps_all_entries_of_a_kind_from_readers(make_site: MakeSite) -> None:
    schema = json.dumps({**json.loads(schema_with()), "x-audience": "restricted"})
    with pytest.raises(HiddenEntryError):
        goal(make_site, schema, "name: More, audience: public")
    assert goal(make_site, schema, "name: More, audience: public", "restricted")["name"] == "More"


def test_a_field_of_that_name_with_another_meaning_hides_nothing(make_site: MakeSite) -> None:
    schema = schema_with(audience={"type": "string"})
    assert goal(make_site, schema, "name: More, audience: restricted")["audience"] == "restricted"


def test_a_reference_to_an_item_that_did_not_come_through_goes_with_it(make_site: MakeSite) -> None:
    stages = {
        "type": "array",
        "x-key": "run_in",
        "items": {
            "type": "object",
            "properties": {
                "run_in": {"type": "string", "x-ref": "tool"},
                "before": {"type": "array", "items": {"type": "string", "x-ref": "#stages"}},
                "then": {"type": "string", "x-ref": "#stages"},
            },
        },
    }
    make_site(FILES)
    stages_written = (
        "[{run_in: secret}, {run_in: usual, before: [secret, open], then: secret}, {run_in: open}]"
    )
    seen = goal(make_site, schema_with(stages=stages), f"name: More, stages: {stages_written}")
    assert [dict(item) for item in seen["stages"]] == [
        {"run_in": "usual", "before": ("open",)},
        {"run_in": "open"},
    ]


def test_the_line_of_an_entry_tells_the_public_nothing_of_what_is_hidden_above_it(
    make_site: MakeSite,
) -> None:
    tool = "{id: open, name: Open, summary: All., category: analytics, status: active, audience: public}"
    shown = f"  - {tool}\n"
    below = shown.replace("open", "few").replace("public", "restricted")
    for hidden in ("", below, below.replace("summary", "\n     summary")):
        site = make_site({"tools_inventory.yaml": f"tools:\n{shown}{hidden}{shown.replace('open', 'more')}"})
        public = load(site, audience="public").catalogue.entries("tool")
        inside = load(site, audience="internal").catalogue.entries("tool")
        assert inside["more"].span.line == 3 + hidden.count("\n")
        assert public["more"].span.line == (1 if hidden else 3)


def test_a_file_that_only_hidden_texts_name_is_hidden(make_site: MakeSite) -> None:
    tool = '{id: a, name: A, summary: A., category: analytics, status: trial, notes: "[a](a.pdf)"'
    files = {
        "tools_inventory.yaml": f"tools:\n  - {tool}, audience: restricted}}\n",
        "docs/pay.md": "---\naudience: restricted\n---\n# Pay\n\n![](pay/a%20chart.png) ![](both.png)\n",
        "docs/index.md": "# Home\n\n![](both.png) ![](seen.png)\n",
    }
    pictures = ("a.pdf", "both.png", "named-by-none.png", "pay/a chart.png", "seen.png")
    site = make_site(files | {f"docs/{name}": "" for name in pictures})
    assert load(site, audience="internal").catalogue.gate.hidden_files == {"a.pdf", "pay/a chart.png"}
    assert load(site, audience="restricted").catalogue.gate.hidden_files == frozenset()


@pytest.mark.parametrize(
    ("hidden", "shown", "is_hidden"),
    [
        ("![](pay/chart.png)", "![](chart.png)", True),
        ("![](pay/chart.png)", "![](pay/flow-chart.png)", True),
        ("![](pay/chart.png)", "The file chart.png", True),
        ("![](pay/ch%61rt.png)", "", True),
        ('<img src="pay/ch&#97;rt.png">', "", True),
        ("<picture><source srcset='a.png 1x, pay/chart.png 2x'></picture>", "", True),
        ("![](pay/chart.png)", "![](./pay/chart.png#only-dark)", False),
        ("![](pay/chart.png)", "![](pay/ch%61rt.png)", False),
        ("![](pay/chart.png)", "<img src=../pay/chart.png>", False),
        ("![](pay/chart.png)", "![][1]\n\n[1]: <pay/chart.png>", False),
        ("![](pay/chart.png)", "![][1]\n\n[1]:pay/chart.png", False),
        ("![](pay/chart.png)", "![](<it's (old)/../pay/chart.png>)", False),
        ("![](pay/chart.png)", '<img src="https://a.example/hb/pay/chart.png">', False),
        ("![](pay/chart.png)", "![](pay/chart\\.png)", False),
        ("![](pay/chart\\.png)", "", True),
    ],
)
def test_a_file_is_shown_where_a_shown_text_has_its_address(
    hidden: str, shown: str, make_site: MakeSite, *, is_hidden: bool
) -> None:
    files = {
        "docs/few.md": f"---\naudience: restricted\n---\n# Few\n\n{hidden}\n",
        "docs/index.md": f"# Home\n\n{shown}\n",
        **dict.fromkeys(("docs/pay/chart.png", "docs/pay/flow-chart.png", "docs/chart.png"), ""),
    }
    gate = load(make_site(files), audience="internal").catalogue.gate
    assert ("pay/chart.png" in gate.hidden_files) == is_hidden


def test_a_paragraph_with_a_link_that_cannot_be_replaced_is_hidden(make_site: MakeSite) -> None:
    gate = load(make_site({"docs/few.md": "---\naudience: restricted\n---\n# Few\n"})).catalogue.gate
    assert gate.page("Above.\n\nSee [Pay](few.md 'A \"(long)\\' title').\n\nBelow.", "index.md") == (
        f"Above.\n\n{HIDDEN}\n\nBelow."
    )


def test_a_file_that_no_text_names_is_hidden_in_a_folder_of_hidden_pages(make_site: MakeSite) -> None:
    few = "---\naudience: restricted\n---\n# Few\n"
    pages = {
        "docs/few.md": few,
        "docs/pay/few.md": few,
        "docs/all/few.md": few,
        "docs/all/more.md": "# More\n",
    }
    files = ("a.pdf", "pay/a.pdf", "pay/old/a.pdf", "pay/shown.pdf", "all/a.pdf", "all/pay/a.pdf")
    shown = {"docs/index.md": "# Home\n\n[a](pay/shown.pdf)\n", "docs/all/more.md": "# More\n"}
    site = make_site({**pages, **shown, **{f"docs/{path}": "" for path in files}})
    assert load(site, audience="internal").catalogue.gate.hidden_files == {"pay/a.pdf", "pay/old/a.pdf"}


def test_a_file_of_the_theme_is_shown(make_site: MakeSite) -> None:
    files = {
        "mkdocs.yml": "site_name: Test\ntheme:\n  name: material\n  logo: pay/logo.png\n",
        "docs/few.md": "---\naudience: restricted\n---\n# Few\n\n![](pay/logo.png) ![](pay/ground.png)\n",
        "docs/css/own.css": "body { background: url(../pay/ground.png) }",
        **dict.fromkeys(("docs/pay/logo.png", "docs/pay/ground.png"), ""),
    }
    assert load(make_site(files), audience="internal").catalogue.gate.hidden_files == frozenset()


def test_a_file_that_only_a_hidden_field_names_is_hidden(make_site: MakeSite) -> None:
    schema = schema_with(why={"$ref": "common.schema.json#/$defs/markdown", "x-audience": "restricted"})
    site = make_site({"docs/a.pdf": "", "docs/b.pdf": ""})
    goal(make_site, schema, 'name: "[b](b.pdf)", why: "[a](a.pdf), [b](b.pdf)"')
    assert load(site, audience="internal").catalogue.gate.hidden_files == {"a.pdf"}
