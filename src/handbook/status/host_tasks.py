"""What is to be decided about the host: who can read the site, and who opens pull requests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from handbook.base.language import _
from handbook.read.context import Context
from handbook.read.files import WORKFLOWS, repository_top
from handbook.read.plain_file import read_bounded
from handbook.read.settings import SETTINGS_FILE
from handbook.read.values import as_mapping
from handbook.status.task import Place, Task

_AUDIENCE = "audience"
_PUBLISHES = (b"upload-pages-artifact", b"\npages:")
"""What the workflow of GitHub and the pipeline of GitLab have in them if they publish."""
_NO_APP = b'HANDBOOK_APP_CLIENT_ID: ""'


def host_tasks(context: Context) -> Iterator[Task]:
    """Yield what is to be decided before readers and workflows come."""
    top = repository_top(context.site.root)
    workflows = sorted((top / WORKFLOWS).glob("*.y*ml"))
    files = {path: read_bounded(path) or b"" for path in [top / ".gitlab-ci.yml", *workflows]}
    publishing = [text for text in files.values() if any(part in text for part in _PUBLISHES)]
    settings = as_mapping(context.setting.value if context.setting else None)
    if publishing and _AUDIENCE not in settings and not any(b"--audience" in text for text in publishing):
        title = _("Decide who can read the site")
        why = _(
            "Published pages can be open to everyone, even those of a private repository. Set `audience` to "
            'what the readers may see. The page "Host it" has each way to publish.'
        )
        yield Task("readers", title, why, (Place(SETTINGS_FILE),))
    waiting = [(path, text) for path, text in files.items() if _NO_APP in text]
    if waiting:
        title = _("Let an app open pull requests")
        why = _(
            "GitHub starts no checks for pull requests and commits of a workflow. Create a GitHub App as the "
            'page "Host it" says, and enter its client ID.'
        )
        yield Task("app", title, why, tuple(_place(context, path, text) for path, text in waiting))


def _place(context: Context, path: Path, text: bytes) -> Place:
    line = text.count(b"\n", 0, text.index(_NO_APP)) + 1
    return Place(Path(os.path.relpath(path, context.site.root)).as_posix(), line, path.stem)
