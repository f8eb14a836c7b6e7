"""Entries that are only examples: readers see that they are, and nothing counts them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from inspect import signature
from types import MappingProxyType

import pytest

from handbook.base.language import speaking
from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import Figure
from handbook.kinds.figures import FIGURES
from handbook.link.catalogue import Catalogue, Entry, Use
from handbook.loaded.handbook import load
from handbook.publish.contents import make_contents
from handbook.read.languages import make_language
from handbook.read.values import EXAMPLE
from tests.conftest import TODAY, MakeSite
from tests.shipped import load_shipped, with_data
from tests.shipped_kinds import KINDS
from tests.sites import CONFIG

SHIPPED = load_shipped("restricted")
TOOLS = """tools:
  - {id: linear, name: Linear, summary: Plans., category: project-management, status: trial}
  - id: loom
    name: Loom
    summary: Records.
    category: communication
    status: trial
    example: true
    review: {next: 2020-01-01}
"""


def with_examples() -> Catalogue:
    """The shipped handbook with a copy of every entry, marked as an example."""
    whole = SHIPPED.catalogue
    copies = {
        entry: with_data(
            entry,
            MappingProxyType({**entry.data, "id": f"a-{entry.id}", EXAMPLE: True}),
            f"a-{entry.id}",
        )
        for entry in whole.all()
    }
    uses: dict[Entry, list[Use]] = defaultdict(list)
    for entry in whole.all():
        for use in whole.uses(entry):
            uses[entry].append(use)
            if use.entry in copies:
                uses[entry].append(Use(copies[use.entry], use.pointer))
    context = SHIPPED.context
    described = filter(None, (context.settings_kind, context.page_kind, context.gone_kind))
    entries = [*whole.all(), *copies.values()]
    readings = {
        (each.kind.name, each.id): whole.readings(entry)
        for entry, copy in copies.items()
        for each in (entry, copy)
    }
    imprints = whole.imprints.values()
    uses_of = uses.__getitem__
    return Catalogue(whole.kinds, entries, uses_of, imprints, described, gate=whole.gate, readings=readings)


EXAMPLES = with_examples()
_ARGUMENTS = {"plan": ("new-product-manager",)}


def calls_of(figure: Figure) -> Iterator[tuple[object, ...]]:
    """Arguments for a figure: none, or each possible entry of the shipped handbook."""
    _basis, *parameters = signature(figure.function).parameters.values()
    needed = [
        each for each in parameters if each.default is each.empty and each.kind is not each.VAR_POSITIONAL
    ]
    if not needed:
        yield ()
        return
    if needed[0].name in _ARGUMENTS:
        yield _ARGUMENTS[needed[0].name]
        return
    takes = figure.takes(needed[0])
    assert len(needed) == 1, figure.function.__name__
    yield from ((entry,) for entry in SHIPPED.catalogue.all() if takes.accepts(entry))


def results(name: str, catalogue: Catalogue) -> list[object]:
    basis = Basis(catalogue, SHIPPED.context.settings, TODAY)
    return [FIGURES[name].calculate(basis, *arguments) for arguments in calls_of(FIGURES[name])]


@pytest.mark.parametrize("name", FIGURES)
def test_no_figure_counts_an_example(name: str) -> None:
    assert results(name, EXAMPLES.counted) == results(name, SHIPPED.catalogue)


def test_figures_would_count_the_same_entries_without_the_mark() -> None:
    assert results("tool_audit", EXAMPLES.whole) != results("tool_audit", SHIPPED.catalogue)


def test_every_content_type_can_have_examples() -> None:
    assert [kind.name for kind in KINDS.values() if not kind.shape.field(EXAMPLE)] == []


def test_readers_see_an_example_as_one(make_site: MakeSite) -> None:
    handbook = load(make_site({"mkdocs.yml": CONFIG, "tools_inventory.yaml": TOOLS}))
    entry = handbook.entry("tool", "loom")
    assert (entry.name, handbook.entry("tool", "linear").name) == ("Loom (example)", "Linear")
    pages = make_contents(handbook, {"site_name": "Test"}).pages
    assert pages["tools/loom.md"].title == "Loom (example)"
    assert "<strong>This is an example.</strong>" in pages["tools/loom.md"].markdown
    assert "Loom &#40;example&#41;" in pages["tools/index.md"].markdown
    assert "example" not in pages["tools/linear.md"].markdown
    with speaking(make_language("de", {})):
        assert entry.name == "Loom (Beispiel)"


def test_an_example_is_never_due_and_reported_only_on_request(make_site: MakeSite) -> None:
    assert load(make_site({"tools_inventory.yaml": TOOLS})).findings == ()
    rules = "rules: {HB359: error}\n"
    handbook = load(make_site({"tools_inventory.yaml": TOOLS, "sources/handbook.yaml": rules}))
    (finding,) = (each for each in handbook.findings if each.code != "HB316")
    assert (finding.code, str(finding.severity), finding.span.line) == ("HB359", "error", 8)
    assert finding.message == "Example 1 of 1"
