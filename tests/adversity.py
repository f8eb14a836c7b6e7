"""A handbook in a repository, and every command run on it under conditions that a machine can have."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from handbook.write.parcel import issue_text
from tests.diff.repositories import commit, git, write
from tests.sites import CONFIG

TOOLS = """tools:
  - id: linear
    name: Linéar
    summary: {summary}
    category: project-management
    status: active
    owner: ops
    access: {{how: Ask in the channel., approver: ops}}
    cost: {{amount: 8, currency: USD, period: month, per_seat: true}}
    seats: {{licensed: 12, active: 9, counted_on: 2026-11-01}}
    review: {{last: 2026-10-01, next: 2027-10-01}}
"""
EXPERIMENT = """name: Reminder
summary: Reminds people.
status: planned
owner: ops
hypothesis: People come back.
metric: return-rate
starts_on: 2027-01-04
planned_end: 2027-02-14
variants:
  - {id: control, name: Control, share: 50}
  - {id: reminder, name: Reminder, share: 50}
design:
  {measure: proportion, baseline: 12, minimum_detectable_effect: 3, effect: absolute, alpha: 0.05, power: 0.8,
   sides: two, traffic_per_day: 330, window_days: 7}
"""
METRICS = """metrics:
  - id: return-rate
    name: Return rate
    summary: Who comes back.
    status: agreed
    owner: ops
    definition: Accounts that came back.
    formula: Those that came back by all.
    review: {last: 2026-10-01, next: 2027-10-01}
"""
TEMPLATE = """name: Note
summary: Says what was learnt.
owner: ops
use_when: You have talked to a customer.
sections:
  - {id: learnt, name: Learnt, guidance: What is new., required: true}
"""
DOCUMENT = "---\ntemplate: note\n---\n\n# Note\n\n## Learnt\n\nThat it works.\n"
PROPOSAL = """{"proposal": 1, "operations": [
  {"op": "set", "kind": "metric", "id": "return-rate", "path": "/name", "value": "Returning accounts"},
  {"op": "set", "kind": "tool", "id": "linear", "path": "/name", "value": "Linear for work"}
]}
"""
_ISSUE = {"number": 1, "body": issue_text("", json.loads(PROPOSAL)), "author_association": "MEMBER"}
EVENT = json.dumps({"action": "opened", "issue": _ISSUE})
TEAMS = """teams:
  - {id: ops, name: Operations, summary: Keeps it right., reviewers: ["@ops"]}
