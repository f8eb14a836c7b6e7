"""`handbook audit`: report cost, usage and a recommendation for each tool."""

from __future__ import annotations

import argparse

from handbook.cli.loading import add_as_of_option, load_whole
from handbook.cli.streams import print_text
from handbook.output.audit import render_csv, render_json, render_markdown, render_text

_FORMATS = {"text": render_text, "markdown": render_markdown, "json": render_json, "csv": render_csv}


def configure(parser: argparse.ArgumentParser) -> None:
    """Define the arguments of the command."""
    add_as_of_option(parser)
    parser.add_argument("--format", choices=_FORMATS, default="text", help="Output format (default: text)")


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    audit = load_whole(options.as_of).figure("tool_audit")
    print_text(_FORMATS[options.format](audit))
    return 0
