"""The rules about filled-in documents, one module each. To add a rule, add a module and a line below."""

# ruff: noqa: F401 - `rules_in` uses them

from __future__ import annotations

from handbook.base.rule import Rule, rules_in
from handbook.lint.draft import Draft
from handbook.lint.rules import (
    hb501_unreadable_document,
    hb502_document_encoding,
    hb503_no_front_matter,
    hb504_front_matter_syntax,
    hb505_unknown_template,
    hb506_missing_value,
    hb507_unknown_document_field,
    hb508_wrong_value,
    hb509_unknown_team,
    hb510_missing_section,
    hb511_misspelt_section,
    hb512_repeated_section,
    hb513_section_order,
    hb514_section_level,
    hb515_empty_section,
    hb516_guidance_left,
    hb517_example_left,
    hb518_placeholder_left,
    hb519_text_heading,
    hb520_bare_none,
    hb521_dead_link,
)

RULES: tuple[Rule[Draft], ...] = rules_in(globals())
"""The rules, by code."""
