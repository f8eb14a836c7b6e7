"""Runs programs in copies of a process that has loaded them, which saves starting Python and imports.

A copy works as a program of its own: it has its own folder, environment, output and exit code.
"""

from __future__ import annotations

import atexit
import json
import os
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from subprocess import PIPE, CompletedProcess, Popen
from tempfile import TemporaryDirectory
from typing import NamedTuple

_PROGRAM = """
import contextlib, gc, importlib, json, os, pathlib, runpy, sys, tempfile
import jinja2
from handbook.read.icons import THEME

compile_anew = jinja2.Environment.compile
list_anew = jinja2.FileSystemLoader.list_templates
compiled, listed = {}, {}

def start(words, folder, environment, outputs):
    copy = os.fork()
    if copy:
        return copy
    code = 1
    try:
        for number, output in outputs:
            os.dup2(output if isinstance(output, int) else os.open(output, os.O_WRONLY), number)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        sys.argv = list(words)
        runpy.run_module(words[0], run_name="__main__", alter_sys=True)
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(code)

# The templates of the theme are the same in every site, and take long to compile.
def compile(self, source, *place):
    if type(self) is not jinja2.Environment or not isinstance(source, str):
        return compile_anew(self, source, *place)
    key = (source, place, *self.extensions)
    if key not in compiled:
        compiled[key] = compile_anew(self, source, *place)
    return compiled[key]

# So are its files. The engine leaves out its ten thousand icons.
def list_templates(self):
    found = set()
    for folder in self.searchpath:
        if folder not in listed:
            names = list_anew(jinja2.FileSystemLoader([folder]))
            if not folder.startswith((sys.prefix, str(THEME))):
                found.update(names)
                continue
            listed[folder] = {name for name in names if not name.startswith(".icons/")}
        found |= listed[folder]
    return sorted(found)

jinja2.Environment.compile = compile
jinja2.FileSystemLoader.list_templates = list_templates
for name in sys.argv[1:]:
    importlib.import_module(name)
# It asks git a dozen times for what no page can show.
if "mkdocs_macros" in sys.modules:
    sys.modules["mkdocs_macros"].context.get_git_info = dict
if "mkdocs.theme" in sys.modules:
    from mkdocs.theme import Theme
    theme = Theme("material")
    theme.dirs.insert(0, str(THEME))
    theme = theme.get_env()
    for name in theme.list_templates(extensions=["html"]):
        # Those of plugins that are not used here need more filters.
        with contextlib.suppress(jinja2.TemplateAssertionError):
            theme.get_template(name)
# So are our own schemas and views.
from handbook.loaded.handbook import load
from handbook.read.files import find_site
with tempfile.TemporaryDirectory() as folder:
    pathlib.Path(folder, "mkdocs.yml").write_text("exclude_docs: /*/")
    tool = "{id: a, name: A, summary: B., category: roadmap, status: trial}"
    pathlib.Path(folder, "tools_inventory.yaml").write_text(f"tools: [{tool}]")
    handbook = load(find_site(pathlib.Path(folder)))
    if "handbook.publish.contents" in sys.modules:
        sys.modules["handbook.publish.contents"].make_contents(handbook, {})
gc.freeze()
for line in sys.stdin:
    task = json.loads(line)
    outputs = list(enumerate(task["outputs"], start=1))
    _, status, used = os.wait4(start(task["words"], task["folder"], task["environment"], outputs), 0)
    print(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, flush=True)
"""


class Run(NamedTuple):
    """How a program ended, and what it took.

    Attributes:
        done: Its words, exit code and output.
        seconds: Processor time.
        megabytes: The most memory that it had.
    """

    done: CompletedProcess[str]
    seconds: float
    megabytes: float


class LoadedProcess:
    """A process that has loaded modules and runs programs in copies of itself.

    Args:
        modules: What it loads.
    """

    def __init__(self, *modules: str) -> None:
        environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
        self._process = Popen(
            [sys.executable, "-c", _PROGRAM, *modules], stdin=PIPE, stdout=PIPE, text=True, env=environment
        )
        atexit.register(self._process.communicate)

    def run(self, folder: Path, words: Sequence[str], environment: Mapping[str, str]) -> Run:
        """Runs a program, as `python -m` does, and captures what it says.

        Args:
            folder: The working folder.
            words: The module and its arguments.
            environment: All of its environment variables.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with TemporaryDirectory() as aside:
            outputs = [Path(aside, name) for name in ("said", "errors")]
            for output in outputs:
                output.touch()
            task = {
                "words": words,
                "folder": str(folder),
                "environment": dict(environment),
                "outputs": [str(output) for output in outputs],
            }
            print(json.dumps(task), file=self._process.stdin, flush=True)
            code, seconds, megabytes = self._process.stdout.readline().split()
            said, errors = (output.read_bytes().decode(errors="surrogateescape") for output in outputs)
        return Run(CompletedProcess(words, int(code), said, errors), float(seconds), float(megabytes))


@cache
def engines() -> LoadedProcess:
    """The process that has loaded the command and MkDocs with our plugins; one for all tests."""
    return LoadedProcess(
        "handbook.cli.build",
        "handbook.publish.mkdocs_plugin",
        "markdown.extensions.fenced_code",
        "markdown.extensions.tables",
        "markdown.extensions.toc",
        "material.plugins.search.plugin",
        "mkdocs_macros",
    )
