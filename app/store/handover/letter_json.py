"""The first thing inside a file, as JSON: what it is, from whom, and what follows."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.store.handover.layout import is_allowed
from app.store.handover.refusals import Damaged, TooNew
from app.store.handover.types import Entry, Kind, Letter, Sender

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMAT: Final = 1
LONGEST: Final = 1 << 18
"""Bytes of it at most."""
UUID: Final = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
Id = Annotated[str, Field(pattern=f"^{UUID}$")]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    name: Annotated[str, Field(max_length=40)]
    size: Annotated[int, Field(ge=0)]


class _Letter(BaseModel):
    model_config = ConfigDict(extra="forbid")

    format: Literal[1]
    kind: Kind
    share: Id
    name: Annotated[str, Field(max_length=200)]
    author: Id
    key: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    to: Annotated[str, Field(max_length=200)]
    made: dt.datetime
    expires: dt.datetime | None
    entries: list[_Entry]


def dump_letter(letter: Letter) -> bytes:
    """Write it."""
    whole = {
        "format": FORMAT,
        "kind": letter.kind.value,
        "share": letter.share_id,
        "name": letter.sender.name,
        "author": letter.sender.author,
        "key": letter.sender.public_key,
        "to": letter.to_name,
        "made": letter.made_at.astimezone(dt.UTC).isoformat(),
        "expires": None
        if letter.expires_at is None
        else letter.expires_at.astimezone(dt.UTC).isoformat(),
        "entries": [{"name": one.name, "size": one.size} for one in letter.entries],
    }
    return json.dumps(whole, ensure_ascii=False).encode("utf-8")


def load_letter(content: bytes) -> Letter:
    """Read it; its signature is proven by whoever asked."""
    try:
        whole = json.loads(content)
        version = whole.get("format") if isinstance(whole, dict) else None
        if isinstance(version, int) and version > FORMAT:
            raise TooNew
        read = _Letter.model_validate(whole)
    except (ValueError, ValidationError) as error:
        raise Damaged from error
    if read.made.tzinfo is None or (read.expires is not None and read.expires.tzinfo is None):
        raise Damaged
    if (read.kind is Kind.SHARE) != (read.expires is not None):
        raise Damaged
    if (read.kind is Kind.WITHDRAWAL) != (read.name == read.to == ""):
        raise Damaged  # a withdrawal lies open and names nobody; the others say from whom
    letter = Letter(
        kind=read.kind,
        share_id=read.share,
        sender=Sender(shown(read.name) if read.name else "", read.author, read.key),
        to_name=shown(read.to) if read.to else "",
        made_at=read.made.astimezone(dt.UTC),
        expires_at=None if read.expires is None else read.expires.astimezone(dt.UTC),
        entries=tuple(Entry(one.name, one.size) for one in read.entries),
    )
    if not is_allowed(letter.kind, letter.entries):
        raise Damaged
    return letter


def shown(name: str) -> str:
    """Make a name safe to show: one line, nothing that turns the text around it about."""
    plain = "".join(char if char.isprintable() else " " for char in name)
    return re.sub(r"\s+", " ", plain).strip() or "?"


def total_size(entries: Sequence[Entry]) -> int:
    """Bytes of all files together."""
    return sum(entry.size for entry in entries)
