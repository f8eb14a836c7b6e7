"""References: a handbook below with errors of its own. The checker finds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from handbook.base.findings import Finding
from handbook.base.named_tuples import NamedTuple
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import count, one_of, shown
from handbook.check.rules.examples import CORE
from handbook.read.context import Context
from handbook.read.layer_folders import PACKAGE
from handbook.read.settings import EXTENDS


class BrokenLayers(NamedTuple):
    """The errors in layers of a site.

    Attributes:
        context: Everything that was read.
        errors: The errors in the files of each layer, by the start of their paths.
    """

    context: Context
    errors: Mapping[str, Sequence[Finding]]


@rule(
    "HB213",
    "broken-layer",
    reason=(
        "An entry with an error isn't published. Errors in a handbook that this one extends are fixed "
        "there, so here they are one finding. Content rules (HB3xx) are a matter of that handbook alone."
    ),
    bad={
        **CORE,
        "core/tools_inventory.yaml": CORE["core/tools_inventory.yaml"].replace("status:", "statsu:"),
        "sources/handbook.yaml": "extends: [«core»]\n",
    },
    good={**CORE, "sources/handbook.yaml": "extends: [core]\n"},
)
def broken_layer(found: BrokenLayers) -> Iterator[Problem]:
    """Yield the layers with errors, each once."""
    context = found.context
    for layer, at in zip(context.site.layers, context.layers.at, strict=True):
        errors = found.errors.get(layer.prefix, ())
        if not errors or context.setting is None:
            continue
        first = errors[0]
        name = layer.prefix.rstrip("/")
        message = (
            f"The handbook {shown(name)} has {count(len(errors), 'error')} here, the first in "
            f"{first.path}:{first.span.line}: {first.message}"
        )
        others = {error.path for error in errors} - {first.path}
        if others:
            message = f"{message}; others in {one_of(sorted(others), 'and')}"
        hint = (
            "Install a version without errors"
            if name.startswith(PACKAGE)
            else "Fix it there. If that handbook alone has no errors, replace what does not fit this one"
        )
        yield context.setting.problem((EXTENDS, at), message, hint)
