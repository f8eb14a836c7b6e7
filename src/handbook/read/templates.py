"""Pages as Jinja reads them."""

from __future__ import annotations

from jinja2 import Environment, TemplateSyntaxError, nodes

from handbook.read.macros import MacroCall, MacroSyntaxError


def calls(text: str) -> tuple[MacroCall, ...]:
    """The macros that a text calls by name.

    Raises:
        MacroSyntaxError: It is not valid Jinja.
    """
    try:
        tree = Environment(autoescape=True).parse(text)
    except TemplateSyntaxError as error:
        raise MacroSyntaxError(error.message or "", error.lineno) from error
    return tuple(
        MacroCall(
            call.node.name,
            call.lineno,
            tuple(arg.value if isinstance(arg, nodes.Const) else None for arg in call.args),
        )
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name)
    )
