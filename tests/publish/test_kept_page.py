"""Other plugins find and change the texts and files of a build, although the memory doesn't hold them."""

from __future__ import annotations

from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config

from tests.sites import CONFIG, TOOL, write_site

_HOOK = """
def on_files(files, config):
    page = files.get_file_from_path("tools/linear.md")
    page.content_string = page.content_string.replace("Linear", "Renamed")
    data = files.get_file_from_path("data/tools.json")
    data.content_bytes = data.content_bytes.replace(b"Linear", b"Renamed")
    files.get_file_from_path("data/tools.csv").content_string = "changed"

def on_page_context(context, page, **_):
    page.content += f"<p>{page.markdown.count('Renamed')} in the text</p>"
"""


def test_other_plugins_read_and_change_every_text(tmp_path: Path) -> None:
    written = write_site(
        tmp_path,
        {"mkdocs.yml": f"{CONFIG}hooks: [hook.py]\n", "hook.py": _HOOK, "tools_inventory.yaml": TOOL},
    )
    build(load_config(str(written / "mkdocs.yml"), site_dir=str(written / "site")))
    page = (written / "site/tools/linear/index.html").read_text(encoding="utf-8")
    assert "Renamed" in page.partition("</h1>")[0]
    assert "<p>0 in the text</p>" not in page
    assert " in the text</p>" in page
    assert "<p>0 in the text</p>" in (written / "site/index.html").read_text(encoding="utf-8")
    assert '"Renamed"' in (written / "site/data/tools.json").read_text(encoding="utf-8")
    assert (written / "site/data/tools.csv").read_text(encoding="utf-8") == "changed"
