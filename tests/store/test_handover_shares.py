"""Sharing between two homes: contacts, expiry by both clocks, taking back, a kill half way."""

from __future__ import annotations

import datetime as dt
import io
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from handover_material import (
    NOW,
    PASSPHRASE,
    Calendar,
    Home,
    a_report,
    acquainted,
    home,
    own_marks,
    trainer_marks,
)
from sqlalchemy import text

from app.errors import AppError
from app.store.handover import layout, received, refusals
from app.store.handover.door import new_share_id
from app.store.handover.parts import Said, dump_marks, dump_shared
from app.store.handover.types import ContactState, Content, Share, Shared
from app.store.report_file import dump_report
from app.store.store import Store
from app.store.types import ConsentKind, DeletionReason, KeepPolicy, Origin

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.coach.types import Mark
    from app.store.types import SessionRecord

DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little work for the passphrase: it is tried in the tests of the file."""
    monkeypatch.setattr("app.store.handover.sealing.new_header.__defaults__", (14,))
    monkeypatch.setattr(
        "app.store.handover.sealing.seal.__kwdefaults__", {"step": None, "log2_n": 14}
    )


@pytest.fixture
def ana(tmp_path: Path) -> Iterator[Home]:
    made = home(tmp_path / "ana", "Ana Begum")
    yield made
    made.store.close()


@pytest.fixture
def ben(tmp_path: Path) -> Iterator[Home]:
    made = home(tmp_path / "ben", "Ben Okafor")
    yield made
    made.store.close()


def a_session(owner: Home, days: int = 90) -> SessionRecord:
    """A finished session of which the report was kept."""
    store, person = owner.store, owner.person
    consent = store.record_consent(person.id, "1", "training", days, "me")
    record = store.begin_session(
        person_id=person.id,
        consent_id=consent.id,
        keep_policy=KeepPolicy.REPORT_ONLY,
        title="Twice",
    )
    store.append_marks(record.id, own_marks(person.id))
    done = store.finish_session(record.id, duration_s=12.0, report=a_report())
    assert done is not None
    return done


def contents(owner: Home, record: SessionRecord, marks: list[Mark] | None = None) -> list[Content]:
    """What a whole session without a recording hands over."""
    shared = Shared(
        title=record.title, started_at=record.started_at, start_s=0.0, end_s=12.0, whole=True,
        keep_policy=KeepPolicy.REPORT_ONLY, focus=None, checklist=None, scenario=None,
        role="staff", app_version="1", rules_version=1, model_version="m",
    )  # fmt: skip
    said = [Said(mark, NOW) for mark in (owner.store.marks(record.id) if marks is None else marks)]
    parts = {
        layout.SESSION: dump_shared(shared),
        layout.MARKS: dump_marks(said),
        layout.REPORT: dump_report(a_report()),
    }
    return [Content(k, len(v), lambda v=v: io.BytesIO(v)) for k, v in parts.items()]


def shared(
    owner: Home,
    path: Path,
    *,
    days: int = 30,
    marks: list[Mark] | None = None,
    record: SessionRecord | None = None,
) -> Share:
    record = record or a_session(owner)
    share = Share(
        id=new_share_id(), person_id=owner.person.id, session_id=record.id, start_s=0.0,
        end_s=12.0, with_picture=False, to_name="Ben Okafor", made_at=NOW,
        expires_at=owner.calendar.now + days * DAY,
    )  # fmt: skip
    return owner.store.handover.share(share, contents(owner, record, marks), path, PASSPHRASE)


def opened(reader: Home, path: Path) -> str:
    """Open a share, with its words compared."""
    handover = reader.store.handover
    seen = handover.look(path, PASSPHRASE, reader.person.id)
    if seen.contact is ContactState.STRANGER:
        handover.confirm(reader.person.id, seen.letter.sender)
    return handover.receive(seen, reader.person.id)


class TestContacts:
    """A stranger's words are compared once."""

    def test_the_first_file_asks_and_the_later_ones_do_not(
        self, ana: Home, ben: Home, tmp_path: Path
    ) -> None:
        shared(ana, tmp_path / "1.rapport")
        handover = ben.store.handover
        seen = handover.look(tmp_path / "1.rapport", PASSPHRASE, ben.person.id)
        assert seen.contact is ContactState.STRANGER
        assert seen.letter.sender.words == ana.store.handover.me(ana.person.id).words
        with pytest.raises(refusals.NotConfirmed, match="Ana Begum"):
            handover.receive(seen, ben.person.id)
        assert ben.store.sessions() == []
        handover.confirm(ben.person.id, seen.letter.sender)
        handover.receive(seen, ben.person.id)
        shared(ana, tmp_path / "2.rapport")
        again = handover.look(tmp_path / "2.rapport", PASSPHRASE, ben.person.id)
        assert again.contact is ContactState.KNOWN

    def test_a_known_name_with_another_key_is_refused(
        self, ana: Home, ben: Home, tmp_path: Path
    ) -> None:
        acquainted(ana, ben)
        mallory = home(tmp_path / "mallory", "ana  BEGUM")
        shared(mallory, tmp_path / "m.rapport")
        mallory.store.close()
        with pytest.raises(refusals.OtherKey, match="another key"):
            ben.store.handover.look(tmp_path / "m.rapport", PASSPHRASE, ben.person.id)

    def test_a_forgotten_key_asks_again_and_another_one_may_take_its_place(
        self, ana: Home, ben: Home, tmp_path: Path
    ) -> None:
        acquainted(ana, ben)
        handover, me = ben.store.handover, ben.person.id
        handover.forget_contact(me, handover.contacts(me)[0].public_key)
        new = home(tmp_path / "new", "Ana Begum")
        shared(new, tmp_path / "n.rapport")
        new.store.close()
        assert (
            handover.look(tmp_path / "n.rapport", PASSPHRASE, me).contact is ContactState.STRANGER
        )

    def test_contacts_are_a_profiles_own(self, ana: Home, ben: Home, tmp_path: Path) -> None:
        acquainted(ana, ben)
        other = ben.store.ensure_person("Cleo")
        shared(ana, tmp_path / "1.rapport")
        seen = ben.store.handover.look(tmp_path / "1.rapport", PASSPHRASE, other.id)
        assert seen.contact is ContactState.STRANGER
        assert ben.store.handover.contacts(other.id)[0].confirmed_at is None


