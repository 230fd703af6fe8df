"""The self-check's way to a session and to the store: plan, glimpses, one thing for today."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Protocol

from app.coach.progress import progress
from app.coach.review import review_of
from app.coach.self_check import Glimpse
from app.coach.self_check_thing import RECENT, PastSession, one_thing
from app.session.history import history_of, own_sessions
from app.session.plan import LivePlan
from app.store.types import KeepPolicy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from app.coach.practices import Practice
    from app.coach.report_types import Checklist
    from app.coach.review_types import NextStep
    from app.coach.self_check_thing import Thing
    from app.coach.types import Baseline, CueRule
    from app.session.plan import Snapshot
    from app.settings import Settings
    from app.store.store import Store


NONE_ID: Final = "none"
"""Chosen on purpose in the settings: no camera, no microphone."""


class Named(Protocol):
    """A camera that can be chosen."""

    @property
    def id(self) -> str:
        """What it is opened by."""


def devices_of(
    settings: Settings, cameras: Callable[[], Sequence[Named]]
) -> tuple[str | None, str | None]:
    """Name camera and microphone: the chosen ones, else the first camera and the system's choice.

    Where a camera is chosen, nothing is listed, which may take seconds.

    Returns
    -------
    tuple of (str or None)
        Ids for a plan; None for none.
    """
    camera, microphone = settings.camera, settings.microphone
    if camera is None:
        camera = next((one.id for one in cameras()), NONE_ID)
    return (
        None if camera == NONE_ID else camera,
        None if microphone == NONE_ID else microphone or "",
    )


def check_plan(
    settings: Settings,
    camera: str | None,
    microphone: str | None,
    baseline: Baseline | None,
    *,
    title: str = "",
    recorded: bool = False,
) -> LivePlan:
    """Plan the session under a check: one of which nothing is written, unless it was asked for."""
    return LivePlan(
        camera=camera,
        microphone=microphone,
        baseline=baseline,
        focus=None,
        switched_off=frozenset(settings.switched_off),
        keep=KeepPolicy(settings.keep_policy) if recorded else KeepPolicy.NOTHING,
        checklist="",
        title=title,
        preview=not recorded,
    )


def glimpse_of(snapshot: Snapshot) -> Glimpse:
    """Take out of a snapshot what the check looks at."""
    return Glimpse(
        pictures=snapshot.frames_seen,
        vision=snapshot.vision,
        voice=snapshot.voice,
        open=snapshot.open,
        faults=MappingProxyType(
            {one.sense: (one.what, one.remedy) for one in snapshot.faults if one.sense is not None}
        ),
    )


def thing_for(
    store: Store,
    person_id: str | None,
    *,
    practices: Sequence[Practice],
    checklists: Sequence[Checklist],
    rules: Sequence[CueRule],
    day: int,
) -> Thing:
    """Choose the one thing for this person, from their own sessions alone. Reads files.

    Parameters
    ----------
    store, person_id
        Where the sessions are, and whose; None for somebody who has none.
    practices, checklists, rules
        What may be told.
    day
        A number that changes from day to day.
    """
    by_id: Mapping[str, Practice] = {one.id: one for one in practices}
    if person_id is None:
        return one_thing((), None, by_id, rules, day)
    findable = frozenset(one.id for one in practices if "words" in one.lives_in)
    history = history_of(store, person_id, checklists, findable)
    records = own_sessions(store, person_id)[:RECENT]
    past = [
        PastSession(_next_step(store, record.id), seen.cues)
        for record, seen in zip(records, history, strict=False)
    ]
    return one_thing(past, progress(history), by_id, rules, day)


def _next_step(store: Store, session_id: str) -> NextStep | None:
    """Find the step that a trainer named in a session; None without a review."""
    review = review_of(store.marks(session_id), None, {})
    return review.next_step if review is not None else None
