from __future__ import annotations

from typing import TYPE_CHECKING

import av
import pytest
from PySide6.QtCore import Qt
from report_material import RATE_HZ, frame_number, numbered_clip

from app.ui.widgets.finding_thumbs import Thumbnails
from app.ui.widgets.player import Player

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

CLIP_S = 6.0
HALF_FRAME_S = 0.5 / RATE_HZ


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return numbered_clip(tmp_path_factory.mktemp("clip") / "recording.mkv", CLIP_S)


@pytest.fixture
def player(qtbot: QtBot) -> Iterator[Player]:
    made = Player()
    qtbot.addWidget(made)
    made.resize(640, 480)
    made.show()
    yield made
    made.close_recording()


def shown(player: Player) -> int:
    """The number of the frame on show; -1 without one."""
    image = player.stage.image
    return -1 if image is None or image.isNull() else frame_number(image)


def opened(qtbot: QtBot, player: Player, clip: Path) -> Player:
    player.open(clip, CLIP_S)
    qtbot.waitUntil(lambda: shown(player) == 0)
    return player


@pytest.mark.parametrize("number", [1, 24, 25, 26, 61, 120, 149, 0])
def test_a_seek_shows_the_frame_of_that_moment(
    qtbot: QtBot, player: Player, clip: Path, number: int
) -> None:
    opened(qtbot, player, clip)
    player.seek(number / RATE_HZ + HALF_FRAME_S)
    qtbot.waitUntil(lambda: shown(player) == number)


def test_frames_are_those_that_another_reader_sees(
    qtbot: QtBot, player: Player, clip: Path
) -> None:
    with av.open(str(clip)) as container:
        times = [frame.time for frame in container.decode(video=0)]
    opened(qtbot, player, clip)
    for number in (13, 88):
        time = times[number]
        assert time is not None
        player.seek(time + HALF_FRAME_S)
        qtbot.waitUntil(lambda wanted=number: shown(player) == wanted)


def test_it_plays_pauses_and_says_where_it_is(qtbot: QtBot, player: Player, clip: Path) -> None:
    opened(qtbot, player, clip)
    assert player.bar.time.text() == "0:00 / 0:06"
    moved: list[float] = []
    player.moved.connect(moved.append)
    qtbot.keyClick(player, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: player.position_s > 0.5)
    qtbot.keyClick(player, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not player.playing)
    stood = player.position_s
    assert shown(player) > 0
    assert moved == sorted(moved)
    qtbot.keyClick(player, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: player.position_s == pytest.approx(stood + 1.0, abs=0.01))
    qtbot.keyClick(player, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: player.position_s == 0.0)


def test_at_the_end_it_begins_again_and_can_still_be_sought(
    qtbot: QtBot, player: Player, clip: Path
) -> None:
    opened(qtbot, player, clip)
    player.seek(CLIP_S - 0.3)
    player.play()
    qtbot.waitUntil(lambda: player.position_s >= CLIP_S - 0.05)
    qtbot.waitUntil(lambda: not player.playing)
    player.seek(2.0 + HALF_FRAME_S)
    qtbot.waitUntil(lambda: shown(player) == 50)
    player.seek(CLIP_S)
    player.play()
    qtbot.waitUntil(lambda: player.playing and 0.0 < player.position_s < 3.0)


def test_speed_is_heard_by_the_keys_and_changes_the_pace(
    qtbot: QtBot, player: Player, clip: Path
) -> None:
    opened(qtbot, player, clip)
    for _ in range(9):
        qtbot.keyClick(player, Qt.Key.Key_BracketRight)
    assert player.bar.speed == 2.0
    assert player._playback is not None
    assert player._playback._player.playbackRate() == 2.0
    assert player._playback._player.pitchCompensation()
    for _ in range(9):
        qtbot.keyClick(player, Qt.Key.Key_BracketLeft)
    assert player._playback._player.playbackRate() == 0.5


def test_the_last_of_many_seeks_counts(qtbot: QtBot, player: Player, clip: Path) -> None:
    opened(qtbot, player, clip)
    for number in range(0, 100, 3):
        player.seek(number / RATE_HZ + HALF_FRAME_S)
    qtbot.waitUntil(lambda: shown(player) == 99)


def test_without_a_recording_it_says_so_and_stays_calm(qtbot: QtBot, player: Player) -> None:
    player.show_not_kept(60.0)
    assert "No recording was kept" in player.stage.sentence
    assert not player.usable
    assert player.bar.isHidden()
    player.seek(3.0)
    player.play()
    qtbot.keyClick(player, Qt.Key.Key_Space)
    assert player.position_s == 0.0


def test_a_recording_that_is_gone_gets_a_sentence(player: Player, tmp_path: Path) -> None:
    player.open(tmp_path / "gone.mkv", 60.0)
    assert "No recording here" in player.stage.sentence
    assert not player.usable


@pytest.mark.qt_log_ignore("Could not open media", extend=True)
def test_a_broken_recording_gets_a_sentence(qtbot: QtBot, player: Player, tmp_path: Path) -> None:
    path = tmp_path / "recording.mkv"
    path.write_bytes(b"no recording at all" * 200)
    player.open(path, 60.0)
    qtbot.waitUntil(lambda: "cannot be played" in player.stage.sentence)
    assert not player.usable


def test_sound_alone_plays_and_says_so(qtbot: QtBot, player: Player, tmp_path: Path) -> None:
    player.open(numbered_clip(tmp_path / "recording.mkv", 2.0, picture=False), 2.0)
    qtbot.waitUntil(lambda: "Only the sound" in player.stage.sentence)
    player.play()
    qtbot.waitUntil(lambda: player.position_s > 0.3)


def test_another_recording_takes_the_place_of_the_first(
    qtbot: QtBot, player: Player, clip: Path, tmp_path: Path
) -> None:
    opened(qtbot, player, clip)
    player.show_not_kept(60.0)
    opened(qtbot, player, clip)
    assert player.usable
    assert player.stage.sentence == ""


def test_thumbnails_show_their_moments(qtbot: QtBot, clip: Path) -> None:
    thumbs = Thumbnails()
    made: dict[str, int] = {}

    def take(key: str, image: QImage) -> None:
        made[key] = frame_number(image)

    thumbs.made.connect(take)
    wanted = {"late": 110, "early": 7, "middle": 60}
    thumbs.fetch(clip, {key: n / RATE_HZ + HALF_FRAME_S for key, n in wanted.items()})
    qtbot.waitUntil(lambda: len(made) == 3)
    assert made == wanted
    qtbot.waitUntil(lambda: thumbs._player is None)


def test_the_stage_has_the_recordings_shape(qtbot: QtBot, player: Player, tmp_path: Path) -> None:
    stage = player.stage
    stage.resize(800, 300)
    usual = stage.picture_rect()
    assert (usual.width(), usual.height(), usual.center().x()) == (400, 300, 400)
    clip = numbered_clip(tmp_path / "wide.mkv", 1.0)
    player.open(clip, 1.0)
    qtbot.waitUntil(lambda: stage.image is not None)
    stage.resize(800, 300)
    wide = stage.picture_rect()
    assert abs(wide.width() / wide.height() - 320 / 180) < 0.01
    assert abs(wide.center().x() - 400) <= 1
    surface = stage.grab().toImage().pixelColor(2, 150)
    assert surface == stage.palette().window().color()
    player.close_recording()
