"""The program without a window: analyse files, check the machine, run the sample."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path  # noqa: TC003 - typer looks it up at run time
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from app.cli.archives import register as register_archives
from app.cli.arguments import filled, name_of, path_of
from app.cli.handing_over import Force
from app.cli.handing_over import register as register_handing_over
from app.cli.telling import tell
from app.errors import AppError
from app.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable

# Everything heavy is imported where it is used: `rapport --help` answers at once.


class Keep(StrEnum):
    """Words of the option --keep of `rapport import`."""

    PICTURE = "picture"
    VOICE = "voice"
    REPORT = "report"


app = typer.Typer(
    name="rapport",
    help="A desktop coach for people who serve others face to face. Nothing leaves this machine.",
    epilog="Without a command the window opens.",
    add_completion=False,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"rapport {VERSION}")
        raise typer.Exit


@app.callback()
def start(
    context: typer.Context,
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_say_version, is_eager=True, help="Say the version."),
    ] = False,
) -> None:
    """Open the window, where no command is given."""
    if context.invoked_subcommand is None:
        open_window: Callable[[], int] = context.obj
        raise typer.Exit(open_window())


@app.command()
def analyse(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="Video or sound files of any kind.", parser=path_of),
    ],
    json_out: Annotated[
        str | None,
        typer.Option(
            "--json",
            metavar="OUT",
            parser=filled,
            help="Write the analysis as JSON; - for standard output, a folder for several files.",
        ),
    ] = None,
    html_out: Annotated[
        str | None,
        typer.Option(
            "--html",
            metavar="OUT",
            parser=filled,
            help="Write a page with curves; a folder for several files.",
        ),
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Compare with the own normal saved in this file.", parser=path_of
        ),
    ] = None,
    save_baseline: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Save the own normal that was used.", parser=path_of),
    ] = None,
    words: Annotated[
        bool,
        typer.Option(
            "--words/--no-words",
            help="Look for the words too, where there is a speech engine; takes longer.",
        ),
    ] = True,
    force: Force = False,
) -> None:
    """Measure video and sound files and write what was seen and heard.

    Exit code 0: all files were analysed; 1: one was not; 2: the command was not understood.
    """
    from app.cli.analysing import analyse_files  # noqa: PLC0415 - heavy
    from app.cli.planning import planned  # noqa: PLC0415

    jobs = planned(files, json_out, html_out, save_baseline)
    raise typer.Exit(analyse_files(jobs, baseline, words=words, force=force))


@app.command()
def practices(
    transcript: Annotated[
        Path,
        typer.Argument(
            metavar="TRANSCRIPT",
            help="A text with staff: or customer: before each turn, SRT, VTT or Rapport's JSON.",
            parser=path_of,
        ),
    ],
    scenario: Annotated[
        str | None,
        typer.Option(
            metavar="ID", parser=name_of, help="What was practised: a scenario's id, or its file."
        ),
    ] = None,
    json_out: Annotated[
        str | None,
        typer.Option(
            "--json",
            metavar="OUT",
            parser=filled,
            help="Write the findings; - for standard output.",
        ),
    ] = None,
    written: Annotated[
        bool, typer.Option("--written", help="It is a written reply, not a talk.")
    ] = False,
    force: Force = False,
) -> None:
    """Find the practices in a transcript: an entry for each place that shows one.

    Exit code 0: it was read; 1: it was not; 2: the command was not understood.
    """
    from app.cli.practices import find_practices  # noqa: PLC0415 - heavy

    found = find_practices(transcript, scenario, json_out, written=written, force=force)
    raise typer.Exit(found)


@app.command("import")
def import_(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="FOLDER...", help="A folder with videos, or videos.", parser=path_of
        ),
    ],
    person: Annotated[
        str | None,
        typer.Option(metavar="NAME", parser=name_of, help="Whose sessions they become."),
    ] = None,
    keep: Annotated[
        Keep, typer.Option(help="Picture and sound, voice and stick figure, or the report only.")
    ] = Keep.PICTURE,
    words: Annotated[
        bool, typer.Option("--words/--no-words", help="Look for the words too; takes longer.")
    ] = True,
    again: Annotated[
        bool, typer.Option("--again", help="Import a video also where it was imported before.")
    ] = False,
) -> None:
    """Make sessions of videos, one after the other; the window shows them in the list.

    Exit code 0: all were imported or known before; 1: one was not; 2: not understood.
    """
    from app.cli.importing import import_videos  # noqa: PLC0415 - heavy

    raise typer.Exit(import_videos(paths, person, keep.value, words=words, again=again))


@app.command()
def schema() -> None:
    """Print the JSON Schema of what `analyse --json` writes."""
    from app.coach.report_schema import REPORT_SCHEMA  # noqa: PLC0415

    typer.echo(json.dumps(REPORT_SCHEMA, ensure_ascii=False, indent=2))


@app.command()
def doctor() -> None:
    """Say what works on this machine, and what to do about the rest."""
    from app.session.doctor import checks  # noqa: PLC0415

    console, found = Console(), checks()
    for check in found:
        sign = "[green]✓[/]" if check.ok else "[red]✗[/]" if check.needed else "[yellow]–[/]"
        console.print(f"{sign} [bold]{check.name}[/]: {escape(check.what)}", highlight=False)
        if not check.ok:
            console.print(f"  → {escape(check.remedy)}", highlight=False)
    raise typer.Exit(int(any(check.needed and not check.ok for check in found)))


@app.command()
def models() -> None:
    """List the speech engines: what is there, and how to get more."""
    from app.cli.models import tell_models  # noqa: PLC0415

    raise typer.Exit(tell_models())


@app.command()
def check(
    context: typer.Context,
    person: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            parser=name_of,
            help="Who checks themselves, where several people practise.",
        ),
    ] = None,
) -> None:
    """Open the self-check before a shift; without a display it walks through in the terminal.

    Nothing is recorded, and there is no mark.
    """
    from app.session.display import has_display  # noqa: PLC0415

    if has_display():
        open_window: Callable[[str, str | None], int] = context.obj
        raise typer.Exit(open_window("check", person))
    from app.cli.checking import check_in_terminal  # noqa: PLC0415 - heavy

    try:
        raise typer.Exit(check_in_terminal(person))
    except AppError as error:
        tell(error)
        raise typer.Exit(1) from error


@app.command()
def sample(
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where the report goes.", file_okay=False)
    ] = None,
) -> None:
    """Run the sample session in real time, without a window, and write its report."""
    raise typer.Exit(run_sample_session(out))


register_archives(app)
register_handing_over(app)


def run_sample_session(out: Path | None = None) -> int:
    """Run the sample session and say where its report is; gives the exit code."""
    from app.cli.sampling import sample_session  # noqa: PLC0415 - heavy

    try:
        sample_session(out)
    except AppError as error:
        tell(error)
        return 1
    return 0
