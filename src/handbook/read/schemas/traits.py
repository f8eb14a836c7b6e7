"""Remember what there is below the shapes of kinds, so that not every run looks through all schemas."""

from __future__ import annotations

from collections.abc import Iterable

from handbook.base.memory import key_of, memory
from handbook.read.schemas.kinds import Kind


def recall_traits(kinds: Iterable[Kind | None], schemas_key: str) -> None:
    """Tell the shapes of kinds what there is below them.

    Args:
        kinds: All kinds of valid schemas, in the same order in every run; `None` for one without a schema.
        schemas_key: What names the schemas in the memory, as the settings change them.
    """
    kept = memory()
    if kept is None:
        return
    key = key_of("traits", schemas_key)
    shapes = [kind.shape for kind in kinds if kind]
    found = kept.recall(key)
    if found is None:
        kept.keep(key, [sorted(shape.traits) for shape in shapes])
        return
    for shape, traits in zip(shapes, found, strict=True):
        shape.traits = frozenset(traits)
