"""The macros that page authors call."""

from __future__ import annotations

import html
import inspect
import json
import re

import pytest

from handbook.check.page_names import page_names
from handbook.loaded.handbook import Handbook
from handbook.loaded.rulebook import CHAPTERS, RULEBOOK
from handbook.render.macros import Macro, MacroError, Macros
from handbook.render.render import Renderer
from handbook.render.repository import Repository
from tests.render.conftest import TOOLS, MakeHandbook
from tests.shipped import few_of, load_shipped
from tests.sites import CONFIG, GOAL_SCHEMA


def macros_of(handbook: Handbook, page: str = "index.md") -> dict[str, Macro]:
    """The macros as a page sees them."""
    return Macros(
        Renderer(handbook.basis, Repository(handbook.site, None, None)),
        lambda: page,
        tuple(RULEBOOK.values()),
        CHAPTERS,
    ).all()


@pytest.fixture
def macros(make_handbook: MakeHandbook) -> dict[str, Macro]:
    return macros_of(make_handbook({}))


def names_in(table: str) -> list[str]:
    """The ids of the rows of a table, from top to bottom."""
    return re.findall(r'href="tools/([a-z]+)/"', table)


def test_a_table_lists_by_status_and_name(macros: dict[str, Macro]) -> None:
    assert names_in(macros["tools_table"]()) == ["amplitude", "linear", "jira"]
    assert macros["tools_table"]() == macros["entries"]("tool")


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"status": "sunset"}, ["jira"]),
        ({"status": ["active", "sunset"], "category": "analytics"}, ["amplitude"]),
        ({"tags": "planning"}, ["linear"]),
        ({"cost.per_seat": False}, ["amplitude"]),
        ({}, ["amplitude", "linear", "jira"]),
    ],
)
def test_where_chooses_entries(
    macros: dict[str, Macro], where: dict[str, object], expected: list[str]
) -> None:
    assert names_in(macros["entries"]("tool", where=where)) == expected


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("cost.amount", ["linear", "amplitude", "jira"]),
        ("-cost.amount", ["amplitude", "linear", "jira"]),
        ("id", ["amplitude", "jira", "linear"]),
        (["category", "-id"], ["linear", "jira", "amplitude"]),
    ],
)
def test_sort_orders_entries_and_puts_those_without_a_value_last(
    macros: dict[str, Macro], sort: str | list[str], expected: list[str]
) -> None:
    table = macros["entries"]("tool", sort=sort, columns=["name"])
    assert [name for name in names_in(table) if name in expected] == expected


def test_columns_choose_what_is_shown_under_the_titles_of_the_schema(macros: dict[str, Macro]) -> None:
    table = macros["entries"]("tool", where={"status": "active"}, columns=["name", "cost.currency"])
    assert re.findall(r"<th[^>]*>([^<]*)</th>", table) == ["Name", "Currency"]


@pytest.mark.parametrize(("rows", "has_filter"), [(11, False), (12, True)])
def test_a_table_of_twelve_rows_has_a_filter(
    make_handbook: MakeHandbook, rows: int, *, has_filter: bool
) -> None:
    terms = "".join(f"  - {{id: t{row}, name: T{row}, summary: A.}}\n" for row in range(rows))
    table = macros_of(make_handbook({"sources/glossary.yaml": f"terms:\n{terms}"}))["terms_table"]()
    assert table.count("<tr") == rows + 1
    assert ('data-hb="table"' in table) == has_filter


def test_a_date_in_a_table_is_written_in_words(make_handbook: MakeHandbook) -> None:
    contract = "contract: {renews_on: 2027-06-01, notice_days: 60}"
    inventory = f"{TOOLS}    {contract}\n"
    macros = macros_of(make_handbook({"tools_inventory.yaml": inventory}))
    table = macros["entries"]("tool", columns=["name", "contract.renews_on"])
    assert re.findall(r'data-label="Renewal date"[^>]*>([^<]*)<', table) == ["1 June 2027", "", ""]


def test_a_column_without_a_value_in_any_row_is_left_out(macros: dict[str, Macro]) -> None:
    table = macros["entries"]("tool", columns=["name", "contract.renews_on", "status"])
    assert re.findall(r"<th [^>]*>([^<]*)<", table) == ["Name", "Status"]


def test_nothing_found_is_said(macros: dict[str, Macro]) -> None:
    assert "No matching tools." in macros["entries"]("tool", where={"status": "trial"})
    first = "No metrics yet. The first one goes into sources/metrics.yaml."
    how = f'{first} <a href="contribute/#add-something">How to add it</a>.'
    assert how in macros["entries"]("metric", where={})


def test_a_reference_is_a_link_with_the_name(macros: dict[str, Macro]) -> None:
    assert macros["ref"]("tool", "linear") == '<a href="tools/linear/">Linear</a>'


