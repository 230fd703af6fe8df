from __future__ import annotations

import random
from itertools import pairwise
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest
from films import GOP_250, OURS, film, number_in, steady, uneven
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from report_material import numbered_clip

from app.ui.widgets.player import Player

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray
    from pytestqt.qtbot import QtBot

LENGTH_S = 8.0


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("films")
    return {
        "ours": film(folder / "ours.mkv", steady(LENGTH_S), options=OURS, sound=True),
        "phone": film(folder / "phone.mp4", uneven(LENGTH_S), turned=90, sound=True),
        "long_gop": film(folder / "long.mp4", steady(LENGTH_S), options=GOP_250, sound=True),
        "late_start": film(
            folder / "late.mp4", steady(LENGTH_S), options=GOP_250, first_s=2.5, sound=True
        ),
        "mute": film(folder / "mute.mkv", steady(LENGTH_S), size=(198, 322)),
    }


@pytest.fixture
def player(qtbot: QtBot) -> Iterator[Player]:
    made = Player()
    qtbot.addWidget(made)
    made.resize(640, 480)
    made.show()
    yield made
    made.close_recording()


def pixels(image: QImage) -> NDArray[np.uint8]:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    wide = image.bytesPerLine() // 4
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), wide, 4)
    return flat[:, : image.width()].copy()


