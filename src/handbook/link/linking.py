"""Resolve the references of a site for an audience."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType

from handbook.base.language import Language, _, speaking
from handbook.base.span import Span
from handbook.link.catalogue import Catalogue, Entry, Use
from handbook.link.gate import Gate
from handbook.link.hidden_links import HIDDEN
from handbook.read.audiences import may_see
from handbook.read.context import Context
from handbook.read.jobs import language_for
from handbook.read.marked_terms import with_words
from handbook.read.raw import RawEntry
from handbook.read.readings import Reading
from handbook.read.schemas.places import walk

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
        (kind, entry_id): (raw, gate.data(raw))
        for kind, found in context.ids.items()
        for entry_id, raw in found.items()
        if id(raw) not in unsound and (kind, entry_id) not in gate.hidden
    }
    cut = gate.cut_files(shown.values())
    namespaces = context.settings.namespaces
    # Most files mark no term.
    marked = {source.path for source in context.sources if "$" in source.document.text}
    linked: dict[tuple[str, str], Entry] = {}
    for (kind, entry_id), (raw, data) in shown.items():
        path = raw.source.path
        place = Span() if path in cut else partial(raw.source.document.start_span, raw.at)
        title = namespaces.get(raw.namespace, raw.namespace)
        worded = with_words(data, raw.kind.shape, language) if path in marked else data
        linked[kind, entry_id] = Entry(raw.kind, entry_id, worded, path, place, language.with_words(title))
    imprints = [_imprint(raw, gate, language) for raw in context.imprints if gate.opens_to(raw)]
    uses: dict[tuple[str, str], list[Use]] = defaultdict(list)
    for entry in (*(linked[key] for key in sorted(linked)), *imprints):
        for pointer, shape, value in walk(entry.kind.shape, entry.data):
            target = next(((name, value) for name in shape.refs if (name, value) in linked), None)
            if target and isinstance(value, str):
                uses[target].append(Use(entry, pointer))
    described = filter(None, (context.settings_kind, context.page_kind, context.gone_kind))
    return Catalogue(
        context.kinds,
        linked.values(),
        uses,
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


def _imprint(raw: RawEntry, gate: Gate, language: Language) -> Entry:
    """Return the front matter of a page as an entry, under the title from the theme."""
    front_matter = raw.source.document.value
    title = front_matter.get("title") if isinstance(front_matter, Mapping) else None
    name = language.with_words(title) if isinstance(title, str) else raw.id
    data = MappingProxyType({**with_words(gate.data(raw), raw.kind.shape, language), "name": name})
    return Entry(raw.kind, raw.id, data, raw.source.path, partial(raw.source.document.start_span, ()))
