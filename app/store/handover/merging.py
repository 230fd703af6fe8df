"""A trainer's review: written from a received session, merged into the owner's.

Each mark of the review gets the id uuid5(share, mark), so that reading it twice, or two reviews in
any order, gives the same log; the times at which marks were made travel with them, so that of two
versions the later one holds wherever the log is read.
"""

from __future__ import annotations

import uuid
from contextlib import suppress
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from app.coach.cutting import Span, restored
from app.coach.types import Lane, MarkKind
from app.errors import AppError
from app.store import episodes, expiry, log, outcome, sessions
from app.store.handover import layout
from app.store.handover.parts import Said, dump_marks, load_marks
from app.store.handover.refusals import Damaged, NotYours, Refused
from app.store.handover.types import Content, Kind, Merged
from app.store.tables_sharing import ShareRow
from app.store.types import Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy.orm import Session

    from app.coach.types import CueEvent, Mark
    from app.store.access import Access
    from app.store.files import SessionFiles
    from app.store.handover.opening import Opened
    from app.store.handover.types import Entry, Letter

SAID_BY_TRAINERS: Final = frozenset(
    {MarkKind.NOTE, MarkKind.MARKER, MarkKind.VERDICT, MarkKind.REVIEW}
)
"""Other kinds are the owner's own view or part of what was measured: no review changes them."""
LATE_S: Final = 1.0


class NotTheTrainers(Refused):
    """A review with marks of somebody else's."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"This review holds marks that are not {name}'s own, so none of it was taken over.",
            f"Ask {name} to send the review once more from their own profile.",
        )


class OtherContents(Refused):
    """A mark that is there already, and says something else."""

    def __init__(self, name: str) -> None:
        super().__init__(
            "This review contradicts one that you have read: the same mark says something else.",
            f"Nothing was changed. Ask {name} which of the two files is the right one.",
        )


# The trainer's side


def review_of(access: Access, session_id: str, person_id: str) -> tuple[str, str, list[Content]]:
    """Gather what a trainer said about a received session: share, owner's name, contents."""
    with access.read() as db:
        row = sessions.find(db, session_id)
        expiry.may_open(db, session_id, access.now())
        if row.origin != Origin.RECEIVED or row.person_id != person_id or row.share_id is None:
            raise AppError(
                "Only a session that somebody shared with you has a review to send back.",
                "Marks on a session of your own are in its report already.",
            )
        share_id, owner = row.share_id, row.owner_name or ""
        at = log.said_at(db, session_id)
        theirs = [
            Said(mark, at[mark.id])
            for mark in log.read(db, session_id)
            if mark.lane is Lane.TRAINER
            and mark.author == person_id
            and mark.kind in SAID_BY_TRAINERS
        ]
    if not theirs:
        raise AppError(
            "There is no mark and no comment of yours on this session yet.",
            "Review it at the desk first, then send the review back.",
        )
    named, spoken = with_sounds(theirs, access.files(session_id))
    content = dump_marks(named)
    return share_id, owner, [Content.of(layout.MARKS, content), *spoken]


def with_sounds(said: Sequence[Said], files: SessionFiles) -> tuple[list[Said], list[Content]]:
    """Give spoken comments names that may travel, and their sounds; a lost one goes without."""
    contents: list[Content] = []
    named: list[Said] = []
    for one in said:
        name = one.mark.data.get("sound", "")
        if name:
            ending = name.rpartition(".")[2]
            travels = f"spoken-{len(contents)}.{ending}"
            there = layout.is_spoken(travels) and files.has(name)
            if there:
                contents.append(Content.of(travels, files.read(name)))
            data = MappingProxyType({**one.mark.data, "sound": travels if there else ""})
            one = replace(one, mark=replace(one.mark, data=data))  # noqa: PLW2901 - named anew
        named.append(one)
    return named, contents


# The owner's side


def must_be_shared(db: Session, letter: Letter, person_id: str) -> ShareRow:
    """Find the share that a review answers, or refuse it."""
    row = db.get(ShareRow, letter.share_id)
    if row is None or row.person_id != person_id:
        raise NotYours
    sessions.find(db, row.session_id)
    return row


