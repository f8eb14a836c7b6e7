"""What other teams see of the work: no planned dates, and each piece once."""

from __future__ import annotations

from datetime import date

from handbook.loaded.handbook import load
from tests.conftest import MakeSite

TODAY = date(2026, 11, 28)
FLAGS = """\
flags:
  - {id: part, name: Part, summary: A., rollout: {percentage: 25, audience: all accounts}}
  - {id: off, name: Off, summary: A., rollout: {percentage: 0, audience: all accounts}}
  - {id: beta, name: Beta, summary: A., rollout: {percentage: 100, audience: the beta, since: 2026-11-02},
     stages: [{name: Beta, percentage: 100, reached_on: 2026-11-02}, {name: Everyone, percentage: 100}]}
  - {id: new, name: New, summary: A., rollout: {percentage: 100, audience: all accounts, since: 2026-11-24}}
  - {id: newer, name: Newer, summary: A., rollout: {percentage: 100, audience: all, since: 2026-11-28}}
  - {id: old, name: Old, summary: A., rollout: {percentage: 100, audience: all accounts, since: 2026-03-16}}
  - {id: undated, name: Undated, summary: A., rollout: {percentage: 100, audience: all accounts}}
"""
EXPERIMENT = "name: Test\nsummary: A?\nhypothesis: B.\nmetric: m\nstatus: "


def test_the_work_is_sorted_by_what_people_have_of_it(make_site: MakeSite) -> None:
    planned = f"{EXPERIMENT}planned\nstarts_on: 2026-12-01\nplanned_end: 2026-12-20\n"
    files = {"sources/flags.yaml": FLAGS, "sources/experiments/test.yaml": planned}
    coming = load(make_site(files), TODAY).figure("what_is_coming")
    ids = [[item.entry.id for item in items] for items in (coming.now, coming.next, coming.shipped)]
    assert ids == [["beta", "part"], ["off", "test"], ["newer", "new"]]


def test_an_experiment_stands_for_itself_only_without_a_flag(make_site: MakeSite) -> None:
    running = f"{EXPERIMENT}running\nflag: part\nstarts_on: 2026-11-01\nplanned_end: 2026-12-20\n"
    files = {"sources/flags.yaml": FLAGS, "sources/experiments/test.yaml": running}
    coming = load(make_site(files), TODAY).figure("what_is_coming")
    assert "test" not in {item.entry.id for item in coming.now}


def test_a_company_without_flags_and_experiments_has_nothing_to_show(make_site: MakeSite) -> None:
    off = "kinds: {flag: off, experiment: off}\n"
    coming = load(make_site({"sources/handbook.yaml": off}), TODAY).figure("what_is_coming")
    assert (coming.now, coming.next, coming.shipped) == ((), (), ())
