"""`handbook serve`: shows the website and follows every change."""

from __future__ import annotations

import argparse
from pathlib import Path

from handbook.publish.build import serve
from handbook.read.files import find_site


def configure(_parser: argparse.ArgumentParser) -> None:
    """The command takes nothing."""


def run(_options: argparse.Namespace) -> int:
    """Runs the command and gives its exit code."""
    return serve(find_site(Path()))