def merge(access: Access, opened: Opened, person_id: str) -> Merged:
    """Put a review into the owner's session: all of it or nothing."""
    letter = opened.letter
    if letter.kind is not Kind.REVIEW:
        raise ValueError(f"a {letter.kind} is no review")
    with access.read() as db:
        share = must_be_shared(db, letter, person_id)
        # As it was handed over: it may have been measured again since.
        events = episodes.read_at(db, share.session_id, share.made_at)
    files = access.files(share.session_id)
    written: list[str] = []
    try:
        said = _pour(opened, share.id, files, written)
        _must_be_theirs(said, letter, person_id, share.end_s - share.start_s)
        theirs = restore(said, share.id, Span(share.start_s, share.end_s), events)
        made = outcome.made(files, (one.mark for one in theirs))
        with access.write() as db:
            share = must_be_shared(db, letter, person_id)
            new = _enter(db, share, theirs, letter)
            if made is not None:
                made = outcome.renewed(made, files, [one.mark for one in theirs])
                outcome.note(db, sessions.find(db, share.session_id), made)
            share.reviewed_at = max(access.now(), share.reviewed_at or access.now())
            return Merged(share.session_id, new, len(said))
    except BaseException:
        for name in written:
            with suppress(AppError):
                files.remove(name)
        raise


def restore(
    said: Iterable[Said], share_id: str, span: Span, events: Sequence[CueEvent]
) -> list[Said]:
    """Give a review's marks as they stand in the owner's session."""
    return [
        Said(_as_the_owners(restored(one.mark, span, events), share_id), one.at) for one in said
    ]


def merged_id(share_id: str, mark_id: str) -> str:
    """Give the id that a mark of a review has in the owner's session."""
    return str(uuid.uuid5(uuid.UUID(share_id), mark_id))


def _as_the_owners(mark: Mark, share_id: str) -> Mark:
    data = dict(mark.data)
    if "sound" in data:
        data["sound"] = _sound_name(share_id, mark, data["sound"])
    return replace(
        mark,
        id=merged_id(share_id, mark.id),
        revises=merged_id(share_id, mark.revises) if mark.revises else "",
        data=MappingProxyType(data),
    )


def _sound_name(share_id: str, mark: Mark, travels: str) -> str:
    if not layout.is_spoken(travels):
        return ""
    return f"spoken-{merged_id(share_id, mark.id)}.{travels.rpartition('.')[2]}"


def _pour(opened: Opened, share_id: str, files: SessionFiles, written: list[str]) -> list[Said]:
    """Read the marks, and write the sounds of those that are spoken."""
    said: list[Said] = []

    def take(entry: Entry, pieces: Iterator[bytes]) -> None:
        content = b"".join(pieces)
        if entry.name == layout.MARKS:
            said.extend(load_marks(content))
            return
        for one in said:
            if one.mark.data.get("sound") == entry.name:
                name = _sound_name(share_id, one.mark, entry.name)
                if not files.has(name):
                    written.append(name)
                    files.write_atomic(name, content)

    if opened.letter.entries[0].name != layout.MARKS:
        raise Damaged
    opened.pour(take)
    return said


def _must_be_theirs(said: Sequence[Said], letter: Letter, person_id: str, length_s: float) -> None:
    """Refuse a review in which anybody but its sender speaks, or that changes what others said."""
    ids = {one.mark.id for one in said}
    author = letter.sender.author
    for one in said:
        mark = one.mark
        theirs = mark.lane is Lane.TRAINER and mark.author == author != person_id
        if (
            not theirs
            or mark.kind not in SAID_BY_TRAINERS
            or (mark.revises and mark.revises not in ids)
        ):
            raise NotTheTrainers(letter.sender.name)
        if mark.t > length_s + LATE_S:
            raise Damaged


def _enter(db: Session, share: ShareRow, said: Sequence[Said], letter: Letter) -> int:
    """Write the marks that are new; gives how many."""
    try:
        return sum(log.enter(db, share.session_id, one.mark, one.at) for one in said)
    except ValueError as error:
        raise OtherContents(letter.sender.name) from error
