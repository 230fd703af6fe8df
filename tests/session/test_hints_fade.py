"""Hints fade over sessions in which the cue was measured and did not show."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from store_cases import a_report

from app.coach.report_types import NotMeasured, Report
from app.session.history import rarer
from app.store.types import KeepPolicy

if TYPE_CHECKING:
    from app.store.store import Store

KEPT = replace(a_report(), findings=(), not_measured=())
WITHOUT_CAMERA = replace(KEPT, not_measured=(NotMeasured("arms_crossed", "sensor_gone", 60.1),))
PARTLY_HIDDEN = replace(KEPT, not_measured=(NotMeasured("arms_crossed", "hidden", 20.0),))
SHORT = replace(KEPT, duration_s=4.0)


def practise(store: Store, *reports: Report) -> str:
    """Sessions of one person with crossed arms as their focus, oldest first."""
    person = store.ensure_person("Ana")
    consent = store.record_consent(person.id, "1", "own training", 30, "me")
    for report in reports:
        record = store.begin_session(
            person_id=person.id,
            consent_id=consent.id,
            keep_policy=KeepPolicy.REPORT_ONLY,
            title="Practice",
            focus="arms_crossed",
        )
        store.finish_session(record.id, duration_s=report.duration_s, report=report)
    return person.id


@pytest.mark.parametrize("says_nothing", [WITHOUT_CAMERA, SHORT])
def test_a_session_that_could_not_show_the_cue_does_not_count(
    store: Store, says_nothing: Report
) -> None:
    person = practise(store, *[says_nothing] * 6)
    assert rarer(store, person, "arms_crossed") == 1.0
    practise(store, KEPT, KEPT)
    assert rarer(store, person, "arms_crossed") == 1.0
    practise(store, says_nothing, KEPT)
    assert rarer(store, person, "arms_crossed") == 2.0


def test_sessions_without_the_cue_make_its_hint_rarer_and_one_with_it_begins_again(
    store: Store,
) -> None:
    person = practise(store, *[PARTLY_HIDDEN] * 6)
    assert rarer(store, person, "arms_crossed") is None
    practise(store, a_report())
    assert rarer(store, person, "arms_crossed") == 1.0
