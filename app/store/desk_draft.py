"""What is being typed at the desk: on the disk with every key, gone once it is said.

It lies in the session's folder, so that it goes with the session. A draft carries the id that its
comment will have: where a kill came between the two, a comment that is in the log ends its draft.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from app.errors import AppError

if TYPE_CHECKING:
    from collections.abc import Collection

    from app.store.files import SessionFiles

COMMENT: Final = "comment"
"""The field of the comment line; the fields of the summary have names of their own."""
VERSION: Final = 1
"""Version of the file."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Draft:
    """A comment that is not saved yet."""

    id: str
    """UUID that the comment will have."""
    author: str
    """Person id of who types."""
    t: float
    """The moment that it is about, seconds on the session clock."""
    text: str
    """What was typed so far."""
    until: float | None = None
    """End of the span that it is about, seconds; None for a moment."""
    changes: str = ""
    """UUID of the comment that it changes; empty for a new one."""


def draft_name(field: str = COMMENT) -> str:
    """Name the file of a field's draft."""
    return f"desk-draft-{field}.json"


def keep_draft(files: SessionFiles, draft: Draft, field: str = COMMENT) -> None:
    """Write a draft; the one before is whole until then.

    Raises
    ------
    AppError
        Where there is no room, or the session was deleted meanwhile.
    """
    data = json.dumps({"version": VERSION, **asdict(draft)}, ensure_ascii=False)
    files.write_atomic(draft_name(field), data.encode("utf-8"))


def read_draft(
    files: SessionFiles, author: str, said: Collection[str] = (), field: str = COMMENT
) -> Draft | None:
    """Give the draft that this author left; None without one, and where it was said since.

    Parameters
    ----------
    files, author
        Where it lies, and whose it has to be.
    said
        Ids of what is in the log.
    field
        Which field it was typed in.
    """
    name = draft_name(field)
    if not files.has(name):
        return None
    try:
        data = json.loads(files.read(name))
        if data.pop("version") != VERSION:
            return None
        draft = Draft(**data)
        draft = Draft(
            id=str(draft.id),
            author=str(draft.author),
            t=float(draft.t),
            text=str(draft.text),
            until=None if draft.until is None else float(draft.until),
            changes=str(draft.changes),
        )
    except (AppError, ValueError, TypeError, KeyError, AttributeError) as error:
        log.info("%s of a session cannot be read and is left out: %s", name, error)
        return None
    return draft if draft.author == author and draft.id not in said and draft.text else None


def drop_draft(files: SessionFiles, field: str = COMMENT) -> None:
    """Take the draft away: it was said, or emptied by hand."""
    files.remove(draft_name(field))
