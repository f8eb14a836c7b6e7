"""The settings for editors: which schema describes which files, extensions, and tasks. Others stay."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from handbook.read.files import Site
from handbook.read.schemas.kinds import (
    COLLECTIONS_SCHEMA,
    GONE_FILE,
    GONE_SCHEMA,
    SCHEMA_SUFFIX,
    SCHEMAS,
    Kind,
)
from handbook.read.settings import SETTINGS_FILE, SETTINGS_SCHEMA
from handbook.write.errors import NotWrittenError

_SETTINGS = ".vscode/settings.json"
_EXTENSIONS = ".vscode/extensions.json"
_TASKS = ".vscode/tasks.json"

_MAPPING = "yaml.schemas"
_VERSION = "yaml.yamlVersion"
_UNUSABLE = (ValueError, TypeError, AttributeError, RecursionError)
_UPDATE = "Handbook: update IDs"

# Commands of a task start without the environment that a terminal has activated.
_FROM_VENV: Mapping[str, Any] = {
    "options": {"env": {"PATH": "${workspaceFolder}/.venv/bin:${env:PATH}"}},
    "windows": {"options": {"env": {"PATH": "${workspaceFolder}\\.venv\\Scripts;${env:PATH}"}}},
}

_OUR_TASKS: tuple[Mapping[str, Any], ...] = (
    {
        "label": "Handbook: check",
        "detail": "Validates everything, and shows the findings under Problems.",
        "type": "shell",
        # Without a path, findings that are alike are not all shown.
        "command": "handbook validate . --format text",
        **_FROM_VENV,
        "group": {"kind": "build", "isDefault": True},
        "dependsOn": _UPDATE,
        "presentation": {"reveal": "silent", "clear": True},
        "problemMatcher": {
            "owner": "handbook",
            "source": "handbook",
            "fileLocation": ["relative", "${workspaceFolder}"],
            "pattern": {
                "regexp": r"^(.+?):(\d+):(\d+): (HB\d{3}) (error|warning): (.*)$",
                "file": 1,
                "line": 2,
                "column": 3,
                "code": 4,
                "severity": 5,
                "message": 6,
            },
        },
    },
    {
        "label": _UPDATE,
        "detail": "Lets editors know the entries that exist.",
        "type": "shell",
        "command": "handbook editor",
        **_FROM_VENV,
        "presentation": {"reveal": "silent", "clear": True},
        "problemMatcher": [],
    },
)


def editor_settings(site: Site, folder: str, kinds: Iterable[Kind]) -> dict[str, str]:
    """Return the files with settings, as texts by path.

    Args:
        site: The folder.
        folder: The folder with the schemas for editors.
        kinds: The content types.

    Raises:
        NotWrittenError: The existing settings cannot be extended.
    """
    return {_SETTINGS: as_json(_settings(site, folder, kinds)), **_tasks(site), **_extensions(site)}


def as_json(value: Any) -> str:
    """Return a value as the text of a JSON file."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _settings(site: Site, folder: str, kinds: Iterable[Kind]) -> dict[str, Any]:
    """Return the existing settings with those for our files added."""
    try:
        value = _read(site, _SETTINGS, {})
        known = dict(value.get(_MAPPING, {}))
    except _UNUSABLE:
        raise NotWrittenError(
            f"{_SETTINGS} is not plain JSON. Move it elsewhere, run this command again and merge the files"
        ) from None
    ours = re.compile(rf"({SCHEMAS}|{re.escape(folder)})/[^/]*{re.escape(SCHEMA_SUFFIX)}$")
    others = {schema: files for schema, files in known.items() if not ours.match(schema)}
    mapping = {schema: sorted(files) for schema, files in _mapping(folder, kinds)}
    return {_VERSION: "1.2", **value, _MAPPING: {**others, **mapping}}


def _read(site: Site, name: str, default: Mapping[str, Any]) -> Any:
    """Return the content of a JSON file that can be written again: no number in it is too large, say.

    Raises:
        ValueError: It can't.
        RecursionError: It is nested too deeply.
    """
    path = site.root / name
    value = json.loads(path.read_bytes()) if path.is_file() else default
    json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    return value


def _mapping(folder: str, kinds: Iterable[Kind]) -> Iterator[tuple[str, list[str]]]:
    """Yield each schema with the files that it describes."""
    kinds = sorted(kinds, key=lambda kind: kind.name)
    sources = [source for kind in kinds for source in kind.sources]
    yield f"{folder}/{COLLECTIONS_SCHEMA}", [source for source in sources if not source.endswith("/")]
    yield f"{folder}/{SETTINGS_SCHEMA}", [SETTINGS_FILE]
    yield f"{folder}/{GONE_SCHEMA}", [GONE_FILE]
    for kind in kinds:
        folders = [f"{source}**/*.yaml" for source in kind.sources if source.endswith("/")]
        if folders:
            yield f"{folder}/{kind.schema['$id']}", folders


def _tasks(site: Site) -> dict[str, str]:
    """Return the existing tasks with ours; nothing if they can't be extended: all else works without."""
    labels = {task["label"] for task in _OUR_TASKS}
    try:
        value = _read(site, _TASKS, {"version": "2.0.0"})
        others = [task for task in value.get("tasks", []) if task.get("label") not in labels]
    except _UNUSABLE:
        return {}
    return {_TASKS: as_json({**value, "tasks": [*others, *_OUR_TASKS]})}


def _extensions(site: Site) -> dict[str, str]:
    """Return the recommended extensions; existing ones stay unchanged."""
    if (site.root / _EXTENSIONS).exists():
        return {}
    return {_EXTENSIONS: as_json({"recommendations": ["redhat.vscode-yaml"]})}
