"""`handbook status`: what is still to be decided."""

from __future__ import annotations

import argparse

from handbook.cli.loading import load_whole
from handbook.cli.streams import print_text
from handbook.output.status import render_json, render_text
from handbook.read.files import CONFIG, read_config
from handbook.render.repository import Repository
from handbook.status.tasks import tasks

_FORMATS = {"text": render_text, "json": render_json}


def configure(parser: argparse.ArgumentParser) -> None:
    """Define the arguments of the command."""
    parser.add_argument("--format", choices=_FORMATS, default="text", help="Output format (default: text)")


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    handbook = load_whole()
    left = tasks(handbook.context, handbook.catalogue, handbook.findings)
    config = read_config(handbook.site.root / CONFIG)
    repository = Repository.of(handbook.site, config)
    print_text(_FORMATS[options.format](left, repository.edit_url))
    return 0
