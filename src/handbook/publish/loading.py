"""The handbook of a build: several parts of a site engine ask for it, and one reading serves them all."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from handbook.handbook import Handbook, load, watched
from handbook.publish.audience import handed_over
from handbook.read.files import Site
from handbook.read.plain_file import UnusableError, read_plain_file
from handbook.read.tree import Tree

_READ = frozenset({".yaml", ".yml", ".json", ".md", ".jinja", ".py"})
"""How the names of files end whose contents matter."""


def load_for_build(site: Site) -> Handbook:
    """A site, for the audience of the build; the same content is read once, however often it is asked for."""
    today = date.today()  # noqa: DTZ011 - a day of the reader's own calendar
    return _load(site, today, handed_over(), _fingerprint(site))


@lru_cache(maxsize=2)
def _load(site: Site, today: date, audience: str | None, _fingerprint: bytes) -> Handbook:
    return load(site, today, audience)


def _fingerprint(site: Site) -> bytes:
    """Return a digest of all that the handbook is made from: what texts say, and the names of the rest."""
    digest = blake2b()
    tree = Tree(site)
    for path in (*watched(site), site.docs, site.overrides):
        if path is None:
            continue
        for file in tree.below(path) if path.is_dir() else [path]:
            _add(digest, str(file), _content(file) if file.suffix in _READ else b"")
    for source in tree.unusable:
        _add(digest, source.path, source.document.faults[0].message.encode())
    return digest.digest()


def _add(digest: blake2b, name: str, content: bytes) -> None:
    digest.update(f"{name}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
    digest.update(content)


def _content(file: Path) -> bytes:
    try:
        return read_plain_file(file)
    except UnusableError as error:
        return error.fault.message.encode()
