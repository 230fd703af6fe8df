"""`rapport share`, `open`, `withdraw`: handing sessions over without a window."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer looks it up at run time
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.arguments import filled, name_of, path_of
from app.cli.passphrases import FromStdin  # noqa: TC001 - typer looks it up at run time

if TYPE_CHECKING:
    from collections.abc import Callable

Person = Annotated[
    str | None,
    typer.Option("--person", metavar="NAME", parser=name_of, help="Whose profile; the last one's."),
]
Force = Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command, name in ((share, "share"), (open_, "open"), (withdraw, "withdraw")):
        app.command(name)(command)


def share(  # noqa: PLR0917 - typer reads the options from the arguments
    session: Annotated[
        str,
        typer.Argument(
            metavar="SESSION",
            parser=name_of,
            help="Words of its title, the beginning of its id, or “last”.",
        ),
    ],
    to: Annotated[
        str, typer.Option("--to", metavar="NAME", parser=name_of, help="Whom it is for.")
    ],
    out: Annotated[
        Path,
        typer.Option("--out", metavar="FILE", help="Where the sealed file goes.", parser=path_of),
    ],
    start: Annotated[
        str | None, typer.Option("--from", metavar="M:SS", help="Only from this moment on.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="M:SS", help="Only up to this moment.")
    ] = None,
    days: Annotated[int, typer.Option(min=1, max=3650, help="Days until it opens no more.")] = 30,
    picture: Annotated[
        bool, typer.Option("--picture/--no-picture", help="Without: voice and stick figure only.")
    ] = True,
    person: Person = None,
    stdin: FromStdin = False,
    force: Force = False,
) -> None:
    """Hand a session, or a span of it, to one person as one sealed file.

    A copy of the file that is elsewhere cannot be called back.
    """
    from app.cli.handing_over_work import share_session  # noqa: PLC0415 - heavy

    _run(
        lambda: share_session(
            session, to, out, span=(start, until), days=days, picture=picture, who=person,
            stdin=stdin, force=force,
        )
    )  # fmt: skip


def open_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A .rapport file.", parser=path_of)],
    words: Annotated[
        str | None,
        typer.Option(
            metavar="WORDS",
            help="The words of the sender's key, as they read them out; "
            "otherwise they are shown and you are asked.",
        ),
    ] = None,
    person: Person = None,
    stdin: FromStdin = False,
) -> None:
    """Open a shared session, read a review back, or read that a share was taken back.

    Exit code 0: it was opened; 1: it was refused, and nothing of it was kept.
    """
    from app.cli.handing_over_work import open_file  # noqa: PLC0415 - heavy

    _run(lambda: open_file(file, words, who=person, stdin=stdin))


def withdraw(
    number: Annotated[
        str | None,
        typer.Argument(
            metavar="SHARE",
            parser=filled,
            help="The beginning of its id; without it all are listed.",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Where the file goes.", parser=path_of),
    ] = None,
    person: Person = None,
    force: Force = False,
) -> None:
    """List what was shared; with the beginning of an id, make the file that takes it back."""
    from app.cli.handing_over_work import take_back  # noqa: PLC0415 - heavy

    _run(lambda: take_back(number, out, who=person, force=force))


def _run(work: Callable[[], None]) -> None:
    """Do it, or say what went wrong."""
    from app.cli.telling import tell  # noqa: PLC0415
    from app.errors import AppError  # noqa: PLC0415

    try:
        work()
    except AppError as error:
        tell(error)
        raise typer.Exit(1) from error
