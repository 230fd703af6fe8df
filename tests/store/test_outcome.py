"""What people said outranks the machine in the list of sessions, whoever enters it and when."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import delete, update
from store_cases import a_report, begun

from app.coach.joins import load_halves
from app.coach.practice_report import practice_report
from app.coach.practice_types import Evidence, Polarity, Speaking
from app.coach.report_types import Finding
from app.coach.types import CueEvent, Lane, Mark, MarkKind
from app.coach.verdicts import AGREE, CORRECT, DISAGREE, judged
from app.errors import AppError
from app.store import outcome, practice_file
from app.store.files import REPORT, SessionFiles
from app.store.practice_file import write_practices
from app.store.store import Store, utc_now
from app.store.tables import FactRow, MarkRow, SessionRow

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from app.store.types import SessionRecord

ARMS = "arms_crossed-1000"


def said(finding: str, verdict: str, lane: Lane = Lane.SELF, **more: str) -> Mark:
    return Mark(
        1.0, lane, MarkKind.VERDICT, "ana", {"finding": finding, "verdict": verdict, **more}
    )


def practised(store: Store) -> SessionRecord:
    """A finished session whose report names crossed arms."""
    record = begun(store)
    done = store.finish_session(record.id, duration_s=60.1, report=a_report())
    assert done is not None
    assert done.findings == ("arms_crossed",)
    return done


def found(store: Store, session_id: str) -> tuple[str, ...] | None:
    (listed,) = (one for one in store.sessions() if one.id == session_id)
    assert listed.findings == store.session(session_id).findings
    return listed.findings


def test_a_verdict_changes_what_the_list_says_and_taking_it_back_changes_it_again(
    store: Store,
) -> None:
    session = practised(store).id
    (no,) = store.append_marks(session, [said(ARMS, DISAGREE)])
    assert found(store, session) == ()
    store.append_marks(session, [replace(no, id="", revises=no.id, tombstone=True)])
    assert found(store, session) == ("arms_crossed",)


def test_the_own_word_outranks_the_trainers_in_the_list_too(store: Store) -> None:
    session = practised(store).id
    store.append_marks(session, [said(ARMS, DISAGREE, Lane.TRAINER)])
    assert found(store, session) == ()
    store.append_marks(session, [said(ARMS, AGREE)])
    assert found(store, session) == ("arms_crossed",)


def test_a_corrected_cue_is_no_longer_named(store: Store) -> None:
    session = practised(store).id
    store.append_marks(session, [said(ARMS, CORRECT, cue="brow_drawn")])
    assert found(store, session) == ()


def test_a_correction_to_an_unknown_cue_says_in_the_list_what_it_says_in_the_report(
    store: Store,
) -> None:
    session = practised(store).id
    store.append_marks(session, [said(ARMS, CORRECT, cue="from_another_version")])
    assert found(store, session) == ("arms_crossed",)
    report = store.report(session)
    assert report is not None
    told = judged(report, store.marks(session)).findings
    assert tuple(one.cue for one in told) == found(store, session)


def test_what_was_said_before_the_report_holds_as_it_comes(store: Store) -> None:
    record = begun(store)
    store.append_marks(record.id, [said(ARMS, DISAGREE)])
    done = store.finish_session(record.id, duration_s=60.1, report=a_report())
    assert done is not None
    assert done.findings == ()


def test_measured_again_what_was_said_still_holds(store: Store) -> None:
    session = practised(store).id
    store.append_marks(session, [said(ARMS, DISAGREE)])
    loud = CueEvent("loud", 5.0, 9.0, 12.5, 6.0)
    new = replace(
        a_report(),
        events=(*a_report().events, loud),
        findings=(
            *a_report().findings,
            Finding("loud-5000", "loud", 5.0, 9.0, 12.5, 6.0, None, 1, 4.0),
        ),
    )
    assert store.imports.renew(session, new).findings == ("loud",)
    assert [one.cue for one in store.events(session)] == ["loud", "arms_crossed", "loud"]


def test_a_verdict_that_races_a_new_report_holds_of_the_new_one(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, read = practised(store).id, outcome.made
    loud = Finding("loud-5000", "loud", 5.0, 9.0, 12.5, 6.0, None, 1, 4.0)
    new = replace(
        a_report(),
        events=(*a_report().events, CueEvent("loud", 5.0, 9.0, 12.5, 6.0)),
        findings=(*a_report().findings, loud),
    )

    def measured_again_after(files: SessionFiles, about: list[Mark]) -> outcome.Made | None:
        """The new report comes when the old one was read, and before the verdict is entered."""
        monkeypatch.setattr(outcome, "made", read)
        old = read(files, about)
        store.imports.renew(session, new)
        return old

    monkeypatch.setattr(outcome, "made", measured_again_after)
    (no,) = store.append_marks(session, [said(ARMS, DISAGREE)])
    assert store.marks(session) == [no]
    assert found(store, session) == ("loud",)


def test_other_words_cost_no_look_at_the_report(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = practised(store).id
    monkeypatch.delattr("app.store.files.SessionFiles.read_found")
    store.append_marks(session, [Mark(1.0, Lane.SELF, MarkKind.NOTE, "ana", {"text": "hm"})])
    assert found(store, session) == ("arms_crossed",)


def test_a_report_that_cannot_be_read_keeps_no_word_from_the_log(store: Store) -> None:
    session = practised(store).id
    store.files(session).write_atomic(REPORT, b"{}")
    (no,) = store.append_marks(session, [said(ARMS, DISAGREE)])
    assert store.marks(session) == [no]
    assert found(store, session) == ("arms_crossed",)


def test_a_refused_place_in_the_words_counts_no_more(store: Store) -> None:
    record = practised(store)
    places = [
        Evidence(f"P{number}", 0, "quote", 1.0, Polarity.DONE, t, t + 1.0)
        for number, t in ((19, 2.0), (19, 6.0), (23, 8.0))
    ]
    kept = practice_report(
        replace(a_report(), words=()), (), scenario=None, role=Speaking.STAFF,
        find=lambda _turns, _scenario: places, halves=load_halves(),
    )  # fmt: skip
    write_practices(store.files(record.id), kept)
    store.note_practices(record.id, places)
    store.append_marks(record.id, [said("P19-done-2000", DISAGREE, Lane.TRAINER)])
    assert store.session(record.id).practices == {"P19": (1, 0), "P23": (1, 0)}
    assert found(store, record.id) == ("arms_crossed",)


def test_what_an_older_program_noted_is_put_right_once(tmp_path: Path) -> None:
    path = tmp_path / "rapport.db"
    with Store.open(path) as store:
        session, other = practised(store).id, practised(store).id
        store.append_marks(session, [said(ARMS, DISAGREE)])
        with store.access.write() as db:
            db.execute(update(SessionRow).values(findings='["arms_crossed"]'))
            db.execute(delete(FactRow).where(FactRow.key == outcome.JUDGED))
    with Store.open(path) as store:
        assert found(store, session) == ()
        assert found(store, other) == ("arms_crossed",)
        with store.access.write() as db:
            db.execute(update(SessionRow).values(findings='["loud"]'))
    with Store.open(path) as store:
        assert found(store, session) == ("loud",), "it was looked at once more"


def test_words_that_cannot_be_opened_keep_neither_a_verdict_nor_the_program_from_going_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "rapport.db"
    with Store.open(path) as store:
        session = practised(store).id
        store.files(session).write_atomic(practice_file.NAME, b"{}")
        read = SessionFiles.read

        def refused(files: SessionFiles, name: str) -> bytes:
            if name == practice_file.NAME:
                raise AppError("It may not be opened.", "Allow it.")
            return read(files, name)

        monkeypatch.setattr(SessionFiles, "read", refused)
        (no,) = store.append_marks(session, [said("P19-done-2000", DISAGREE)])
        assert store.marks(session) == [no]
        with store.access.write() as db:
            db.execute(delete(FactRow).where(FactRow.key == outcome.JUDGED))
    with Store.open(path) as store:
        assert found(store, session) == ("arms_crossed",)


def test_a_mark_of_a_newer_program_does_not_keep_this_one_from_starting(tmp_path: Path) -> None:
    path = tmp_path / "rapport.db"
    with Store.open(path) as store:
        session = practised(store).id
        store.append_marks(session, [said(ARMS, DISAGREE)])
        with store.access.write() as db:
            later = MarkRow(
                id="later", session_id=session, author="ana", lane="self", t=1.0,
                kind="not yet invented", data="{}", revises="", tombstone=False,
                created_at=utc_now(),
            )  # fmt: skip
            db.add(later)
            db.execute(delete(FactRow).where(FactRow.key == outcome.JUDGED))
    with Store.open(path) as store:
        assert found(store, session) == ()
