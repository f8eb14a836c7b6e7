"""The functions by which views translate their strings.

`_("Owner")` is a text, shown like any other string of the view. The text of a `trans` block is a part of the
page, like all text of a view, and can have markup; only its values are escaped.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from markupsafe import Markup
from markupsafe import escape as as_html

from handbook.base import language
from handbook.base.language import fill, grouped, translate, translate_plural
from handbook.base.text import escape

_Method = TypeVar("_Method", bound=Callable[..., str])


def translating_functions(
    finalizer: Callable[[object], object], *, is_page: bool
) -> dict[str, Callable[..., Any]]:
    """Return the functions for an environment, by name. Jinja calls those but `_` for `trans` blocks.

    Args:
        finalizer: Converts the output of a view.
        is_page: Whether the output is a page, in which values are escaped.
    """

    def block(text: str, variables: dict[str, Any]) -> str:
        shown = {name: finalizer(value) for name, value in variables.items()}
        worded = language.current().with_words(text, escape if is_page else str)
        if not is_page:
            return fill(worded, {name: str(value) for name, value in shown.items()})
        return Markup(fill(worded, {name: as_html(value) for name, value in shown.items()}))  # noqa: S704 - just escaped

    def text(message: str, /, **variables: Any) -> str:
        return language._(message, **{name: finalizer(value) for name, value in variables.items()})

    def gettext(message: str, /, **variables: Any) -> str:
        return block(translate(message), variables)

    def ngettext(singular: str, plural: str, number: float, /, **variables: Any) -> str:
        # A `trans` block has the number under a name of its own.
        values = {name: grouped(value) if value == number else value for name, value in variables.items()}
        return block(translate_plural(singular, plural, number), {"num": grouped(number), **values})

    def pgettext(context: str, message: str, /, **variables: Any) -> str:
        return block(translate(message, context), variables)

    return {"_": text, "gettext": gettext, "ngettext": ngettext, "pgettext": pgettext}


def in_language(method: _Method) -> _Method:
    """Write what a method returns in the language of its object, which its readers speak."""

    @wraps(method)
    def write(self: Any, *args: Any, **kwargs: Any) -> str:
        with language.speaking(self.language):
            return method(self, *args, **kwargs)

    return cast("_Method", write)
