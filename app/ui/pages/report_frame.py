"""The frame of the report page: where everything lies, at every size of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from app.ui.pages.report_header import ReportHeader
from app.ui.pages.report_side import ReportSide
from app.ui.pages.report_steps import ReportSteps
from app.ui.pages.report_words import ReportWords
from app.ui.style import Space
from app.ui.widgets.controls import column, row
from app.ui.widgets.notice import Notice
from app.ui.widgets.player import Player
from app.ui.widgets.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from app.errors import AppError
    from app.store.store import Store
    from audio.speech.types import SpeechSetUp

TIMELINE_SHARE: Final = 0.5
LOW_PX: Final = 900
LOW_SHARE: Final = 0.43
"""Of a low page the timeline takes less, so that the person stays the largest thing."""


class ReportFrame(QWidget):
    """Header, stepper, player, timeline, words and the column of cards."""

    def __init__(self, store: Store, speech: Callable[[], SpeechSetUp | None] | None) -> None:
        super().__init__()
        self.setObjectName("page")
        self.header = ReportHeader()
        self.notice = Notice()
        self.fleeting = Notice(closable=False)
        self.player = Player()
        self.timeline = Timeline()
        self.timeline.show_thumbs(self.player.thumbs)
        self.words = ReportWords(store, speech)
        self.side = ReportSide()
        self.fleeting.tell(
            self.tr("Nothing of this session is kept, as you chose."),
            self.tr("This report is gone when you leave this page."),
        )
        self.fleeting.hide()
        self.words.field_toggled.connect(self.share_out)
        self._lay_out()

    def _lay_out(self) -> None:
        self._stage = column(self.player, self.timeline, self.words, space=Space.SNUG)
        self._stage.setStretch(0, 1)
        self._stage.addStretch(0)
        body = row(self._stage, self.side, space=Space.LARGE)
        body.setStretch(0, 1)
        found = QWidget()
        found.setLayout(body)
        self.steps = ReportSteps(found)
        content = column(self.header, self.fleeting, self.notice, self.steps, space=Space.SNUG)
        content.setStretch(3, 1)
        content.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        self.setLayout(content)

    def show_nothing(self, error: AppError) -> None:
        """Say in the page why there is nothing to show."""
        self.steps.clear()
        self.header.show_nothing()
        self.player.hide()
        self.timeline.hide()
        self.words.show_report(None)
        self.side.clear()
        self.notice.tell_error(error)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the new room."""
        super().resizeEvent(event)
        self.share_out()

    def share_out(self) -> None:
        """Share the room out between the player, the timeline and the cards."""
        self.side.fit(self.width())
        share = 1.0
        if self.player.usable:
            share = TIMELINE_SHARE if self.height() >= LOW_PX else LOW_SHARE
        if self.words.pasting and self.height() < LOW_PX:
            share = 0.0  # whoever writes needs the field and the picture
        # Without a picture its room goes below everything, not between.
        self._stage.setStretch(0, int(self.player.usable))
        self._stage.setStretch(3, int(not self.player.usable))
        self.timeline.setMaximumHeight(int(self.height() * share))
