"""The Jinja environment of shipped views, which take about half the time that they take in the sandbox.

Shipped views are code, like the functions that they call, so they need neither its checks nor its limits.
Nothing of a site runs here: the environment loads only installed files. `Views` decides which views use it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from io import StringIO
from typing import Any, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from markupsafe import Markup
from markupsafe import escape as as_html

from handbook.base.text import Plain, escape, finalize
from handbook.read.files import Site
from handbook.read.packs import installed
from handbook.read.view_files import VIEWS
from handbook.render.compiled import compiled_installed
from handbook.render.missing import Missing
from handbook.render.view_language import OPTIONS, TESTS, general_functions, view_filters


class _Code(CodeGenerator):
    """Writes a call and an output of a view as a single call of Python."""

    def visit_Call(  # noqa: N802 - the library's name
        self,
        node: nodes.Call,
        frame: Frame,
        forward_caller: bool = False,  # noqa: FBT001, FBT002 - as the library calls it
    ) -> None:
        # No function of a view asks for its context, so Jinja needs no part in the call.
        self.visit(node.node, frame)
        whole, self.stream = self.stream, StringIO()
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        arguments, self.stream = self.stream.getvalue(), whole
        self.write(f"({arguments.removeprefix(', ')})")

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        # Jinja's own escaping of a constant is that of HTML.
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: object) -> None:  # noqa: ARG002
        self.write("environment.show(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: object) -> None:  # noqa: ARG002
        self.write(")")


class _Template(Template):
    """A template whose macros all views share that import it."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:  # noqa: ARG002
        # All templates have the same globals, so Jinja need not compare them at each import.
        return super()._get_default_module()


class ShippedViews(Environment):
    """The environment of shipped views on pages.

    Args:
        site: The site of the pages.
        functions: The functions of views on pages, by name.
    """

    template_class = _Template
    code_generator_class = _Code

    def __init__(self, site: Site, functions: Mapping[str, Callable[..., Any]]) -> None:
        folders = [folder for folder in installed(VIEWS) if folder.is_dir()]
        super().__init__(
            loader=FileSystemLoader(folders),
            bytecode_cache=compiled_installed(),
            undefined=StrictUndefined,
            optimized=False,  # constants can have words in the language of the readers
            autoescape=True,
            **OPTIONS,
        )
        # As in the sandbox.
        self.newstyle_gettext = True
        self.globals = {**general_functions(site), **functions}
        self.filters = view_filters(is_page=True)
        self.tests |= TESTS

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:  # noqa: ARG002
        """Return the functions of a template. All have the same, and each rendering copies them."""
        return self.globals

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute, or an item of that name."""
        if obj is None:
            return Missing(obj=obj, name=attribute)
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return an item, or an attribute of that name."""
        is_missing = obj is None and isinstance(argument, int)
        return Missing(name=str(argument)) if is_missing else super().getitem(obj, argument)

    @staticmethod
    def show(value: object) -> str:
        """Return the output of `{{ … }}`."""
        kind = type(value)
        if kind is Markup:
            return cast("Markup", value)
        # As below, with fewer calls for what most values are.
        return escape(cast("str", value)) if kind is Plain or kind is str else as_html(finalize(value))
