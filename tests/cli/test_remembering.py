"""What a run keeps for the next one makes no difference but time."""

from __future__ import annotations

import marshal
import os
import random
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from handbook.base.memory import Memory, using
from handbook.base.rule import Rule
from handbook.check.runner import rules_off
from handbook.cli import main
from handbook.loaded.handbook import Handbook, load
from handbook.loaded.remembering import remembering
from handbook.loaded.site_rules import SITE_RULES
from handbook.read.context import Context
from handbook.read.files import find_site
from handbook.read.macro_calls import simple_calls
from handbook.read.schemas.checking import check_schemas
from handbook.read.sources import read_context
from tests.check.test_rule_examples import written
from tests.conftest import TODAY, MakeSite
from tests.effort import runs
from tests.mutations import RANDOM, SAFE
from tests.sites import ROOT, TOOL

MUTATIONS = [*SAFE.values(), *RANDOM.values()]
PARTS = ("teams.yaml", "roles.yaml", "flags.yaml", "gone.yaml", "processes/launch.yaml")
SETTINGS = (
    "rules: {HB301: warning, HB305: 'off'}\n",
    "rules: {HB312: warning, HB342: 'off', HB201: error}\n",
    "limits: {step_count: 2}\nowner: product-ops\n",
    "kinds: {flag: 'off'}\n",
    "as_of: 2027-03-01\n",
    "words: {squad: crew}\n",
    "as_of: [\n",
)
PATCHES = (
    '{"properties": {"cost_centre": {"type": "string"}}, "required": ["cost_centre"]}',
    '{"properties": {"vendor": {"type": "integer"}}}',
    '{"properties": {"vendr": {"minLength": 3}}, "x-what": 1}',
)
LINES = (
    "A TODO, and a [link](../nowhere.md#x).\n",
    "| a | b |\n|---|\n| 1 | 2 | 3 |\n",
    "<b>Bold</b> and <script>alert(1)</script>\n",
    "---\nowner: nobody\n---\n",
    "<!-- handbook: ignore HB312 -->\n",
)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for what runs keep."""
    above = tmp_path / "cache"
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(above))
    return above / "handbook"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A part of the shipped handbook."""
    folder = tmp_path / "site"
    shutil.copytree(ROOT / "docs" / "tools", folder / "docs")
    (folder / "tools_inventory.yaml").write_text(TOOL)
    shutil.copy2(ROOT / "mkdocs.yml", folder)
    for name in PARTS:
        source, target = ROOT / "sources" / name, folder / "sources" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, target)
    return folder


def as_seen(handbook: Handbook) -> object:
    """Everything that commands show of a handbook."""
    entries = [
        (entry.kind.name, entry.id, entry.value, entry.source.document.start_span(entry.at), entry.overrides)
        for entry in handbook.context.entries
    ]
    settings = handbook.context.settings
    return handbook.report, entries, settings, rules_off(handbook.context, SITE_RULES)


def remembered(folder: Path, day: date) -> Handbook:
    """The handbook as a command loads it."""
    simple_calls.cache_clear()  # Each run of a command starts without these.
    with remembering(folder):
        return load(find_site(folder), day)


def edits(folder: Path, choose: random.Random) -> Iterator[None]:
    """Change a site at random, again and again; some of the files get their old content back."""
    originals = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    settings, patch = folder / "sources/handbook.yaml", folder / "schemas/tool.patch.json"
    patch.parent.mkdir()

    def mutate(path: Path) -> None:
        text = path.read_bytes().decode("utf-8", "surrogateescape")
        new = choose.choice(MUTATIONS)(text, choose) if text else None
        path.write_bytes((new or f"{text}\n").encode("utf-8", "surrogateescape"))

    def copy(path: Path) -> None:
        path.with_stem(f"{path.stem}-{choose.randrange(9)}").write_bytes(path.read_bytes())

    def add_a_line(path: Path) -> None:
        with path.open("a", encoding="utf-8") as file:
            file.write(
                choose.choice(LINES)
                if path.suffix == ".md"
                else f"# handbook: ignore HB{choose.randrange(301, 350)}\n"
            )

    def restore(path: Path) -> None:
        path.write_bytes(originals.get(path, b"name: New\n"))

    def rename(path: Path) -> None:
        path.rename(path.with_stem(f"{path.stem}x"))

    changes: list[Callable[[Path], None]] = (
        [mutate] * 4 + [restore] * 4 + [add_a_line, copy, rename, Path.unlink]
    )
    while True:
        names = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "mkdocs.yml")
        turn = choose.randrange(10)
        if turn == 0:
            settings.write_text(choose.choice(SETTINGS), encoding="utf-8")
        elif turn == 1:
            patch.write_text(choose.choice(PATCHES), encoding="utf-8")
        elif turn == 2:
            choose.choice([settings, patch]).unlink(missing_ok=True)
        else:
            change = choose.choice(changes)
            change(choose.choice([*originals] if change is restore else names))
        yield


