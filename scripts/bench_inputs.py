"""Create the inputs of the benchmark: reproducible handbooks of any size, based on the shipped one."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

from handbook.loaded.handbook import load
from handbook.publish.assets import SCRIPT, SHOWN_ALL_THE_SAME, STYLE, read_assets
from handbook.publish.navigation import expand
from handbook.publish.pages import make_pages
from handbook.read.files import find_site
from handbook.read.icons import FOLDER, THEME
from handbook.read.looks import Looks
from handbook.render.render import Renderer
from handbook.render.repository import Repository

ROOT = Path(__file__).parents[1]
TOOLS = "tools_inventory.yaml"
_CONFIG = "mkdocs.yml"
_SENTENCE = re.compile(r"(?m)^    (?:summary: (?!>)|  - [A-Z]\S* ).*$")
"""A line of the purpose of a tool, or an item of a list of sentences."""
_HEADING = re.compile(r"(?m)^##+ [^[\n]*$")
"""A heading that an entry can link to, without links of its own."""

_THEME = {
    "name": "material",
    "font": False,
    "features": ["navigation.indexes", "navigation.path", "navigation.prune", "toc.follow"],
}
_SETTINGS = {
    "site_name": "Benchmark",
    "theme": _THEME,
    "markdown_extensions": ["admonition", "attr_list", "def_list", "md_in_html", "tables"],
}

_OVERVIEW = Path("docs/tools/index.md")
_WITHOUT_TOOLS = """
from pathlib import Path

def on_files(files, config):
    for file in files.documentation_pages():
        if file.src_uri.startswith("tools/") and not Path(config.docs_dir, file.src_uri).exists():
            files.remove(file)
