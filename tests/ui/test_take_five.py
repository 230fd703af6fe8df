"""Take five: a circle to breathe with, one to five minutes, one's own music; it ends by itself."""

from __future__ import annotations

import wave
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication, QWidget

from app.coach.self_check_breathing import load_pace
from app.errors import AppError
from app.ui.motion import set_movement
from app.ui.pages.take_five import TakeFivePage
from app.ui.style import TypeSize, apply_theme, text_px
from app.ui.widgets.breathing import SMALLEST_PART, BreathingCircle
from app.ui.widgets.breathing_music import BreathingMusic, songs_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytestqt.qtbot import QtBot
    from ui.fake_live import Stagehand


class FakeMusic(QObject):
    """Remembers what it was to play."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.songs: tuple[Path, ...] = ()
        self.stopped = 0

    @property
    def song(self) -> str:
        return self.songs[0].stem if self.songs else ""

    def play(self, songs: Sequence[Path]) -> None:
        self.songs = tuple(songs)
        self.changed.emit()

    def stop(self) -> None:
        self.songs = ()
        self.stopped += 1


class Pause:
    """The page with a clock that a test moves on."""

    def __init__(self, qtbot: QtBot, stagehand: Stagehand, chosen: str = "") -> None:
        self.now_s = 50.0
        self.music = FakeMusic()
        self.left = 0
        self.page = TakeFivePage(
            stagehand.services,
            clock=lambda: self.now_s,
            choose=lambda parent, start: chosen,
            music=self.music,  # type: ignore[arg-type]
        )
        qtbot.addWidget(self.page)
        self.page.left.connect(self._on_left)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)
        self.page.enter()
        self.page._timer.stop()

    def _on_left(self) -> None:
        self.left += 1

    def wait(self, seconds: float) -> None:
        self.now_s += seconds
        self.page.look()


@pytest.fixture
def pause(qtbot: QtBot, dressed: QApplication, stagehand: Stagehand) -> Pause:
    return Pause(qtbot, stagehand)


def song(path: Path, seconds: float = 0.2) -> Path:
    """A file of silence."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"\0\0" * round(8000 * seconds))
    return path


# The circle


def test_text_and_shape_say_the_same(pause: Pause) -> None:
    circle = pause.page.circle
    pause.wait(1.0)
    assert (circle.words, circle.seconds) == ("Breathe in", 3)
    small = circle.grab().toImage()
    pause.wait(3.5)
    assert (circle.words, circle.seconds) == ("Breathe out", 6)
    assert circle.accessibleDescription() == "Breathe out"
    assert circle.grab().toImage() != small


def test_the_page_makes_no_claim(pause: Pause) -> None:
    from PySide6.QtWidgets import QAbstractButton, QLabel  # noqa: PLC0415

    said = [one.text() for one in pause.page.findChildren(QLabel)]
    said += [one.text() for one in pause.page.findChildren(QAbstractButton)]
    words = " ".join(said).lower()
    for claim in ("relax", "calm", "stress", "health", "feel", "heart"):
        assert claim not in words


@pytest.mark.parametrize("side", [260, 400, 900])
def test_the_words_stay_inside_the_smallest_circle(
    qtbot: QtBot, dressed: QApplication, side: int
) -> None:
    apply_theme(dressed, "light", 130)
    try:
        circle = BreathingCircle(load_pace())
        qtbot.addWidget(circle)
        circle.resize(side, side)
        font = QFont(circle.font())
        font.setPixelSize(circle._words_px(font))
        wide = max(QFontMetrics(font).horizontalAdvance(one) for one in circle._both)
        assert wide < side * SMALLEST_PART
        assert (font.pixelSize() == text_px(TypeSize.MOMENT)) is (side == 900)
    finally:
        apply_theme(dressed, "light", 100)


def test_with_reduced_motion_nothing_grows(qtbot: QtBot, dressed: QApplication) -> None:
    pace = load_pace()
    circle = BreathingCircle(pace)
    qtbot.addWidget(circle)
    circle.resize(400, 400)
    set_movement(dressed, "reduced")
    try:
        circle.show_breath(pace.at(0.5))
        top = circle.grab().toImage().copy(0, 0, 400, 120)
        circle.show_breath(pace.at(3.9))
        assert circle.grab().toImage().copy(0, 0, 400, 120) == top
        circle.show_breath(pace.at(2.0))
        assert circle._part == pytest.approx(0.5)
        circle.show_breath(pace.at(4.0 + 3.0))
        assert circle._part == pytest.approx(0.5)
    finally:
        set_movement(dressed, "system")


# Its length


def test_it_ends_by_itself_after_the_minutes(pause: Pause, stagehand: Stagehand) -> None:
    assert stagehand.services.choices.now.breathing_minutes == 2
    assert pause.page.minutes[2].isChecked()
    assert pause.page.left_label.text() == "2:00 to go"
    pause.wait(119.0)
    assert pause.left == 0
    pause.wait(1.1)
    assert pause.left == 1
    pause.wait(10.0)
    assert pause.left == 1


