"""Fuzz the reader and the checker with unlikely input, guided by code coverage.

    python -m scripts.fuzz reader [OPTIONS]
    python -m scripts.fuzz checker [OPTIONS]

It starts with the cases of the tests and the sources of this repository, which it copies into `.cache/fuzz/`.
Useful inputs are added there, so the next run continues where this one ended. An input that raises an
exception, or gives a place outside its file, ends the run and is saved in `.cache/fuzz/` as `crash-…`:
shorten it and add it to the cases. OPTIONS are those of libFuzzer, such as `-max_total_time=600`, or a file
to run once.

An input of the checker is a site in one text: a line such as `=== docs/index.md` starts a file.
"""

from __future__ import annotations

import hashlib
import random
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import atheris
import yaml

with atheris.instrument_imports(include=["handbook"]):
    from handbook.read.files import read_file
    from handbook.read.schemas import kinds
    from tests.outcomes import check_safely, read_safely

# The shipped schemas stay as they are for a whole run, and every input has a folder of its own.
vars(kinds)["read_file"] = lru_cache(maxsize=64)(read_file)

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / ".cache" / "fuzz"

_FILE = re.compile(rb"^=== ([a-z_/]+\.(?:yaml|yml|md|schema\.json))$", re.MULTILINE)
_FILES = (
    b"tools_inventory.yaml",
    b"sources/processes/launch.yaml",
    b"sources/roles.yaml",
    b"sources/goals.yaml",
    b"sources/handbook.yaml",
    b"schemas/goal.schema.json",
    b"docs/index.md",
    b"mkdocs.yml",
)
_PIECES: tuple[bytes, ...] = tuple(
    piece.encode()
    for piece in (
        *"\t\r\n -:?,[]{}&*!|>'\"%@`#<~.\\\0",
        *(": ", "- ", "? ", "---\n", "...\n", "<<: ", "|\n", ">-\n", "# ", "\r\n", "\n\n"),
        *("&a ", "*a", "!!str ", "!!int ", "! ", "!a", "%YAML 1.2\n---\n", "''", '""', "\\x41", "\\u0041"),
        *("é", "e\u0301", "名前", "😀", "\ufeff", "\u2028", "\x85", "\u200b", "\ufffe"),
        *("null", "~", "true", "no", "0o17", "0x1F", "1e3", ".inf", ".nan", "-0", "1.0", "9" * 300),
        *("2026-08-01", "2026-02-30", "12:30", "a" * 100),
        *("[a](b.md)", "](", "[a]: <b>\n", "```\n", "| a | b |\n|---|---|\n", "<!-- ", "TODO"),
        *('{{ ref("tool", "a") }}', "{{", "}}", "{% if a %}", "{% raw %}", "# handbook: ignore HB301"),
        *('"$ref": "#"', '"pattern": "(a+)+$"', '"x-ref": "tool"', '"type": "object"', '"allOf": [{}]'),
        *("id: a\n", "id: index\n", "tools:\n", "owner: a\n", "steps: []\n", "links: [{title: a, url: b}]\n"),
    )
)


def seeds_of_reader() -> Iterator[bytes]:
    """Yield every source in the cases of the reader, and every source and schema of this repository."""
    for case in _cases("tests/read/cases/faults.yaml"):
        if "source" in case:
            yield case["source"].encode()
        elif "bytes" in case:
            yield bytes.fromhex(case["bytes"])
    for case in _cases("tests/read/cases/scalars.yaml"):
        yield f"key: {case['text']}".encode()
    for pattern in ("*.yaml", "sources/**/*.yaml", "schemas/*.json", "mkdocs.yml"):
        yield from (path.read_bytes() for path in sorted(ROOT.glob(pattern)))


def seeds_of_checker() -> Iterator[bytes]:
    """Yield every site in the cases of the checker, and every source and page of this repository."""
    for path in sorted((ROOT / "tests/check/cases").glob("**/*.yaml")):
        for case in _cases(str(path.relative_to(ROOT))):
            files = {name: text for name, text in case["files"].items() if isinstance(text, str)}
            yield "".join(f"=== {name}\n{text}\n" for name, text in files.items()).encode()
    for pattern in ("*.yaml", "sources/**/*.yaml", "schemas/*.json", "docs/**/*.md", "mkdocs.yml"):
        for path in sorted(ROOT.glob(pattern)):
            yield f"=== {path.relative_to(ROOT).as_posix()}\n".encode() + path.read_bytes()


