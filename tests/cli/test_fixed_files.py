"""What `--fix` and `--unsafe-fixes` make of a file. Everything that is not wrong in it stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.loaded.fixing import find_fixes
from handbook.loaded.handbook import load
from tests.effort import runs
from tests.sites import TOOL, write_site

INVENTORY = "tools_inventory.yaml"
LINE_ENDS = ["\r\n", "\n"][: runs(1, 2)]


def fixed(folder: Path, text: str, *, with_unsafe: bool = False) -> str:
    """The inventory of a site after the fixes; its bytes count."""
    write_site(folder, {})
    (folder / INVENTORY).write_bytes(text.encode())
    changes = find_fixes(load(folder), lambda _: True, with_unsafe=with_unsafe).changes
    assert set(changes) <= {INVENTORY}
    return changes[INVENTORY][1].decode() if changes else text


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("    not_for:\n      - Roadmap items: and wishes  # x\n", '"Roadmap items: and wishes"  # x\n'),
        ("    use_when:\n      • You plan\n      • You ship\n", "      - You plan\n      - You ship\n"),
        ("    use_when:\n      -You plan\n      -You ship\n", "      - You plan\n      - You ship\n"),
        ("    use_when:\n      – You plan a\n        launch\n", "      - You plan a\n        launch\n"),  # noqa: RUF001
        ("    use_when:\n      -You plan\n      - You ship\n", "      - You plan\n      - You ship\n"),
        ("    use_when:\n      * You plan\n      * You ship\n", "      - You plan\n      - You ship\n"),
        ("    tags: a, b  # x\n", "    tags: [a, b]  # x\n"),
        ("\tvendor: Orbit\n\ttags: [a]\n", "    vendor: Orbit\n    tags: [a]\n"),
        ("\u00a0   vendor: Orbit\n", "    vendor: Orbit\n"),
        ("    vendor:\u00a0Orbit\n    tags: [a]\n", "    vendor: Orbit\n    tags: [a]\n"),
        ("    vendor:Orbit\n    tags: [a]\n", "    vendor: Orbit\n    tags: [a]\n"),
        ("    vendor: Orbit: the maker\n    vendr: x\n", '    vendor: "Orbit: the maker"\n    vendr: x\n'),
        ("    vendor: @orbit\n", '    vendor: "@orbit"\n'),
        ("    vendor: “Orbit: x”\n", '    vendor: "Orbit: x"\n'),
        ("    vendor: Or\x07bit\n", "    vendor: Orbit\n"),
    ],
)
@pytest.mark.parametrize("line_end", LINE_ENDS, ids=repr)
def test_a_mistake_with_one_right_answer(wrong: str, right: str, line_end: str, tmp_path: Path) -> None:
    text = f"\ufeff{TOOL}{wrong}".replace("\n", line_end)
    result = fixed(tmp_path, text)
    assert result.startswith(f"\ufeff{TOOL}".replace("\n", line_end))
    assert result.endswith(right.replace("\n", line_end))
    assert result.count("\n") == text.count("\n")


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("    use_when: Planning\n", "    use_when:\n      - Planning\n"),
        ("    not_for:\n      - when: we plan\n", '    not_for:\n      - "when: we plan"\n'),
        ("    vendor: Orbit tags: [a]\n    tags: [b]\n", None),
        (
            "    notes:\n      First: one.\n      Then two.\n",
            "    notes: |\n      First: one.\n      Then two.\n",
        ),
        ("    notes: Ask\n  the team.\n", "    notes: Ask\n      the team.\n"),
    ],
)
def test_a_likely_correction_needs_to_be_asked_for(wrong: str, right: str | None, tmp_path: Path) -> None:
    assert fixed(tmp_path, TOOL + wrong) == TOOL + wrong
    assert fixed(tmp_path, TOOL + wrong, with_unsafe=True) == TOOL + (right or wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        "    status:active\n    vendor: x\n",  # a second status
        "    vendor: Orbit\n      more: x\n",
        "Linear\tproduct\tactive\n",
        "    vendor: 'Orbit\n",
        "    vendor: [Orbit\n",
    ],
)
def test_what_would_be_worse_or_is_unclear_stays(wrong: str, tmp_path: Path) -> None:
    assert fixed(tmp_path, TOOL + wrong, with_unsafe=True) == TOOL + wrong


def test_a_correction_can_need_another(tmp_path: Path) -> None:
    """The misspelt field hides the misspelt owner, and the colon hides both."""
    teams = "teams:\n  - {id: product, name: Product, summary: Decides.}\n"
    write_site(tmp_path, {"sources/teams.yaml": teams})
    text = f"{TOOL}    vendor: Orbit: x\n    ownr: prodct\n"
    assert fixed(tmp_path, text) == f'{TOOL}    vendor: "Orbit: x"\n    owner: product\n'


_TOOLS = {
    name: f"  - id: {name}\n    name: The {name}  # {name}\n    summary: Plans.\n    category: feedback\n"
    "    status: trial\n"
    for name in "abc"
}


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (
            "# Sorted by id\ntools:\n{c}\n  # on a\n{a}\n{b}",
            "# Sorted by id\ntools:\n  # on a\n{a}\n{b}\n{c}",
        ),
        ("tools:\n  # Sorted by `name`.\n{a}{c}{b}", "tools:\n  # Sorted by `name`.\n{a}{b}{c}"),
        ("tools: # sorted by id\n{b}{a}", None),
        ("tools:\n{b}  # Sorted by id\n{a}", None),
        ("# Sorted by id\ntools:\n{b}\n  # A section\n\n{a}", None),
    ],
)
@pytest.mark.parametrize("line_end", LINE_ENDS, ids=repr)
def test_a_list_is_sorted_where_its_file_asks_for_it(
    wrong: str, right: str | None, line_end: str, tmp_path: Path
) -> None:
    before, after = (text.format(**_TOOLS).replace("\n", line_end) for text in (wrong, right or wrong))
    assert fixed(tmp_path, before) == after


def test_mixed_line_ends_become_the_usual_one(tmp_path: Path) -> None:
    text = f"{TOOL}    notes: |\n      One\r\n      two\r\n    vendor: Orbit\n"
    assert fixed(tmp_path, text) == text.replace("\r", "")
    assert fixed(
        tmp_path, TOOL.replace("\n", "\r\n") + "    vendor: x\n"
    ) == f"{TOOL}    vendor: x\n".replace("\n", "\r\n")


def test_a_layer_is_never_edited(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    core = write_site(tmp_path / "core", {INVENTORY: TOOL.replace("trial", "Trial")})
    site = write_site(
        tmp_path / "site", {"sources/handbook.yaml": "extends: [../core]\n", INVENTORY: "tools: []\n"}
    )
    handbook = load(site)
    assert handbook.findings
    assert not find_fixes(handbook, lambda _: True, with_unsafe=True).changes
    assert "Trial" in (core / INVENTORY).read_text(encoding="utf-8")
