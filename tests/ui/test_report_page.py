from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import jsonschema
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel
from report_material import (
    CHECKLIST,
    DURATION_S,
    event,
    finding,
    kept_session,
    mark,
    numbered_clip,
    report,
)
from ui.pseudo_locale import PseudoTranslator

from app.coach.catalogue import load_catalogue
from app.coach.report_json import REPORT_SCHEMA
from app.coach.types import MarkKind
from app.store.types import KeepPolicy
from app.ui.library import Library
from app.ui.pages.report import ReportPage
from app.ui.style import apply_theme
from app.ui.widgets.checklist_view import ChecklistRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.coach.catalogue import Catalogue
    from app.coach.report_types import Report
    from app.store.store import Store
    from app.store.types import SessionRecord

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
CLIP_S = 4.0


def content() -> Report:
    return report(
        events=(event("arms_crossed", 2.0, 3.0), event("brow_drawn", 40, 42)),
        findings=(finding("arms_crossed", 2.0, 3.0), finding("brow_drawn", 40, 42)),
    )


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return numbered_clip(tmp_path_factory.mktemp("clip") / "recording.mkv", CLIP_S)


class Desk:
    """A page on a store, with a file chooser that answers by itself."""

    def __init__(self, store: Store, catalogue: Catalogue, qtbot: QtBot) -> None:
        self.answer = ("", "")
        self.asked: list[str] = []
        self.store = store
        self.page = ReportPage(
            store,
            catalogue,
            checklists=(CHECKLIST,),
            library=Library(),
            now=lambda: NOW,
            choose_file=self._choose,
            who=lambda: next((one.id for one in store.persons()), None),
        )
        qtbot.addWidget(self.page)
        self.page.resize(1280, 800)
        self.page.show()

    def _choose(self, owner: object, stem: str) -> tuple[str, str]:
        self.asked.append(stem)
        return self.answer

    def open(self, record: SessionRecord) -> ReportPage:
        self.page.open(record.id)
        QApplication.processEvents()  # what was added to a layout shows
        return self.page