class TestReceived:
    """What came by a share is a session of the trainer's profile."""

    def test_it_is_theirs_with_everything(self, ana: Home, ben: Home, tmp_path: Path) -> None:
        share = shared(ana, tmp_path / "s.rapport")
        session_id = opened(ben, tmp_path / "s.rapport")
        record = ben.store.session(session_id)
        assert record.origin is Origin.RECEIVED
        assert (record.title, record.owner_name) == ("Twice", "Ana Begum")
        assert (record.share_id, record.expires_at) == (share.id, share.expires_at)
        assert ben.store.report(session_id) == a_report()
        assert {mark.author for mark in ben.store.marks(session_id)} == {ana.person.id}
        assert [e.cue for e in ben.store.events(session_id)] == [e.cue for e in a_report().events]
        consents = ben.store.consents(ben.person.id)
        assert [(c.kind, c.given_by) for c in consents] == [(ConsentKind.SHARED, "Ana Begum")]
        assert ben.store.consent_of(ben.person.id) is None

    def test_twice_is_once(self, ana: Home, ben: Home, tmp_path: Path) -> None:
        shared(ana, tmp_path / "s.rapport")
        assert opened(ben, tmp_path / "s.rapport") == opened(ben, tmp_path / "s.rapport")
        assert len(ben.store.sessions()) == 1

    def test_two_profiles_of_one_machine_open_the_same_file(
        self, ana: Home, ben: Home, tmp_path: Path
    ) -> None:
        shared(ana, tmp_path / "s.rapport")
        cleo = Home(ben.store, ben.store.ensure_person("Cleo"), ben.calendar)
        assert opened(ben, tmp_path / "s.rapport") != opened(cleo, tmp_path / "s.rapport")
        assert len(ben.store.sessions(person_id=cleo.person.id)) == 1

    def test_ones_own_share_is_not_opened(self, ana: Home, tmp_path: Path) -> None:
        shared(ana, tmp_path / "s.rapport")
        with pytest.raises(refusals.OwnShare):
            ana.store.handover.look(tmp_path / "s.rapport", PASSPHRASE, ana.person.id)

    def test_nobody_puts_words_into_the_trainers_mouth(
        self, ana: Home, ben: Home, tmp_path: Path
    ) -> None:
        mine = replace(own_marks(ben.person.id)[0], id=new_share_id())
        lane = replace(trainer_marks("x")[0], id=new_share_id())
        for forged in (mine, lane):
            shared(ana, tmp_path / "s.rapport", marks=[forged])
            with pytest.raises(refusals.Damaged):
                opened(ben, tmp_path / "s.rapport")
        assert ben.store.sessions() == []
        assert list((tmp_path / "ben" / "sessions").iterdir()) == []

    def test_what_was_shared_is_not_handed_on(self, ana: Home, ben: Home, tmp_path: Path) -> None:
        shared(ana, tmp_path / "s.rapport")
        session_id = opened(ben, tmp_path / "s.rapport")
        with pytest.raises(AppError, match="only Ana Begum"):
            shared(ben, tmp_path / "on.rapport", record=ben.store.session(session_id))
        assert not (tmp_path / "on.rapport").exists()

    def test_a_killed_opening_leaves_nothing(
        self, ana: Home, ben: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        acquainted(ana, ben)
        shared(ana, tmp_path / "s.rapport")
        seen = ben.store.handover.look(tmp_path / "s.rapport", PASSPHRASE, ben.person.id)
        # A kill runs no handlers: begin and pour, then nothing more.
        session_id = received.session_of(seen.letter, ben.person.id)
        received._begin(ben.store._access, seen.letter, session_id, ben.person.id)
        files = ben.store._access.files(session_id)
        files.make()
        received._pour(seen.opened, files, None)
        assert ben.store.sessions() == []
        with Store.open(tmp_path / "ben" / "rapport.db", now=ben.calendar) as later:
            assert later.sessions() == []
            assert list((tmp_path / "ben" / "sessions").iterdir()) == []
            again = later.handover.look(tmp_path / "s.rapport", PASSPHRASE, ben.person.id)
            assert later.session(later.handover.receive(again, ben.person.id)).title == "Twice"

    def test_a_full_disk_is_told_before_anything_is_written(
        self, ana: Home, ben: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shared(ana, tmp_path / "s.rapport")
        monkeypatch.setattr(
            shutil,
            "disk_usage",
            lambda _: shutil._ntuple_diskusage(100, 90, 10),  # type: ignore[attr-defined]
        )
        with pytest.raises(refusals.NoRoom):
            opened(ben, tmp_path / "s.rapport")
        assert ben.store.sessions() == []


class TestExpiry:
    """A share ends by the calendar and by the clock that nobody can set back."""

    def test_it_opens_until_its_day(self, ana: Home, ben: Home, tmp_path: Path) -> None:
        shared(ana, tmp_path / "s.rapport", days=7)
        ben.calendar.now = NOW + 6.9 * DAY
        session_id = opened(ben, tmp_path / "s.rapport")
        ben.calendar.now = NOW + 7.1 * DAY
        with pytest.raises(refusals.Expired):
            opened(ben, tmp_path / "s.rapport")
        with pytest.raises(AppError, match="over"):
            ben.store.session(session_id)
        [receipt] = ben.store.enforce_retention()
        assert receipt.reason is DeletionReason.EXPIRED
        assert ben.store.sessions() == []

    def test_a_calendar_set_back_opens_nothing(self, ana: Home, ben: Home, tmp_path: Path) -> None:
        shared(ana, tmp_path / "s.rapport", days=7)
        session_id = opened(ben, tmp_path / "s.rapport")
        for passed in range(1, 9):
            ben.calendar.now = NOW + passed * DAY
            ben.store.enforce_retention(ben.calendar.now)
        ben.calendar.now = NOW + DAY
        with pytest.raises(refusals.Expired):
            opened(ben, tmp_path / "s.rapport")
        with pytest.raises(AppError):
            ben.store.session(session_id)

    def test_deleted_by_hand_and_set_back_it_stays_shut(
        self, ana: Home, ben: Home, tmp_path: Path
    ) -> None:
        shared(ana, tmp_path / "s.rapport", days=7)
        ben.store.delete_session(opened(ben, tmp_path / "s.rapport"))
        ben.calendar.now = NOW + 5 * DAY
        ben.store.enforce_retention()
        ben.calendar.now = NOW + DAY  # set back by four days
        ben.store.enforce_retention()
        ben.calendar.now = NOW + 4 * DAY  # 5 + 3 days have passed; the calendar says four
        with pytest.raises(refusals.Expired):
            opened(ben, tmp_path / "s.rapport")

    def test_a_calendar_before_the_file_was_made_is_told(
        self, ana: Home, ben: Home, tmp_path: Path
    ) -> None:
        shared(ana, tmp_path / "s.rapport")
        ben.calendar.now = NOW - 3 * DAY
        with pytest.raises(refusals.WrongCalendar):
            ben.store.handover.look(tmp_path / "s.rapport", PASSPHRASE, ben.person.id)

    def test_it_never_outlives_the_session(self, ana: Home, tmp_path: Path) -> None:
        share = shared(ana, tmp_path / "s.rapport", days=90, record=a_session(ana, days=10))
        assert share.expires_at - NOW < 10 * DAY + dt.timedelta(minutes=1)


class TestTakingBack:
    """The withdrawal file."""

    def test_it_deletes_with_a_receipt_and_shuts_the_file(
        self, ana: Home, ben: Home, tmp_path: Path
    ) -> None:
        share = shared(ana, tmp_path / "s.rapport")
        session_id = opened(ben, tmp_path / "s.rapport")
        taken = ana.store.handover.withdraw(share.id, ana.person.id, tmp_path / "w.rapport")
        assert taken.withdrawn_at is not None
        content = (tmp_path / "w.rapport").read_bytes()
        assert not any(name in content for name in (b"Ana", b"Ben", b"Twice"))
        seen = ben.store.handover.look(tmp_path / "w.rapport", None, ben.person.id)
        [receipt] = ben.store.handover.read_withdrawal(seen)
        assert receipt.session_id == session_id
        assert receipt.reason is DeletionReason.SHARE_WITHDRAWN
        assert not (tmp_path / "ben" / "sessions" / session_id).exists()
        with pytest.raises(refusals.Withdrawn):
            opened(ben, tmp_path / "s.rapport")
        assert ben.store.handover.read_withdrawal(seen) == []

    def test_read_before_the_share_it_shuts_it_too(
        self, ana: Home, ben: Home, tmp_path: Path
    ) -> None:
        share = shared(ana, tmp_path / "s.rapport")
        ana.store.handover.withdraw(share.id, ana.person.id, tmp_path / "w.rapport")
        handover = ben.store.handover
        handover.read_withdrawal(handover.look(tmp_path / "w.rapport", None, ben.person.id))
        with pytest.raises(refusals.Withdrawn):
            handover.look(tmp_path / "s.rapport", PASSPHRASE, ben.person.id)

    def test_nobody_takes_back_what_somebody_else_shared(
        self, ana: Home, ben: Home, tmp_path: Path
    ) -> None:
        share = shared(ana, tmp_path / "s.rapport")
        session_id = opened(ben, tmp_path / "s.rapport")
        mallory = home(tmp_path / "mallory", "Mallory")
        forged = replace(share, person_id=mallory.person.id)
        with mallory.store._access.write() as db:
            db.execute(
                text(
                    "INSERT INTO shares (id, person_id, session_id, start_s, end_s, with_picture, "
                    "to_name, made_at, expires_at) VALUES (:id, :person, 'x', 0, 1, 0, 'x', "
                    "'2026-11-22 09:00:00', '2026-12-22 09:00:00')"
                ),
                {"id": forged.id, "person": mallory.person.id},
            )
        mallory.store.handover.withdraw(share.id, mallory.person.id, tmp_path / "w.rapport")
        mallory.store.close()
        handover = ben.store.handover
        seen = handover.look(tmp_path / "w.rapport", None, ben.person.id)
        assert handover.read_withdrawal(seen) == []
        assert ben.store.session(session_id).title == "Twice"
        assert opened(ben, tmp_path / "s.rapport") == session_id


def test_a_share_that_cannot_be_written_is_not_listed(ana: Home, tmp_path: Path) -> None:
    with pytest.raises(AppError):
        shared(ana, tmp_path / "no such folder" / "s.rapport")
    assert ana.store.handover.shares(ana.person.id) == []


def test_shares_are_listed_newest_first_and_to_their_owner_only(ana: Home, tmp_path: Path) -> None:
    record = a_session(ana)
    first = shared(ana, tmp_path / "1.rapport", record=record)
    second = shared(ana, tmp_path / "2.rapport", record=record)
    other = ana.store.ensure_person("Cleo")
    assert [one.id for one in ana.store.handover.shares(ana.person.id)] == [second.id, first.id]
    assert ana.store.handover.shares(other.id) == []
    with pytest.raises(AppError, match="not in your list"):
        ana.store.handover.withdraw(first.id, other.id, tmp_path / "w.rapport")
    ana.store.delete_session(record.id)
    assert [one.title for one in ana.store.handover.shares(ana.person.id)] == ["", ""]


def test_the_calendar_of_the_tests_turns(ana: Home) -> None:
    assert isinstance(ana.calendar, Calendar)
    assert ana.calendar() < ana.calendar()
