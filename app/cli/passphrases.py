"""Where a passphrase comes from: never an argument, which other programs and the history see.

It is the first line of standard input, or RAPPORT_PASSPHRASE, or asked for at the terminal.
"""

from __future__ import annotations

import getpass
import os
import sys
import warnings
from typing import TYPE_CHECKING, Annotated, Final, TypeVar

import typer

from app.errors import AppError

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = TypeVar("Answer")
VARIABLE: Final = "RAPPORT_PASSPHRASE"
FromStdin = Annotated[
    bool,
    typer.Option(
        "--passphrase-stdin",
        help="Read the passphrase from the first line of standard input; "
        f"otherwise {VARIABLE}, otherwise it is asked for.",
    ),
]


def passphrase(*, stdin: bool, twice: bool = False) -> str:
    """Take the passphrase; typed twice where nobody could open what one slip of a finger seals."""
    given = handed_in(stdin=stdin)
    if given is not None:
        return given
    return asked(
        lambda: str(typer.prompt("Passphrase", hide_input=True, confirmation_prompt=twice))
    )


def handed_in(*, stdin: bool) -> str | None:
    """Take the passphrase without asking anybody; None where it was not handed in."""
    try:
        text = sys.stdin.readline().rstrip("\r\n") if stdin else os.environ.get(VARIABLE)
        if text is not None:
            text.encode()
    except UnicodeError as error:
        raise AppError("The passphrase is not text in UTF-8.", "Write it in UTF-8.") from error
    return text


def asked(
    ask: Callable[[], Answer],
    where_else: str = f"Add --passphrase-stdin, or set {VARIABLE}.",
) -> Answer:
    """Ask at the terminal; where there is none, an AppError that says where it can be told else."""
    try:
        with warnings.catch_warnings():
            # Without a terminal Python warns in its own words that letters may be seen.
            warnings.simplefilter("ignore", getpass.GetPassWarning)
            return ask()
    except typer.Abort as error:
        if isinstance(error.__context__, KeyboardInterrupt):
            raise KeyboardInterrupt from error
        raise AppError("There is no terminal at which this could be typed.", where_else) from error
