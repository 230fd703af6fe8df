"""Everything about one person as one archive, and nothing about anybody else."""

from __future__ import annotations

import json
import os
import re
import zipfile
from typing import IO, TYPE_CHECKING, Any, Final, TypeVar

from pydantic import BaseModel
from sqlalchemy import select

from app.coach.content_kinds import ContentKind
from app.errors import AppError
from app.settings import settings_file
from app.store.about_me_index import (
    DETAIL,
    INDEX,
    README,
    SCHEMA,
    ConsentPart,
    EventPart,
    FilePart,
    Index,
    MarkPart,
    PersonPart,
    ReceiptPart,
    ReceivedPart,
    SessionDetail,
    SessionPart,
    readme,
    schema,
)
from app.store.faults import told
from app.store.files import BASELINE
from app.store.packs import content_dir
from app.store.private_file import open_private
from app.store.tables_sharing import ClipRow, ContactRow, ImportRow, ShareRow
from app.store.types import SessionStatus
from app.version import VERSION
from app.windows import take_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from app.store.store import Store
    from app.store.types import Person, SessionRecord

Part = TypeVar("Part", bound=BaseModel)
SCHEMA_VERSION: Final = 1
SETTINGS: Final = "settings.toml"
OWN_NORMAL: Final = "own-normal.json"
PACKED: Final = frozenset({".mkv", ".wav", ".rrd"})
"""Endings of what does not get smaller."""
PIECE: Final = 1 << 20
"""So much is copied at a time, bytes: a person who stops it does not wait."""
LONGEST: Final = 60
"""Characters of a title in a folder's name: some systems cannot take long ones."""
_TABLES: Final[dict[str, type[ShareRow | ContactRow | ImportRow | ClipRow]]] = {
    "shares": ShareRow,
    "contacts": ContactRow,
    "imports": ImportRow,
    "clips": ClipRow,
}
_PLAIN: Final = re.compile(r"[^\w ()-]+")


def export_about_me(
    store: Store,
    person_id: str,
    target: Path,
    *,
    progress: Callable[[float], None] | None = None,
) -> Index:
    """Write everything about a person into one ZIP file; gives its index.

    Parameters
    ----------
    store, person_id
        Where it is kept, and about whom.
    target
        Where it goes; an older file of this name is replaced once the new one is whole.
    progress
        Told 0..1; may raise to stop it, and nothing is left then.

    Raises
    ------
    AppError
        Where the disk is full, the folder cannot be written, or the profile is gone.
    """
    person = next((one for one in store.persons() if one.id == person_id), None)
    if person is None:
        raise AppError("This profile is not there any more.", "It was removed. Choose another.")
    part = target.with_name(f"{target.name}.part")
    try:
        with told(target):
            part.unlink(missing_ok=True)
            with open_private(part) as file:
                with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                    index = _Export(store, person, archive, progress).write()
                file.flush()
                os.fsync(file.fileno())
            take_place(part, target)
    finally:
        part.unlink(missing_ok=True)
    return index


