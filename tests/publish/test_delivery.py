"""The policy of a page vouches for what the theme brings, and for nothing that a page brings itself."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import Environment

from handbook.publish.delivery import Delivery, NoHeadError, Theme, allow_script, demands, digest
from handbook.read.settings import Security

START = '<html><head>\n<meta charset="utf-8">\n<title>A</title>\n</head><body>'
OWN = "alert('theme')"
SCOPE = 'scope=new URL("{{ config.extra.scope | d(base_url) }}",location)'


@pytest.fixture
def theme(tmp_path: Path) -> Theme:
    """A theme with scripts of every sort in its templates."""
    (tmp_path / "partials").mkdir()
    (tmp_path / "main.html").write_text(
        f"<script>{OWN}</script><script>{SCOPE}</script><script>say('{{{{ page.title }}}}')</script>\n"
        "<script>{% include 'missing.js' %}</script><script src='{{ base_url }}/a.js'></script>"
    )
    (tmp_path / "partials" / "end.html").write_text("{% if x %}<script>\nend({a: 1})\n</script>{% endif %}")
    return Theme((tmp_path,), Environment(), SimpleNamespace(extra={}))  # noqa: S701 - as themes do


STYLED = '<html><head><link rel="stylesheet" href="../assets/handbook/handbook.css"></head><body>'


def test_a_missing_page_leads_to_the_search_and_can_be_reported(theme: Theme) -> None:
    text = f"{STYLED}<h1>404 - Not found</h1>"
    report = 'https://example.org/new?a=1&b="'
    page, _ = Delivery(theme, Security(), report, "start/find/").finish(text, "..")
    assert 'href="../start/find/" data-hb="find" data-hb-search data-missing>Search the handbook</a>' in page
    assert '<a href="https://example.org/new?a=1&amp;b=&#34;">Report a problem</a>' in page
    plain, _ = Delivery(theme, Security()).finish(text, "..")
    assert "Page not found" in plain
    assert "Report a problem" not in plain


def test_what_comes_first_is_markup(theme: Theme) -> None:
    links = {"alternate": "a.md"}
    page, _ = Delivery(theme, Security()).finish(f"{STYLED}</body>", "..", script="own()", links=links)
    head = page.partition('<link rel="stylesheet"')[0]
    assert "&lt;" not in head
    for part in ("<script>own()</script>", 'early.js" data-folder', 'as="font"', 'href="a.md">'):
        assert part in head


def test_no_single_key_leads_to_another_page(theme: Theme) -> None:
    links = '<link rel="prev" href="../a/"><link rel=next href=b/>'
    page, _ = Delivery(theme, Security()).finish(f"{START}{links}</body>", ".")
    assert "rel=" not in page


def policy(page: str) -> str:
    found = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert len(found) == 1
    return str(found[0])


def scripts_of(page: str) -> list[str]:
    return re.findall(r"'(sha256-[^']*)'", policy(page))


def test_a_script_of_the_theme_is_named_to_the_browser(theme: Theme) -> None:
    text = f"<script>{OWN}</script><script>\nend({{a: 1}})\n</script>"
    page, refused = Delivery(theme, Security()).finish(START + text, ".")
    assert scripts_of(page) == sorted([digest(OWN), digest("\nend({a: 1})\n")])
    assert refused == frozenset()


@pytest.mark.parametrize("base", [".", "..", "../../.."])
def test_a_script_that_differs_by_depth_is_known_at_every_depth(theme: Theme, base: str) -> None:
    script = SCOPE.replace("{{ config.extra.scope | d(base_url) }}", base)
    page, refused = Delivery(theme, Security()).finish(f"{START}<script>{script}</script>", base)
    assert (scripts_of(page), refused) == ([digest(script)], frozenset())


@pytest.mark.parametrize(
    "script",
    [
        "alert('page')",
        OWN + " ",
        'scope=new URL("");alert(1);new URL("..",location)',
        'scope=new URL("../..",location)',
        "say('A')",
    ],
    ids=["own", "nearly the theme's", "like the theme's", "of another depth", "of the theme and the page"],
)
@pytest.mark.parametrize("tag", ["script", "SCRIPT", "script type=module", 'script\ttype="text/javascript"'])
def test_a_script_cannot_vouch_for_itself(theme: Theme, script: str, tag: str) -> None:
    page, refused = Delivery(theme, Security()).finish(f"{START}<{tag}>{script}</script>", "..")
    assert scripts_of(page) == []
    assert refused == {digest(script)}


def test_data_is_no_script(theme: Theme) -> None:
    data = '<script id="__config" type="application/json">{}</script>'
    assert Delivery(theme, Security()).finish(START + data, ".")[1] == frozenset()


def test_what_a_plugin_adds_is_allowed_by_name_only(theme: Theme) -> None:
    page, refused = Delivery(theme, Security()).finish(
        f"{START}<script>added()</script><script>other()</script>", ".", [digest("added()")]
    )
    assert scripts_of(page) == [digest("added()")]
    assert refused == {digest("other()")}


@pytest.mark.parametrize(
    ("part", "host"),
    [
        ('<script src="https://cdn.example.com/a.js"></script>', "cdn.example.com"),
        ("<script defer src=//CDN.example.com/a.js></script>", "cdn.example.com"),
        ('<link rel="stylesheet" href="https://fonts.example.com/css?a=b">', "fonts.example.com"),
        ('<link rel="preconnect" href="https://fonts.example.com" crossorigin>', "fonts.example.com"),
        ('<iframe src="https://films.example.com:8080/a"></iframe>', "films.example.com:8080"),
    ],
)
def test_other_hosts_are_refused_until_they_are_allowed(theme: Theme, part: str, host: str) -> None:
    page, refused = Delivery(theme, Security()).finish(START + part, ".")
    assert refused == frozenset({host})
    assert host not in policy(page)
    page, refused = Delivery(theme, Security(allow_hosts=(host,))).finish(START + part, ".")
    assert refused == frozenset()
    for kind in ("script", "style", "img", "font", "media", "connect", "frame"):
        assert re.search(rf"{kind}-src [^;]*https://{re.escape(host)}(?=[ ;])", policy(page))
    assert "worker-src 'self';" in policy(page)


def test_a_host_is_allowed_with_all_below_it() -> None:
    security = Security(allow_hosts=("*.example.com", "example.org"))
    assert [security.allows(host) for host in ("a.example.com", "a.b.example.com", "example.org")] == [
        True
    ] * 3
    assert not any(map(security.allows, ("example.com", "notexample.com", "a.example.org", "")))


def test_links_that_load_nothing_are_no_demand() -> None:
    links = "".join(
        f'<link rel="{rel}" href="https://example.com/a/">'
        for rel in ("canonical", "next", "prev", "alternate")
    )
    assert demands(f'{links}<a href="https://example.com">a</a>') == frozenset()


@pytest.mark.parametrize(
    "start",
    [
        START,
        "<!doctype html><html><head><title>A</title></head>",
        "<html><HEAD><META CHARSET=utf-8>",
        '<head lang="en"><link rel="icon" href="a">',
    ],
)
def test_every_page_has_a_policy_before_all_that_it_is_about(theme: Theme, start: str) -> None:
    page, _ = Delivery(theme, Security()).finish(f"{start}<script>{OWN}</script>", ".")
    assert page.index("Content-Security-Policy") < re.search("<title|<link|<script", page).start()  # type: ignore[union-attr]
    assert page.lower().find("<meta charset") < page.index("Content-Security-Policy")


@pytest.mark.parametrize(
    "page",
    [
        "User-agent: *\n",
        "<h1>A</h1>",
        "<article><head></head></article>",
        "<html><body><head></head>",
        "<!-- <head> --><p>",
        "<!-- a --><p><!-- b --><head>",
        "<!--><p>--><head>",
    ],
)
def test_a_page_without_a_head_is_not_delivered(theme: Theme, page: str) -> None:
    with pytest.raises(NoHeadError):
        Delivery(theme, Security()).finish(page, ".")


@pytest.mark.parametrize("above", ["", "\n<!doctype html>\n<html lang=en>\n", "<!-- <p> --><HTML>"])
def test_what_may_be_above_a_head_does_not_matter(theme: Theme, above: str) -> None:
    assert policy(Delivery(theme, Security()).finish(f"{above}<head><title>A</title></head>", ".")[0])


def test_a_served_page_can_run_the_script_that_reloads_it_and_no_other(theme: Theme) -> None:
    page, _ = Delivery(theme, Security()).finish(f"{START}<script>own()</script>", ".")
    served = allow_script(f"{page}<script>reload(17)</script>", "reload(17)")
    assert scripts_of(served) == [digest("reload(17)")]
