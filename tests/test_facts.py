"""What the handbook has to say about product operations: names, figures and thresholds, each on its page."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from handbook.handbook import load
from handbook.read.files import find_site
from handbook.view.render import Renderer
from tests.conftest import TODAY
from tests.sites import ROOT

FUNCTION = "product-ops/"
HIRE = "product-ops/when-to-hire/"
PHASES = "product-ops/phases/"
STAGES = "product-ops/stages/"
MISTAKES = "product-ops/mistakes/"
START = "product-ops/getting-started/"
IMPACT = "product-ops/impact/"

FACTS: dict[str, tuple[str, tuple[str, ...]]] = {
    # The function
    "what it owns": (FUNCTION, ("tools, processes, data and workflows", "every day")),
    "who decides what and why": (FUNCTION, ("Product managers decide what is built and why",)),
    "how it is noticed": (FUNCTION, ("Customers never see it", "speed", "consistency", "quality")),
    "no bureaucracy": (FUNCTION, ("multiplies", "no bureaucracy")),
    "the focus of both": (
        FUNCTION,
        ("strategy, discovery, prioritisation", "processes, tools, data infrastructure"),
    ),
    "the outputs of both": (
        FUNCTION,
        ("PRDs, roadmaps, user stories, success metrics", "dashboards, templates, tool set-ups, workflows"),
    ),
    "the question of both": (
        FUNCTION,
        ("What do we build next?", "help product managers to decide and ship faster"),
    ),
    "the stakeholders of both": (
        FUNCTION,
        ("users, engineering, design, leadership", "product managers, analysts, engineering leads"),
    ),
    "the success metric of both": (
        FUNCTION,
        ("adoption, retention, revenue", "cycle time, decision speed, tool adoption"),
    ),
    "30% of the week": (FUNCTION, ("30% of the week", "30% less for strategy and discovery")),
    # Four pillars
    "the pillars": (
        FUNCTION,
        (
            "Four pillars",
            "Data and insights",
            "Tools and infrastructure",
            "Processes and governance",
            "Experimentation and learning",
        ),
    ),
    "data has the largest effect": (FUNCTION, ("largest effect",)),
    "experiments mature last": (FUNCTION, ("last to mature",)),
    "nobody files data requests": ("queries/", ("nobody has to file a data request",)),
    "where feedback comes from": (
        "feedback/",
        ("Support tickets", "NPS comments", "Sales calls", "Social media", "Productboard"),
    ),
    "past studies are found": ("research/", ("studied",)),
    "what the tool picker asks": (
        "tools/pick/",
        ("How many people", "How complex are the workflows", "How many other tools"),
    ),
    "one PRD format, one cadence": ("processes/prd-review/", ("PRD", "Why it matters")),
    "whom the roadmap is shared with": (
        "processes/roadmap-update/",
        ("engineering", "leadership", "customers"),
    ),
    "from customer to backlog": ("processes/feature-request-triage/", ("Linear", "Productboard")),
    "what a launch checklist has": (
        "checklists/launch/",
        ("announce", "help", "monitor", "rollback"),
    ),
    "what planning covers": ("processes/quarterly-planning/", ("OKR", "capacity", "squads")),
    "post-mortems of incidents and launches": ("templates/post-mortem/", ("incident", "launch")),
    "flags without engineering": (FUNCTION, ("without waiting for engineering",)),
    "sample sizes beforehand": ("templates/ab-test/", ("sample size", "runtime")),
    "what an experiment keeps": ("experiments/save-prompt/", ("Hypothesis", "Result", "decided")),
    "a learning library": ("experiments/learning/", ("learn",)),
    # When to hire
    "5 product managers": (HIRE, ("With five product managers",)),
    "what goes wrong at 5 to 10": (
        HIRE,
        (
            "Between five and ten",
            "Notion, in a spreadsheet and in somebody's Slack bookmarks",
            '"Active user" means one thing to the growth squad',
            "enterprise squad's",
            "PRD format, planning cadence and launch checklist",
            "20 to 30% of the week",
        ),
    ),
    "sign 1, time": (HIRE, ("more than 20% of their week on tool administration and reporting",)),
    "sign 2, feedback": (HIRE, ("no single place for feedback",)),
    "sign 3, metrics": (HIRE, ("Squads measure the same metric in different ways",)),
    "sign 4, new people": (HIRE, ("more than 4 weeks to become productive", "not written down")),
    "sign 5, planning": (HIRE, ("more than 3 weeks because the data",)),
    "sign 6, requests": (HIRE, ("Requests from sales and support vanish",)),
    "sign 7, experiments": (HIRE, ("Nobody knows the state of experiments across the teams",)),
    "sign 8, tools": (HIRE, ("Five or more tools have no clear owner",)),
    "three signs": (HIRE, ("three of the eight signs", "3 are enough")),
    # Building it
    "phase 1": (
        PHASES,
        ("Audit and quick wins", "Weeks 1 to 4", "Survey the product managers", "Map every tool"),
    ),
    "what the survey asks": (
        "product-ops/phases/audit-and-quick-wins/",
        (
            "which tools do you use",
            "not product work",
            "which data do you miss",
            "which gap in a process hurts most",
            "owner, cost",
            "connected to",
        ),
    ),
    "three pain points": (
        "product-ops/phases/audit-and-quick-wins/",
        ("top three", "How often times how bad"),
    ),
    "the usual quick wins": (
        "product-ops/phases/audit-and-quick-wins/",
        ("one feedback tool, one PRD template, one shared KPI dashboard",),
    ),
    "one thing by week 3": (
        "product-ops/phases/audit-and-quick-wins/",
        ("Fix one thing, the one with the best effect for its effort", "Week 2 or 3"),
    ),
    "phase 2": (
        PHASES,
        (
            "Foundation",
            "Months 2 and 3",
            "Standardise PRDs, triage, roadmap updates and launches",
            "support, sales and social media into one tool",
            "handbook",
        ),
    ),
    "what phase 2 agrees on": (
        "product-ops/phases/foundation/",
        ("tags and categories", "Active user and churn", "Tools, processes, templates", "new people"),
    ),
    "phase 3": (
        PHASES,
        (
            "Scale",
            "Months 4 to 6",
            "experimentation programme",
            "Automate the reports",
            "research repository",
            "Audit the tools every quarter",
            "Measure the impact",
        ),
    ),
    "what phase 3 brings": (
        "product-ops/phases/scale/",
        ("Dashboards and Slack digests", "Flags", "A/B tests", "Used or not, redundant or not"),
    ),
    "what impact is": (
        IMPACT,
        ("Time on operations", "Time to first shipped feature", "Experiments a quarter"),
    ),
    # Careers
    "the ladder": (
        "roles/",
        (
            "Product ops analyst",
            "0 to 2",
            "Product ops manager",
            "2 to 5",
            "Senior product ops manager",
            "5 to 8",
            "Head of product ops",
            "8 or more",
        ),
    ),
    "what an analyst does": (
        "roles/product-ops-analyst/",
        ("Dashboards, tool configuration, data requests, documentation",),
    ),
    "what a manager does": (
        "roles/product-ops-manager/",
        ("designs workflows, runs tool evaluations, leads process improvement",),
    ),
    "what a senior manager does": (
        "roles/senior-product-ops-manager/",
        ("Builds and scales the function", "operating model", "VP of Product"),
    ),
    "what a head does": (
        "roles/head-of-product-ops/",
        ("Strategy, a team of 3 to 10", "VP of Product or the CPO", "director"),
    ),
    "skills": (
        "roles/",
        (
            "data fluency (SQL, analytics tools, dashboard design)",
            "process design",
            "tool expertise",
            "stakeholder management",
            "systems thinking",
        ),
    ),
    # Mistakes
    "mistake 1": (MISTAKES, ("Over-engineered processes", "only a wiki page", "Start light")),
    "mistake 2": (MISTAKES, ("The tool first", "Name the problem before the tool")),
    "mistake 3": (
        MISTAKES,
        ("No change management", "a reason, a training session, a feedback loop and a rollout in steps"),
    ),
    "mistake 4": (
        MISTAKES,
        (
            "Measuring activity instead of impact",
            "time of product managers on operational work, ramp-up time of new ones, experiments a quarter",
        ),
    ),
    "mistake 5": (MISTAKES, ("Isolation", "sprint planning", "research sessions", "roadmap reviews")),
    # By company stage
    "start-up": (
        STAGES,
        (
            "10 to 50",
            "1 to 3",
            "no role of its own",
            "one project management tool",
            "one analytics platform",
            "one PRD template",
        ),
    ),
    "growth": (
        STAGES,
        ("50 to 200", "5 to 15", "One hire serves the whole team", "Metrics", "Stack", "Feedback pipeline"),
    ),
    "enterprise": (
        STAGES,
        (
            "over 200",
            "over 15",
            "specialised roles",
            "Governance of procurement",
            "Governance of process change",
            "product managers are the customers",
        ),
    ),
    # Getting started
    "how to begin": (
        START,
        (
            "Read the playbook",
            "Audit the time of product managers",
            "More than 20%",
            "Pick the first pillar",
            "Data and tools pay back fastest",
            "Evaluate the stack",
            "Learn from others",
        ),
    ),
}

SALARIES = {
    "product-ops-analyst": "USD 80,000 to 120,000",
    "product-ops-manager": "USD 120,000 to 160,000",
    "senior-product-ops-manager": "USD 150,000 to 190,000",
    "head-of-product-ops": "USD 160,000 to 220,000",
}


def said(markup: str) -> str:
    """What a page says beside the navigation, on one line and in small letters."""
    article = re.search(r"<article\b.*</article>", markup, re.DOTALL)
    seen = article[0] if article else markup
    return " ".join(unescape(re.sub(r"<[^>]+>", "", seen)).split()).casefold()


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_stands_on_its_page(shipped_build: Path, fact: str) -> None:
    page, words = FACTS[fact]
    text = said((shipped_build / page / "index.html").read_text(encoding="utf-8"))
    assert [each for each in words if each.casefold() not in text] == []


@pytest.mark.parametrize("role", SALARIES)
def test_a_salary_is_shown_to_the_restricted_audience_only(role: str) -> None:
    for audience, shown in (("restricted", True), ("internal", False)):
        handbook = load(find_site(ROOT), TODAY, audience)
        renderer = Renderer(handbook.basis, ROOT)
        page = said(renderer.entry(handbook.catalogue.entry("role", role), f"roles/{role}.md"))
        ladder = said(renderer.figure("career_ladders", "roles/index.md", {}))
        assert (SALARIES[role].casefold() in page) is shown
        assert (SALARIES[role].casefold() in ladder) is shown
