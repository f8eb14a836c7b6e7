"""The views of figures take time in proportion to the entries."""

from __future__ import annotations

import pytest

from bench_inputs import write_handbook
from handbook.loaded.handbook import Handbook, load
from handbook.render.render import Renderer
from handbook.render.repository import Repository


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Handbook:
    """A handbook with 500 tools."""
    return load(write_handbook(tmp_path_factory.mktemp("many") / "site", 500))


@pytest.mark.parametrize("figure", ["tool_picker", "integration_map", "tool_audit"])
def test_a_figure_of_many_tools_takes_no_more_steps_for_each(
    figure: str, many: Handbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handbook.render.limits.STEPS", 0)
    monkeypatch.setattr("handbook.render.limits.STEPS_OF_AN_ENTRY", 1_300)
    written = Renderer(many.basis, Repository(many.site, None, None)).figure(figure, "index.md", {})
    assert len(written) > 10_000