def test_after_any_edits_a_run_finds_what_a_run_without_a_memory_finds(cache: Path, site: Path) -> None:
    choose = random.Random(runs(1, int.from_bytes(os.urandom(3))))  # noqa: S311 - a sample
    found = set()
    for _, _ in zip(range(runs(12, 600)), edits(site, choose), strict=False):
        day = TODAY + timedelta(days=choose.choice([0, 0, 0, 300]))
        again = remembered(site, day)
        simple_calls.cache_clear()
        fresh = load(find_site(site), day)
        assert as_seen(again) == as_seen(fresh)
        found |= {finding.code for finding in fresh.findings}
    assert len(found) > runs(3, 20)
    assert list(cache.iterdir())


@pytest.mark.usefixtures("cache")
def test_what_is_kept_about_schemas_is_of_the_same_schemas_and_settings(site: Path) -> None:
    settings, patch = site / "sources/handbook.yaml", site / "schemas/tool.patch.json"
    patch.parent.mkdir()
    seen = [as_seen(remembered(site, TODAY))]
    for path, text in (
        (settings, "kinds: {team: 'off', role: 'off'}\n"),
        (settings, ""),
        (patch, '{"properties": {"vendor": {"x-former": {"names": ["maker"]}}}}'),
        (patch, "{}"),
    ):
        path.write_text(text, encoding="utf-8")
        # Each run of a command starts without these.
        check_schemas.cache_clear()
        again = as_seen(remembered(site, TODAY))
        check_schemas.cache_clear()
        assert again == as_seen(load(find_site(site), TODAY))
        seen.append(again)
    assert seen[0] != seen[1]
    assert seen[0] != seen[3]