def test_an_entry_in_the_data_of_a_script_is_its_name_and_its_address(make_handbook: MakeHandbook) -> None:
    """So the answers of the tool picker are links."""
    fit = "fit: {team_size: {from: 1, to: 9}, workflow_complexity: [simple], integration_needs: [some]}"
    tools = TOOLS.replace("tags: [planning, daily]", fit)
    picker = macros_of(make_handbook({"tools_inventory.yaml": tools}), "guides/pick.md")["tool_picker"]()
    (data,) = re.findall(r'data-offers="([^"]+)"', picker)
    (offer,) = json.loads(html.unescape(data))
    assert offer["tool"] == {"name": "Linear", "url": "../../tools/linear/"}
    assert offer["needs"] == ["some"]


def test_an_entry_can_be_embedded_in_a_page(macros: dict[str, Macro]) -> None:
    assert "## Connected to { #linear-connected-to }" in macros["tool"]("linear")
    assert "Alerts" in macros["tool"]("linear")


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("tool", ["liner"], "Unknown tool `liner`. Did you mean `linear`?"),
        ("ref", ["tol", "linear"], "Unknown content type `tol`. Did you mean `tool`?"),
        ("ref", ["tool", "Linear"], "Unknown tool `Linear`. Did you mean `linear`?"),
        ("entries", ["tools"], "Unknown content type `tools`. Did you mean `tool`?"),
        ("field_reference", ["tool2"], "Unknown content type `tool2`. Did you mean `tool`?"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest_one(
    macros: dict[str, Macro], name: str, arguments: list[str], message: str
) -> None:
    with pytest.raises(MacroError, match=re.escape(message)):
        macros[name](*arguments)


@pytest.mark.parametrize(
    ("name", "arguments", "options", "message"),
    [
        ("tool", [["linear"]], {}, "`id` for `tool` takes a text. Use `tool(id)`"),
        ("tool", [None], {}, "`id` for `tool` takes a text"),
        ("ref", [None, None], {}, "`kind` for `ref` takes a text"),
        ("whole", [None], {}, "`kind` for `whole` takes a text"),
        ("field_reference", [["tool"]], {}, "`kind` for `field_reference` takes a text"),
        ("entries", [5], {}, "`kind` for `entries` takes a text"),
        ("entries", ["tool"], {"columns": 5}, "`columns` for `entries` takes a list of texts"),
        ("entries", ["tool"], {"columns": ["name", 5]}, "`columns` for `entries` takes a list of texts"),
        ("entries", ["tool"], {"sort": 5}, "`sort` for `entries` takes a list of texts"),
        ("entries", ["tool"], {"where": "active"}, "`where` for `entries` takes a mapping of fields"),
        ("entries", ["tool"], {"where": {5: 5}}, "`where` for `entries` takes a mapping of fields to values"),
        ("due_next", ["x"], {}, "`most` for `due_next` takes a whole number above 0. Use `due_next(most=5)`"),
        ("due_next", [True], {}, "`most` for `due_next` takes a whole number above 0"),
        ("due_next", [None], {}, "`most` for `due_next` takes a whole number above 0"),
        ("latest_changes", [5], {}, "`kind` for `latest_changes` takes a text"),
        ("latest_changes", [], {"most": 0}, "`most` for `latest_changes` takes a whole number above 0"),
        ("latest_changes", [], {"most": -1}, "`most` for `latest_changes` takes a whole number above 0"),
        ("onboarding_tasks", ["plan", 5], {}, "`stages` for `onboarding_tasks` takes a list of texts"),
    ],
)
def test_a_wrong_value_is_answered_with_what_the_argument_takes(
    macros: dict[str, Macro], name: str, arguments: list[object], options: dict[str, object], message: str
) -> None:
    with pytest.raises(MacroError, match=re.escape(f"Argument {message}")):
        macros[name](*arguments, **options)


def test_a_single_text_counts_as_a_list_of_one(macros: dict[str, Macro]) -> None:
    entries = macros["entries"]
    assert entries("tool", columns="name", sort="name") == entries("tool", columns=["name"], sort=["name"])
    assert entries("tool", None, None, None) == entries("tool")


def test_amounts_of_entries_are_figures_but_choices_and_texts_are_not(macros: dict[str, Macro]) -> None:
    drawn = macros["entries"]("tool", columns=["name", "status", "cost"])
    assert re.findall('<th scope="col" data-column="([^"]*)"[^>]* data-figure>', drawn) == ["cost"]
    assert drawn.count(" data-figure>") == drawn.count("<tr")


@pytest.mark.parametrize(
    "options", [{"where": {"statu": "active"}}, {"sort": "statu"}, {"columns": ["name", "statu"]}]
)
def test_an_unknown_field_is_answered_with_the_nearest_one(
    macros: dict[str, Macro], options: dict[str, object]
) -> None:
    with pytest.raises(MacroError, match=r"Unknown field `statu` in tool. Did you mean `status`\?"):
        macros["entries"]("tool", **options)


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ({"status": "activ"}, "Unknown value `activ` for `status`. Did you mean `active`?"),
        ({"status": ["active", "sunst"]}, "Unknown value `sunst` for `status`. Did you mean `sunset`?"),
        ({"cost.period": "decade"}, "Unknown value `decade` for `cost.period`. Use `month`"),
    ],
)
def test_a_value_that_is_no_choice_is_answered_with_the_nearest_one(
    macros: dict[str, Macro], where: dict[str, object], message: str
) -> None:
    with pytest.raises(MacroError, match=re.escape(message)):
        macros["entries"]("tool", where=where)


