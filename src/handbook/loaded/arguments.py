"""Check the arguments that scripts pass: a wrong type is an error of the script, on one line."""

from __future__ import annotations

from handbook.base.errors import HandbookError
from handbook.base.words import shown


def require(value: object, wanted: type | tuple[type, ...], name: str, hint: str) -> None:
    """Raise an error unless an argument has the right type.

    Args:
        value: The argument.
        wanted: The types that it can have.
        name: Its name.
        hint: What to pass.

    Raises:
        HandbookError: It has another type.
    """
    if not isinstance(value, wanted):
        raise HandbookError(f"Wrong value {shown(value)} for `{name}`", hint)
