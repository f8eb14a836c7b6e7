"""Read the readings of metrics and the seat counts of tools: plain CSV files below `sources/readings`.

`weekly-active-user.csv` has the values of the metric of that ID, and `seats/linear.csv` the seats of a tool.
Both have a line for each day, the oldest first. A line that can't be read is a problem with its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path, PurePosixPath

from handbook.base.fixes import Edit, Fix
from handbook.base.named_tuples import NamedTuple
from handbook.base.problem import Problem
from handbook.base.regex import regex
from handbook.base.span import Span
from handbook.base.thousands import as_thousands, may_be_thousands
from handbook.read.files import Site, Source
from handbook.read.plain_file import UnusableError, read_plain_file
from handbook.read.tree import Tree
from handbook.read.yaml.decoding import RefusedError, decode
from handbook.read.yaml.document import Document
from handbook.read.yaml.faults import short

FOLDER = "sources/readings"
SEATS = "seats"
"""The folder in it with the seats of tools."""
SUFFIX = ".csv"
COLUMNS: Mapping[str, Sequence[str]] = {
    "metric": ("day", "value", "note"),
    "tool": ("day", "active", "licensed", "note"),
}
"""The first line of a file of each kind."""

_DAY = regex("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = regex(r"-?[0-9]{1,15}(?:\.[0-9]{1,9})?")
_COUNT = regex("[0-9]{1,15}")
_PLAIN = {
    "metric": regex(rf"({_DAY.pattern}),({_NUMBER.pattern}),()([^,\"]*)"),
    "tool": regex(rf"({_DAY.pattern}),({_COUNT.pattern}),({_COUNT.pattern})?,([^,\"]*)"),
}
"""A line as nearly all are: its day, its numbers and its note."""
_FIELD = regex(r'(?:[^,"]|"(?:[^"]|"")*")*')
_ELSEWHERE = frozenset({".yaml", ".yml", ".json", ".md", ".markdown"})
"""The names of files that are looked for in all folders of sources."""
_LINE_END = regex(r"\r\n|\n|\r")


class Reading(NamedTuple):
    """What was measured on one day.

    Attributes:
        day: The day that it is for.
        value: The value; of a tool, the number of active users.
        licensed: Of a tool, the number of paid seats, if the line says it.
        note: What to know of it.
        line: The line in the file.
    """

    day: date
    value: Decimal
    licensed: Decimal | None = None
    note: str = ""
    line: int = 0


class ReadingsFile(NamedTuple):
    """A file of readings.

    Attributes:
        source: The file. Its document has the text only, and what makes it unreadable.
        kind: What the readings are of: `metric` or `tool`.
        id: The ID of that entry, as the name of the file says it.
        readings: What was read, the oldest first.
        problems: The lines that can't be read.
    """

    source: Source
    kind: str
    id: str
    readings: Sequence[Reading] = ()
    problems: Sequence[Problem] = ()

    @property
    def path(self) -> str:
        """Return the path of the file, as findings show it."""
        return self.source.path

    def problem(self, reading: Reading, column: str, message: str, hint: str) -> Problem:
        """Return a problem with a value of a reading.

        Args:
            reading: The reading.
            column: The title of the column.
            message: The problem.
            hint: What to do.
        """
        at = COLUMNS[self.kind].index(column)
        line = self.source.document.line(reading.line)
        return Problem(self.path, _span(line, reading.line, at), message, hint, kind=self.kind, id=self.id)


def readings_path(kind: str, entry_id: str) -> str:
    """Return the path of the file with the readings of an entry."""
    return "/".join((FOLDER, *([SEATS] if kind == "tool" else []), f"{entry_id}{SUFFIX}"))


def read_readings(site: Site, tree: Tree) -> Sequence[ReadingsFile]:
    """Return the files of readings of a site and its layers. A later layer replaces a file of an earlier one.

    Args:
        site: The site.
        tree: Its files.
    """
    found: dict[tuple[str, str], ReadingsFile] = {}
    for each in site.upwards:
        folder = each.root / FOLDER
        for path in tree.below(folder, folders=True):
            if path.suffix == SUFFIX or not (path.suffix.lower() in _ELSEWHERE or path.is_dir()):
                file = _read(each, path, path.relative_to(folder))
                found[file.kind, file.id] = file
    return list(found.values())


def parse_readings(source: Source, kind: str, entry_id: str) -> ReadingsFile:
    """Return the readings in a text, and what is wrong with it."""
    parser = _Parser(source, kind, entry_id)
    readings = list(parser.readings())
    return ReadingsFile(source, kind, entry_id, readings, parser.problems)


def _read(site: Site, path: Path, below: Path) -> ReadingsFile:
    name = PurePosixPath(below.as_posix())
    is_seats = name.parts[0] == SEATS and len(name.parts) > 1
    kind = "tool" if is_seats else "metric"
    entry_id = PurePosixPath(*name.parts[1:] if is_seats else name.parts).with_suffix("").as_posix()
    shown = site.shown(path)
    if path.suffix != SUFFIX:
        source = Source(shown, Document(""))
        hint = f"Save it as CSV, with the first line `{','.join(COLUMNS[kind])}` and a name in `{SUFFIX}`"
        problem = Problem(shown, Span(), "This file is not read", hint)
        return ReadingsFile(source, kind, f"{entry_id}{path.suffix}", (), [problem])
    try:
        text = decode(read_plain_file(path, is_text=True))
    except UnusableError as error:
        return ReadingsFile(Source(shown, Document("", faults=[error.fault])), kind, entry_id)
    except RefusedError as refusal:
        document = Document(refusal.text, faults=[refusal.fault])
        return ReadingsFile(Source(shown, document), kind, entry_id)
    return parse_readings(Source(shown, Document(text)), kind, entry_id)


class _Parser:
    """Read the lines of a file, and note the problems with them."""

    def __init__(self, source: Source, kind: str, entry_id: str) -> None:
        self.problems: list[Problem] = []
        self._source, self._kind, self._id = source, kind, entry_id
        self._columns = COLUMNS[kind]

    def readings(self) -> Iterator[Reading]:
        """Yield the readings."""
        lines = _LINE_END.split(self._source.document.text)
        head = ",".join(self._columns)
        if [name.strip().lower() for name in lines[0].split(",")] != list(self._columns):
            said = f"starts with `{short(lines[0])}`" if lines[0].strip() else "starts with an empty line"
            is_empty = not self._source.document.text.strip()
            message = "The file is empty" if is_empty else f"The file {said}"
            hint = f"Start with the line `{head}`. `handbook import readings FILE` writes it from other files"
            self._note(Span(1, 1, 1, max(len(lines[0]), 1) + 1), message, hint)
            return
        before: Reading | None = None
        for number, line in enumerate(lines[1:], 2):
            reading = self._quickly(number, line) or self._reading(number, line)
            if reading is None:
                continue
            if before and reading.day <= before.day:
                self._note_order(before, reading, line)
                continue
            yield reading
            before = reading

    def _quickly(self, number: int, line: str) -> Reading | None:
        """Return the reading of a line without quotes or problems; `None` for any other."""
        match = _PLAIN[self._kind].fullmatch(line)
        day = _day(match[1]) if match else None
        if match is None or day is None:
            return None
        licensed = Decimal(match[3]) if match[3] else None
        return Reading(day, Decimal(match[2]), licensed, match[4].strip(), number)

    def _reading(self, number: int, line: str) -> Reading | None:
        """Return the reading of a line; `None` if it is empty, or with its problems if it can't be read."""
        if not line.strip(", \t"):
            return None
        if ";" in line.partition(",")[0]:
            self._note_semicolons(number, line)
            return None
        fields, most, noted = _fields(line), len(self._columns), len(self.problems)
        if fields is None or len(fields) > most:
            message = "Quotes are not closed" if fields is None else f"More than {most:,} values"
            hint = "Put a note with commas in double quotes, and points in numbers: `3.4`"
            self._note(Span(number, 1, number, len(line) + 1), message, hint)
            return None
        fields += [""] * (most - len(fields))
        day = _day(fields[0])
        if day is None:
            message = f"Invalid day `{short(fields[0])}`" if fields[0] else "Missing day"
            self._note(_span(line, number, 0), message, "Write it as YYYY-MM-DD")
        numbers = [self._number(number, line, at, fields[at]) for at in range(1, most - 1)]
        if day is None or numbers[0] is None or len(self.problems) > noted:
            return None
        return Reading(day, numbers[0], numbers[1] if len(numbers) > 1 else None, fields[-1], number)

    def _number(self, number: int, line: str, at: int, text: str) -> Decimal | None:
        name = self._columns[at]
        form, hint = (
            (_NUMBER, "Write digits, with a point before decimals and no unit: `9100` or `3.4`")
            if name == "value"
            else (_COUNT, "Write a whole number, such as `84`")
        )
        if form.fullmatch(text):
            return Decimal(text)
        if may_be_thousands(text):
            hint = f"Write `{as_thousands(text)}`: a point is only before decimals"
        if text or at == 1:
            message = f"Invalid number `{short(text)}` in `{name}`" if text else f"Missing `{name}`"
            self._note(_span(line, number, at), message, hint)
        return None

    def _note_semicolons(self, number: int, line: str) -> None:
        """Note a line as a spreadsheet of a language with decimal commas saves it."""
        place, right = Span(number, 1, number, len(line) + 1), line.replace(";", ",")
        fix = None
        if "," not in line and self._quickly(number, right):
            # A point can be one before decimals, or one between thousands.
            fix = Fix((Edit(self._source.path, place, right),), is_safe="." not in line)
        hint = "Use commas, and points before decimals"
        self._note(place, "Semicolons between the values", hint, fix)

    def _note_order(self, before: Reading, reading: Reading, line: str) -> None:
        is_same = reading.day == before.day
        message = f"{reading.day} is there twice" if is_same else f"{reading.day} is after {before.day}"
        lines = f"{before.line} and {reading.line}"
        hint = f"Keep one of the lines {lines}" if is_same else "Sort the lines by day, the oldest first"
        self._note(_span(line, reading.line, 0), message, hint)

    def _note(self, place: Span, message: str, hint: str, fix: Fix | None = None) -> None:
        path = self._source.path
        problem = Problem(path, place, message, hint, kind=self._kind, id=self._id, correction=fix)
        self.problems.append(problem)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _fields(line: str) -> list[str] | None:
    """Return the fields of a line; `None` if its quotes are not closed."""
    if '"' not in line:
        return [field.strip() for field in line.split(",")]
    import csv  # noqa: PLC0415 - most files have no quotes

    try:
        return [field.strip() for field in next(csv.reader([line], strict=True))]
    except csv.Error:
        return None


def _span(line: str, number: int, at: int) -> Span:
    """Return the place of a field on a line; without the field, the place after the line."""
    start = 0
    for _ in range(at):
        start = _end_of_field(line, start) + 1
    start = min(start, len(line))
    return Span(number, start + 1, number, max(_end_of_field(line, start), start + 1) + 1)


def _end_of_field(line: str, start: int) -> int:
    match = _FIELD.match(line, start)
    return match.end() if match else start
