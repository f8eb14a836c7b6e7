"""Whatever the machine refuses, a command ends as it should, in one line, and with nothing half done."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from handbook.cli import INTERRUPTED
from tests.adversity import COMMANDS, Command, Outcome, Room, make_model, make_room
from tests.diff.repositories import git, write
from tests.effort import FULL, runs
from tests.publish.test_serve import free_port, wait_for

Codes = Callable[[Command, Outcome], set[int]]
"""How a command may end under a condition, by how it ends otherwise."""

LONG = "/".join(["long-name-" * 20] * 4)
PATHS = (
    *("with spaces", "Überblick 概要", "100%25 %s {0}", "#hash?query&more", "-leading", 'it\'s "quoted"'),
    *("$(id)`id`;id", "{{ braces }}{% raw %}", "[a]*?", "~", "a\nb\tc", "a\\b", LONG),
)


AT_ONCE = """-ü 100%25 %s {0} #a?b&c it's "d" $(id)`id`;id {{ e }}{% raw %} [f]*? ~ g\nh\ti\\j"""
"""A name with what is special in each of them but the long one."""


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


BUILD = next(command for command in COMMANDS if command.name == "build")
AGAINST = next(command for command in COMMANDS if command.name == "validate --against HEAD~1")
TYPICAL = {
    "read-only folder": "new tool jira",
    "no space": "new tool jira",
    "full disk": "new tool jira",
    "output to /dev/full": "list tool --format csv",
    "errors to /dev/full": "show tool nothing",
    "closed pipe": "list tool --format csv",
    "closed output": "list tool --format csv",
    "no home": "validate --against HEAD~1",
    "missing TMPDIR": "validate --against HEAD~1",
    "ASCII": "list tool --format csv",
    "12 file handles": "validate --against HEAD~1",
    "no commit": "validate --against HEAD~1",
    "foreign owner": "validate --against HEAD~1",
}
"""The conditions that differ most, each with a command that has to do with it."""


def sample() -> list[tuple[str, Command]]:
    """Every condition with every command; in the gate, the typical ones."""
    if FULL:
        return [
            (condition, command)
            for condition in CONDITIONS
            for command in COMMANDS
            # In a repository, the files for the code host are in its own folder, not in the new one.
            if (condition, command.words[0]) != ("no repository", "init")
        ]
    by_name = {command.name: command for command in COMMANDS}
    return [(condition, by_name[name]) for condition, name in TYPICAL.items()]


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
    if len(reasons(found)) > 1:
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


def reasons(outcome: Outcome) -> list[str]:
    """The lines of errors, without notes and without what a command says that has waited."""
    besides = ("handbook: note: ", "handbook: waiting for another command ")
    return [line for line in outcome.errors.splitlines() if not line.startswith(besides)]


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    return [path for path in sorted({**one, **other}) if one.get(path) != other.get(path)]


def without_commit(outcome: Outcome) -> Outcome:
    """The outcome where git can't say which commit a website was built from."""
    files = {
        path: re.sub(rb'(?<="base":)"[0-9a-f]{40}"', b"null", content)
        if path.endswith("/forms/index.json")
        else content
        for path, content in outcome.files.items()
    }
    return replace(outcome, files=files)


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
    # Where there is no repository, there is none afterwards either, and the form names no commit.
    expected = expected if before.refs else replace(expected, refs=before.refs)
    expected = without_commit(expected) if codes is fails_to_ask else expected
    assert (
        list(complaints(before, expected, found, codes(command, expected), has_same_output=has_same_output))
        == []
    ), found.errors
    if found.code == 2 and room.stderr == subprocess.PIPE:
        assert len(reasons(found)) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "command"),
    [
        (name, command)
        for name in (PATHS if FULL else (AT_ONCE, LONG))
        for command in (COMMANDS if FULL else [AGAINST])
    ],
    ids=str,
)
def test_a_handbook_works_in_a_folder_of_any_name(
    name: str, command: Command, model: Path, usual: Callable[[Command], Outcome], tmp_path: Path
) -> None:
    room = make_room(model, tmp_path, name)
    before = room.look()
    found, expected = room.run(command.words), usual(command)
    assert list(complaints(before, expected, found, {expected.code}, has_same_output=True)) == [], (
        found.errors
    )
    assert found.errors == expected.errors


