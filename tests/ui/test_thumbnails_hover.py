from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from films import film, number_in, steady
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QImage, QMouseEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from report_material import report, rule

from app.ui.widgets import thumbnails
from app.ui.widgets.thumbnails import GRID_S, LONGEST_PX, MomentPictures
from app.ui.widgets.timeline import Timeline
from app.ui.widgets.timeline_model import build_model

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

LENGTH_S = 30.0


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film(tmp_path_factory.mktemp("thumbs") / "clip.mkv", steady(LENGTH_S))


@pytest.fixture
def thumbs() -> Iterator[MomentPictures]:
    made = MomentPictures()
    yield made
    made.close()


def number(image: QImage) -> int:
    wide = image.bytesPerLine() // 4
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), wide, 4)
    return number_in(flat[:, : image.width()])


def test_a_small_picture_of_the_moment_comes_and_is_kept(
    qtbot: QtBot, thumbs: MomentPictures, clip: Path
) -> None:
    thumbs.open(clip)
    with qtbot.waitSignal(thumbs.made) as told:
        assert thumbs.want(10.03) is None
    t, image = told.args
    assert t == 10.03
    assert number(image) == 250
    assert max(image.width(), image.height()) == LONGEST_PX
    again = thumbs.want(10.0)
    assert again is not None
    assert number(again) == 250


def test_only_the_last_wish_is_answered(qtbot: QtBot, thumbs: MomentPictures, clip: Path) -> None:
    thumbs.open(clip)
    told: list[float] = []
    thumbs.made.connect(lambda t, _image: told.append(t))
    for n in range(20):
        thumbs.want(n + 0.0)
    qtbot.waitUntil(lambda: 19.0 in told)
    assert told == [19.0]


def test_no_more_than_a_few_are_kept(
    qtbot: QtBot, thumbs: MomentPictures, clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thumbnails, "KEPT", 5)
    thumbs.open(clip)
    for n in range(9):
        with qtbot.waitSignal(thumbs.made):
            thumbs.want(n * 2 * GRID_S)
    assert thumbs.kept == 5
    assert thumbs.want(0.0) is None
    thumbs.close()
    assert thumbs.kept == 0
    assert not thumbs.usable


def test_without_pictures_nothing_comes_and_nothing_fails(
    qtbot: QtBot, thumbs: MomentPictures, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.mkv"
    broken.write_bytes(b"nothing" * 50)
    thumbs.open(broken)
    assert thumbs.want(1.0) is None
    qtbot.waitUntil(lambda: not thumbs._look.isActive())


def hover(timeline: Timeline, t: float) -> None:
    place = QPointF(timeline.scale.x(t), 60)
    QApplication.sendEvent(
        timeline.viewport(),
        QMouseEvent(
            QEvent.Type.MouseMove,
            place,
            QPointF(timeline.viewport().mapToGlobal(place.toPoint())),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
        ),
    )


def test_the_picture_stands_over_the_pointer_and_goes_with_it(
    qtbot: QtBot, thumbs: MomentPictures, clip: Path
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    timeline = Timeline()
    column = QVBoxLayout(window)
    column.addStretch(1)
    column.addWidget(timeline)
    timeline.show_model(build_model(report(duration_s=LENGTH_S), (), (rule("smile"),)))
    timeline.show_thumbs(thumbs)
    window.show()
    hover(timeline, 10.0)
    assert timeline._hover is None
    thumbs.open(clip)
    hover(timeline, 10.0)
    qtbot.waitUntil(lambda: timeline._hover is not None and timeline._hover.isVisible())
    card = timeline._hover
    assert card is not None
    assert card.image is not None
    assert abs(number(card.image) - 250) <= 3
    assert window.rect().contains(card.geometry())
    top = timeline.viewport().mapTo(window, QPoint(0, 0)).y()
    assert card.geometry().bottom() <= top
    assert abs(card.geometry().center().x() - (timeline.x() + timeline.scale.x(10.0))) < 4
    place = QPointF(5, 5)
    QApplication.sendEvent(timeline, QEnterEvent(place, place, place))
    QApplication.sendEvent(timeline, QEvent(QEvent.Type.Leave))
    assert not card.isVisible()
