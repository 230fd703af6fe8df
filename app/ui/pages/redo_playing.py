"""Plays the takes of a moment one at a time, each in its own card, and finds their pictures."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.session.html_thumbnails import thumbnails
from app.ui.waiting import Waiter
from app.ui.widgets.stretch_player import StretchPlayer

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame

    from app.errors import AppError
    from app.ui.services import Runner
    from app.ui.widgets.redo import RedoPanel
    from app.ui.widgets.take_card import Played, TakeCard

log = logging.getLogger(__name__)


class RedoPlaying(QObject):
    """Beginning one ends the one before; `close` lets go of every file."""

    def __init__(self, background: Runner | None, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._player = StretchPlayer(self)
        self._player.pictured.connect(self._on_picture)
        self._player.ended.connect(self._on_ended)
        self._panel: RedoPanel | None = None
        self._on_show: TakeCard | None = None
        self._stills: list[Waiter[list[str | None]]] = []

    def show(self, panel: RedoPanel) -> None:
        """Find, beside the screen, the picture that stands for each take of the panel."""
        self._panel = panel
        for card in panel.cards:
            source, t = card.played.source, card.played.still_s
            if not card.played.film or source is None:
                continue
            if self._background is None:
                _show_still(card, thumbnails(source, [t]))
                continue
            future = self._background.run(partial(thumbnails, source, [t]))
            waiter = Waiter(future, partial(_show_still, card), partial(_no_still, card), self)
            self._stills.append(waiter)

    def stop(self) -> None:
        """End what plays."""
        self._player.stop()

    def close(self) -> None:
        """End what plays, and want no picture any more."""
        self._player.stop()
        for waiter in self._stills:
            waiter.drop()
        self._stills.clear()
        self._panel = None

    def hear(self) -> None:
        """Play what came before the moment."""
        if self._panel is not None:
            moment = self._panel.moment
            self._play(moment.first, moment.lead_s, moment.first.start_s)

    def play(self, wanted: Played) -> None:
        """Play a take."""
        self._play(wanted, wanted.start_s, wanted.end_s)

    def _play(self, wanted: Played, start_s: float, end_s: float | None) -> None:
        """Play a stretch, with its picture where its card has room for one."""
        self._player.stop()
        if wanted.source is None:
            return
        card = self._panel.card_of(wanted) if self._panel is not None and wanted.film else None
        self._on_show = card
        if card is not None:
            card.begin()
        self._player.play(wanted.source, start_s, end_s)

    def _on_picture(self, frame: QVideoFrame) -> None:
        if self._on_show is not None and self._on_show.stage is not None:
            self._on_show.stage.show_frame(frame)

    def _on_ended(self) -> None:
        card, self._on_show = self._on_show, None
        if card is not None:
            card.rest()


def _show_still(card: TakeCard, found: list[str | None]) -> None:
    card.show_still(found[0])


def _no_still(card: TakeCard, error: AppError) -> None:
    log.info("No picture of a take: %s", error.what)
    card.show_still(None)
