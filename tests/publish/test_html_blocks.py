"""Blocks of HTML go around Python-Markdown, and pages stay equal to the byte."""

from __future__ import annotations

from itertools import islice
from typing import Any, cast

import pytest
from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from handbook.publish.html_blocks import HARMLESS, AroundMarkdown, are_harmless, restore, shorten
from handbook.publish.pages import make_pages
from handbook.render.render import Renderer
from handbook.render.repository import Repository
from tests.effort import runs
from tests.shipped import load_shipped

_USUAL = ["admonition", "attr_list", "def_list", "md_in_html", "tables", "toc", "pymdownx.details"]
_USUAL += ["pymdownx.emoji", "pymdownx.superfences", "pymdownx.tabbed"]
_OPTIONS = {"toc": {"permalink": True}, "pymdownx.tabbed": {"alternate_style": True}}

_BLOCKS = """# A *b* <span class="x">C</span> { #top }

<p class="lead">HTML of &#35;views (c) -- :smile: ==x== ~~y~~ H~2~O http://x.y `z` $a$ "q" *b* [c](d.md)
++ctrl++</p>

<div class="a">
<div><a href="../x/" id="here">x</a><br><svg viewBox="0 0 1 1"><path d="M1 1"/></svg></div>

- no list, [ ] no task, Term

<ul> <li>A <li>B </ul></div>
<div><pre><code>a  <mark>b</mark>

    # c
</code></pre></div>
<p>next line, A &lt;b&gt; &amp; c</p>

Text *with* HTML right below
<div>x</div>
and after it. <p>Within</p> a line.

## B { #b .hidden }

Term
: Its meaning

<table><tr><td>1 | 2</td></tr></table>
"""
"""A page as views write it, with what extensions would change in a text."""

_ODD = {
    "Markdown in HTML": """<div class="a" markdown>
<div>*x* &#39; <b title='y'>z</b></div>

*text*
</div>

<details markdown="1"><summary>S</summary>

<div>&#39;</div>

</details>
<div>&#39; after</div>
""",
    "Markdown in an inline element": "<span markdown>\n<div>&#39; *x*</div>\n</span>\n",
    "Markdown in an unusual element": "<aside markdown>\n<div>&#39; *x*</div>\n</aside>\n",
    "code": "```\n<div>x</div>\n```\n\n    <b>y</b>\n\n`a\n<p>z</p>\nb`\n\n<pre>\n<p>\n</pre>\n",
    "code in HTML": "<div>\n```\nx\n```\n</div>\n\n<p>`a`</p>\n",
    "preformatted text": "<div><pre>\n\n a\n    *c*\n# d</pre></div>\n\n<pre><code>- e\n\n f</code></pre>\ng",
    "comments": "<!--\n<div>x</div>\n-->\n<div><!-- </div> --></div>\n",
    "declarations": "<p>a</p>\n<?php<div>b</div>\n<?php<div>c</div>\n<div>d</div>\n",
    "data of characters": "<div>a</div>\n\n===\n<![CDATA[<div>b</div>\n\n<p>c</p>\n\n\n![d]\n",
    "scripts": "<script>\n<div>1</div>\n</script>\n<div><script>a < b && '</div>'</script></div>\n",
    "not closed": "<div>a\n\n*b*\n\n<p>c</p>\n",
    "text behind the end of a line": "<summary>s</summary>&amp;\n<p>y</p>\n<div>x</div>\n\n<p>z</p>\n",
    "closed twice": "<div>a</div></div>\n\n<p>b</p>\n",
    "interleaved": "<div><p>a</div></p>\n\n<ul><li><p>b</ul>\n",
    "text after the end": "<div>a</div> *b*\n<div>c</div>\n",
    "white space": "<div>\ta\n   \nb</div>\n\n\n\n<p>c</p>   \n<p>d</p>\n  <p>e</p>\n",
    "incomplete references": '<div>a & b &copy 1 &#12 c</div>\n\n<p><a href="?a&copy=1">x</a></p>\n',
    "quotation marks": "<div title='<p>'>a</div>\n<p title=\"a>b\">c</p>\n<p id=x>d</p>\n<p title=''>e</p>\n",
    "capitals": "<DIV>a</DIV>\n<Div>*b*</Div>\n",
    "no blocks": '<span>a</span>\n<br>\n<hr>\n<img src="x" alt="">\n',
    "lists": "- a\n<div>b</div>\n- c\n\n    <div>d</div>\n> e\n<div>f</div>\n\n!!! note\n    g\n<div>h</div>",
    "tables": "| a |\n| - |\n| <div>b</div> |\n<div>c</div>\n",
    "elements that close themselves": "<div/>\n*a*\n</div>\n\n<section><div/>b</section>\n",
    "the mark of a block": '<div data-hb-block="0"></div>\n\n<p>a</p>\n',
    "the mark of a block as text": '`<div data-hb-block="0">`\n\n<p>a</p>\n',
}
"""Content that people, plugins and macros of companies can write."""


def _rendered(text: str, extensions: list[str]) -> tuple[str, Any]:
    options = {name: options for name, options in _OPTIONS.items() if name in extensions}
    markdown = Markdown(extensions=extensions, extension_configs=options)
    return markdown.convert(text), getattr(markdown, "toc_tokens", None)


