"""One quiet line on the work in the background: how many videos wait, and how far the one is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.store.imports import ImportState
from app.ui.consenting import current_person
from app.ui.style import Space
from app.ui.texts import counted
from app.ui.widgets.controls import button, label, picture_label, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.store.imports import Import
    from app.ui.services import Services

OPEN: Final = (ImportState.WAITING, ImportState.RUNNING, ImportState.PAUSED)


class ImportLine(QWidget):
    """Shows only while something is going on, or went wrong."""

    wanted = Signal()
    """The list of videos is wanted."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._done: int | None = None
        self._fresh = False
        self.words = label("", "quiet")
        self.show_list = button(self.tr("Show"), kind="link")
        self.show_list.setAccessibleName(self.tr("Show the videos that are imported"))
        self.show_list.clicked.connect(self.wanted)
        self.setLayout(
            row(picture_label("ph.film-strip", "quiet"), self.words, self.show_list, None,
                space=Space.SMALL)
        )  # fmt: skip
        self.hide()

    def look(self) -> None:
        """Look at the queue."""
        person = current_person(self._services)
        items = self._services.store.imports.listed(person.id) if person is not None else []
        done = sum(one.state is ImportState.DONE for one in items)
        self._fresh = self._fresh or (self._done is not None and done > self._done)
        self._done = done
        waiting = [one for one in items if one.state in OPEN]
        failed = sum(one.state in (ImportState.FAILED, ImportState.TWICE) for one in items)
        self.words.setText(self._says(waiting, failed))
        self.setVisible(bool(waiting) or failed > 0)

    def take_finished(self) -> bool:
        """Whether a video became a session since this was asked last."""
        fresh, self._fresh = self._fresh, False
        return fresh

    def _says(self, waiting: Sequence[Import], failed: int) -> str:
        parts: list[str] = []
        now = next((one for one in waiting if one.state is ImportState.RUNNING), None)
        if now is not None:
            parts.append(
                self.tr("Importing “{title}”, {percent} %").format(
                    title=now.title, percent=round(100 * now.progress)
                )
            )
        rest = len(waiting) - (now is not None)
        if rest and all(one.state is ImportState.PAUSED for one in waiting):
            parts.append(
                counted(rest, self.tr("1 video paused"), self.tr("{n} videos paused", "", rest))
            )
        elif rest:
            parts.append(self.tr("{n} waiting", "", rest).format(n=rest))
        if failed:
            parts.append(
                counted(failed, self.tr("1 needs you"), self.tr("{n} need you", "", failed))
            )
        return " · ".join(parts)
