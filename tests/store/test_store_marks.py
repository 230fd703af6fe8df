from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine
from sqlalchemy.exc import IntegrityError
from store_cases import a_report, begun

from app.coach.types import Lane, Mark, MarkKind
from app.errors import AppError
from app.store.log import effective

if TYPE_CHECKING:
    from app.store.store import Store


def note(t: float, text: str, **more: object) -> Mark:
    return replace(Mark(t, Lane.SELF, MarkKind.NOTE, "ana", {"text": text}), **more)


def texts(marks: list[Mark]) -> list[str]:
    return [mark.data["text"] for mark in marks]


def test_marks_come_back_as_they_were_said(store: Store) -> None:
    session = begun(store).id
    said = [
        note(2.0, "später · später"),
        Mark(1 / 3, Lane.MACHINE, MarkKind.HINT, "rapport", {"cue": "smile", "good": "true"}),
    ]
    stored = store.append_marks(session, said)
    assert [replace(mark, id="") for mark in stored] == said
    assert len({UUID(mark.id) for mark in stored}) == 2
    assert store.marks(session, effective=False) == stored
    assert store.marks(session) == [stored[1], stored[0]]


def test_a_revision_holds_and_the_log_keeps_both(store: Store) -> None:
    session = begun(store).id
    (first,) = store.append_marks(session, [note(1.0, "one")])
    (second,) = store.append_marks(session, [note(1.0, "two", revises=first.id)])
    store.append_marks(session, [note(1.0, "three", revises=second.id)])
    assert texts(store.marks(session)) == ["three"]
    assert texts(store.marks(session, effective=False)) == ["one", "two", "three"]


def test_a_tombstone_takes_back_and_can_be_taken_back(store: Store) -> None:
    session = begun(store).id
    (first,) = store.append_marks(session, [note(1.0, "one")])
    (second,) = store.append_marks(session, [note(1.0, "two", revises=first.id)])
    (gone,) = store.append_marks(session, [note(1.0, "", revises=second.id, tombstone=True)])
    assert store.marks(session) == []
    store.append_marks(session, [note(1.0, "two", revises=gone.id)])
    assert texts(store.marks(session)) == ["two"]


def test_of_two_revisions_of_one_mark_the_later_holds(store: Store) -> None:
    session = begun(store).id
    (first,) = store.append_marks(session, [note(1.0, "one")])
    store.append_marks(
        session, [note(1.0, "left", revises=first.id), note(1.0, "right", revises=first.id)]
    )
    assert texts(store.marks(session)) == ["right"]


def test_a_batch_may_revise_within_itself(store: Store) -> None:
    session = begun(store).id
    store.append_marks(session, [note(1.0, "one", id="a"), note(1.0, "two", id="b", revises="a")])
    assert texts(store.marks(session)) == ["two"]


def test_appending_again_changes_nothing_and_other_contents_are_refused(store: Store) -> None:
    session = begun(store).id
    stored = store.append_marks(session, [note(1.0, "one"), note(2.0, "two")])
    assert store.append_marks(session, stored) == stored
    assert store.marks(session) == stored
    with pytest.raises(ValueError, match="other contents"):
        store.append_marks(session, [replace(stored[0], t=9.0)])
    assert store.marks(session) == stored


@given(st.permutations(range(5)))
def test_merged_in_any_order_a_revision_never_loses_to_what_it_revises(order: list[int]) -> None:
    log = [
        note(1.0, "a", id="a"),
        note(1.0, "b", id="b", revises="a"),
        note(1.0, "c", id="c", revises="b"),
        note(2.0, "x", id="x"),
        note(2.0, "", id="y", revises="x", tombstone=True),
    ]
    assert texts(effective(log[place] for place in order)) == ["c"]


def test_a_circle_of_revisions_ends() -> None:
    circle = [note(1.0, "a", id="a", revises="b"), note(1.0, "b", id="b", revises="a")]
    assert effective([*circle, note(1.0, "c", id="c", revises="b")])[-1].id == "c"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE marks SET data = '{}'",
        "DELETE FROM marks",
        "UPDATE events SET peak = 1",
        "DELETE FROM events",
    ],
)
def test_the_database_itself_refuses_to_change_the_log(store: Store, statement: str) -> None:
    record = begun(store)
    store.append_marks(record.id, [note(1.0, "one")])
    store.finish_session(record.id, duration_s=60.1, report=a_report())
    engine = create_engine(f"sqlite:///{store.path}")
    with pytest.raises(IntegrityError, match=r"append-only|immutable"), engine.begin() as db:
        db.exec_driver_sql(statement)
    engine.dispose()
    assert texts(store.marks(record.id)) == ["one"]


def test_a_kind_of_a_newer_program_is_told(store: Store) -> None:
    session = begun(store).id
    store.append_marks(session, [note(1.0, "one")])
    engine = create_engine(f"sqlite:///{store.path}")
    with engine.begin() as db:
        db.exec_driver_sql(
            "INSERT INTO marks (id, session_id, author, lane, t, kind, data, revises, tombstone,"
            " created_at) SELECT 'new', session_id, author, lane, t, 'hologram', data, '', 0,"
            " created_at FROM marks"
        )
    engine.dispose()
    with pytest.raises(AppError, match="newer version"):
        store.marks(session)


def test_marks_of_a_session_that_is_gone_are_refused(store: Store) -> None:
    with pytest.raises(AppError, match="not there any more"):
        store.append_marks("no such session", [note(1.0, "one")])