def _config(*extensions: str) -> MkDocsConfig:
    config = MkDocsConfig()
    config.load_dict({"site_name": "A", "markdown_extensions": list(extensions), "plugins": []})
    assert config.validate() == ([], [])
    config.mdx_configs = {name: options for name, options in _OPTIONS.items() if name in extensions}
    return config


def _page(text: str, config: MkDocsConfig) -> Page:
    page = Page(None, File("a.md", config.docs_dir, config.site_dir, use_directory_urls=True), config)
    page.markdown, page.meta = text, {"title": "A"}
    return page


def _check(text: str, extensions: list[str], *, is_shortened: bool | None = None) -> None:
    shortened = shorten(text)
    assert is_shortened in {None, shortened is not None}
    if shortened is not None:
        whole, contents = _rendered(text, extensions)
        rendered, found = _rendered(shortened.text, extensions)
        restored = restore(rendered, shortened)
        assert restored in {whole, None}, text
        assert found == contents


@pytest.mark.parametrize("extension", sorted(HARMLESS))
def test_a_harmless_extension_leaves_blocks_as_they_are(extension: str) -> None:
    _check(_BLOCKS, [extension], is_shortened=True)
    _check(_BLOCKS, ["md_in_html", extension])


@pytest.mark.parametrize("name", _ODD)
def test_odd_content_stays_equal(name: str) -> None:
    for text in (_ODD[name], f"{_ODD[name]}\n{_BLOCKS}", f"{_BLOCKS}\n{_ODD[name]}"):
        for extensions in ([], ["md_in_html"], _USUAL):
            _check(text, extensions)


def test_other_extensions_see_the_whole_page() -> None:
    assert are_harmless(["toc", "pymdownx.superfences"])
    assert not are_harmless(["toc", "pymdownx.b64"])
    config = _config("toc")
    config.markdown_extensions.append(cast("Any", object()))
    assert AroundMarkdown(config).shorten(_BLOCKS, _page(_BLOCKS, config)) == _BLOCKS


def test_a_page_that_loses_a_block_is_rendered_whole() -> None:
    config = _config("toc")
    around, page, files = AroundMarkdown(config), _page(_BLOCKS, config), Files([])
    page.render(config, files)
    whole, anchors = page.content, page.present_anchor_ids
    short = around.shorten(_BLOCKS, page)
    assert around.restore(short.replace("<div data-hb-block", "<b"), page, files) == whole
    around.shorten(_BLOCKS, page)
    page.markdown = short
    page.render(config, files)
    assert around.restore(page.content or "", page, files) == whole
    assert page.present_anchor_ids == anchors
    assert page.markdown == _BLOCKS


_ENTRY = """# {} {{ #top }}

<p class="hb-lead">{}</p>

Text with *marks*.

## Use {{ #use .hb-hidden }}

<div id="b">x &lt;i id="c"></div>

### More

## Use
"""
_SIGN = '<span class="hb-mark" aria-hidden="true"><svg viewBox="0 0 1 1"><path d="M1 1"/></svg></span>'


def _built(text: str, around: AroundMarkdown | None, config: MkDocsConfig) -> tuple[Any, ...]:
    """What MkDocs makes of a page, and whether the page was rendered."""
    page, files = _page(text, config), Files([])
    page.markdown = around.shorten(text, page) if around else text
    give = vars(page).pop("render", None)
    if give:
        vars(page)["render"] = give
    page.render(config, files)
    page.content = around.restore(page.content or "", page, files) if around else page.content
    shown = [page.content, str(page.toc), page.present_anchor_ids, page.markdown]
    return shown, give is None


@pytest.mark.parametrize("extensions", [_USUAL, [*_USUAL, "smarty"], [*_USUAL, "pymdownx.smartsymbols"]])
def test_pages_that_differ_in_their_title_and_their_blocks_are_rendered_once(extensions: list[str]) -> None:
    config = _config(*extensions)
    around = AroundMarkdown(config)
    names = [
        "Plain",
        f"{_SIGN}Two words",
        "Ä-1",
        "1st",
        "a&#39;b &#40;&#42;c&#42;&#41;",
        "Node.js/CI",
        "A  b",
        "A. b",
        "Plain *x*",
        "A &amp; b",
        "<b>A",
        "x_y_z",
    ]
    rendered = []
    for name in names:
        text = _ENTRY.format(name, f"Lead of {name}")
        expected, _ = _built(text, None, config)
        found, is_rendered = _built(text, around, config)
        assert found == expected, name
        rendered += [name] if is_rendered else []
    keeps_words = "smart" not in str(extensions)
    assert rendered == (["Plain", *names[6:]] if keeps_words else names)
    for changed in ("## Use\n\n[a](b.md)", "## Used"):  # Links depend on the page.
        text = _ENTRY.format("Plain", "").replace("## Use\n", f"{changed}\n")
        assert [_built(text, around, config)[1] for _turn in range(2)] == [
            True,
            "[" in changed or not keeps_words,
        ]


def test_the_pages_of_the_handbook_stay_equal() -> None:
    handbook = load_shipped()
    pages = make_pages(handbook, Renderer(handbook.basis, Repository(handbook.site, None, None)))
    for page in islice(pages, runs(3, 1_000)):
        _check(page.markdown.split("\n---\n", 1)[1], _USUAL, is_shortened=True)