@pytest.mark.usefixtures("cache")
def test_a_second_run_reads_no_file_again(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remembered(site, TODAY)

    def fail(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("handbook.read.yaml.quick.read_quickly", fail)
    monkeypatch.setattr("handbook.read.yaml.document.read_closely", fail)
    again = remembered(site, TODAY)
    assert again.context.sound_files


@pytest.mark.usefixtures("cache")
def test_what_another_version_of_a_library_found_is_found_again(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    libraries = {name: tmp_path / f"{name}.py" for name in ("yaml", "jsonschema_rs", "babel")}
    monkeypatch.setattr(
        "handbook.loaded.remembering.find_spec", lambda name: SimpleNamespace(origin=str(libraries[name]))
    )
    for file in libraries.values():
        file.touch()
    remembered(site, TODAY)
    for file in libraries.values():
        file.write_text("newer")
        assert not remembered(site, TODAY).context.sound_files


@pytest.mark.parametrize("rule", [rule for rule in SITE_RULES if rule.is_local], ids=lambda rule: rule.code)
def test_what_a_local_rule_finds_in_a_file_is_the_same_without_all_others(
    rule: Rule[Context], make_site: MakeSite
) -> None:
    # Two tools more give another rule of their own something to compare with.
    files = {"tools_inventory.yaml": TOOL, **rule.bad}
    context = read_context(make_site(written(files)), TODAY)
    whole = set(rule.apply(context))
    paths = {each.path for each in context.sources} | {page.shown_path for page in context.pages}
    apart = set()
    for path in paths:
        alone = context._replace(sound_files=frozenset(paths - {path})).without_sound_files()
        apart |= set(rule.apply(alone))
    assert whole
    assert apart == whole


def test_only_the_user_can_read_what_is_kept_and_a_damaged_or_foreign_file_is_ignored(
    cache: Path, site: Path, tmp_path: Path
) -> None:
    expected = as_seen(remembered(site, TODAY))
    (file,) = cache.iterdir()
    content = file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600

    def harm(change: Callable[[], object]) -> None:
        file.unlink(missing_ok=True)
        file.write_bytes(content)
        file.chmod(0o600)
        change()
        assert as_seen(remembered(site, TODAY)) == expected

    harm(lambda: file.write_bytes(content[:-100]))
    harm(lambda: file.write_bytes(content.replace(b"Plans", b"Plots")))
    harm(lambda: file.write_bytes(b""))
    harm(lambda: file.write_bytes(b"\xff\n[1]"))
    harm(lambda: file.chmod(0o666))
    harm(file.unlink)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(content)

    def link() -> None:
        file.unlink()
        file.symlink_to(elsewhere)

    harm(link)

    def pipe() -> None:  # Reading it would wait for someone who writes.
        file.unlink()
        os.mkfifo(file, 0o600)

    if hasattr(os, "mkfifo"):
        harm(pipe)
    file.unlink()
    file.mkdir()
    assert as_seen(remembered(site, TODAY)) == expected


def test_what_follows_from_the_schemas_of_the_engine_is_kept_once_for_all_handbooks(
    cache: Path, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handbook.loaded.remembering.cache_from_source", lambda _: str(tmp_path / "shared"))
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    shared, settings = tmp_path / "shared.kept", site / "sources/handbook.yaml"

    def run(expected: object = None) -> object:
        check_schemas.cache_clear()
        shutil.rmtree(cache, ignore_errors=True)
        seen = as_seen(remembered(site, TODAY))
        assert expected is None or seen == expected
        return seen

    def run_with_it() -> None:
        with monkeypatch.context() as patched:
            patched.setattr("handbook.read.schemas.shapes.collect", None)
            patched.setattr("handbook.read.schemas.usable.usable_schemas", None)
            run(expected)

    expected = run()
    run_with_it()
    content = shared.read_bytes()
    for harm in (lambda: shared.write_bytes(content[:-9]), lambda: shared.chmod(0o666), shared.unlink):
        harm()
        run(expected)
        run_with_it()
    before = shared.stat().st_mtime_ns
    # What a handbook changes stays with it.
    settings.write_text("kinds: {team: 'off'}\n", encoding="utf-8")
    run()
    (site / "schemas").mkdir()
    (site / "schemas/tool.patch.json").write_text(PATCHES[0])
    run()
    assert shared.stat().st_mtime_ns == before


def test_without_a_place_for_it_nothing_is_kept(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    monkeypatch.chdir(site)
    assert main(["validate"]) in {0, 1}
    assert "blocked" not in "".join(capsys.readouterr())


def test_nothing_is_kept_in_the_repository_under_check_or_read_from_it(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(site / ".cache"))
    before = sorted(site.rglob("*"))
    remembered(site, TODAY)
    assert not remembered(site, TODAY).context.sound_files
    assert sorted(site.rglob("*")) == before


def test_a_file_that_no_run_has_written_for_a_month_goes(cache: Path, site: Path) -> None:
    remembered(site, TODAY)
    old = cache / "old.kept"
    old.touch()
    os.utime(old, (0, 0))
    (site / "docs/index.md").write_text("# Other\n", encoding="utf-8")
    remembered(site, TODAY)
    assert not old.exists()


def test_a_run_that_asks_for_less_drops_nothing(
    cache: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site)
    main(["list", "tool"])
    assert list(cache.iterdir()), "the first run keeps what it has found"
    remembered(site, TODAY)
    kept = {path: path.read_bytes() for path in cache.iterdir()}
    main(["list", "tool"])
    assert {path: path.read_bytes() for path in cache.iterdir()} == kept


def test_a_run_adds_what_is_new_even_next_to_another_run(cache: Path, site: Path) -> None:
    remembered(site, TODAY)
    (file,) = cache.iterdir()
    first = file.read_bytes()
    with remembering(site):
        (site / "docs/index.md").write_text("# Another\n", encoding="utf-8")
        load(find_site(site), TODAY)
        (site / "sources/gone.yaml").write_text("gone: []\n", encoding="utf-8")
        remembered(site, TODAY)
    assert file.read_bytes().startswith(first)
    assert len(first) < file.stat().st_size < 1.1 * len(first)
    assert {"docs/index.md", "sources/gone.yaml"} <= remembered(site, TODAY).context.sound_files


@pytest.mark.parametrize("state", ["damaged", "much is gone", "much was added"])
def test_a_file_that_is_damaged_or_has_much_that_is_gone_or_added_is_replaced(
    state: str, cache: Path, site: Path
) -> None:
    remembered(site, TODAY)
    (file,) = cache.iterdir()
    first, page = file.read_bytes(), site / "docs/index.md"
    if state == "damaged":
        file.write_bytes(first + first[:-1])
    elif state == "much is gone":
        shutil.rmtree(site / "sources")
    else:
        name = "x" * len(first)
        (site / "sources/teams.yaml").write_text(f"teams: [{{id: a, name: {name}}}]\n", encoding="utf-8")
    assert remembered(site, TODAY).context.sound_files
    page.write_text("# Another\n", encoding="utf-8")
    remembered(site, TODAY)
    assert not file.read_bytes().startswith(first)
    assert "docs/index.md" in remembered(site, TODAY).context.sound_files


def test_a_memory_knows_what_this_run_asked_for_and_what_it_found() -> None:
    first = Memory()
    first.keep("a", 1)
    first.keep("b", 2)
    second = Memory(first.results)
    with using(second):
        assert second.recall("a") == 1
    second.keep("c", 3)
    assert (second.results, second.new) == ({"a": 1, "c": 3}, {"c": 3})


@pytest.mark.parametrize("text", ['{{ a("x") }}\n\n{{ b("y", 1, c=["z", 2]) }}', "Text", "{{ a | b }}"])
def test_the_calls_of_a_page_are_the_same_from_a_memory(text: str) -> None:
    simple_calls.cache_clear()
    with using(first := Memory()):
        found = simple_calls(text)
    simple_calls.cache_clear()
    kept = marshal.loads(marshal.dumps(first.results))  # noqa: S302 - its own
    with using(second := Memory(kept)):
        assert simple_calls(text) == found
    assert (len(second.results), second.new) == (1, {})
