"""The sessions that the screen may show: those of whoever practises now, and the samples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.ui.consenting import current_person

if TYPE_CHECKING:
    from app.store.types import SessionRecord
    from app.ui.services import Services

NOBODY: Final = ""
"""Id of no person: only samples are theirs."""


def own_sessions(services: Services, search: str = "") -> list[SessionRecord]:
    """List the sessions of whoever practises now, newest first; never those of another profile."""
    person = current_person(services)
    return services.store.sessions(search, person_id=NOBODY if person is None else person.id)
