"""Find the files that are code: run by CI, a build or a reader's browser, or guarding that.

One list for all: HB403 reports changes to these files, CODEOWNERS assigns them to the handbook's owners, and
the documentation shows them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from posixpath import dirname, join, normpath

from yaml import Node

from handbook.base.named_tuples import NamedTuple
from handbook.base.regex import regex
from handbook.read.files import CONFIG, WORKFLOWS
from handbook.read.settings import EXTENDS, SETTINGS_FILE
from handbook.read.yaml.composing import EMPTY, compose
from handbook.read.yaml.decoding import RefusedError, decode
from handbook.read.yaml.nodes import children, every_node, text_of, texts_of, value_of

GUARDS = ("trusted_files", "security", EXTENDS)
"""The settings that loosen a guard, whatever their value."""

_GITLAB = ".gitlab-ci.yml"
_STARS = regex(r"(\*\*/?|\*)")
_INCLUDE = regex(r"include|\\[xuU\r\n]")
"""What a pipeline that has other parts contains: the key, unless codes or a joined line spell it."""
_ACTION = regex(
    r"(?<![^\s\"'\[{,:])\./(?!\.github/(?:workflows|actions)/)|\\(?:[xuU]|/)|\.\\[\r\n]",
)
"""What a workflow that calls an action in another folder contains: a text that starts with its path."""
_MOST_FILES = 100
"""The most files to follow in a chain of files that name others, such as parts of a GitLab pipeline."""

Read = Callable[[str], bytes | None]
"""Returns the content of a file by its path from the top of the repository, or `None` if it is unreadable."""


class CodePath(NamedTuple):
    """Files that are code.

    Attributes:
        pattern: The files, in the syntax of CODEOWNERS. With a slash at the start, a path from the top; with
            one at the end, all files of a folder. Without one at the start, a name in any folder.
        contents: The contents of the files, as a noun phrase.
    """

    pattern: str
    contents: str

    def matches(self, path: str) -> bool:
        """Return whether a path is one of the files. Case is ignored, as in some file systems."""
        # A link or a submodule can replace a folder.
        subject = f"/{path}/" if self.pattern.endswith("/") else f"/{path}"
        return _expression(self.pattern).match(subject) is not None


@lru_cache(maxsize=512)
def _expression(pattern: str) -> re.Pattern[str]:
    anchored = pattern if pattern.startswith("/") else f"/**/{pattern}"
    parts = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*"}
    written = _STARS.split(anchored)
    end = "" if pattern.endswith("/") else r"\Z"
    return re.compile(
        "".join(parts.get(part, re.escape(part)) for part in written) + end, re.DOTALL | re.IGNORECASE
    )


SITE_CODE = (
    CodePath(f"/{CONFIG}", "plugins, hooks and settings of the build"),
    CodePath(f"/{SETTINGS_FILE}", "settings that loosen a guard"),
    CodePath("/overrides/", "templates of the theme"),
    CodePath("/hooks/", "hooks of the build"),
    CodePath("*.py", "Python programs, such as macros and hooks"),
    CodePath("*.js", "scripts for browsers or for CI"),
    CodePath("*.mjs", "scripts for browsers or for CI"),
    CodePath("*.sh", "scripts for CI"),
    CodePath("Makefile", "commands for CI and builds"),
    CodePath("Dockerfile", "commands for CI and builds"),
    CodePath("/container/", "settings of the web server"),
    CodePath("/pyproject.toml", "packages and commands that are installed"),
    CodePath("/setup.cfg", "packages and commands that are installed"),
    CodePath("requirements*.txt", "packages that are installed"),
    CodePath("/requirements/", "packages that are installed"),
    CodePath("/package.json", "packages that are installed"),
    CodePath("/package-lock.json", "packages that are installed"),
    CodePath("/.vscode/tasks.json", "commands that editors run"),
)
"""The code in the folder of a handbook."""

REPOSITORY_CODE = (
    CodePath(f"/{WORKFLOWS}", "workflows of CI"),
    CodePath("/.github/actions/", "actions of CI"),
    CodePath("/.github/dependabot.yml", "updates of packages and actions"),
    CodePath(f"/{_GITLAB}", "pipelines of CI"),
    CodePath("/.gitlab/", "pipelines of CI and settings of the project"),
    CodePath("/.pre-commit-config.yaml", "checks before a commit"),
    CodePath("/.devcontainer/", "commands that editors run"),
    CodePath("/.gitattributes", "settings that can hide a change from review"),
    CodePath("/.gitmodules", "repositories that are part of this one"),
    CodePath("/.github/CODEOWNERS", "reviewers"),
    CodePath("/CODEOWNERS", "reviewers"),
    CodePath("/docs/CODEOWNERS", "reviewers"),
)
"""The code at the top of a repository. GitLab's file of reviewers is in one of the folders."""


def code_paths(read: Read, prefix: str, workflows: Iterable[str] = ()) -> list[CodePath]:
    """Return all code, including files that the settings name.

    Args:
        read: Reads a file of the repository.
        prefix: The site's folder in the repository, with a slash at the end; empty at the top.
        workflows: The paths of GitHub's workflows.
    """
    below = [_path("", path, "settings that loosen a guard") for path in settings_files(read, prefix)[1:]]
    return [*site_code_paths(read, prefix), *below, *repository_code_paths(read, workflows)]


def site_code_paths(read: Read, prefix: str) -> list[CodePath]:
    """Return the code in the site's folder, as paths from the top of the repository."""
    fixed = [path._replace(pattern=_below(prefix, path.pattern)) for path in SITE_CODE]
    return list(dict.fromkeys([*fixed, *_named_by_config(read, prefix), *_trusted(read, prefix)]))


