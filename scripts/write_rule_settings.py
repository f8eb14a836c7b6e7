"""Write the titles and reasons of the rules into the schema of the settings, where editors show them.

Run it as `make rules` after you add a rule or change its reason.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from handbook.diff.hb403_code import changed_code
from handbook.diff.hb404_baseline import grown_baseline
from handbook.loaded.rulebook import RULEBOOK

SCHEMA = Path(__file__).parents[1] / "schemas/handbook.schema.json"
_SETTABLE = ("HB3", "HB4")
_RULES = re.compile(r'(?:^ {8}"HB\d{3}": .*\n)+', re.MULTILINE)


def with_rules(schema: str) -> str:
    """Return the schema with a setting for the severity of each rule about content or changes."""
    lines = []
    for rule in RULEBOOK.values():
        # The change that these rules are about could switch them off.
        if rule.code.startswith(_SETTABLE) and rule not in (changed_code, grown_baseline):
            title = json.dumps(rule.title)
            reason = json.dumps(rule.reason, ensure_ascii=False)
            text = f'"title": {title}, "description": {reason}, "$ref": "#/$defs/severity"'
            lines.append(f'        "{rule.code}": {{ {text} }}')
    return _RULES.sub(lambda _: ",\n".join(lines) + "\n", schema, count=1)


if __name__ == "__main__":
    SCHEMA.write_text(with_rules(SCHEMA.read_text(encoding="utf-8")), encoding="utf-8")
