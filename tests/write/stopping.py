"""Replaces a folder in processes of their own and kills each at another line; run as a program.

What it is given: a folder, `exchange` or `renames`, a seed and how many lines to try, besides those at which
the names change.
What it prints: how many lines there are, how many were tried, and how often which site was there.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

from handbook.read.files import Site
from handbook.release.pages_branch import PagesBranch
from handbook.write import folder as folder_module
from handbook.write import journal, system
from handbook.write.files import undo_stopped_change
from handbook.write.folder import prepare_target, replace_folder
from handbook.write.hidden_names import ALL, workspace_of
from handbook.write.workspace import SET_ASIDE

FILES = 5
WATCHED = (str(Path(folder_module.__file__).parent), shutil.__file__, tempfile.__file__)


def fill(folder: Path, text: str) -> None:
    for number in range(FILES):
        path = folder / f"{number}/index.html"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")


def content(folder: Path) -> str:
    """What is in a folder: one text if it is whole, nothing if it is not there."""
    if not folder.exists():
        return ""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("index.html"))]
    assert len(texts) == FILES, f"{len(texts)} of {FILES} files"
    assert len(set(texts)) == 1, texts
    return texts[0]


def build(site: Site, text: str) -> None:
    with replace_folder(site, site.root / "site") as new:
        fill(new, text)


def leave_between_two_renames(root: Path) -> Path:
    """Leave a site as a build does that is killed there; give the folder of that build."""
    note, room = workspace_of(root / ALL), workspace_of(root / "site")
    for folder in (note, room):
        folder.mkdir()
        (folder / ".gitignore").touch()
    journal.begin(note, {}, "site")
    (root / "site").rename(room / SET_ASIDE)
    return room


def run_in_a_process(work: Callable[[], object], kill_at: int, changing: str) -> list[int]:
    """Does work that changes names in one function.

    Gives the number of each of its lines that changes names and of the last; none if killed.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child:
        os.close(writer)
        with os.fdopen(reader) as file:
            said = file.read()
        _, status = os.waitpid(child, 0)
        assert said or os.WTERMSIG(status) == signal.SIGKILL
        return list(json.loads(said)) if said else []
    lines = 0
    names: list[int] = []

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal lines
        if not frame.f_code.co_filename.startswith(WATCHED):
            return None
        if event == "line":
            lines += 1
            if frame.f_code.co_name == changing:
                names.extend((lines, lines + 1))
            if lines == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)
    work()
    sys.settrace(None)
    os.write(writer, json.dumps([*names, lines]).encode())
    os._exit(0)


def main(root: Path, way: str, seed: int, tries: int) -> None:
    if way == "renames":
        system.exchange = lambda *_: False
    root.mkdir()
    (root / "mkdocs.yml").write_text("site_name: Test\n", encoding="utf-8")
    (root / ".gitignore").write_text("/site/\n", encoding="utf-8")
    git = ["git", "-C", str(root), "-c", "user.name=Product ops", "-c", "user.email=ops@example.org"]
    for words in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "Begin"]):
        subprocess.run([*git, *words], check=True)
    site, pages = Site(root, root / "docs"), PagesBranch(root)
    target = root / "site"
    build(site, "old")  # The first time takes more lines: it finds a folder for temporary files.
    replace = partial(run_in_a_process, partial(build, site, "new"), changing="_put_in_place")
    *changing, last = replace(kill_at=0)
    choose = random.Random(seed)  # noqa: S311
    chosen = choose.sample(range(1, last + 1), tries)
    counted: Counter[str] = Counter()
    for line in sorted({*chosen, *changing}):
        build(site, "old")
        assert sorted(path.name for path in root.iterdir()) == [".git", ".gitignore", "mkdocs.yml", "site"]
        if replace(kill_at=line):
            continue  # The names of temporary folders have a say in how many lines it takes.
        assert pages.changes() == [], f"killed at {line}, a release would be refused"
        there = content(target)
        assert there or way == "renames", f"killed at {line}, the site is gone"
        counted[there or "missing"] += 1
        # Every command begins with this. It can be killed too.
        run_in_a_process(partial(undo_stopped_change, root), choose.randrange(1, 60), changing="")
        restored = undo_stopped_change(root)
        assert content(target) == (there or "old"), f"killed at {line}, the site does not come back"
        assert restored in ([], [("site", True)]), restored
        prepare_target(site, target)
        assert content(target) in {"old", "new"}, f"killed at {line}, the site does not come back"
        assert not list(root.glob(".site*")), f"killed at {line}, something is left"
    sys.stdout.write(json.dumps({"lines": last, "tried": sum(counted.values()), **counted}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