def middles(image: QImage) -> NDArray[np.int64]:
    """The colour in the middle of each of four upright stripes, at whatever size they are shown."""
    found = pixels(image)[:, :, :3].astype(np.int64)
    return found[image.height() // 2, [image.width() * n // 8 for n in (1, 3, 5, 7)]]


def shown(player: Player, turned: int = 0) -> int:
    """The number of the frame on show; -1 without one."""
    image = player.stage.image
    if image is None or image.isNull():
        return -1
    return number_in(np.rot90(pixels(image), -turned))


def opened(qtbot: QtBot, player: Player, path: Path) -> Player:
    player.open(path, LENGTH_S)
    qtbot.waitUntil(lambda: player.frame_time_s is not None)
    return player


def times_of(path: Path) -> list[float]:
    with av.open(str(path)) as container:
        zero = (container.start_time or 0) / av.time_base
        return [frame.time - zero for frame in container.decode(video=0)]


@pytest.mark.parametrize("kind", ["ours", "phone", "long_gop", "late_start", "mute"])
def test_every_seek_shows_the_very_frame(
    qtbot: QtBot, player: Player, films: dict[str, Path], kind: str
) -> None:
    opened(qtbot, player, films[kind])
    times = times_of(films[kind])
    turned = 1 if kind == "phone" else 0
    for number in random.Random(3).sample(range(len(times) - 1), 25):
        player.seek((times[number] + times[number + 1]) / 2)
        qtbot.waitUntil(
            lambda n=number: player.frame_time_s == pytest.approx(times[n], abs=1e-3),
        )
        assert shown(player, turned) == number


@pytest.mark.parametrize("kind", ["phone", "long_gop"])
def test_the_keys_step_frame_by_frame_also_when_they_come_fast(
    qtbot: QtBot, player: Player, films: dict[str, Path], kind: str
) -> None:
    opened(qtbot, player, films[kind])
    times = times_of(films[kind])
    turned = 1 if kind == "phone" else 0
    for key, numbers in (
        (Qt.Key.Key_Period, (1, 2, 3, 4)),
        (Qt.Key.Key_Comma, (3, 2, 1, 0)),
    ):
        for number in numbers:
            qtbot.keyClick(player, key)
            qtbot.waitUntil(lambda n=number: shown(player, turned) == n)
            assert player.position_s == pytest.approx(times[number], abs=1e-3)
    for _ in range(40):
        qtbot.keyClick(player, Qt.Key.Key_Period)
    qtbot.waitUntil(lambda: shown(player, turned) == 40)
    for _ in range(60):
        qtbot.keyClick(player, Qt.Key.Key_Comma)
    qtbot.waitUntil(lambda: shown(player, turned) == 0)


def test_where_it_pauses_stands_the_frame_that_steps_go_on_from(
    qtbot: QtBot, player: Player, films: dict[str, Path]
) -> None:
    opened(qtbot, player, films["long_gop"])
    player.seek(2.0)
    player.play()
    qtbot.waitUntil(lambda: player.position_s > 2.6)
    player.pause()
    still = player._deck.still
    qtbot.waitUntil(lambda: not still.waiting and not still._look.isActive())
    number = shown(player)
    assert player.frame_time_s == pytest.approx(number / 25, abs=1e-3)
    assert player.position_s == pytest.approx(number / 25, abs=1e-3)
    player.step_frames(1)
    qtbot.waitUntil(lambda: shown(player) == number + 1)
    player.play()
    qtbot.waitUntil(lambda: player.position_s > (number + 10) / 25)


def test_a_film_that_goes_on_from_another_moment_shows_nothing_of_the_one_before(
    qtbot: QtBot, player: Player, films: dict[str, Path]
) -> None:
    opened(qtbot, player, films["ours"])
    player.seek(6.0)
    seen: list[int] = []
    deck = player._deck
    assert deck is not None
    deck.framed.connect(lambda _frame: seen.append(shown(player)))
    player.play()
    qtbot.waitUntil(lambda: len(seen) > 5)
    assert min(seen) >= 148


@pytest.mark.parametrize("kind", ["phone", "late_start", "mute"])
def test_whatever_a_phone_made_plays(
    qtbot: QtBot, player: Player, films: dict[str, Path], kind: str
) -> None:
    opened(qtbot, player, films[kind])
    player.play()
    qtbot.waitUntil(lambda: player.position_s > 0.6)
    player.pause()
    image = player.stage.image
    assert image is not None
    upright = kind in {"phone", "mute"}
    assert (image.height() > image.width()) == upright


def test_the_standing_picture_has_the_colours_of_the_running_one(
    qtbot: QtBot, player: Player, tmp_path: Path
) -> None:
    path = tmp_path / "colours.mkv"
    with av.open(str(path), "w") as out:
        video = out.add_stream("libx264", rate=25)
        video.width, video.height, video.pix_fmt = 320, 240, "yuv420p"
        image = np.zeros((240, 320, 3), np.uint8)
        for n, colour in enumerate([(200, 40, 40), (40, 180, 60), (50, 60, 210), (120, 90, 200)]):
            image[:, n * 80 : n * 80 + 80] = colour
        for n in range(100):
            frame = av.VideoFrame.from_ndarray(image, format="rgb24")
            frame.pts = n
            out.mux(video.encode(frame))
        out.mux(video.encode(None))
    opened(qtbot, player, path)
    player.seek(1.0)
    qtbot.waitUntil(lambda: player.frame_time_s == 1.0)
    assert player.stage.image is not None
    still = middles(player.stage.image)
    player.play()
    qtbot.waitUntil(lambda: player.position_s > 1.3)
    running = middles(player.stage.image)
    player.pause()
    assert np.abs(still - running).max() < 4


def test_a_stretch_is_played_again_and_again_until_it_is_let_go(
    qtbot: QtBot, player: Player, films: dict[str, Path]
) -> None:
    opened(qtbot, player, films["ours"])
    player.set_loop(2.0, 2.6)
    assert player.loop == (2.0, 2.6)
    told: list[float] = []
    player.moved.connect(told.append)
    player.play()

    def turns() -> int:
        return sum(after < before - 0.2 for before, after in pairwise(told))

    qtbot.waitUntil(lambda: turns() >= 2)
    assert min(told) >= 1.9
    assert max(told) < 2.9
    player.set_loop(None)
    qtbot.waitUntil(lambda: player.position_s > 3.2)


def test_a_loop_to_the_end_begins_again(
    qtbot: QtBot, player: Player, films: dict[str, Path]
) -> None:
    opened(qtbot, player, films["mute"])
    player.set_loop(LENGTH_S - 0.6, LENGTH_S)
    told: list[float] = []
    player.moved.connect(told.append)
    player.play()
    qtbot.waitUntil(lambda: bool(told) and max(told) > LENGTH_S - 0.2)
    told.clear()
    qtbot.waitUntil(lambda: bool(told) and min(told) < LENGTH_S - 0.4)
    assert player.playing


def test_j_k_and_l_run_back_stand_still_and_run_on_faster_each_time(
    qtbot: QtBot, player: Player, films: dict[str, Path]
) -> None:
    opened(qtbot, player, films["ours"])
    for speed in (1.0, 1.5, 2.0, 2.0):
        qtbot.keyClick(player, Qt.Key.Key_L)
        assert player.rate == speed
        assert player.bar.speed == speed
    qtbot.waitUntil(lambda: player.position_s > 4.0)
    qtbot.keyClick(player, Qt.Key.Key_K)
    assert not player.playing
    assert player.bar.speed == 1.0
    stood, frames = player.position_s, {shown(player)}

    def gone_back(most_s: float, pictures: int = 0) -> bool:
        frames.add(shown(player))
        return player.position_s < most_s and len(frames) > pictures

    for speed in (-1.0, -2.0, -4.0, -4.0):
        qtbot.keyClick(player, Qt.Key.Key_J)
        assert player.rate == speed
        assert player.playing
        if speed == -1.0:
            qtbot.waitUntil(lambda: gone_back(stood, pictures=5))
    assert player.bar.way.text() == "Back 4×"
    qtbot.waitUntil(lambda: gone_back(0.5))
    assert max(frames) <= stood * 25 + 1
    qtbot.waitUntil(lambda: not player.playing)
    assert player.position_s == 0.0
    qtbot.waitUntil(lambda: shown(player) == 0)
    assert player.bar.way.text() == ""


def test_pressing_on_while_it_runs_back_lets_it_play(
    qtbot: QtBot, player: Player, films: dict[str, Path]
) -> None:
    opened(qtbot, player, films["ours"])
    player.seek(5.0)
    player.shuttle(-1)
    qtbot.waitUntil(lambda: player.position_s < 4.8)
    player.shuttle(1)
    here = player.position_s
    assert player.rate == 1.0
    qtbot.waitUntil(lambda: player.position_s > here + 0.3)


class Ball:
    """A figure that is as far to the right as the time."""

    shape = (16, 9)

    def paint(self, painter: QPainter, box: QRectF, t: float) -> None:
        at = QRectF(box.left() + t / LENGTH_S * box.width(), box.top(), 20, box.height())
        painter.fillRect(at, QColor("#FFFFFF"))


def test_a_figure_stands_where_no_picture_is_and_follows_the_playhead(
    qtbot: QtBot, player: Player, tmp_path: Path
) -> None:
    player.open(numbered_clip(tmp_path / "voice.mkv", LENGTH_S, picture=False), LENGTH_S)
    player.show_figure(Ball())
    qtbot.waitUntil(lambda: player._deck.playback.duration_s > 0)
    assert player.stage.sentence == ""

    def white() -> int:
        image = player.stage.grab().toImage()
        middle = image.height() // 2
        lit = [x for x in range(image.width()) if image.pixelColor(x, middle).lightness() > 240]
        box = player.stage.picture_rect()
        # Beside the stage lies the page, which may be light too.
        return min((x for x in lit if box.left() + 2 < x < box.right() - 2), default=-1)

    player.seek(2.0)
    early = white()
    player.seek(6.0)
    assert white() - early == pytest.approx(player.stage.picture_rect().width() / 2, abs=3)


def test_what_was_opened_can_be_deleted_once_it_is_let_go(
    qtbot: QtBot, player: Player, tmp_path: Path
) -> None:
    path = film(tmp_path / "short.mkv", steady(2))
    opened(qtbot, player, path)
    reader = player._deck.still._reader
    assert reader is not None
    player.close_recording()
    assert reader._worker is None
    assert reader._finder._film is None
    path.unlink()


def test_what_a_phone_filmed_is_snapped_to_its_own_pictures(
    player: Player, films: dict[str, Path]
) -> None:
    player.open(films["phone"], LENGTH_S)
    pictures = uneven(LENGTH_S)
    for at in range(5, len(pictures) - 1, 31):
        assert player.snapped(pictures[at] + 0.003) == pytest.approx(pictures[at], abs=2e-3)
        assert player.snapped(pictures[at], 1) == pytest.approx(pictures[at + 1], abs=2e-3)
