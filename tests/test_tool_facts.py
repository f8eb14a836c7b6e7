"""What the handbook has to say about tools and infrastructure."""

from __future__ import annotations

import re
from collections import defaultdict
from html import unescape
from pathlib import Path

from handbook.handbook import load
from handbook.read.files import find_site
from tests.conftest import TODAY
from tests.sites import ROOT

BY_CATEGORY = {
    "project-management": {"Jira", "Linear", "Shortcut"},
    "roadmap": {"Productboard", "Aha!", "Notion"},
    "analytics": {"Amplitude", "Mixpanel", "PostHog"},
    "feedback": {"Canny", "UserVoice"},
    "communication": {"Slack", "Loom", "Confluence"},
    "experimentation": {"LaunchDarkly", "Optimizely", "Statsig"},
}


def test_every_tool_stands_in_its_category_and_says_whom_it_suits() -> None:
    found = defaultdict(set)
    for tool in load(find_site(ROOT), TODAY).catalogue.entries("tool").values():
        found[tool.data["category"]].add(tool.name)
        assert "fit" in tool.data, tool.id
    assert found == BY_CATEGORY


def test_the_page_of_all_tools_names_each_beside_what_it_is_for(shipped_build: Path) -> None:
    page = (shipped_build / "tools/index.html").read_text(encoding="utf-8")
    rows = [unescape(re.sub("<[^>]+>", "", row)) for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL)]
    for category, names in BY_CATEGORY.items():
        word = category.split("-")[0].capitalize()
        (row,) = (row for row in rows if row.strip().startswith(word))
        # Productboard is for feedback, too.
        for name in names | ({"Productboard"} if category == "feedback" else set()):
            assert name in row, (category, name)
