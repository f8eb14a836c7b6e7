"""Copy the calls that we make from GitHub's description of its API, for the server of the tests.

Run it with the folder of the unpacked npm package `@octokit/openapi` after you add a call here.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "tests/propose/github_api.json"

_REPOSITORY = "/repos/{owner}/{repo}"
CALLS = (
    ("get", f"{_REPOSITORY}/issues"),
    ("post", f"{_REPOSITORY}/issues"),
    ("patch", f"{_REPOSITORY}/issues/{{issue_number}}"),
    ("get", f"{_REPOSITORY}/issues/{{issue_number}}/comments"),
    ("post", f"{_REPOSITORY}/issues/{{issue_number}}/comments"),
    ("patch", f"{_REPOSITORY}/issues/comments/{{comment_id}}"),
    ("get", f"{_REPOSITORY}/pulls"),
    ("post", f"{_REPOSITORY}/pulls"),
    ("patch", f"{_REPOSITORY}/pulls/{{pull_number}}"),
    ("post", f"{_REPOSITORY}/pulls/{{pull_number}}/requested_reviewers"),
)
_WORDS = {"description", "example", "examples", "default", "title", "x-multi-segment"}


def main(package: Path) -> None:
    """Write the file."""
    whole = json.loads((package / "generated/api.github.com.json").read_text(encoding="utf-8"))
    about = json.loads((package / "package.json").read_text(encoding="utf-8"))
    calls = {f"{method.upper()} {path}": _call(whole, whole["paths"][path][method]) for method, path in CALLS}
    source = f"{about['name']} {about['version']} ({about['license']})"
    text = json.dumps({"source": source, "calls": calls}, indent=1)
    TARGET.write_text(f"{text}\n", encoding="utf-8")


def _call(whole: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any]:
    parameters = [_schema(whole, each) for each in operation.get("parameters", [])]
    content = operation.get("requestBody", {}).get("content", {})
    return {
        "query": {each["name"]: each["schema"] for each in parameters if each["in"] == "query"},
        "body": _schema(whole, content["application/json"]["schema"]) if content else None,
        "statuses": sorted(operation["responses"]),
    }


def _schema(whole: dict[str, Any], value: Any, *, names: bool = False) -> Any:
    """Return a part without references and words, in the form of JSON Schema."""
    if isinstance(value, list):
        return [_schema(whole, each) for each in value]
    if not isinstance(value, dict):
        return value
    if "$ref" in value:
        found: Any = whole
        for step in value["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        return _schema(whole, found)
    made = {
        key: _schema(whole, part, names=key == "properties")
        for key, part in value.items()
        if names or key not in {*_WORDS, "nullable"}
    }
    return {"anyOf": [made, {"type": "null"}]} if value.get("nullable") is True and not names else made


if __name__ == "__main__":
    main(Path(sys.argv[1]))
