"""What the store keeps, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from app.coach.practice_types import Speaking

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


TITLE_LENGTH: Final = 80
"""Characters of what a person calls a session."""


class KeepPolicy(StrEnum):
    """What is kept of a session. The values are stable: the database carries them."""

    PICTURE_AND_SOUND = "picture_and_sound"
    VOICE_AND_STICK = "voice_and_stick_figure"
    REPORT_ONLY = "report_only"
    NOTHING = "nothing"

    @property
    def keeps_picture(self) -> bool:
        """Whether the camera's picture is recorded."""
        return self is KeepPolicy.PICTURE_AND_SOUND

    @property
    def keeps_sound(self) -> bool:
        """Whether the microphone's sound is recorded."""
        return self in {KeepPolicy.PICTURE_AND_SOUND, KeepPolicy.VOICE_AND_STICK}

    @property
    def keeps_readings(self) -> bool:
        """Whether readings, and with them the stick figure, are kept."""
        return self.keeps_sound


class SessionStatus(StrEnum):
    """How far a session is. The values are stable: the database carries them."""

    RUNNING = "running"
    FINISHED = "finished"
    DELETING = "deleting"


class DeletionReason(StrEnum):
    """Why a session was deleted. The values are stable: the database carries them."""

    ASKED = "asked"
    RETENTION = "retention"
    WITHDRAWN = "withdrawn"
    PARTNER_WITHDRAWN = "partner_withdrawn"
    """Whoever played the customer took their consent back."""
    SHARE_WITHDRAWN = "share_withdrawn"
    """The owner of a received session took the hand-over back."""
    EXPIRED = "expired"
    """A received session's time was over."""
    PROFILE_REMOVED = "profile_removed"


class Origin(StrEnum):
    """How a session came here. The values are stable: the database carries them."""

    RECORDED = "recorded"
    IMPORTED = "imported"
    RECEIVED = "received"


class PersonRole(StrEnum):
    """What a person mostly does here. The values are stable: the database carries them."""

    STAFF = "staff"
    TRAINER = "trainer"


class ConsentKind(StrEnum):
    """Who gave a consent. The values are stable: the database carries them."""

    OWN = "own"
    """The person themselves."""
    PARTNER = "partner"
    """Somebody who played the customer in the person's sessions."""
    SHARED = "shared"
    """The owner of a session that was handed over to the person."""


@dataclass(frozen=True, slots=True)
class Person:
    """A profile: somebody who practises, or who reviews what was shared with them."""

    id: str
    """UUID."""
    name: str
    """As they wrote it; empty once the profile is removed."""
    role: PersonRole = PersonRole.STAFF
    """What they mostly do here; it opens nothing that is not theirs."""
    removed_at: datetime | None = None
    """When the profile was removed, UTC; None while there is one."""


@dataclass(frozen=True, slots=True)
class Consent:
    """What a person agreed to before the first recording."""

    id: str
    """UUID."""
    person_id: str
    """Who agreed."""
    version: str
    """Version of the text that they read."""
    purpose: str
    """What for, in the words that they read."""
    retention_days: int
    """How many days a session is kept, at least 1."""
    seen_by: str
    """Who may see it, in the words that they read."""
    given_at: datetime
    """When, UTC."""
    withdrawn_at: datetime | None = None
    """When it was withdrawn, UTC; None while it holds."""
    kind: ConsentKind = ConsentKind.OWN
    """Who gave it."""
    given_by: str | None = None
    """Name of the partner or of the owner who gave it; None where it is the person's own."""


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """One session in the list."""

    id: str
    """UUID."""
    person_id: str | None
    """Whose it is; None for a sample or an imported file."""
    consent_id: str | None
    """The consent that it was recorded under; None for a sample."""
    keep_policy: KeepPolicy
    """What is kept of it."""
    title: str
    """Plain words; the name that its owner gave it, where they did."""
    started_at: datetime
    """When it began, UTC."""
    duration_s: float | None
    """How long it was, seconds; None while it is unfinished."""
    status: SessionStatus
    """How far it is."""
    focus: str | None
    """Id of the cue that could give live hints."""
    checklist: str | None
    """Id of the checklist beside it."""
    sample: bool
    """True for the sample session, which is labelled as one wherever it shows."""
    findings: tuple[str, ...] | None
    """Cue ids of the report's findings, at most three; None while there is no report."""
    app_version: str
    """Version of the program that measured it."""
    rules_version: int
    """Version of the rules that it was measured with."""
    model_version: str
    """Versions of the models that it was measured with."""
    scenario: str | None = None
    """Id of the scenario that was practised; None for a free talk."""
    role: Speaking = Speaking.STAFF
    """On which side of the counter the person stood."""
    practices: Mapping[str, tuple[int, int]] | None = None
    """Practice id to how often it was found done and done wrongly; None without words."""
    origin: Origin = Origin.RECORDED
    """How it came here."""
    partner_consent_id: str | None = None
    """The consent of whoever played the customer; None where nobody did."""
    owner_name: str | None = None
    """Who handed a received session over; None for one's own."""
    share_id: str | None = None
    """The hand-over that a received session came by; None for one's own."""
    expires_at: datetime | None = None
    """From when on a received session opens no more, UTC; None for one's own."""
    former_title: str | None = None
    """What it was called before its owner gave it a name; None where nobody did."""

    @property
    def nameable(self) -> bool:
        """Whether its owner may give it a name: samples are nobody's, what came stays as it is."""
        return self.person_id is not None and not self.sample and not self.received

    @property
    def received(self) -> bool:
        """Whether somebody else owns it, and showed it to this person."""
        return self.origin is Origin.RECEIVED


OWN_NORMAL: Final = "own_normal"
"""Stands on a receipt in the place of a session's id: the own normal that was kept by itself."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that something was deleted. Holds nothing of what it contained."""

    id: str
    """UUID."""
    session_id: str
    """UUID of the session that is gone; "own_normal" for the own normal kept by itself."""
    deleted_at: datetime
    """When, UTC."""
    reason: DeletionReason
    """Why."""
    files: int
    """How many files were deleted."""
    size_bytes: int
    """How large they were together, bytes."""
    marks: int
    """How many marks were deleted."""
    events: int
    """How many machine events were deleted."""
    person_id: str | None = None
    """Whose session it was; None for a sample's, and for a receipt from before profiles."""

    @property
    def of_own_normal(self) -> bool:
        """Whether it is of the own normal that was kept by itself, and not of a session."""
        return self.session_id == OWN_NORMAL
