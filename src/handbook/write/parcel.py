"""Find the proposal in a text that people send: an issue, a chat message or an email.

An issue shows it as JSON in a block. Programs for messages wrap lines, quote them and curl quotation
marks, so a message has it as letters and digits, with a checksum.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, NoReturn
from zlib import crc32

from handbook.base.words import count
from handbook.write.proposal import Proposal, ProposalError, read_proposal

MARK = "handbook-proposal"
"""What marks the block of an issue, and says in a workflow that an issue has one."""

MOST = 65_536
"""The largest proposal in bytes."""

_MOST_OF_A_TEXT = 4 * MOST
"""The largest text around it in bytes: an issue on GitHub has up to 65,536 characters."""

_MOST_QUOTED = 10
"""The most marks of quotation before a line."""

_WIDTH = 64
_BEGIN, _END = "[handbook proposal]", "[end {:08x}]"
_MESSAGE = re.compile(
    r"\\?\[\s*handbook[\s>|]+proposal\s*\\?\](?P<data>[^\[\]]*?)\\?\[\s*end\s+(?P<sum>[0-9a-f]{8})\s*\\?\]",
    re.IGNORECASE,
)
_BEGUN = re.compile(r"\\?\[\s*(handbook[\s>|]+proposal)\s*\\?\]", re.IGNORECASE)
_ALONE = re.compile(r"\s*\{|(?s:.*\n)?proposal:[ \t]*1\b")
"""The start of a file that is a proposal, and no text with one in it."""

_FENCE = re.compile(r"(?P<quote>(?:[ \t]*>)*)[ ]{0,3}(?P<fence>`{3,}|~{3,})(?P<info>.*)")
_INFO = re.compile(rf"\s*json\s+{MARK}\s*")
_NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/]")
_CURLED = re.compile("[\u201c\u201d\u201e\u00ab\u00bb]")
_ADVICE = "Copy the whole proposal again"


def read_sent(data: bytes, name: str) -> Proposal:
    """Return a proposal from a file: alone, as JSON or YAML, or in the text of an issue or a message.

    Args:
        data: The content of the file.
        name: Its name, for messages.

    Raises:
        ProposalError: It has no valid proposal.
    """
    text = data.decode("utf-8-sig", "replace")
    if _ALONE.match(text) or not has_parcel(text):
        return read_proposal(data, name)
    return read_parcel(text, name)


def has_parcel(text: str) -> bool:
    """Return whether a text seems to have a proposal in it."""
    return bool(_BEGUN.search(text)) or any(_INFO.fullmatch(info or "") for info, _ in _parts(text))


def only_confirms(text: str) -> bool:
    """Return whether the proposal in a text only says that something is still right."""
    try:
        return all(each.op == "confirm" for each in read_parcel(text, "").operations)
    except ProposalError:
        return False


def read_parcel(text: str, name: str) -> Proposal:
    """Return the proposal in the text of an issue or a message.

    Args:
        text: The text.
        name: Its name, for messages.

    Raises:
        ProposalError: It has none, several or an invalid one.
    """
    if len(text.encode("utf-8", "replace")) > _MOST_OF_A_TEXT:
        raise ProposalError(f"{name}: Text with more than {_MOST_OF_A_TEXT:,} bytes", "Send a shorter one")
    values = [_parsed(each, name) for each in _payloads(text, name)]
    # An answer quotes what it answers.
    found = {json.dumps(each, sort_keys=True): each for each in values}
    if not found:
        hint = f"Add a block that starts with the line ```json {MARK}"
        raise ProposalError(f"{name}: Text without a proposal", hint)
    if len(found) > 1:
        raise ProposalError(f"{name}: {count(len(found), 'proposal')} in one text", "Send each of them alone")
    (value,) = found.values()
    return read_proposal(_lines_of(value).encode(), name)


def issue_text(words: str, proposal: Any) -> str:
    """Return the text of an issue with a proposal.

    Args:
        words: What it changes, for people.
        proposal: The proposal, as the value of its JSON.
    """
    return f"{_marked_off(words)}\n\n```json {MARK}\n{_lines_of(proposal)}\n```\n"


def message_text(words: str, proposal: Any, advice: str) -> str:
    """Return a message with a proposal.

    Args:
        words: What it changes, for people.
        proposal: The proposal, as the value of its JSON.
        advice: What to do with the message.
    """
    data = _lines_of(proposal).encode()
    code = base64.b64encode(data).decode()
    lines = [code[start : start + _WIDTH] for start in range(0, len(code), _WIDTH)]
    return "\n".join([_marked_off(words), "", _BEGIN, *lines, _END.format(crc32(data)), advice, ""])


def _marked_off(words: str) -> str:
    """Return the words before a proposal. A value in them that has the mark of one is still only a value."""
    return _BEGUN.sub(r"(\1)", words).rstrip()


def _lines_of(value: Any) -> str:
    """Return a proposal as JSON with one operation in a line, as the script of the form writes it."""
    operations = value.get("operations") if isinstance(value, dict) else None
    if not isinstance(operations, list) or not operations:
        return _as_json(value)
    head = _as_json({name: part for name, part in value.items() if name != "operations"})[:-1]
    listed = ",\n".join(map(_as_json, operations))
    return f'{head}{"," * (len(value) > 1)}"operations":[\n{listed}\n]}}'


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _payloads(text: str, name: str) -> Iterator[str]:
    """Yield the JSON of each proposal in a text.

    The text of an issue also shows the values in blocks. These can say anything, even a message.
    """
    parts = list(_parts(text))
    blocks = [lines for info, lines in parts if _INFO.fullmatch(info or "")]
    for lines in blocks:
        if lines is None:
            raise ProposalError(f"{name}: The block with the proposal has no end", _ADVICE)
        yield "\n".join(lines)
    if blocks:
        text = "\n".join(line for info, lines in parts if info is None for line in lines or ())
    done = 0
    for match in _MESSAGE.finditer(text):
        done += 1
        yield _decoded(match["data"], int(match["sum"], 16), name)
    if done != len(_BEGUN.findall(text)):
        raise ProposalError(f"{name}: The message with the proposal has no end", _ADVICE)


def _parts(text: str) -> Iterator[tuple[str | None, Sequence[str] | None]]:
    """Yield each fenced block: the words after its start and its lines; `None` if it has no end.

    Each line outside has `None` for the words. A block can be quoted, as in an answer. What is inside another
    block is a part of that.
    """
    lines = iter(text.splitlines())
    for line in lines:
        start = _FENCE.fullmatch(line)
        depth = start["quote"].count(">") if start else 0
        if start is None or depth > _MOST_QUOTED or (start["fence"][0] == "`" and "`" in start["info"]):
            yield None, [line]
            continue
        fence = start["fence"]
        ends = re.compile(rf"[ ]{{0,3}}{re.escape(fence[0])}{{{len(fence)},}}[ \t]*")
        inside: list[str] = []
        has_end = False
        for quoted in lines:
            own = _unquoted(quoted, depth)
            has_end = bool(ends.fullmatch(own))
            if has_end:
                break
            inside.append(own)
        yield start["info"], inside if has_end else None


def _unquoted(line: str, depth: int) -> str:
    for _ in range(depth):
        line = re.sub(r"^[ \t]*>[ ]?", "", line, count=1)
    return line


def _decoded(code: str, checksum: int, name: str) -> str:
    """Return what a message carries."""
    letters = _NOT_BASE64.sub("", code)
    try:
        data = base64.b64decode(letters + "=" * (-len(letters) % 4), validate=True)
        if crc32(data) == checksum:
            return data.decode()
    except (binascii.Error, UnicodeDecodeError):
        pass
    raise ProposalError(f"{name}: The message with the proposal was changed or cut on its way", _ADVICE)


def _parsed(text: str, name: str) -> Any:
    """Return the value of JSON that a stranger may have written."""
    if len(text.encode("utf-8", "replace")) > MOST:
        raise ProposalError(f"{name}: Proposal with more than {MOST:,} bytes", "Split it into several")
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse)
        _as_json(value).encode()
    except json.JSONDecodeError as error:
        why = f"{error.msg} in line {error.lineno} of the block"
        hint = f"{_ADVICE}. Quotation marks must be straight" if _CURLED.search(text) else _ADVICE
        raise ProposalError(f"{name}: The proposal is no valid JSON: {why}", hint) from None
    except UnicodeEncodeError:
        raise ProposalError(f"{name}: The proposal has half of a character", _ADVICE) from None
    except (ValueError, RecursionError) as error:
        why = "too many levels" if isinstance(error, RecursionError) else str(error)
        raise ProposalError(f"{name}: The proposal is no valid JSON: {why}", _ADVICE) from None
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        raise ValueError("a field is there twice")
    return value


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")
