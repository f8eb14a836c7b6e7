"""Whatever the machine refuses, a command ends with the right code, at most one line and nothing half-written."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from tests.adversity import COMMANDS, Command, Outcome, Room, make_model, make_room
from tests.compare.repositories import git
from tests.effort import FULL

Codes = Callable[[Command, Outcome], set[int]]
"""How a command may end under a condition, by how it ends otherwise."""

LONG = "/".join(["long-name-" * 20] * 4)
PATHS = (
    *("with spaces", "Überblick – 概要", "100%25 %s {0}", "#hash?query&more", "-leading", 'it\'s "quoted"'),
    *("$(id)`id`;id", "{{ braces }}{% raw %}", "[a]*?", "~", "a\nb\tc", "a\\b", LONG),
)


def same(_: Command, usual: Outcome) -> set[int]:
    """It makes no difference."""
    return {usual.code}


def fails_to_write(command: Command, usual: Outcome) -> set[int]:
    """What writes can't."""
    return {2} if command.writes else {usual.code}


def fails_to_keep(command: Command, usual: Outcome) -> set[int]:
    """Nor can what puts temporary files somewhere."""
    return {2} if command.writes or command.git else {usual.code}


def may_fail(_: Command, usual: Outcome) -> set[int]:
    """Enough for some, and too little for others."""
    return {usual.code, 2}


def fails_to_ask(command: Command, usual: Outcome) -> set[int]:
    """What asks git can't."""
    return {2} if command.git else {usual.code}


def fails_to_say(_: Command, usual: Outcome) -> set[int]:
    """What prints can't."""
    return {2} if usual.out else {usual.code}


def freeze(room: Room) -> None:
    """Nothing in the handbook's folder may be written."""
    subprocess.run(["chmod", "-R", "a-w", room.root], check=True)
    if os.geteuid() == 0:
        # Without these, the administrator may do no more than anyone else.
        room.before = ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner"]
    room.undo.append(lambda: subprocess.run(["chmod", "-R", "u+w", room.root], check=True))


def limit(what: int, most: int) -> Callable[[Room], None]:
    return lambda room: room.limits.update({what: most})


def change(**variables: str | None) -> Callable[[Room], None]:
    return lambda room: room.environment.update(variables)


def _open(room: Room, stream: str, path: str) -> None:
    file = os.open(path, os.O_WRONLY)
    setattr(room, stream, file)
    room.undo.append(lambda: os.close(file))


def say_to_full_device(room: Room) -> None:
    _open(room, "stdout", "/dev/full")


def fail_to_full_device(room: Room) -> None:
    _open(room, "stderr", "/dev/full")


def say_to_no_one(room: Room) -> None:
    """The reader of the output has gone before it came."""
    reading, room.stdout = os.pipe()
    os.close(reading)
    room.undo.append(lambda: os.close(room.stdout))


def say_nowhere(room: Room) -> None:
    """There is no output at all."""
    room.before = ["sh", "-c", 'exec "$@" >&-', "sh"]


def hide_git(room: Room) -> None:
    empty = room.folder / "empty"
    empty.mkdir()
    room.environment["PATH"] = str(empty)


def forget_commits(room: Room) -> None:
    shutil.rmtree(room.root / ".git")
    git(room.root, "init", "-q")


def forget_repository(room: Room) -> None:
    shutil.rmtree(room.root / ".git")


def lose_home(room: Room) -> None:
    room.environment |= {"HOME": None, "GIT_CONFIG_GLOBAL": None, "GIT_COMMITTER_EMAIL": "ops@example.com"}
    room.environment |= {"GIT_COMMITTER_NAME": "Ops", "GIT_AUTHOR_NAME": "Ops"}
    room.environment |= {"GIT_AUTHOR_EMAIL": "ops@example.com"}


def lose_temp(room: Room) -> None:
    """No folder may be used for temporary files but those that everyone has."""
    room.environment["TMPDIR"] = str(room.folder / "missing")


def fill_disk(room: Room) -> None:
    """The handbook and the temporary files are on a disk with no room left."""
    if os.geteuid():
        pytest.skip("needs the right to mount a disk")
    disk = room.folder / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("needs the right to mount a disk")
    room.undo.append(lambda: subprocess.run(["umount", "--lazy", disk], check=True))
    shutil.copytree(room.root, disk / "handbook", symlinks=True)
    room.root = disk / "handbook"
    (disk / "temp").mkdir()
    room.temp = disk / "temp"
    with suppress(OSError), (disk / "filler").open("wb", buffering=0) as filler:
        while True:
            filler.write(b"\0" * 4096)


