"""Profiles on a shared computer: nothing of one is listed, opened or found for another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from store_cases import a_report, begun

from app.coach.types import Lane, Mark, MarkKind
from app.errors import AppError
from app.store.types import ConsentKind, DeletionReason, KeepPolicy, PersonRole

if TYPE_CHECKING:
    from app.store.store import Store

TERMS = {"version": "1", "purpose": "own training", "retention_days": 30, "seen_by": "me"}


def said(store: Store, session: str, text: str) -> None:
    store.append_marks(session, [Mark(1.0, Lane.SELF, MarkKind.NOTE, "x", {"text": text})])


def ids(store: Store, person_id: str | None, search: str = "") -> list[str]:
    return [record.id for record in store.sessions(search, person_id=person_id)]


def sample(store: Store) -> str:
    keep = KeepPolicy.REPORT_ONLY
    return store.begin_session(
        person_id=None, consent_id=None, keep_policy=keep, title="Sample", sample=True
    ).id


def test_a_profile_sees_its_own_sessions_and_the_samples(store: Store) -> None:
    hers, his, everybodys = begun(store), begun(store, name="Ben"), sample(store)
    ana, ben = store.ensure_person("Ana"), store.ensure_person("Ben")
    assert set(ids(store, ana.id)) == {hers.id, everybodys}
    assert set(ids(store, ben.id)) == {his.id, everybodys}
    assert ids(store, "") == [everybodys], "nobody's profile"
    assert set(ids(store, None)) == {hers.id, his.id, everybodys}
    assert {one.id for one in store.unfinished(ana.id)} == {hers.id, everybodys}


def test_a_search_finds_nothing_in_the_notes_of_another_profile(store: Store) -> None:
    hers, his = begun(store), begun(store, name="Ben")
    said(store, hers.id, "the blue suitcase")
    said(store, his.id, "the blue umbrella")
    ana = store.ensure_person("Ana")
    assert ids(store, ana.id, "blue") == [hers.id]
    assert ids(store, ana.id, "umbrella") == []
    assert set(ids(store, None, "blue")) == {hers.id, his.id}


def test_receipts_are_shown_to_whose_session_it_was(store: Store) -> None:
    hers, his, everybodys = begun(store), begun(store, name="Ben"), sample(store)
    for session in (hers.id, his.id, everybodys):
        store.delete_session(session)
    ana = store.ensure_person("Ana")
    assert {one.session_id for one in store.receipts(ana.id)} == {hers.id, everybodys}
    assert {one.person_id for one in store.receipts()} == {ana.id, his.person_id, None}


def test_a_person_is_renamed_and_found_by_the_new_name_only(store: Store) -> None:
    ana, ben = store.ensure_person("Ana"), store.ensure_person("Ben", PersonRole.TRAINER)
    assert ben.role is PersonRole.TRAINER
    assert store.rename_person(ana.id, "  Ana   Maria ").name == "Ana Maria"
    assert store.person_named("ana maria") == store.person_named("ANA MARIA") is not None
    assert store.person_named("Ana") is None
    with pytest.raises(AppError, match="named Ben already"):
        store.rename_person(ana.id, "ben")
    assert store.rename_person(ana.id, "ana maria").id == ana.id, "only the case changes"
    assert store.set_role(ana.id, PersonRole.TRAINER).role is PersonRole.TRAINER


def test_a_removed_profile_takes_its_sessions_and_its_name_with_it(store: Store) -> None:
    name = "Unmistakable Name"
    hers, his = begun(store, name=name, title="Unmistakable title"), begun(store, name="Ben")
    said(store, hers.id, "unmistakable words")
    store.files(hers.id).write_atomic("recording.mkv", b"unmistakable film")
    store.finish_session(hers.id, duration_s=60.1, report=a_report())
    person = store.ensure_person(name)
    store.record_partner_consent(person.id, "Unmistakable Partner", **TERMS)

    (receipt,) = store.remove_person(person.id)

    assert (receipt.session_id, receipt.reason) == (hers.id, DeletionReason.PROFILE_REMOVED)
    assert [one.name for one in store.persons()] == ["Ben"]
    assert ids(store, None) == [his.id]
    assert store.person_named(name) is None
    for path in store.path.parent.rglob("*"):
        if path.is_file():
            assert b"nmistakable" not in path.read_bytes(), path


def test_of_a_removed_profile_consents_and_receipts_stay_as_evidence(store: Store) -> None:
    session = begun(store)
    ana = store.ensure_person("Ana")
    store.record_partner_consent(ana.id, "Pia", **TERMS)
    (receipt,) = store.remove_person(ana.id)
    own = {one.kind: one for one in store.consents(ana.id)}
    assert own.keys() == {ConsentKind.OWN, ConsentKind.PARTNER}
    assert own[ConsentKind.PARTNER].given_by == ""
    assert all(one.withdrawn_at is not None for one in own.values())
    assert own[ConsentKind.OWN].id == session.consent_id
    assert store.receipts(ana.id) == [receipt]


def test_the_name_of_a_removed_profile_is_free_and_is_somebody_new(store: Store) -> None:
    begun(store)
    first = store.ensure_person("Ana")
    store.remove_person(first.id)
    second = store.ensure_person("Ana")
    assert second.id != first.id
    assert ids(store, second.id) == []
    assert store.consents(second.id) == []
    with pytest.raises(AppError, match="not there any more"):
        store.rename_person(first.id, "Anna")
    with pytest.raises(AppError, match="not there any more"):
        store.record_consent(first.id, "1", "own training", 30, "me")
    with pytest.raises(AppError, match="agreed"):
        store.begin_session(
            person_id=first.id,
            consent_id=store.consents(first.id)[0].id,
            keep_policy=KeepPolicy.REPORT_ONLY,
            title="x",
        )


def test_what_comes_too_late_does_not_bring_a_deleted_session_back(store: Store) -> None:
    session = begun(store)
    files = store.files(session.id)
    ana = store.ensure_person("Ana")
    store.remove_person(ana.id)
    with pytest.raises(AppError, match="not there any more"):
        files.write_atomic("words.json", b"late words")
    with pytest.raises(AppError, match="not there any more"):
        store.append_marks(session.id, [Mark(1.0, Lane.SELF, MarkKind.NOTE, "x", {"text": "y"})])
    with pytest.raises(AppError, match="not there any more"):
        store.finish_session(session.id, duration_s=1.0, report=a_report())
    assert not files.folder.exists()