"""

METRICS_FILE = "Metric,Description\nReturn rate,Accounts that came back.\n"

FILES = {
    ".gitignore": "/site/\n",
    "mkdocs.yml": CONFIG,
    "docs/index.md": '# Home\n\nWe plan in {{ tool("linear") }}\n',
    "note.md": DOCUMENT,
    "metrics.csv": METRICS_FILE,
    "proposal.json": PROPOSAL,
    "event.json": EVENT,
    "sources/teams.yaml": TEAMS,
    "sources/metrics.yaml": METRICS,
    "sources/experiments/reminder.yaml": EXPERIMENT,
    "sources/templates/note.yaml": TEMPLATE,
    "tools_inventory.yaml": TOOLS.format(summary="Plans the work."),
}
OLD_SITE = {
    "site/.handbook-build": "",
    "site/index.html": "The site as it was.\n",
}


@dataclass(frozen=True)
class Command:
    """A call of the command line.

    Attributes:
        words: The words after `handbook`.
        writes: Whether it changes files or branches.
        git: Whether it asks git.
        slow: Whether it starts a site engine.
    """

    words: tuple[str, ...]
    writes: bool = False
    git: bool = False
    slow: bool = False

    @property
    def name(self) -> str:
        """The words as they are typed."""
        return " ".join(self.words)

    def __str__(self) -> str:
        return self.name


def _formats(words: str, formats: str, **about: bool) -> list[Command]:
    return [Command((*words.split(), "--format", name), **about) for name in formats.split()]


def _command(words: str, **about: bool) -> Command:
    return Command(tuple(words.split()), **about)


COMMANDS = (
    *_formats("validate", "text json github gitlab sarif junit"),
    _command("validate --against HEAD~1", git=True),
    _command("build", writes=True, slow=True),
    _command("build --engine zensical", writes=True, slow=True),
    *_formats("diff HEAD~1", "text markdown json", git=True),
    *_formats("list tool", "table json csv"),
    *_formats("show tool linear", "table json"),
    _command("release 2026.1", writes=True, git=True, slow=True),
    *_formats("digest --since HEAD~1", "text slack", git=True),
    _command("init new --company Acme --stage startup --yes", writes=True, slow=True),
    _command("new tool jira", writes=True),
    _command("apply proposal.json", writes=True),
    _command("propose --event event.json --dry-run", git=True),
    _command("propose --event event.json --to handed", writes=True, git=True),
    _command("issues"),
    _command("import metric metrics.csv", writes=True),
    _command("rename tool linear plans", writes=True),
    _command("remove experiment reminder --why Ended", writes=True),
    _command("retire tool linear", writes=True),
    _command("confirm tool linear --next 2099-01-05", writes=True),
    *_formats("lint note.md", "text json github gitlab sarif junit markdown"),
    *_formats("experiment plan reminder", "text json"),
    *_formats("experiment results reminder", "text json"),
    *_formats("audit", "text markdown json csv"),
    _command("pick --team-size 9 --workflows simple --integrations few"),
    _command("rules"),
    _command("rules HB203"),
    _command("codeowners", writes=True),
    _command("export backstage"),
    _command("export techdocs", writes=True, slow=True),
    _command("editor", writes=True),
    _command("upgrade", writes=True),
    _command("show tool nothing"),
    _command("--help"),
    _command("list --help"),
    _command("--version"),
)
"""Every command that ends by itself, in each of its formats."""


@dataclass(frozen=True)
class Outcome:
    """How a command ended.

    Attributes:
        code: The exit code; negative when a signal ended it.
        out: What it printed.
        errors: What it said on standard error.
        files: What is in the site's folder afterwards, by path.
        refs: The branches and tags.
        leftovers: What is in the folder for temporary files afterwards.
    """

    code: int
    out: str
    errors: str
    files: Mapping[str, bytes]
    refs: str
    leftovers: tuple[str, ...]


@dataclass
class Room:
    """A folder with a handbook, a home and a place for temporary files, and what is different in it.

    Attributes:
        folder: The folder.
        root: The handbook's folder.
        temp: The folder for temporary files.
        environment: Variables that differ from the usual; `None` removes one.
        limits: What the process may use.
        before: Words in front of the command.
        stdout: A file for the output instead of a pipe that is read.
        stderr: The same for errors.
        undo: What makes things as they were, once the command has ended.
    """

    folder: Path
    root: Path
    temp: Path
    environment: dict[str, str | None] = field(default_factory=dict)
    limits: dict[int, int] = field(default_factory=dict)
    before: Sequence[str] = ()
    stdout: int = subprocess.PIPE
    stderr: int = subprocess.PIPE
    undo: list[Callable[[], object]] = field(default_factory=list)

    def variables(self) -> dict[str, str]:
        """The environment of the command."""
        usual = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("GIT_", "GITHUB_", "PYTHON", "HANDBOOK_", "LC_", "LANG"))
        }
        ours = {
            "HOME": str(self.folder / "home"),
            "TMPDIR": str(self.temp),
            "GIT_CONFIG_GLOBAL": str(self.folder / "home/.gitconfig"),
            "GIT_CONFIG_SYSTEM": os.devnull,
            "NO_COLOR": "1",
            "LANG": "C.UTF-8",
            # Whatever two runs of one commit do, they do it alike.
            "SOURCE_DATE_EPOCH": "1795424400",  # without it, pages have a date where git works
            "GIT_AUTHOR_DATE": "2026-11-23T09:00:00Z",
            "GIT_COMMITTER_DATE": "2026-11-23T09:00:00Z",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        changed = {**usual, **ours, **self.environment}
        return {name: value for name, value in changed.items() if value is not None}

    def start(
        self, words: Sequence[str], program: Sequence[str] = ("-m", "handbook"), **options: Any
    ) -> subprocess.Popen[bytes]:
        """Starts a command in a session of its own, by the program or by another that is given to Python."""
        limits = dict(self.limits)

        def limit() -> None:
            for what, most in limits.items():
                resource.setrlimit(what, (most, most))

        return subprocess.Popen(
            [*self.before, sys.executable, *program, *words],
            cwd=self.root,
            env=self.variables(),
            stdin=subprocess.DEVNULL,
            stdout=self.stdout,
            stderr=self.stderr,
            preexec_fn=limit if limits else None,  # noqa: PLW1509  # the tests start no threads
            start_new_session=True,
            **options,
        )

    def run(self, words: Sequence[str]) -> Outcome:
        """Runs a command to its end."""
        return self.finish(self.start(words))

    def finish(self, process: subprocess.Popen[bytes], seconds: float = 120) -> Outcome:
        """Waits for a command and looks at what it has left."""
        try:
            out, errors = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            out, errors = process.communicate()
            errors = (errors or b"") + b"\n(it never ended)\n"
        left = self.look()
        for action in reversed(self.undo):
            action()
        self.undo.clear()
        return replace(
            left,
            code=process.returncode,
            out=(out or b"").decode("utf-8", "replace").replace(str(self.root), "ROOT"),
            errors=(errors or b"").decode("utf-8", "replace"),
        )

    def look(self) -> Outcome:
        """What is there now."""
        leftovers = tuple(sorted(path.name for path in self.temp.iterdir()))
        return Outcome(0, "", "", self.files(), self.refs(), leftovers)

    def files(self) -> Mapping[str, bytes]:
        """Every file in the site's folder, git's own left out."""
        paths = {path.relative_to(self.root): path for path in sorted(self.root.rglob("*"))}
        return {
            name.as_posix(): path.read_bytes()
            for name, path in paths.items()
            if path.is_file() and name.parts[0] != ".git"
        }

    def refs(self) -> str:
        """Every branch and tag."""
        return git(self.root, "for-each-ref") if (self.root / ".git").is_dir() else ""


def make_model(folder: Path) -> Path:
    """Writes a handbook of two commits with a site that was built from the first."""
    root = folder / "handbook"
    commit(root, FILES, day="2026-11-02")
    commit(root, {"tools_inventory.yaml": TOOLS.format(summary="Plans it all.")}, day="2026-11-18")
    write(root, OLD_SITE)
    (folder / "home").mkdir()
    (folder / "temp").mkdir()
    identity = "[user]\n\tname = Ops\n\temail = ops@example.com\n"
    (folder / "home/.gitconfig").write_text(identity, encoding="utf-8")
    return folder


def make_room(model: Path, folder: Path, name: str = "handbook") -> Room:
    """Copies a handbook into a folder, under a name or a path."""
    root = folder / name
    root.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(model / "handbook", root, symlinks=True)
    shutil.copytree(model / "home", folder / "home")
    (folder / "temp").mkdir()
    return Room(folder, root, folder / "temp")
