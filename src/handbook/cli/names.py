"""Report unknown content types and entries on one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from handbook.cli.errors import UsageError
from handbook.link.catalogue import HiddenEntryError, UnknownEntryError
from handbook.loaded.handbook import Handbook


@contextmanager
def entry_or_usage_error(handbook: Handbook) -> Iterator[None]:
    """Turn an unknown content type or ID into an error that suggests the closest name.

    Raises:
        UsageError: The content type or the ID is unknown.
    """
    try:
        yield
    except HiddenEntryError as error:
        message = (
            f"The entry is hidden from the audience `{handbook.audience}`. Set another one with `--audience`."
        )
        raise UsageError(message) from error
    except UnknownEntryError as error:
        raise UsageError(error.full_message) from error
