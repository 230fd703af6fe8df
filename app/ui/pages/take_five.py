"""Take five (P29): one to five minutes with a breathing circle, and one's own music."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QWidget

from app.coach.self_check_breathing import MINUTES, load_pace
from app.ui.keys import KeyMap, show_keys
from app.ui.style import Space, tabular
from app.ui.texts import clock_text
from app.ui.waiting import Waiter
from app.ui.widgets.breathing import BreathingCircle
from app.ui.widgets.breathing_music import BreathingMusic, songs_in
from app.ui.widgets.controls import Elided, button, column, label, row
from app.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from app.coach.self_check_breathing import Pace
    from app.errors import AppError
    from app.ui.services import Services
    from app.ui.widgets.controls import Button

    ChooseFolder = Callable[[QWidget, str], str]

LOOK_MS: Final = 33


def choose_folder(parent: QWidget, start: str) -> str:
    """Let the person choose a folder; empty where they chose none."""
    title = QCoreApplication.translate("TakeFivePage", "Your music")
    return QFileDialog.getExistingDirectory(parent, title, start)


class TakeFivePage(QWidget):
    """A circle to breathe with, the minutes, and music. It ends by itself."""

    left = Signal()
    """It is over, or was left."""

    def __init__(
        self,
        services: Services,
        *,
        pace: Pace | None = None,
        clock: Callable[[], float] = time.monotonic,
        choose: ChooseFolder = choose_folder,
        music: BreathingMusic | None = None,
    ) -> None:
        super().__init__()
        self._services = services
        self._pace = pace or load_pace()
        self._clock = clock
        self._choose = choose
        self._began_s: float | None = None
        self._length_s = 0.0
        self._looking: Waiter[tuple[Path, ...]] | None = None
        self.setObjectName("page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.keys = KeyMap(self)
        self.notice = Notice()
        self.circle = BreathingCircle(self._pace)
        self.left_label = label("", "check-line")
        tabular(self.left_label)
        self.music = music or BreathingMusic(self)
        self.song = Elided("", "quiet")
        self.play = button(self.tr("My music"), icon="ph.music-notes")
        self.folder = button(self.tr("Choose folder"), kind="quiet", icon="ph.folder-open")
        self.done = button(self.tr("Back"), kind="live-quiet", icon="back")
        self.minutes: dict[int, Button] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._make_minutes()
        self._lay_out()
        self._connect()

    def _make_minutes(self) -> None:
        group = QButtonGroup(self)
        for number in MINUTES:
            made = button(self._minutes_text(number))
            made.setCheckable(True)
            group.addButton(made)
            self.keys.add(str(number), self._minutes_text(number), made.click, button=made)
            made.clicked.connect(lambda _=False, wanted=number: self.choose_minutes(wanted))
            self.minutes[number] = made

    def _minutes_text(self, number: int) -> str:
        return (
            self.tr("1 minute")
            if number == 1
            else self.tr("{n} minutes", "", number).format(n=number)
        )

    def _lay_out(self) -> None:
        lengths = row(None, *self.minutes.values(), None, space=Space.SMALL)
        sound = row(self.play, self.folder, self.song, space=Space.SMALL)
        sound.setStretch(2, 1)
        foot = row(self.done, Space.MEDIUM, sound, space=Space.SMALL)
        foot.setStretch(2, 1)
        title = label(self.tr("Take five"), "page")
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.left_label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        whole = column(
            self.notice, title, self.circle, self.left_label, lengths, Space.SMALL, foot,
            space=Space.MEDIUM,
        )  # fmt: skip
        whole.setStretch(2, 1)
        whole.setContentsMargins(Space.WIDE, Space.LARGE, Space.WIDE, Space.LARGE)
        self.setLayout(whole)

    def _connect(self) -> None:
        self.done.clicked.connect(self.leave)
        self.play.setCheckable(True)
        self.play.clicked.connect(self._on_play)
        self.folder.clicked.connect(self._on_folder)
        self.music.changed.connect(self._show_song)
        self.music.failed.connect(self._on_music_failed)
        show_keys(self.done, self.tr("Back"), "Esc")
        self.keys.note(self.tr("Esc"), self.tr("Back"))
        self.keys.add("M", self.tr("My music on or off"), self.play.click, button=self.play)
        self.keys.add("F", self.tr("Choose a music folder"), self.folder.click, button=self.folder)

    # --- coming and going -------------------------------------------------------------------

    def enter(self) -> None:
        """Begin at once, as long as last time."""
        self.notice.hide()
        self._show_song()
        self._begin(self._services.choices.now.breathing_minutes)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose_minutes(self, minutes: int) -> None:
        """Take another length, from now on; it is remembered."""
        error = self._services.choices.change(breathing_minutes=minutes)
        if error is not None:
            self.notice.tell_error(error)
        self._begin(minutes)

    def leave(self) -> None:
        """End it."""
        if self._began_s is not None:
            self.rest()
            self.left.emit()

    def rest(self) -> None:
        """Stop everything, wherever the person went."""
        self._timer.stop()
        self._began_s = None
        if self._looking is not None:
            self._looking.drop()
            self._looking = None
        self.music.stop()
        self.circle.show_breath(None)

    def look(self) -> None:
        """Show this moment; at the end go back."""
        if self._began_s is None:
            return
        passed_s = self._clock() - self._began_s
        if passed_s >= self._length_s:
            self.leave()
            return
        self.circle.show_breath(self._pace.at(passed_s))
        left = clock_text(self._length_s - passed_s + 0.999)
        self.left_label.setText(self.tr("{time} to go").format(time=left))

    def _begin(self, minutes: int) -> None:
        self.minutes[minutes].setChecked(True)
        self._length_s = self._pace.whole_breaths_s(minutes)
        self._began_s = self._clock()
        self._timer.start()
        self.look()

    # --- music ------------------------------------------------------------------------------

    def _on_play(self) -> None:
        folder = self._services.choices.now.music_folder
        if self.music.song or self._looking is not None:
            self._stop_looking()
            self.music.stop()
        elif folder:
            self._look_into(folder)
        else:
            self._on_folder()
        self._show_song()

    def _on_folder(self) -> None:
        start = self._services.choices.now.music_folder or str(Path.home())
        chosen = self._choose(self, start)
        if chosen:
            error = self._services.choices.change(music_folder=chosen)
            if error is not None:
                self.notice.tell_error(error)
            self._look_into(chosen)
        self._show_song()

    def _look_into(self, folder: str) -> None:
        """List the songs beside the screen: a folder may lie on a network that hangs."""
        self._stop_looking()
        self.notice.hide()
        future = self._services.background.run(lambda: songs_in(Path(folder)))
        self._looking = Waiter(future, self._on_songs, self._on_music_failed, self)

    def _stop_looking(self) -> None:
        if self._looking is not None:
            self._looking.drop()
            self._looking = None

    def _on_songs(self, songs: tuple[Path, ...]) -> None:
        self._looking = None
        if self._began_s is not None:
            self.music.play(songs)

    def _on_music_failed(self, error: AppError) -> None:
        self._looking = None
        self.notice.tell_error(error)
        self._show_song()

    def _show_song(self) -> None:
        self.play.setChecked(bool(self.music.song) or self._looking is not None)
        folder = self._services.choices.now.music_folder
        place = Path(folder).name if folder else self.tr("No music folder yet")
        self.song.setText(self.music.song or place)

    # --- Qt ---------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)
