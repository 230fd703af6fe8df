"""A person's own content files: edited as text, checked before they are kept, never lost."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from app.coach.content_kinds import KINDS
from app.store.faults import told
from app.store.packs import MOST_OF_ONE

if TYPE_CHECKING:
    from app.coach.content_kinds import ContentKind


def draft_of(path: Path) -> Path:
    """Name the draft of a file; loading does not see it."""
    return path.with_name(f"{path.name}.draft")


def read_text(path: Path) -> tuple[str, bool]:
    """Read a file as text, or its draft where one was left; tells whether it was the draft."""
    draft = draft_of(path)
    source = draft if draft.is_file() else path
    with told(source):
        data = source.read_bytes()[: MOST_OF_ONE + 1] if source.is_file() else b""
    return data.decode("utf-8-sig", "replace"), source is draft


def keep_draft(path: Path, text: str) -> None:
    """Keep what is typed, right or wrong, beside the file."""
    draft = draft_of(path)
    with told(draft):
        draft.write_text(text, "utf-8", newline="\n")


def save_checked(kind: ContentKind, path: Path, text: str) -> None:
    """Check a text and keep it as the file; the draft goes.

    Raises
    ------
    AppError
        Naming file, line and what is allowed. The file is as it was then, and the text is kept
        as a draft.
    """
    keep_draft(path, text)
    with told(path), tempfile.TemporaryDirectory() as made:
        trial = Path(made) / path.name
        trial.write_text(text, "utf-8", newline="\n")
        KINDS[kind](trial)
    with told(path):
        draft_of(path).replace(path)


def put_away(path: Path) -> Path:
    """Take a file out of use without losing it; gives where it is now."""
    aside = path.with_name(f"{path.name}.before")
    with told(path):
        path.replace(aside)
        draft_of(path).unlink(missing_ok=True)
    return aside
