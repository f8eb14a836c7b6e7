"""The kinds that ship with the engine."""

from __future__ import annotations

from handbook.read.files import find_site
from handbook.read.schemas.checking import check_schemas
from handbook.read.schemas.kinds import read_schema_files
from tests.sites import ROOT

KINDS = check_schemas(tuple(read_schema_files(find_site(ROOT)))).kinds
