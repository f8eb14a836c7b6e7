"""The file with the packages of a site: the engine, and the packages that this version was tested with."""

from __future__ import annotations

from handbook.base.named_tuples import NamedTuple
from handbook.base.version import __version__
from handbook.read.files import shipped
from handbook.read.requirements import ENGINE, start_of_engine

_HEAD = """\
# What the handbook is built with. The last line is the engine. When its version changes, `handbook upgrade`
# writes the lines above it. Where pip gets them from is a setting of pip.
"""


class Engine(NamedTuple):
    """Where an engine comes from.

    Attributes:
        digest: The hash of its wheel; empty if it is unknown.
        address: The address of its wheel; empty if it comes from an index.
    """

    digest: str = ""
    address: str = ""


def requirements(engine: Engine) -> str:
    """Return the file of a new site.

    Args:
        engine: Where its engine comes from.
    """
    name = f"{ENGINE} @ {engine.address}" if engine.address else f"{ENGINE}=={__version__}"
    digest = f" \\\n    --hash=sha256:{engine.digest}" if engine.digest else ""
    return f"{_HEAD}{_packages()}{name}{digest}\n"


def with_new_packages(text: str) -> str:
    """Return the file of a site with the packages of the installed version, if a new site has that file, too.

    Args:
        text: The content of the file. The engine, and whatever is below it, stays.
    """
    engine = start_of_engine(text)
    if engine is None or not text.startswith(_HEAD):
        return text
    return f"{_HEAD}{_packages()}{text[engine:]}"


def _packages() -> str:
    """Return the lines of the locked packages that the engine needs, without comments."""
    lock = (shipped("requirements") / "site.txt").read_text(encoding="utf-8")
    return "".join(line for line in lock.splitlines(keepends=True) if not line.lstrip().startswith("#"))
