"""Collect every text that a new handbook can get: what a catalogue of translations has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from handbook.starter.answers import PILLARS, STAGES, Answers
from handbook.starter.hosts import host_of
from handbook.starter.making import site_files
from handbook.starter.plan import catalogue, job_names
from handbook.starter.translating import Translator


def practice_texts(stage: str = list(STAGES)[-1]) -> Mapping[str, str]:
    """Return the texts in the order of their files, each with the path of its first file.

    Args:
        stage: The stage of the company. The last one gets what the others get, and more.
    """
    # Tools without an entry in our catalogue have texts of their own.
    tools = [*(f"{job}=Our {job}" for job in job_names()), *catalogue()]
    answers = Answers("Acme", stage, list(PILLARS), tools)
    translator = Translator({})
    found: dict[str, str] = {}
    without = answers._replace(tools=[f"{job}=none" for job in job_names()])
    for each in (answers, without):
        for path, _ in site_files(each, host_of("", "", "main"), date(2000, 1, 3), translator):
            for text in translator.asked:
                found.setdefault(text, path)
    return found