@pytest.fixture
def desk(store: Store, catalogue: Catalogue, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(store, catalogue, qtbot)
    yield made
    made.page.close_files()
    made.page.close()


def texts(page: ReportPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]


def test_without_a_recording_everything_else_works(qtbot: QtBot, desk: Desk) -> None:
    page = desk.open(kept_session(desk.store, content(), policy=KeepPolicy.REPORT_ONLY))
    assert "No recording was kept" in page.player.stage.sentence
    assert page.header.title.text() == "Charged twice"
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_2)
    assert page.playhead_s == 40.0
    assert page.timeline.playhead_s == 40.0
    qtbot.keyClick(page, Qt.Key.Key_Left)
    assert page.playhead_s == 39.0
    qtbot.keyClick(page, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert page.playhead_s == 2.0


def test_a_recording_that_is_gone_is_said_and_the_report_stands(desk: Desk) -> None:
    page = desk.open(kept_session(desk.store, content()))
    assert "No recording here" in page.player.stage.sentence
    assert len(page.side.cards) == 2


def test_a_press_on_a_moment_plays_it(qtbot: QtBot, desk: Desk, clip: Path) -> None:
    record = kept_session(desk.store, content())
    desk.store.files(record.id).recording.write_bytes(clip.read_bytes())
    page = desk.open(record)
    qtbot.waitUntil(lambda: page.player.stage.image is not None)
    qtbot.mouseClick(page.side.cards[0].play_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.player.playing and page.player.position_s > 1.6)
    assert page.player.position_s >= 1.5  # half a second before it begins
    qtbot.waitUntil(lambda: page.timeline.playhead_s > 1.6)
    qtbot.waitUntil(lambda: page.side.cards[0].picture.has_image)
    page.hide()
    qtbot.waitUntil(lambda: not page.player.playing)


def test_the_timeline_moves_the_picture(qtbot: QtBot, desk: Desk, clip: Path) -> None:
    record = kept_session(desk.store, content())
    desk.store.files(record.id).recording.write_bytes(clip.read_bytes())
    page = desk.open(record)
    qtbot.waitUntil(lambda: page.player.stage.image is not None)
    page.timeline.seek_requested.emit(3.0)
    qtbot.waitUntil(lambda: page.player.position_s == pytest.approx(3.0, abs=0.01))


def test_disagreeing_is_kept_and_can_be_taken_back(qtbot: QtBot, desk: Desk) -> None:
    record = kept_session(desk.store, content())
    page = desk.open(record)
    qtbot.mouseClick(page.side.cards[1].disagree_button, Qt.MouseButton.LeftButton)
    (said,) = [m for m in desk.store.marks(record.id) if m.kind is MarkKind.VERDICT]
    assert dict(said.data) == {"finding": "brow_drawn-40000", "verdict": "disagree"}
    page = desk.open(record)
    assert [card.disagreed for card in page.side.cards] == [False, True]
    qtbot.mouseClick(page.side.cards[1].disagree_button, Qt.MouseButton.LeftButton)
    assert not [m for m in desk.store.marks(record.id) if m.kind is MarkKind.VERDICT]


def test_the_checklist_can_be_ticked_afterwards(qtbot: QtBot, desk: Desk) -> None:
    live = mark(12, MarkKind.TICK, item="finish", on="true")
    record = kept_session(desk.store, content(), policy=KeepPolicy.REPORT_ONLY, marks=(live,))
    page = desk.open(record)
    assert page.side.checklist is not None
    assert page.side.checklist.ticked == ("finish",)
    page.go_to(30.0)
    page.side.checklist.toggle(2)
    page.side.checklist.toggle(1)
    ticks = [m for m in desk.store.marks(record.id) if m.kind is MarkKind.TICK]
    assert [(m.t, m.data["item"]) for m in ticks] == [(30.0, "sorry")]
    assert page.playhead_s == 30.0
    assert page.timeline.playhead_s == 30.0


def test_the_sample_is_labelled_as_one(desk: Desk) -> None:
    page = desk.open(kept_session(desk.store, content(), sample=True))
    assert "Sample" in texts(page)
    page = desk.open(kept_session(desk.store, content()))
    assert "Sample" not in texts(page)


def test_a_folder_deleted_by_hand_is_said_without_a_contradiction(desk: Desk) -> None:
    record = kept_session(desk.store, content())
    shutil.rmtree(desk.store.files(record.id).folder)
    page = desk.open(record)
    said = " ".join(texts(page))
    assert "folder of this session is not there any more" in said
    assert "complete" not in said
    assert "not analysed to the end" not in said


def test_a_session_that_is_gone_gets_a_sentence(desk: Desk) -> None:
    desk.open(kept_session(desk.store, content()))
    desk.page.open("not-there")
    assert desk.page.notice.isVisible()
    assert not desk.page.header.export.isEnabled()
    assert desk.page.side.cards == []


def test_a_session_without_a_report_says_so(desk: Desk) -> None:
    page = desk.open(kept_session(desk.store, None))
    assert any("no report" in text for text in texts(page))
    assert page.timeline.isHidden()
    assert not page.header.export.isEnabled()


def test_rehearse_again_and_back_are_passed_on(qtbot: QtBot, desk: Desk) -> None:
    record = kept_session(desk.store, content())
    page = desk.open(record)
    with qtbot.waitSignal(page.rehearse_requested) as asked:
        qtbot.mouseClick(page.header.rehearse, Qt.MouseButton.LeftButton)
    assert asked.args == [record.id]
    with qtbot.waitSignal(page.closed):
        qtbot.keyClick(page, Qt.Key.Key_Escape)


@pytest.mark.parametrize("kind", ["html", "json"])
def test_export_writes_what_was_chosen(qtbot: QtBot, desk: Desk, tmp_path: Path, kind: str) -> None:
    page = desk.open(kept_session(desk.store, content()))
    page.side.cards[0].disagree_button.click()
    desk.answer = (str(tmp_path / "mine"), f"Chosen (*.{kind})")
    page.header.export.click()
    path = tmp_path / f"mine.{kind}"
    qtbot.waitUntil(lambda: str(path) in page.notice.text)
    assert desk.asked == ["Charged twice"]
    written = path.read_text("utf-8")
    if kind == "json":
        data = json.loads(written)
        jsonschema.validate(data, REPORT_SCHEMA)
        assert data["title"] == "Charged twice"
        assert data["findings"][0]["verdict"] == "disagree"
        assert data["duration_s"] == DURATION_S
    else:
        assert "<html" in written
        assert "Charged twice" in written
    assert page.header.export.isEnabled()


def test_export_to_nowhere_says_what_to_do(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    page = desk.open(kept_session(desk.store, content()))
    desk.answer = (str(tmp_path / "no" / "such" / "folder" / "r.json"), "")
    page.header.export.click()
    qtbot.waitUntil(lambda: "could not be saved" in page.notice.text)
    assert page.header.export.isEnabled()


def test_export_can_be_left(desk: Desk) -> None:
    page = desk.open(kept_session(desk.store, content()))
    page.header.export.click()
    assert desk.asked == ["Charged twice"]
    assert page.notice.text == ""


def test_everything_that_can_be_pressed_has_a_name_and_is_reached_by_tab(desk: Desk) -> None:
    page = desk.open(kept_session(desk.store, content()))
    pressable = [
        one
        for one in (*page.findChildren(QAbstractButton), *page.findChildren(QComboBox))
        if one.isVisibleTo(page) and one.isEnabled()
    ]
    assert len(pressable) >= 9
    for one in pressable:
        assert one.accessibleName(), one
        assert one.focusPolicy() & Qt.FocusPolicy.TabFocus, one.accessibleName()
    assert page.timeline.accessibleName()
    assert len({line.keys for line in page.keys.lines}) == len(page.keys.lines) >= 9


@pytest.fixture
def longer_words(qapp: QApplication) -> Iterator[None]:
    translator = PseudoTranslator()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)
    assert translator.lost == set()


@pytest.mark.usefixtures("longer_words")
@pytest.mark.parametrize("size", [(936, 700), (1192, 800), (2472, 1440)])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_longer_words_and_other_sizes_fit(
    qapp: QApplication, qtbot: QtBot, desk: Desk, size: tuple[int, int], theme: str
) -> None:
    apply_theme(qapp, theme)
    page = desk.open(kept_session(desk.store, content()))
    page.resize(*size)
    QApplication.processEvents()
    assert (page.width(), page.height()) == size
    for one in page.findChildren(QAbstractButton):
        if one.isVisibleTo(page) and one.text() and not isinstance(one, ChecklistRow):
            assert one.width() >= min(one.sizeHint().width(), one.maximumWidth()), one.text()
    qtbot.waitUntil(lambda: not cut_off(page))
    inner = page.side.widget()
    assert inner.width() <= page.side.viewport().width()


def cut_off(page: ReportPage) -> list[str]:
    """Texts beside the player that have less height than their lines need."""
    return [
        label.text()
        for label in page.side.findChildren(QLabel)
        if label.isVisibleTo(page)
        and label.wordWrap()
        and label.height() < label.heightForWidth(label.width())
    ]


def test_three_moments_are_in_sight(qtbot: QtBot, desk: Desk) -> None:
    found = (
        finding("arms_crossed", 2.0, 3.0),
        finding("brow_drawn", 40, 42),
        finding("long_pause", 50, 55),
    )
    page = desk.open(kept_session(desk.store, report(findings=found)))
    qtbot.waitUntil(lambda: page.side.viewport().height() > 500)
    last = page.side.cards[-1]
    assert len(page.side.cards) == 3
    bottom = last.mapTo(page.side.viewport(), last.rect().bottomLeft()).y()
    assert bottom < page.side.viewport().height()
