"""What the archive of everything about one person says of itself: an index with a schema."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 -- pydantic reads annotations at run time
from typing import Any, Final

from pydantic import BaseModel, ConfigDict

INDEX: Final = "me.json"
SCHEMA: Final = "schema.json"
README: Final = "README.txt"
DETAIL: Final = "about-this-session.json"
FILES: Final = {
    "recording.mkv": "picture and sound (Matroska with H.264 and FLAC; most players open it)",
    "report.json": "the report: what was found, its curves, and what was not measured",
    "baseline.json": "the own normal that this session was held against",
    "readings.rrd": "all measured values in Rapport's own compact form, with the stick figure",
    "words.json": "what was said, word by word",
    "practices.json": "what the words showed",
    "takes.json": "what moments that were said again were like",
    "session.json": "which senses were on",
    DETAIL: "your marks and notes, and the cues that the machine found",
}
"""What a file in a session's folder is; the takes (take-1.wav and so on) are sound,
or picture and sound (take-1.mkv)."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class PersonPart(_Part):
    """Who this is about."""

    id: str
    """Number of the profile."""
    name: str
    """As it was written."""
    role: str
    """staff or trainer."""


class ConsentPart(_Part):
    """Something that was agreed to."""

    id: str
    """Number, which sessions name."""
    kind: str
    """own; partner: of somebody who played the customer; shared: of a session's owner."""
    given_by: str | None
    """Name of the partner or owner; null where it is the person's own."""
    version: str
    """Version of the text that was read."""
    purpose: str
    """What for, in the words that were read."""
    seen_by: str
    """Who may see it, in the words that were read."""
    retention_days: int
    """How many days a session is kept."""
    given_at: dt.datetime
    """When, UTC."""
    withdrawn_at: dt.datetime | None
    """When it was taken back, UTC; null while it holds."""


class ReceiptPart(_Part):
    """Proof that a session was deleted."""

    session_id: str
    """Number of the session that is gone."""
    deleted_at: dt.datetime
    """When, UTC."""
    reason: str
    """Why: asked, retention, withdrawn, partner_withdrawn, share_withdrawn, expired."""
    files: int
    """How many files were deleted."""
    size_bytes: int
    """How large they were together, bytes."""


class FilePart(_Part):
    """One file in this archive."""

    name: str
    """Its place in the archive."""
    size_bytes: int
    """How large it is, bytes."""


class SessionPart(_Part):
    """One session of the person."""

    id: str
    """Number."""
    title: str
    """As it stands in the list."""
    former_title: str | None
    """What it was called before the person gave it a name; null where they did not."""
    started_at: dt.datetime
    """When it began, UTC."""
    duration_s: float | None
    """How long it was, seconds; null while it is unfinished."""
    status: str
    """finished, or running; of one that runs there are no files here."""
    origin: str
    """recorded here, or imported from a video."""
    keep_policy: str
    """What was chosen to be kept."""
    consent_id: str | None
    """The consent it was made under."""
    partner_consent_id: str | None
    """The consent of whoever played the customer."""
    scenario: str | None
    """Id of what was practised."""
    findings: tuple[str, ...] | None
    """Ids of the cues that the report names."""
    files: tuple[FilePart, ...]
    """Its files in this archive."""


class MarkPart(_Part):
    """Something that was said about a moment, by hand or by the program."""

    id: str
    """Number."""
    t: float
    """Seconds from the beginning of the session."""
    lane: str
    """Whose lane it is in."""
    kind: str
    """What kind of mark."""
    author: str
    """Number of the person who made it, or the program."""
    data: dict[str, str]
    """What was said."""
    revises: str
    """Number of the mark that it replaces; empty for none."""
    deleted: bool
    """Whether it takes that mark back."""
    said_at: dt.datetime | None
    """When it was made, UTC."""


class ReceivedPart(_Part):
    """A session that somebody else owns and showed to the person: only what they said of it."""

    title: str
    """As it stands in the list."""
    owner_name: str | None
    """Whose it is."""
    expires_at: dt.datetime | None
    """Until when it was shared, UTC."""
    marks: tuple[MarkPart, ...]
    """What the person said of it; its files belong to the owner and are not in this archive."""


class EventPart(_Part):
    """An episode that the machine found."""

    cue: str
    """Id of the cue."""
    start_s: float
    """When it began, seconds."""
    end_s: float
    """When it ended, seconds."""
    peak: float
    """Largest value, in the measure's unit."""
    threshold: float
    """Value from which it counts."""


class SessionDetail(_Part):
    """What the database holds of one session."""

    marks: tuple[MarkPart, ...]
    """The whole log, with what was changed and deleted later."""
    events: tuple[EventPart, ...]
    """Episodes by start."""


class Index(_Part):
    """Everything about one person."""

    schema_version: int
    """Version of this description."""
    made_at: dt.datetime
    """When the archive was made, UTC."""
    app_version: str
    """Version of Rapport that made it."""
    person: PersonPart
    """Who this is about."""
    consents: tuple[ConsentPart, ...]
    """What was agreed to, newest first."""
    receipts: tuple[ReceiptPart, ...]
    """What was deleted, newest first."""
    sessions: tuple[SessionPart, ...]
    """The person's sessions, newest first."""
    received: tuple[ReceivedPart, ...]
    """Sessions of others that were shared with the person."""
    shares: tuple[dict[str, Any], ...]
    """What the person handed over: to whom, which part, until when, and whether taken back."""
    contacts: tuple[dict[str, Any], ...]
    """Whose files the person has opened, with their public keys."""
    imports: tuple[dict[str, Any], ...]
    """Videos that the person put in the queue."""
    clips: tuple[dict[str, Any], ...]
    """What the person released for the library."""
    settings: FilePart | None
    """The person's settings; null where there are none."""
    own_normal: FilePart | None = None
    """What is usual for the person, as it was last measured; null where it is only in sessions."""
    content: tuple[FilePart, ...]
    """Conversations, checklists and practices that were written on this machine."""


def schema() -> dict[str, Any]:
    """Give the JSON Schemas of the JSON files in the archive, by the file's name."""
    return {INDEX: Index.model_json_schema(), DETAIL: SessionDetail.model_json_schema()}


def readme(index: Index) -> str:
    """Say in plain words what lies where."""
    kept = sum(len(session.files) for session in index.sessions)
    lines = [
        f"Everything that Rapport keeps about {index.person.name} on this computer",
        f"made on {index.made_at.astimezone():%d %B %Y, %H:%M} by Rapport {index.app_version}",
        "",
        f"There are {len(index.sessions)} sessions with {kept} files.",
        f"{INDEX} lists everything: what you agreed to, what was deleted, your sessions, what you",
        f"shared and with whom. Any text editor opens it; {SCHEMA} says what each entry means.",
        "",
        "sessions/   a folder for each session, named by its day. In it:",
        *(f"  {name:<24}{what}" for name, what in FILES.items()),
        "  take-1.wav and so on    moments that you said again (take-1.mkv: with the picture)",
        "settings.toml   your settings",
        "own-normal.json what is usual for you, as it was last measured (where it is there)",
        "content/        conversations, checklists and practices written on this computer; they",
        "                are common to everybody who practises here",
        "",
        "Not in here: sessions that others shared with you (they belong to their owners; what you",
        f"said about them is in {INDEX}), clips that were cut from your own sessions, and the",
        "private key with which your shares are signed, which nobody else may have.",
        "",
        "This file is not encrypted: whoever has it can see and hear everything in it.",
    ]
    return "\n".join(lines) + "\n"
