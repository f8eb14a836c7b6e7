"""Whatever the machine refuses, a command ends with the right code, at most one line and nothing half-written."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from tests.adversity import COMMANDS, Command, Outcome, Room, make_model, make_room
from tests.compare.repositories import git
from tests.effort import FULL

Codes = Callable[[Command, Outcome], set[int]]
"""How a command may end under a condition, by how it ends otherwise."""

LONG = "/".join(["long-name-" * 20] * 4)
PATHS = (
    *("with spaces", "Überblick – 概要", "100%25 %s {0}", "#hash?query&more", "-leading", "it's \"quoted\""),
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


def say_to_nobody(room: Room) -> None:
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


ASCII = {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
CONDITIONS: dict[str, tuple[Callable[[Room], None], Codes]] = {
    "read-only folder": (freeze, fails_to_write),
    "no space": (limit(resource.RLIMIT_FSIZE, 0), fails_to_keep),
    "little space": (limit(resource.RLIMIT_FSIZE, 1_000), may_fail),
    "some space": (limit(resource.RLIMIT_FSIZE, 30_000), may_fail),
    "output to /dev/full": (say_to_full_device, fails_to_say),
    "errors to /dev/full": (fail_to_full_device, same),
    "closed pipe": (say_to_nobody, same),
    "closed output": (say_nowhere, same),
    "no home": (lose_home, same),
    "missing TMPDIR": (lose_temp, same),
    "LANG=C": (change(LANG="C", LC_ALL="C"), same),
    "ASCII": (change(**ASCII), same),
    "time zone without a name": (change(TZ=":../../nonsense"), same),
    "time zone far away": (change(TZ="XXX-99:99:99"), same),
    "12 file handles": (limit(resource.RLIMIT_NOFILE, 12), may_fail),
    "8 file handles": (limit(resource.RLIMIT_NOFILE, 8), may_fail),
    "no git": (hide_git, fails_to_ask),
    "no commit": (forget_commits, fails_to_ask),
    "no repository": (forget_repository, fails_to_ask),
    "foreign owner": (change(GIT_TEST_ASSUME_DIFFERENT_OWNER="1"), fails_to_ask),
}

SEED = 14


def sample() -> list[tuple[str, Command]]:
    """Every condition with every command, or with two of the quick ones, so that each has its turn."""
    if FULL:
        return [(condition, command) for condition in CONDITIONS for command in COMMANDS]
    random = Random(SEED)  # noqa: S311  # no secret
    quick = [command for command in COMMANDS if not command.slow]
    random.shuffle(quick)
    return [(condition, quick[number % len(quick)]) for number, condition in enumerate(CONDITIONS)]


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


def complaints(room: Room, before: Outcome, usual: Outcome, found: Outcome, codes: set[int]) -> Iterator[str]:
    """What is wrong with how a command ended."""
    if found.code not in codes:
        yield f"exit code {found.code}, not {sorted(codes)}"
    if "Traceback" in found.out + found.errors or "Exception ignored" in found.errors:
        yield "a traceback"
    if found.errors.count("\n") > 1:
        yield "more than one line of errors"
    if found.code == 2 and room.stderr == subprocess.PIPE and found.errors.count("\n") != 1:  # noqa: PLR2004
        yield "no reason"
    if found.leftovers:
        yield f"temporary files: {found.leftovers}"
    if found.code == usual.code and room.stdout == subprocess.PIPE and "sh" not in room.before:
        if found.out.replace(str(room.root), "") != usual.out.replace(str(room.root), ""):
            yield "another output"
    complete = [usual.files] if found.code == usual.code else [before.files, usual.files]
    if found.files not in complete:
        changed = {path for path in {**before.files, **found.files} if before.files.get(path) != found.files.get(path)}
        yield f"files that are neither as before nor as they should be: {sorted(changed)[:5]}"
    if (room.root / ".git").is_dir() and found.refs not in (before.refs, usual.refs):
        yield "branches and tags that are neither as before nor as they should be"
