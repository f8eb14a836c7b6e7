"""Render the macros on pages for both engines: mkdocs-macros finds the macros, the sandbox runs them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, TypeGuard

from jinja2.filters import FILTERS as DEFAULT_FILTERS

from handbook.base.findings import Finding
from handbook.base.markdown_limits import find_excess
from handbook.check.page_names import TemplateProblem, page_names, syntax_problem
from handbook.check.templates import page_problems
from handbook.loaded.handbook import Handbook
from handbook.publish.empty_sections import Shown, is_nothing, without_empty_sections
from handbook.publish.page_findings import MARK, calling_line, first_mark, line_of, page_finding
from handbook.publish.portable_pages import PortablePages
from handbook.read.macro_names import MacroNames
from handbook.read.macro_settings import is_rendered, make_macro_settings
from handbook.read.page_language import PAGE_FILTERS, PAGE_TESTS, MacroSyntaxError
from handbook.render.filters import round_number
from handbook.render.macros import MacroError
from handbook.render.reasons import reason_of
from handbook.render.sandbox import RENDERING_ERRORS, Function, Sandbox

if TYPE_CHECKING:
    from mkdocs_macros.plugin import MacrosPlugin

Report = Callable[[Finding, str], object]
"""Records a finding and its line."""

_PAGE_CALL = 500
"""The cost of a macro call: a page can make at most 10,000 calls."""
_LARGE, _SMALL = 10_000, 1_000
"""A longer result of a shorter call comes from the macro itself and is not checked on the page."""
_BUILT_IN = "mkdocs_macros"
_LINK = "ref"
"""The macro for links within a sentence."""


class SiteMacroError(Exception):
    """A macro or filter of the site itself failed."""


def take_over(plugins: Iterable[object], handbook: Handbook, report: Report, portable: PortablePages) -> None:
    """Make mkdocs-macros render pages in the sandbox, and never render titles.

    Args:
        plugins: The plugins of a site; all but mkdocs-macros stay unchanged.
        handbook: The handbook of the build.
        report: Records the findings of a page.
        portable: Keeps the pages as Markdown without HTML.
    """
    for plugin in plugins:
        if is_macros_plugin(plugin):
            rendering = _Rendering(plugin, handbook, report, portable)
            # Attributes of this object override the methods of its class.
            vars(plugin).update(render=rendering.render, has_j2=lambda _text: False)


def is_macros_plugin(plugin: object) -> TypeGuard[MacrosPlugin]:
    """Return whether a plugin is mkdocs-macros. Only sites that use it load it, because that takes long."""
    module = sys.modules.get("mkdocs_macros.plugin")
    return module is not None and isinstance(plugin, module.MacrosPlugin)


class _Rendering:
    """Replaces the rendering of one mkdocs-macros plugin during one build."""

    def __init__(
        self, plugin: MacrosPlugin, handbook: Handbook, report: Report, portable: PortablePages
    ) -> None:
        self._portable = portable
        self._results: dict[tuple[str, str], Any] = {}
        self._plugin = plugin
        self._handbook = handbook
        self._report = report
        self._settings = make_macro_settings(plugin.config)
        self._large: list[str] = []
        self._shown: list[Shown] = []
        self._has_mistakes = False

    def render(self, markdown: str, force_rendering: bool = False) -> str:  # noqa: FBT001, FBT002 - as the plugin's own
        """Render a page, as the method of the plugin does. A page with findings becomes empty."""
        page = self._plugin.page
        path = page.file.src_uri
        options = page.meta or {}
        settings = self._settings._replace(render_by_default=True) if force_rendering else self._settings
        if not is_rendered(options, path, settings) or not MARK.search(markdown):
            return markdown
        try:
            problems = list(page_problems(markdown, self._names))
        except MacroSyntaxError as error:
            problems = [syntax_problem(error)]
        if problems:
            return self._refused(markdown, *problems)
        self._results.clear()
        self._has_mistakes = False
        try:
            rendered = own = self._rendered(markdown, self._sandbox)
        except (*RENDERING_ERRORS, SiteMacroError) as error:
            message = f"The macros on this page cannot be rendered: {reason_of(error)}"
            hint = "Use only the results of macros: texts, numbers, lists and mappings"
            return self._refused(markdown, TemplateProblem(line_of(error), "", message, hint))
        for made in self._large:
            own = own.replace(made, "x", 1)
        if excess := next(find_excess(own), None):
            message = f"The result of the macros on this page cannot be rendered: {excess.message}"
            return self._refused(markdown, TemplateProblem(first_mark(markdown), "", message, excess.hint))
        self._keep(path)
        return rendered

    def _rendered(self, markdown: str, sandbox: Sandbox) -> str:
        """Return a page with its macros rendered, without the sections whose macros have nothing to show."""
        self._large.clear()
        self._shown.clear()
        rendered = sandbox.from_string(markdown).render()
        shorter = without_empty_sections(markdown, self._shown)
        if shorter == markdown or self._has_mistakes:
            return rendered
        self._large.clear()
        return sandbox.from_string(shorter).render()

    def _keep(self, path: str) -> None:
        """Keep the page as Markdown without HTML, if it is one of the handbook's and has no mistakes."""
        source = self._portable.source(path)
        if source is not None and not self._has_mistakes:
            # A filter of the page can expect the HTML of a macro. Its own text then has to do.
            with suppress(*RENDERING_ERRORS, SiteMacroError):
                self._portable.keep(path, self._rendered(source, self._portable_sandbox))

    def _refused(self, markdown: str, *problems: TemplateProblem) -> str:
        """Report problems of a text, and return what is shown instead."""
        path = self._plugin.page.file.src_uri
        for problem in problems:
            self._report(*page_finding(markdown, self._handbook.pages.get(path), path, problem))
        return ""

    @cached_property
    def _names(self) -> MacroNames:
        """The macros, filters and variables of pages after all modules are loaded."""
        names = page_names(self._handbook.context)
        names.macros = {name for name, macro in self._plugin.macros.items() if not _is_built_in(macro)}
        names.filters = {name for name, given in self._plugin.filters.items() if not _is_built_in(given)}
        # The plugin's variables include the settings and details of the computer. Pages get only the
        # variables that a module sets.
        names.variables &= set(self._plugin.variables)
        names.is_complete = True
        return names

    def _macro(self, name: str) -> Callable[..., Any]:
        """Return a macro, with mistakes in its arguments as findings, and with its large results recorded."""
        macro = _guarded(self._plugin.macros[name], f"the macro `{name}`")

        @wraps(macro)
        def call(*args: Any, **kwargs: Any) -> Any:
            try:
                result = macro(*args, **kwargs)
            except MacroError as error:
                self._has_mistakes = True
                problem = TemplateProblem(calling_line(), "", error.message, error.hint)
                return self._refused(self._plugin.markdown, problem)
            self._note(name, result)
            self._results[name, repr((args, kwargs))] = result
            if isinstance(result, str) and len(result) > _LARGE and len(str((args, kwargs))) < _SMALL:
                self._large.append(str(result))
            return result

        return call

    def _note(self, name: str, result: object) -> None:
        if name != _LINK:
            self._shown.append(Shown(calling_line(), is_nothing(result)))

    def _portable_macro(self, name: str) -> Callable[..., Any]:
        """Return a macro that writes Markdown, or repeats its result on the page: it is never run twice."""
        written = self._portable.macros.get(name)

        def call(*args: Any, **kwargs: Any) -> Any:
            result = self._results.get((name, repr((args, kwargs))), "")
            self._note(name, result)
            return result if written is None or is_nothing(result) else written(*args, **kwargs)

        return call

    @cached_property
    def _sandbox(self) -> Sandbox:
        sandbox = self._make_sandbox(self._macro)
        # Modules and other plugins use this attribute.
        vars(self._plugin).update(_env=sandbox)
        return sandbox

    @cached_property
    def _portable_sandbox(self) -> Sandbox:
        return self._make_sandbox(self._portable_macro)

    def _make_sandbox(self, macro: Callable[[str], Callable[..., Any]]) -> Sandbox:
        names = self._names
        filters = {name: DEFAULT_FILTERS[name] for name in PAGE_FILTERS} | {"round": round_number}
        filters |= {
            name: _guarded(self._plugin.filters[name], f"the filter `{name}`") for name in names.filters
        }
        macros = {name: Function(macro(name), _PAGE_CALL) for name in names.macros}
        variables = {name: self._plugin.variables[name] for name in names.variables}
        sandbox = Sandbox(filters=filters, globals_=variables | macros, finalize=_as_text)
        sandbox.tests = {name: test for name, test in sandbox.tests.items() if name in PAGE_TESTS}
        return sandbox


def _is_built_in(function: object) -> bool:
    """Tell whether a macro or filter comes from mkdocs-macros. Those reveal details of the computer."""
    return str(getattr(function, "__module__", "")).startswith(_BUILT_IN)


def _guarded(function: Callable[..., Any], what: str) -> Callable[..., Any]:
    """Return the function, with unexpected errors turned into findings."""

    @wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except RENDERING_ERRORS:
            raise
        except Exception as error:  # the site's own code can raise anything
            raise SiteMacroError(f"{what} failed: {type(error).__name__}: {error}") from error

    return call


def _as_text(value: object) -> str:
    """Return a value as the text of a page."""
    return "" if value is None else str(value)
