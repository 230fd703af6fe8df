"""Which words the report calls lost: those on moments that are gone, and no others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from practice_material import SCENARIO, SPOKEN, find, spoken_session
from report_material import mark

from app.coach.joins import load_halves
from app.coach.practice_report import practice_report
from app.coach.practice_types import Speaking
from app.coach.types import MarkKind
from app.store.types import KeepPolicy
from app.ui.pages.report_session import ShownSession, load_session

if TYPE_CHECKING:
    from app.store.store import Store
    from app.store.types import SessionRecord

JOINED = "P19-arms_crossed-5000"


def shown(store: Store, record: SessionRecord) -> ShownSession:
    """The session as the report has it, its words looked through."""
    made = load_session(store, record.id, (SPOKEN,), person_id=record.person_id)
    assert made.report is not None
    looked = practice_report(
        made.report, made.log.now, scenario=SCENARIO, role=Speaking.STAFF, find=find,
        halves=load_halves(),
    )  # fmt: skip
    return replace(made, practice=looked)


def refuse(store: Store, record: SessionRecord, *findings: str) -> None:
    said = [mark(5.0, MarkKind.VERDICT, finding=one, verdict="disagree") for one in findings]
    store.append_marks(record.id, said)


@pytest.mark.parametrize("half", ["arms_crossed-4000", "P19-done-5000"])
def test_a_moment_that_goes_with_one_of_its_halves_is_not_lost(store: Store, half: str) -> None:
    record = spoken_session(store, policy=KeepPolicy.PICTURE_AND_SOUND)
    assert JOINED in shown(store, record).joined
    refuse(store, record, JOINED, half)
    now = shown(store, record)
    assert JOINED not in now.joined
    assert now.adrift == ()


def test_a_moment_that_nothing_makes_any_more_is_lost(store: Store) -> None:
    record = spoken_session(store, policy=KeepPolicy.PICTURE_AND_SOUND)
    refuse(store, record, JOINED)
    made = shown(store, record)
    assert made.report is not None
    store.imports.renew(record.id, replace(made.report, events=(), findings=()))
    (lost,) = shown(store, record).adrift
    assert lost.data["finding"] == JOINED
