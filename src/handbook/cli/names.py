"""What commands that ask for an entry share: one line for a name that is not there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from handbook.cli.errors import UsageError
from handbook.handbook import Handbook
from handbook.link.catalogue import HiddenEntryError, UnknownEntryError


@contextmanager
def entry_or_usage_error(handbook: Handbook) -> Iterator[None]:
    """Turns a kind or an id that is not there into one line that names the nearest.

    Raises:
        UsageError: That line.
    """
    try:
        yield
    except HiddenEntryError as error:
        message = f"the entry is for a higher audience than `{handbook.audience}`; see --audience"
        raise UsageError(message) from error
    except UnknownEntryError as error:
        raise UsageError(f"{error}; {error.hint}" if error.hint else str(error)) from error
