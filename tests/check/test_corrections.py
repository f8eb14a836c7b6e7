"""The corrections that findings about values, fields and references carry."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from handbook.base.findings import Finding

Check = Callable[[Mapping[str, str | bytes]], list[Finding]]

FILES = {
    "tools_inventory.yaml": """tools:
  - id: linear
    name: Linear
    summary: Plans the work.
    category: project-management
    status: trial
    owner: product-ops  # since 2026
    access: {sso: true, takes: 1 hour}
    contract: {renews_on: 2027-06-01, notice_days: 30}
    integrations:
      - {tool: slack, direction: both, carries: Messages, how: native}
    cost: {amount: 14, currency: USD, period: month, per_seat: true}
  - id: slack
    name: Slack
    summary: Messages.
    category: communication
    status: active
    former_ids: [teams]
    notes: "See [it](tools/linear.md)."
""",
    "sources/teams.yaml": """teams:
  - id: product-ops
    name: Product operations
    summary: Keeps the handbook.
  - id: squad-1
    name: First
    summary: Builds.
""",
}


@pytest.mark.parametrize(
    ("right", "wrong", "fixed", "kind"),
    [
        ("status: trial", "status: Trial", "status: trial", "safe"),
        ("notice_days: 30", "notice_days: 0 days", "notice_days: 0", "likely"),
        ("notice_days: 30", "notice_days: 730 days", "notice_days: 730", "likely"),
        ("status: trial", "status: 'tiral'", "status: 'trial'", "safe"),
        ("status: trial", "status: in-trial", "status: trial", "likely"),
        ("status: trial", "staus: trial", "status: trial", "safe"),
        ("status: trial", "state: trial", "status: trial", "likely"),
        ("name: Slack", "name: #1 tool", 'name: "#1 tool"', "likely"),
        ("name: Slack", "name: # Slack", "", None),
        ("name: Slack", "name: 1.10", 'name: "1.10"', "safe"),
        ("sso: true", "sso: yes", "sso: true", "safe"),
        ("amount: 14", "amount: $14", "amount: 14", "safe"),
        ("amount: 14", "amount: '1,200.50'", "amount: 1200.5", "safe"),
        ("amount: 14", "amount: 14 USD", "amount: 14", "likely"),
        ("amount: 14", "amount: '$1.200,50'", "amount: 1200.5", "safe"),
        ("amount: 14", "amount: '1,200'", "amount: 1200", "safe"),
        ("amount: 14", "amount: 12.000 €", "amount: 12000", "likely"),
        ("amount: 14", "amount: '12.000'", "amount: 12000", "likely"),
        ("amount: 14", "amount: 1,200", "amount: 1200", "likely"),
        ("notice_days: 30", "notice_days: '30'", "notice_days: 30", "safe"),
        ("notice_days: 30", "notice_days: 30 days", "notice_days: 30", "likely"),
        ("takes: 1 hour", "takes: 1d", "takes: 1 day", "safe"),
        ("takes: 1 hour", "takes: 'one day'", "takes: '1 day'", "safe"),
        ("takes: 1 hour", "takes: 15min", "takes: 15 minutes", "safe"),
        ("takes: 1 hour", "takes: 1.5 h", "takes: 90 minutes", "safe"),
        ("takes: 1 hour", "takes: 2 working days", "takes: 2 days", "safe"),
        ("takes: 1 hour", "takes: 3m", "takes: 3 minutes", "likely"),
        ("takes: 1 hour", "takes: 2 months", "", None),
        ("takes: 1 hour", "takes: 1.5 days", "", None),
        ("takes: 1 hour", "takes: 0 days", "", None),
        ("renews_on: 2027-06-01", 'renews_on: "June 1, 2027"', 'renews_on: "2027-06-01"', "safe"),
        ("renews_on: 2027-06-01", "renews_on: 1st of June 2027", "renews_on: 2027-06-01", "safe"),
        ("renews_on: 2027-06-01", "renews_on: 2027/6/1", "renews_on: 2027-06-01", "safe"),
        ("renews_on: 2027-06-01", "renews_on: 20270601", "renews_on: 2027-06-01", "safe"),
        ("renews_on: 2027-06-01", "renews_on: 01/06/2027", "", None),
        ("renews_on: 2027-06-01", "renews_on: TBC", "", None),
        ("owner: product-ops", "owner: Product operations", "owner: product-ops", "safe"),
        ("owner: product-ops", "owner: 'produkt-ops'", "owner: 'product-ops'", "safe"),
        ("owner: product-ops", "owner: squad-2", "owner: squad-1", "likely"),
        ("owner: product-ops", "owner: jane@example.com", "", None),
        ("owner: product-ops", "owner: &x Product operations", "", None),
        ("tool: slack", "tool: teams", "tool: slack", "safe"),
        ("currency: USD", "currency: usd", "currency: USD", "safe"),
        # What is in the folder of another content type is another thing.
        ("(tools/linear.md", "(processes/linear.md", "(tools/linear.md", "likely"),
        ("(tools/linear.md", "(apps/linear.md", "(tools/linear.md", "safe"),
    ],
)
def test_a_finding_carries_the_smallest_edit_with_the_right_or_the_likely_answer(
    check: Check, right: str, wrong: str, fixed: str, kind: str | None
) -> None:
    before = FILES["tools_inventory.yaml"]
    text = before.replace(right, wrong)
    assert text != before
    found = [finding for finding in check({**FILES, "tools_inventory.yaml": text}) if finding.code < "HB3"]
    fixes = [finding.fix for finding in found if finding.fix]
    if kind is None:
        assert found
        assert not fixes
        return
    (fix,) = fixes
    ((path, span, new),) = fix.edits
    lines = text.split("\n")
    line = lines[span.line - 1]
    lines[span.line - 1] = line[: span.column - 1] + new + line[span.end_column - 1 :]
    assert (path, fix.is_safe) == ("tools_inventory.yaml", kind == "safe")
    assert "\n".join(lines) == text.replace(wrong, fixed)


def test_a_comma_is_not_removed_without_asking_where_it_comes_before_decimals(check: Check) -> None:
    text = FILES["tools_inventory.yaml"].replace("amount: 14", "amount: '1,200'")
    found = check({"mkdocs.yml": "theme: {name: material, language: de}\n", "tools_inventory.yaml": text})
    assert [each.fix.is_safe for each in found if each.code == "HB103" and each.fix] == [False]


def test_two_misspellings_of_one_field_do_not_become_the_same_field(check: Check) -> None:
    text = FILES["tools_inventory.yaml"].replace("    owner", "    vendr: A\n    vndor: B\n    owner")
    found = check({**FILES, "tools_inventory.yaml": text})
    assert [bool(finding.fix) for finding in found if finding.code == "HB102"] == [True, False]


@pytest.mark.parametrize(("anchor", "is_safe"), [("Ask-For_it", True), ("ask-for-its", False)])
def test_an_anchor_is_corrected_without_asking_only_if_its_letters_are_right(
    check: Check, anchor: str, *, is_safe: bool
) -> None:
    found = check({"docs/index.md": f"# Home\n\n[a](#{anchor})\n\n## Ask for it\n"})
    (fix,) = [finding.fix for finding in found if finding.fix]
    assert (fix.edits[0].text, fix.is_safe) == ("#ask-for-it", is_safe)


@pytest.mark.parametrize(
    ("written", "found", "is_safe"),
    [
        ("start/onbording.md", "start/onboarding.md", True),
        ("start/week-3.md", "start/week-2.md", False),
        ("strat/index.md", "start/index.md", False),
    ],
    ids=["one page alone is alike", "two are", "the folder is misspelt"],
)
def test_a_link_is_corrected_without_asking_only_if_one_page_alone_can_be_meant(
    check: Check, written: str, found: str, *, is_safe: bool
) -> None:
    names = ("index", "onboarding", "week-1", "week-2")
    pages = {f"docs/start/{name}.md": f"# {name}\n" for name in names}
    (fix,) = [
        each.fix for each in check({"docs/index.md": f"# Home\n\n[a]({written})\n", **pages}) if each.fix
    ]
    assert (fix.edits[0].text, fix.is_safe) == (found, is_safe)
