"""The library of best and worst cases: stretches that their owners released for others to study.

A clip lies in a folder of its own, cut out of the session, so that nobody who watches it needs the
session. It goes when its owner takes it back, and with its session.
"""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, select

from app.errors import AppError
from app.store import leftovers, sessions
from app.store.files import SessionFiles
from app.store.tables import PersonRow, SessionRow
from app.store.tables_sharing import ClipRow
from app.store.types import Origin, SessionStatus

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from app.store.access import Access

FOLDER: Final = "clips"
LONGEST_S: Final = 600.0
"""A case to study, not a whole shift, seconds."""
SHORTEST_S: Final = 1.0
LEFT_S: Final = 3600.0
"""The folder of a clip that nobody entered within this time is what a kill left, seconds."""


class ClipKind(StrEnum):
    """What a clip is an example of. The values are stable: the database carries them."""

    BEST = "best"
    WORST = "worst"


@dataclass(frozen=True, slots=True)
class Clip:
    """A stretch of a session that its owner released."""

    id: str
    """UUID."""
    person_id: str
    """Who released it, and alone may take it back."""
    owner: str
    """Their name, as everybody sees it in the library."""
    session_id: str
    """The session that it was cut from."""
    start_s: float
    """Where in the session it begins, seconds; the clip itself begins at 0."""
    end_s: float
    """Where in the session it ends, seconds."""
    kind: ClipKind
    """Whether it shows how to do it, or how not to."""
    title: str
    """In the owner's words."""
    practice: str | None
    """Id of the practice that it shows; None for no single one."""
    note: str
    """What to look for, in the owner's words; may be empty."""
    with_picture: bool
    """Whether the picture is in it; else voice and stick figure."""
    released_at: dt.datetime
    """When it was released, UTC."""

    @property
    def length_s(self) -> float:
        """How long it is, seconds."""
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True)
class Release:
    """What an owner says about a clip."""

    session_id: str
    """The session that it is cut from."""
    start_s: float
    """Where in the session it begins, seconds."""
    end_s: float
    """Where in the session it ends, seconds."""
    kind: ClipKind
    """Whether it shows how to do it, or how not to."""
    title: str
    """In their words."""
    practice: str | None = None
    """Id of the practice that it shows; None for no single one."""
    note: str = ""
    """What to look for."""
    with_picture: bool = False
    """Whether the picture goes with it."""


class Clips:
    """The clips, in the database and in their folders. May be used from several threads."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def files(self, clip_id: str) -> SessionFiles:
        """Give the folder of a clip, which may be gone."""
        return clip_files(self._access, clip_id)

    def new_id(self) -> str:
        """Give the id of a clip that is about to be cut into `files(id)`."""
        return str(uuid.uuid4())

    def check(self, person_id: str, release: Release) -> None:
        """Refuse what could not be released, before it is cut.

        Raises
        ------
        AppError
            Where the session is gone or belongs to somebody else, or the stretch makes no clip.
        """
        with self._access.read() as db:
            _check(db, person_id, release)

    def release(self, clip_id: str, person_id: str, release: Release) -> Clip:
        """Enter a clip whose files were cut; an AppError for what `check` refuses."""
        with self._access.write() as db:
            _check(db, person_id, release)
            db.add(
                ClipRow(
                    id=clip_id,
                    person_id=person_id,
                    session_id=release.session_id,
                    start_s=release.start_s,
                    end_s=release.end_s,
                    kind=release.kind.value,
                    title=" ".join(release.title.split()),
                    practice=release.practice,
                    note=release.note.strip(),
                    with_picture=release.with_picture,
                    released_at=self._access.now(),
                )
            )
        return self.clip(clip_id)

    def listed(self, *, practice: str | None = None, kind: ClipKind | None = None) -> list[Clip]:
        """List what was released, newest first."""
        query = _standing()
        if practice is not None:
            query = query.where(ClipRow.practice == practice)
        if kind is not None:
            query = query.where(ClipRow.kind == kind.value)
        with self._access.read() as db:
            rows = db.execute(query.order_by(ClipRow.released_at.desc(), ClipRow.id)).all()
            return [_value(row, name) for row, name in rows]

    def clip(self, clip_id: str) -> Clip:
        """Give one clip; an AppError where it was taken back."""
        with self._access.read() as db:
            found = db.execute(_standing().where(ClipRow.id == clip_id)).one_or_none()
            if found is None:
                raise AppError(
                    "This clip is not there any more.", "Its owner took it back. Go to the list."
                )
            return _value(*found)

    def withdraw(self, clip_id: str, person_id: str) -> None:
        """Take a clip back and delete it; only its owner can."""
        if self.clip(clip_id).person_id != person_id:
            raise AppError(
                "Only the person whose clip this is can take it back.",
                "Ask them to do it in their own profile.",
            )
        self.files(clip_id).delete()
        with self._access.write() as db:
            db.execute(delete(ClipRow).where(ClipRow.id == clip_id))

    def sweep(self) -> None:
        """Delete the folders of clips that were being cut when the program was killed."""
        folder = self._access.path.parent / FOLDER
        with self._access.read() as db:
            known = set(db.scalars(select(ClipRow.id)))
        for left in folder.iterdir() if folder.is_dir() else ():
            # Another program may be cutting one at this moment.
            old = time.time() - left.stat().st_mtime > LEFT_S
            if left.is_dir() and left.name not in known and old:
                SessionFiles(left).delete()
        leftovers.clear(folder)


def clip_files(access: Access, clip_id: str) -> SessionFiles:
    """Give the folder of a clip."""
    return SessionFiles(access.path.parent / FOLDER / clip_id)


def files_of_session(access: Access, db: Session, session_id: str) -> list[SessionFiles]:
    """Give the folders of the clips that were cut from a session: they go with it."""
    ids = db.scalars(select(ClipRow.id).where(ClipRow.session_id == session_id))
    return [clip_files(access, one) for one in ids]


def forget_session(db: Session, session_id: str) -> None:
    """Delete the rows of the clips of a session whose folders are gone."""
    db.execute(delete(ClipRow).where(ClipRow.session_id == session_id))


def _standing() -> Select[ClipRow, str]:
    """Ask for clips with their owners' names, without those whose session is being deleted."""
    return (
        select(ClipRow, PersonRow.name)
        .join(PersonRow, ClipRow.person_id == PersonRow.id)
        .join(SessionRow, ClipRow.session_id == SessionRow.id)
        .where(SessionRow.status != SessionStatus.DELETING.value)
    )


def _check(db: Session, person_id: str, release: Release) -> None:
    if not release.title.strip():
        raise AppError("The clip has no title.", "Write two or three words that name it.")
    if not SHORTEST_S <= release.end_s - release.start_s <= LONGEST_S or release.start_s < 0:
        raise AppError(
            "A clip is between one second and ten minutes long.", "Choose another stretch."
        )
    session = sessions.find(db, release.session_id)
    if session.person_id != person_id or session.origin == Origin.RECEIVED.value:
        raise AppError(
            "Only the person who was recorded can show colleagues a clip of this session.",
            "Ask them to do it in their own profile.",
        )


def _value(row: ClipRow, owner: str) -> Clip:
    return Clip(
        id=row.id,
        person_id=row.person_id,
        owner=owner,
        session_id=row.session_id,
        start_s=row.start_s,
        end_s=row.end_s,
        kind=ClipKind(row.kind),
        title=row.title,
        practice=row.practice,
        note=row.note,
        with_picture=row.with_picture,
        released_at=row.released_at,
    )
