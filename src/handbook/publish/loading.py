"""The handbook of a build: several parts of a site engine ask for it, and one reading serves them all."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from hashlib import blake2b

from handbook.handbook import Handbook, load, watched
from handbook.publish.audience import handed_over
from handbook.read.files import Site, files_below

_SUFFIXES = (".yaml", ".yml", ".json", ".md", ".jinja", ".py")


def load_for_build(site: Site) -> Handbook:
    """A site, for the audience of the build; the same content is read once, however often it is asked for."""
    today = date.today()  # noqa: DTZ011 - a day of the reader's own calendar
    return _load(site, today, handed_over(), _fingerprint(site))


@lru_cache(maxsize=2)
def _load(site: Site, today: date, audience: str | None, _fingerprint: bytes) -> Handbook:
    return load(site, today, audience)


def _fingerprint(site: Site) -> bytes:
    digest = blake2b()
    for path in [*watched(site), site.docs]:
        inside = files_below(path, _SUFFIXES) if path.is_dir() else [path]
        for file in inside:
            content = file.read_bytes() if file.is_file() else b""
            digest.update(f"{file}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
            digest.update(content)
    return digest.digest()
