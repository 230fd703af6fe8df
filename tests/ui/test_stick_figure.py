"""The figure in the player's place of the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from handover_material import a_session, joints
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from ui.fake_live import AtOnce

from app.session.figure import HELD_S, FigureTrack, read_figure
from app.store.types import KeepPolicy
from app.ui.style import current_palette
from app.ui.widgets.player import Player
from app.ui.widgets.stick_figure import FigureLoader, StickFigure

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from app.store.store import Store

SIZE = (400, 300)


def track(*poses: np.ndarray, turned: float = 0.0) -> FigureTrack:
    count = len(poses)
    angles = np.full((count, 3), turned, np.float32)
    return FigureTrack(np.arange(count) * 0.2, np.stack(poses), angles)


def painted(figure: StickFigure, t: float) -> np.ndarray:
    """Which pixels are the figure's, (height, width)."""
    image = QImage(*SIZE, QImage.Format.Format_Grayscale8)
    image.fill(QColor("black"))
    painter = QPainter(image)
    figure.paint(painter, QRectF(0, 0, *SIZE), t)
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(SIZE[1], image.bytesPerLine())
    return rows[:, : SIZE[0]] > 100


def test_a_joint_is_drawn_where_it_was(dressed: QApplication) -> None:
    assert QColor(current_palette().on_stage).lightness() > 100
    seen = painted(StickFigure(track(joints(0.0))), 0.0)
    for x, y in ((0.60, 0.38), (0.34, 0.55), (0.62, 0.70)):
        assert seen[round(y * SIZE[1]), round(x * SIZE[0])]
    assert not seen[:20, :20].any()


def test_an_arm_that_was_not_seen_is_not_drawn(dressed: QApplication) -> None:
    hidden = joints(0.0)
    hidden[[14, 16, 20], 2] = 0.1
    seen = painted(StickFigure(track(hidden)), 0.0)
    assert not seen[:, : round(0.38 * SIZE[0])].any()


def test_everybody_has_the_same_head(dressed: QApplication) -> None:
    other = joints(0.0)
    other[[1, 2, 3, 4, 5, 6, 9, 10]] = np.random.default_rng(1).uniform(0, 1, (8, 3))
    one, two = (painted(StickFigure(track(pose)), 0.0) for pose in (joints(0.0), other))
    assert (one == two).all()


def test_it_says_so_where_nobody_was_seen(dressed: QApplication) -> None:
    figure = StickFigure(track(joints(0.0)))
    words = painted(figure, HELD_S + 1.0)
    assert words.any()
    assert not words[: SIZE[1] // 3].any()


def test_between_two_looks_it_moves_smoothly() -> None:
    low, high = joints(0.0), joints(0.0)
    high[16, 1] -= 0.2
    pose = track(low, high).at(0.1)
    assert pose is not None
    assert pose.joints[16, 1] == pytest.approx((low[16, 1] + high[16, 1]) / 2)
    assert track(low).at(-0.1) is None


@pytest.mark.parametrize(
    ("keep", "shown"), [(KeepPolicy.VOICE_AND_STICK, True), (KeepPolicy.PICTURE_AND_SOUND, False)]
)
def test_the_player_shows_it_where_no_picture_was_kept(
    qtbot: QtBot, dressed: QApplication, store: Store, *, keep: KeepPolicy, shown: bool
) -> None:
    record = a_session(store, store.ensure_person("Ana"), keep=keep)
    player = Player()
    qtbot.addWidget(player)
    loader = FigureLoader(AtOnce(), player)
    player.open(store.files(record.id).source(), 12.0)
    loader.show(record, store)
    qtbot.waitUntil(lambda: loader._waiter is None)
    assert (player.stage._figure is not None) is shown
    player.close_recording()


def test_a_session_without_readings_has_no_figure(store: Store) -> None:
    bare = a_session(store, store.ensure_person("Ana"), keep=KeepPolicy.REPORT_ONLY)
    assert read_figure(store.files(bare.id)) is None