ASCII = {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


class Condition(NamedTuple):
    """What is different, and what that means.

    Attributes:
        prepare: Makes it so.
        codes: How a command may end.
        has_same_output: Whether what is printed is the same, if it ends as usual.
    """

    prepare: Callable[[Room], None]
    codes: Codes
    has_same_output: bool = True


CONDITIONS = {
    "read-only folder": Condition(freeze, fails_to_write),
    "no space": Condition(limit(resource.RLIMIT_FSIZE, 0), fails_to_keep),
    "little space": Condition(limit(resource.RLIMIT_FSIZE, 1_000), may_fail),
    "some space": Condition(limit(resource.RLIMIT_FSIZE, 30_000), may_fail),
    "full disk": Condition(fill_disk, may_fail),
    "output to /dev/full": Condition(say_to_full_device, fails_to_say),
    "errors to /dev/full": Condition(fail_to_full_device, same),
    "closed pipe": Condition(say_to_no_one, same),
    "closed output": Condition(say_nowhere, same, has_same_output=False),
    "no home": Condition(lose_home, same),
    "missing TMPDIR": Condition(lose_temp, same),
    "LANG=C": Condition(change(LANG="C", LC_ALL="C"), same),
    "ASCII": Condition(change(**ASCII), same, has_same_output=False),
    "time zone without a name": Condition(change(TZ=":../../nonsense"), same),
    "time zone of one minute": Condition(change(TZ="<!?>-0:01"), same),
    "12 file handles": Condition(limit(resource.RLIMIT_NOFILE, 12), may_fail),
    "8 file handles": Condition(limit(resource.RLIMIT_NOFILE, 8), may_fail),
    "no git": Condition(hide_git, fails_to_ask),
    "no commit": Condition(forget_commits, fails_to_ask),
    "no repository": Condition(forget_repository, fails_to_ask),
    "foreign owner": Condition(change(GIT_TEST_ASSUME_DIFFERENT_OWNER="1"), fails_to_ask),
}

SEED = 14


TYPICAL = (
    *("new tool jira", "list tool --format csv", "validate --against HEAD~1", "show tool nothing"),
    *("editor", "digest --since HEAD~1 --format text", "list --help"),
)


def sample() -> list[tuple[str, Command]]:
    """Every condition with every command; in the gate, with one of the typical ones, which take turns."""
    if FULL:
        return [(condition, command) for condition in CONDITIONS for command in COMMANDS]
    typical = [command for command in COMMANDS if command.name in TYPICAL]
    Random(SEED).shuffle(typical)  # noqa: S311  # no secret
    return [(name, typical[turn % len(typical)]) for turn, name in enumerate(CONDITIONS)]


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A handbook that nothing is done to."""
    return make_model(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="session")
def usual(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Command], Outcome]:
    """How a command ends when nothing is refused."""
    outcomes: dict[str, Outcome] = {}

    def run(command: Command) -> Outcome:
        if command.name not in outcomes:
            room = make_room(model, tmp_path_factory.mktemp("usual"))
            outcomes[command.name] = room.run(command.words)
        return outcomes[command.name]

    return run


def complaints(
    before: Outcome, usual: Outcome, found: Outcome, codes: set[int], *, has_same_output: bool
) -> Iterator[str]:
    """What is wrong with how a command ended."""
    if found.code not in codes:
        yield f"exit code {found.code}, not {sorted(codes)}"
    if "Traceback" in found.out + found.errors or "Exception ignored" in found.errors:
        yield "a traceback"
    if found.errors.count("\n") > 1:
        yield "more than one line of errors"
    if found.leftovers:
        yield f"temporary files: {found.leftovers}"
    if has_same_output and found.code == usual.code and found.out != usual.out:
        yield "another output"
    if found.code == usual.code and found.files != usual.files:
        yield f"not all that it should have written: {differing(usual.files, found.files)}"
    halves = [
        path
        for path in differing(before.files, found.files)
        if found.files.get(path) != usual.files.get(path)
    ]
    if halves:
        yield f"files that are neither as before nor as they should be: {halves}"
    if site_of(found) not in (site_of(before), site_of(usual)):
        yield "a website of two halves"
    if found.refs not in (before.refs, usual.refs):
        yield "branches and tags that are neither as before nor as they should be"


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    return [path for path in sorted({**one, **other}) if one.get(path) != other.get(path)]


def site_of(outcome: Outcome) -> Mapping[str, bytes]:
    return {path: content for path, content in outcome.files.items() if path.startswith("site/")}


@pytest.mark.slow
@pytest.mark.parametrize(("condition", "command"), sample(), ids=lambda value: getattr(value, "name", value))
def test_what_the_machine_refuses_ends_in_one_line(
    condition: str, command: Command, model: Path, usual: Callable[[Command], Outcome], tmp_path: Path
) -> None:
    prepare, codes, has_same_output = CONDITIONS[condition]
    expected = usual(command)
    room = make_room(model, tmp_path)
    prepare(room)
    before = room.look()
    has_same_output = has_same_output and room.stdout == subprocess.PIPE
    found = room.run(command.words)
    # Where there is no repository, there is none afterwards either.
    expected = expected if before.refs else replace(expected, refs=before.refs)
    assert (
        list(complaints(before, expected, found, codes(command, expected), has_same_output=has_same_output))
        == []
    ), found.errors
    if found.code == 2 and room.stderr == subprocess.PIPE:
        assert found.errors.count("\n") == 1
