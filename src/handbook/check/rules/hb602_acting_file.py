"""Trust: a file in the docs folder that a browser would run."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from handbook.base.acting import ACTING_ELEMENTS, acting_attributes, acting_parts, may_act
from handbook.base.acting_styles import loads
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.span import Span
from handbook.check.engine_settings import engine_settings, listed
from handbook.read.context import Context
from handbook.read.files import name_in
from handbook.read.page_language import DOWNLOAD_VIEW

_RUNNING = frozenset(
    {".cjs", ".hta", ".htc", ".htm", ".html", ".jar", ".js", ".mht", ".mhtml", ".mjs", ".shtml", ".svgz"}
    | {".swf", ".vbs", ".wasm", ".xht", ".xhtml", ".xsl", ".xslt"}
)
_XML = frozenset({".atom", ".kml", ".mathml", ".mml", ".rdf", ".rss", ".svg", ".xml", ".xul"})
"""Documents that a browser shows, including their scripts."""
_PLAIN = frozenset(
    {
        ".avif",
        ".bmp",
        ".css",
        ".csv",
        ".docx",
        ".eot",
        ".gif",
        ".ico",
        ".ics",
        ".jpeg",
        ".jpg",
        ".json",
        ".log",
    }
    | {".m4a", ".map", ".markdown", ".md", ".mov", ".mp3", ".mp4", ".odp", ".ods", ".odt", ".ogg", ".otf"}
    | {
        ".pdf",
        ".png",
        ".pptx",
        ".rtf",
        ".tar",
        ".tif",
        ".tiff",
        ".toml",
        ".tsv",
        ".ttf",
        ".txt",
        ".vtt",
        ".wav",
    }
    | {".webm", ".webp", ".woff", ".woff2", ".xlsx", ".yaml", ".yml", ".zip"}
)
"""Files that every host sends with a safe type, so that nothing in them runs. Any others are read."""
_PACKED = frozenset({".br", ".bz2", ".gz", ".xz", ".z", ".zst"})
"""Suffixes that hosts treat as the encoding of a file with the preceding suffix."""
_OF_HOST = frozenset(
    {"_headers", "_redirects", "_routes.json", "cname", "netlify.toml", "staticwebapp.config.json"}
    | {"vercel.json", "web.config"}
)
"""Files that configure the responses and redirects of static hosts."""
_BLANK = b" \t\n\v\f\r\xef\xbb\xbf\xfe\xff"
"""Bytes that can be before the first tag: blanks and byte order marks."""
_CHUNK = 65_536
_HINT = "Remove the file, or add it to `trusted_files` in sources/handbook.yaml"
_HTML = "http://www.w3.org/1999/xhtml"
_ELEMENTS = frozenset({"embed", "foreignobject", "handler", "iframe", "object", "script"})
"""They are active, or contain HTML, in SVG images too. Others are active only in HTML: feeds have links."""
_SOUND_DOCTYPE = "-//W3C//DTD SVG 1."
"""The public name of document types without entities other than those of XML."""


class _ActingError(Exception):
    """Raised for active content in a document."""


@rule(
    "HB602",
    "acting-file",
    reason=(
        "Every file in the docs folder is published. Browsers run scripts, HTML files and SVG images with "
        "scripts, and some files tell the host what to send. Such files are code, so the handbook's owners "
        "list the ones they trust in `trusted_files` of `sources/handbook.yaml`."
    ),
    bad={"docs/javascripts/count.js": "«d»ocument.title = 'Counted'\n"},
    good={
        "docs/javascripts/count.js": "document.title = 'Counted'\n",
        "sources/handbook.yaml": "trusted_files: [docs/javascripts/count.js]\n",
    },
)
def _check(context: Context) -> Iterator[Problem]:
    trusted = context.settings.trusted_files
    run_by_engine = _run_by_engine(context)
    for name, file in sorted(context.docs_files.items()):
        path = context.site.shown(file)
        if path in trusted:
            continue
        why = "The site engine runs this file" if run_by_engine(path) else _why(file, PurePosixPath(name))
        if why:
            yield Problem(path, Span(), why, _HINT)
    for path, why in _acting_downloads(context):
        if path not in trusted:
            yield Problem(path, Span(), why, _HINT)


def _acting_downloads(context: Context) -> Iterator[tuple[str, str]]:
    """Yield views whose downloads a browser could run, or an engine could treat as pages."""
    for site in context.site.upwards:
        folder = site.root / "macros"
        for file in context.tree.below(folder, (".jinja",)):
            view = DOWNLOAD_VIEW.fullmatch(name_in(file, folder))
            if view and f".{view['suffix']}" not in _PLAIN - {".md"}:
                yield site.relative(file), "A browser could run the output of this view"


def _run_by_engine(context: Context) -> Callable[[str], bool]:
    """Return a test for files that `mkdocs.yml` makes code: hooks, and templates without a sandbox."""
    found = engine_settings(context.site, "extra_templates", "custom_dir", "hooks")
    settings = found[1] if found else {}
    docs = context.site.docs
    names = {str(docs / str(name)) for name in listed(settings.get("extra_templates"))}
    names |= {str(context.site.root / str(name)) for name in listed(settings.get("hooks"))}
    theme = settings.get("theme")
    custom = theme.get("custom_dir") if isinstance(theme, dict) else None
    folder = context.site.root / custom if isinstance(custom, str) else None

    def is_run(path: str) -> bool:
        file = context.site.root / path
        return str(file) in names or (folder is not None and file.is_relative_to(folder))

    return is_run


def _why(file: Path, name: PurePosixPath) -> str | None:
    """Return why a file is active content, or nothing if it isn't."""
    suffix = name.suffix.lower()
    if name.name.lower() in _OF_HOST and len(name.parts) == 1:
        return "This file changes what the host of the site sends"
    if suffix in _PLAIN:
        return None
    suffixes = {each.lower() for each in name.suffixes}
    if suffixes & _RUNNING or (suffix in _PACKED and suffixes & _XML):
        return "A browser runs this file"
    if suffix in _XML:
        return _why_xml(_content(file))
    if _begins_with_tag(file):
        content = _content(file)
        return _why_html(content) or _why_xml(content)
    return None


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:  # another rule reports it
        return b""


