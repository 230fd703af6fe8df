"""Practices at the desk: confirmed, corrected, rejected and undone with the keys of the cues."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from practice_material import MARKS, SCENARIO, WORDS, find, spoken_report
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from ui.desk_bench import CTRL, Bench

from app.coach.joins import load_halves
from app.coach.practice_report import practice_report
from app.coach.practice_types import Polarity, Speaking
from app.coach.practice_verdicts import standing
from app.ui.pages.desk_frame import Tab

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from app.store.store import Store

FOUND = practice_report(
    spoken_report(), MARKS,
    scenario=SCENARIO, role=Speaking.STAFF, find=find, halves=load_halves(),
)  # fmt: skip
SORRY, RECAP = FOUND.evidence


@pytest.fixture
def own(qtbot: QtBot, dressed: QApplication, store: Store, tmp_path: Path) -> Bench:
    bench = Bench(qtbot, store, tmp_path, received=False)
    session = bench.page.session
    assert session is not None
    assert session.shown.report is not None
    shown = replace(session.shown, report=replace(session.shown.report, words=WORDS))
    bench.page._session = replace(session, shown=shown)
    bench.page.judging.take(bench.page._session)
    bench.page._looker.stop()
    bench.page._on_practice(FOUND)
    bench.press(Qt.Key.Key_2, with_=Qt.KeyboardModifier.AltModifier)
    bench.page.machine.show_chosen("P19-done-5000")
    return bench


def flags(bench: Bench) -> list[tuple[float, bool, str]]:
    model = bench.page._model
    assert model is not None
    row = next(row for row in model.pins if row.label == "Practices")
    return [(pin.t, pin.rejected, pin.text) for pin in row.pins]


def test_a_practice_is_corrected_with_the_keys_of_the_cues(own: Bench) -> None:
    page = own.page
    own.press(Qt.Key.Key_C)
    assert page.judging.correcting
    assert page.correct.chosen_cue == "P19"
    assert page.timeline.selection == (SORRY.start_s, SORRY.end_s)
    page.correct.cue.setCurrentIndex(page.correct.cue.findData("P20"))
    own.press(Qt.Key.Key_W, Qt.Key.Key_Return)
    assert not page.judging.correcting
    (said,) = own.mine
    assert said.data["practice"] == "P20"
    (now, _) = standing(FOUND.evidence, own.store.marks(own.id))
    assert (now.practice, now.polarity, now.start_s) == ("P20", Polarity.WRONG, SORRY.start_s)
    was, is_now = (one for one in flags(own) if one[0] == SORRY.start_s)
    assert {was[1], is_now[1]} == {True, False}
    assert "corrected: " in page.machine.list.item(1).text()
    own.press(Qt.Key.Key_Z, with_=CTRL)
    assert standing(FOUND.evidence, own.store.marks(own.id)) == FOUND.evidence
    assert [one[1] for one in flags(own)] == [False, False]
    own.press(Qt.Key.Key_Z, with_=CTRL | Qt.KeyboardModifier.ShiftModifier)
    own.press(Qt.Key.Key_C)
    assert page.correct.chosen_cue == "P20"
    assert page.correct.turned.isChecked()


def test_another_moment_brings_its_own_words_and_a_cue_stays_a_cue(own: Bench) -> None:
    page = own.page
    own.press(Qt.Key.Key_C)
    page.timeline.select(15.0, 16.1)
    own.press(Qt.Key.Key_Return)
    (now, _) = standing(FOUND.evidence, own.store.marks(own.id))
    assert (now.start_s, now.end_s, now.words) == (15.0, 16.1, "so you see")
    page.machine.show_chosen("brow_drawn-20000")
    own.press(Qt.Key.Key_C, Qt.Key.Key_W)
    assert page.correct.cue.findData("P20") < 0
    assert page.correct.turned.isHidden()
    assert not page.correct.turned.isChecked()


def test_a_practice_is_judged_with_one_key_and_stands_in_the_agreement(own: Bench) -> None:
    own.press(Qt.Key.Key_Y)
    assert own.mine[0].data["verdict"] == "agree"
    own.press(Qt.Key.Key_X)
    assert standing(FOUND.evidence, own.mine) == (RECAP,)
    own.press(Qt.Key.Key_X)
    assert own.mine == []
    own.press(Qt.Key.Key_X)
    own.press(Qt.Key.Key_D, with_=CTRL)
    assert own.page.tab is Tab.TOGETHER
    texts = [one.text() for one in own.page.agreement.findChildren(QLabel)]
    assert "Only the machine" in texts
    assert "Only you" not in texts, "nobody reads what there is none of"
    assert not any("Nothing to compare yet" in text for text in texts)