def repository_code_paths(read: Read, workflows: Iterable[str] = ()) -> list[CodePath]:
    """Return the code at the top of the repository, including files that it names."""
    named = [*_included(read), *_local_actions(read, workflows)]
    return list(dict.fromkeys([*REPOSITORY_CODE, *named]))


def config_files(read: Read, prefix: str) -> list[str]:
    """Return the paths of `mkdocs.yml` and of the files that it inherits from."""
    found = [f"{prefix}{CONFIG}"]
    for path in found:
        parent = text_of(value_of(read_nodes(read(path)), "INHERIT"))
        inherited = normpath(join(dirname(path), parent))
        if parent and inherited not in found and len(found) < _MOST_FILES:
            found.append(inherited)
    return found


def settings_files(read: Read, prefix: str) -> list[str]:
    """Return the paths of the settings of a site and of the layers in its repository."""
    found = [f"{prefix}{SETTINGS_FILE}"]
    for path in found:
        folder = path.removesuffix(SETTINGS_FILE)
        for name in texts_of(value_of(read_nodes(read(path)), EXTENDS)):
            layer = normpath(join("/", folder, name, SETTINGS_FILE)).lstrip("/")
            if ":" not in name and layer not in found and len(found) < _MOST_FILES:
                found.append(layer)
    return found


@lru_cache(maxsize=8)  # Several questions are about the same files.
def read_nodes(content: bytes | None) -> Node | None:
    """Return the nodes of a YAML file, or `None` if it is unreadable. A missing file counts as empty."""
    try:
        return compose(decode(content or b"{}"))
    except RefusedError as refusal:
        return compose("{}") if refusal.fault is EMPTY else None


def _below(prefix: str, pattern: str) -> str:
    if not prefix:
        return pattern
    return f"/{prefix}{pattern[1:]}" if pattern.startswith("/") else f"/{prefix}**/{pattern}"


def _named_by_config(read: Read, prefix: str) -> Iterator[CodePath]:
    """Yield the code that `mkdocs.yml` and the files that it inherits from name."""
    files = config_files(read, prefix)
    configs = [read_nodes(read(path)) for path in files]
    yield from (_path("", path, SITE_CODE[0].contents) for path in files[1:])
    docs = next(
        (text_of(value_of(config, "docs_dir")) for config in configs if value_of(config, "docs_dir")), ""
    )
    below_docs = f"{prefix}{docs or 'docs'}"
    for config in configs:
        for hook in texts_of(value_of(config, "hooks")):
            yield _path(prefix, hook, "hooks of the build")
        custom = text_of(value_of(value_of(config, "theme"), "custom_dir"))
        if custom:
            yield _path(prefix, f"{custom}/", "templates of the theme")
        for name, contents in (
            ("extra_javascript", "scripts for browsers or for CI"),
            ("extra_templates", "templates of the theme"),
        ):
            for file in texts_of(value_of(config, name), "path"):
                if "://" not in file:
                    yield _path(f"{below_docs}/", file, contents)
        for module in _macro_modules(value_of(config, "plugins")):
            yield _path(prefix, f"{module}.py", "Python programs, such as macros and hooks")
            yield _path(prefix, f"{module}/", "Python programs, such as macros and hooks")


def _macro_modules(plugins: Node | None) -> Iterator[str]:
    """Yield the module of the macros if it is outside the site's folder; inside, all Python is code."""
    for part in [plugins, *(children(plugins) if plugins else [])]:
        module = text_of(value_of(value_of(part, "macros"), "module_name"))
        if normpath(module).startswith(".."):
            yield module


def _trusted(read: Read, prefix: str) -> Iterator[CodePath]:
    settings = read_nodes(read(f"{prefix}{SETTINGS_FILE}"))
    for file in texts_of(value_of(settings, GUARDS[0]), "path"):
        yield _path(prefix, file, "files that browsers can run")


def _included(read: Read) -> Iterator[CodePath]:
    """Yield the parts of a GitLab pipeline that are in this repository."""
    found = [_GITLAB]
    for path in found:
        for node in _every_node(read(path), _INCLUDE):
            for file in texts_of(value_of(node, "include"), "local"):
                part = normpath(file.lstrip("/"))
                if "://" not in file and part not in found and len(found) < _MOST_FILES:
                    found.append(part)
                    yield _path("", part, "pipelines of CI")


def _local_actions(read: Read, workflows: Iterable[str]) -> Iterator[CodePath]:
    """Yield the folders of actions that workflows call by path, in other folders than usual."""
    nodes = (node for path in workflows for node in _every_node(read(path), _ACTION))
    for used in (text_of(value_of(node, "uses")) for node in nodes):
        if used.startswith("./") and not used.startswith((f"./{WORKFLOWS}", "./.github/actions/")):
            yield _path("", f"{used}/", "actions of CI")


def _every_node(content: bytes | None, needed: re.Pattern[str]) -> Iterator[Node]:
    """Yield every node of a file. Most files don't contain what is needed, so they are not composed."""
    if content and needed.search(content.decode("utf-8", "replace")):
        yield from every_node(read_nodes(content))


def is_workflow(path: str) -> bool:
    """Return whether a file is one of GitHub's workflows."""
    return path.startswith(WORKFLOWS)


def _path(prefix: str, name: str, contents: str) -> CodePath:
    path = normpath(f"{prefix}{name}")
    if path == ".":
        return CodePath("/", contents)
    return CodePath(f"/{path}/" if name.endswith("/") else f"/{path}", contents)
