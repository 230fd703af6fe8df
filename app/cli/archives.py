"""`rapport backup`, `restore` and `export-me`: everything in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.arguments import name_of, path_of
from app.cli.handing_over import Force  # noqa: TC001 - typer looks it up at run time
from app.cli.passphrases import FromStdin  # noqa: TC001 - typer looks it up at run time

Target = Annotated[Path, typer.Argument(metavar="FILE", help="Where it goes.", parser=path_of)]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command, name in ((backup, "backup"), (restore, "restore"), (export_me, "export-me")):
        app.command(name)(command)


def backup(
    target: Target,
    passphrase: Annotated[
        bool, typer.Option("--passphrase", help="Seal the file with words that are asked for.")
    ] = False,
    stdin: FromStdin = False,
    force: Force = False,
) -> None:
    """Write everything into one file: profiles, sessions, settings, keys, library, own content.

    Without --passphrase or --passphrase-stdin whoever has the file can read it.
    """
    from app.cli.archiving import write_backup  # noqa: PLC0415 - heavy

    raise typer.Exit(write_backup(target, sealed=passphrase or stdin, stdin=stdin, force=force))


def restore(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="The backup.", parser=path_of)],
    replace: Annotated[
        bool, typer.Option("--replace", help="Let it take the place of what is here.")
    ] = False,
    stdin: FromStdin = False,
) -> None:
    """Put a backup back, all of it or nothing. Close the window first."""
    from app.cli.archiving import read_backup  # noqa: PLC0415 - heavy

    raise typer.Exit(read_backup(source, replace=replace, stdin=stdin))


def export_me(
    target: Target,
    person: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", parser=name_of, help="About whom, where several people practise."
        ),
    ] = None,
    force: Force = False,
) -> None:
    """Write everything about one person into one ZIP file, with an index that says what is what."""
    from app.cli.about_me import write_about_me  # noqa: PLC0415 - heavy

    raise typer.Exit(write_about_me(person, target, force=force))