class _Export:
    """Writes one archive."""

    def __init__(
        self,
        store: Store,
        person: Person,
        archive: zipfile.ZipFile,
        progress: Callable[[float], None] | None,
    ) -> None:
        self._store = store
        self._person = person
        self._archive = archive
        self._progress = progress
        self._done = 0
        self._whole = 1

    def write(self) -> Index:
        """Write all files and then the index."""
        person = self._person
        listed = self._store.sessions(person_id=person.id)
        theirs = [one for one in listed if one.person_id == person.id]  # samples are nobody's
        receipts = self._store.receipts(person.id)
        own = [one for one in theirs if not one.received]
        self._whole += sum(self._store.files(one.id).size_bytes() for one in own)
        sessions = tuple(self._session(one) for one in own)
        index = Index(
            schema_version=SCHEMA_VERSION,
            made_at=self._store.access.now(),
            app_version=VERSION,
            person=_part(PersonPart, person),
            consents=tuple(_part(ConsentPart, one) for one in self._store.consents(person.id)),
            receipts=tuple(
                _part(ReceiptPart, one) for one in receipts if one.person_id == person.id
            ),
            sessions=sessions,
            received=tuple(self._received(one) for one in theirs if one.received),
            settings=self._settings(),
            own_normal=self._own_normal(),
            content=tuple(self._content()),
            **self._rows(),
        )
        self._text(SCHEMA, json.dumps(schema(), indent=1))
        self._text(INDEX, index.model_dump_json(indent=1))
        self._text(README, readme(index))
        return index

    def _session(self, record: SessionRecord) -> SessionPart:
        """Write the files of a session; one that runs has none yet that are whole."""
        written: list[FilePart] = []
        if record.status is SessionStatus.FINISHED:
            folder = f"sessions/{_folder(record)}"
            files = self._store.files(record.id)
            for name in files.names():
                with files.open_read(name) as source:
                    written.append(self._copy(f"{folder}/{name}", source))
            events = tuple(_part(EventPart, one) for one in self._store.events(record.id))
            detail = SessionDetail(marks=self._marks(record), events=events)
            written.append(self._text(f"{folder}/{DETAIL}", detail.model_dump_json(indent=1)))
        return _part(SessionPart, record, files=tuple(written))

    def _received(self, record: SessionRecord) -> ReceivedPart:
        try:
            marks = self._marks(record, of=self._person.id)
        except AppError:
            marks = ()  # its time is over, and it opens no more, here either
        return _part(ReceivedPart, record, marks=marks)

    def _marks(self, record: SessionRecord, of: str | None = None) -> tuple[MarkPart, ...]:
        said_at = self._store.said_at(record.id)
        return tuple(
            MarkPart(
                id=mark.id,
                t=mark.t,
                lane=mark.lane.value,
                kind=mark.kind.value,
                author=mark.author,
                data=dict(mark.data),
                revises=mark.revises,
                deleted=mark.tombstone,
                said_at=said_at.get(mark.id),
            )
            for mark in self._store.marks(record.id, effective=False)
            if of is None or mark.author == of
        )

    def _rows(self) -> dict[str, tuple[dict[str, Any], ...]]:
        """Give what the person shared, opened, imported and released, as it is stored."""
        with self._store.access.read() as db:
            return {
                name: tuple(
                    {one.key: getattr(row, one.key) for one in table.__table__.columns}
                    for row in db.scalars(select(table).where(table.person_id == self._person.id))
                )
                for name, table in _TABLES.items()
            }

    def _settings(self) -> FilePart | None:
        path = settings_file(self._person.id)
        if not path.is_file():
            return None
        with told(path), path.open("rb") as source:
            return self._copy(SETTINGS, source)

    def _own_normal(self) -> FilePart | None:
        files = self._store.own_normals.file_of(self._person.id)
        if files is None:
            return None
        with files.open_read(BASELINE) as source:
            return self._copy(OWN_NORMAL, source)

    def _content(self) -> Iterable[FilePart]:
        for kind in ContentKind:
            for path in sorted(content_dir(kind).glob("*.toml")):
                with told(path), path.open("rb") as source:
                    yield self._copy(f"content/{kind.value}/{path.name}", source)

    def _copy(self, name: str, source: IO[bytes]) -> FilePart:
        size = 0
        info = self._info(name)
        if name.endswith(tuple(PACKED)):
            info.compress_type = zipfile.ZIP_STORED
        with self._archive.open(info, "w", force_zip64=True) as target:
            while piece := source.read(PIECE):
                target.write(piece)
                size += len(piece)
                self._step(len(piece))
        return FilePart(name=name, size_bytes=size)

    def _text(self, name: str, text: str) -> FilePart:
        data = text.encode("utf-8")
        self._archive.writestr(self._info(name), data)
        return FilePart(name=name, size_bytes=len(data))

    def _info(self, name: str) -> zipfile.ZipInfo:
        when = self._store.access.now().astimezone().timetuple()[:6]
        info = zipfile.ZipInfo(name, when)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        return info

    def _step(self, size: int) -> None:
        self._done += size
        if self._progress is not None:
            self._progress(min(1.0, self._done / self._whole))


def _part(kind: type[Part], value: object, **more: object) -> Part:
    """Take the fields of a part from a value that has them."""
    given = {name: getattr(value, name) for name in kind.model_fields if name not in more}
    return kind(**given, **more)


def _folder(record: SessionRecord) -> str:
    """Name a session's folder so that a person finds it: its day and title, and no other has it."""
    title = _PLAIN.sub("", record.title).strip()[:LONGEST]
    return f"{record.started_at.astimezone():%Y-%m-%d %H%M} {title} {record.id[:8]}"
