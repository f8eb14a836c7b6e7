"""A site holds nothing that is for a higher audience: every byte of it is looked through for marks."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from handbook.loaded.handbook import load
from handbook.publish.assistants import assistant_files
from handbook.publish.made_files import write_files
from handbook.publish.pages import make_pages
from handbook.publish.zensical import stage
from handbook.read.audiences import AUDIENCES, may_see
from handbook.read.files import find_site
from handbook.read.schemas.kinds import Kind
from handbook.render.render import Renderer
from handbook.render.repository import Repository
from tests.conftest import MakeOnce
from tests.effort import FULL
from tests.marks import Marker, digits, mark_id, prefix, source_of
from tests.shipped_kinds import KINDS
from tests.sites import CONFIG, GOAL_SCHEMA, ROOT, WITH_HELP, build, copy_shipped_site, run, write_site

pytestmark = pytest.mark.slow

_RULES = json.loads((ROOT / "schemas/handbook.schema.json").read_text(encoding="utf-8"))["properties"][
    "rules"
]
_SETTINGS = json.dumps({"rules": dict.fromkeys(_RULES["properties"], "off")})
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
"""What an engine takes as a question, and not as text."""
_SEPARATORS = re.compile(r"(?<=\d),(?=\d)")
_FOR_THE_ENGINE = re.compile(r"(?:^|\.)(?:id|former_ids)$")
_GROUPED = re.compile(r"(?<=\d)(?:,|\s|&#\d+;)(?=\d)")

STUDY = """studies:
  - {id: why, name: Why, summary: Asks why., status: planned, question: Why do they leave?, method: survey}
