"""Terms of the glossary are linked where a page first uses them."""

from __future__ import annotations

import pytest

from handbook.link.place import Place
from handbook.render.terms import Terms
from tests.render.conftest import MakeHandbook

TERMS = """terms:
  - {id: guardrail, name: guardrail, aliases: [guardrails, guardrail metric], summary: No "worse".}
  - {id: prd, name: PRD, aliases: [PRDs], summary: Four pages.}
  - {id: go-no-go, name: go or no-go, summary: A meeting.}
  - {id: cafe, name: café, summary: A place.}
  - {id: account, name: account, summary: A company., several_meanings: true}
"""
LINK = '<a class="hb-term" href="glossary/{}/" title="{}">{}</a>'
GUARDRAIL = "No &#34;worse&#34;."


@pytest.fixture
def terms(make_handbook: MakeHandbook) -> Terms:
    return Terms(make_handbook({"sources/glossary.yaml": TERMS}).catalogue)


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        (
            "A guardrail and a guardrail.",
            f"A {LINK.format('guardrail', GUARDRAIL, 'guardrail')} and a guardrail.",
        ),
        ("Guardrails first.", f"{LINK.format('guardrail', GUARDRAIL, 'Guardrails')} first."),
        ("A guardrail metric.", f"A {LINK.format('guardrail', GUARDRAIL, 'guardrail metric')}."),
        ("Two PRDs.", f"Two {LINK.format('prd', 'Four pages.', 'PRDs')}."),
        ("The go or no-go.", f"The {LINK.format('go-no-go', 'A meeting.', 'go or no-go')}."),
        ("Café!", f"{LINK.format('cafe', 'A place.', 'Café')}!"),
        ("<p>A PRD</p>", f"<p>A {LINK.format('prd', 'Four pages.', 'PRD')}</p>"),
        ("## PRD\n\nA PRD.", f"## PRD\n\nA {LINK.format('prd', 'Four pages.', 'PRD')}."),
    ],
)
def test_the_first_use_in_running_text_is_linked(terms: Terms, text: str, linked: str) -> None:
    assert terms.link(text, Place("index.md")) == linked


@pytest.mark.parametrize(
    "text",
    [
        "prd or Prd: an abbreviation has its own spelling",
        "Sign in with your account: only authors know which meaning it has",
        "guardrailed, sub-guardrail, guardrail-free",
        "# A guardrail",
        "`guardrail`",
        "```\nguardrail\n```",
        "[guardrail](a.md) [x](guardrail.md) ![guardrail](a.png)",
        "[x]: guardrail.md",
        '<a href="x">the guardrail</a> <b title="guardrail">x</b> <h3>PRD</h3>',
        "<svg><text>guardrail</text></svg>",
        '<figure class="x" aria-hidden="true"><div>guardrail</div><div>PRD</div></figure>',
        f"<svg>{'<g></g>' * 9000}<text>guardrail</text></svg>",
        '{{ ref("term", "guardrail") }} {% if guardrail %}',
        "<!-- guardrail -->",
        "https://example.com/guardrail :guardrail: &guardrail;",
        "text {: .guardrail }",
    ],
)
def test_what_is_no_running_text_is_left_alone(terms: Terms, text: str) -> None:
    assert terms.link(text, Place("index.md")) == text


def test_the_page_of_a_term_does_not_link_itself(terms: Terms) -> None:
    assert terms.link("A guardrail.", Place("glossary/guardrail.md")) == "A guardrail."


def test_a_handbook_without_terms_stays_as_it_is(make_handbook: MakeHandbook) -> None:
    assert Terms(make_handbook({}).catalogue).link("A guardrail.", Place("index.md")) == "A guardrail."
