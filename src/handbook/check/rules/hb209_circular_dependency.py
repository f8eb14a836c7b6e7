"""References: items that wait for each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from handbook.check.context import Context, RawEntry
from handbook.check.problem import Problem
from handbook.check.rule import Rule
from handbook.check.words import shown
from handbook.findings import Severity
from handbook.read.document import Pointer

_FIELD = "depends_on"
_SHOWN = 4
"""Items at either end of a long circle that the message names."""

_CHECKLIST = """name: Launch
summary: Nothing forgotten on the day.
groups:
  - id: before
    name: Before
    items:
      - id: test
        name: Try the way back
        depends_on: [flag]
      - id: flag
        name: Set up the flag
"""


def _check(context: Context) -> Iterator[Problem]:
    waits: dict[int, tuple[RawEntry, dict[str, dict[str, Pointer]]]] = {}
    for entry, pointer, shape, value in context.connections:
        is_local = bool(shape.refs) and shape.refs[0].startswith("#")
        if not is_local or not isinstance(value, str) or _FIELD not in pointer:
            continue
        item = entry.value
        for part in pointer[: list(pointer).index(_FIELD)]:
            item = item[part]  # type: ignore[index]  # the pointer has led here before
        if isinstance(item.get("id"), str):
            _, of_entry = waits.setdefault(id(entry), (entry, {}))
            of_entry.setdefault(item["id"], {})[value] = pointer
    for entry, of_entry in waits.values():
        for circle in _circles(of_entry):
            pointer = of_entry[circle[-1]][circle[0]]
            way = " → ".join(shown(name) for name in [circle[-1], *circle])
            yield entry.problem(
                pointer, f"these items wait for each other: {way}", "delete one of the dependencies"
            )


def _circles(waits: Mapping[str, Mapping[str, Pointer]]) -> Iterator[Sequence[str]]:
    """The circles among items, each once, from the item it begins with; of a long one both ends."""
    done: set[str] = set()
    for start in waits:
        path: list[str] = []
        on_path: dict[str, int] = {}
        stack: list[tuple[str, Iterator[str]]] = []
        name: str | None = start
        while name is not None or stack:
            if name is not None and name in on_path:
                begin = on_path[name]
                is_long = len(path) - begin > 2 * _SHOWN
                yield [*path[begin : begin + _SHOWN], "…", *path[-_SHOWN:]] if is_long else path[begin:]
                name = None
            if name is not None and name not in done:
                on_path[name] = len(path)
                path.append(name)
                stack.append((name, iter(waits.get(name, ()))))
            if not stack:
                break
            name = next(stack[-1][1], None)
            if name is None:
                finished, _ = stack.pop()
                path.pop()
                del on_path[finished]
                done.add(finished)


RULE = Rule(
    code="HB209",
    name="circular-dependency",
    severity=Severity.ERROR,
    reason="Items that wait for each other can never be started; whoever works through the list is stuck.",
    bad={
        "sources/checklists/launch.yaml": _CHECKLIST.replace(
            "        name: Set up the flag\n", "        name: Set up the flag\n        depends_on: [«test»]\n"
        )
    },
    good={"sources/checklists/launch.yaml": _CHECKLIST},
    check=_check,
)
