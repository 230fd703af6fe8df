"""Who practises, and what they agreed to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.store.types import Consent, KeepPolicy, Person
    from app.ui.services import Services


def current_person(services: Services) -> Person | None:
    """Find whoever practises now; None before anybody has said who they are."""
    now = services.choices.now
    if now.person_id:
        return next((one for one in services.store.persons() if one.id == now.person_id), None)
    return services.store.ensure_person(now.person_name) if now.person_name.strip() else None


def current_id(services: Services) -> str | None:
    """Give the id of whoever practises now; None before anybody has said who they are."""
    person = current_person(services)
    return person.id if person is not None else None


def standing_consent(services: Services) -> Consent | None:
    """Find the agreement of the person who practises; None where they have to be asked."""
    person = current_person(services)
    consent = services.store.consent_of(person.id) if person is not None else None
    holds = consent is not None and consent.version == services.consent.version
    return consent if holds else None


def enter_consent(services: Services, name: str, policy: KeepPolicy, days: int) -> None:
    """Take down an agreement, where it is not the one that stands already.

    Raises
    ------
    AppError
        Where it could not be written; then nothing was agreed to.
    """
    text, store = services.consent, services.store
    person = store.ensure_person(name)
    held = store.consent_of(person.id)
    if held is None or (held.version, held.retention_days) != (text.version, days):
        store.record_consent(person.id, text.version, text.purpose, days, text.seen_by)
    services.choices.change(person_id=person.id, person_name=person.name, keep_policy=policy.value)