BEGIN = """
import os, sys
from handbook.cli import main
try:
    os.close({})
    sys.exit(main())
except KeyboardInterrupt as interrupt:
    if interrupt.__traceback__.tb_next:
        raise
    sys.exit({})
"""
"""Runs a command. An interrupt outside the command, such as just before it, is none of its business."""


def interrupt(room: Room, command: Command, seconds: float) -> Outcome:
    """Presses Ctrl-C some time after a command has begun."""
    reading, writing = os.pipe()
    begin = BEGIN.format(writing, INTERRUPTED)
    process = room.start(command.words, program=["-c", begin], pass_fds=(writing,))
    os.close(writing)
    os.read(reading, 1)
    os.close(reading)
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    # A terminal tells all processes that have to do with the command.
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGINT)
    return room.finish(process)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(runs(2, 150)))
def test_an_interrupted_command_ends_at_once_and_leaves_nothing(
    number: int, model: Path, usual: Callable[[Command], Outcome], tmp_path: Path
) -> None:
    random = Random(SEED + number)  # noqa: S311  # no secret
    command = random.choice([each for each in COMMANDS if FULL or each.name in TYPICAL.values()])
    room = make_room(model, tmp_path)
    before = room.look()
    expected = usual(command)
    found = interrupt(room, command, random.uniform(0, 8 if command.slow else 0.6))
    assert (
        list(complaints(before, expected, found, {INTERRUPTED, expected.code}, has_same_output=True)) == []
    ), found.errors
    assert found.code == expected.code or found.errors == ""


@pytest.mark.slow
def test_two_commands_at_once_lose_nothing(model: Path, tmp_path: Path) -> None:
    room = make_room(model, tmp_path)
    names = ("jira", "canny", "miro") if FULL else ("jira", "canny")
    ended = dict(
        zip(
            names,
            [room.finish(each) for each in [room.start(("new", "tool", name)) for name in names]],
            strict=True,
        )
    )
    tools = (room.root / "tools_inventory.yaml").read_text(encoding="utf-8")
    assert sorted(re.findall(r"- id: (\w+)", tools)) == sorted(
        ["linear", *(name for name, found in ended.items() if found.code == 0)]
    )
    assert {found.code for found in ended.values()} <= {0, 2}
    for found in ended.values():
        assert len(reasons(found)) == (found.code != 0), found.errors
    assert room.look().leftovers == ()
    assert [path.name for path in room.root.glob(".*.handbook-build")] == []


@pytest.mark.slow
@pytest.mark.skipif(not FULL, reason="builds several times")
def test_two_builds_at_once_leave_one_whole_website(
    model: Path, usual: Callable[[Command], Outcome], tmp_path: Path
) -> None:
    room = make_room(model, tmp_path)
    before, expected = room.look(), usual(BUILD)
    started = [room.start(BUILD.words) for _ in range(2)]
    for found in [room.finish(each) for each in started]:
        last = replace(found, files=room.files(), leftovers=room.look().leftovers)
        assert list(complaints(before, expected, last, {0}, has_same_output=True)) == [], found.errors


@pytest.mark.slow
@pytest.mark.skipif(not FULL, reason="builds several times")
def test_a_website_is_built_while_it_is_served(
    model: Path, usual: Callable[[Command], Outcome], tmp_path: Path
) -> None:
    room = make_room(model, tmp_path)
    before, expected = room.look(), usual(BUILD)
    port = free_port()
    server = room.start(("serve", "--port", str(port)))
    try:
        wait_for(f"http://127.0.0.1:{port}/tools/linear/", "Plans it all.")
        temporary = room.look().leftovers
        found = replace(room.run(BUILD.words), leftovers=())
        assert list(complaints(before, expected, found, {0}, has_same_output=True)) == [], found.errors
        assert room.look().leftovers == temporary
        write(room.root, {"docs/index.md": "# Home\n\nStill here.\n"})
        wait_for(f"http://127.0.0.1:{port}/", "Still here.")
    finally:
        server.send_signal(signal.SIGINT)
        ended = room.finish(server)
    assert (ended.code, ended.leftovers) == (0, ())
    assert "Traceback" not in ended.errors
