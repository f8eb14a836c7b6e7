"""Files in the docs folder that a browser would run are findings, until they are trusted by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from handbook.base.findings import Finding

Check = Callable[[Mapping[str, str | bytes]], list[Finding]]

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'

ROOT = '<a:root xmlns:a="urn:a" xmlns:h="http://www.w3.org/1999/xhtml">{}</a:root>'

ACTING: dict[str, str | bytes] = {
    "own.js": "",
    "OWN.JS": "x",
    "deep/er/own.mjs": "x",
    "raw.html": "x",
    "raw.HtM": "x",
    "raw.xhtml": "x",
    "a.wasm": b"\0asm",
    "a.svgz": b"\x1f\x8b",
    "a.xsl": "<a/>",
    "_headers": "/*\n  X-A: b\n",
    "_redirects": "/a https://example.com 301\n",
    "CNAME": "example.com\n",
    "page": "<!DOCTYPE html><p>",
    "other": " \n<script>alert(1)</script>",
    "script.svg": SVG.format("<script>alert(1)</script>"),
    "prefix.svg": '<x:svg xmlns:x="http://www.w3.org/2000/svg"><x:script>alert(1)</x:script></x:svg>',
    "handler.svg": SVG.format('<handler type="application/ecmascript">alert(1)</handler>'),
    "load.svg": SVG.format('<g onload="alert(1)"/>'),
    "link.svg": SVG.format('<a xlink:href="javascript:alert(1)"><text>a</text></a>'),
    "coded.svg": SVG.format('<a href="java&#115;cript:alert(1)"/>'),
    "broken-up.svg": SVG.format('<a href="java&#10;script:alert(1)"/>'),
    "set.svg": SVG.format('<set attributeName="href" to="javascript:alert(1)"/>'),
    "foreign.svg": SVG.format('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">a</p></foreignObject>'),
    "entity.svg": '<!DOCTYPE svg [<!ENTITY a "<script>alert(1)</script>">]>' + SVG.format("&a;"),
    "sheet.svg": '<?xml-stylesheet href="a.xsl" type="text/xsl"?>' + SVG.format(""),
    "UPPER.SVG": SVG.format("<script>alert(1)</script>"),
    "utf-16.svg": SVG.format("<script>alert(1)</script>").encode("utf-16"),
    "marked.svg": b"\xef\xbb\xbf" + SVG.format("<script>alert(1)</script>").encode(),
    "odd.svg": b'<?xml version="1.0" encoding="utf-7"?>' + SVG.format("").encode(),
    "unsound.svg": "<svg><g></svg>",
    "html.xml": '<html xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></html>',
    "feed.rss": '<rss><script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script></rss>',
    "model.xpdl": ROOT.format("<h:script>alert(1)</h:script>"),
    "schema.xsd": "\ufeff \n" + ROOT.format("<h:script>alert(1)</h:script>"),
    "service.wsdl": ROOT.format("<h:script>alert(1)</h:script>").encode("utf-16"),
    "grammar.rng": " " * 100_000 + ROOT.format("<h:script>alert(1)</h:script>"),
    "list.rdf": ROOT.format("<h:script>alert(1)</h:script>"),
    "other.unknown": ROOT.format("<h:script>alert(1)</h:script>"),
    "bare": '<?xml version="1.0"?>' + ROOT.format("<h:script>alert(1)</h:script>"),
    "not-xml.unknown": "<p>One<br>two",
    "as-html.unknown": "<a><?b ><script>alert(1)</script>?></a>",
    "data.unknown": "<p><![CDATA[ ><script>alert(1)</script>]]></p>",
    "page.html.fr": "x",
    "packed.svg.gz": b"\x1f\x8b",
    "meta.xml": ROOT.format('<h:meta http-equiv="refresh" content="0; url=https://evil.example"/>'),
    "link.xml": ROOT.format('<h:link rel="stylesheet" href="https://evil.example/a.css"/>'),
    "base.svg": SVG.format('<base xmlns="http://www.w3.org/1999/xhtml" href="https://evil.example/"/>'),
    "frame.xml": ROOT.format('<h:frame src="https://evil.example/"/>'),
    "object.svg": SVG.format('<object xmlns="http://www.w3.org/1999/xhtml" data="a.html"/>'),
    "applet.xml": ROOT.format('<h:applet code="a"/>'),
    "import.svg": SVG.format("<style>@import url(https://evil.example/a.css);</style>"),
    "parted.svg": SVG.format("<style>@im<!-- -->po<![CDATA[rt url(https://evil.example/a.css);]]></style>"),
    "escaped.svg": SVG.format(r"<style>a { fill: u\72l(https://evil.example/a.svg) }</style>"),
    "fill.svg": SVG.format('<g fill="url(https://evil.example/a.svg#a)"/>'),
    "subset.svg": "<!DOCTYPE svg [<!ATTLIST g id CDATA #IMPLIED>]>" + SVG.format(""),
    "empty-subset.svg": "<!DOCTYPE svg []>" + SVG.format(""),
    "names.svg": (
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD MathML 2.0//EN" "a.dtd">'
        + SVG.format('<a xlink:href="javascript&colon;alert(1)"/>')
    ),
}

HARMLESS: dict[str, str | bytes] = {
    "a.svg": SVG.format(
        '<style>.a { fill: red }</style><title>A</title><use xlink:href="#a"/><a href="b.md"/>'
    ),
    "b.svg": '<?xml version="1.0" encoding="UTF-8"?>\n<!-- <script> -->\n' + SVG.format("<g id='on'/>"),
    "c.svg": SVG.format('<image href="data:image/png;base64,AAAA"/>').encode("utf-16"),
    "empty.svg": "",
    "sitemap.xml": "<urlset><url><loc>https://example.com/</loc></url></urlset>",
    "a.png": b"\x89PNG",
    "a.css": "p { color: red }",
    "data.json": '{"a": "<script>"}',
    "data.csv": "<script>",
    "a.txt": "<script>alert(1)</script>",
    "LICENSE": "Free for all.",
    "robots.txt": "User-agent: *\n",
    "deep/_redirects": "x",
    "plain.svg": (
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
        + SVG.format(r'<style>a::before { content: "\201C" }</style><g fill="url(#a)"/>')
    ),
    "feed.rss": "<rss><channel><link>https://example.com/</link></channel></rss>",
    "feed.atom": '<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://example.com/"/></feed>',
    "model.xpdl": '<?xml version="1.0"?>' + ROOT.format("<a:step>One</a:step>"),
    "schema.xsd": '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a"/></xs:schema>',
    "model.bin": b"\0\1<script>",
    "empty.unknown": "",
    "notes.log": "<script>",
    "own.js.map": "{}",
    "data.csv.gz": b"\x1f\x8b",
}


@pytest.mark.parametrize("name", ACTING)
def test_a_file_that_a_browser_would_run_is_found(name: str, check: Check) -> None:
    (finding,) = check({f"docs/{name}": ACTING[name]})
    assert (finding.code, finding.path, finding.severity) == ("HB602", f"docs/{name}", "error")
    assert "trusted_files" in finding.hint


def test_files_that_are_trusted_by_name_are_not(check: Check) -> None:
    files: dict[str, str | bytes] = {f"docs/{name}": content for name, content in ACTING.items()}
    listed = "".join(f"  - docs/{name}\n" for name in ACTING)
    assert check({**files, "sources/handbook.yaml": f"trusted_files:\n{listed}"}) == []


def test_other_files_are_left_alone(check: Check) -> None:
    assert check({f"docs/{name}": content for name, content in HARMLESS.items()}) == []


def test_trust_is_of_one_path(check: Check) -> None:
    found = check(
        {"docs/own.js": "", "docs/deep/own.js": "", "sources/handbook.yaml": "trusted_files: [docs/own.js]\n"}
    )
    assert [finding.path for finding in found] == ["docs/deep/own.js"]


def test_what_the_site_engine_runs_is_found(check: Check) -> None:
    config = (
        "site_name: Test\nextra_templates: [robots.txt]\nhooks: [docs/hook.py]\n"
        "theme: {name: material, font: false, custom_dir: docs/theme}\n"
    )
    files = {"docs/robots.txt": "{{ 7 * 7 }}", "docs/hook.py": "", "docs/theme/a.txt": "", "docs/b.txt": ""}
    found = check({"mkdocs.yml": config, **files})
    assert [(each.code, each.path) for each in found] == [
        ("HB602", "docs/hook.py"),
        ("HB602", "docs/robots.txt"),
        ("HB602", "docs/theme/a.txt"),
    ]


@pytest.mark.parametrize("suffix", ["html", "js", "svg", "xpdl", "unknown", "md"])
def test_a_download_that_a_browser_would_run_is_found(suffix: str, check: Check) -> None:
    view = f"macros/tool.download.{suffix}.jinja"
    (finding,) = check({view: "{{ entry.name }}"})
    assert (finding.code, finding.path) == ("HB602", view)
    assert check({view: "x", "sources/handbook.yaml": f"trusted_files: [{view}]\n"}) == []


def test_other_downloads_are_left_alone(check: Check) -> None:
    names = ["tool.download.csv", "tool.download.markdown", "tool.download.txt", "tool", "tools/part"]
    assert check({f"macros/{name}.jinja": "x" for name in names}) == []


@pytest.mark.parametrize(
    "name",
    [
        *("tool.download.x/index.html", "tool.download.a/b", "parts/tool.download.csv"),
        *("tool.download.HTML", "tool.download.a.html", "tool.download.csv.html", "tool.download."),
    ],
)
def test_a_download_view_elsewhere_or_with_an_odd_ending_is_found(name: str, check: Check) -> None:
    view = f"macros/{name}.jinja"
    settings = f"trusted_files: [{view}, macros/tool.download.a.jinja]\n"
    (finding,) = check({view: "x", "macros/tool.download.a.jinja": "x", "sources/handbook.yaml": settings})
    assert (finding.code, finding.path, finding.severity) == ("HB210", view, "error")
    assert "macros" in finding.hint


def test_a_plugin_that_is_trusted_has_to_be_there(check: Check) -> None:
    config = (
        "site_name: A\ntheme: {name: material, font: false}\n"
        "plugins: [handbook, {glightbox: {}}]\nhooks: [hooks/a.py]\n"
    )
    security = "security: {allow_inline_from: [glightbox, glitebox, hooks/a.py]}\n"
    (finding,) = check({"mkdocs.yml": config, "sources/handbook.yaml": security, "docs/index.md": "# A\n"})
    assert (finding.code, finding.span.column) == ("HB604", 43)


@pytest.mark.parametrize(
    "host", ["https://a.example", "a.example/b", "a example", "localhost", "*", "A.example'"]
)
def test_a_host_is_only_a_host(host: str, check: Check) -> None:
    found = check({"sources/handbook.yaml": f'security: {{allow_hosts: ["{host}"]}}\n'})
    assert [finding.code for finding in found] == ["HB105"]
