"""The trainer's desk for everybody: longer languages, a keyboard, a small screen, both themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit
from ui.desk_bench import Bench
from ui.everybody import cut, in_scroll, longer, settle, shown

from app.coach.desk.markers import Shape, read_marker_sets
from app.ui.icon_font import glyphs
from app.ui.pages.desk_frame import Tab
from app.ui.widgets.controls import Elided
from app.ui.widgets.desk_markers import MarkerChip, shape_icon
from app.ui.window import SMALLEST

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from app.store.store import Store

__all__ = ["longer"]

STEPS = ["first", "typing", "machine", "correct", "summary", "together"]
SIZES = [SMALLEST, (1280, 800), (2560, 1440)]


def on(qtbot: QtBot, store: Store, folder: Path, step: str, size: tuple[int, int]) -> Bench:
    """The desk at one of its steps, with something on each."""
    bench = Bench(qtbot, store, folder, received=True)
    page = bench.page
    bench.window.resize(*size)
    if step != "first":
        bench.press(Qt.Key.Key_Return, Qt.Key.Key_H, Qt.Key.Key_1)
    if step == "typing":
        bench.press(Qt.Key.Key_Return)
        bench.type("a comment that is long enough to need more than one line in a narrow list")
        bench.press(Qt.Key.Key_Return, Qt.Key.Key_Return)
    elif step in ("machine", "correct"):
        bench.press(Qt.Key.Key_N, Qt.Key.Key_N)
        page.show_tab(Tab.MACHINE)
        page.machine.list.setCurrentRow(0)
        bench.press(Qt.Key.Key_Y)
        if step == "correct":
            bench.press(Qt.Key.Key_C)
    elif step == "summary":
        page.show_tab(Tab.SUMMARY)
    elif step == "together":
        page.machine.list.setCurrentRow(0)
        bench.press(Qt.Key.Key_Y)
        page.toggle_done()
    settle(qtbot)
    return bench


@pytest.mark.parametrize("step", STEPS)
def test_texts_forty_percent_longer_are_not_cut(
    qtbot: QtBot, longer: None, store: Store, tmp_path: Path, step: str
) -> None:
    bench = on(qtbot, store, tmp_path, step, SMALLEST)
    widgets = [*shown(bench.page, QLabel), *shown(bench.page, QAbstractButton)]

    def whole() -> None:
        said = [cut(one) for one in widgets if not isinstance(one, (Elided, MarkerChip))]
        assert "\n".join(words for words in said if words) == ""

    # Wrapped texts in cards ask more than once for their height.
    qtbot.waitUntil(whole)
    assert bench.window.size().toTuple() == SMALLEST
    bench.window.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("step", STEPS)
def test_everything_is_in_sight_named_and_reached_by_keyboard(
    qtbot: QtBot,
    dressed: QApplication,
    store: Store,
    tmp_path: Path,
    step: str,
    size: tuple[int, int],
) -> None:
    bench = on(qtbot, store, tmp_path, step, size)
    root = bench.window
    controls = [
        one for kind in (QAbstractButton, QComboBox, QLineEdit) for one in shown(bench.page, kind)
    ]
    outside = [
        one.accessibleName()
        for one in controls
        if not in_scroll(one)
        and not root.rect().contains(QRect(one.mapTo(root, one.rect().topLeft()), one.size()))
    ]
    nameless = [type(one).__name__ for one in controls if not one.accessibleName()]
    unreachable = [
        one.accessibleName()
        for one in controls
        if one.isEnabled() and not one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    big = bench.page.player.stage.height() if step == "typing" else 999
    bench.window.close()
    assert len(controls) >= 2
    assert (outside, nameless, unreachable) == ([], [], [])
    assert big >= 160 or not bench.page.player.usable, "the person is the largest thing"


def test_each_shape_is_drawn(dressed: QApplication) -> None:
    shapes = {marker.shape for one in read_marker_sets()[0] for marker in one.markers}
    for shape in {*shapes, *Shape.__args__}:
        assert shape_icon(shape) in glyphs()
