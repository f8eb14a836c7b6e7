"""Content: something that still belongs to a content type that is switched off."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.sentences import listed
from handbook.base.words import count, shown
from handbook.check.engine_settings import engine_settings, named_pages
from handbook.check.text_links import TextLink, text_links
from handbook.read.context import Context
from handbook.read.raw import RawEntry
from handbook.read.schemas.kinds import Kind
from handbook.read.schemas.places import shape_at
from handbook.read.settings import EXTENDS, SETTINGS_FILE

_OFF = "kinds: {tool: off}\n"
_METRIC = """metrics:
  - id: activation
    name: Activation
    summary: New accounts that reach their goal.
    status: agreed
    definition: New accounts that reach their goal within seven days.
"""


@rule(
    "HB331",
    "content-type-off",
    Severity.WARNING,
    reason=(
        "If `kinds` in `sources/handbook.yaml` switches off a content type, readers don't see what still "
        "belongs to it: its files, fields that name one of its entries, and its lines in the navigation. "
        "Remove them when you are sure, so that no one maintains them for nothing."
    ),
    bad={"sources/handbook.yaml": _OFF, "sources/metrics.yaml": f"{_METRIC}    «source_tool»: amplitude\n"},
    good={"sources/handbook.yaml": _OFF, "sources/metrics.yaml": _METRIC},
)
def _check(context: Context) -> Iterator[Problem]:
    if not context.kinds_off:
        return
    yield from _in_files(context)
    yield from _in_fields(context)
    yield from _links_in_texts(context)
    yield from _in_navigation(context)


def _in_files(context: Context) -> Iterator[Problem]:
    own = context.setting.value.get("kinds") if context.setting else None
    for name, paths in context.files_off.items():
        if context.setting and paths:
            are_not = "isn't" if len(paths) == 1 else "aren't"
            files = f"{count(len(paths), 'file')} {are_not} read"
            message = f"{_are_off(context, [name])}, so {files}"
            remove = f"Remove {paths[0]}{' and the others' if len(paths) > 1 else ''}"
            if isinstance(own, Mapping) and name in own:
                yield context.setting.problem(("kinds", name), message, f"{remove}, or use `{name}: on`")
            else:  # a layer below switches it off
                hint = f"{remove}, or add `{name}: on` to `kinds`"
                yield context.setting.problem((EXTENDS,), message, hint, "key")


def _in_fields(context: Context) -> Iterator[Problem]:
    for entry in (*context.entries, *context.imprints, *filter(None, [context.setting])):
        for off in entry.off:
            message = f"`{off.pointer[-1]}` isn't shown: {_are_off(context, off.kinds).lower()}"
            yield entry.problem(off.pointer, message, _remove(off.kinds), "key")
    for entry, pointer, shape, value in context.references:
        if context.names_only_off(shape, value):
            message = f"{shown(value)} isn't shown: {_are_off(context, shape.off).lower()}"
            yield entry.problem(pointer, message, partial(_other, context, shape.refs, value))


def _links_in_texts(context: Context) -> Iterator[Problem]:
    for link in text_links(context, partial(_is_off, context)):
        kind = context.kind_off_at(link.target, _folder(link.page))
        if kind:
            hint = partial(_without_link, link)
            yield link.problem(_no_link(context, link.target, kind), hint, lambda: ("", False))


def _without_link(link: TextLink) -> str:
    """Return what to remove: an item that is only a link is nothing without the address."""
    shape = shape_at(link.where.kind.shape, link.pointer) if isinstance(link.where, RawEntry) else None
    if shape is None or not shape.link:
        return "Remove the link"
    is_item = len(link.pointer) > 1 and isinstance(link.pointer[-2], int)
    return "Remove the whole item of the list" if is_item else "Remove the field"


def _is_off(context: Context, target: str, page: str | None, is_tag: bool) -> bool:  # noqa: ARG001, FBT001 - as `IsMeant`
    return context.kind_off_at(target, _folder(page)) is not None


def _folder(page: str | None) -> str:
    return posixpath.dirname(page or "")


def _no_link(context: Context, target: str, kind: Kind) -> str:
    return f"{shown(target)} is no link: {_are_off(context, [kind.name]).lower()}"


def _in_navigation(context: Context) -> Iterator[Problem]:
    found = engine_settings(context.site, "nav") if context.navigation_off else None
    if found:
        source, settings = found
        for pointer, name in named_pages(settings["nav"]):
            if name in context.navigation_off:
                off = _are_off(context, [context.navigation_off[name]]).lower()
                message = f"{shown(name)} isn't in the navigation: {off}"
                place = partial(source.document.value_span, pointer)
                yield Problem(source.path, place, message, "Remove the line")


def _are_off(context: Context, names: Iterable[str]) -> str:
    titles = [context.kinds_off[name].plural.replace("_", " ") for name in names if name in context.kinds_off]
    return f"{listed(titles)} are off".capitalize()


def _remove(names: Iterable[str]) -> str:
    return f"Remove it, or remove {listed([f'`{name}: off`' for name in names])} from {SETTINGS_FILE}"


def _other(context: Context, kinds: Iterable[str], value: str) -> str:
    near = next(filter(None, (context.names[kind].nearest(value) for kind in kinds)), None)
    return f"Did you mean `{near}`? If not, remove it" if near else "Replace or remove it"
