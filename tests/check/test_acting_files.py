"""Files in the docs folder that a browser would run are findings, until they are trusted by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from handbook.findings import Finding

Check = Callable[[Mapping[str, str | bytes]], list[Finding]]

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'

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
        "theme: {name: material, custom_dir: docs/theme}\n"
    )
    files = {"docs/robots.txt": "{{ 7 * 7 }}", "docs/hook.py": "", "docs/theme/a.txt": "", "docs/b.txt": ""}
    found = check({"mkdocs.yml": config, **files})
    assert [(each.code, each.path) for each in found] == [
        ("HB602", "docs/hook.py"),
        ("HB602", "docs/robots.txt"),
        ("HB602", "docs/theme/a.txt"),
    ]


@pytest.mark.parametrize("suffix", ["html", "js", "a.HTML", "svg"])
def test_a_download_that_a_browser_would_run_is_found(suffix: str, check: Check) -> None:
    view = f"macros/tool.download.{suffix}.jinja"
    (finding,) = check({view: "{{ entry.name }}"})
    assert (finding.code, finding.path) == ("HB602", view)
    assert check({view: "x", "sources/handbook.yaml": f"trusted_files: [{view}]\n"}) == []


def test_other_downloads_are_left_alone(check: Check) -> None:
    assert check({"macros/tool.download.csv.jinja": "x", "macros/tool.jinja": "x"}) == []


def test_a_plugin_that_is_trusted_has_to_be_there(check: Check) -> None:
    config = "site_name: Test\nplugins: [search, {glightbox: {}}]\nhooks: [hooks/a.py]\n"
    security = "security: {allow_inline_from: [glightbox, glitebox, hooks/a.py]}\n"
    (finding,) = check({"mkdocs.yml": config, "sources/handbook.yaml": security, "docs/index.md": "# A\n"})
    assert (finding.code, finding.span.column) == ("HB604", 43)


@pytest.mark.parametrize(
    "host", ["https://a.example", "a.example/b", "a example", "localhost", "*", "A.example'"]
)
def test_a_host_is_only_a_host(host: str, check: Check) -> None:
    found = check({"sources/handbook.yaml": f'security: {{allow_hosts: ["{host}"]}}\n'})
    assert [finding.code for finding in found] == ["HB105"]
