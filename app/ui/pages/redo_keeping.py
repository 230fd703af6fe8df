"""What becomes of a moment that was said again, as the policy of its session says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import AppError
from app.store.takes import add_take, read_takes
from app.ui.widgets.redo import KeptParts
from app.ui.widgets.take_card import Played

if TYPE_CHECKING:
    from pathlib import Path

    from app.coach.take_facts import TakeFacts
    from app.store.store import Store
    from app.ui.pages.report_session import ShownSession


def kept_parts(shown: ShownSession) -> KeptParts:
    """Tell what of a new take is kept; a picture only where somebody agreed to pictures of them."""
    record, policy = shown.record, shown.record.keep_policy
    agreed = record.person_id is not None and not record.received
    return KeptParts(
        sound=shown.kept and policy.keeps_sound,
        picture=shown.kept and policy.keeps_picture and agreed,
    )


def keep_take(
    store: Store, shown: ShownSession, moment: str, facts: TakeFacts, wav: bytes, film: bytes
) -> tuple[Played, AppError | None]:
    """Keep a take where that is allowed; what may not be kept lives in memory only.

    Also gives what kept it from being kept, where something did.
    """
    kept = kept_parts(shown)
    held = _played(facts, film or wav, film=bool(film))
    whole = bool(film) and kept.picture
    content = film if whole else wav
    if not kept.sound or not content:
        return held, None
    files = store.files(shown.record.id)
    try:
        store.session(shown.record.id)  # a deleted one must not get its folder back
        saved = add_take(files, moment, facts, content, film=whole)
    except AppError as error:
        return held, error
    if film and not whole:
        return held, None
    return _played(facts, files.source(saved.file), film=whole), None


def earlier_takes(store: Store, shown: ShownSession, moment: str) -> list[Played]:
    """Give the takes of a moment that were kept, in the order in which they were made."""
    files = store.files(shown.record.id)
    return [
        _played(one.facts, files.source(one.file) if files.has(one.file) else None, film=one.film)
        for one in read_takes(files)
        if one.moment == moment
    ]


def _played(facts: TakeFacts, source: Path | bytes | None, *, film: bool) -> Played:
    """Give a take as its card shows it: the picture of its middle stands for it."""
    film = film and source is not None
    return Played(facts, source, film=film, still_s=facts.lasted_s / 2)
