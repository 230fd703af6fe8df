"""Consents of partners and owners, and shares that end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from store_cases import DAY, START, Calendar, a_report, begun

from app.coach.types import Lane, Mark, MarkKind
from app.errors import AppError
from app.store import consents, retention
from app.store.tables import SessionRow
from app.store.tables_sharing import WithdrawalRow
from app.store.types import (
    Consent,
    ConsentKind,
    DeletionReason,
    KeepPolicy,
    Origin,
    SessionRecord,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from app.store.store import Store

ALL = {"session", "files", "report", "finish", "marks", "events", "review"}
"""Ways to open a session."""
KEY = "ab" * 32
"""The owner's public key."""
REVIEW = Mark(1.0, Lane.TRAINER, MarkKind.NOTE, "tom", {"text": "well asked"})
TERMS = {"version": "1", "purpose": "own training", "seen_by": "me"}


def holding(store: Store, person_id: str | None, partner: str) -> Consent | None:
    """The agreement of a partner that was not taken back."""
    return next(
        (
            one
            for one in store.consents(person_id or "")
            if one.kind is ConsentKind.PARTNER
            and (one.given_by or "").casefold() == partner.casefold()
            and one.withdrawn_at is None
        ),
        None,
    )


def with_partner(store: Store, partner: str, *, name: str = "Ana", days: int = 30) -> SessionRecord:
    person = store.ensure_person(name)
    own = store.consent_of(person.id) or store.record_consent(
        person.id, "1", "own training", 30, "me"
    )
    given = holding(store, person.id, partner) or store.record_partner_consent(
        person.id, partner, retention_days=days, **TERMS
    )
    return store.begin_session(
        person_id=person.id,
        consent_id=own.id,
        keep_policy=KeepPolicy.PICTURE_AND_SOUND,
        title="With a partner",
        partner_consent_id=given.id,
    )


def received(store: Store, expires_at: dt.datetime, share: str = "share-1") -> SessionRecord:
    """Enter a session as opening a hand-over does."""
    tom = begun(store, name="Tom", title="Ana's")
    store.files(tom.id).write_atomic("recording.mkv", b"film")
    store.finish_session(tom.id, duration_s=60.1, report=a_report())
    with store._access.write() as db:
        now = store._access.now()
        shared = consents.record(
            db, tom.person_id or "", retention_days=365, now=now, kind=ConsentKind.SHARED,
            given_by="Ana", **TERMS,
        )  # fmt: skip
        row = db.get_one(SessionRow, tom.id)
        row.origin, row.consent_id = Origin.RECEIVED.value, shared.id
        row.owner_name, row.share_id, row.sender_key = "Ana", share, KEY
        row.expires_at = expires_at
        row.expires_age_s = retention.look(db, now) + (expires_at - now).total_seconds()
    return next(one for one in store.sessions() if one.id == tom.id)


def opened(store: Store, session: str) -> dict[str, str]:
    """Open a session in every way there is; gives what was said where one was refused."""
    ways: dict[str, Callable[[str], object]] = {
        "session": store.session,
        "files": store.files,
        "report": store.report,
        "marks": store.marks,
        "events": store.events,
        "review": lambda one: store.append_marks(one, [REVIEW]),
        "finish": lambda one: store.finish_session(one, duration_s=1.0),
    }
    refused = {}
    for name, way in ways.items():
        try:
            way(session)
        except AppError as error:
            refused[name] = f"{error.what} {error.remedy}"
    return refused


def test_a_partners_consent_is_not_the_persons_own(store: Store) -> None:
    ana = store.ensure_person("Ana")
    partner = store.record_partner_consent(ana.id, "Pia", retention_days=7, **TERMS)
    assert store.consent_of(ana.id) is None, "Ana herself has agreed to nothing"
    assert (partner.kind, partner.given_by) == (ConsentKind.PARTNER, "Pia")
    with pytest.raises(AppError, match="Nobody has agreed"):
        store.begin_session(
            person_id=ana.id, consent_id=partner.id, keep_policy=KeepPolicy.REPORT_ONLY, title="x"
        )


def test_a_session_with_a_partner_needs_what_the_partner_agreed_to(store: Store) -> None:
    ana = store.ensure_person("Ana")
    own = store.record_consent(ana.id, "1", "own training", 30, "me")
    bens = store.record_partner_consent(
        store.ensure_person("Ben").id, "Pia", retention_days=7, **TERMS
    )
    for wrong in (own.id, bens.id, "no such consent"):
        with pytest.raises(AppError, match="partner has not agreed"):
            store.begin_session(
                person_id=ana.id,
                consent_id=own.id,
                keep_policy=KeepPolicy.REPORT_ONLY,
                title="x",
                partner_consent_id=wrong,
            )
    assert store.sessions() == []


