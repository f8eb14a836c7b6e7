"""Bundle the libraries of the pages' scripts, with their licences, from the locked Node.js packages.

Run it as `make fonts` after you lock a new version of a package. The pages load a library only when a reader
asks for a file in its format.
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODULES = ROOT / ".venv/node/node_modules"
VENDOR = ROOT / "src/handbook/publish/browser/vendor"

LIBRARIES = {
    "docx": "export { Document, ExternalHyperlink, LevelFormat, Packer, Paragraph, Table, TableCell, "
    'TableRow, TextRun, WidthType } from "docx";',
    "json-schema": 'export { Validator } from "@cfworker/json-schema";',
    "write-excel-file": 'export { default } from "write-excel-file/universal";',
}
# Otherwise it packs large files in workers made from texts, which the security policy of the pages forbids.
_PACKER = """import { zipSync } from "./node_modules/fflate/esm/browser.js";
export { strToU8, zipSync } from "./node_modules/fflate/esm/browser.js";
export const zip = (files, options, done = options) => done(null, zipSync(files));
"""
_OPTIONS = ("--bundle", "--minify", "--format=esm", "--legal-comments=eof", "--metafile=meta.json")
_ALIAS = "--alias:fflate=./packer.js"


def bundle(name: str, source: str, modules: Path = MODULES) -> None:
    """Write the bundle of a library and the licences of the packages in it."""
    with tempfile.TemporaryDirectory() as folder:
        entry = Path(folder, "entry.js")
        entry.write_text(source, encoding="utf-8")
        Path(folder, "packer.js").write_text(_PACKER, encoding="utf-8")
        Path(folder, "node_modules").symlink_to(modules)
        target = VENDOR / f"{name}.js"
        command = [str(modules / ".bin/esbuild"), "entry.js", *_OPTIONS, _ALIAS, f"--outfile={target}"]
        subprocess.run(command, cwd=folder, check=True)
        inputs = json.loads(Path(folder, "meta.json").read_text(encoding="utf-8"))["inputs"]
    packages = sorted({_package(path) for path in inputs} - {""})
    texts = [licence for package in packages for licence in [_licence(modules / package)]]
    (VENDOR / f"{name}.LICENSE.txt").write_text("\n\n".join(texts) + "\n", encoding="utf-8", newline="\n")


def _package(path: str) -> str:
    _before, found, rest = path.rpartition("node_modules/")
    parts = rest.split("/")
    return "/".join(parts[: 2 if rest.startswith("@") else 1]) if found else ""


def _licence(folder: Path) -> str:
    """Return the name, version and licence of a package."""
    about = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    file = next((file for file in sorted(folder.iterdir()) if file.name.upper().startswith("LICEN")), None)
    text = file.read_text(encoding="utf-8").strip() if file else _licence_of_author(about)
    return f"{about['name']} {about['version']}\n\n{text}"


def _licence_of_author(about: Mapping[str, str]) -> str:
    """Return the licence of a package that names it and its author, without the text."""
    if about["license"] != "MIT":
        raise ValueError(f"{about['name']}: No text of the licence {about['license']}")
    ours = (ROOT / "LICENSE").read_text(encoding="utf-8").strip()
    author = about["author"].partition(" <")[0]
    return re.sub(r"^Copyright .*", f"Copyright (c) {author}", ours, flags=re.MULTILINE)


def main() -> None:
    """Write all bundles."""
    VENDOR.mkdir(exist_ok=True)
    for name, source in LIBRARIES.items():
        bundle(name, source)


if __name__ == "__main__":
    main()
