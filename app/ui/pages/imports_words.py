"""What the page of imports says of the videos that were just chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.store.imports import ImportState
from app.ui.texts import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.session.importing_files import Found
    from app.store.imports import Import
    from app.ui.widgets.notice import Notice


def tell_added(notice: Notice, items: Sequence[Import], found: Found) -> None:
    """Say what was there before, or what was left out; nothing where every video is new."""

    def tr(text: str, number: int = -1) -> str:
        return QCoreApplication.translate("ImportsPage", text, "", number)

    twice = sum(one.state is ImportState.TWICE for one in items)
    if twice:
        notice.tell(
            counted(
                twice,
                tr("One of these videos was imported before."),
                tr("{n} of these videos were imported before.", twice),
            ),
            counted(
                twice,
                tr("It waits in the list for you: skip it, or import it once more."),
                tr("They wait in the list for you: skip them, or import them once more."),
            ),
        )
    elif found.dead:
        told = tr("Left out, for they are links to files that are not there: {names}")
        notice.tell(told.format(names=", ".join(one.name for one in found.dead)))
    elif found.left_out:
        notice.confirm(
            counted(
                found.left_out,
                tr("One other file in there is no video and was left out."),
                tr("{n} other files in there are no videos and were left out.", found.left_out),
            )
        )
