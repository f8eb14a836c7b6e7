"""Find words that the handbook and its engine don't use, and print what to write instead.

`scripts/banned_words.yaml` lists the words, and the places that keep one for a reason. In Python files only
comments and strings are read. Addresses and ids are left out.
"""

from __future__ import annotations

import io
import re
import sys
import tokenize
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

ROOT = Path(__file__).parents[1]
LIST = "scripts/banned_words.yaml"
VENDOR = "/browser/vendor/"
"""The folder of other people's scripts."""
PLACES = (
    "*.md",
    "*.yml",
    "*.yaml",
    "Makefile",
    ".github/**/*",
    "docs/**/*",
    "macros/**/*",
    "schemas/**/*",
    "scripts/**/*",
    "sources/**/*",
    "src/**/*",
)
KINDS = {".css", ".html", ".jinja", ".js", ".json", ".md", ".mjs", ".py", ".toml", ".yaml", ".yml", ""}

# Where a comment or a text is wrapped, the next line can begin with a mark.
_GAP = r"(?:[\s#*/>|\"'\\]|//)+"
_NO_TEXT = re.compile(r"#[\w-]+|\b\w+://\S+|\]\([^)\s]*\)")


class Use(NamedTuple):
    """A banned word in a file.

    Attributes:
        path: The file, below the folder that was looked through.
        line: The line that the word begins on, from 1.
        word: The word as it is listed.
        text: The whole line.
    """

    path: str
    line: int
    word: str
    text: str


def find_uses(path: str, text: str, words: Sequence[str]) -> Iterator[Use]:
    """Find the banned words in a file, however they are wrapped and in upper or lower case.

    Args:
        path: The file's path, which tells its kind.
        text: Its content.
        words: The banned words and phrases.
    """
    phrases = "|".join(f"({_GAP.join(map(re.escape, word.split()))})" for word in words)
    pattern = re.compile(rf"(?<![\w-])(?:{phrases})(?![\w-])", re.IGNORECASE)
    if not pattern.search(text):
        return
    visible = _blank_out_code(text) if path.endswith(".py") else text
    visible = _NO_TEXT.sub(lambda match: " " * len(match[0]), visible)
    lines = text.split("\n")
    for match in pattern.finditer(visible):
        number = visible.count("\n", 0, match.start())
        yield Use(path, number + 1, words[(match.lastindex or 1) - 1], lines[number])


def _blank_out_code(text: str) -> str:
    """Replace everything in a Python file but comments and texts with spaces."""
    originals = io.StringIO(text).readlines()
    lines = [re.sub(r"\S", " ", line) for line in originals]
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if tokenize.tok_name[token.type] in {"COMMENT", "STRING", "FSTRING_MIDDLE"}:
            (first, start), (last, end) = token.start, token.end
            for number in range(first, last + 1):
                left = start if number == first else 0
                right = end if number == last else len(originals[number - 1])
                line, original = lines[number - 1], originals[number - 1]
                lines[number - 1] = line[:left] + original[left:right] + line[right:]
    return "".join(lines)


def check(root: Path) -> list[str]:
    """Return a line for each banned word in a repository, and for each exception that nothing needs."""
    listed: Mapping[str, list[Mapping[str, str]]] = yaml.safe_load((root / LIST).read_text(encoding="utf-8"))
    instead = {each["word"]: each["use"] for each in listed["words"]}
    exceptions = listed["exceptions"]
    unused = dict(enumerate(exceptions))
    problems = []
    for path in sorted({path for place in PLACES for path in root.glob(place)}):
        name = path.relative_to(root).as_posix()
        if name == LIST or VENDOR in name or path.suffix not in KINDS or not path.is_file():
            continue
        try:
            uses = list(find_uses(name, path.read_text(encoding="utf-8"), list(instead)))
        except (UnicodeDecodeError, tokenize.TokenError, SyntaxError) as error:
            problems.append(f"{name}: Unreadable: {error}")
            continue
        for use in uses:
            excused = [
                number
                for number, each in enumerate(exceptions)
                if each["path"] == name and each["text"] in use.text and use.word in each["text"].lower()
            ]
            if not excused:
                problems.append(f"{name}:{use.line}: Banned word `{use.word}`: use {instead[use.word]}")
            for number in excused:
                unused.pop(number, None)
    problems += [f"{LIST}: Unused exception for {each['path']}: {each['text']}" for each in unused.values()]
    return problems


def main() -> int:
    """Print the problems; exit with 1 if there are any."""
    problems = check(ROOT)
    for problem in problems:
        print(problem)
    return min(len(problems), 1)


if __name__ == "__main__":
    sys.exit(main())
