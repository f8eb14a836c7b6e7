"""Documents to lint, beside a small handbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from handbook.base.findings import Finding
from handbook.lint.linter import lint
from handbook.loaded.handbook import load
from handbook.read.files import Site

MakeSite = Callable[[Mapping[str, str | bytes]], Site]
Lint = Callable[..., list[Finding]]


@pytest.fixture
def lint_beside(make_site: MakeSite) -> Lint:
    """The findings about the documents at the top of a site made of these files."""

    def run(files: Mapping[str, str | bytes], template: str = "") -> list[Finding]:
        site = make_site(files)
        handbook = load(site)
        assert handbook.is_sound, handbook.report.findings
        documents: dict[str, Path] = {path.name: path for path in sorted(site.root.glob("*.md"))}
        return list(lint(handbook.catalogue, documents, template).report.findings)

    return run