def test_another_length_is_remembered(qtbot: QtBot, pause: Pause, stagehand: Stagehand) -> None:
    pause.wait(30.0)
    qtbot.keyClick(pause.page, Qt.Key.Key_5)
    assert stagehand.services.choices.now.breathing_minutes == 5
    pause.wait(299.0)
    assert pause.left == 0
    pause.wait(2.0)
    assert pause.left == 1


def test_escape_leaves(qtbot: QtBot, pause: Pause) -> None:
    qtbot.keyClick(pause.page, Qt.Key.Key_Escape)
    assert pause.left == 1
    assert pause.music.stopped == 1
    assert not pause.page._timer.isActive()


# Music


def test_music_is_off_at_first_and_a_folder_is_asked_for_once(
    qtbot: QtBot, dressed: QApplication, stagehand: Stagehand, tmp_path: Path
) -> None:
    song(tmp_path / "b.wav")
    song(tmp_path / "a.wav")
    (tmp_path / "cover.jpg").write_bytes(b"")
    pause = Pause(qtbot, stagehand, str(tmp_path))
    assert pause.page.song.text() == "No music folder yet"
    pause.page.play.click()
    qtbot.waitUntil(lambda: pause.music.song == "a")
    assert [one.name for one in pause.music.songs] == ["a.wav", "b.wav"]
    assert stagehand.services.choices.now.music_folder == str(tmp_path)
    assert pause.page.play.isChecked()
    pause.page.play.click()
    assert pause.music.song == ""
    assert not pause.page.play.isChecked()


def test_the_folder_of_last_time_is_taken(
    qtbot: QtBot, dressed: QApplication, stagehand: Stagehand, tmp_path: Path
) -> None:
    song(tmp_path / "song.wav")
    stagehand.services.choices.change(music_folder=str(tmp_path))
    pause = Pause(qtbot, stagehand, "must not be asked")
    qtbot.keyClick(pause.page, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: pause.music.song == "song")


@pytest.mark.parametrize("where", ["gone", "empty"])
def test_a_folder_that_is_gone_or_has_no_music_is_told(
    qtbot: QtBot, dressed: QApplication, stagehand: Stagehand, tmp_path: Path, where: str
) -> None:
    folder = tmp_path / where
    if where == "empty":
        folder.mkdir()
    stagehand.services.choices.change(music_folder=str(folder))
    pause = Pause(qtbot, stagehand)
    pause.page.play.click()
    qtbot.waitUntil(lambda: pause.page.notice.text != "")
    assert str(folder) in pause.page.notice.text
    assert not pause.page.play.isChecked()
    assert pause.left == 0  # the circle goes on


def test_nothing_is_chosen_where_the_dialogue_was_left(pause: Pause, stagehand: Stagehand) -> None:
    pause.page.folder.click()
    assert stagehand.services.choices.now.music_folder is None
    assert not pause.page.play.isChecked()


def test_songs_are_the_sound_files_by_name_those_of_albums_too(tmp_path: Path) -> None:
    for name in ("2.MP3", "1.ogg", "notes.txt"):
        (tmp_path / name).write_bytes(b"")
    album = tmp_path / "folder.wav" / "album"
    album.mkdir(parents=True)
    (album / "0.flac").write_bytes(b"")
    assert [one.name for one in songs_in(tmp_path)] == ["1.ogg", "2.MP3", "0.flac"]
    with pytest.raises(AppError, match="cannot be opened"):
        songs_in(tmp_path / "gone")


@pytest.mark.qt_log_ignore("Could not open media", extend=True)
def test_a_broken_song_is_passed_over(qtbot: QtBot, dressed: QApplication, tmp_path: Path) -> None:
    broken = tmp_path / "1.wav"
    broken.write_bytes(b"no sound at all")
    parent = QWidget()
    qtbot.addWidget(parent)
    music = BreathingMusic(parent, heard=lambda: True)
    music.play((broken, song(tmp_path / "2.wav", 5.0)))
    qtbot.waitUntil(lambda: music.song == "2")
    music.stop()
    assert music.song == ""


@pytest.mark.qt_log_ignore("Could not open media", extend=True)
def test_where_all_songs_are_broken_it_says_so(
    qtbot: QtBot, dressed: QApplication, tmp_path: Path
) -> None:
    songs = [tmp_path / "1.wav", tmp_path / "2.wav"]
    for one in songs:
        one.write_bytes(b"no sound at all")
    parent = QWidget()
    qtbot.addWidget(parent)
    music = BreathingMusic(parent, heard=lambda: True)
    with qtbot.waitSignal(music.failed) as told:
        music.play(songs)
    assert "None of the music" in told.args[0].what
    assert music.song == ""


def test_without_a_loudspeaker_it_says_so(qtbot: QtBot, dressed: QApplication) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    music = BreathingMusic(parent, heard=lambda: False)
    with qtbot.waitSignal(music.failed) as told:
        music.play((Path("song.wav"),))
    assert "headphones" in told.args[0].remedy
    assert music.song == ""


def test_another_pace_is_data() -> None:
    slow = replace(load_pace(), in_s=5.0)
    assert slow.at(4.5).phase != load_pace().at(4.5).phase
