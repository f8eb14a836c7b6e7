"""Links to pages that readers may not see leave neither the address nor the words behind."""

from __future__ import annotations

import time

import pytest

from handbook.link.hidden_links import HIDDEN, leads_to, without_links

CASES = {
    "See [the tool](tools/x.md).": f"See {HIDDEN}.",
    "See [the tool](tools/x.md#cost) and [one](tools/y.md).": f"See {HIDDEN} and [one](tools/y.md).",
    'See [the\ntool](<tools/x.md> "Its title").': f"See {HIDDEN}.",
    "See [a [b] *c*](tools/x.md) [d].": f"See {HIDDEN} [d].",
    "See [a \\] b](tools/x.md).": f"See {HIDDEN}.",
    "A picture: ![of it](tools/x.md)": f"A picture: {HIDDEN}",
    "[![icon](icon.png)](tools/x.md)": HIDDEN,
    "See [the tool][1], [x] and [X][].\n\n[1]: tools/x.md\n[x]: tools/x.md\n": (
        f"See {HIDDEN}, {HIDDEN} and {HIDDEN}.\n\n"
    ),
    "See [the tool][1].\n\n[1]: tools/y.md\n": "See [the tool][1].\n\n[1]: tools/y.md\n",
    'See <a class="b" href="tools/x.md">the <b>tool</b></a>.': f"See {HIDDEN}.",
    "See <a href='tools/y.md'>the tool</a>.": "See <a href='tools/y.md'>the tool</a>.",
    'See <A HREF="tools/x.md">the tool</A>.': f"See {HIDDEN}.",
    "<map><area href=tools/x.md alt='the tool'></map>": f"<map>{HIDDEN}</map>",
    "See <a href=tools/x.md>the tool": f"See {HIDDEN}the tool",
    "See [the tool](tools\\/x.md).": f"See {HIDDEN}.",
    "See [the tool](tools&#47;x.md).": f"See {HIDDEN}.",
    "See [the tool](tools/x.md 'Its (long) title').": f"See {HIDDEN}.",
    "[x]\n\n[x]:\n  tools/x.md": f"{HIDDEN}\n\n",
    "Write `[words](tools/x.md)`.": "Write `[words](tools/x.md)`.",
    "```\n[words](tools/x.md)\n```\n": "```\n[words](tools/x.md)\n```\n",
    "No link](tools/x.md).": f"No link{HIDDEN}.",
    "Call {{ ref('tool', 'x') }}.": "Call {{ ref('tool', 'x') }}.",
}


def is_hidden(target: str) -> bool:
    """Stands for what the gate knows."""
    return target.partition("#")[0] == "tools/x.md"


@pytest.mark.parametrize("text", CASES)
def test_a_link_to_a_hidden_page_goes_with_its_words(text: str) -> None:
    assert without_links(text, is_hidden) == CASES[text]


def test_a_link_that_is_written_otherwise_is_noticed() -> None:
    text = "See [x](tools/x.md 'A \"(long)\\' title')."
    assert leads_to(without_links(text, is_hidden), is_hidden)


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "[a](tools/x.md" * 10_000, "]" * 100_000 + "\n[x]: tools/x.md", "<a " * 50_000]
)
def test_a_long_text_does_not_take_long(text: str) -> None:
    began = time.process_time()
    without_links(text, is_hidden)
    assert time.process_time() - began < 10
