"""`handbook experiment` says what the experiment's page says."""

from __future__ import annotations

import json

from tests.conftest import Command
from tests.sites import ROOT


def test_the_plan_and_the_results_are_printed(command: Command) -> None:
    plan = command(ROOT, "experiment", "plan", "save-prompt")
    assert (plan.returncode, plan.stderr) == (0, "")
    assert "4,072 users: 2,036 in Control, 2,036 in Prompt" in plan.stdout
    results = command(ROOT, "experiment", "results", "save-prompt", "--format", "json")
    assert (results.returncode, results.stderr) == (0, "")
    (comparison,) = json.loads(results.stdout)["comparisons"]
    assert (comparison["id"], comparison["verdict"]) == ("prompt", "better")


def test_the_old_name_of_the_results_still_works_and_says_that_it_is_deprecated(command: Command) -> None:
    old = command(ROOT, "experiment", "read", "save-prompt")
    new = command(ROOT, "experiment", "results", "save-prompt")
    warning = (
        "handbook: warning: `handbook experiment read` is deprecated. Use `handbook experiment results`.\n"
    )
    assert (old.returncode, old.stdout, old.stderr) == (0, new.stdout, warning)


def test_what_cannot_be_worked_out_is_said(command: Command) -> None:
    done = command(ROOT, "experiment", "plan", "team-invite")
    assert (done.returncode, done.stdout) == (
        1,
        "Invite a whole team at once\nThe experiment has no design yet.\n",
    )


def test_an_experiment_that_is_not_there_is_one_line(command: Command) -> None:
    done = command(ROOT, "experiment", "results", "save-promt")
    message = "handbook: error: Unknown experiment `save-promt`. Did you mean `save-prompt`?\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", message)
