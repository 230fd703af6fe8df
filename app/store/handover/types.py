"""What is handed over, as values."""

from __future__ import annotations

import io
from dataclasses import dataclass
from enum import StrEnum
from typing import IO, TYPE_CHECKING, Self

from app.store.handover.keys import key_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from app.store.types import KeepPolicy


class Kind(StrEnum):
    """What a file is. The values are stable: files carry them."""

    SHARE = "share"
    """A session, or a span of it, from its owner to a trainer."""
    REVIEW = "review"
    """What the trainer said about it, back to the owner."""
    WITHDRAWAL = "withdrawal"
    """The owner takes a share back."""


class ContactState(StrEnum):
    """What is known of a file's sender."""

    KNOWN = "known"
    """Their words were confirmed once: nothing is asked."""
    STRANGER = "stranger"
    """The first file of this key: its words are to be compared."""
    OTHER_KEY = "other_key"
    """Somebody of this name was confirmed with another key: nothing is opened."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who signed a file."""

    name: str
    """As they call themselves."""
    author: str
    """Person id under which they make marks."""
    public_key: str
    """Ed25519, 64 hexadecimal digits."""

    @property
    def words(self) -> tuple[str, ...]:
        """The words of their key, a line for each group."""
        return key_words(self.public_key)


@dataclass(frozen=True, slots=True)
class Entry:
    """One file inside a hand-over."""

    name: str
    """One of a fixed set; see app.store.handover.layout."""
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Content:
    """One file that is to go into a hand-over."""

    name: str
    """One of the fixed set."""
    size: int
    """Bytes."""
    open: Callable[[], IO[bytes]]
    """Opens it for reading."""

    @classmethod
    def of(cls, name: str, content: bytes) -> Self:
        """Make one of what is at hand."""
        return cls(name, len(content), lambda: io.BytesIO(content))


@dataclass(frozen=True, slots=True)
class Letter:
    """What a sealed file says about itself, once its passphrase and signature were checked."""

    kind: Kind
    """What it is."""
    share_id: str
    """The hand-over that it is, answers or takes back: UUID."""
    sender: Sender
    """Who signed it."""
    to_name: str
    """Whom it is for, as the sender calls them; empty in a withdrawal."""
    made_at: datetime
    """When it was made, UTC."""
    expires_at: datetime | None = None
    """From when on a share opens no more, UTC; None for what is no share."""
    entries: tuple[Entry, ...] = ()
    """What is in it, in its order."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What a share says about the session that is in it."""

    title: str
    """Plain words."""
    started_at: datetime
    """When the session began at its owner's, UTC."""
    start_s: float
    """Where the span begins in the owner's session, seconds; there is 0 in what is handed over."""
    end_s: float
    """Where it ends, seconds."""
    whole: bool
    """Whether it is the whole session."""
    keep_policy: KeepPolicy
    """What of it is there: picture and sound, voice and stick figure, or the report only."""
    focus: str | None
    """Id of the focus cue."""
    checklist: str | None
    """Id of the checklist."""
    scenario: str | None
    """Id of the scenario."""
    role: str
    """On which side of the counter the person stood."""
    app_version: str
    """Version of the program that measured it."""
    rules_version: int
    """Version of the rules that it was measured with."""
    model_version: str
    """Versions of the models that it was measured with."""


@dataclass(frozen=True, slots=True)
class Share:
    """Something that was handed over, in the owner's list."""

    id: str
    """UUID."""
    person_id: str
    """Whose it is."""
    session_id: str
    """The session, which may be gone."""
    start_s: float
    """Where the span begins, seconds."""
    end_s: float
    """Where it ends, seconds."""
    with_picture: bool
    """Whether the picture went with it."""
    to_name: str
    """Whom it is for."""
    made_at: datetime
    """UTC."""
    expires_at: datetime
    """From when on it opens no more, UTC."""
    withdrawn_at: datetime | None = None
    """When a withdrawal file was made, UTC."""
    reviewed_at: datetime | None = None
    """When a review of it was last read, UTC."""
    title: str = ""
    """Title of the session; empty where it is gone."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody whose files a person has read."""

    name: str
    """As they call themselves."""
    author: str
    """Person id under which they make marks."""
    public_key: str
    """Ed25519, 64 hexadecimal digits."""
    confirmed_at: datetime | None
    """When the words of the key were confirmed, UTC; None while they were not."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What reading a review did."""

    session_id: str
    """The owner's session."""
    new: int
    """How many marks are new; 0 where all were there."""
    total: int
    """How many marks are in the review, with what was changed and taken back."""
