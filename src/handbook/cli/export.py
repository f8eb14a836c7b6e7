"""`handbook export`: write the handbook in the format of another program."""

from __future__ import annotations

import argparse
from pathlib import Path

from handbook.base.language import speaking
from handbook.cli.errors import UsageError
from handbook.cli.output import write_report
from handbook.cli.streams import print_error, print_text
from handbook.loaded.handbook import load
from handbook.publish.errors import BuildError
from handbook.read.audiences import AUDIENCES
from handbook.read.files import find_site
from handbook.write.folder import prepare_target, replace_folder


def configure(parser: argparse.ArgumentParser) -> None:
    """Define the arguments of the command."""
    parser.add_argument(
        "format",
        choices=("backstage", "techdocs"),
        metavar="FORMAT",
        help="backstage: print the handbook, its teams and tools as entities; "
        "techdocs: write a folder that Backstage TechDocs builds, entities included",
    )
    parser.add_argument(
        "--audience", choices=AUDIENCES, help="Audience to write for (default: from settings)"
    )
    parser.add_argument("--output", type=Path, metavar="DIR", help="Folder for techdocs (default: techdocs)")


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from handbook.output import backstage  # noqa: PLC0415 - only what is asked for

    if options.format == "backstage" and options.output is not None:
        raise UsageError("`--output` is for techdocs. Redirect the output of backstage to a file instead")
    handbook = load(find_site(Path()), audience=options.audience)
    if not handbook.is_sound:
        write_report(handbook.report, fold=True)
        return 1
    owner = handbook.context.settings.owner
    with speaking(handbook.language):
        entities = backstage.render(handbook.catalogue, handbook.site, owner)
    if options.format == "backstage":
        print_text(entities)
        return 0
    from handbook.publish.techdocs import write_techdocs  # noqa: PLC0415 - slow

    target = options.output or handbook.site.root / "techdocs"
    prepare_target(handbook.site, target)
    try:
        with replace_folder(handbook.site, target) as folder:
            write_techdocs(handbook, folder)
            (folder / "catalog-info.yaml").write_text(entities, encoding="utf-8", newline="\n")
    except BuildError as error:
        print_error(str(error))
        return 1
    print_text(f"Wrote {target}. Build it with `techdocs-cli generate --source-dir {target}`.\n")
    return 0
