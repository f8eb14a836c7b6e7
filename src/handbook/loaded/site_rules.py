"""The rules about the sources and pages of a site."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.rule import Rule
from handbook.check.rules import RULES
from handbook.check.schema_rules import RULES as SCHEMA_RULES
from handbook.check.yaml_rules import RULES as YAML_RULES
from handbook.kinds.rules import RULES as KIND_RULES
from handbook.read.context import Context
from handbook.read.packs import PackError, packs

PACKS = "HB9"
"""The start of the codes of rules in kind packs."""


def _rules_of_packs() -> Iterator[Rule[Context]]:
    """Yield the rules of the installed kind packs.

    Raises:
        PackError: A code is that of another rule, or could be.
    """
    taken: dict[str, str] = {}
    for pack in packs():
        for rule in vars(pack.module).values():
            if not isinstance(rule, Rule):
                continue
            other = taken.setdefault(rule.code, pack.distribution)
            if not rule.code.startswith(PACKS) or other != pack.distribution:
                message = f"The rule {rule.code} of the kind pack {pack.distribution} can't have this code"
                if other != pack.distribution:
                    message = f"The kind packs {other} and {pack.distribution} both have a rule {rule.code}"
                raise PackError(message, f"Use a free code from {PACKS}01 to {PACKS}99")
            # What is kept between runs doesn't say which version of a pack found it.
            yield rule._replace(is_local=False)


SITE_RULES: tuple[Rule[Context], ...] = (*YAML_RULES, *SCHEMA_RULES, *RULES, *KIND_RULES, *_rules_of_packs())
"""Every rule that `validate` applies to a site."""
