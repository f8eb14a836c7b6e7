"""Make the files of a new handbook. Nothing is written but a temporary copy, which is validated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from handbook.base.findings import Finding
from handbook.base.named_tuples import NamedTuple
from handbook.base.temporary import temporary_folder
from handbook.check.code_owners import code_owner_lines, read_code_owners, with_lines
from handbook.check.runner import find_all
from handbook.loaded.site_rules import SITE_RULES
from handbook.read.context import Context
from handbook.read.files import CONFIG, find_site
from handbook.read.requirements import FILE, unfound_engine
from handbook.read.settings import SETTINGS_FILE
from handbook.read.sources import read_context
from handbook.starter.answers import Answers
from handbook.starter.automation import automation, notes
from handbook.starter.configuration import configuration, settings
from handbook.starter.copying import Copy
from handbook.starter.engine import read_engine
from handbook.starter.ground import IGNORED, README, Ground
from handbook.starter.home import home
from handbook.starter.hosts import Host, host_of
from handbook.starter.inventory import choose, inventory
from handbook.starter.leftovers import CODES, prune
from handbook.starter.plan import make_plan
from handbook.starter.translating import Translator, read_translator
from handbook.write.editor import outdated_editor_files
from handbook.write.upgrading.packages import requirements
from handbook.write.upgrading.record import RECORD, read_shipped

_MOST_ROUNDS = 8
_FILES = Path(__file__).parent / "files"
"""Where the files are that only a new handbook has."""
_README_WIDTH = 120
_ENGINE = (
    f"CI can't find the engine yet, whose name in the public index is not ours. Make the last line of {FILE} "
    "`product-handbook @ ADDRESS --hash=sha256:...`, with the wheel's address, or add `--index-url` below"
)


class Made(NamedTuple):
    """A new handbook.

    Attributes:
        files: The contents of its files by path, from the top of the repository.
        findings: What validation says about them.
        notes: What is left to do.
        untranslated: The number of texts that are in English because no one has translated them.
    """

    files: Mapping[str, bytes]
    findings: Sequence[Finding]
    notes: Sequence[str]
    untranslated: int = 0


def make_handbook(answers: Answers, today: date, ground: Ground) -> Made:
    """Return a new handbook.

    Args:
        answers: The answers of the company.
        today: The day of the new handbook.
        ground: Where it comes.
    """
    host = host_of(answers.repository, ground.prefix, ground.branch)
    translator = read_translator(answers.language, answers.word)
    with temporary_folder() as name:
        top = Path(name).resolve()
        # The top of a repository, for what finds the list of code owners.
        (top / ".git").mkdir()
        for path, data in ground.existing.items():
            _write(top, path, data)
        root = top / ground.prefix
        for path, text in site_files(answers, host, today, translator):
            if path == IGNORED and (root / path).is_file():
                _write(root, path, b"\n".join((ground.existing[f"{ground.prefix}{path}"], text.encode())))
            elif f"{ground.prefix}{path}" not in ground.shared:
                _write(root, path, text.encode())
        for path, text in automation(home(), host, ground):
            _write(top, path, text.encode())
        packages = requirements(read_engine())
        _write(root, FILE, packages.encode())
        _write(root, RECORD, read_shipped().record.text().encode())
        context, findings = _pruned(root, today)
        for path, (_, after) in outdated_editor_files(context).items():
            _write(root, path, after)
        owners = read_code_owners(context.site)
        _write(root, owners.path, with_lines(owners, code_owner_lines(context)).encode())
        files = (path for path in sorted(top.rglob("*")) if path.is_file())
        contents = {path.relative_to(top).as_posix(): path.read_bytes() for path in files}
        left = [_ENGINE] if unfound_engine(packages) else []
        return Made(contents, findings, [*notes(ground), *left], len(translator.missing))


def site_files(
    answers: Answers, host: Host, today: date, translator: Translator
) -> Iterator[tuple[str, str]]:
    """Yield the files of the site by path, as far as possible without knowing what the others have.

    Args:
        answers: The answers of the company.
        host: What follows from the address of the repository.
        today: The day of the new handbook.
        translator: Translates the texts.
    """
    source = read_context(find_site(home()))
    chosen = choose(answers.tools)
    plan = make_plan(answers)
    config = translator.comments(configuration(_read(home() / CONFIG), answers, host, translator))
    yield CONFIG, config
    yield SETTINGS_FILE, settings(answers, plan, chosen, translator)
    tools = inventory(chosen, plan, source.kinds["tool"].shape, today, translator)
    yield "tools_inventory.yaml", translator.head_comment(tools)
    reviews = len(chosen.tools)
    copy = Copy(source, plan, chosen.jobs, today, reviews=reviews, translator=translator, word=answers.word)
    yield from ((path, translator.head_comment(text)) for path, text in copy.entries())
    yield from copy.pages()
    readme = translator.markdown(_read(_FILES / README), _README_WIDTH)
    yield README, readme.replace("{company}", answers.company)
    yield IGNORED, _read(_FILES / "gitignore")


def _pruned(root: Path, today: date) -> tuple[Context, Sequence[Finding]]:
    """Leave out of the files of a site what leads nowhere, until nothing does."""
    for _ in range(_MOST_ROUNDS):
        context = read_context(find_site(root), today)
        findings = find_all(context, SITE_RULES)
        of_file: dict[str, list[Finding]] = defaultdict(list)
        for finding in findings:
            if finding.code in CODES:
                of_file[finding.path].append(finding)
        if not of_file:
            break
        for path, found in of_file.items():
            entries = (entry for entry in context.entries if entry.source.path == path)
            shapes = {tuple(entry.at): entry.kind.shape for entry in entries}
            _write(root, path, prune(path, _read(root / path), found, shapes).encode())
    return context, findings


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def _write(root: Path, path: str, data: bytes) -> None:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
