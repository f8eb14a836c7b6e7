"""Shipped views run without the sandbox, and nothing of a site does."""

from __future__ import annotations

from inspect import signature
from pathlib import Path

import pytest
from jinja2 import meta

from handbook.kinds.figures import FIGURES
from handbook.read.files import find_site
from handbook.read.templates import parse
from handbook.read.view_files import is_part
from handbook.render.environment import ViewError, make_environment
from handbook.render.missing import ViewSandbox
from handbook.render.render import Renderer
from handbook.render.repository import Repository
from handbook.render.shipped_views import ShippedViews
from tests.conftest import MakeBasis
from tests.effort import runs
from tests.shipped import few_of, load_shipped
from tests.sites import ROOT, TOOL

VIEWS = sorted(ROOT.glob("macros/**/*.jinja"))
UNSAFE = "{{ ''.__class__.__name__ }}"


@pytest.fixture
def renderer(make_basis: MakeBasis, tmp_path: Path) -> Renderer:
    return Renderer(make_basis({"tools_inventory.yaml": TOOL}), Repository(find_site(tmp_path), None, None))


def write_view(folder: Path, name: str, text: str) -> None:
    (folder / "macros").mkdir()
    (folder / "macros" / name).write_text(text, "utf-8")


def test_a_shipped_view_gives_the_same_with_and_without_the_sandbox() -> None:
    handbook = few_of(load_shipped())
    repository = Repository(handbook.site, "https://github.com/acme/handbook", "edit/main/docs/")
    free, sandboxed = both = [Renderer(handbook.basis, repository) for _ in range(2)]
    vars(sandboxed._views)["_changes_parts"] = True  # noqa: SLF001
    for kind in handbook.kinds:
        for entry in list(handbook.catalogue.entries(kind).values())[: runs(sample=1, full=100)]:
            written = [
                each.page(each.entry(entry, entry.page), entry.page, entry) for each in (free, sandboxed)
            ]
            assert written[0] == written[1]
    for name in free.figures:
        _basis, *takes = signature(FIGURES[name].function).parameters.values()
        if all(each.default is not each.empty for each in takes):
            assert free.figure(name, "index.md", {}) == sandboxed.figure(name, "index.md", {})
    environments = {type(each._views.select("page").environment) for each in both}  # noqa: SLF001
    assert environments == {ShippedViews, ViewSandbox}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{{ 'a_b' }}", "a&#95;b"),
        ("[{{ none.name }}]", "[]"),
        ("[{{ none[0].name }}]", "[]"),
        ("{{ {'a': 1}.a }} {{ {'a': 1}['a'] }}", "1 1"),
        ("{% trans class='a_b' %}in {{ class }}{% endtrans %}", "in a&#95;b"),
    ],
)
def test_an_expression_means_the_same_in_every_view(text: str, shown: str) -> None:
    site = find_site(ROOT)
    for environment in (ShippedViews(site, {}), make_environment(site)):
        assert environment.from_string(text).render() == shown


@pytest.mark.parametrize("name", ["tool.jinja", "page.jinja", "_look.jinja", "_parts.jinja"])
def test_a_view_that_a_site_replaces_or_a_part_of_it_stays_in_the_sandbox(
    name: str, renderer: Renderer, tmp_path: Path
) -> None:
    write_view(tmp_path, name, UNSAFE)
    entry = renderer.catalogue.entry("tool", "linear")
    with pytest.raises(ViewError, match=f"macros/{name}:1:1: HB210 error: .*unsafe"):
        renderer.page(renderer.entry(entry, entry.page), entry.page, entry)


def test_an_unchanged_copy_of_a_shipped_view_is_one(renderer: Renderer, tmp_path: Path) -> None:
    write_view(tmp_path, "_look.jinja", (ROOT / "macros/_look.jinja").read_text("utf-8"))
    assert isinstance(renderer._views.select("tool").environment, ShippedViews)  # noqa: SLF001


def test_modules_with_macros_are_no_parts_of_views(renderer: Renderer, tmp_path: Path) -> None:
    write_view(tmp_path, "__init__.py", "")
    assert isinstance(renderer._views.select("tool").environment, ShippedViews)  # noqa: SLF001


@pytest.mark.parametrize("path", VIEWS, ids=[path.name for path in VIEWS])
def test_a_shipped_view_imports_nothing_but_parts(path: Path) -> None:
    # A site can replace any other view without a change to this one.
    imported = meta.find_referenced_templates(parse(path.read_text("utf-8"), is_view=True))
    assert all(name is not None and is_part(name) for name in imported)
