"""Load the handbook of a build once for all parts of a site engine."""

from __future__ import annotations

from contextlib import nullcontext
from contextvars import ContextVar
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from handbook.base.memory import memory
from handbook.loaded.handbook import Handbook, load, watched
from handbook.loaded.remembering import remembering
from handbook.publish.handover import handed_over
from handbook.read.day import today
from handbook.read.files import Site
from handbook.read.layers import with_layers
from handbook.read.plain_file import UnusableError, read_plain_file
from handbook.read.tree import Tree

_READ = frozenset({".yaml", ".yml", ".json", ".md", ".jinja", ".py"})
"""The suffixes of files whose contents matter."""


_GIVEN: ContextVar[tuple[Handbook, bytes] | None] = ContextVar("_GIVEN", default=None)


def give(handbook: Handbook | None) -> None:
    """Let the builds of this process use a handbook that is already loaded, until a plugin changes it."""
    _GIVEN.set((handbook, _fingerprint(handbook.site)) if handbook else None)


def load_for_build(site: Site) -> Handbook:
    """Return the handbook of a site for the audience of the build. Unchanged content is read only once."""
    given, fingerprint = _GIVEN.get(), _fingerprint(site)
    is_given = given is not None and given[0].site == site and given[1] == fingerprint
    handbook = given[0] if given and is_given else _load(site, today(), handed_over().audience, fingerprint)
    handbook.put_away()
    return handbook


@lru_cache(maxsize=2)
def _load(site: Site, _today: date, audience: str | None, _fingerprint: bytes) -> Handbook:
    # A served site has a memory of its own.
    with nullcontext() if memory() else remembering(site.root):
        return load(site, audience=audience)


def _fingerprint(site: Site) -> bytes:
    """Return a digest of all sources of the handbook: the contents of texts, and the names of other files."""
    digest = blake2b()
    tree = Tree(with_layers(site))
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