def _cases(path: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))
    return cases


def check_site(data: bytes) -> None:
    """Write the files of an input into an empty folder and validate it."""
    first, *rest = _FILE.split(data)
    files = {b"mkdocs.yml": b"site_name: Test\n", b"tools_inventory.yaml": first}
    files |= dict(zip(rest[::2], (text.removeprefix(b"\n") for text in rest[1::2]), strict=True))
    with tempfile.TemporaryDirectory(dir=_FAST_FOLDER) as name:
        folder = Path(name)
        for path, text in files.items():
            file = folder / path.decode()
            file.parent.mkdir(parents=True, exist_ok=True)
            if not file.is_dir():
                file.write_bytes(text)
        check_safely(folder)


_FAST_FOLDER = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - memory, where there is some


def mutate(data: bytes, most: int, seed: int) -> bytes:
    """Change an input: half of the time byte by byte, otherwise by lines or pieces."""
    chance = random.Random(seed)  # noqa: S311 - the fuzzer must be able to repeat it
    if chance.random() < 0.5:  # noqa: PLR2004
        return bytes(atheris.Mutate(data, most))
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(_CHANGES)(data, chance)
    return data[:most]


def _insert(data: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + chance.choice(_PIECES) + data[at:]


def _replace(data: bytes, chance: random.Random) -> bytes:
    """Replace a word or a mark with a piece."""
    found = list(re.finditer(rb"\w+|[^\w\s]+|\s+", data))
    if not found:
        return _insert(data, chance)
    start, end = chance.choice(found).span()
    return data[:start] + chance.choice(_PIECES) + data[end:]


def _repeat(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    start = chance.randrange(len(lines))
    block = lines[start : start + chance.randint(1, 5)]
    return b"".join([*lines[:start], *block * chance.randint(2, 4), *lines[start + len(block) :]])


def _delete(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    start = chance.randrange(len(lines))
    return b"".join([*lines[:start], *lines[start + chance.randint(1, 3) :]])


def _move(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    line = lines.pop(chance.randrange(len(lines)))
    lines.insert(chance.randint(0, len(lines)), line)
    return b"".join(lines)


def _indent(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    at = chance.randrange(len(lines))
    lines[at] = chance.choice((b"  " + lines[at], b"- " + lines[at], b"\t" + lines[at], lines[at].lstrip()))
    return b"".join(lines)


def _add_file(data: bytes, chance: random.Random) -> bytes:
    return data + b"\n=== " + chance.choice(_FILES) + b"\n" + chance.choice(_PIECES)


_CHANGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _insert,
    _replace,
    _repeat,
    _delete,
    _move,
    _indent,
    _add_file,
)

_TARGETS: dict[str, tuple[Callable[[bytes], object], Callable[[], Iterator[bytes]]]] = {
    "reader": (read_safely, seeds_of_reader),
    "checker": (check_site, seeds_of_checker),
}


def main() -> None:
    """Fuzz until an error is found or the time is over."""
    if len(sys.argv) < 2 or sys.argv[1] not in _TARGETS:  # noqa: PLR2004
        sys.exit(f"usage: {sys.argv[0]} {{{'|'.join(_TARGETS)}}} [OPTIONS OF LIBFUZZER]")
    name = sys.argv.pop(1)
    target, seeds = _TARGETS[name]
    corpus = CORPUS / name
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in seeds():
        (corpus / hashlib.sha256(seed).hexdigest()[:40]).write_bytes(seed)
    options = ["-timeout=20", "-rss_limit_mb=2048", "-max_len=4096", "-print_final_stats=1"]
    options += [f"-artifact_prefix={CORPUS}/"]
    once = any(Path(option).is_file() for option in sys.argv[1:])
    inputs = [] if once else [str(corpus)]
    atheris.Setup([sys.argv[0], *options, *sys.argv[1:], *inputs], target, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
