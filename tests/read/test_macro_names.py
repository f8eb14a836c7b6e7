"""What modules give to pages is read from their source, and none of it is executed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from handbook.read.macro_names import MacroNames, has_only_ours
from handbook.read.macro_settings import DEFAULT, MacroSettings, read_macro_settings
from handbook.read.macro_sources import read_macro_names
from tests.sites import ROOT

OURS = "from handbook.publish.page_macros import define_env\n"


def names(folder: Path, *files: tuple[str, str], modules: tuple[str, ...] = ()) -> MacroNames:
    for name, text in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return read_macro_names(folder, MacroSettings("macros", modules))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("@env.macro\n    def a(): ...", ({"a"}, set(), set())),
        ("@env.filter\n    def a(): ...", (set(), {"a"}, set())),
        ("env.macro(f)", ({"f"}, set(), set())),
        ("env.macro(f, 'a')", ({"a"}, set(), set())),
        ("env.macro(f, name='a')", ({"a"}, set(), set())),
        ("env.macro(math.floor)", ({"floor"}, set(), set())),
        ("env.macro(lambda: 1, 'a')", ({"a"}, set(), set())),
        ("env.filter(f, 'a')", (set(), {"a"}, set())),
        ("env.variables['a'] = 1", (set(), set(), {"a"})),
        ("env.variables.a = 1", (set(), set(), {"a"})),
        ("env.variables.update({'a': 1}, b=2)", (set(), set(), {"a", "b"})),
        ("env.register_macros({'a': f})", ({"a"}, set(), set())),
        ("env.macros['a'] = f", ({"a"}, set(), set())),
        ("if 1:\n        env.macro(f)", ({"f"}, set(), set())),
        ("env.conf['site_name']\n    chatter = env.start_chatting('x')", (set(), set(), set())),
        ("helper(env)", ({"helped"}, set(), set())),
    ],
)
def test_names_that_are_written_out_are_known(
    body: str, expected: tuple[set[str], set[str], set[str]], tmp_path: Path
) -> None:
    helper = "import math\ndef f(): ...\ndef helper(e):\n    e.macro(f, 'helped')\n"
    text = f"{helper}def define_env(env):\n    {body}\n"
    found = names(tmp_path, ("macros/__init__.py", text))
    assert (found.macros, found.filters, found.variables) == expected
    assert found.is_complete
    assert not found.has_ours


@pytest.mark.parametrize(
    "text",
    [
        OURS,
        "from handbook.publish import page_macros\n\ndef define_env(env):\n    page_macros.define_env(env)\n",
        "import handbook.publish.page_macros as ours\n\ndef define_env(env):\n    ours.define_env(env)\n",
        "from handbook.publish import page_macros\n\ndefine_env = page_macros.define_env\n",
        "from handbook.publish.page_macros import define_env as ours\ndef define_env(env):\n    ours(env)\n",
        "from .more import define_env\n",
    ],
)
def test_our_macros_are_recognised_however_they_are_passed_on(text: str, tmp_path: Path) -> None:
    found = names(tmp_path, ("macros/__init__.py", text), ("macros/more.py", OURS))
    assert found.has_ours
    assert found.is_complete


@pytest.mark.parametrize(
    "body",
    [
        "env.macro(f, name)",
        "env.macro(lambda: 1)",
        "env.variables.update(data)",
        "env.variables[name] = 1",
        "register(env)",
        "return env",
        "other = env",
        "for f in functions: env.macro(*f)",
    ],
)
def test_names_that_are_computed_leave_the_list_open(body: str, tmp_path: Path) -> None:
    found = names(tmp_path, ("macros/__init__.py", f"def define_env(env):\n    {body}\n"))
    assert not found.is_complete


def test_nothing_is_executed(tmp_path: Path) -> None:
    bomb = f"open({str(tmp_path / 'ran')!r}, 'w').close()\n"
    files = [
        ("macros/__init__.py", f"{bomb}from pluglet.inner import define_env\n{bomb}"),
        ("pluglet/__init__.py", bomb),
        ("pluglet/inner.py", f"{bomb}def define_env(env):\n    {bomb}    env.macro(print, 'a')\n"),
    ]
    assert names(tmp_path, *files, modules=("pluglet.inner",)).macros == {"a"}
    assert not (tmp_path / "ran").exists()


def test_an_installed_module_is_found_without_importing_what_it_is_a_part_of(tmp_path: Path) -> None:
    package = tmp_path / "installed/pluglet"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise SystemExit('imported')\n", "utf-8")
    (package / "inner.py").write_text("def define_env(env):\n    env.macro(print, 'a')\n", "utf-8")
    program = (
        "import sys; from pathlib import Path; from handbook.read.macro_sources import read_macro_names; "
        "from handbook.read.macro_settings import MacroSettings; sys.path.insert(0, sys.argv[1]); "
        "print(read_macro_names(Path('/nowhere'), MacroSettings(modules=('pluglet.inner',))).macros)"
    )
    command = [sys.executable, "-c", program, str(package.parent)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "{'a'}\n"


@pytest.mark.parametrize("text", ["def define_env(", "\0", "define_env = make()\n", "from x import *\n"])
def test_a_module_that_cannot_be_read_leaves_the_list_open(text: str, tmp_path: Path) -> None:
    assert not names(tmp_path, ("macros/__init__.py", text)).is_complete


def test_a_module_without_macros_or_with_a_helper_that_is_nowhere_is_told_apart(tmp_path: Path) -> None:
    none = names(tmp_path / "a", ("macros/__init__.py", "PRICE = 1\n"))
    assert none.is_complete
    assert not none.macros
    lost = "from .more import helper\ndef define_env(env):\n    helper(env)\n"
    files = (("macros/__init__.py", lost), ("macros/more.py", "PRICE = 1\n"))
    assert not names(tmp_path / "b", *files).is_complete


def test_modules_that_pass_the_environment_round_in_circles_end(tmp_path: Path) -> None:
    loop = "from .other import define_env\n"
    names(tmp_path, ("macros/__init__.py", loop), ("macros/other.py", "from . import define_env\n"))


@pytest.mark.parametrize(
    ("plugins", "expected"),
    [
        (None, ("handbook.publish.page_macros",)),
        ([], None),
        (["search"], None),
        (["macros"], ()),
        ([{"macros": {"modules": ["package:module", "other"]}}], ("module", "other")),
        ({"macros": None}, ()),
        ({"macros": {"modules": 3}}, ()),
        ("macros", None),
    ],
)
def test_the_options_are_read_in_every_form(plugins: object, expected: tuple[str, ...] | None) -> None:
    settings = read_macro_settings(plugins)
    assert (settings.modules if settings else None) == expected


def test_a_site_with_the_usual_module_or_with_ours_only_gives_no_other_names(tmp_path: Path) -> None:
    for folder, settings in ((ROOT, MacroSettings("macros")), (tmp_path, DEFAULT)):
        assert has_only_ours(folder, settings)
        found = read_macro_names(folder, settings)
        assert (found.has_ours, found.is_complete) == (True, True)
        assert not found.macros | found.filters | found.variables
    assert not has_only_ours(tmp_path, MacroSettings("macros"))
    assert not has_only_ours(tmp_path, DEFAULT._replace(modules=("others",)))
    names(tmp_path, ("main.py", "def define_env(env):\n    env.macro(print, 'own')\n"))
    assert not has_only_ours(tmp_path, DEFAULT)
