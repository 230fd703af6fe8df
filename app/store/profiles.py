"""The part of the store's door that concerns people: profiles, consents, receipts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.store import consents, deletion, import_rows, people, sessions
from app.store.own_normals import OwnNormals
from app.store.types import ConsentKind, DeletionReason, PersonRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.store.access import Access
    from app.store.types import Consent, Person, Receipt


class Profiles:
    """Who practises here, what they and their partners agreed to, and what was deleted."""

    _access: Access

    # Profiles

    def ensure_person(self, name: str, role: PersonRole = PersonRole.STAFF) -> Person:
        """Find a person by name, whatever its case, or enter them with this role."""
        with self._access.write() as db:
            return people.ensure(db, name, self._access.now(), role)

    def person_named(self, name: str) -> Person | None:
        """Find a person by name, whatever its case; None where there is none."""
        with self._access.read() as db:
            return people.named(db, name)

    def persons(self) -> list[Person]:
        """List all persons by name, without removed ones."""
        with self._access.read() as db:
            return people.everybody(db)

    def rename_person(self, person_id: str, name: str) -> Person:
        """Give a person another name; an AppError where somebody has it already."""
        with self._access.write() as db:
            return people.change(db, person_id, name=name)

    def set_role(self, person_id: str, role: PersonRole) -> Person:
        """Say what a person mostly does here."""
        with self._access.write() as db:
            return people.change(db, person_id, role=role)

    def remove_person(self, person_id: str) -> list[Receipt]:
        """Remove a profile: its sessions are deleted with receipts, its name is gone.

        Its consents and receipts stay under its number, without any name: they show that what was
        recorded was agreed to, and that it is deleted.
        """
        with self._access.write() as db:
            theirs = sessions.of_person(db, person_id)
            people.forget(db, person_id, self._access.now())
            deletion.announce(self._access, db, theirs, DeletionReason.PROFILE_REMOVED)
            OwnNormals(self._access).announce(db, person_id, DeletionReason.PROFILE_REMOVED)
            import_rows.forget_person(self._access, db, person_id)
            deletion.to_forget(db)
        self._forget_key(person_id)
        receipts = self._delete(theirs)
        if not any(not receipt.of_own_normal for receipt in receipts):
            # Also without a session the name must leave the copies and the write-ahead log.
            deletion.forget(self._access)
        return receipts

    def _delete(self, session_ids: Sequence[str]) -> list[Receipt]:
        """Delete announced sessions and the own normal; what cannot go keeps nothing else."""
        own: list[Receipt] = []
        try:
            receipts = deletion.carry_out(self._access, session_ids)
        finally:
            own += OwnNormals(self._access).carry_out()
        return receipts + own

    def _forget_key(self, person_id: str) -> None:
        from app.store.handover.keys import forget_key  # noqa: PLC0415 - slow to load

        forget_key(self._access.path.parent, person_id)

    # Consents

    def record_consent(
        self, person_id: str, version: str, purpose: str, retention_days: int, seen_by: str
    ) -> Consent:
        """Enter what a person agreed to before their first recording."""
        return self._record(person_id, version, purpose, retention_days, seen_by)

    def record_partner_consent(
        self,
        person_id: str,
        name: str,
        *,
        version: str,
        purpose: str,
        retention_days: int,
        seen_by: str,
    ) -> Consent:
        """Enter what somebody agreed to who plays the customer in this person's sessions."""
        return self._record(
            person_id, version, purpose, retention_days, seen_by, ConsentKind.PARTNER, name
        )

    def consent_of(self, person_id: str) -> Consent | None:
        """Give the own consent that holds for a person; None where they have to be asked."""
        with self._access.read() as db:
            return consents.holding(db, person_id)

    def consents(self, person_id: str) -> list[Consent]:
        """List all consents of a profile, newest first, also partners' and withdrawn ones."""
        with self._access.read() as db:
            return consents.listed(db, person_id)

    def withdraw_consent(self, person_id: str) -> list[Receipt]:
        """Withdraw a person's own consent; delete all sessions under it and the own normal."""
        with self._access.write() as db:
            withdrawn = consents.withdraw_own(db, person_id, self._access.now())
            theirs = sessions.under(db, withdrawn)
            deletion.announce(self._access, db, theirs, DeletionReason.WITHDRAWN)
            OwnNormals(self._access).announce(db, person_id, DeletionReason.WITHDRAWN)
            import_rows.forget_person(self._access, db, person_id)
        return self._delete(theirs)

    def withdraw_partner_consent(self, consent_id: str) -> list[Receipt]:
        """Withdraw all that this partner gave in this profile; delete the sessions they are in."""
        with self._access.write() as db:
            withdrawn = consents.withdraw_partner(db, consent_id, self._access.now())
            theirs = sessions.with_partner(db, withdrawn)
            deletion.announce(self._access, db, theirs, DeletionReason.PARTNER_WITHDRAWN)
        return deletion.carry_out(self._access, theirs)

    # Receipts

    def receipts(self, person_id: str | None = None) -> list[Receipt]:
        """List receipts, newest first: all, or a person's with those of samples."""
        with self._access.read() as db:
            return deletion.receipts(db, person_id)

    def _record(
        self,
        person_id: str,
        version: str,
        purpose: str,
        retention_days: int,
        seen_by: str,
        kind: ConsentKind = ConsentKind.OWN,
        given_by: str | None = None,
    ) -> Consent:
        with self._access.write() as db:
            people.find(db, person_id)
            return consents.record(
                db,
                person_id,
                version=version,
                purpose=purpose,
                retention_days=retention_days,
                seen_by=seen_by,
                now=self._access.now(),
                kind=kind,
                given_by=given_by,
            )
