from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace
from typing import TYPE_CHECKING

import pytest
from store_cases import a_report, begun

from app.coach.practice_types import Evidence, Polarity, Speaking
from app.coach.types import CueEvent, Lane, Mark, MarkKind
from app.errors import AppError
from app.store import sessions
from app.store.store import Store
from app.store.tables import EventRow
from app.store.types import KeepPolicy, SessionStatus
from app.version import RULES_VERSION, VERSION

if TYPE_CHECKING:
    from pathlib import Path


def test_a_session_runs_and_is_finished_with_its_report(store: Store) -> None:
    record = begun(store)
    assert record.status is SessionStatus.RUNNING
    assert record.duration_s is None
    assert record.findings is None
    assert (record.app_version, record.rules_version) == (VERSION, RULES_VERSION)
    assert "mediapipe 0.10.21" in record.model_version
    assert store.files(record.id).folder.is_dir()

    report = a_report()
    done = store.finish_session(record.id, duration_s=60.1, report=report)

    assert done == replace(
        record, status=SessionStatus.FINISHED, duration_s=60.1, findings=("arms_crossed",)
    )
    assert store.session(record.id) == done
    assert store.report(record.id) == report
    assert store.events(record.id) == sorted(report.events, key=lambda event: event.start_s)


def test_a_session_keeps_which_scenario_it_was_and_on_which_side(store: Store) -> None:
    person = store.ensure_person("Ana")
    consent = store.record_consent(person.id, "1", "own training", 30, "me")
    record = store.begin_session(
        person_id=person.id, consent_id=consent.id, keep_policy=KeepPolicy.REPORT_ONLY,
        title="Charged twice", scenario="hotel_charged_twice", role=Speaking.CUSTOMER,
    )  # fmt: skip
    assert (record.scenario, record.role) == ("hotel_charged_twice", Speaking.CUSTOMER)
    assert store.session(record.id) == record


def test_without_words_no_practice_was_looked_for_and_a_better_look_replaces_one(
    store: Store,
) -> None:
    record = begun(store)
    assert record.practices is None
    wrong = Evidence("P19", 1, "quote", 1.0, Polarity.WRONG, 4.0, 5.0)
    sorry, again, recap = (
        Evidence(practice, 0, "quote", 1.0, Polarity.DONE, t, t + 1.0)
        for practice, t in (("P19", 2.0), ("P19", 6.0), ("P23", 8.0))
    )
    store.note_practices(record.id, [sorry, wrong])
    assert store.session(record.id).practices == {"P19": (1, 1)}
    better = store.note_practices(record.id, [sorry, again, recap])
    assert better.practices == {"P19": (2, 0), "P23": (1, 0)}
    assert store.session(record.id) == better
    store.note_practices(record.id, ())
    assert store.session(record.id).practices == {}


def test_a_session_without_a_report_has_no_findings_rather_than_none_found(store: Store) -> None:
    record = begun(store)
    done = store.finish_session(record.id, duration_s=5.0)
    assert done is not None
    assert done.findings is None
    assert store.report(record.id) is None


def test_events_of_the_report_replace_those_written_on_the_way(store: Store) -> None:
    record = begun(store)
    store.add_events(record.id, [CueEvent("smile", 1.0, 2.0, 0.8, 0.5)])
    store.add_events(record.id, [CueEvent("loud", 0.5, 3.0, 9.0, 6.0)])
    assert [event.cue for event in store.events(record.id)] == ["loud", "smile"]
    store.finish_session(record.id, duration_s=60.1, report=a_report())
    assert len(store.events(record.id)) == len(a_report().events)


def test_every_field_of_an_event_has_a_column() -> None:
    columns = set(EventRow.__table__.columns.keys())
    # What a person put right is a mark; the machine's own episode is what is stored.
    assert {field.name for field in fields(CueEvent)} - {"by_hand"} <= columns


def test_a_finished_session_takes_no_more_events_and_no_second_end(store: Store) -> None:
    record = begun(store)
    store.finish_session(record.id, duration_s=1.0)
    with pytest.raises(AppError, match="finished already"):
        store.add_events(record.id, [CueEvent("smile", 1.0, 2.0, 0.8, 0.5)])
    with pytest.raises(AppError, match="finished already"):
        store.finish_session(record.id, duration_s=2.0)


