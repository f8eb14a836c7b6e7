"""Resolve the references of a site for an audience."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any

from handbook.base.language import Language, _, speaking
from handbook.base.span import Span
from handbook.link.catalogue import Catalogue, Entry
from handbook.link.gate import Gate
from handbook.link.hidden_links import HIDDEN
from handbook.link.uses import Uses
from handbook.read.audiences import may_see
from handbook.read.context import Context
from handbook.read.jobs import language_for
from handbook.read.marked_terms import with_words
from handbook.read.raw import RawEntry
from handbook.read.readings import Reading
from handbook.read.values import is_example

_FIELDS_OF_READINGS = MappingProxyType({"metric": ("readings",), "tool": ("seats", "active", "licensed")})
"""The field that readings belong to, and the parts of it: who can't see one of them can't see readings."""


def link(context: Context, audience: str) -> Catalogue:
    """Resolve every reference of a site for an audience.

    Entries with errors that prevent their display are left out; the findings, which stop a build, name them.
    """
    language = language_for(context, audience)
    with speaking(language):
        gate = Gate(context, audience, _(HIDDEN))
    unsound = {id(entry) for entry in context.misfits}
    shown = {
        (kind, entry_id): raw
        for kind, found in sorted(context.ids.items())
        for entry_id, raw in sorted(found.items())
        if id(raw) not in unsound and (kind, entry_id) not in gate.hidden
    }
    known: dict[int, Mapping[str, Any]] = {}

    def data_of(raw: RawEntry) -> Mapping[str, Any]:
        """Return the visible fields of an entry, which keeps them from then on."""
        return known.pop(id(raw), None) or gate.data(raw)

    cut = gate.cut_files((raw, known.setdefault(id(raw), gate.data(raw))) for raw in shown.values())
    namespaces = context.settings.namespaces
    linked: dict[tuple[str, str], Entry] = {}
    for (kind, entry_id), raw in shown.items():
        path = raw.source.path
        data = partial(_with_words, raw, data_of, language)
        place = Span if path in cut else raw.start_span
        title = language.with_words(namespaces.get(raw.namespace, raw.namespace))
        linked[kind, entry_id] = Entry(
            raw.kind,
            entry_id,
            path,
            find_data=data,
            find_span=place,
            namespace=title,
            can_be_example=is_example(raw.value),
        )
    opened = [raw for raw in context.imprints if gate.opens_to(raw)]
    imprints = [_imprint(raw, data_of, language) for raw in opened]
    written = [*zip(shown.values(), linked.values(), strict=True), *zip(opened, imprints, strict=True)]
    described = filter(None, (context.settings_kind, context.page_kind, context.gone_kind))
    return Catalogue(
        context.kinds,
        linked.values(),
        Uses(context.references, written, linked).of,
        imprints,
        described,
        gate=gate,
        language=language,
        off=context.kinds_off,
        readings=dict(_readings(context, audience, linked)),
    )


def _readings(
    context: Context, audience: str, linked: Mapping[tuple[str, str], Entry]
) -> Iterator[tuple[tuple[str, str], Sequence[Reading]]]:
    """Yield the readings of entries that the audience can see, with the fields that they are part of."""
    for file in context.readings:
        if (file.kind, file.id) in linked:
            shape = context.kinds[file.kind].shape
            above, *below = _FIELDS_OF_READINGS[file.kind]
            field = shape.field(above)
            fields = [field, *(field.field(name) for name in below)] if field else []
            if all(may_see(audience, each.audience) for each in fields if each):
                yield (file.kind, file.id), file.readings


def _with_words(
    raw: RawEntry, data_of: Callable[[RawEntry], Mapping[str, Any]], language: Language
) -> Mapping[str, Any]:
    """Return the visible fields of an entry with the words for terms."""
    data = data_of(raw)
    # Most files mark no term.
    return with_words(data, raw.kind.shape, language) if raw.source.document.can_mark_terms else data


def _imprint(raw: RawEntry, data_of: Callable[[RawEntry], Mapping[str, Any]], language: Language) -> Entry:
    """Return the front matter of a page as an entry, under the title from the theme."""

    def data() -> Mapping[str, Any]:
        front_matter = raw.source.document.value
        title = front_matter.get("title") if isinstance(front_matter, Mapping) else None
        name = language.with_words(title) if isinstance(title, str) else raw.id
        return MappingProxyType({**_with_words(raw, data_of, language), "name": name})

    return Entry(raw.kind, raw.id, raw.source.path, find_data=data, find_span=raw.start_span)
