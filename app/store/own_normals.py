"""The own normal that was measured before any session held it: the newest one of each person.

A session keeps the normal it was held against. What first steps or a self-check measured would be
lost at the end of the program; it is kept here under the agreement that stands, as long as that
allows. It goes when the agreement is taken back, or whenever its person says so, and like a session
it leaves a receipt: announced, deleted, receipted, so that a kill leaves no half.
"""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
from sqlalchemy import select

from app.errors import AppError
from app.store import consents, deletion, leftovers, retention
from app.store.expiry import DAY_S
from app.store.files import BASELINE, SessionFiles
from app.store.leftovers import PART
from app.store.tables import FactRow
from app.store.types import OWN_NORMAL, DeletionReason

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from app.coach.types import Baseline
    from app.store.access import Access
    from app.store.types import Receipt

log = logging.getLogger(__name__)

FOLDER: Final = "own_normals"
KEPT_AT: Final = "kept.json"
"""The retention clock's reading when it was kept."""
GOING: Final = "own_normal_going "
"""Begin of the fact that one is being deleted, before its person's id."""


class OwnNormals:
    """Keeps, gives and forgets them; the files go through the same door as a session's."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def keep(self, person_id: str, baseline: Baseline) -> bool:
        """Keep it in the place of the last one; False without an agreement that stands."""
        with self._access.write() as db:
            if consents.holding(db, person_id) is None:
                return False
            age_s = retention.look(db, self._access.now())
            files = self._files(person_id)
            files.write_atomic(KEPT_AT, json.dumps({"age_s": age_s}).encode())
            files.write_baseline(baseline)
            # One that could not be deleted yet is gone with this: nothing is left to delete.
            db.execute(sa.delete(FactRow).where(FactRow.key == GOING + person_id))
        return True

    def of(self, person_id: str) -> Baseline | None:
        """Give the kept one; None where there is none, or no agreement stands for it."""
        with self._access.read() as db:
            going = db.get(FactRow, GOING + person_id) is not None
            agreed = consents.holding(db, person_id) is not None
        return self._files(person_id).read_baseline() if agreed and not going else None

    def file_of(self, person_id: str) -> SessionFiles | None:
        """Give the folder that holds it; None where there is none."""
        files = self._files(person_id)
        return files if files.has(BASELINE) else None

    def delete(self, person_id: str) -> list[Receipt]:
        """Delete it because its person says so; no receipt where there is none."""
        with self._access.write() as db:
            self.announce(db, person_id, DeletionReason.ASKED)
        return self.carry_out()

    def announce(self, db: Session, person_id: str, reason: DeletionReason) -> None:
        """Say that it goes; from here on it is not given, and only ever deleted further."""
        files = self._files(person_id)
        if not files.count() or db.get(FactRow, GOING + person_id) is not None:
            return
        going = {"reason": reason.value, "files": files.count(), "size_bytes": files.size_bytes()}
        db.add(FactRow(key=GOING + person_id, value=json.dumps(going)))

    def carry_out(self) -> list[Receipt]:
        """Delete what was announced; the first that cannot go is told, after all others went."""
        receipts, failed = self._carry_out_all()
        if failed:
            raise failed[0]
        return receipts

    def finish_announced(self) -> list[Receipt]:
        """Delete what was announced; what cannot go yet is tried again at the next start."""
        leftovers.clear(self._folder)
        receipts, failed = self._carry_out_all()
        for error in failed:
            log.warning("an own normal could not be deleted yet: %s", error)
        return receipts

    def sweep(self, db: Session, age_s: float) -> None:
        """Announce those whose time is over, or whose person or agreement is gone."""
        for folder in sorted(self._folder.glob("*")):
            if not folder.is_dir() or folder.suffix == PART:
                continue  # such as a file manager's own
            consent = consents.holding(db, folder.name)
            kept_s = _kept_s(SessionFiles(folder))
            if consent is None:
                self.announce(db, folder.name, DeletionReason.WITHDRAWN)
            elif kept_s + consent.retention_days * DAY_S <= age_s:
                self.announce(db, folder.name, DeletionReason.RETENTION)

    def _carry_out_all(self) -> tuple[list[Receipt], list[AppError]]:
        receipts: list[Receipt] = []
        failed: list[AppError] = []
        with self._access.read() as db:
            keys = list(db.scalars(select(FactRow.key).where(FactRow.key.startswith(GOING))))
        for key in keys:
            try:
                receipts += self._carry_out(key)
            except AppError as error:
                failed.append(error)
        for left in sorted(self._folder.glob(f"*{PART}")):
            try:
                SessionFiles(left).delete()
            except AppError as error:
                failed.append(error)
        return receipts, failed

    def _carry_out(self, key: str) -> list[Receipt]:
        """Delete one, unless another one has taken its place meanwhile."""
        person_id = key.removeprefix(GOING)
        with self._access.write() as db:
            if db.get(FactRow, key) is None:
                return []
            aside = self._files(person_id).set_aside()
        aside.delete()
        with self._access.write() as db:
            row = db.get(FactRow, key)
            if row is None:
                return []
            going = json.loads(row.value)
            db.delete(row)
            receipt = deletion.enter_receipt(
                db,
                session_id=OWN_NORMAL,
                deleted_at=self._access.now(),
                marks=0,
                events=0,
                person_id=person_id,
                **going,
            )
        return [receipt]

    @property
    def _folder(self) -> Path:
        return self._access.path.parent / FOLDER

    def _files(self, person_id: str) -> SessionFiles:
        return SessionFiles(self._folder).within(person_id)


def _kept_s(files: SessionFiles) -> float:
    """Say when it was kept; long ago where that cannot be read."""
    try:
        return float(json.loads(files.read(KEPT_AT))["age_s"])
    except (AppError, ValueError, KeyError, TypeError):
        return float("-inf")
