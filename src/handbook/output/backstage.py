"""Describe the handbook, its teams and its tools as entities of a Backstage catalogue.

Format: Backstage's "Descriptor format of catalog entities", version `backstage.io/v1alpha1`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import urljoin

import yaml

from handbook.base.language import current
from handbook.kinds.tool.states import is_gone
from handbook.link.catalogue import Catalogue, Entry
from handbook.link.place import Place
from handbook.read.files import Site
from handbook.read.values import as_mapping, is_example, list_at, owner_ids

_VERSION = "backstage.io/v1alpha1"
_LONGEST = 63
"""The most characters of a name or a tag."""
_NOBODY = "group:default/unowned"
_IS_HANDBOOK = "product-handbook/is-handbook"
"""The annotation by which `handbook import` knows the entity that is no tool."""
_WEB = ("https://", "http://")
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")


def render(catalogue: Catalogue, site: Site, owner: str) -> str:
    """Return the entities as YAML documents: the handbook, the teams, and the tools that are not gone.

    Args:
        catalogue: The entries that the audience can see.
        site: The site.
        owner: The team that owns what has no owner; empty for none.
    """
    entities = list(_entities(catalogue, site, owner))
    return yaml.safe_dump_all(entities, sort_keys=False, allow_unicode=True, explicit_start=True, width=100)


def _entities(catalogue: Catalogue, site: Site, owner: str) -> Iterator[dict[str, Any]]:
    teams = catalogue.entries("team") if "team" in catalogue.kinds else {}
    listed = catalogue.entries("tool") if "tool" in catalogue.kinds else {}
    tools = {
        name: tool for name, tool in listed.items() if not is_gone(tool.data) and not is_example(tool.data)
    }
    owners = {tool.id: _group((*owner_ids(tool.data), owner), teams) for tool in tools.values()}
    handbook = _name(_NOT_IN_NAMES.sub("-", site.name.casefold()).strip("-") or "handbook")
    annotations = {"backstage.io/techdocs-ref": "dir:.", _IS_HANDBOOK: "true"}
    spec = {"type": "documentation", "lifecycle": "production", "owner": _group((owner,), teams)}
    yield _entity("Component", handbook, site.name, spec, {"annotations": annotations})
    for team in teams.values():
        profile = {"displayName": team.name}
        yield _described("Group", team, site, handbook, {"type": "team", "profile": profile, "children": []})
    if _NOBODY in {spec["owner"], *owners.values()}:
        yield _entity("Group", _NOBODY.rpartition("/")[2], "Unowned", {"type": "team", "children": []})
    for tool in tools.values():
        # The words of the handbook, so that `handbook import` reads what is written here.
        spec = {"type": str(tool.data.get("category") or "tool"), "owner": owners[tool.id]}
        state = {"lifecycle": status} if isinstance(status := tool.data.get("status"), str) else {}
        yield _described("Resource", tool, site, handbook, {**spec, **state, **_connections(tool, tools)})


def _connections(tool: Entry, tools: Mapping[str, Entry]) -> dict[str, Any]:
    """Return the tools that a tool is connected to."""
    named = [str(as_mapping(each).get("tool")) for each in list_at(tool.data, ("integrations",))]
    found = [f"resource:default/{_name(each)}" for each in named if each in tools]
    return {"dependsOn": list(dict.fromkeys(found))} if found else {}


def _described(kind: str, entry: Entry, site: Site, handbook: str, spec: dict[str, Any]) -> dict[str, Any]:
    page = Place("index.md", site.directory_urls).url(entry.page)
    annotations = {
        "backstage.io/techdocs-entity": f"component:default/{handbook}",
        "backstage.io/techdocs-entity-path": f"/{page}",
    }
    tags = [tag for tag in entry.data.get("tags", ()) if len(tag) <= _LONGEST]
    links = [
        *_links(entry.data),
        *([{"url": urljoin(site.url, page), "title": site.name}] if site.url else []),
    ]
    summary = current().with_words(str(entry.data.get("summary", "")))
    more = {"description": summary, "annotations": annotations, "tags": tags, "links": links}
    return _entity(kind, _name(entry.id), entry.name, spec, more)


def _links(data: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """Yield the links that lead somewhere outside of the handbook."""
    for link in map(as_mapping, list_at(data, ("links",))):
        url, title = link.get("url"), link.get("title")
        if isinstance(url, str) and url.startswith(_WEB):
            yield (
                {"url": url, "title": current().with_words(title)} if isinstance(title, str) else {"url": url}
            )


def _entity(
    kind: str, name: str, title: str, spec: dict[str, Any], more: Mapping[str, Any] = MappingProxyType({})
) -> dict[str, Any]:
    given = {field: value for field, value in more.items() if value}
    metadata = {"name": name, "title": current().with_words(title), **given}
    return {"apiVersion": _VERSION, "kind": kind, "metadata": metadata, "spec": spec}


def _group(owners: Iterable[str], teams: Mapping[str, Entry]) -> str:
    """Return the first team of some owners. A role is no group of Backstage."""
    return next((f"group:default/{_name(each)}" for each in owners if each in teams), _NOBODY)


def _name(entry_id: str) -> str:
    """Return a name that Backstage accepts. A longer one is cut, and keeps apart from others by a hash."""
    # The namespace of an ID is part of the name, which has no slash.
    entry_id = entry_id.replace("/", ".")
    if len(entry_id) <= _LONGEST:
        return entry_id
    return f"{entry_id[:54].rstrip('-')}-{hashlib.sha256(entry_id.encode()).hexdigest()[:8]}"
