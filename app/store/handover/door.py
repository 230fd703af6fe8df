"""The one door to handing over: share, open, send a review back, merge it, take a share back."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.store import people
from app.store.handover import contacts, merging, received, shares, withdrawing
from app.store.handover.keys import own_key
from app.store.handover.opening import Opened, asks_passphrase, open_sealed
from app.store.handover.refusals import NotConfirmed, OtherKey, OwnShare
from app.store.handover.sealing import seal
from app.store.handover.types import ContactState, Kind, Letter, Sender, Share

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from app.store.access import Access
    from app.store.handover.keys import OwnKey
    from app.store.handover.types import Contact, Content, Merged
    from app.store.types import Receipt

    Step = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Seen:
    """A file that was proven whole and signed, and what this person knows of its sender."""

    opened: Opened
    """The file; nothing of it is on disk yet."""
    contact: ContactState
    """Whether its sender is known."""

    @property
    def letter(self) -> Letter:
        """What it says about itself."""
        return self.opened.letter


class HandOvers:
    """What was handed over and received. May be used from several threads; files take time."""

    def __init__(self, access: Access) -> None:
        self._access = access

    # Who one is

    def me(self, person_id: str) -> Sender:
        """Give a person as others know them: name and key, with its words."""
        with self._access.read() as db:
            name = people.find(db, person_id).name
        return Sender(name, person_id, self._key(person_id).public_key)

    # Sharing

    def latest_end(self, session_id: str, person_id: str) -> dt.datetime:
        """Tell until when a session may be shared: until it is deleted here, UTC.

        Raises
        ------
        AppError
            Where this person may not hand it over.
        """
        now = self._access.now()
        with self._access.read() as db:
            return shares.latest_end(db, shares.may_share(db, session_id, person_id), now)

    def usual_end(self) -> dt.datetime:
        """Tell when a share made now ends unless its owner chooses otherwise, UTC."""
        return self._access.now() + shares.USUAL

    def share(
        self,
        new: Share,
        contents: Sequence[Content],
        path: Path,
        passphrase: str,
        step: Step | None = None,
    ) -> Share:
        """Write a session, or a span of it, as one sealed file, and list it.

        It is listed before the file is there: what is out of the house can always be taken back.
        """
        now = self._access.now()
        with self._access.write() as db:
            row = shares.may_share(db, new.session_id, new.person_id)
            ends = min(new.expires_at, shares.latest_end(db, row, now))
            new = replace(new, made_at=now, expires_at=ends, title=row.title)
            shares.enter(db, new)
        letter = Letter(
            Kind.SHARE, new.id, self.me(new.person_id), new.to_name, now, new.expires_at
        )
        try:
            self._seal(path, letter, contents, passphrase, step)
        except BaseException:
            with self._access.write() as db:
                shares.forget(db, new.id)
            raise
        return new

    def shares(self, person_id: str) -> list[Share]:
        """List what a person handed over, newest first."""
        with self._access.read() as db:
            return shares.listed(db, person_id)

    def withdraw(self, share_id: str, person_id: str, path: Path) -> Share:
        """Write the file that takes a share back; it may be written again.

        It needs no passphrase: it says nothing but which share, and is signed by who made it.
        """
        now = self._access.now()
        with self._access.read() as db:
            shares.find(db, share_id, person_id)
        mine = replace(self.me(person_id), name="")
        self._seal(path, Letter(Kind.WITHDRAWAL, share_id, mine, "", now), (), None, None)
        with self._access.write() as db:
            row = shares.find(db, share_id, person_id)
            row.withdrawn_at = row.withdrawn_at or now
            return shares.to_share(row)

    # Opening

    @staticmethod
    def asks_passphrase(path: Path) -> bool:
        """Whether a file wants a passphrase; refused where it is none of ours."""
        return asks_passphrase(path)

    def look(
        self, path: Path, passphrase: str | None, person_id: str, step: Step | None = None
    ) -> Seen:
        """Prove a file from first to last byte, and tell from whom it is. Writes nothing of it.

        Raises
        ------
        Refused
            A class of app.store.handover.refusals for each reason.
        """
        opened = open_sealed(path, passphrase, step)
        letter, now = opened.letter, self._access.now()
        if letter.kind is Kind.WITHDRAWAL:
            return Seen(opened, ContactState.KNOWN)
        mine = letter.sender.public_key == self._key(person_id).public_key
        if mine and letter.kind is Kind.SHARE:
            raise OwnShare
        with self._access.write() as db:
            if letter.kind is Kind.SHARE:
                received.must_be_open(db, letter, now)
            else:
                merging.must_be_shared(db, letter, person_id)
            state = contacts.state_of(db, person_id, letter.sender)
            if state is ContactState.STRANGER:
                contacts.meet(db, person_id, letter.sender, now)
        if state is ContactState.OTHER_KEY:
            raise OtherKey(letter.sender.name)
        return Seen(opened, state)

    def confirm(self, person_id: str, sender: Sender) -> None:
        """Enter that this person compared the words of a sender's key, and that they match."""
        with self._access.write() as db:
            contacts.confirm(db, person_id, sender, self._access.now())

    def contacts(self, person_id: str) -> list[Contact]:
        """List a person's contacts by name."""
        with self._access.read() as db:
            return contacts.listed(db, person_id)

    def forget_contact(self, person_id: str, public_key: str) -> None:
        """Trust a key no longer: its next file asks for its words again."""
        with self._access.write() as db:
            contacts.forget(db, person_id, public_key)

    def receive(self, seen: Seen, person_id: str, step: Step | None = None) -> str:
        """Keep a shared session for this person; gives its id. Twice gives the same session."""
        self._must_know(seen, person_id)
        return received.receive(self._access, seen.opened, person_id, step)

    # Reviewing

    def send_review(
        self,
        session_id: str,
        person_id: str,
        path: Path,
        passphrase: str,
        step: Step | None = None,
    ) -> Letter:
        """Write what this person said about a received session as one sealed file."""
        share_id, owner, contents = merging.review_of(self._access, session_id, person_id)
        me = self.me(person_id)
        letter = Letter(Kind.REVIEW, share_id, me, owner, self._access.now())
        self._seal(path, letter, contents, passphrase, step)
        return letter

    def merge(self, seen: Seen, person_id: str) -> Merged:
        """Put a review beside what the owner's session holds; twice gives the same."""
        self._must_know(seen, person_id)
        return merging.merge(self._access, seen.opened, person_id)

    # Taking back

    def read_withdrawal(self, seen: Seen) -> list[Receipt]:
        """Delete what came by a share that its owner took back; it opens no more from now on."""
        return withdrawing.read(self._access, seen.letter)

    # Helpers

    def _must_know(self, seen: Seen, person_id: str) -> None:
        sender = seen.letter.sender
        with self._access.read() as db:
            state = contacts.state_of(db, person_id, sender)
        if state is ContactState.OTHER_KEY:
            raise OtherKey(sender.name)
        if state is not ContactState.KNOWN:
            raise NotConfirmed(sender.name)

    def _seal(
        self,
        path: Path,
        letter: Letter,
        contents: Sequence[Content],
        passphrase: str | None,
        step: Step | None,
    ) -> None:
        key = self._key(letter.sender.author)
        seal(path, letter, contents, passphrase=passphrase, key=key, step=step)

    def _key(self, person_id: str) -> OwnKey:
        return own_key(self._access.path.parent, person_id)


def new_share_id() -> str:
    """Draw the id of a new share."""
    return str(uuid.uuid4())