def test_a_withdrawn_partner_takes_the_sessions_they_are_in(store: Store) -> None:
    with_pia, with_max = with_partner(store, "Pia"), with_partner(store, "Max")
    alone, elsewhere = begun(store), with_partner(store, "Pia", name="Ben")
    again = with_partner(store, "pia")
    consent = holding(store, with_pia.person_id, "PIA")
    assert consent is not None
    assert again.partner_consent_id == consent.id, "the same partner is not asked twice"

    receipts = store.withdraw_partner_consent(consent.id)

    assert {one.session_id for one in receipts} == {with_pia.id, again.id}
    assert {one.reason for one in receipts} == {DeletionReason.PARTNER_WITHDRAWN}
    assert {one.person_id for one in receipts} == {with_pia.person_id}
    left = {one.id for one in store.sessions()}
    assert left == {with_max.id, alone.id, elsewhere.id}
    assert holding(store, with_pia.person_id, "Pia") is None
    assert store.consent_of(with_pia.person_id or "") is not None, "Ana's own one holds"
    with pytest.raises(AppError, match="not there any more"):
        store.withdraw_partner_consent(with_pia.consent_id or "")


def test_the_privacy_page_sees_every_consent_with_version_and_date(
    dated: Store, calendar: Calendar
) -> None:
    with_partner(dated, "Pia")
    ana = dated.ensure_person("Ana")
    calendar.now += DAY
    dated.withdraw_consent(ana.id)
    dated.record_consent(ana.id, "2", "own training", 30, "me")
    listed = [
        (one.kind, one.version, one.given_at, one.withdrawn_at) for one in dated.consents(ana.id)
    ]
    assert listed[0] == (ConsentKind.OWN, "2", START + DAY, None)
    assert set(listed[1:]) == {
        (ConsentKind.OWN, "1", START, START + DAY),
        (ConsentKind.PARTNER, "1", START, None),
    }
    assert dated.consents(dated.ensure_person("Ben").id) == []


def test_the_shorter_of_two_periods_counts(dated: Store) -> None:
    with_pia, alone = with_partner(dated, "Pia", days=7), begun(dated)
    for record in (with_pia, alone):
        dated.finish_session(record.id, duration_s=60.1, report=a_report())
    assert dated.enforce_retention(START + 6 * DAY) == []
    (receipt,) = dated.enforce_retention(START + 7 * DAY)
    assert (receipt.session_id, receipt.reason) == (with_pia.id, DeletionReason.RETENTION)
    assert [one.id for one in dated.sessions()] == [alone.id]


def test_a_received_session_belongs_to_whom_it_was_shared_with(dated: Store) -> None:
    record = received(dated, START + 5 * DAY)
    tom = dated.ensure_person("Tom")
    assert [one.id for one in dated.sessions(person_id=tom.id)] == [record.id]
    assert (record.received, record.owner_name, record.share_id) == (True, "Ana", "share-1")
    assert record.expires_at == START + 5 * DAY
    assert dated.withdraw_consent(tom.id) == [], "his own agreement is not Ana's"
    assert opened(dated, record.id).keys() == {"finish"}


def test_an_expired_share_opens_in_no_way_and_then_goes(dated: Store, calendar: Calendar) -> None:
    record = received(dated, START + 5 * DAY)
    calendar.now += 5 * DAY
    refused = opened(dated, record.id)
    assert refused.keys() == ALL
    words = "The time for which Ana shared this session is over. Ask Ana to share it again."
    assert set(refused.values()) == {words}
    (receipt,) = dated.enforce_retention()
    assert receipt.reason is DeletionReason.EXPIRED
    assert not (dated.path.parent / "sessions" / record.id).exists()


def test_a_calendar_set_back_opens_no_share_and_stops_no_expiry(
    dated: Store, calendar: Calendar
) -> None:
    record = received(dated, START + 5 * DAY)
    calendar.now += 4 * DAY
    assert dated.enforce_retention() == []
    calendar.now -= 100 * DAY
    assert dated.enforce_retention() == []
    assert opened(dated, record.id).keys() == {"finish"}, "a day of it is left"
    calendar.now += DAY
    assert opened(dated, record.id).keys() == ALL
    (receipt,) = dated.enforce_retention()
    assert receipt.reason is DeletionReason.EXPIRED


def test_a_share_that_was_taken_back_opens_in_no_way(dated: Store) -> None:
    record = received(dated, START + 5 * DAY)
    other = received(dated, START + 5 * DAY, share="share-2")
    with dated._access.write() as db:
        db.add(WithdrawalRow(share_id="share-1", public_key="a stranger's", read_at=START))
    assert opened(dated, record.id).keys() == {"finish"}, "only its owner takes it back"
    with dated._access.write() as db:
        db.add(WithdrawalRow(share_id="share-1", public_key=KEY, read_at=START))
    refused = opened(dated, record.id)
    assert refused.keys() == ALL
    assert {words.partition(".")[0] for words in refused.values()} == {
        "This session was taken back by Ana"
    }
    assert opened(dated, other.id).keys() == {"finish"}
