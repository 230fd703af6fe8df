"""The queue of videos in the database: order, pause, twice, kills, consent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update
from store_cases import a_report, begun

from app.errors import AppError
from app.store.imports import KEEPABLE, ImportState
from app.store.store import Store
from app.store.tables import SessionRow
from app.store.tables_sharing import ImportRow
from app.store.types import KeepPolicy, Origin, SessionStatus

if TYPE_CHECKING:
    from app.store.imports import Import
    from app.store.types import Person

KEEP = KeepPolicy.PICTURE_AND_SOUND
FOREIGN = (1, 0.0)
"""A process of this number lives, but did not begin then."""


@pytest.fixture
def ana(store: Store) -> Person:
    person = store.ensure_person("Ana")
    store.record_consent(person.id, "1", "own training", 30, "me")
    return person


def queued(store: Store, person: Person, *names: str) -> list[Import]:
    videos = [(Path("/films", f"{name}.mp4"), f"print of {name}") for name in names]
    return store.imports.add(person.id, videos, KEEP)


def titles(store: Store, person: Person, state: ImportState | None = None) -> list[str]:
    return [
        one.title for one in store.imports.listed(person.id) if state is None or one.state is state
    ]


def killed(store: Store) -> None:
    """Let the process that works on something be one that is gone."""
    with store._access.write() as db:
        for table in (ImportRow, SessionRow):
            db.execute(update(table).values(owner_pid=FOREIGN[0], owner_started=FOREIGN[1]))


def test_one_after_the_other_in_the_order_that_a_person_gives(store: Store, ana: Person) -> None:
    first, second, third = queued(store, ana, "a", "b", "c")
    store.imports.move(third.id, -1)
    assert titles(store, ana) == ["a", "c", "b"]
    store.imports.move(first.id, -1)
    store.imports.move(second.id, 1)
    assert titles(store, ana) == ["a", "c", "b"]
    claimed = [store.imports.claim() for _ in range(4)]
    assert [one.title if one else None for one in claimed] == ["a", "c", "b", None]


def test_a_video_that_was_there_before_waits_for_a_decision(store: Store, ana: Person) -> None:
    (item,) = queued(store, ana, "film")
    again = store.imports.add(ana.id, [(Path("/else/other.mp4"), "print of film")], KEEP)[0]
    assert again.state is ImportState.TWICE
    assert "in the list already, as “film”" in again.what
    assert store.imports.claim() is not None
    record = store.imports.begin_session(item.id)
    store.finish_session(record.id, duration_s=1.0)
    store.imports.done(item.id)
    later = store.imports.add(ana.id, [(Path("/x/third.mp4"), "print of film")], KEEP)[0]
    assert "imported on" in later.what
    store.imports.clear_done(ana.id)
    assert "film" not in titles(store, ana)
    cleared = store.imports.add(ana.id, [(Path("/x/fourth.mp4"), "print of film")], KEEP)[0]
    assert cleared.state is ImportState.TWICE
    store.imports.again(cleared.id)
    taken = store.imports.claim()
    assert taken is not None
    assert taken.id == cleared.id


def test_the_same_video_of_somebody_else_is_their_own_matter(store: Store, ana: Person) -> None:
    queued(store, ana, "film")
    ben = store.ensure_person("Ben")
    (theirs,) = queued(store, ben, "film")
    assert theirs.state is ImportState.WAITING
    assert titles(store, ana) == ["film"]
    assert theirs.id not in {one.id for one in store.imports.listed(ana.id)}


def test_a_pause_holds_over_a_restart_and_for_what_is_added(store: Store, ana: Person) -> None:
    queued(store, ana, "a", "b")
    store.imports.pause(ana.id)
    with Store.open(store.path) as again:
        assert again.imports.claim() is None
        (added,) = queued(again, ana, "c")
        assert added.state is ImportState.PAUSED
        again.imports.resume(ana.id)
        taken = again.imports.claim()
        assert taken is not None
        assert taken.title == "a"


def test_a_video_becomes_a_session_under_the_consent_that_holds(store: Store, ana: Person) -> None:
    (item,) = queued(store, ana, "film")
    store.imports.claim()
    store.imports.files(item.id).write_atomic("recording.mkv", b"film")
    record = store.imports.begin_session(item.id)
    store.imports.adopt(item.id, record.id)
    store.finish_session(record.id, duration_s=60.1, report=a_report())
    store.imports.done(item.id)
    kept = store.session(record.id)
    assert (kept.origin, kept.title, kept.person_id) == (Origin.IMPORTED, "film", ana.id)
    assert store.files(record.id).read("recording.mkv") == b"film"
    assert not store.imports.files(item.id).folder.exists()
    assert store.imports.listed(ana.id)[0].session_id == record.id


def test_without_consent_nothing_begins(store: Store, ana: Person) -> None:
    (item,) = queued(store, ana, "film")
    store.imports.claim()
    store.withdraw_consent(ana.id)
    with pytest.raises(AppError):
        store.imports.begin_session(item.id)
    assert store.sessions() == []
    assert store.imports.listed(ana.id) == []


@pytest.mark.parametrize("step", ["claimed", "written", "begun", "adopted", "finished"])
def test_a_kill_at_any_step_is_put_right_at_the_next_start(
    store: Store, ana: Person, step: str
) -> None:
    (item,) = queued(store, ana, "film")
    store.imports.claim()
    if step != "claimed":
        store.imports.files(item.id).write_atomic("recording.mkv", b"film")
    session_id = ""
    if step in ("begun", "adopted", "finished"):
        session_id = store.imports.begin_session(item.id).id
    if step in ("adopted", "finished"):
        store.imports.adopt(item.id, session_id)
    if step == "finished":
        store.finish_session(session_id, duration_s=1.0)
    killed(store)
    with Store.open(store.path) as again:
        (now,) = again.imports.listed(ana.id)
        if step == "finished":
            assert now.state is ImportState.DONE
            assert [one.status for one in again.sessions()] == [SessionStatus.FINISHED]
        else:
            assert now.state is ImportState.WAITING
            assert again.sessions() == []
            assert again.unfinished() == []
            if session_id:
                assert not again.files(session_id).folder.exists()
        assert not again.imports.files(item.id).folder.exists()


def test_another_program_that_lives_keeps_what_it_works_on(store: Store, ana: Person) -> None:
    queued(store, ana, "film")
    store.imports.claim()
    with Store.open(store.path) as other:
        assert other.imports.listed(ana.id)[0].state is ImportState.RUNNING
        assert other.imports.claim() is None


def test_deleting_the_session_forgets_where_it_came_from(store: Store, ana: Person) -> None:
    (item,) = queued(store, ana, "film")
    store.imports.claim()
    record = store.imports.begin_session(item.id)
    store.finish_session(record.id, duration_s=1.0)
    store.imports.done(item.id)
    store.delete_session(record.id)
    assert store.imports.listed(ana.id) == []
    (again,) = queued(store, ana, "film")
    assert again.state is ImportState.WAITING


def test_a_failure_keeps_its_sentence_and_nothing_else(store: Store, ana: Person) -> None:
    (item,) = queued(store, ana, "film")
    store.imports.claim()
    store.imports.files(item.id).write_atomic("recording.mkv", b"half")
    store.imports.failed(item.id, AppError("It is broken.", "Record it anew."))
    (now,) = store.imports.listed(ana.id)
    assert (now.state, now.what, now.remedy) == (
        ImportState.FAILED, "It is broken.", "Record it anew."
    )  # fmt: skip
    assert not store.imports.files(item.id).folder.exists()
    store.imports.remove(item.id)
    assert store.imports.listed(ana.id) == []


def test_keeping_nothing_is_not_offered(store: Store, ana: Person) -> None:
    assert KeepPolicy.NOTHING not in KEEPABLE
    with pytest.raises(ValueError, match="cannot be kept"):
        store.imports.add(ana.id, [(Path("x.mp4"), None)], KeepPolicy.NOTHING)


def test_a_new_report_takes_the_place_of_the_old_one(store: Store) -> None:
    record = begun(store)
    store.finish_session(record.id, duration_s=30.0)
    assert store.session(record.id).findings is None
    store.imports.renew(record.id, a_report())
    renewed = store.session(record.id)
    assert renewed.findings == ("arms_crossed",)
    assert renewed.duration_s == 30.0
    assert len(store.events(record.id)) == 2


def test_what_is_worked_on_is_not_taken_away_under_the_work(store: Store, ana: Person) -> None:
    (item,) = queued(store, ana, "film")
    store.imports.claim()
    store.imports.files(item.id).write_atomic("readings.rrd", b"so far")
    with Store.open(store.path) as other:
        other.imports.remove(item.id)
    assert store.imports.files(item.id).has("readings.rrd")
    assert titles(store, ana, ImportState.RUNNING) == ["film"]


def test_what_is_done_is_not_taken_up_again(store: Store, ana: Person) -> None:
    (item,) = queued(store, ana, "film")
    store.imports.claim()
    record = store.imports.begin_session(item.id)
    store.finish_session(record.id, duration_s=1.0)
    store.imports.done(item.id)
    store.imports.again(item.id)
    assert titles(store, ana, ImportState.DONE) == ["film"]


def test_what_the_command_line_adds_does_not_rest(store: Store, ana: Person) -> None:
    queued(store, ana, "of the window")
    store.imports.pause(ana.id)
    (mine,) = store.imports.add(ana.id, [(Path("/films/mine.mp4"), "mine")], KEEP, mine=True)
    assert mine.state is ImportState.WAITING
    assert store.imports.claim({mine.id}) is not None
    assert titles(store, ana, ImportState.PAUSED) == ["of the window"]
