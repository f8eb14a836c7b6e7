"""Trust: a file in the docs folder that a browser would run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from handbook.check.acting import acting_attributes
from handbook.check.context import Context
from handbook.check.engine_settings import engine_settings, listed
from handbook.check.problem import Problem
from handbook.check.rule import Rule
from handbook.findings import Severity, Span

_RUNNING = frozenset(
    {".cjs", ".hta", ".htc", ".htm", ".html", ".jar", ".js", ".mht", ".mhtml", ".mjs", ".shtml", ".svgz"}
    | {".swf", ".vbs", ".wasm", ".xht", ".xhtml", ".xsl", ".xslt"}
)
_XML = frozenset({".atom", ".kml", ".mathml", ".mml", ".rdf", ".rss", ".svg", ".xml", ".xul"})
"""Documents that a browser shows, with every script in them."""
_OF_HOST = frozenset(
    {"_headers", "_redirects", "_routes.json", "cname", "netlify.toml", "staticwebapp.config.json"}
    | {"vercel.json", "web.config"}
)
"""Files by which hosts of static sites are told what to send, and to where."""
_LOOKS_LIKE_HTML = re.compile(rb"\s*<(?:!doctype html|!--|[a-z][a-z0-9]*[\s>])", re.IGNORECASE)
_START = 2_000
_HINT = "Remove the file, or add it to `trusted_files` in sources/handbook.yaml"
_ELEMENTS = frozenset({"embed", "foreignobject", "handler", "iframe", "object", "script"})


class _ActingError(Exception):
    """Something in a document acts."""


def _check(context: Context) -> Iterator[Problem]:
    docs = context.site.docs
    trusted = context.settings.trusted_files
    run_by_engine = _run_by_engine(context)
    for name in sorted(context.docs_files):
        file = docs / name
        path = context.site.relative(file) if file.is_relative_to(context.site.root) else str(file)
        if path in trusted:
            continue
        why = "the site engine runs this file" if run_by_engine(path) else _why(file, PurePosixPath(name))
        if why:
            yield Problem(path, Span(), why, _HINT)
    for path, why in _acting_downloads(context):
        if path not in trusted:
            yield Problem(path, Span(), why, _HINT)


def _acting_downloads(context: Context) -> Iterator[tuple[str, str]]:
    """Views of the site that write downloads which a browser runs."""
    for file in sorted((context.site.root / "macros").glob("*.download.*.jinja")):
        suffix = PurePosixPath(file.name.removesuffix(".jinja")).suffix.lower()
        if suffix in _RUNNING | _XML:
            yield context.site.relative(file), "a browser runs what this view writes"


def _run_by_engine(context: Context) -> Callable[[str], bool]:
    """Tell which files `mkdocs.yml` makes code: templates that are rendered without a sandbox, and hooks."""
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
    """Why a file could do something in a reader's browser; nothing when it could not."""
    suffix = name.suffix.lower()
    if suffix in _RUNNING:
        return "a browser runs this file"
    if name.name.lower() in _OF_HOST and len(name.parts) == 1:
        return "this file changes what the host of the site sends"
    if suffix in _XML:
        return _why_xml(file)
    if not suffix and _LOOKS_LIKE_HTML.match(_beginning(file)):
        return "a browser takes this file for HTML"
    return None


def _beginning(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(_START)
    except OSError:  # another rule says so
        return b""


def _why_xml(file: Path) -> str | None:
    from xml.parsers import expat  # noqa: PLC0415 - few sites have such files

    parser = expat.ParserCreate()
    parser.StartElementHandler = _refuse_element
    parser.ProcessingInstructionHandler = _refuse_instruction
    parser.EntityDeclHandler = _refuse_entity
    try:
        content = file.read_bytes()
        if content:
            parser.Parse(content, True)  # noqa: FBT003 - the library takes it by place
    except _ActingError as error:
        return f"{error} in line {parser.CurrentLineNumber} would act in the reader's browser"
    except (expat.ExpatError, ValueError, LookupError) as error:
        return f"what this file does cannot be told, for it is no sound XML: {error}"
    except OSError:  # another rule says so
        return None
    return None


def _refuse_element(name: str, attributes: dict[str, str]) -> None:
    element = name.rpartition(":")[2].casefold()
    if element in _ELEMENTS:
        raise _ActingError(f"`<{name}>`")
    for full, value in attributes.items():
        # Whatever its prefix, an attribute is judged by its name; `=` and quotes make it one of HTML.
        written = '{}="{}"'.format(
            full.rpartition(":")[2], value.replace("&", "&amp;").replace('"', "&quot;")
        )
        if next(acting_attributes(written, 0, len(written), element), None):
            raise _ActingError(f"`{full}`")


def _refuse_instruction(target: str, _data: str) -> None:
    if target.casefold() == "xml-stylesheet":
        raise _ActingError(f"`<?{target}>`")


def _refuse_entity(name: str, *_declared: object) -> None:
    raise _ActingError(f"`<!ENTITY {name}>`")


RULE = Rule(
    code="HB602",
    name="acting-file",
    severity=Severity.ERROR,
    reason=(
        "Every file below the docs folder is published. A browser runs scripts, HTML files and drawings with "
        "scripts in them, and some files tell the host what to send. So such files are code, and the "
        "handbook's owners name the ones they trust in `trusted_files` of `sources/handbook.yaml`."
    ),
    bad={"docs/javascripts/count.js": "«d»ocument.title = 'Counted'\n"},
    good={
        "docs/javascripts/count.js": "document.title = 'Counted'\n",
        "sources/handbook.yaml": "trusted_files: [docs/javascripts/count.js]\n",
    },
    check=_check,
)