def test_the_field_reference_names_every_field_and_its_meaning(macros: dict[str, Macro]) -> None:
    table = macros["field_reference"]("tool")
    table = table.replace("<wbr>", "")
    for field in ("replaced&#95;by", "integrations&#91;&#93;.carries", "fit.team&#95;size.from"):
        assert f"<code>{field}</code>" in table
    assert "The data that is exchanged." in table


def test_a_page_of_all_entries_of_a_kind_has_every_anchor_once() -> None:
    handbook = few_of(load_shipped())
    macros = macros_of(handbook)
    for kind in handbook.catalogue.kinds:
        page = macros["whole"](kind)
        anchors = re.findall(r'\bid="([^"]+)"|\{ ?#([^ }]+)', page)
        names = [written or heading for written, heading in anchors]
        assert len(names) >= len(handbook.catalogue.entries(kind))
        assert sorted(set(names)) == sorted(names), kind


def test_the_field_reference_gives_examples_of_values_not_of_what_holds_them(
    macros: dict[str, Macro],
) -> None:
    table = macros["field_reference"]("experiment")
    assert "Example: <code>12</code>" in table
    assert "minimum&#95;detectable&#95;effect&#34;" not in table


def test_the_rules_reference_marks_what_is_wrong_and_what_was_fixed(macros: dict[str, Macro]) -> None:
    page = macros["rules_reference"]()
    rule = page.partition("{ #hb301 }")[2].partition("###")[0]
    assert "<mark>i</mark>d&#58; linear" in rule
    assert re.findall(r'<mark class="hb-right">(.*?)</mark>', rule) == ["owner&#58; product-manager"]
    assert "A number, <code>true</code> or a list is read as another type." in page


def test_the_references_keep_the_marks_that_they_explain(macros: dict[str, Macro]) -> None:
    for page in (macros["rules_reference"](), macros["field_reference"]("handbook")):
        assert "such as <code>&#36;squad</code> and <code>&#36;Squads</code>" in page


def test_the_references_of_a_german_handbook_are_german(make_handbook: MakeHandbook) -> None:
    german = macros_of(make_handbook({"mkdocs.yml": CONFIG.replace("  font:", "  language: de\n  font:")}))
    rules, macros = german["rules_reference"](), german["macro_reference"]()
    assert "## Inhalt { #content }" in rules
    assert "### HB202 Doppelte ID { #hb202 }" in rules
    assert "Eine ID ist eine Adresse." in rules
    assert "<p>Richtig</p>" in rules
    assert "Zeigt den ganzen Inhalt eines Eintrags" in macros
    assert "das letzte Element" in macros
    english = re.compile(r"\b(?:the|is|of|with)\b")
    texts = re.sub(r"<pre>.*?</pre>|<code>.*?</code>", "", rules + macros, flags=re.DOTALL)
    assert english.findall(texts) == []


def test_every_macro_stands_in_the_macro_reference_with_its_docstring(macros: dict[str, Macro]) -> None:
    reference = macros["macro_reference"]()
    for name, macro in macros.items():
        assert f"## `{name}`" in reference
        assert inspect.getdoc(macro), name


def test_the_macros_that_pages_have_are_those_that_the_check_knows() -> None:
    handbook = load_shipped()
    assert page_names(handbook.context).macros == macros_of(handbook).keys()


def test_a_company_gets_macros_for_a_kind_of_its_own(make_handbook: MakeHandbook) -> None:
    macros = macros_of(
        make_handbook(
            {
                "schemas/goal.schema.json": GOAL_SCHEMA,
                "sources/goals.yaml": "goals:\n  - {id: retention, name: Keep, measured_in: amplitude}\n",
                "macros/goal.jinja": "Measured in {{ entry.measured_in }}.\n",
            }
        )
    )
    assert macros["goal"]("retention").strip() == 'Measured in <a href="tools/amplitude/">Amplitude</a>.'
    assert "Keep" in macros["goals_table"]()