"""

Marks = Mapping[tuple[str, str], Mapping[str, str]]
"""The marks of an entry with the fields they stand in, by kind and audience."""


def marked(
    kind: Kind, kinds: Mapping[str, Kind], audience: str
) -> tuple[Mapping[str, Any], Mapping[str, str]]:
    """The marked entry of a kind for an audience, and its marks with the fields they stand in."""
    marker = Marker(kind, kinds, audience)
    return marker.entry(), marker.marks


@cache
def shipped_mark(name: str, audience: str) -> tuple[Mapping[str, Any], Mapping[str, str]]:
    """The same of a shipped kind, which takes long to make."""
    return marked(KINDS[name], KINDS, audience)


def plant(site: Path, kinds: Mapping[str, Kind]) -> Marks:
    """Writes a marked entry of each kind for each audience."""
    found: dict[tuple[str, str], Mapping[str, str]] = {}
    for kind in kinds.values():
        entries = []
        for audience in AUDIENCES:
            is_shipped = KINDS.get(kind.name) is kind
            made = shipped_mark(kind.name, audience) if is_shipped else marked(kind, kinds, audience)
            entry, found[kind.name, audience] = made
            entries.append(entry)
        path = site / source_of(kind)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({kind.plural: entries}), encoding="utf-8")
    (site / "sources/handbook.yaml").write_text(_SETTINGS, encoding="utf-8")
    return found


def page(kinds: Mapping[str, Kind], audience: str) -> str:
    """A page for an audience that asks for everything there is and links to it."""
    lines = [
        "---",
        f"title: {prefix(audience)}title",
        f"audience: {audience}",
        f"owner: {mark_id(kinds['team'], AUDIENCES[-1])}",
        "review: {last: 2026-11-23, next: 2027-02-22}",
        "---",
        f"# {prefix(audience)}heading",
        "",
    ]
    for kind in kinds.values():
        lines += [f'{{{{ entries("{kind.name}") }}}}', ""]
        for each in AUDIENCES:
            name = mark_id(kind, each)
            words = prefix(max(audience, each, key=AUDIENCES.index))
            lines += [
                f'A link {{{{ ref("{kind.name}", "{name}") }}}}, [{words}words](../{kind.page}/{name}.md),',
                f"[{words}words][{name}] and <a href='../../{kind.page}/{name}/'>{words}words</a>.",
                "",
                f'{{{{ entries("{kind.name}", where={{"id": "{name}"}}) }}}}',
                "",
                f'{{{{ {kind.name}("{name}") }}}}',
                "",
                f"[{name}]: ../{kind.page}/{name}.md",
                "",
            ]
    return "\n".join(lines)


def write_pages(site: Path, kinds: Mapping[str, Kind]) -> None:
    """Writes such a page for each audience, outside the navigation."""
    for audience in AUDIENCES:
        path = site / f"docs/marks/{prefix(audience)}page.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(page(kinds, audience), encoding="utf-8")


def without_content(site: Path) -> Path:
    """A copy of this repository's handbook without entries and pages but for a first one."""
    copy_shipped_site(site)
    for folder in ("docs", "sources"):
        shutil.rmtree(site / folder)
    (site / "tools_inventory.yaml").unlink()
    (site / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (site / "docs").mkdir()
    (site / "docs/index.md").write_text("---\naudience: public\n---\n# Home\n", encoding="utf-8")
    return site


def plant_alone(site: Path) -> None:
    """Writes a handbook of marked entries and pages alone."""
    without_content(site)
    plant(site, KINDS)
    write_pages(site, KINDS)


def plant_among_others(site: Path) -> None:
    """Writes this repository's handbook with marked entries and pages among its own."""
    copy_shipped_site(site)
    plant(site, KINDS)
    write_pages(site, KINDS)
    for name in ("docs/index.md", "mkdocs.yml"):
        path = site / name
        text = path.read_text(encoding="utf-8")
        text = text.replace("\nowner: ", "\naudience: public\nowner: ", 1)
        text = text.replace("nav:\n", "not_in_nav: /marks/\n\nnav:\n", 1)
        path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def planted(make_once: MakeOnce) -> Path:
    """This repository's handbook with marked entries and pages among its own."""
    return make_once("planted", plant_among_others)


@pytest.fixture(scope="module")
def planted_alone(make_once: MakeOnce, planted: Path) -> Path:
    """The marked entries and pages alone, built in less time; with `make test-all` among the others."""
    return planted if FULL else make_once("planted-alone", plant_alone)


def contents(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file, with its name as a part of what it says; compressed ones unpacked."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        content = path.read_bytes() if path.is_file() else b""
        content = gzip.decompress(content) if path.suffix == ".gz" else content
        yield name, f"{name}\n{content.decode('utf-8', 'replace')}".lower()


def leaks(folder: Path, audience: str) -> list[str]:
    """What a site shows that is for a higher audience than its own, by file."""
    found = []
    for name, text in contents(folder):
        ungrouped = _GROUPED.sub("", text)
        for higher in AUDIENCES:
            if not may_see(audience, higher):
                marks = {match[0] for match in re.finditer(rf"{prefix(higher)}\w*", text)}
                marks |= {digits(higher)} if digits(higher) in ungrouped else set()
                found += [f"{name}: {mark}" for mark in sorted(marks)]
    return found


def stage_for(site: Path, folder: Path, audience: str) -> Path:
    """What an engine is given for an audience: pages, navigation and downloads, without front matter.

    The Markdown versions of the pages, which are written after the engine, are beside it.
    """
    folder.mkdir()
    contents = stage(load(find_site(site), audience=audience), folder)
    for page in (folder / "docs").rglob("*.md"):
        page.write_text(_FRONT_MATTER.sub("", page.read_text(encoding="utf-8")), encoding="utf-8")
    # Beside the pages, the engine reads the settings.
    shutil.copy2(folder / "mkdocs.yml", folder / "docs/mkdocs.yml")
    published = [path for path in (*contents.pages, *contents.handbook.pages) if contents.portable.has(path)]
    write_files(assistant_files(contents, published), folder / "docs/versions")
    return folder / "docs"


def assert_only_what_it_may(
    target: Path, audience: str, page: str = "/index.html", versions: str = ""
) -> None:
    """A site for an audience shows all that it may see of the planted entries, and nothing else."""
    assert leaks(target, audience) == []
    whole = _SEPARATORS.sub("", (target / versions / "llms-full.txt").read_text(encoding="utf-8")).lower()
    for kind in KINDS.values():
        text = (target / f"data/{kind.plural}.json").read_text(encoding="utf-8")
        for of in AUDIENCES:
            if may_see(audience, of):
                marks = shipped_mark(kind.name, of)[1]
                fields = {mark: field for mark, field in marks.items() if may_see(audience, level(mark))}
                assert fields, kind.name
                assert [mark for mark in fields if mark not in text] == [], kind.name
                unsaid = {
                    mark: field
                    for mark, field in fields.items()
                    if mark not in whole and not _FOR_THE_ENGINE.search(field)
                }
                assert unsaid == {}, kind.name
                assert (target / f"{kind.page}/{mark_id(kind, of)}{page}").is_file()


def test_the_handbook_for_the_public_holds_what_the_public_may_see_and_nothing_else(
    planted_alone: Path, tmp_path: Path
) -> None:
    target = tmp_path / "site"
    build(planted_alone, target, "--strict", "--audience", "public")
    assert_only_what_it_may(target, "public")


@pytest.mark.skipif(not FULL, reason="builds hundreds of pages; what they are made of is looked at below")
@pytest.mark.parametrize("audience", ["internal", "restricted"])
def test_a_site_holds_what_its_audience_may_see_and_nothing_else(
    planted: Path, tmp_path: Path, audience: str
) -> None:
    target = tmp_path / "site"
    build(planted, target, "--strict", "--audience", audience)
    assert_only_what_it_may(target, audience)


def test_what_the_engines_are_given_for_an_audience_is_what_it_may_see_and_nothing_else(
    planted_alone: Path, tmp_path: Path
) -> None:
    staged = stage_for(planted_alone, tmp_path / "staged", "internal")
    assert_only_what_it_may(staged, "internal", ".md", "versions")


def level(mark: str) -> str:
    """Who may see a mark at the lowest."""
    return next(each for each in AUDIENCES if mark.startswith((prefix(each), digits(each))))


@pytest.mark.skipif(not FULL, reason="builds hundreds of pages; all that it reads is looked at below")
def test_what_zensical_publishes_holds_nothing_for_a_higher_audience(planted: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    build(planted, target, "--engine", "zensical", "--strict", "--audience", "public")
    assert leaks(target, "public") == []
    assert prefix("public") in (target / "data/tools.json").read_text(encoding="utf-8")


def test_what_is_staged_for_zensical_to_publish_is_filtered_before(planted: Path, tmp_path: Path) -> None:
    staged = stage_for(planted, tmp_path / "staged", "public")
    pages = {f"marks/{prefix(audience)}page.md" for audience in AUDIENCES}
    left = {path.relative_to(staged).as_posix() for path in staged.rglob("*page.md")} & pages
    assert left == {f"marks/{prefix('public')}page.md"}
    assert leaks(staged, "public") == []
    assert prefix("public") in (staged / "data/tools.json").read_text(encoding="utf-8")


def guarded(schema: Any) -> Any:
    """A schema that keeps every field which may be missing for few."""
    if isinstance(schema, dict):
        needed = schema.get("required", ())
        # What `if` asks about is said elsewhere.
        changed = {name: part if name == "if" else guarded(part) for name, part in schema.items()}
        if isinstance(schema.get("properties"), dict):
            changed["properties"] = {
                name: {**part, "x-audience": "restricted"}
                if isinstance(part, dict) and name not in {*needed, "id", "audience"}
                else part
                for name, part in changed["properties"].items()
            }
        return changed
    return [guarded(part) for part in schema] if isinstance(schema, list) else schema


def test_fields_that_a_schema_keeps_for_few_stand_nowhere(tmp_path: Path) -> None:
    """Every field that a kind can do without is kept for few; the entries themselves are for everybody."""
    site = without_content(tmp_path / "guarded")
    for name in KINDS:
        path = site / "schemas" / KINDS[name].resolver.file
        path.write_text(json.dumps(guarded(json.loads(path.read_text(encoding="utf-8")))), encoding="utf-8")
    kinds = load(find_site(site)).context.kinds
    marks = plant(site, kinds)
    write_pages(site, kinds)
    assert sum(level(mark) == "restricted" for mark in marks["tool", "public"]) > 10
    assert leaks(stage_for(site, tmp_path / "staged", "internal"), "internal") == []
    if FULL:
        build(site, tmp_path / "site", "--strict", "--audience", "internal")
        assert leaks(tmp_path / "site", "internal") == []


def test_a_view_of_all_fields_shows_all_that_the_audience_may_see(tmp_path: Path) -> None:
    """A kind of a company's own has the view that shows every field with its title."""
    schema = json.loads(GOAL_SCHEMA)
    schema["x-kind"]["sources"] = ["sources/goals/"]
    schema["properties"] |= {
        "audience": {"$ref": "common.schema.json#/$defs/audience"},
        "bonus": {"title": "Bonus", "type": "string", "x-audience": "restricted"},
    }
    site = without_content(tmp_path / "own")
    (site / "schemas/goal.schema.json").write_text(json.dumps(schema), encoding="utf-8")
    kinds = load(find_site(site)).context.kinds
    marks = plant(site, kinds)
    handbook = load(find_site(site))
    renderer = Renderer(handbook.basis, Repository(handbook.site, None, None))
    path = f"goals/{mark_id(kinds['goal'], 'internal')}.md"
    (text,) = (page.markdown for page in make_pages(handbook, renderer) if page.path == path)
    shown = {mark: mark in text for mark in marks["goal", "internal"]}
    assert shown == {mark: level(mark) == "internal" for mark in shown}
    assert sorted(shown.values()).count(False) == 1


def test_what_describes_fields_and_content_types_names_none_for_a_higher_audience(tmp_path: Path) -> None:
    """The references, the form, the schemas and the search know neither a hidden field nor a hidden type."""
    secret = {"title": "hush", "description": "hush", "enum": ["hush"], "x-audience": "restricted"}
    group = {"type": "object", "examples": [{"ghush": "hush"}], "properties": {"ghush": secret}}
    goal, hidden = (json.loads(GOAL_SCHEMA.replace("oal", each)) for each in ("oal", "hush"))
    goal["properties"] |= {
        "ghush": secret,
        "box": group,
        "items": {"type": "array", "items": group, "examples": [[{"ghush": "hush"}]]},
        "open": {"type": "object", "additionalProperties": secret, "examples": [{"a": "hush"}]},
        "led_by": {"type": "string", "x-ref": ["ghush", "team"]},
        "next": {"type": "string", "x-ref": "ghush"},
    }
    site = without_content(tmp_path / "own")
    (site / "mkdocs.yml").write_text(WITH_HELP, encoding="utf-8")
    (site / "schemas/goal.schema.json").write_text(json.dumps(goal), encoding="utf-8")
    (site / "schemas/ghush.schema.json").write_text(
        json.dumps({**hidden, "x-audience": "restricted"}), encoding="utf-8"
    )
    (site / "sources").mkdir()
    (site / "sources/goals.yaml").write_text(
        "goals: [{id: more, name: More, ghush: 'hush', items: [{ghush: 'hush'}], next: ghush}]\n",
        encoding="utf-8",
    )
    (site / "sources/ghushs.yaml").write_text("ghushs: [{id: ghush, name: 'hush'}]\n", encoding="utf-8")
    asked = '{{ field_reference("goal") }}\n{{ field_reference("ghush") }}\n{{ macro_reference() }}\n'
    (site / "docs/all.md").write_text(f"# All\n\n{asked}", encoding="utf-8")
    said = dict(contents(stage_for(site, tmp_path / "staged", "internal")))
    assert [name for name, text in said.items() if "hush" in text] == []
    assert {"reference/fields.md", "data/goal.schema.json", "all.md"} <= said.keys()
    assert "id of a team<" in said["all.md"]


def test_a_field_that_a_figure_needs_cannot_be_kept_for_few(tmp_path: Path) -> None:
    """The build says which field it is, in one line."""
    schema = json.loads((ROOT / "schemas/study.schema.json").read_text(encoding="utf-8"))
    schema["properties"]["status"]["x-audience"] = "restricted"
    files = {"schemas/study.schema.json": json.dumps(schema), "sources/research.yaml": STUDY}
    site = write_site(tmp_path / "own", files)
    done = run(site, "build", "--strict", "--site-dir", str(tmp_path / "site"))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert (
        "The figure `study_age` needs the field `status`, which is hidden from the audience `internal`; "
        "remove `x-audience` from the field in its schema\n"
    ) in done.stderr
