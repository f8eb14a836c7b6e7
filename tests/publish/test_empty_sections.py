"""Sections of pages whose macros have nothing to show yet."""

from __future__ import annotations

import re

import pytest

from handbook.publish.empty_sections import Shown, is_nothing, without_empty_sections

PAGE = """# Page

{lead}

## Searched

Type a word.

{nothing}

### How to search

Look at it.

## Kept

{nothing} {something}

### Part

{nothing}

## Text only

```
## {nothing}
```

<div class="hb-columns" markdown>

<div markdown>

## Changes

{nothing}

</div>

<div markdown>

## Due

{something}

</div>

</div>
"""


def shorten(page: str) -> str:
    """The page without its empty sections, with its calls as text."""
    shown = [
        Shown(number, found[1] == "nothing")
        for number, line in enumerate(page.split("\n"), 1)
        for found in re.finditer(r"\{(nothing|something)\}", line)
        if not line.startswith("#")
    ]
    return without_empty_sections(page, shown)


def test_a_section_with_nothing_to_show_is_left_out_with_its_texts_and_parts() -> None:
    shorter = shorten(PAGE)
    assert re.findall(r"^#+ .*", shorter, re.MULTILINE) == [
        *("# Page", "## Kept", "## Text only", "## {nothing}", "## Due")
    ]
    assert "Type a word." not in shorter
    assert "Look at it." not in shorter


def test_a_frame_that_becomes_empty_goes_and_the_others_stay_closed() -> None:
    shorter = shorten(PAGE)
    assert shorter.count("<div") == shorter.count("</div>") == 2
    assert '<div class="hb-find" data-hb="find"></div>' in shorten(
        '<div class="hb-find" data-hb="find"></div>\n\n## A\n\n{nothing}\n'
    )


def test_a_frame_around_the_next_section_stays_when_a_section_goes() -> None:
    frame = "<div markdown>\n\n<div markdown>\n\n## B\n\nText\n\n</div>\n\n</div>\n"
    assert shorten(f"# P\n\n## A\n\n{{nothing}}\n\n{frame}") == f"# P\n\n{frame}"


@pytest.mark.parametrize("page", ["# A\n\n{nothing}\n", "## A\n\nText\n", "## A\n\n{something}\n"])
def test_a_page_without_such_a_section_stays_as_it_is(page: str) -> None:
    assert shorten(page) == page


def test_only_a_sentence_of_its_own_is_nothing() -> None:
    assert is_nothing('\n<p class="hb-none">No tools yet. <a href="x">How</a>.</p>\n')
    assert not is_nothing('<p class="hb-none">No.</p>\n<p class="hb-none">No.</p>')
    assert not is_nothing('<p class="hb-none">None.</p>\n\n## Next')
    assert not is_nothing("")
    assert not is_nothing(None)
