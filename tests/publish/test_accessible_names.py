"""Tables have names and icons are hidden, whatever wrote them."""

from __future__ import annotations

import pytest

from handbook.publish.accessible_names import name_parts


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            '<h2 id="a">Costs <em>a</em> "year"<a class="headerlink" href="#a">¶</a></h2><table class="b">',
            '<table aria-label="Costs a &quot;year&quot;" class="b">',
        ),
        ("<h1>A</h1><details><summary><svg></svg>B</summary><table>", '<table aria-label="B">'),
        ("<h1>A</h1><details><summary>B</summary></details><table>", '<table aria-label="A">'),
        ('<h1>A</h1><table aria-label="B">', '<h1>A</h1><table aria-label="B">'),
        ("<table></details><table>", "<table></details><table>"),
        ('<svg viewBox="0 0 9 9">', '<svg aria-hidden="true" viewBox="0 0 9 9">'),
        ('<svg role="img" aria-label="A">', '<svg role="img" aria-label="A">'),
        ('<h1>A</h1><script>"<svg><table>"</script>', '<h1>A</h1><script>"<svg><table>"</script>'),
    ],
)
def test_a_table_is_called_like_its_heading_and_an_icon_is_hidden(page: str, expected: str) -> None:
    assert name_parts(page).endswith(expected)
