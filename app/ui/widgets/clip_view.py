"""A clip of the library, played: with its picture, or as voice and stick figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.session.figure import read_figure
from app.store.clips import ClipKind
from app.ui.style import CONTROL_PX, Space
from app.ui.texts import told
from app.ui.waiting import Waiter
from app.ui.widgets.controls import button, column, label, row
from app.ui.widgets.player import Player
from app.ui.widgets.stick_figure import StickFigure

if TYPE_CHECKING:
    from app.errors import AppError
    from app.session.figure import FigureTrack
    from app.store.clips import Clip
    from app.ui.services import Services

PLAYER_PX = 240


class ClipView(QWidget):
    """The player, and under it what its owner says one should look for."""

    withdraw_wanted = Signal(str)
    close_wanted = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self.clip: Clip | None = None
        self._waiter: Waiter[FigureTrack | None] | None = None
        self.player = Player()
        self.player.setMinimumHeight(PLAYER_PX)
        self.title = label("", "section", wrap=True)
        self.title.setMinimumHeight(CONTROL_PX)  # two clips side by side stand level
        self.kind = label("", "tag")
        self.about = label("", "quiet", wrap=True)
        self.practice = label("", "strong", wrap=True)
        self.rule = label("", "text", wrap=True)
        self.note = label("", "lead", wrap=True)
        self.away = button(self.tr("Take it back"), kind="quiet", icon="delete")
        self.away.clicked.connect(self._on_away)
        self.close_button = button(self.tr("Close"), kind="quiet", icon="close")
        self.close_button.clicked.connect(self.close_wanted)
        head = row(self.title, self.kind, self.close_button, space=Space.SMALL)
        head.setStretch(0, 1)
        for one in (self.kind, self.close_button):
            head.setAlignment(one, Qt.AlignmentFlag.AlignVCenter)
        whole = column(
            self.player,
            Space.HAIR,
            head,
            self.about,
            self.note,
            self.practice,
            self.rule,
            row(None, self.away),
            space=Space.SMALL,
        )
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def show_clip(self, clip: Clip | None, *, own: bool, closable: bool) -> None:
        """Show a clip; None shows nothing."""
        self.close_files()
        self.clip = clip
        self.setVisible(clip is not None)
        if clip is None:
            return
        best = clip.kind is ClipKind.BEST
        self.title.setText(clip.title)
        self.kind.setText(self.tr("Best case") if best else self.tr("Worst case"))
        how = self.tr("picture and voice") if clip.with_picture else self.tr("voice, stick figure")
        self.about.setText(self.tr("From {name} · {how}").format(name=clip.owner, how=how))
        self.note.setText(clip.note)
        self.note.setVisible(bool(clip.note))
        self._show_practice(clip)
        self.away.setVisible(own)
        self.close_button.setVisible(closable)
        files = self._services.store.clips.files(clip.id)
        self.player.open(files.source(), clip.length_s)
        if not clip.with_picture and self.player.usable:
            future = self._services.background.run(lambda: read_figure(files))
            self._waiter = Waiter(future, self._on_figure, self._without, self)

    def _show_practice(self, clip: Clip) -> None:
        practice = self._services.library.practice(clip.practice) if clip.practice else None
        self.practice.setVisible(practice is not None)
        self.rule.setVisible(practice is not None)
        if practice is not None:
            self.practice.setText(told(practice.name))
            self.rule.setText(told(practice.rule))

    def close_files(self) -> None:
        """Let go of the recording, so that it can be deleted."""
        if self._waiter is not None:
            self._waiter.drop()
            self._waiter = None
        self.player.close_recording()
        self.clip = None

    def _on_figure(self, track: FigureTrack | None) -> None:
        self._waiter = None
        if track is not None and self.player.usable:
            self.player.show_figure(StickFigure(track))

    def _without(self, _error: AppError) -> None:
        """Leave the sentence that only the sound was kept."""
        self._waiter = None

    def _on_away(self) -> None:
        if self.clip is not None:
            self.withdraw_wanted.emit(self.clip.id)