def _begins_with_tag(file: Path) -> bool:
    """Return whether a file starts like XML or HTML, so that browsers might treat it as such."""
    try:
        with file.open("rb") as opened:
            while chunk := opened.read(_CHUNK):
                start = chunk.translate(None, b"\0").lstrip(_BLANK)  # UTF-16 has a zero next to each letter
                if start:
                    return start.startswith(b"<")
    except OSError:  # another rule reports it
        pass
    return False


def _why_html(content: bytes) -> str | None:
    """Return why a file would be active if a browser treats it as HTML because the host sends no type."""
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = content.decode("utf-16" if is_wide else "latin-1", "replace")
    part = next(acting_parts(text), None) if may_act(text) else None
    if part is None:
        return None
    line = text.count("\n", 0, part.start) + 1
    return f"A browser could treat this file as HTML and run something on line {line}"


def _why_xml(content: bytes) -> str | None:
    from xml.parsers import expat  # noqa: PLC0415 - few sites have such files

    if not content:
        return None
    parser = expat.ParserCreate(namespace_separator=" ")
    document = _Document()
    parser.StartElementHandler = document.start
    parser.EndElementHandler = document.end
    parser.CharacterDataHandler = document.text
    parser.ProcessingInstructionHandler = _refuse_instruction
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(content, True)  # noqa: FBT003 - the library takes it by place
    except _ActingError as error:
        return f"{error} on line {parser.CurrentLineNumber} would run in the reader's browser"
    except (expat.ExpatError, ValueError, LookupError) as error:
        return f"Invalid XML, so the file can't be checked: {error}"
    return None


class _Document:
    """Check the elements and styles of an XML document."""

    def __init__(self) -> None:
        self._styles: list[list[str]] = []
        """The content of each open style."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Check an element by its name and attributes."""
        namespace, _, local = name.rpartition(" ")
        element = local.casefold()
        if element in _ELEMENTS or (namespace == _HTML and element in ACTING_ELEMENTS):
            raise _ActingError(f"`<{local}>`")
        if element == "style":
            self._styles.append([])
        for full, value in attributes.items():
            # An attribute is checked by its name without the prefix, in HTML syntax with `=` and quotes.
            attribute = full.rpartition(" ")[2]
            written = '{}="{}"'.format(attribute, value.replace("&", "&amp;").replace('"', "&quot;"))
            if loads(value) or next(acting_attributes(written, 0, len(written), element), None):
                raise _ActingError(f"`{attribute}`")

    def end(self, name: str) -> None:
        """Check a style at its end."""
        if name.rpartition(" ")[2].casefold() == "style" and loads("".join(self._styles.pop())):
            raise _ActingError("`<style>`")

    def text(self, text: str) -> None:
        """Add text to every open style."""
        for style in self._styles:
            style.append(text)


def _refuse_instruction(target: str, _data: str) -> None:
    if target.casefold() == "xml-stylesheet":
        raise _ActingError(f"`<?{target}>`")


def _refuse_doctype(_name: str, _system: str | None, public: str | None, has_subset: int) -> None:
    if has_subset or not (public or _SOUND_DOCTYPE).startswith(_SOUND_DOCTYPE):
        raise _ActingError("`<!DOCTYPE>`")
