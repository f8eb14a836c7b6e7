"""The files of the form that proposes a change: what a content type has, and what its entries say today.

A browser reads them when a reader opens the form, and of a large content type only the part with the entry.
They have only what the audience can see.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from typing import Any

from handbook.base.language import _
from handbook.base.shelf import Keep, in_memory
from handbook.diff.git import GitRepository
from handbook.diff.git_process import GitError
from handbook.link.catalogue import Entry
from handbook.link.download import Download
from handbook.link.hidden_links import HIDDEN
from handbook.loaded.handbook import Handbook
from handbook.output.entries.form_fields import closed_fields, describe_field, kinds_named
from handbook.output.entries.records import plain
from handbook.output.entries.schemas import described
from handbook.publish.assets import FORM_FOLDER
from handbook.publish.form_rules import ContentRules, content_rules, describe_rules
from handbook.read.audience_fields import lowest_audience
from handbook.read.audiences import AUDIENCES
from handbook.read.life import has_ended, is_gone
from handbook.read.schemas.kinds import Kind
from handbook.read.schemas.references import DATA, NAMED
from handbook.read.values import list_at
from handbook.render.repository import Repository
from handbook.render.signs import draw_symbols

MANIFEST = "index.json"
SIGNS = "signs.svg"
"""The icons of the form."""
_SIGNS = {
    name: f"lucide/{name}"
    for name in (
        *("arrow-up", "check", "chevron-right", "copy", "info", "pencil", "plus", "send"),
        *("triangle-alert", "x"),
    )
}
_PART = 60_000
"""About how many characters a file with entries has."""
_UNCHECKED = frozenset({"$comment", "$schema", "description", "title"})


def form_files(handbook: Handbook, repository: Repository, keep: Keep = in_memory) -> Iterator[Download]:
    """Yield the files of the form. Their names change with their contents, but for that of the first.

    Args:
        handbook: The handbook.
        repository: The repository that proposals are for.
        keep: Keeps their texts until all of them are known.
    """
    catalogue, gate = handbook.catalogue, handbook.catalogue.gate
    # A page that lists the entries opens the form even for the first one.
    shown = {
        name: list(catalogue.entries(name).values())
        for name, kind in catalogue.kinds.items()
        if catalogue.entries(name)
        or (f"{kind.page}/index.md" in handbook.pages and name not in gate.hidden_kinds)
    }
    rules = content_rules(handbook.context)
    is_cut = gate.audience == AUDIENCES[0] or bool(gate.hidden or gate.hidden_pages)
    files: dict[str, Callable[[], str]] = {}
    digest = blake2b(digest_size=6)

    def add(name: str, text: str) -> None:
        files[name] = keep(text)
        digest.update(f"{name}\n{text}\n".encode())

    for name, entries in shown.items():
        kind = describe_kind(
            catalogue.kinds[name], rules, gate.audience, is_cut=is_cut, hidden_kinds=gate.hidden_kinds
        )
        add(f"{name}.json", _compact(kind))
        names = [[each.id, each.short_name, *list_at(each.data, ("aliases",))] for each in entries]
        ended = describe_ended((each.id, each.data) for each in entries)
        add(f"{name}-names.json", _compact({"names": names, "ended": ended}))
    kinds: dict[str, Any] = {}
    for name, entries in shown.items():
        starts = []
        for number, (first, text) in enumerate(_parts(entries, handbook, repository, is_cut=is_cut)):
            add(f"{name}-{number}.json", text)
            starts.append(first)
        kinds[name] = {"label": _(catalogue.kinds[name].label), "parts": starts}
    folder = digest.hexdigest()
    issues = repository.issues
    manifest = {
        "version": 1,
        "folder": folder,
        "base": _revision(handbook),
        "readers": handbook.context.settings.proposals_audience,
        "issues": issues and issues._asdict(),
        "kinds": kinds,
    }
    yield Download(f"{FORM_FOLDER}/{MANIFEST}", f"{_compact(manifest)}\n")
    yield Download(f"{FORM_FOLDER}/{SIGNS}", draw_symbols(handbook.site, _SIGNS))
    for name, read in files.items():
        yield Download(f"{FORM_FOLDER}/{folder}/{name}", f"{read()}\n")


def describe_kind(
    kind: Kind,
    rules: ContentRules,
    audience: str,
    *,
    is_cut: bool,
    hidden_kinds: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """Return a content type, as `Kind` in `form_check.js` has it.

    Args:
        kind: The content type.
        rules: What the site says about the content rules.
        audience: The audience.
        is_cut: Whether anything could be hidden from the audience.
        hidden_kinds: The content types that the audience may not know.
    """
    field = describe_field(kind.shape, audience, is_cut=is_cut, hidden_kinds=hidden_kinds)
    schemas = described([kind], audience, hidden_kinds)
    return {
        "kind": kind.name,
        "title": _(kind.title),
        "label": _(kind.label),
        "cut": is_cut,
        "file": kind.resolver.file,
        "schemas": {name: _needed(schema) for name, schema in schemas.items()},
        "field": field,
        "refs": sorted(kinds_named(field)),
        "hidden": HIDDEN,
        "rules": describe_rules(kind, field, rules),
    }


def describe_ended(entries: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, Any]:
    """Return which entries have ended, by their IDs: whether each is gone, and the ID of its replacement.

    Args:
        entries: The IDs and the values of entries of a content type.
    """
    return {
        name: [is_gone(value), str(value.get("replaced_by") or "")]
        for name, value in entries
        if has_ended(value)
    }


def _needed(schema: Any, *, is_named: bool = False) -> Any:
    """Return what the check of a value needs of a schema."""
    if isinstance(schema, list):
        return [_needed(part) for part in schema]
    if not isinstance(schema, Mapping):
        return schema
    left: dict[str, Any] = {}
    for name, value in schema.items():
        if is_named:
            left[name] = _needed(value)
        elif name in DATA:
            left[name] = value
        elif name not in _UNCHECKED and not name.startswith("x-"):
            left[name] = _needed(value, is_named=name in NAMED)
    return left


def _parts(
    entries: Iterable[Entry], handbook: Handbook, repository: Repository, *, is_cut: bool
) -> Iterator[tuple[str, str]]:
    """Yield the first ID and the text of each part of the entries of a kind."""
    texts: dict[str, str] = {}
    size = 0
    for entry in entries:
        text = _compact(_entry(entry, handbook, repository, is_cut=is_cut))
        if texts and size + len(text) > _PART:
            yield next(iter(texts)), f"[{','.join(texts.values())}]"
            texts, size = {}, 0
        texts[entry.id] = text
        size += len(text)
    if texts:
        yield next(iter(texts)), f"[{','.join(texts.values())}]"


def _entry(entry: Entry, handbook: Handbook, repository: Repository, *, is_cut: bool) -> dict[str, Any]:
    # As it is written: a reader sees the words of the company, and a proposal must keep their names.
    raw = handbook.context.ids[entry.kind.name][entry.id]
    value = handbook.catalogue.gate.data(raw)
    issues = repository.issues_about(entry.path)
    closed = closed_fields(value, entry.kind.shape, handbook.catalogue.gate.word) if is_cut else ()
    said = {
        "id": entry.id,
        "name": entry.short_name,
        "path": entry.path,
        "line": entry.span.line,
        "edit": repository.edit_url(entry.path, entry.span.line),
        "audience": lowest_audience(raw),
        "used": len({use.entry.page for use in handbook.catalogue.uses(entry)} - {entry.page}),
        # Those of a handbook that this one extends can have another address.
        "issues": issues._asdict() if issues and issues != repository.issues else None,
        "closed": list(closed),
        "value": plain(value),
    }
    return {name: value for name, value in said.items() if value not in (None, [], 0)}


def _revision(handbook: Handbook) -> str | None:
    """Return the commit that the site is built from; `None` outside git."""
    with suppress(GitError):
        return GitRepository(handbook.site.root).commit("HEAD")
    return None


def _compact(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode(errors="replace").decode()
