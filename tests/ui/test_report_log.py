from __future__ import annotations

from typing import TYPE_CHECKING

from desk_material import OWNER, make_received
from hypothesis import given
from hypothesis import strategies as st
from report_material import CHECKLIST, kept_session, mark, report

from app.coach.catalogue import load_catalogue
from app.coach.marks import effective as holding
from app.coach.types import Lane, Mark, MarkKind
from app.ui.pages.report_log import MarkLog
from app.ui.pages.report_session import load_session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.store.store import Store


class FakeLog:
    """An append-only log in memory, with the rule of `app.coach.marks` on what holds."""

    def __init__(self, marks: Sequence[Mark] = ()) -> None:
        self.entries: list[Mark] = []
        self.append_marks("s", marks)

    def append_marks(self, session_id: str, marks: Sequence[Mark]) -> list[Mark]:
        stored = [
            Mark(
                m.t,
                m.lane,
                m.kind,
                m.author,
                m.data,
                id=f"m{len(self.entries) + n}",
                revises=m.revises,
                tombstone=m.tombstone,
            )
            for n, m in enumerate(marks)
        ]
        self.entries.extend(stored)
        return stored

    def marks(self, session_id: str, *, effective: bool = True) -> list[Mark]:
        return holding(self.entries) if effective else list(self.entries)


def test_a_tick_that_was_made_live_can_be_taken_back_from_an_earlier_moment() -> None:
    log = MarkLog(FakeLog([mark(40, MarkKind.TICK, item="sorry", on="true")]), "s", "ana")
    assert log.ticked == ("sorry",)
    log.tick("sorry", on=False, t=0.0)
    assert log.ticked == ()


def test_a_tick_can_be_set_before_a_live_off() -> None:
    marks = [
        mark(30, MarkKind.TICK, item="sorry", on="true"),
        mark(40, MarkKind.TICK, item="sorry", on="false"),
    ]
    log = MarkLog(FakeLog(marks), "s", "ana")
    assert log.ticked == ()
    log.tick("sorry", on=True, t=0.0)
    assert log.ticked == ("sorry",)


@given(
    presses=st.lists(
        st.tuples(st.sampled_from(["sorry", "finish"]), st.booleans(), st.floats(0, 60)),
        max_size=20,
    )
)
def test_the_last_press_always_counts(presses: list[tuple[str, bool, float]]) -> None:
    store = FakeLog()
    log = MarkLog(store, "s", "ana")
    wanted: dict[str, bool] = {}
    for item, on, t in presses:
        log.tick(item, on=on, t=t)
        wanted[item] = on
        assert set(log.ticked) == {key for key, ticked in wanted.items() if ticked}
    assert set(MarkLog(store, "s", "ana").ticked) == set(log.ticked)


def test_nothing_is_ever_changed_only_added() -> None:
    store = FakeLog()
    log = MarkLog(store, "s", "ana")
    log.tick("sorry", on=True, t=3.0)
    first = store.entries[0]
    log.tick("sorry", on=False, t=4.0)
    assert store.entries[0] is first
    assert store.entries[1].tombstone
    assert store.entries[1].revises == first.id


def test_a_verdict_is_kept_and_can_be_taken_back(store: Store) -> None:
    record = kept_session(store, report())
    log = MarkLog(store, record.id, "ana")
    log.disagree("arms_crossed-5000", on=True, t=5.0)
    assert MarkLog(store, record.id, "ana").disagreed == {"arms_crossed-5000"}
    log.disagree("arms_crossed-5000", on=False, t=5.0)
    assert MarkLog(store, record.id, "ana").disagreed == frozenset()
    kept = [m for m in store.marks(record.id, effective=False) if m.kind is MarkKind.VERDICT]
    assert len(kept) == 2


def test_evidence_says_when_and_where_it_was_too_often() -> None:
    marks = [
        mark(9, MarkKind.TICK, item="finish", on="true"),
        mark(30, MarkKind.TICK, item="sorry", on="true"),
        mark(61, MarkKind.TICK, item="sorry", on="true"),
    ]
    log = MarkLog(FakeLog(marks), "s", "ana")
    assert log.evidence(CHECKLIST) == {
        "finish": "Ticked: 0:09",
        "sorry": "Ticked: 0:30, 1:01 · 2 times; at most 1 is enough",
    }
    log.tick("finish", on=False, t=0.0)
    assert "finish" not in log.evidence(CHECKLIST)
    log.tick("finish", on=True, t=0.0)
    assert log.evidence(CHECKLIST)["finish"] == "Ticked: afterwards"


def test_the_lines_of_a_report_are_called_after_whoever_spoke(store: Store) -> None:
    leo = store.ensure_person("Leo")
    theirs = Mark(3.0, Lane.TRAINER, MarkKind.NOTE, leo.id, {"text": "Well said."})
    record = kept_session(store, report(), marks=(theirs,))
    owner = record.person_id or ""
    store.append_marks(record.id, [Mark(4.0, Lane.SELF, MarkKind.NOTE, owner, {"text": "Mine."})])
    shown = load_session(store, record.id, (CHECKLIST,), person_id=owner)
    model = shown.timeline(load_catalogue(), {})
    assert model is not None
    assert [row.label for row in model.pins] == ["You", "Leo"]


def test_the_lines_of_a_received_session_are_its_owners_and_ones_own(store: Store) -> None:
    own = Mark(4.0, Lane.SELF, MarkKind.NOTE, OWNER, {"text": "Mine."})
    record = kept_session(store, report(), marks=(own,))
    make_received(store, record.id)
    me = record.person_id or ""
    store.append_marks(record.id, [Mark(3.0, Lane.TRAINER, MarkKind.NOTE, me, {"text": "So."})])
    shown = load_session(store, record.id, (CHECKLIST,), person_id=me)
    model = shown.timeline(load_catalogue(), {})
    assert model is not None
    assert [row.label for row in model.pins] == ["Ana", "You"]
