"""Patch schemas: change a built-in content type without a copy of its schema.

A patch is a JSON Merge Patch (RFC 7396). It is applied to what the installed version ships, so an upgrade
reaches the rest of the schema. A merge patch can only replace a list. Here it can also change a list of
names: as a mapping of names, with `true` for a name to add and `null` for one to remove.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, TypeAlias

from handbook.base.named_tuples import NamedTuple
from handbook.base.problem import Problem
from handbook.base.words import nearest, one_of, shown, suggestion
from handbook.read.schemas.optional import without_requirement
from handbook.read.schemas.references import NAMED
from handbook.read.yaml.document import Document, Pointer, json_pointer

PATCH_SUFFIX = ".patch.json"

_NAME_LISTS = frozenset({"required", "enum"})
"""The lists that a patch can change name by name."""

_FIXED = (("$id",), ("$schema",), ("x-kind", "name"))
"""What other schemas, references and figures rely on."""

_TYPED = frozenset({"type", "$ref", "enum", "const", "allOf", "anyOf", "oneOf", "if", "not"})
"""The keywords of which a field of its own has at least one. Without any, everything would be valid."""

_ELSEWHERE = frozenset({"$ref", "patternProperties"})
"""The keywords that bring more fields."""

_NOTHING = object()

_Place: TypeAlias = tuple[str, ...]


class Patched(NamedTuple):
    """A schema with a patch applied.

    Attributes:
        document: The schema that applies.
        misfits: The parts of the patch that don't fit the schema.
        dropped: Its lists that make required fields optional.
    """

    document: Document
    misfits: tuple[Problem, ...]
    dropped: tuple[Problem, ...]


@lru_cache(maxsize=256)
def patched(base: Document, patch: Document, path: str) -> Patched:
    """Return a schema with a patch applied. Misfits are left out.

    Args:
        base: The schema.
        patch: The patch, without faults.
        path: The path of the patch.
    """
    merge = _Merge(patch, path)
    value = merge.apply(base.value)
    return Patched(as_document(value), tuple(merge.misfits), tuple(merge.dropped))


def as_document(value: Any) -> Document:
    """Return a schema that is calculated from others as a document."""
    import json  # noqa: PLC0415 - most handbooks change no schema

    return Document(json.dumps(value, indent=2, ensure_ascii=False) + "\n", value)


class _Merge:
    """One patch that is applied to one schema."""

    def __init__(self, patch: Document, path: str) -> None:
        self._patch = patch
        self._path = path
        self.misfits: list[Problem] = []
        self.dropped: list[Problem] = []

    def apply(self, base: Any) -> Any:
        """Return the result."""
        if not isinstance(self._patch.value, dict):
            self._misfit((), "A patch must be a mapping of the keywords to change", "Start with `{`")
            return base
        return self._mapping(base, self._patch.value, (), is_named=False)

    def _mapping(self, base: Any, patch: Mapping[str, Any], place: _Place, *, is_named: bool) -> Any:
        """Return a mapping with its changes.

        Args:
            base: The mapping; anything else counts as empty.
            patch: The changes.
            place: The place of both.
            is_named: Whether it is a mapping of names to schemas, such as `properties`.
        """
        found = dict(base) if isinstance(base, Mapping) else {}
        for name, part in patch.items():
            at = (*place, name)
            before = found.get(name, _NOTHING)
            if at in _FIXED or (part is None and at == ("x-kind",)):
                if part != before:
                    self._misfit(at, f"`{'.'.join(at)}` can't be changed", "Remove it: others refer to it")
            elif part is None:
                if before is _NOTHING:
                    message = f"Nothing to remove: this version of the schema has no {shown(name)} here"
                    self._misfit(at, message, _meant(name, found, f"Remove {shown(name)}"))
                else:
                    del found[name]
            elif not is_named and name in _NAME_LISTS and isinstance(part, dict):
                found[name] = self._names([] if before is _NOTHING else before, part, at)
            elif isinstance(part, dict):
                below_is_named = not is_named and name in NAMED
                found[name] = self._mapping(before, part, at, is_named=below_is_named)
            else:
                found[name] = part
                if name == "required" and not is_named:
                    self._check_required(at, before, part, patch)
            if is_named and place[-1] == "properties" and part is not None:
                self._check_field(at, found, before, part)
        return found if is_named else self._with_known_fields(found, patch, place)

    def _names(self, names: Any, changes: Mapping[str, Any], place: _Place) -> Any:
        """Return a list of names with its changes."""
        found = list(names) if isinstance(names, list) else []
        for name, change in changes.items():
            at = (*place, name)
            if change is None and name in found:
                found.remove(name)
            elif change is None:
                message = f"Nothing to remove: {shown(name)} is not in `{place[-1]}` of this version"
                self._misfit(at, message, _meant(name, found, f"Remove {shown(name)}"))
            elif change is not True:
                hint = "Use `true` to add the name, or `null` to remove it"
                self._misfit(at, f"Invalid value {shown(change)} for {shown(name)}", hint)
            elif name not in found:
                found.append(name)
        return found

    def _check_required(self, at: _Place, before: Any, after: Any, patch: Mapping[str, Any]) -> None:
        """Note the fields that a list makes optional, except those that the patch removes."""
        if not isinstance(before, list) or not isinstance(after, list):
            return
        fields = patch.get("properties")
        gone = {name for name, part in fields.items() if part is None} if isinstance(fields, dict) else set()
        lost = [name for name in before if name not in after and name not in gone]
        if lost:
            import json  # noqa: PLC0415 - as above

            # A mapping says the same without a warning.
            added = [str(name) for name in after if name not in before]
            meant = dict.fromkeys(added, True) if added else dict.fromkeys(map(str, lost))
            verb = "is" if len(lost) == 1 else "are"
            message = f"This list replaces the whole list: {one_of(lost, 'and')} {verb} no longer required"
            hint = f"Change only the fields that you name: `{json.dumps(meant, ensure_ascii=False)}`"
            self.dropped.append(self._problem(at, message, hint))

    def _check_field(self, at: _Place, fields: dict[str, Any], before: Any, part: Any) -> None:
        """Leave out a field that only the patch has and that accepts anything: a misspelt or former name."""
        name = at[-1]
        if before is _NOTHING and isinstance(part, dict) and _TYPED.isdisjoint(part):
            del fields[name]
            hint = _meant(name, fields, "Add a `type` or `enum` if the field is new")
            self._misfit(at, f"This version of the schema has no field {shown(name)} to change", hint)

    def _with_known_fields(self, schema: dict[str, Any], patch: Mapping[str, Any], place: _Place) -> Any:
        """Return a schema that requires no field that it doesn't have."""
        changes = patch.get("properties")
        pairs = changes.items() if isinstance(changes, dict) else ()
        schema = without_requirement(schema, {name for name, part in pairs if part is None})
        asked, required = patch.get("required"), schema.get("required")
        if not asked or not isinstance(required, list) or not _is_closed(schema):
            return schema
        fields = schema["properties"]
        for name in [name for name in required if isinstance(name, str) and name not in fields]:
            at = asked.index(name) if isinstance(asked, list) else name
            self._misfit((*place, "required", at), f"Unknown field {shown(name)}", suggestion(name, fields))
        # What is no name is a mistake, which the check of the schema reports.
        known = [name for name in required if not isinstance(name, str) or name in fields]
        return {**schema, "required": known}

    def _misfit(self, place: Pointer, message: str, hint: str) -> None:
        self.misfits.append(self._problem(place, message, hint))

    def _problem(self, place: Pointer, message: str, hint: str) -> Problem:
        return Problem(self._path, self._patch.key_span(place), message, hint, json_pointer(place))


def _meant(name: str, names: Iterable[Any], otherwise: str) -> str:
    """Return a hint: the name that a misspelt one is close to, or other advice."""
    near = nearest(str(name), map(str, names), 0.75)
    return f"Did you mean `{near}`?" if near else otherwise


def _is_closed(schema: Mapping[str, Any]) -> bool:
    """Return whether a schema lists all its fields itself."""
    is_listed = isinstance(schema.get("properties"), dict) and schema.get("additionalProperties") is False
    return is_listed and _ELSEWHERE.isdisjoint(schema)
