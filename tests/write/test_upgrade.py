"""`handbook upgrade`: what it changes, what it says, and what it leaves to people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from handbook.read.files import shipped
from handbook.read.requirements import FILE
from handbook.write.errors import NotWrittenError
from handbook.write.files import put_all
from handbook.write.upgrading.packages import Engine, requirements
from handbook.write.upgrading.record import RECORD, digest, read_shipped
from tests.conftest import Command
from tests.sites import TOOL, write_site

PAINS = """# What slows us down
pain_points:
  - id: dates-move
    name: "Date changes aren't communicated"  # said in every survey
    summary: Product managers find out by chance that a date has moved.
    status: 'in-hand'
    frequency: 3
    severity: 4
    gone_when: Every moved date is in its channel.
  - {id: slides, name: Slides, summary: A slide each week., status: mended, "mended_on": 2026-11-02,
     frequency: 2, severity: 2}
"""
"""As an earlier version had them."""
PAINS_NOW = """# What slows us down
pain_points:
  - id: dates-move
    name: "Date changes aren't communicated"  # said in every survey
    summary: Product managers find out by chance that a date has moved.
    status: 'in-progress'
    frequency: 3
    severity: 4
    success_criteria: Every moved date is in its channel.
  - {id: slides, name: Slides, summary: A slide each week., status: resolved, "resolved_on": 2026-11-02,
     frequency: 2, severity: 2}
