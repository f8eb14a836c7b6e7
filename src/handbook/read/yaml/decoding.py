"""Decode the bytes of a file, and refuse characters that could harm later stages."""

from __future__ import annotations

from itertools import islice

from handbook.base.regex import regex
from handbook.read.yaml.changes import Change
from handbook.read.yaml.faults import Fault, FaultKind

FORBIDDEN = regex(
    # In addition to what YAML forbids: U+0085, U+2028 and U+2029, which YAML 1.2 reads as text and libyaml as
    # line ends, and a byte order mark inside the text. They are invisible, so no one adds them on purpose.
    # The pattern lists forbidden characters: Python takes twenty times as long to compile the opposite.
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
_ASCII = bytes(byte for byte in range(0x7F) if byte >= ord(" ") or byte in b"\t\n\r")
"""The allowed characters of ASCII."""
_MEANINGLESS = regex("[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff]")
"""Those that can be removed: the others end a line, or are another character in the wrong encoding."""

_MOST_REMOVED = 1_000
"""How many of them are removed at most: a file with more is no text that someone has typed."""


class RefusedError(Exception):
    """Raised for a text without a value, with as much of the text as could be decoded."""

    def __init__(self, text: str, fault: Fault) -> None:
        super().__init__(fault.message)
        self.text = text
        self.fault = fault


def decode(data: bytes) -> str:
    """Decode the bytes of a file, without a byte order mark.

    Raises:
        RefusedError: The text is not UTF-8, or contains a character that YAML forbids.
    """
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8").removeprefix("\ufeff")
        wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        message = "File is UTF-16" if wide else f"Byte 0x{data[error.start]:02x} is not valid UTF-8"
        hint = "Save the file in UTF-8 encoding"
        raise RefusedError(
            before, Fault(FaultKind.ENCODING, message, hint, len(before), len(before) + 1)
        ) from error
    # Searching with a pattern takes ten times as long, and most files need none.
    forbidden = FORBIDDEN.search(text) if data.translate(None, _ASCII) else None
    if forbidden:
        message = f"Invisible character U+{ord(forbidden[0]):04X} is not allowed"
        hint = "Remove it, or type the text again"
        places = islice(_MEANINGLESS.finditer(text), _MOST_REMOVED)
        removed = tuple(Change(*found.span(), "") for found in places)
        is_all = len(removed) == sum(1 for _ in FORBIDDEN.finditer(text))
        fault = Fault(FaultKind.CHARACTER, message, hint, *forbidden.span(), removed if is_all else ())
        raise RefusedError(text, fault)
    return text
