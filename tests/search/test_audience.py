"""The search of an audience knows nothing that is for a higher one."""

from __future__ import annotations

import pytest

from handbook.loaded.handbook import load
from handbook.publish.search import search_files
from tests.conftest import TODAY, MakeSite

SITE = {
    "mkdocs.yml": 'site_name: Test\nexclude_docs: "!/templates/\\n/drafts/\\n/contribute/\\n/reference/"\n',
    "docs/index.md": "# Home\n\n[Quaggafoo](secret.md), {{ ref('tool', 'macrozebra') }}\n",
    "docs/secret.md": "---\naudience: restricted\ntitle: Quaggabar\n---\n\n# Quaggahead\n\nQuaggatext.\n",
    "docs/drafts/plan.md": "# Draftquagga\n",
    "docs/apart.md": "---\nsearch: {exclude: true}\n---\n\n# Apartquagga\n",
    "sources/gone.yaml": """gone:
  - {id: old, kind: tool, name: Quaggagon, day: 2026-01-01, why: A., instead: linear, audience: restricted}
""",
    "tools_inventory.yaml": """tools:
  - id: linear
    name: Linear
    summary: Plans the work.
    category: project-management
    status: active
    cost: {amount: 4711, currency: USD, period: month, per_seat: false}
    integrations: [{tool: secret, direction: both, carries: Quaggacart}]
    notes: See [Quaggalink](tools/secret.md).
  - {id: secret, name: Quaggatool, summary: Quaggasum., category: feedback, status: trial,
     audience: restricted}
""",
}


@pytest.mark.parametrize(
    ("audience", "known"), [("public", False), ("internal", False), ("restricted", True)]
)
def test_no_file_of_the_search_has_what_is_for_a_higher_audience(
    audience: str, *, known: bool, make_site: MakeSite
) -> None:
    handbook = load(make_site(SITE), TODAY, audience)
    text = "\n".join(file.text for file in search_files(handbook)).lower()
    assert ("linear" in text) is (audience != "public")
    for name in ("foo", "bar", "head", "text", "gon", "cart", "link", "tool", "sum"):
        assert (f"quagga{name}" in text) is known, name
    # No one reads these: settings leave them out, and the words of macros are not text.
    assert "draftquagga" not in text
    assert "apartquagga" not in text
    assert "macrozebra" not in text


def test_amounts_and_dates_are_no_words_to_search_for(make_site: MakeSite) -> None:
    handbook = load(make_site(SITE), TODAY, "restricted")
    assert "4711" not in "\n".join(file.text for file in search_files(handbook))
