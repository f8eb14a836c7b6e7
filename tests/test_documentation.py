"""What the documentation shows is what the handbook does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handbook.cli import main
from handbook.loaded.handbook import load
from handbook.publish.navigation import expand
from handbook.publish.pages import make_pages
from handbook.read.files import CONFIG, find_site, read_config
from handbook.render.render import Renderer
from handbook.render.repository import Repository
from handbook.starter.plan import pillars_of
from tests.conftest import TODAY
from tests.sites import ROOT, copy_shipped_site
from tests.starter.companies import make, written

_FILE = re.compile(
    r"^`([\w./-]+\.(?:json|jinja|yaml))`[^\n]*:?\n(?:[^\n`]*\n)*?\n?```\w+\n(.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


def examples(page: str) -> dict[str, str]:
    """The files that a page of the documentation shows, by the path it gives them."""
    return dict(_FILE.findall((ROOT / "src/handbook/help/contribute" / page).read_text(encoding="utf-8")))


def section(page: str, anchor: str) -> str:
    """A section of a page of the documentation."""
    text = (ROOT / "src/handbook/help/contribute" / page).read_text(encoding="utf-8")
    return text.partition(f"{{ #{anchor} }}")[2].partition("\n## ")[0]


def write(site: Path, files: dict[str, str]) -> None:
    """Writes files into a site."""
    for name, text in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A copy of the shipped handbook."""
    return copy_shipped_site(tmp_path)


def test_the_worked_example_of_a_new_kind_works_word_by_word_in_a_new_handbook(tmp_path: Path) -> None:
    site = written(make("startup", tuple(pillars_of("startup")), "none"), tmp_path)
    files = examples("kinds.md")
    assert sorted(files) == ["macros/goal.jinja", "schemas/goal.schema.json", "sources/goals.yaml"]
    write(tmp_path, files)
    macros = re.findall(r"`(\{\{ [^`]+)`", section("kinds.md", "what-you-have-now"))
    assert len(macros) == 5
    page = (tmp_path / "docs/start/new-here.md").read_text(encoding="utf-8")
    write(tmp_path, {"docs/start/new-here.md": page + "\n\n".join(macros)})
    config = (tmp_path / CONFIG).read_text(encoding="utf-8")
    (line,) = re.findall(r"^  (- Goals: .*\n)", section("kinds.md", "4-the-navigation"), re.MULTILINE)
    changed = re.sub(r"^( +)(- Checklists: .*\n)", rf"\1\2\1{line}", config, flags=re.MULTILINE)
    (tmp_path / CONFIG).write_text(changed, encoding="utf-8")
    handbook = load(site, TODAY)
    assert list(handbook.findings) == []
    renderer = Renderer(handbook.basis, Repository(handbook.site, None, None))
    pages = {page.path: page for page in make_pages(handbook, renderer)}
    listed = expand(read_config(tmp_path / CONFIG)["nav"], pages.values(), handbook.pages)
    assert {"Goals": ["goals/index.md"]} in listed[1]["How we work"]
    page = pages["goals/saved-filters-found.md"].markdown
    # In the trust line, the text, the table and the footer.
    assert page.count('href="../../teams/product/"') == 4
    assert "saved filters" in pages["teams/product.md"].markdown


def test_the_smallest_entries_are_valid_as_they_are_printed(site: Path) -> None:
    files = examples("index.md")
    assert len(files) == 5
    write(site, files)
    page = (ROOT / "src/handbook/help/contribute/index.md").read_text(encoding="utf-8")
    for heading, name in (("A tool", "tools_inventory.yaml"), ("A metric", "sources/metrics.yaml")):
        entry = re.search(rf"### {heading}\n.*?```yaml\n(.*?)```", page, re.DOTALL)
        assert entry
        collection = site / name
        collection.write_text(f"{collection.read_text(encoding='utf-8')}\n{entry[1]}", encoding="utf-8")
    assert main(["validate", str(site)]) == 0


def test_the_finding_that_is_explained_is_what_the_command_prints(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = re.search(
        r"```text\n(.*?)```",
        (ROOT / "src/handbook/help/contribute/index.md").read_text(encoding="utf-8"),
        re.DOTALL,
    )
    assert shown
    inventory = site / "tools_inventory.yaml"
    text = inventory.read_text(encoding="utf-8")
    inventory.write_text(text.replace("status: active", "status: Active", 1), encoding="utf-8")
    assert main(["validate", str(site)]) == 1
    assert shown[1] in capsys.readouterr().out


def test_every_kind_stands_in_the_field_reference(shipped_build: Path) -> None:
    page = (shipped_build / "reference/fields/index.html").read_text(encoding="utf-8")
    for schema in (ROOT / "schemas").glob("*.schema.json"):
        kind = schema.name.removesuffix(".schema.json")
        if kind != "common":
            assert f'id="{kind.replace("_", "-")}"' in page, kind


def test_the_patch_that_is_printed_changes_the_schema_as_it_says(site: Path) -> None:
    text = (ROOT / "src/handbook/help/contribute/kinds.md").read_text(encoding="utf-8")
    patch = re.search(r"`schemas/tool\.patch\.json`:\n\n```json\n(.*?)```", text, re.DOTALL)
    assert patch
    (site / "schemas/tool.schema.json").unlink()
    write(site, {"schemas/tool.patch.json": patch[1]})
    tool = load(find_site(site), TODAY).context.kinds["tool"].shape
    assert tool.properties["region"].choices == ("EU", "US")
    assert tool.properties["vendor"].title == "Supplier"
    assert "fit" not in tool.properties
    assert "region" in tool.required
    assert "summary" not in tool.required


def test_the_words_and_states_that_are_printed_are_valid(site: Path) -> None:
    text = (ROOT / "src/handbook/help/contribute/kinds.md").read_text(encoding="utf-8")
    settings = re.findall(r"```yaml\n((?:vocabularies|states):\n.*?)```", text, re.DOTALL)
    assert len(settings) == 2
    # The handbook's own entries use words that the example leaves out.
    write(site, {"sources/handbook.yaml": "".join(settings)})
    codes = {
        finding.code for finding in load(find_site(site), TODAY).findings if "handbook.yaml" in finding.path
    }
    assert codes == set()
