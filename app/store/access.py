"""What every part of the store works with: transactions, the folders, the calendar."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sqlalchemy.orm import Session

from app.errors import AppError
from app.store.database import back_up, copies_of, open_database
from app.store.engine import empty_log, writer
from app.store.faults import told
from app.store.files import SessionFiles

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator
    from pathlib import Path

SESSIONS: Final = "sessions"

log = logging.getLogger(__name__)


class Access:
    """An open database and the sessions' folders beside it. May be used from several threads."""

    def __init__(
        self, path: Path, *, now: Callable[[], dt.datetime], busy_timeout_s: float
    ) -> None:
        self.path = path
        self.now = now
        self._engine = open_database(path, busy_timeout_s=busy_timeout_s)
        self._writer = writer(self._engine)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Read in one transaction."""
        with told(self.path), Session(self._engine, expire_on_commit=False) as db, db.begin():
            yield db

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Read and write in one transaction; an error undoes it."""
        with told(self.path), Session(self._writer, expire_on_commit=False) as db, db.begin():
            yield db

    def files(self, session_id: str) -> SessionFiles:
        """Give the folder of a session, which may be gone."""
        return SessionFiles(self.path.parent / SESSIONS / session_id, kept=True)

    def back_up(self) -> None:
        """Copy the database; without room for a copy the program still runs."""
        try:
            with told(self.path):
                back_up(self.path)
        except AppError as error:
            log.warning("the list of sessions could not be copied: %s", error)

    def forget_deleted(self) -> None:
        """Rid the write-ahead log and the copies of what the database no longer holds."""
        with told(self.path):
            for copy in copies_of(self.path):
                copy.unlink(missing_ok=True)
            empty_log(self._engine)
        self.back_up()

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()
