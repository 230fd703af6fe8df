"""`rapport import`: videos become sessions, as in the window, with a bar for each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text

from app.cli.person import must_be_clear
from app.cli.telling import counted, tell
from app.coach.catalogue import load_catalogue
from app.coach.words import format_time
from app.errors import AppError
from app.session.importing import ImportQueue
from app.session.importing_files import add_videos, dead_link
from app.session.importing_plan import plan_of
from app.session.importing_work import import_one
from app.store.imports import ImportState
from app.store.store import Store
from app.store.types import KeepPolicy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.session.importing_work import ImportPlan
    from app.store.imports import Import
    from app.store.types import Person

KEEP: Final = {
    "picture": KeepPolicy.PICTURE_AND_SOUND,
    "voice": KeepPolicy.VOICE_AND_STICK,
    "report": KeepPolicy.REPORT_ONLY,
}
"""Words of the option --keep."""


def import_videos(
    paths: list[Path], person: str | None, keep: str, *, words: bool, again: bool
) -> int:
    """Import videos one after the other; gives the exit code."""
    try:
        with Store.open() as store:
            return _import(store, paths, person, KEEP[keep], words=words, again=again)
    except AppError as error:
        tell(error)
        return 1


def _import(
    store: Store,
    paths: list[Path],
    name: str | None,
    keep: KeepPolicy,
    *,
    words: bool,
    again: bool,
) -> int:
    console = Console(highlight=False)
    person = _person(store, name)
    items, found = add_videos(store, person.id, paths, keep, mine=True)
    console.print(
        Text(
            f"{counted(len(items), 'video')} for {person.name}. Import"
            " only what everybody in it agreed to; never film real customers."
        ),
        soft_wrap=True,
    )
    if found.left_out:
        verb = "was" if found.left_out == 1 else "were"
        console.print(f"{counted(found.left_out, 'other file')} {verb} left out.")
    for path in found.dead:
        console.print(Text(dead_link(path)), soft_wrap=True)
    for item in items:
        if item.state is not ImportState.WAITING and again:
            store.imports.again(item.id)
    try:
        _work_off(store, items, words=words)
    except KeyboardInterrupt:
        console.print("Stopped. What was not done waits: the window goes on with it.")
        return 130
    return _tell_all(store, console, items)


def _work_off(store: Store, items: list[Import], *, words: bool) -> None:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        overall = bars.add_task("All", total=len(items))

        def work(
            store: Store,
            item: Import,
            plan: ImportPlan,
            *,
            progress: Callable[[float], None] | None = None,
            cancelled: Callable[[], bool] | None = None,
            began: Callable[[int], None] | None = None,
        ) -> str:
            task = bars.add_task(item.path.name.replace("[", r"\["), total=1.0)
            try:
                told = partial(_told, bars, task, progress)
                return import_one(
                    store, item, plan, progress=told, cancelled=cancelled, began=began
                )
            finally:
                bars.remove_task(task)
                bars.advance(overall)

        only = [item.id for item in items]
        ImportQueue(store, partial(plan_of, words=words), only=only, work=work).work_off()


def _told(
    bars: Progress, task: TaskID, further: Callable[[float], None] | None, part: float
) -> None:
    bars.update(task, completed=part)
    if further is not None:
        further(part)


def _tell_all(store: Store, console: Console, items: list[Import]) -> int:
    """Say what came of each; gives the exit code."""
    catalogue, failed = load_catalogue(), 0
    for item in items:
        now = store.imports.one(item.id)
        if now is None:
            continue
        console.print(Text(now.path.name, style="bold"), soft_wrap=True)
        if now.state is ImportState.DONE and now.session_id is not None:
            record = store.session(now.session_id)
            found = ", ".join(catalogue.rule(cue).name for cue in record.findings or ())
            length = format_time(record.duration_s or 0.0)
            console.print(Text(f"  {length}  {found or 'nothing stood out'}"), soft_wrap=True)
            continue
        if now.state is ImportState.FAILED:
            failed += 1
        console.print(Text(f"  {now.what}", style="yellow"), soft_wrap=True)
        if now.state is ImportState.TWICE:
            console.print("  It was skipped; --again imports it once more.")
            store.imports.remove(now.id)
        else:
            console.print(Text(f"  {now.remedy}"), soft_wrap=True)
    return int(failed > 0)


def _person(store: Store, name: str | None) -> Person:
    """Find whose sessions they become; an AppError where they have not agreed."""
    person = must_be_clear(store, name, last=True)
    if store.consent_of(person.id) is None:
        raise AppError(
            f"{person.name} has not agreed to recordings.",
            "Open Rapport, choose this profile, and read the page on consent first.",
        )
    return person
