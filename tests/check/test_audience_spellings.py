"""However an author writes that a page or an entry is for few, it is not shown to many."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from itertools import product

import pytest

from handbook.base.findings import Severity
from handbook.loaded.handbook import load
from tests.conftest import TODAY, MakeSite
from tests.effort import runs
from tests.sites import GOAL_SCHEMA, TOOL

KEYS = [
    *("audience", "Audience", "AUDIENCE", "aUDIENCE", " audience", "audience ", "audience\t", "audiences"),
    *(
        "audiance",
        "audince",
        "audeince",
        "adience",
        "auidence",
        "audiense",
        "audienc",
        "audience_",
        "x-audience",
    ),
    *(
        "audience.",
        "audi ence",
        "aud-ience",
        "'audience'",
        '"audience"',
        '"Audience"',
        '"audience "',
        "**audience**",
    ),
    *(
        "\u0430udience",
        "audi\u0435n\u0441e",
        "\uff41\uff55\uff44\uff49\uff45\uff4e\uff43\uff45",
        "aud\u0131ence",
    ),
    *(
        "\u200baudience",
        "audi\u200bence",
        "\u00adaudience",
        "audience\u200d",
        "\u2060audience",
        "a\u0301udience",
    ),
    *(
        "audi\u0113nce",
        "\U0001d41audience"[1:],
        "\u03b1udience",
        "AUD\u0130ENCE",
        "\u00a0audience",
        "audience\u00a0",
    ),
]
COLONS = [": ", ":", " : ", " = ", "=", ":  ", ":\t", "\uff1a", ":\n  ", ":\n  - "]
VALUES = [
    *("restricted", "Restricted", "RESTRICTED", "restricted ", " restricted", "'restricted'", '"restricted"'),
    *(
        "restrcited",
        "restricte",
        "restriced",
        "restricted.",
        "[restricted]",
        "[restricted, internal]",
        "{restricted}",
    ),
    *("r\u0435stricted", "\uff52estricted", "restricted\u200b", "\u200brestricted", "restricted # salaries"),
    *(
        '"restricted "',
        "!!str restricted",
        "&a restricted",
        "'restricted'  # x",
        "restricted,",
        "restricted;",
    ),
]
LAYOUTS = [
    *("---\n{}\n---\n", "---\ntitle: A\n{}\n---\n", "---\n{}\ntitle: A\n...\n", "--- \n{}\n---\t\n"),
    *(
        "\n---\n{}\n---\n",
        "\n\n\n---\n{}\n---\n",
        " ---\n{}\n---\n",
        "\ufeff---\n{}\n---\n",
        "\ufeff\ufeff---\n{}\n---\n",
    ),
    *(
        "---\r\n{}\r\n---\r\n",
        "---\r{}\r---\r",
        "---\n{}\n",
        "---\n{}\n# Pay\n---\n",
        "---\n{}\n--\n",
        "----\n{}\n----\n",
    ),
    *(
        "--\n{}\n--\n",
        "+++\n{}\n+++\n",
        ";;;\n{}\n;;;\n",
        "***\n{}\n***\n",
        "===\n{}\n===\n",
        "\u2014\n{}\n\u2014\n",
    ),
    *(
        "\u2014\u2014\u2014\n{}\n\u2014\u2014\u2014\n",
        "\u2010\u2010\u2010\n{}\n---\n",
        "\u200b---\n{}\n---\n",
    ),
    *("{}\n", "{}\n\n", "title: A\n{}\n\n", "\n{}\n\n", "   {}\n", "- {}\n", "> {}\n", "* {}\n"),
    *("<!--\n{}\n-->\n", "<!-- {} -->\n", "<!---\n{}\n--->\n", "```yaml\n{}\n```\n", "~~~ yaml\n{}\n~~~\n"),
    *(
        "---\n{{{}}}\n---\n",
        "---\n{{title: A, {}}}\n---\n",
        "{{{}}}\n",
        "{{\n{}\n}}\n",
        "---\nmeta:\n  {}\n---\n",
    ),
    *("---\nextra: [{{{}}}]\n---\n", "---\ntitle: A\n  {}\n---\n", "---\ntitle: |\n  A\n  {}\n---\n"),
    *(
        "---\ntitle: >\n  A\n  {}\n---\n",
        "---\n{}\n---",
        "---\ntitle: A\n---\n{}\n---\n",
        "# Pay\n\n{}\n\nText.\n",
    ),
    *(
        "---\n- {}\n---\n",
        "---\ntitle: A\n\n{}\n---\n",
        "---\n\t{}\n---\n",
        "---\n{}\naudience: public\n---\n",
    ),
    *(
        "---\ntitle: 'A\n{}'\n---\n",
        "---\n---\n{}\n---\n",
        "%YAML 1.2\n---\n{}\n---\n",
        "---\ntitle: 2026-13-45\n{}\n---\n",
    ),
    *(
        "---\n{}\ntitle: [\n---\n",
        "---\n{}\n{}\n---\n",
        "---\n? {}\n---\n",
        "--- # fields\n{}\n---\n",
        "---\n{}\n--- x\n",
    ),
]


def spellings(number: int) -> Iterator[str]:
    """Yield pages of people who plainly meant `restricted`: each part in every form, then all forms mixed."""
    usual = "---\n{}\n---\n"
    yield from (layout.replace("{}", "audience: restricted") for layout in map(unbraced, LAYOUTS))
    for key, colon, value in [
        *((key, ": ", "restricted") for key in KEYS),
        *(("audience", colon, "restricted") for colon in COLONS),
        *(("audience", ": ", value) for value in VALUES),
    ]:
        yield usual.replace("{}", f"{key}{colon}{value}")
    mixed = list(product(LAYOUTS, KEYS, COLONS, VALUES))
    for layout, key, colon, value in random.Random(14).sample(mixed, number):  # noqa: S311
        yield unbraced(layout).replace("{}", f"{key}{colon}{value}")


def unbraced(layout: str) -> str:
    """A layout in which only the place for the field still has braces of its own."""
    return layout.replace("{}", "\0").replace("{{", "{").replace("}}", "}").replace("\0", "{}")


def test_a_page_for_few_is_not_shown_to_many(make_site: MakeSite) -> None:
    pages = {f"docs/{index}.md": f"{text}# Pay\n" for index, text in enumerate(spellings(runs(400, 20_000)))}
    site = make_site(pages)
    for audience in ("public", "internal"):
        handbook = load(site, TODAY, audience)
        assert [pages[f"docs/{path}"] for path in handbook.pages] == []
    # What the author has not written right is said, and stops every build.
    found = {finding.path for finding in handbook.report.findings if finding.severity is Severity.ERROR}
    right = {path for path, page in zip(pages, handbook.context.pages, strict=False) if path not in found}
    assert all(
        page.meta["audience"] == "restricted"
        for page in handbook.context.pages
        if f"docs/{page.path}" in right
    )


PUBLIC = [
    *(
        "# Home\n",
        "Text: with a colon.\n\n# Home\n"[6:],
        "",
        "\n# Home\n",
        "***\n\n# Home\n",
        "<!-- a comment -->\n# Home\n",
    ),
    *("# Home\n\nThe audience: restricted people and others.\n", "# Home\n\nAudience: everyone in sales\n"),
    *("# Home\n```yaml\naudience: restricted\n```\n", "---\ntitle: A\n---\n```\naudience: restricted\n```\n"),
    *("# Home\n\n```yaml\naudience: restricted\n```\n", "# Home\n\n    audience: restricted\n"),
    *("# Home\n\n`audience: restricted`\n", "# Home\n\n| `audience: restricted` | For few |\n"),
    *(
        "# Home\n\n## Audience: restricted\n",
        "# Home\n\nVisibility: restricted\n",
        "# Home\n\n---\n\nBelow.\n",
    ),
    *(
        "---\ntitle: Restricted\n---\n",
        "---\ntags: [restricted, audience]\n---\n",
        "---\npreview: a.png\n---\n",
    ),
    *(
        "---\ntarget_audience: developers\n---\n",
        "---\ndate: 2026-11-23\n---\n",
        "---\n# audience: restricted\ntitle: A\n---\n",
    ),
    *(
        "---\ntitle: A\ndescription: For the audience, restricted or not\n---\n",
        "---\r\ntitle: A\r\n---\r\n# Home\r\n",
    ),
    *(
        "---\naudience: internal\n---\n",
        "---\naudience:   'internal' # all\n---\n",
        "---\n{audience: public}\n---\n",
    ),
    *("---\nsearch: {exclude: true}\nhide:\n  - toc\n---\n", "# Caf\u00e9\n\nPublikum: ve\u0159ejn\u00e9\n"),
]


@pytest.mark.parametrize("text", PUBLIC)
def test_a_page_for_all_is_shown(text: str, make_site: MakeSite) -> None:
    handbook = load(make_site({"docs/index.md": text}), TODAY)
    assert [finding for finding in handbook.report.findings if finding.severity is Severity.ERROR] == []
    assert list(handbook.pages) == ["index.md"]


@pytest.mark.parametrize(
    "field", ["visibility: restricted", "access: 'Restricted'", "confidentiality: restrcted"]
)
def test_a_field_of_another_name_that_names_the_few_is_a_mistake(field: str, make_site: MakeSite) -> None:
    handbook = load(make_site({"docs/index.md": f"---\n{field}\n---\n# Pay\n"}), TODAY)
    assert [finding.code for finding in handbook.report.findings] == ["HB606"]
    assert list(handbook.pages) == []


def test_an_audience_for_a_whole_folder_is_a_mistake(make_site: MakeSite) -> None:
    """Material has a plugin for fields of all pages in a folder."""
    files = {"docs/pay/.meta.yml": "tags: [pay]\nAudience: restricted\n", "docs/pay/a.md": "# Pay\n"}
    found = load(make_site(files), TODAY).report.findings
    assert [(finding.path, finding.span.line, finding.code) for finding in found] == [
        ("docs/pay/.meta.yml", 2, "HB606")
    ]


def test_an_entry_for_few_is_not_shown_to_many(make_site: MakeSite) -> None:
    """Of a kind that takes any field, so that its schema refuses nothing."""
    schema = json.loads(GOAL_SCHEMA)
    schema["x-kind"]["sources"] = ["sources/goals/"]
    schema["additionalProperties"] = True
    schema["properties"]["audience"] = {"$ref": "common.schema.json#/$defs/audience"}
    mixed = list(product(KEYS, [colon for colon in COLONS if ":" in colon], VALUES))
    chosen = [*((key, ": ", "restricted") for key in KEYS), *(("audience", ": ", value) for value in VALUES)]
    chosen += random.Random(15).sample(mixed, runs(100, 1_000))  # noqa: S311
    texts = {
        f"sources/goals/goal-{number}.yaml": f"{name}{key}{colon}{value}\n"
        for number, (key, colon, value) in enumerate(chosen)
        for name in ["name: Pay\n"]
    }
    site = make_site({"schemas/goal.schema.json": json.dumps(schema), **texts})
    handbook = load(site, TODAY, "internal")
    assert not handbook.is_sound
    shown = [texts[entry.path] for entry in handbook.catalogue.entries("goal").values()]
    assert shown == []


@pytest.mark.parametrize("line", ['audience:"restricted "', "audience:restricted", "'Audience'='restricted'"])
def test_a_line_below_a_text_that_names_the_few_is_a_mistake(line: str, make_site: MakeSite) -> None:
    team = f"teams:\n  - id: people\n    summary: Pays.\n    name: People\n      {line}\n"
    handbook = load(make_site({"sources/teams.yaml": team}), TODAY)
    found = [finding for finding in handbook.report.findings if finding.code == "HB606"]
    assert [(finding.path, finding.span.line) for finding in found] == [("sources/teams.yaml", 5)]
    assert list(handbook.catalogue.entries("team")) == []


def test_a_kind_without_an_audience_does_not_take_the_field_for_a_note(make_site: MakeSite) -> None:
    schema = json.dumps({**json.loads(GOAL_SCHEMA), "additionalProperties": True})
    goals = "goals:\n  - {id: pay, name: Pay, audience: restricted}\n"
    handbook = load(make_site({"schemas/goal.schema.json": schema, "sources/goals.yaml": goals}), TODAY)
    assert [finding.code for finding in handbook.report.findings] == ["HB606"]
    assert list(handbook.catalogue.entries("goal")) == []


@pytest.mark.parametrize(
    "written",
    [
        "Restricted",
        "restricted ",
        "few",
        "",
        "null",
        "1",
        "[restricted]",
        "{a: b}",
        "true",
        "'restricted'\n    audience: public",
    ],
)
def test_an_audience_that_is_none_is_a_mistake_and_the_entry_hidden(
    written: str, make_site: MakeSite
) -> None:
    tools = (
        f"{TOOL}    audience: {written}\n"
        if written != "restricted "
        else f'{TOOL}    audience: "restricted "\n'
    )
    handbook = load(make_site({"tools_inventory.yaml": tools}), TODAY)
    assert not handbook.is_sound
    assert list(handbook.catalogue.entries("tool")) == []


@pytest.mark.parametrize("keyword", ["X-audience", "x-Audience", "x_audience", "x-audiance", "xaudience"])
def test_a_mistyped_annotation_of_a_schema_is_a_mistake(keyword: str, make_site: MakeSite) -> None:
    assert broken_schema(make_site, {keyword: "restricted"})


@pytest.mark.parametrize("value", ["Restricted", "restricted ", "few", None, 1, ["restricted"], True])
def test_an_annotation_of_a_schema_that_names_no_audience_is_a_mistake(
    value: object, make_site: MakeSite
) -> None:
    assert broken_schema(make_site, {"x-audience": value})


def broken_schema(make_site: MakeSite, annotation: dict[str, object]) -> bool:
    """Whether a schema with an annotation on a field is refused as a whole."""
    schema = json.loads(GOAL_SCHEMA)
    schema["properties"]["why"] = {"type": "string", **annotation}
    handbook = load(make_site({"schemas/goal.schema.json": json.dumps(schema)}), TODAY)
    return [finding.code for finding in handbook.report.findings] == ["HB109"]
