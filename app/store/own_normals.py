"""The own normal that was measured before any session held it: the newest one of each person.

A session keeps the normal it was held against. What first steps or a self-check measured would be
lost at the end of the program; it is kept here under the agreement that stands, as long as that
allows, and goes when the agreement is taken back.
"""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Final

from app.errors import AppError
from app.store import consents, retention
from app.store.expiry import DAY_S
from app.store.files import BASELINE, SessionFiles

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from app.coach.types import Baseline
    from app.store.access import Access

log = logging.getLogger(__name__)

FOLDER: Final = "own_normals"
KEPT_AT: Final = "kept.json"
"""The retention clock's reading when it was kept."""


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
        return True

    def of(self, person_id: str) -> Baseline | None:
        """Give the kept one; None where there is none, or no agreement stands for it."""
        with self._access.read() as db:
            agreed = consents.holding(db, person_id) is not None
        return self._files(person_id).read_baseline() if agreed else None

    def file_of(self, person_id: str) -> SessionFiles | None:
        """Give the folder that holds it; None where there is none."""
        files = self._files(person_id)
        return files if files.has(BASELINE) else None

    def forget(self, person_id: str) -> None:
        """Delete it; nothing to do where there is none."""
        self._files(person_id).delete()

    def sweep(self, db: Session, age_s: float) -> None:
        """Delete those whose time is over, or whose person or agreement is gone.

        What cannot be deleted now is tried at the next sweep: it must not keep sessions from going.
        """
        for folder in sorted(self._folder.glob("*")):
            if not folder.is_dir():
                continue  # such as a file manager's own
            files = SessionFiles(folder)
            consent = consents.holding(db, folder.name)
            if consent is None or _kept_s(files) + consent.retention_days * DAY_S <= age_s:
                try:
                    files.delete()
                except AppError as error:
                    log.warning("an own normal could not be deleted yet: %s", error)

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
