"""`rapport check` on a machine without a display: the self-check in the terminal."""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from app.cli.person import person_of
from app.coach.cards import load_cards
from app.coach.catalogue import load_catalogue
from app.coach.checklist import read_checklists
from app.coach.content_kinds import ContentKind
from app.coach.practices import read_practices
from app.coach.self_check_words import LineKind, thing_heading
from app.session.live import LiveSession
from app.session.logs import libraries_to_log
from app.session.own_normal import last_own_normal
from app.session.self_check import check_plan, devices_of, thing_for
from app.session.self_check_walk import Walk
from app.settings import load_settings, settings_file
from app.store.packs import content_dir
from app.store.store import Store
from vision.cameras import list_cameras

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.coach.self_check_thing import Thing
    from app.coach.self_check_words import Line


def check_in_terminal(name: str | None, *, clock: Callable[[], float] = time.monotonic) -> int:
    """Walk through the check and say what was seen and heard; nothing of it is kept."""
    console = Console(highlight=False)
    rules = load_catalogue().rules
    today = dt.datetime.now(dt.UTC).astimezone().date().toordinal()
    with Store.open() as store, libraries_to_log():
        person = person_of(store, name)
        if person is None and store.persons():
            console.print("Several people practise here: --person NAME says who you are.")
        settings, _ = load_settings(settings_file(person.id if person is not None else ""))
        normal = last_own_normal(store, person.id) if person is not None else None
        plan = check_plan(settings, *devices_of(settings, list_cameras), normal)
        live = None
        if plan.camera is not None or plan.microphone is not None:
            live = LiveSession(plan, None)
        walk = Walk(live, plan, rules, load_cards().reminder(today).text, clock=clock)
        try:
            walk.go(lambda title, text: _say(console, title, text))
        except KeyboardInterrupt:
            console.print("Not now. Nothing was kept.")
            return 0
        thing = thing_for(
            store,
            person.id if person is not None else None,
            practices=read_practices(content_dir(ContentKind.PRACTICES), heads=True)[0],
            checklists=read_checklists(content_dir(ContentKind.CHECKLISTS))[0],
            rules=rules,
            day=today,
        )
    _tell(console, walk.lines(), thing)
    return 0


def _say(console: Console, title: str, text: str) -> None:
    console.print(Text(title, style="bold"))
    console.print(Text(f"  {text}"), soft_wrap=True)


def _tell(console: Console, lines: tuple[Line, ...], thing: Thing) -> None:
    console.print(Text("Seen and heard", style="bold"))
    for line in lines:
        sign = "/" if line.kind is LineKind.NOT_MEASURED else "-"
        console.print(Text(f"  {sign} {line.text}"), soft_wrap=True)
        if line.more:
            console.print(Text(f"    {line.more}"), soft_wrap=True)
    console.print(Text("For today", style="bold"))
    console.print(Text(f"  {thing_heading(thing)}"), soft_wrap=True)
    console.print(Text(f"  {thing.text}"), soft_wrap=True)
    console.print("Nothing was recorded, and there is no mark. Have a good shift.")
