"""`handbook search`: find pages as the site does, and check that questions find their answers."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from handbook.base.numbers import format_percent
from handbook.base.words import count, visible
from handbook.cli.errors import UsageError
from handbook.cli.loading import add_audience_option, load_whole
from handbook.cli.streams import print_text
from handbook.loaded.handbook import Handbook
from handbook.output.as_json import as_json
from handbook.publish.search import answer, handbook_index, urls
from handbook.search.index import Index
from handbook.search.questions import (
    NONE,
    QUESTIONS_FILE,
    Outcome,
    Questions,
    Score,
    ask,
    read_questions,
    score,
)
from handbook.search.ranking import rank

_HALVES = {"tuning": "To tune with", "held_out": "Held out", "all": "All"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Define the arguments of the command."""
    parser.add_argument("words", nargs="*", metavar="WORDS", help="What a reader types")
    parser.add_argument(
        "--limit", type=_limit, default=10, metavar="NUMBER", help="Most results to show (default: 10)"
    )
    parser.add_argument(
        "--check",
        nargs="?",
        const="",
        metavar="FILE",
        help=f"Check that the questions of a file find their pages (default: {QUESTIONS_FILE})",
    )
    parser.add_argument(
        "--tuning",
        action="store_true",
        help="With --check, leave out the half of the questions that is held out",
    )
    add_audience_option(parser)
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="Output format (default: text)"
    )


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    text = " ".join(options.words)
    if (options.check is None) != bool(text.strip()):
        raise UsageError("Name either words to search for, or `--check`.")
    if options.tuning and options.check is None:
        raise UsageError("`--tuning` needs `--check`.")
    handbook = load_whole(audience=options.audience)
    index = handbook_index(handbook)
    if options.check is not None:
        return _check(handbook, index, options)
    found = answer(handbook, index, text, options.limit)
    print_text(as_json(found) if options.format == "json" else "\n".join(_lines(found, index)) + "\n")
    return 0


def _limit(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text[:5]) == int(text[:6]):
        raise argparse.ArgumentTypeError(
            f"{text} is not a valid number of results; use a whole number, from 1"
        )
    return int(text)


def _lines(found: dict[str, Any], index: Index) -> Iterator[str]:
    results, unknown = found["results"], found["unknown"]
    if results and unknown:
        yield visible(f"No page has “{' '.join(unknown)}”. These come closest:")
    yield from _pages(results, index)
    if not results:
        yield "Nothing found."
        if found["near"]:
            yield "Close to it:"
        yield from _pages(found["near"], index)
    if found["unlisted"]:
        yield "For a tool that isn't listed:"
        yield from _pages(found["unlisted"], index)


def _pages(shown: list[dict[str, Any]], index: Index) -> Iterator[str]:
    for number, each in enumerate(shown, 1):
        state = each["state"]
        notes = [
            index.kinds[each["kind"]].title,
            *([state["word"]] if state else []),
            *filter(None, [each["owner"]]),
        ]
        yield visible(f"{number}. {each['title']} ({', '.join(notes)})")
        yield visible(f"   {each['page'] or './'}")
        if each["snippet"]:
            yield visible(f"   {each['snippet']}")


def _check(handbook: Handbook, index: Index, options: argparse.Namespace) -> int:
    file = Path(options.check) if options.check else handbook.site.root / QUESTIONS_FILE
    path = options.check or QUESTIONS_FILE
    if not file.exists():
        raise UsageError(f"{path}: No such file. Write questions, or name another file.")
    url = urls(handbook)
    questions = read_questions(file, path)
    items = [each for each in questions.items if not (options.tuning and each.is_held_out)]
    outcomes = ask(items, lambda text: [url(index.documents[at].page) for at in rank(index, text).results])
    scores = {
        "tuning": score([each for each in outcomes if not each.question.is_held_out]),
        "held_out": score([each for each in outcomes if each.question.is_held_out]),
        "all": score(outcomes),
    }
    pages = {url(document.page) for document in index.documents}
    is_enough = scores["all"].first >= questions.first and scores["all"].among_three >= questions.among_three
    if options.format == "json":
        print_text(as_json(_as_object(outcomes, scores, questions, is_enough=is_enough)))
    else:
        lines = [*_misses(outcomes, pages, path), *_summary(scores), _verdict(questions, is_enough=is_enough)]
        print_text(visible_lines(lines))
    return 0 if is_enough else 1


def visible_lines(lines: Sequence[str]) -> str:
    """Return lines as a text without characters that a terminal acts on."""
    return "".join(f"{visible(line)}\n" for line in lines)


def _misses(outcomes: Sequence[Outcome], pages: set[str], path: str) -> Iterator[str]:
    for question, position, found in outcomes:
        if position == 1:
            continue
        first = f"; first is {found[0]}" if found else ""
        if question.page == NONE:
            said = f"finds {found[0]}, but nothing answers it"
        elif question.page not in pages:
            said = f"needs {question.page}, which is no page of this handbook{first}"
        elif position:
            said = f"{question.page} has rank {position}{first}"
        else:
            said = f"{question.page} is not found{first}"
        yield f"{path}:{question.line}: “{question.ask}”: {said}"


def _summary(scores: dict[str, Score]) -> Iterator[str]:
    for name, title in _HALVES.items():
        each = scores[name]
        if each.number:
            first, among_three = format_percent(each.first, 100), format_percent(each.among_three, 100)
            yield (
                f"{title}: {count(each.number, 'question')}, {first} find their page first, "
                f"{among_three} among the first three"
            )


def _verdict(questions: Questions, *, is_enough: bool) -> str:
    least = f"{questions.first:g}% first and {questions.among_three:g}% among the first three"
    return f"The search finds enough: at least {least}." if is_enough else f"Not enough: at least {least}."


def _as_object(
    outcomes: Sequence[Outcome], scores: dict[str, Score], questions: Questions, *, is_enough: bool
) -> dict[str, Any]:
    return {
        "questions": [
            {
                "ask": question.ask,
                "page": question.page,
                "line": question.line,
                "held_out": question.is_held_out,
                "rank": position,
                "found": list(found),
            }
            for question, position, found in outcomes
        ],
        "summary": {name: each._asdict() for name, each in scores.items()},
        "least": {"first": questions.first, "among_three": questions.among_three},
        "enough": is_enough,
    }
