"""How a video is measured: as the person whose session it becomes has set it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.session.importing_work import ImportPlan
from app.session.speech import speech_set_up
from app.settings import settings_file
from app.store.known_ids import checked_settings

if TYPE_CHECKING:
    from app.store.imports import Import

EVERYDAY: Final = "routine"
"""Id of the checklist for a film, where the person has never chosen one: it fits any talk."""


def plan_of(item: Import, *, words: bool = True) -> ImportPlan:
    """Read the person's own settings, whoever uses the program at the moment."""
    # Whoever looks at the program now may be somebody else: mistakes wait for the person.
    settings, _ = checked_settings(settings_file(item.person_id), mend=False)
    return ImportPlan(
        item.keep,
        frozenset(settings.switched_off),
        speech_set_up(settings, after=True) if words else None,
        EVERYDAY if settings.checklist is None else settings.checklist or None,
        words_declined=not words,
    )