"""
PATH = "sources/adoption/pain-points.yaml"
VIEW = shipped("macros") / "tool.jinja"


def upgraded(command: Command, folder: Path, files: Mapping[str, str], *options: str) -> tuple[int, str]:
    """The exit code and the output of the command in a site."""
    done = command(write_site(folder, files), "upgrade", *options)
    assert done.stderr == ""
    return done.returncode, done.stdout


def earlier(**changes: Any) -> str:
    """A record of an earlier version that shipped something else."""
    value: dict[str, Any] = json.loads(read_shipped().record.text())
    value["version"] = "0.0.9"
    for name, change in changes.items():
        value[name] |= change
    return json.dumps(value)


def now() -> str:
    """The record of this version."""
    return read_shipped().record.text()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_former_names_are_replaced_and_all_else_stays(
    tmp_path: Path, command: Command, end: str, mark: str
) -> None:
    write_site(tmp_path, {})
    path = tmp_path / PATH
    path.parent.mkdir(parents=True)
    path.write_bytes((mark + PAINS.replace("\n", end)).encode())
    done = command(tmp_path, "upgrade")
    assert done.returncode == 0, done.stdout
    assert path.read_bytes().decode() == mark + PAINS_NOW.replace("\n", end)
    assert f"  {PATH}:6:13: Renamed the value `in-hand` to `in-progress`\n" in done.stdout
    assert f"  {PATH}:9:5: Renamed the field `gone_when` to `success_criteria`\n" in done.stdout
    again = command(tmp_path, "upgrade")
    assert (again.returncode, again.stdout) == (0, "The handbook is up to date with version 0.1.0.\n")


def test_a_dry_run_changes_nothing(tmp_path: Path, command: Command) -> None:
    code, output = upgraded(command, tmp_path, {PATH: PAINS}, "--dry-run")
    assert (code, (tmp_path / PATH).read_text(), (tmp_path / RECORD).exists()) == (1, PAINS, False)
    assert "Would change:\n" in output
    assert output.endswith("Nothing was changed.\n")


def test_new_fields_of_used_content_types_are_listed(tmp_path: Path, command: Command) -> None:
    value = json.loads(now())
    tool = [name for name in value["fields"]["tool"] if name.partition(".")[0] not in ("vendor", "cost")]
    metric = [name for name in value["fields"]["metric"] if name != "unit"]
    record = earlier(fields={"tool": tool, "metric": metric})
    code, output = upgraded(command, tmp_path, {RECORD: record})
    assert code == 0
    assert output.startswith("Upgrade from version 0.0.9 to version 0.1.0\n")
    listed = output.partition("New:\n")[2].partition("\n\n")[0]
    assert [line.partition(":")[0].strip() for line in listed.splitlines()] == [
        "Field `tool.vendor`",
        "Field `tool.cost`",
    ]
    assert (tmp_path / RECORD).read_text() == now()


def test_new_settings_are_listed(tmp_path: Path, command: Command) -> None:
    settings = [name for name in json.loads(now())["fields"]["handbook"] if name.partition(".")[0] != "words"]
    files = {RECORD: earlier(fields={"handbook": settings}), "sources/handbook.yaml": "kinds: {query: off}\n"}
    code, output = upgraded(command, tmp_path, files)
    assert code == 0
    assert "New:\n  Setting `words`: " in output


def test_an_unchanged_copy_of_a_shipped_view_is_updated(tmp_path: Path, command: Command) -> None:
    before = "As it was.\n"
    record = earlier(files={"macros/tool.jinja": digest(before.encode())})
    code, output = upgraded(command, tmp_path, {RECORD: record, "macros/tool.jinja": before})
    assert (code, (tmp_path / "macros/tool.jinja").read_bytes()) == (0, VIEW.read_bytes())
    assert "  macros/tool.jinja: Updated this unchanged copy of a shipped file\n" in output


def test_an_own_view_stays_and_is_named_if_the_shipped_one_has_changed(
    tmp_path: Path, command: Command
) -> None:
    record = earlier(files={"macros/tool.jinja": digest(b"As it was.\n")})
    files = {RECORD: record, "macros/tool.jinja": "Ours.\n", "macros/metric.jinja": "Ours, too.\n"}
    code, output = upgraded(command, tmp_path, files)
    assert (code, (tmp_path / "macros/tool.jinja").read_text()) == (1, "Ours.\n")
    tasks = output.partition("To do:\n")[2].partition("\n\n")[0]
    assert tasks.splitlines() == [
        f"  macros/tool.jinja: The shipped file has changed since you copied it. Compare it with {VIEW}"
    ]


def test_names_are_replaced_by_the_schema_that_the_upgrade_brings(tmp_path: Path, command: Command) -> None:
    name = "schemas/pain_point.schema.json"
    old = read_shipped().paths[name].read_text(encoding="utf-8")
    for former, current in (("gone_when", "success_criteria"), ("mended_on", "resolved_on")):
        old = old.replace(f'"x-former": {{ "names": ["{former}"] }}', '"$comment": ""')
        old = old.replace(f'"{current}"', f'"{former}"')
    files = {RECORD: earlier(files={name: digest(old.encode())}), name: old, PATH: PAINS}
    code, _ = upgraded(command, tmp_path, files)
    assert (code, (tmp_path / PATH).read_text()) == (0, PAINS_NOW)


def test_a_removed_field_that_an_entry_has_is_named_with_its_line(tmp_path: Path, command: Command) -> None:
    record = earlier(fields={"tool": [*json.loads(now())["fields"]["tool"], "colour"]})
    files = {RECORD: record, "tools_inventory.yaml": f"{TOOL}    colour: blue\n"}
    code, output = upgraded(command, tmp_path, files)
    assert code == 1
    assert "  tools_inventory.yaml:7:5: The field `colour` was removed. " in output


def test_a_patch_that_no_longer_fits_is_named_with_its_line(tmp_path: Path, command: Command) -> None:
    patch = '{\n  "properties": {\n    "gone": {"title": "Gone"}\n  }\n}\n'
    code, output = upgraded(command, tmp_path, {"schemas/tool.patch.json": patch})
    assert code == 1
    assert "  schemas/tool.patch.json:3:" in output.partition("To do:\n")[2]


def test_a_patch_over_an_outdated_copy_fits_once_the_copy_is_updated(
    tmp_path: Path, command: Command
) -> None:
    current = (shipped("schemas") / "tool.schema.json").read_text(encoding="utf-8")
    copy = current.replace('"Vendor"', '"Maker"', 1)
    files = {
        RECORD: earlier(files={"schemas/tool.schema.json": digest(copy.encode())}),
        "schemas/tool.schema.json": copy,
        "schemas/tool.patch.json": '{"properties": {"vendor": {"title": "Supplier"}}}',
    }
    code, output = upgraded(command, tmp_path, files)
    assert (code, "To do" in output) == (0, False)
    assert (tmp_path / "schemas/tool.schema.json").read_text(encoding="utf-8") == current


def test_the_packages_of_the_engine_are_updated_where_a_site_lists_them(
    tmp_path: Path, command: Command
) -> None:
    now = requirements(Engine())
    start = now.index("\n", now.index("==")) + 1
    old = now.replace(now[now.rindex("\n", 0, now.index("==")) + 1 : start], "")
    code, output = upgraded(command, tmp_path, {FILE: old})
    assert (code, (tmp_path / FILE).read_text()) == (0, now)
    assert f"  {FILE}: Updated the packages that the engine needs\n" in output


def test_files_for_editors_are_updated_where_a_site_has_them(tmp_path: Path, command: Command) -> None:
    command(write_site(tmp_path, {}), "editor")
    copy = tmp_path / ".vscode/schemas/tool.schema.json"
    before = copy.read_text()
    copy.write_text("{}\n")
    code, output = upgraded(command, tmp_path, {})
    assert (code, copy.read_text()) == (0, before)
    assert "  .vscode/schemas/tool.schema.json: Updated for editors\n" in output


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"version": 1}', '{"version": "1", "files": [], "fields": {}}', "[" * 100_000]
)
def test_a_broken_record_is_one_line(tmp_path: Path, command: Command, text: str) -> None:
    done = command(write_site(tmp_path, {RECORD: text}), "upgrade")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert f"{RECORD} is invalid" in done.stderr


def test_if_one_file_cannot_be_written_the_others_stay_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("old\n")
    (tmp_path / "c.yaml").write_text("changed by someone else\n")
    changes = {
        "a.yaml": (b"old\n", b"new\n"),
        "b.yaml": (b"", b"new\n"),
        "c.yaml": (b"old\n", b"new\n"),
    }
    with pytest.raises(NotWrittenError, match=r"c\.yaml was changed"):
        put_all(tmp_path, changes)
    assert (tmp_path / "a.yaml").read_text() == "old\n"
    assert not (tmp_path / "b.yaml").exists()


def test_a_renamed_setting_is_replaced(tmp_path: Path, command: Command) -> None:
    schema = json.loads(read_shipped().paths["schemas/handbook.schema.json"].read_text(encoding="utf-8"))
    schema["properties"]["limits"]["x-former"] = {"names": ["bounds"]}
    settings = "bounds: {}  # ours\nrules: {}\n"
    files = {"schemas/handbook.schema.json": json.dumps(schema), "sources/handbook.yaml": settings}
    code, output = upgraded(command, tmp_path, files)
    assert (code, (tmp_path / "sources/handbook.yaml").read_text()) == (0, "limits: {}  # ours\nrules: {}\n")
    assert "  sources/handbook.yaml:1:1: Renamed the field `bounds` to `limits`\n" in output


def test_a_record_behind_a_link_is_not_read(tmp_path: Path, command: Command) -> None:
    root = write_site(tmp_path / "site", {})
    outside = tmp_path / "outside.json"
    outside.write_text('{"version": "0.0.1", "files": {}, "fields": {}}')
    (root / RECORD).symlink_to(outside)
    done = command(root, "upgrade", "--dry-run")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{RECORD} is invalid" in done.stderr


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("tools_inventory.yaml", "tools: [\n", "tools_inventory.yaml:"),
        ("tools_inventory.yaml", "tools: \u0007\n", "tools_inventory.yaml:1:8: "),
        ("sources/handbook.yaml", "extends: [cor]\n", "sources/handbook.yaml:1:11: "),
        ("sources/handbook.yaml", "extends: [\n", "sources/handbook.yaml:"),
    ],
)
def test_what_cannot_be_read_is_to_do_and_the_version_is_not_recorded(
    path: str, text: str, place: str, tmp_path: Path, command: Command
) -> None:
    code, output = upgraded(command, tmp_path, {RECORD: earlier(), path: text})
    assert code == 1
    assert f"  {place}" in output.partition("To do:\n")[2]
    assert (tmp_path / RECORD).read_text() == earlier()


@pytest.mark.parametrize("name", ["../../../x", "schemas/../../x", "/etc/passwd", "..\\x", "C:/x"])
def test_a_record_of_files_outside_of_the_site_is_refused(
    tmp_path: Path, command: Command, name: str
) -> None:
    done = command(write_site(tmp_path, {RECORD: earlier(files={name: "0"})}), "upgrade")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert f"The record {RECORD} names a file outside of the site: `{name}`" in done.stderr
