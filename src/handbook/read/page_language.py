"""The parts of Jinja that pages can use: one list for the check, the sandbox and the reference."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from handbook.base.regex import regex

DOWNLOAD_VIEW = regex(r"(?P<kind>[A-Za-z0-9_-]+)\.download\.(?P<suffix>[a-z0-9]+)\.jinja")
"""The path of a view in `macros/` that writes a file for each entry of a kind."""

PAGE_FILTERS: Mapping[str, str] = MappingProxyType(
    {
        "abs": "the number without its sign",
        "capitalize": "the text with its first letter as a capital, all others lowercase",
        "count": "the same as length",
        "d": "the same as default",
        "default": "another value where there is none",
        "dictsort": "the keys and values of a mapping, sorted by key",
        "e": "the same as escape",
        "escape": "the text with <, >, & and quotes as HTML shows them",
        "first": "the first item",
        "float": "the value as a number with decimals",
        "groupby": "the items in groups that share a value",
        "indent": "the text with spaces before each line but the first",
        "int": "the value as a whole number",
        "items": "the keys and values of a mapping",
        "join": "the items as one text, with a separator",
        "last": "the last item",
        "length": "how many items or characters there are",
        "list": "the items as a list",
        "lower": "the text in lowercase letters",
        "map": "one attribute of each item, or each item through a filter",
        "max": "the largest item",
        "min": "the smallest item",
        "reject": "the items that fail a test",
        "rejectattr": "the items whose attribute fails a test",
        "replace": "the text with one part replaced by another",
        "reverse": "the items or characters in reverse order",
        "round": "the number, rounded; a half is rounded away from zero",
        "safe": "the text as it is",
        "select": "the items that pass a test",
        "selectattr": "the items whose attribute passes a test",
        "sort": "the items, sorted",
        "string": "the value as text",
        "striptags": "the text without HTML tags",
        "sum": "the sum of the numbers",
        "title": "the text with a capital at the start of each word",
        "trim": "the text without spaces at its ends",
        "truncate": "the beginning of the text",
        "unique": "the items without repetitions",
        "upper": "the text in capital letters",
        "urlencode": "the text as a part of an address",
        "wordcount": "the number of words",
    }
)
"""The filters that a page can use, with the result of each."""

PAGE_TESTS = frozenset(
    {
        *("boolean", "defined", "divisibleby", "even", "false", "float", "in", "integer", "iterable"),
        *("lower", "mapping", "none", "number", "odd", "sameas", "sequence", "string", "true", "undefined"),
        *("upper", "eq", "equalto", "==", "ne", "!=", "lt", "lessthan", "<", "le", "<="),
        *("gt", "greaterthan", ">", "ge", ">="),
    }
)
"""The tests that a page can use after `is`."""

_TEXT_METHODS = frozenset(
    {
        *("capitalize", "casefold", "count", "endswith", "find", "index", "isalnum", "isalpha", "isdecimal"),
        *("isdigit", "islower", "isnumeric", "isspace", "istitle", "isupper", "join", "lower", "lstrip"),
        *("partition", "removeprefix", "removesuffix", "replace", "rfind", "rindex", "rpartition", "rsplit"),
        *("rstrip", "split", "splitlines", "startswith", "strip", "swapcase", "title", "upper"),
    }
)
METHODS: tuple[tuple[type, frozenset[str]], ...] = (
    (str, _TEXT_METHODS),
    (dict, frozenset({"get", "items", "keys", "values"})),
    (list, frozenset({"count", "index"})),
    (tuple, frozenset({"count", "index"})),
    (date, frozenset({"isoformat", "isoweekday", "weekday"})),
)
"""The methods that a template can call, by the type of the value. A text's `format` is not among them."""

LOOP_METHODS = frozenset({"changed", "cycle"})
"""The methods of `loop` that a template can call."""

LARGEST_VIEW = 1_000_000
"""The most bytes of a view."""

TRANSLATIONS = "jinja2.ext.i18n"
"""The extension of Jinja for `trans` blocks, which views can use."""

VIEW_FILTERS = frozenset(
    {
        "choice",
        "data",
        "day",
        "duration",
        "format",
        "join",
        "meaning",
        "number",
        "percent",
        "period",
        "quoted",
        "significant",
        "words",
    }
)
"""Our filters for views, which can also use most filters of Jinja."""

VIEW_TESTS = frozenset({"link"})
"""Our tests for views, in addition to those of Jinja."""

VIEW_VALUES = frozenset(
    {
        *("_", "gettext", "ngettext", "pgettext", "address", "anchor", "bars", "byline", "code"),
        *("columns", "dict", "download", "download_text", "entry", "fields", "figure", "flow", "grid"),
        *("icon", "line", "money", "more", "namespace", "network", "page_url", "range"),
        *("referring_items", "series", "sign", "site_file", "spark", "streams", "table", "tile"),
        *("to_tick", "used_by"),
    }
)
"""The functions and values that views have."""

NO_VIEW_FILTERS = frozenset(
    {"attr", "center", "pprint", "random", "safe", "tojson", "urlize", "wordwrap", "xmlattr"}
)
"""Jinja filters that views can't use: they read attributes by computed names, turn text into markup, or can
make a text too long."""


class MacroSyntaxError(Exception):
    """Raised for a page that is not valid Jinja.

    Attributes:
        message: The message of Jinja.
        line: The line of the file, counted from 1.
    """

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
