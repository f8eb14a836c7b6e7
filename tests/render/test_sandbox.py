"""Views and downloads are data: they read what they are given, and do nothing else."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import BuiltinFunctionType, CodeType, FrameType, FunctionType, ModuleType
from typing import Any

import pytest
from jinja2 import Undefined
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context

from handbook.base.csv_text import csv_value
from handbook.base.findings import Finding
from handbook.check.templates import view_problems
from handbook.read.files import Site, find_site
from handbook.read.page_language import PAGE_FILTERS, PAGE_TESTS, VIEW_FILTERS, VIEW_TESTS, VIEW_VALUES
from handbook.render.environment import VIEW_ERRORS, ViewError, make_environment
from handbook.render.render import Renderer
from handbook.render.repository import Repository
from handbook.render.sandbox import Function, Sandbox, offer
from tests.cases import read_cases
from tests.conftest import MakeBasis
from tests.effort import runs
from tests.sites import ROOT, TOOL

CASES = read_cases(Path(__file__).parent / "cases/view_templates.yaml")


def case_name(case: Mapping[str, Any]) -> str:
    return str(case["text"]).replace("\n", " ")[:60]


@pytest.fixture
def renderer(make_basis: MakeBasis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Renderer:
    monkeypatch.setattr("handbook.render.limits.STEPS", 300_000)  # the limit itself takes seconds
    basis = make_basis({"tools_inventory.yaml": TOOL, "secret.txt": "root:"})
    (tmp_path / "macros").mkdir()
    (tmp_path / "macros/linked.jinja").symlink_to(tmp_path / "secret.txt")

    return Renderer(basis, Repository(find_site(tmp_path), None, None))


def values(renderer: Renderer) -> dict[str, Any]:
    """What a view of the tool is given."""
    context = renderer.context("tools/index.md")
    entry = renderer.catalogue.entry("tool", "linear")
    renderer._current.begin(context)  # noqa: SLF001
    return {"entry": context.entry(entry)}


def render(renderer: Renderer, text: str) -> str:
    return renderer._views.environment.from_string(text).render(values(renderer))  # noqa: SLF001


@pytest.mark.parametrize(
    ("view", "text"),
    [
        ("[{{ entry.owner.name }}]", "[]"),
        ("[{{ entry['contract']['ends'] | day }}]", "[]"),
        ("[{{ entry.contract.notice.days | number }}]", "[]"),
        ("{% for link in entry.owner.links %}{{ link }}{% else %}none{% endfor %}", "none"),
        ("{{ entry.links[0].title | default('no link') }}", "no link"),
        ("{% if entry.owner.name %}yes{% else %}no{% endif %}", "no"),
    ],
)
def test_a_field_of_what_an_entry_lacks_is_empty(view: str, text: str, renderer: Renderer) -> None:
    assert render(renderer, view) == text


@pytest.mark.parametrize("view", ["{{ entry.name.of }}", "{{ entry.owner.__class__ }}", "{{ none.x() }}"])
def test_a_field_of_a_text_stays_an_error(view: str, renderer: Renderer) -> None:
    with pytest.raises(VIEW_ERRORS):
        render(renderer, view)


@pytest.mark.parametrize("case", CASES["refused"], ids=case_name)
def test_what_a_view_may_not_do_is_refused(case: Mapping[str, Any], renderer: Renderer) -> None:
    with pytest.raises((*VIEW_ERRORS, ViewError)) as caught:
        render(renderer, case["text"])
    assert case["says"] in str(caught.value)


@pytest.mark.parametrize("case", CASES["allowed"], ids=case_name)
def test_what_a_view_may_do_is_done(
    case: Mapping[str, Any],
    renderer: Renderer,
    tmp_path: Path,
    check: Callable[[Mapping[str, str | bytes]], list[Finding]],
) -> None:
    assert render(renderer, case["text"]) == case["shows"]
    (tmp_path / "macros/linked.jinja").unlink()
    findings = check({"tools_inventory.yaml": TOOL, "macros/tool.jinja": case["text"]})
    assert [found.message for found in findings if "nothing" not in found.message] == []


@pytest.mark.parametrize("case", CASES["found"], ids=case_name)
def test_what_is_wrong_with_a_view_is_found(
    case: Mapping[str, Any], check: Callable[[Mapping[str, str | bytes]], list[Finding]]
) -> None:
    findings = check({"tools_inventory.yaml": TOOL, "macros/figures/tool.jinja": case["text"]})
    assert {(found.code, found.path) for found in findings} == {("HB210", "macros/figures/tool.jinja")}
    shown = [f"{found.span.line}:{found.span.column} {found.message}" for found in findings]
    assert any(line.startswith(case["finds"]) for line in shown), shown
    assert all(found.hint for found in findings)


def test_a_view_that_is_no_text_or_no_file_of_the_site_is_found(
    check: Callable[[Mapping[str, str | bytes]], list[Finding]], tmp_path: Path
) -> None:
    (tmp_path / "macros").mkdir()
    (tmp_path / "macros/leak.jinja").symlink_to("/etc/hostname")
    findings = check({"macros/a.jinja": b"one\n\xff", "macros/b.jinja": b"x" * 1_000_001})
    assert [(found.code, found.path, found.span.line) for found in findings] == [
        ("HB210", "macros/a.jinja", 2),
        ("HB210", "macros/b.jinja", 1),
        ("HB001", "macros/leak.jinja", 1),
    ]


@pytest.mark.parametrize("suffix", ["csv", "markdown"])
def test_a_download_is_rendered_in_the_same_sandbox(renderer: Renderer, tmp_path: Path, suffix: str) -> None:
    text = "{{ cycler.__init__.__globals__.os.popen('id').read() }}"
    (tmp_path / f"macros/tool.download.{suffix}.jinja").write_text(f"One\n{text}\n", "utf-8")
    entry = renderer.catalogue.entry("tool", "linear")
    with pytest.raises(
        ViewError, match=rf"^macros/tool\.download\.{suffix}\.jinja:2:1: HB210 error: .*unsafe"
    ):
        renderer._downloads.text(entry, suffix)  # noqa: SLF001


def test_what_the_check_allows_is_what_there_is(renderer: Renderer) -> None:
    environment = renderer._views.environment  # noqa: SLF001
    assert VIEW_VALUES - {"entry", "byline"} == {*environment.globals, *values(renderer)} - {"entry"}
    assert environment.filters.keys() >= VIEW_FILTERS
    assert environment.tests.keys() >= VIEW_TESTS
    assert environment.tests.keys() >= PAGE_TESTS
    assert PAGE_FILTERS.keys() - environment.filters.keys() == {"safe"}


VIEWS = sorted(ROOT.glob("macros/**/*.jinja"))


@pytest.mark.parametrize("path", VIEWS, ids=[path.name for path in VIEWS])
def test_no_shipped_view_uses_what_a_view_must_not(path: Path) -> None:
    names = frozenset(view.relative_to(ROOT / "macros").as_posix() for view in VIEWS)
    is_part = path.name.startswith("_")
    assert list(view_problems(path.read_text("utf-8"), names, is_part=is_part)) == []


# From wherever a template begins, and whatever it reads or calls, it gets to no part of Python.

INNER = (type, ModuleType, FunctionType, CodeType, FrameType)
NAMES = (
    *(
        "__class__",
        "__init__",
        "__globals__",
        "__builtins__",
        "__dict__",
        "__mro__",
        "__subclasses__",
        "__self__",
    ),
    *("__func__", "__wrapped__", "__code__", "__closure__", "__module__", "__call__", "__getattribute__"),
    *(
        "gi_frame",
        "gi_code",
        "f_globals",
        "f_back",
        "tb_frame",
        "cr_frame",
        "mro",
        "os",
        "sys",
        "open",
        "eval",
    ),
    *(
        "func",
        "environment",
        "name",
        "parts",
        "items",
        "get",
        "format",
        "render",
        "module",
        "super",
        "blocks",
    ),
    *(
        "_entry",
        "_context",
        "_function",
        "_data",
        "_value",
        "_shape",
        "_place",
        "append",
        "read_text",
        "caller",
    ),
)


def reached(environment: Sandbox, context: Context, start: Any, choose: random.Random) -> Iterator[Any]:
    """What a random walk of attributes, items and calls comes across."""
    value = start
    for _ in range(12):
        names = [*NAMES, *(name for name in dir(value) if choose.random() < 0.3)]
        way = choose.random()
        try:
            if way < 0.55:
                value = environment.getattr(value, choose.choice(names))
            elif way < 0.75:
                value = environment.getitem(value, choose.choice([*names, 0, -1, "a"]))
            else:
                arguments = [
                    choose.choice(["__class__", "a", 1, [], start]) for _ in range(choose.randrange(3))
                ]
                value = environment.call(context, value, *arguments)
        except (*VIEW_ERRORS, ViewError, SecurityError):
            return
        if isinstance(value, Undefined):
            return
        yield value


def test_no_walk_leads_to_python(renderer: Renderer) -> None:
    environment = renderer._views.environment  # noqa: SLF001
    given = values(renderer)
    template = environment.from_string(
        "{% macro m() %}{% endmacro %}{% block b %}{% endblock %}{% import '_parts.jinja' as parts %}"
    )
    context = template.new_context(given)
    starts = [
        *environment.globals.values(),
        *given.values(),
        *("text", 1, 1.5, None, True, [1], {"a": 1}, ("a",)),
        template.module,
        *vars(template.module).values(),
        (item for item in ("a",)),
        context.blocks,
    ]
    choose = random.Random(14)  # noqa: S311
    bad = (sys.modules["os"], sys, open, eval, exec)
    for _ in range(runs(sample=4_000, full=100_000)):
        start = choose.choice(starts)
        environment.meter.begin()
        for value in reached(environment, context, start, choose):
            assert value not in bad if not isinstance(value, (list, dict)) else True
            assert not isinstance(value, INNER)
            is_function = isinstance(value, BuiltinFunctionType)
            assert not is_function or isinstance(value.__self__, (str, dict, list, tuple))


def test_a_function_that_is_offered_is_nothing_but_callable() -> None:
    function = offer({"f": lambda: 1})["f"]
    assert isinstance(function, Function)
    assert function() == 1
    assert not hasattr(function, "__dict__")


def test_both_finalizers_of_downloads_keep_to_the_limits(tmp_path: Path) -> None:
    for finalizer in (csv_value, str):
        environment = make_environment(Site(tmp_path, tmp_path), finalizer)
        with pytest.raises(VIEW_ERRORS, match="too long"):
            environment.from_string("{{ 'a' * 99999999 }}").render()
