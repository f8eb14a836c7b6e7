"""What is told about a version of the engine when it is published."""

from __future__ import annotations

import re

import pytest

from handbook.base.version import __version__
from release_notes import notes
from tests.sites import ROOT

LOG = """# Changelog

## 0.2.0 - 2027-01-31

Better.

### What your site must do

Nothing.

## 0.1.0 - 2027-01-01
"""


def test_they_are_the_section_of_the_version() -> None:
    assert notes("v0.2.0", "0.2.0", LOG) == "Better.\n\n### What your site must do\n\nNothing.\n"


@pytest.mark.parametrize(
    ("tag", "version", "log", "why"),
    [
        ("v0.2.1", "0.2.0", LOG, "The tag is v0.2.1"),
        ("v0.3.0", "0.3.0", LOG, "no section"),
        ("v0.2.0", "0.2.0", LOG.replace("2027-01-31", "Unreleased"), "no section"),
        ("v0.2.0", "0.2.0", LOG.replace("What your", "What a"), "does not say"),
    ],
)
def test_a_version_that_is_not_ready_is_refused(tag: str, version: str, log: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        notes(tag, version, log)


def test_the_changelog_of_this_version_says_what_a_site_must_do() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    dated = re.sub(
        rf"^## {re.escape(__version__)} - .*", f"## {__version__} - 2027-01-01", changelog, flags=re.MULTILINE
    )
    assert notes(f"v{__version__}", __version__, dated)
