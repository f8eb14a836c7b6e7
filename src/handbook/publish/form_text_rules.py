"""The content rules about texts, as data for the form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from handbook.base.language import _
from handbook.base.markdown_tables import RULER
from handbook.check.rules.hb314_unsafe_link import UNSAFE_LINK
from handbook.check.rules.hb317_table_row import CODE, DRAWN
from handbook.check.rules.hb318_stray_mark import MARK
from handbook.check.rules.hb329_external_image import BY_NAME, NAMED, PICTURE
from handbook.check.rules.hb336_unmarked_term import unmarked_terms
from handbook.check.rules.hb342_html_in_text import ALONE, MARKS, REFERENCE, TAG, TARGET, WITHOUT_MEANING
from handbook.check.rules.hb361_unknown_mark import ALIKE, known_marks, unknown_marks
from handbook.check.rules.hb362_footnote import NOTE
from handbook.check.rules.hb363_list_mark import ITEM, ODD
from handbook.check.texts import OPEN_POINT, UNFINISHED
from handbook.publish.form_check_data import Check, in_script, make_check
from handbook.read.marked_terms import LEFT_ALONE, QUOTED
from handbook.read.settings import Settings


def text_checks(settings: Settings) -> Iterator[Check]:
    """Yield the checks of texts, in the language of the readers."""
    in_cell = _("Write a backslash before a pipe in a cell")
    html = _("%(value)s is HTML, which readers see as it is written")
    tables: dict[str, Any] = {
        "patterns": {"ruler": in_script(RULER), "code": in_script(CODE)},
        "skip": [in_script(DRAWN)],
        "texts": "markdown",
    }
    if_code = _("Write %(mark)s, or put it in backticks if it is code")
    yield from (
        make_check(
            *("", "HB312", "pattern"),
            pattern=in_script(UNFINISHED),
            message=_("%(value)s is a placeholder"),
            hint=_("Replace it with the text, or put it in backticks if it is code"),
        ),
        make_check(
            *("", "HB314", "pattern"),
            pattern=in_script(UNSAFE_LINK),
            texts="markdown",
            message=_("Invalid link %(value)s"),
            hint=_("Use an address that starts with https://, or the path of a page"),
        ),
        make_check(
            *("", "HB364", "rows"),
            faults={
                "few": (
                    _("The table has more cells (%(limit)s) than this row (%(num)s): %(value)s"),
                    _("Write the missing cell, or a pipe for an empty one"),
                )
            },
            **tables,
        ),
        make_check(
            *("", "HB317", "rows"),
            faults={
                "dashes": (
                    _("The line of dashes below the first row is missing: %(value)s"),
                    _("Add it, with a part for each cell: |---|---|"),
                ),
                "pipe": (_("A pipe in the code of this row starts a new cell: %(value)s"), in_cell),
                "cells": (
                    _("The table has another number of cells (%(limit)s) than this row (%(num)s): %(value)s"),
                    _("Write as many as in the line of dashes") + ". " + in_cell,
                ),
            },
            **tables,
        ),
        make_check(
            *("", "HB318", "pattern"),
            pattern=in_script(re.compile(rf"\A[^\n]*{MARK.pattern}")),
            message=_("%(value)s at the end of the text"),
            hint=_("Remove it"),
        ),
        make_check(
            *("", "HB329", "loads"),
            patterns={"picture": in_script(PICTURE), "named": in_script(NAMED), "name": in_script(BY_NAME)},
            names=settings.security.allow_hosts,
            texts="markdown",
            message=_("%(value)s is on another host, and pages don't load anything from there"),
            hint=_("Use a link, or add the image to the handbook"),
        ),
        make_check(
            *("", "HB333", "pattern"),
            pattern=in_script(OPEN_POINT),
            texts="free",
            message=_("Open point: %(value)s"),
            hint=_("Replace it once it is decided"),
        ),
        make_check(
            *("", "HB342", "tags"),
            pattern=in_script(TAG),
            patterns={"reference": in_script(REFERENCE), "target": in_script(TARGET)},
            names=sorted(ALONE),
            data={"marks": MARKS, "plain": sorted(WITHOUT_MEANING)},
            texts="prose",
            faults={
                "clear": (html, _("Write %(mark)s")),
                "unclear": (html, _("Remove the tags")),
                "character": (html, _("Write the character itself")),
            },
        ),
        make_check(
            *("", "HB362", "pattern"),
            pattern=in_script(NOTE),
            texts="markdown",
            message=_("Texts have no footnotes, so readers see %(value)s as it is written"),
            hint=_("Put the note in parentheses where its mark is"),
        ),
        make_check(
            *("", "HB363", "marks"),
            pattern=in_script(ODD),
            patterns={"item": in_script(ITEM)},
            texts="markdown",
            message=_("%(value)s does not start an item of a list"),
            hint=_("Start it with a hyphen and a space"),
        ),
    )
    terms, marks = unmarked_terms(settings.words), known_marks(settings)
    if terms:
        yield make_check(
            *("", "HB336", "pattern"),
            pattern=in_script(terms),
            skip=[in_script(LEFT_ALONE), in_script(QUOTED)],
            texts="prose",
            message=_("%(value)s is not marked as a term"),
            hint=if_code,
        )
    yield make_check(
        *("", "HB361", "near"),
        pattern=in_script(unknown_marks(marks)),
        skip=[in_script(LEFT_ALONE)],
        names=list(marks),
        close=ALIKE,
        texts="prose",
        message=_("Unknown mark %(value)s"),
        hint=if_code,
    )
