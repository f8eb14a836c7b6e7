"""Everything that is still to be decided in a handbook, in order of worth."""

from __future__ import annotations

from collections.abc import Iterable

from handbook.base.findings import Finding
from handbook.link.catalogue import Catalogue
from handbook.read.context import Context
from handbook.status.entry_tasks import (
    example_tasks,
    field_tasks,
    first_day_tasks,
    inventory_tasks,
    review_tasks,
    reviewer_tasks,
    text_tasks,
)
from handbook.status.host_tasks import host_tasks
from handbook.status.site_tasks import (
    address_tasks,
    engine_tasks,
    job_tasks,
    look_tasks,
    owner_tasks,
    picker_tasks,
    time_tasks,
)
from handbook.status.task import Task


def tasks(context: Context, catalogue: Catalogue, findings: Iterable[Finding]) -> tuple[Task, ...]:
    """Return what is still to be decided, the most valuable first, in the current language.

    Args:
        context: Everything that was read.
        catalogue: The entries that the audience can see.
        findings: The findings of all rules.
    """
    return (
        *address_tasks(context.site),
        *engine_tasks(context.site),
        *inventory_tasks(catalogue),
        *job_tasks(context),
        *time_tasks(context),
        *field_tasks(context, catalogue),
        *first_day_tasks(context, catalogue),
        *reviewer_tasks(context, catalogue),
        *owner_tasks(context),
        *host_tasks(context),
        *example_tasks(context, catalogue),
        *text_tasks(context, catalogue, findings),
        *picker_tasks(context),
        *review_tasks(context, catalogue),
        *look_tasks(context.site),
    )
