"""Changes files in processes of their own and kills each at another line; run as a program.

What it is given: an empty folder, a seed and how many lines to try, besides those at which the names change.
What it prints: how often a change was killed, and how often some files were new and some old then.
"""

from __future__ import annotations

import json
import random
import sys
from functools import partial
from pathlib import Path

from handbook.write.files import put_all, undo_stopped_change
from tests.trees import tree
from tests.write.stopping import run_in_a_process

CHANGES = {
    "a.yaml": (b"old \xff", b"new \xff"),
    "gone.yaml": (b"old", b""),
    "new/b.yaml": (b"", b"new"),
    "z.yaml": (b"old", b"new"),
}


def begin(root: Path) -> None:
    for path, (before, _) in CHANGES.items():
        if before:
            (root / path).write_bytes(before)
        else:
            (root / path).unlink(missing_ok=True)


def states(root: Path) -> set[str]:
    """Which states the files are in: old, new or both."""
    found = set()
    for path, states in CHANGES.items():
        data = (root / path).read_bytes() if (root / path).exists() else b""
        assert data in states, f"{path} is half written"
        found.add("old" if data == states[0] else "new")
    return found


def main(root: Path, seed: int, tries: int) -> None:
    (root / "new").mkdir()
    begin(root)
    before = tree(root)
    change = partial(run_in_a_process, partial(put_all, root, CHANGES), changing="_put_all")
    undo = partial(run_in_a_process, partial(undo_stopped_change, root), changing="undo")
    choose = random.Random(seed)  # noqa: S311
    *changing, last = change(kill_at=0)
    killed = mixed = 0
    for line in sorted({*choose.sample(range(1, last + 1), min(tries, last)), *changing}):
        begin(root)
        if change(kill_at=line):
            continue
        killed += 1
        is_mixed = len(states(root)) > 1
        mixed += is_mixed
        # What undoes it can be killed too.
        undo(kill_at=choose.randrange(1, 150))
        undo_stopped_change(root)
        assert tree(root) == before if is_mixed else len(states(root)) == 1, line
        assert not [path for path in root.iterdir() if path.name.startswith(".")], line
    sys.stdout.write(json.dumps({"killed": killed, "mixed": mixed}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
