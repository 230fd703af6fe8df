"""What goes with a session that is deleted, and what stays, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.ui.own_sessions import own_sessions
from app.ui.texts import clock_text

if TYPE_CHECKING:
    from app.store.types import SessionRecord
    from app.ui.services import Services


def tr(text: str) -> str:
    """Translate a text of this file."""
    return QCoreApplication.translate("SessionGoes", text)


def goes_words(services: Services, record: SessionRecord) -> str:
    """Say what goes for good, and with one's last session that the own normal stays."""
    words = f"{tr('the report')}, {tr('your ticks and notes')}"
    if record.keep_policy.keeps_sound:
        length = clock_text(record.duration_s)
        words = f"{tr('the recording ({time})').format(time=length)}, {words}"
    if any(one.session_id == record.id for one in services.store.clips.listed()):
        words = tr("{what}, and its clips among the best and worst cases").format(what=words)
    goes = tr("Gone for good: {what}.").format(what=words)
    if not _keeps_own_normal_after(services, record):
        return goes
    stays = tr("Your own normal stays; you can delete it under Settings, Privacy.")
    return f"{goes} {stays}"


def _keeps_own_normal_after(services: Services, record: SessionRecord) -> bool:
    """Whether it is one's last session, and an own normal is kept by itself."""
    mine = [one for one in own_sessions(services) if one.person_id and not one.received]
    if record.person_id is None or [one.id for one in mine] != [record.id]:
        return False
    return services.store.own_normals.file_of(record.person_id) is not None
