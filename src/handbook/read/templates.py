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
        found = list(Environment(autoescape=True).parse(text).find_all(nodes.Call))
    except TemplateSyntaxError as error:
        raise MacroSyntaxError(error.message or "", error.lineno) from error
    # Jinja reads by recursion, and makes numbers of any length.
    except RecursionError as error:
        message = "an expression or a block is nested too deep"
        raise MacroSyntaxError(message, 1) from error
    except ValueError as error:
        message = "a number has too many digits"
        raise MacroSyntaxError(message, 1) from error
    return tuple(
        MacroCall(
            call.node.name,
            call.lineno,
            tuple(arg.value if isinstance(arg, nodes.Const) else None for arg in call.args),
        )
        for call in found
        if isinstance(call.node, nodes.Name)
    )
