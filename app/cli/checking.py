"""`rapport check` on a machine without a display: the self-check in the terminal."""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from app.cli.choices import settings_told
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
from app.settings import settings_file
from app.store.packs import content_dir
from app.store.store import Store
from audio.microphones import MicrophoneList
from vision.cameras import list_cameras

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.coach.self_check_thing import Thing
    from app.coach.self_check_words import Line
    from app.coach.types import Baseline
    from app.settings import Settings


def check_in_terminal(name: str | None, *, clock: Callable[[], float] = time.monotonic) -> int:
    """Walk through the check and say what was seen and heard; nothing of it is kept."""
    console = Console(highlight=False)
    today = dt.datetime.now(dt.UTC).astimezone().date().toordinal()
    with Store.open() as store:
        person = person_of(store, name)
        if person is None and store.persons():
            console.print("Several people practise here: --person NAME says who you are.")
        settings = settings_told(settings_file(person.id if person is not None else ""))
        person_id = person.id if person is not None else None
        normal = last_own_normal(store, person_id) if person_id is not None else None
        walk = _walked(console, settings, normal, load_cards().reminder(today).text, clock)
        if walk is None:
            return 0
        thing = thing_for(
            store,
            person_id,
            practices=read_practices(content_dir(ContentKind.PRACTICES), heads=True)[0],
            checklists=read_checklists(content_dir(ContentKind.CHECKLISTS))[0],
            rules=load_catalogue().rules,
            day=today,
        )
    _tell(console, walk.lines(), thing)
    return 0


def _walked(
    console: Console,
    settings: Settings,
    normal: Baseline | None,
    reminder: str,
    clock: Callable[[], float],
) -> Walk | None:
    """Walk through its steps; None where the person ended it."""
    with libraries_to_log():
        plan = check_plan(settings, *devices_of(settings, list_cameras), normal)
        live = None
        if plan.camera is not None or plan.microphone is not None:
            live = LiveSession(plan, None, inputs=MicrophoneList())
        walk = Walk(live, plan, load_catalogue().rules, reminder, clock=clock)
        try:
            walk.go(lambda title, text: _say(console, title, text))
        except KeyboardInterrupt:
            console.print("Not now. Nothing was kept.")
            return None
    return walk


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
