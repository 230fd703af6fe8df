"""`rapport practices`: what a transcript shows of the practices, as a table and as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer
from rich.console import Console
from rich.table import Table

from app.cli.bar import progress_bar
from app.cli.targets import are_findings, make_ready, write_whole
from app.cli.telling import json_text, print_json, tell
from app.coach.checklist import read_checklists
from app.coach.content_kinds import ContentKind
from app.coach.finder import Finder
from app.coach.practice_types import Polarity
from app.coach.practices import read_practices
from app.coach.scenarios import checklist_fault, load_scenario, load_scenarios
from app.coach.transcript import read_transcript
from app.coach.words import format_time
from app.errors import AppError
from app.store.packs import content_dir

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.coach.practice_types import Evidence, Turn
    from app.coach.practices import Practice
    from app.coach.scenario_types import Scenario

STDOUT: Final = "-"


def find_practices(
    file: Path, scenario: str | None, out: str | None, *, written: bool, force: bool = False
) -> int:
    """Find the practices in a transcript and write what was found; gives the exit code."""
    if out is not None and out != STDOUT and _same(Path(out), file):
        raise typer.BadParameter(f"{out} is the file that is to be read.", param_hint="--json")
    try:
        chosen = _scenario(scenario) if scenario is not None else None
    except AppError as error:
        tell(error)
        return 2
    try:
        if out is not None and out != STDOUT:
            make_ready(Path(out), force=force, ours=are_findings)
        turns = read_transcript(file)
        _tell_of_unnamed(turns, file.name)
        practices, faults = read_practices(content_dir(ContentKind.PRACTICES))
        for fault in faults:
            tell(fault)
        with progress_bar(file.name) as step:
            found = Finder(practices).find(turns, scenario=chosen, written=written, progress=step)
        if out is not None:
            _write(out, found, turns)
    except AppError as error:
        tell(error)
        return 1
    except KeyboardInterrupt:
        Console(stderr=True).print("Stopped.")
        return 130
    _show(Console(stderr=out == STDOUT, highlight=False), found, practices)
    return 0


def _scenario(name: str) -> Scenario:
    """Take a scenario by its id, or from a file."""
    if name.endswith(".toml"):
        path = Path(name)
        if not path.is_file():
            raise AppError(f"There is no scenario {name}.", "Name a scenario's id or its file.")
        scenario = load_scenario(path, built_in=False)
        lists, _ = read_checklists(content_dir(ContentKind.CHECKLISTS))
        lost = checklist_fault(scenario, path, {one.id for one in lists})
        if lost is not None:
            tell(lost)
        return scenario
    scenarios, _ = load_scenarios(content_dir(ContentKind.SCENARIOS))
    for one in scenarios:
        if one.id == name:
            return one
    known = ", ".join(one.id for one in scenarios)
    raise AppError(f"There is no scenario “{name}”.", f"Known are: {known}.")


def _tell_of_unnamed(turns: Sequence[Turn], name: str) -> None:
    """Say that a customer's words may be held against the staff, where nobody is named."""
    unnamed = sum(not turn.told for turn in turns)
    if unnamed:
        tell(
            AppError(
                f"{name}: {unnamed} of {len(turns)} cues do not say who speaks; all of these"
                " count as staff, also where the customer spoke.",
                "Write “staff:” or “customer:” before their words, or <v Staff> and <v Customer>.",
            )
        )


def _entry(one: Evidence, turn: Turn) -> dict[str, object]:
    entry: dict[str, object] = {
        "practice": one.practice,
        "turn": one.turn,
        "start_s": one.start_s,
        "words": one.words,
        "confidence": one.confidence,
        "polarity": str(one.polarity),
    }
    if one.detail:
        entry["detail"] = one.detail
    if not turn.told:
        entry["speaker_told"] = False
    return entry


def _write(out: str, found: Sequence[Evidence], turns: Sequence[Turn]) -> None:
    entries = [_entry(one, turns[one.turn]) for one in found]
    if out == STDOUT:
        print_json(entries)
    else:
        write_whole(Path(out), json_text(entries))


def _show(console: Console, found: Sequence[Evidence], practices: Sequence[Practice]) -> None:
    if not found:
        console.print("Nothing was found in the words. That does not mean that nothing was done.")
        return
    names = {practice.id: practice.name for practice in practices}
    # Counted from 1, as people count lines; the JSON counts from 0.
    table = Table("turn", "time", "practice", "", "words")
    for one in found:
        sign = "✓" if one.polarity is Polarity.DONE else "✗"
        when = format_time(one.start_s) if one.start_s is not None else ""
        detail = f" ({one.detail.replace('_', ' ')})" if one.detail else ""
        name = f"{one.practice} {names.get(one.practice, '')}{detail}"
        table.add_row(str(one.turn + 1), when, name, sign, one.words.replace("[", r"\["))
    console.print(table)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.resolve() == other.resolve()
    except (OSError, RuntimeError):  # a loop of links
        return one.absolute() == other.absolute()