def test_the_list_is_newest_first_and_searched_by_title_note_and_date(home: Path) -> None:
    times = iter([dt.datetime(2026, 3, day, 12, tzinfo=dt.UTC) for day in range(1, 20)])
    with Store.open(now=lambda: next(times)) as store:
        first = begun(store, title="Überbuchung")
        second = begun(store, title="Lost 100% of the luggage")
        note = Mark(1.0, Lane.SELF, MarkKind.NOTE, first.person_id or "", {"text": "Room ticket"})
        (kept,) = store.append_marks(first.id, [note])

        def found(words: str) -> list[str]:
            return [record.id for record in store.sessions(words)]

        assert found("") == [second.id, first.id]
        assert found("überBUCHUNG") == [first.id]
        assert found("luggage lost") == [second.id]
        assert found("100%") == [second.id]
        assert found("%") == [second.id]
        assert found("ticket") == [first.id]
        assert found("march 2026-03-0") == [second.id, first.id]
        assert found("ticket luggage") == []
        store.append_marks(first.id, [replace(note, id="", revises=kept.id, tombstone=True)])
        assert found("ticket") == []


def test_report_only_keeps_nothing_but_the_report(store: Store) -> None:
    record = begun(store, keep=KeepPolicy.REPORT_ONLY)
    files = store.files(record.id)
    for name in ("recording.mkv", "recording.mkv.part", "readings.rrd", "preview.png"):
        files.write_atomic(name, b"what must not stay")
    store.finish_session(record.id, duration_s=60.1, report=a_report())
    assert [path.name for path in files.folder.iterdir()] == ["report.json"]
    assert store.report(record.id) == a_report()


def test_nothing_leaves_nothing(store: Store) -> None:
    record = begun(store, keep=KeepPolicy.NOTHING)
    folder = store.files(record.id).folder
    assert store.finish_session(record.id, duration_s=60.1, report=a_report()) is None
    assert store.sessions() == []
    assert not folder.exists()


def test_nobody_is_recorded_without_having_agreed(store: Store) -> None:
    ana, ben = store.ensure_person("Ana"), store.ensure_person("Ben")
    assert store.consent_of(ana.id) is None
    consent = store.record_consent(ana.id, "1", "own training", 30, "me")
    assert store.consent_of(ana.id) == consent

    def begin(person_id: str | None, consent_id: str | None, *, sample: bool = False) -> None:
        store.begin_session(
            person_id=person_id,
            consent_id=consent_id,
            keep_policy=KeepPolicy.REPORT_ONLY,
            title="x",
            sample=sample,
        )

    for person_id, consent_id in ((ben.id, consent.id), (ana.id, None), (None, None), ("?", "?")):
        with pytest.raises(AppError, match="agreed"):
            begin(person_id, consent_id)
    begin(ana.id, consent.id)
    begin(None, None, sample=True)
    assert [record.sample for record in store.sessions()] == [True, False]


def test_a_person_is_found_again_whatever_the_case(store: Store) -> None:
    ana = store.ensure_person("  Ana   Große ")
    assert ana.name == "Ana Große"
    assert store.ensure_person("ana grosse").id == ana.id
    assert store.persons() == [ana]
    with pytest.raises(ValueError, match="name"):
        store.ensure_person("   ")


def test_a_folder_deleted_by_hand_breaks_neither_list_nor_session(store: Store) -> None:
    record = begun(store)
    store.finish_session(record.id, duration_s=60.1, report=a_report())
    files = store.files(record.id)
    files.delete()

    assert [one.id for one in store.sessions()] == [record.id]
    assert store.session(record.id).duration_s == 60.1
    assert store.report(record.id) is None
    assert files.read_baseline() is None
    assert files.size_bytes() == 0
    assert len(store.events(record.id)) == 2
    with pytest.raises(AppError) as told:
        files.recording_or_tell()
    assert told.value.what == "The recording of this session is missing."
    assert store.delete_session(record.id).files == 0


def test_a_session_that_is_gone_says_so(store: Store) -> None:
    for use in (store.session, store.delete_session):
        with pytest.raises(AppError, match="not there any more"):
            use("no such id")


def test_a_session_that_an_older_program_began_is_told_with_what_measured_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr(sessions, "RULES_VERSION", RULES_VERSION - 1)
        older.setattr(sessions, "VERSION", "0.0.9")
        record, lost = begun(store), begun(store)
    assert (record.app_version, record.rules_version) == ("0.0.9", RULES_VERSION - 1)
    without = store.finish_session(lost.id, duration_s=1.0, report=None)
    assert without is not None
    assert without.rules_version == RULES_VERSION - 1
    done = store.finish_session(record.id, duration_s=60.1, report=a_report())
    assert done is not None
    assert (done.app_version, done.rules_version) == (VERSION, RULES_VERSION)
