"""Which ids a settings file may name: the cues and checklists that there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.coach.catalogue import load_catalogue
from app.coach.checklist import read_checklists
from app.coach.content_kinds import ContentKind
from app.errors import AppError
from app.settings import load_settings
from app.store.packs import content_dir

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from app.settings import Settings


def checked_settings(path: Path | None = None, *, mend: bool = True) -> tuple[Settings, str | None]:
    """Read settings as `load_settings` does, and hold the ids in them against what there is."""
    return load_settings(path, known=_known, mend=mend)


def _known() -> dict[str, Collection[str]]:
    cues = load_catalogue().ids
    return {"focus": cues, "limits": cues, "switched_off": cues, "checklist": _checklists()}


def _checklists() -> Collection[str]:
    """Give the ids of those that ship and of own ones, also of one that has a mistake just now."""
    try:
        own = content_dir(ContentKind.CHECKLISTS)
    except AppError:
        own = None
    broken = {path.stem for path in own.glob("*.toml")} if own is not None else set()
    return broken | {one.id for one in read_checklists(own)[0]}
