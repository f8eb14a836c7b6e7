"""Views in the language of the readers."""

from __future__ import annotations

from handbook.base.language import speaking
from handbook.render.downloads import Downloads
from handbook.render.render import Renderer
from handbook.render.repository import Repository
from tests.render.conftest import MakeHandbook
from tests.sites import CONFIG

GERMAN = CONFIG.replace("  font: false\n", "  font: false\n  language: de\n")
VIEW = """{% set many = 2 %}
{{ _("no") }} {{ _("%(a)s (%(b)s)", a=entry.name, b=true) }}
{% trans name=entry.name %}<b>100%</b> of {{ name }}{% endtrans %}

{% trans count=many %}squad{% pluralize %}squads{% endtrans %}
"""


def tool_page(make_handbook: MakeHandbook, files: dict[str, str]) -> str:
    handbook = make_handbook({"macros/tool.jinja": VIEW, **files})
    renderer = Renderer(handbook.basis, Repository(handbook.site, None, None))
    body = renderer.entry(handbook.entry("tool", "jira"), "index.md")
    return body.partition("\n\n## ")[0].rpartition("</div>")[2].strip() + "\n"


def test_views_speak_the_language_of_the_theme(make_handbook: MakeHandbook) -> None:
    name = "&#61;Jira &#124; &#60;b&#62;old&#60;/b&#62;"
    assert tool_page(make_handbook, {}).splitlines() == [
        f"no {name} &#40;yes&#41;",
        f"<b>100%</b> of {name}",
        "squads",
    ]
    assert tool_page(make_handbook, {"mkdocs.yml": GERMAN}).splitlines() == [
        f"nein {name} &#40;ja&#41;",
        f"<b>100%</b> of {name}",
        "Squads",
    ]


def test_views_use_the_words_of_the_company(make_handbook: MakeHandbook) -> None:
    words = {"sources/handbook.yaml": "words:\n  squad: {one: p'od, many: pods}\n"}
    view = '{{ _("$squad") }}|{% trans %}<i>$Squads</i>{% endtrans %}'
    shown = tool_page(make_handbook, {**words, "macros/tool.jinja": view})
    assert shown == "p&#39;od|<i>Pods</i>\n"


def test_a_download_is_translated_without_escapes(make_handbook: MakeHandbook) -> None:
    view = '{{ _("no") }} {% trans name=entry.name %}for {{ name }}{% endtrans %}'
    handbook = make_handbook({"macros/tool.download.markdown.jinja": view, "mkdocs.yml": GERMAN})
    renderer = Renderer(handbook.basis, Repository(handbook.site, None, None))
    with speaking(renderer.language):
        text = Downloads(handbook.catalogue, handbook.site).text(handbook.entry("tool", "jira"), "markdown")
    assert text == "nein for =Jira | <b>old</b>\n"
