"""What people said of a session holds when it is measured again and its episodes moved."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from store_cases import a_report, begun

from app.coach.types import CueEvent, Lane, Mark, MarkKind

if TYPE_CHECKING:
    from app.coach.report_types import Report
    from app.store.store import Store

ARMS = "arms_crossed-1000"
MOVED = "arms_crossed-1040"


def moved(by_s: float) -> Report:
    """The same report with its crossed arms so much later."""
    report = a_report()
    arms, loud = report.events
    then = replace(arms, start_s=arms.start_s + by_s, end_s=arms.end_s + by_s)
    (finding,) = report.findings
    named = replace(finding, id=then.id, start_s=then.start_s, end_s=then.end_s)
    return replace(report, events=(then, loud), findings=(named,))


def no(lane: Lane = Lane.TRAINER, verdict: str = "disagree") -> Mark:
    return Mark(1.0, lane, MarkKind.VERDICT, "ben", {"finding": ARMS, "verdict": verdict})


def practised(store: Store) -> str:
    record = begun(store)
    store.finish_session(record.id, duration_s=60.1, report=a_report())
    return record.id


def said(store: Store, session_id: str) -> list[str]:
    return [mark.data["finding"] for mark in store.marks(session_id)]


def stored(store: Store) -> list[tuple[str, float]]:
    """What really stands in the log."""
    with closing(sqlite3.connect(store.path)) as db:
        return list(db.execute("SELECT data, t FROM marks ORDER BY created_at"))


def test_a_verdict_stays_on_an_episode_that_moved_a_little(store: Store) -> None:
    session = practised(store)
    store.append_marks(session, [no()])
    log = stored(store)
    assert store.imports.renew(session, moved(0.04)).findings == ()
    assert said(store, session) == [MOVED]
    assert stored(store) == log  # what was said is as it was said
    assert [one.start_s for one in store.events(session)] == [0.1 + 0.2, 1.04]


def test_moved_back_it_is_as_it_was(store: Store) -> None:
    session = practised(store)
    (mark,) = store.append_marks(session, [no()])
    store.imports.renew(session, moved(0.04))
    store.imports.renew(session, moved(0.08))
    assert said(store, session) == ["arms_crossed-1080"]
    store.imports.renew(session, a_report())
    assert store.marks(session) == [mark]


def test_what_is_too_far_stays_as_it_was_said_and_finds_its_way_later(store: Store) -> None:
    session = practised(store)
    store.append_marks(session, [no()])
    assert store.imports.renew(session, moved(2.5)).findings == ("arms_crossed",)
    assert said(store, session) == [ARMS]
    assert store.imports.renew(session, moved(0.04)).findings == ()
    assert said(store, session) == [MOVED]


def test_said_between_two_measurements_it_is_of_the_second(store: Store) -> None:
    session = practised(store)
    store.imports.renew(session, moved(0.5))
    store.append_marks(session, [replace(no(), data={**no().data, "finding": MOVED[:-4] + "1500"})])
    store.imports.renew(session, moved(0.2))
    assert said(store, session) == ["arms_crossed-1200"]


def test_a_later_word_takes_the_place_of_the_one_that_was_linked(store: Store) -> None:
    session = practised(store)
    store.append_marks(session, [no()])
    store.imports.renew(session, moved(0.04))
    (linked,) = store.marks(session)
    yes = replace(linked, id="", revises=linked.id, data={**linked.data, "verdict": "agree"})
    store.append_marks(session, [yes])
    (now,) = store.marks(session)
    assert (now.data["finding"], now.data["verdict"]) == (MOVED, "agree")
    assert store.session(session).findings == ("arms_crossed",)


def test_what_was_found_in_no_episode_any_more_is_kept_too(store: Store) -> None:
    session = practised(store)
    store.append_marks(session, [no()])
    store.imports.renew(session, replace(a_report(), events=(), findings=()))
    assert store.events(session) == []
    assert said(store, session) == [ARMS]
    store.imports.renew(session, moved(0.04))
    assert said(store, session) == [MOVED]


def test_deleted_it_leaves_no_former_episode(store: Store) -> None:
    session = practised(store)
    store.imports.renew(session, moved(0.04))
    store.delete_session(session)
    with closing(sqlite3.connect(store.path)) as db:
        assert db.execute("SELECT count(*) FROM events").fetchone() == (0,)


def test_an_episode_that_both_measurements_found_is_there_once(store: Store) -> None:
    session = practised(store)
    new = replace(a_report(), events=(*a_report().events, CueEvent("nod", 20.0, 21.0, 0.9, 0.5)))
    store.imports.renew(session, new)
    assert [one.cue for one in store.events(session)] == ["loud", "arms_crossed", "nod"]