"""


def write_handbook(folder: Path, tools: int) -> Path:
    """Write the shipped handbook with a number of tools, and return its folder."""
    write_copy(folder)
    _write_tools(folder, tools)
    return folder


def write_copy(folder: Path) -> Path:
    """Write a copy of the shipped handbook, and return its folder."""
    for name in ("docs", "macros", "schemas", "sources"):
        shutil.copytree(ROOT / name, folder / name)
    for name in (_CONFIG, TOOLS):
        shutil.copy2(ROOT / name, folder)
    return folder


def write_overview(folder: Path, tools: int) -> Path:
    """Write a site with the shipped overview of a number of tools, and return its folder.

    It has few other pages, because the pages of tools take most of the time of a build.
    """
    write_handbook(folder, tools)
    for page in (folder / "docs").rglob("*.md"):
        if page.relative_to(folder) != _OVERVIEW:
            _write(page, f"# {page.stem}\n")
    _write(folder / "hook.py", _WITHOUT_TOOLS)
    config = folder / _CONFIG
    _write(config, f"{config.read_text(encoding='utf-8')}\nhooks: [hook.py]\n")
    return folder


def write_files(folder: Path, number: int) -> Path:
    """Write the shipped handbook with a file for each tool, and return its folder.

    Args:
        folder: The folder.
        number: The number of sources, all kinds together.
    """
    write_handbook(folder, 0)
    (folder / TOOLS).unlink()
    tools = folder / "sources" / "tools"
    tools.mkdir()
    for tool in _tools(number - sum(1 for _ in (folder / "sources").rglob("*.yaml"))):
        text = re.sub("(?m)^ {4}", "", tool.replace("  - ", "    ", 1))
        _write(tools / f"{text.splitlines()[0].removeprefix('id: ')}.yaml", text)
    return folder


def change_summary(file: Path) -> None:
    """Change the summary of the entry in a file."""
    text = file.read_text(encoding="utf-8")
    _write(file, text.replace("\nsummary: ", "\nsummary: A "))


def write_collection_schema(folder: Path) -> Path:
    """Write the schema of the file with the tools for a generic validator, and return its path."""
    shutil.copytree(ROOT / "schemas", folder)
    schema = folder / "tools.json"
    tools = {"type": "array", "items": {"$ref": "tool.schema.json"}}
    schema.write_text(
        json.dumps(
            {
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "type": "object",
                "required": ["tools"],
                "additionalProperties": False,
                "properties": {"tools": tools},
            }
        ),
        encoding="utf-8",
    )
    return schema


def write_generated_site(folder: Path, tools: int) -> Path:
    """Write a site with a number of generated pages of tools, and nearly empty hand-written ones."""
    shutil.copytree(ROOT / "sources", folder / "sources")
    _write_tools(folder, tools)
    kinds = load(find_site(ROOT)).catalogue.kinds.values()
    nav = [{"Home": "index.md"}, *({kind.title: f"{kind.page}/"} for kind in kinds)]
    _write_config(folder, plugins=["handbook"], nav=nav, not_in_nav="*")
    for page in (ROOT / "docs").rglob("*.md"):  # Entries link to these pages; their text calls macros.
        headings = _HEADING.findall(page.read_text(encoding="utf-8"))
        text = "\n\n".join([f"# {page.stem}", *headings])
        _write(folder / "docs" / page.relative_to(ROOT / "docs"), f"{text}\n")
    return folder


def write_written_site(folder: Path, generated: Path) -> Path:
    """Write a site with the same Markdown as a generated one, as hand-written pages."""
    handbook = load(find_site(generated))
    pages = list(make_pages(handbook, Renderer(handbook.basis, Repository(handbook.site, None, None))))
    settings = json.loads((generated / _CONFIG).read_text(encoding="utf-8"))
    nav = expand(settings["nav"], pages, handbook.pages)
    shutil.copytree(THEME / FOLDER, folder / "theme" / FOLDER)
    _write_config(
        folder,
        theme={**_THEME, "custom_dir": "theme"},
        plugins=["search"],
        nav=nav,
        not_in_nav="*",
        exclude_docs=SHOWN_ALL_THE_SAME,
        extra_css=[STYLE],
        extra_javascript=[{"path": SCRIPT, "type": "module"}],
    )
    shutil.copytree(generated / "docs", folder / "docs")
    for page in pages:
        _write(folder / "docs" / page.path, page.markdown)
    for path, content in read_assets(Looks({}, ())).items():
        file = folder / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder


def _write_config(folder: Path, **settings: object) -> None:
    _write(folder / _CONFIG, json.dumps({**_SETTINGS, **settings}))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _write_tools(folder: Path, number: int) -> None:
    """Write a file with a number of tools, one at a time, so that the benchmark needs little memory."""
    with (folder / TOOLS).open("w", encoding="utf-8") as file:
        file.write("tools:\n")
        file.writelines(_tools(number))


def _tools(number: int) -> Iterator[str]:
    """Yield the shipped tools repeatedly; from the second round on, with new IDs, names and sentences."""
    text = (ROOT / TOOLS).read_text(encoding="utf-8")
    without_comments = re.sub(r"(?m)^ *#.*\n", "", text)
    shipped = re.split(r"(?m)^(?=  - id: )", without_comments)[1:]
    words, random = re.findall(r"(?<= )[a-z]{4,}(?= )", text), Random(1)  # noqa: S311 - the same in every run
    for index in range(number):
        turn, place = divmod(index, len(shipped))
        tool = shipped[place]
        if turn:
            tool = re.sub(r"(?m)^(  - id: \S+|    name: .*\S)$", rf"\1-{turn}", tool)
            # Repeated sentences would make pages much smaller on the wire.
            tool = _SENTENCE.sub(
                lambda line: re.sub(r"(?<= )[a-z]{4,}(?= )", lambda _: random.choice(words), line[0]), tool
            )
        if 0 < turn < number // len(shipped):  # The last round can lack tools that others refer to.
            tool = re.sub(r"(?m)^( +(?:- )?(?:tool|replaced_by): \S+)$", rf"\1-{turn}", tool)
        yield tool
