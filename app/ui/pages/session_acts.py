"""What can be done with a session of the list: the doors, and the words for the keys."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from collections.abc import Mapping

DOORS: Final[Mapping[str, tuple[str, tuple[object, ...]]]] = MappingProxyType(
    {
        "desk": ("desk_wanted", (0.0,)),
        "compare": ("compare_wanted", ("",)),
        "share": ("share_wanted", ()),
        "send": ("send_back_wanted", ()),
        "clip": ("clip_wanted", (0.0, 0.0)),
        "speakers": ("speakers_wanted", ()),
    }
)
"""What another page does -> the door to it, and what it asks beside the id."""


def act_words() -> dict[str, str]:
    """Say what each key does with the session that has the focus."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("SessionsPage", text)

    return {
        "desk": tr("Review the session at the desk"),
        "compare": tr("Compare the session"),
        "share": tr("Share the session"),
        "send": tr("Send the review back"),
        "clip": tr("Show colleagues a moment, among the best and worst cases"),
        "speakers": tr("Say who speaks in an imported session"),
        "name": tr("Rename the session"),
    }
