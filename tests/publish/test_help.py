"""The help pages, which come from the engine and fit whatever site they are in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from hashlib import sha256

import pytest
import yaml

from handbook.base.findings import Finding
from handbook.base.language import ENGLISH
from handbook.check.page_anchors import page_anchors
from handbook.loaded.handbook import load
from handbook.publish.contents import SiteContents, make_contents
from handbook.publish.help import help_pages
from handbook.read.files import CONFIG, find_site, read_config
from handbook.read.help_pages import GENERATED_HEADINGS, HELP_PAGES, read_help_page
from handbook.read.languages import language_codes
from handbook.render.render import Renderer
from handbook.render.repository import Repository
from tests.conftest import TODAY, MakeSite
from tests.shipped import load_shipped
from tests.shipped_kinds import KINDS
from tests.sites import ROOT, TOOL

NOWHERE = Repository(find_site(ROOT), None, None)
HELP = ROOT / "src/handbook/help"
REFERENCE = [path for path in HELP_PAGES if path.startswith("reference/")]
TRANSLATED = {*language_codes()} - {ENGLISH}
ALL_OFF = "".join(f"  {kind}: off\n" for kind in KINDS if kind != "tool")
FEW_KINDS = {"tools_inventory.yaml": TOOL, "sources/handbook.yaml": f"kinds:\n{ALL_OFF}"}
HOME = {"docs/index.md": "# Home\n", **FEW_KINDS}


@pytest.fixture
def make(make_site: MakeSite) -> Callable[[Mapping[str, str]], SiteContents]:
    """Returns what a site publishes."""

    def contents(files: Mapping[str, str]) -> SiteContents:
        handbook = load(make_site(files), TODAY)
        assert handbook.is_sound
        return make_contents(handbook, read_config(handbook.site.root / CONFIG))

    return contents


def test_the_list_names_every_page_of_the_folder() -> None:
    files = {path.relative_to(HELP).as_posix() for path in HELP.rglob("*.md")}
    assert {path for path in files if path.split("/")[0] not in TRANSLATED} == {*HELP_PAGES}
    shown = {path for path in HELP_PAGES if "<!-- show: " in (HELP / path).read_text(encoding="utf-8")}
    assert shown == {*GENERATED_HEADINGS, "contribute/index.md"}


def test_the_help_needs_no_extension_of_markdown() -> None:
    for path in HELP_PAGES:
        text = re.sub(r"^```.*?^```$", "", (HELP / path).read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
        assert re.findall(r"^(?: +```| {8}.*|===|!!!|\?\?\?).*", text, re.MULTILINE) == [], path


SHAPE = re.compile(
    r"^(`{3,}).*?^\1$|\]\([^)]*\)|^<!-- [^\n]* -->$|^\||^ *(?:[-*]|\d+\.) ", re.MULTILINE | re.DOTALL
)


def shape_of(text: str) -> list[str]:
    """What a translation has as often as the original: code, links, marks of parts, rows and items."""
    return [found[0] for found in SHAPE.finditer(text)]


@pytest.mark.parametrize("language", sorted(TRANSLATED))
def test_a_translation_says_what_the_original_says(language: str) -> None:
    known = yaml.safe_load((ROOT / f"tests/publish/translated_help.{language}.yaml").read_text("utf-8"))
    assert {*known} == {*HELP_PAGES}
    for path, digest in known.items():
        original, translation = (read_help_page(path, KINDS, code) for code in (ENGLISH, language))
        assert shape_of(translation.body) == shape_of(original.body), path
        assert page_anchors(translation, "-") == page_anchors(original, "-"), path
        assert {**translation.meta, **dict.fromkeys(("title", "description"))} == {
            **original.meta,
            **dict.fromkeys(("title", "description")),
        }, path
        now = sha256((HELP / path).read_bytes()).hexdigest()[:12]
        assert digest == now, f"{path} has changed: change its translation, then this line to {path}: {now}"


def test_the_start_page_links_to_all_others() -> None:
    start = read_help_page("contribute/index.md", ()).text
    for path in HELP_PAGES[1:]:
        target = path.removeprefix("contribute/") if path.startswith("contribute/") else f"../{path}"
        assert f"| [{read_help_page(path, ()).meta['title']}]({target}) |" in start


def test_no_link_of_the_help_is_lost_in_the_handbook_that_it_is_written_with() -> None:
    handbook = load_shipped()
    pages = {page.path: page for page in help_pages(handbook, Renderer(handbook.basis, NOWHERE))}
    links = re.compile(r"(?<!`)\[[^\]\n]*\n?[^\]\n]*\]\([^)]*\)(?!`)")
    for path in HELP_PAGES:
        written = read_help_page(path, handbook.kinds).body
        assert [link for link in links.findall(written) if link not in pages[path].markdown] == []


def test_any_site_has_the_help_for_its_own_content_types(make: Callable[..., SiteContents]) -> None:
    pages = make(HOME).pages
    start, fields = pages["contribute/index.md"].markdown, pages["reference/fields.md"].markdown
    assert re.findall(r"^\| [^|]* \| (?:One|Under).*", start, re.MULTILINE) == [
        "| Tools | Under `tools:` in `tools_inventory.yaml` |"
    ]
    assert "### A tool\n" in start
    assert "### An experiment" not in start
    assert re.findall(r"^## .*", fields, re.MULTILINE) == [
        "## Tool { #tool }",
        "## Handbook settings { #handbook }",
        "## Page { #page }",
        "## Removed entries { #gone }",
    ]
    assert not any("<!--" in page.markdown and "<!-- show" in page.markdown for page in pages.values())


def test_the_help_has_no_owner_and_no_way_to_edit_it(make: Callable[..., SiteContents]) -> None:
    address = "site_name: Test\nrepo_url: https://github.com/acme/handbook\nedit_uri: edit/main/docs/\n"
    pages = make({"mkdocs.yml": address, **HOME}).pages
    page = pages["contribute/pages.md"].markdown
    assert "This page comes with version" in page
    assert "github.com/acme" not in page
    assert "How this handbook works</a>" in pages["tools/linear.md"].markdown


@pytest.mark.parametrize(
    ("nav", "listed"),
    [
        (["index.md"], []),
        (["index.md", "contribute/pages.md"], ["contribute/pages.md"]),
        (["index.md", "reference/"], REFERENCE),
        (None, []),
    ],
)
def test_the_navigation_lists_the_help_that_it_names(
    make: Callable[..., SiteContents], nav: list[str] | None, listed: list[str]
) -> None:
    config = "site_name: Test\n" + ("" if nav is None else f"nav: {nav}\n")
    contents = make({"mkdocs.yml": config, **HOME})
    found = [page.path for page in contents.pages.values() if page.in_navigation]
    assert [path for path in found if path in HELP_PAGES] == listed
    if nav and "reference/" in nav:
        assert contents.navigation == ["index.md", {"Reference": listed}, {"Set up": "setup.md"}]


def test_a_page_of_the_site_replaces_one_of_the_help(make: Callable[..., SiteContents]) -> None:
    contents = make({"docs/contribute/README.md": "# Ours\n", "docs/reference/rules.md": "# Rules\n", **HOME})
    assert set(HELP_PAGES) - contents.pages.keys() == {"contribute/index.md", "reference/rules.md"}


def test_a_site_can_leave_the_help_out(make: Callable[..., SiteContents]) -> None:
    config = "site_name: Test\nexclude_docs: |\n  /reference/\n  /contribute/index.md\n"
    contents = make({"mkdocs.yml": config, **HOME})
    assert set(HELP_PAGES) - contents.pages.keys() == {"contribute/index.md", *REFERENCE}
    assert "](../reference/" not in contents.pages["contribute/pages.md"].markdown
    assert not contents.renderer.has_guide


def test_the_public_reads_no_help(make: Callable[..., SiteContents]) -> None:
    files = {**HOME, "sources/handbook.yaml": f"audience: public\nkinds:\n{ALL_OFF}"}
    home = "---\naudience: public\n---\n\n# Home\n\nRead [the rules](reference/rules.md#rules).\n"
    contents = make({**files, "docs/index.md": home})
    assert contents.pages.keys().isdisjoint(HELP_PAGES)
    assert "Read Hidden." in contents.renderer.page(contents.handbook.pages["index.md"].body, "index.md")


def test_links_to_the_help_are_checked_as_those_to_pages(
    check: Callable[[Mapping[str, str]], list[Finding]],
) -> None:
    start, notes = "contribute/index.md", "notes: See [how]({}).\n"
    home = f"# Home\n\n[A]({start}#get-help) [B]({start}#rename) [C](contribute/pagse.md)\n"
    tool = f"{TOOL}    {notes.format(f'{start}#whom-to-ask')}"
    findings = check({**FEW_KINDS, "docs/index.md": home, "tools_inventory.yaml": tool})
    assert [(each.code, each.hint) for each in findings] == [
        ("HB220", "Use the anchor of a heading, or remove `#` and what follows"),
        ("HB208", "Did you mean `contribute/pages.md`?"),
    ]


def test_a_check_without_links_to_parts_of_the_help_does_not_read_it(
    check: Callable[[Mapping[str, str]], list[Finding]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handbook.check.anchors.read_help_page", None)
    assert check({**HOME, "docs/index.md": "# Home\n\n[How](contribute/index.md)\n"}) == []
