"""The forms: what hands and keys do in them, and what they say of mistakes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from ui.forms_stage import Stage

from app.coach.content_kinds import ContentKind
from app.coach.plain_phrases import as_phrase, phrases_of, with_plain_phrases
from app.paths import asset

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

WANTED = "hotel_charged_twice"
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def stage(qtbot: QtBot, dressed: QApplication, tmp_path: Path) -> Stage:
    return Stage(qtbot, tmp_path)


def test_a_practice_is_searched_and_added_by_keys_alone(qtbot: QtBot, stage: Stage) -> None:
    form = stage.open(ContentKind.CHECKLISTS, "complaint")
    count = len(stage.data["item"])
    form.items.add.click()
    assert form.picker.isVisible()
    qtbot.keyClicks(form.picker.search, "small extra")
    shown = [form.picker.list.item(at).text() for at in range(form.picker.list.count())]
    assert shown == ["A small extra · P07"]
    qtbot.keyClick(form.picker.search, Qt.Key.Key_Return)
    assert not form.picker.isVisible()
    new = stage.data["item"][count]
    assert (new["practice"], new["id"], new["floor"]) == ("P07", "a_small_extra", 1)
    assert form.items.list.currentRow() == count
    assert not stage.kinds_told()
    stage.editor.undo.click()
    assert len(stage.data["item"]) == count


def test_rows_are_moved_and_taken_out_by_keys_and_all_of_it_undone(
    qtbot: QtBot, stage: Stage
) -> None:
    form = stage.open(ContentKind.CHECKLISTS, "complaint")
    ids = [one["id"] for one in stage.data["item"]]
    rows = form.items.list
    qtbot.keyClick(rows, Qt.Key.Key_Down, ALT)
    assert [one["id"] for one in stage.data["item"]][:2] == [ids[1], ids[0]]
    assert rows.currentRow() == 1
    qtbot.keyClick(rows, Qt.Key.Key_Delete)
    assert ids[0] not in [one["id"] for one in stage.data["item"]]
    qtbot.keyClick(rows, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(rows, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [one["id"] for one in stage.data["item"]] == ids
    assert not stage.editor.undo.isEnabled()


@pytest.mark.parametrize(
    ("at", "over", "side", "to"),
    [(0, 3, "AboveItem", 2), (0, 3, "BelowItem", 3), (3, 0, "AboveItem", 0),
     (3, 0, "BelowItem", 1), (1, 2, "OnItem", 2), (0, -1, "OnViewport", 8)],
)  # fmt: skip
def test_a_row_that_is_dropped_stands_where_the_line_was(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, at: int, over: int, side: str, to: int
) -> None:
    rows = stage.open(ContentKind.CHECKLISTS, "complaint").items.list
    where = getattr(rows.DropIndicatorPosition, side)
    monkeypatch.setattr(rows, "dropIndicatorPosition", lambda: where)
    assert rows._target(at, over) == to


def test_weight_and_phase_are_said_in_the_list(stage: Stage) -> None:
    form = stage.open(ContentKind.CHECKLISTS, "complaint")
    words = form.items._words(stage.data["item"][0])
    assert words[1] == "Apology · A real apology · First to the eye"
    assert form.phase.text().startswith("Apology. Say “I”")


def test_an_empty_field_is_told_once_one_wants_to_save_and_the_first_gets_the_focus(
    stage: Stage, qtbot: QtBot
) -> None:
    form = stage.open(ContentKind.CHECKLISTS, "complaint")
    before = stage.path.read_text("utf-8")
    form.items.choose(2)
    text = dict(form.items.fields)["text"]
    text.control.selectAll()
    qtbot.keyClick(text.control, Qt.Key.Key_Delete)
    assert stage.kinds_told() == {"string_too_short"}
    assert text.said.isHidden()
    form.items.choose(0)
    stage.editor.save.click()
    assert stage.path.read_text("utf-8") == before
    assert form.items.list.currentRow() == 2
    assert text.said.words.text() == "Please fill this in."
    assert text.control.accessibleDescription() == "Please fill this in."
    assert "to be mended: 1" in stage.editor.notice.text
    qtbot.keyClicks(text.control, "No blame")
    assert not stage.kinds_told()
    assert text.said.isHidden()
    assert stage.editor.notice.text == ""
    stage.editor.save.click()
    assert 'text = "No blame"' in stage.path.read_text("utf-8")


def test_at_most_below_at_least_is_told_at_once_in_plain_words(stage: Stage) -> None:
    form = stage.open(ContentKind.PRACTICES, "P22")
    ceiling = form.fields["ceiling"]
    ceiling.control.choose(1)
    ceiling.control.activated.emit(ceiling.control.currentIndex())
    assert stage.kinds_told() == {"value_error"}
    assert "must not be less" in ceiling.said.words.text()
    ceiling.control.setCurrentIndex(0)
    ceiling.control.activated.emit(0)
    assert ceiling.control.currentText() == "no limit"
    assert "ceiling" not in stage.data
    assert not stage.kinds_told()


def test_examples_are_a_list_that_grows_moves_and_shrinks_by_keys(
    qtbot: QtBot, stage: Stage
) -> None:
    good = stage.open(ContentKind.PRACTICES, "P19").fields["good"]
    first, second = list(stage.data["good"])
    qtbot.keyClick(good.texts[1], Qt.Key.Key_Return)
    qtbot.keyClicks(good.texts[2], "I read the wrong date.")
    assert stage.data["good"] == [first, second, "I read the wrong date."]
    qtbot.keyClick(good.texts[2], Qt.Key.Key_Up, ALT)
    assert stage.data["good"] == [first, "I read the wrong date.", second]
    good._rows[0].out.click()
    assert stage.data["good"] == ["I read the wrong date.", second]


def test_phrases_are_found_at_once_and_the_finer_patterns_stay(qtbot: QtBot, stage: Stage) -> None:
    form = stage.open(ContentKind.PRACTICES, "P12")
    tries = form.try_out
    tries.text.setPlainText("Well, that one is on me, madam.")
    tries.look()
    assert tries.answer.text() == "Not found in this sentence."
    qtbot.keyClicks(form.done.control, "that one is on me")
    tries.look()
    assert tries.answer.text().startswith("Found: “")
    assert "that one is on me" in tries.answer.text()
    (mark,) = tries.text.extraSelections()
    assert "that one is on me" in mark.cursor.selectedText()  # type: ignore[attr-defined]
    qtbot.keyClicks(form.wrong.control, "not my department")
    assert stage.data["pattern"] == [
        {"say": ["that one is on me"]},
        {"polarity": "wrong", "say": ["not my department"]},
    ]
    tries.text.setPlainText("That is not my department.")
    tries.look()
    assert tries.answer.text().startswith("Found as the opposite: “")


def test_phrases_are_what_somebody_types_without_signs() -> None:
    assert as_phrase("  I'm sorry, (really)! ~3 <x>") == "I'm sorry really 3 x"
    assert as_phrase("' * _") == ""
    data = {
        "pattern": [
            {"say": ["so sorry", "sorry (for|about) ~3"], "confidence": 0.9},
            {"say": ["never mind"], "unless": ["please"]},
            {"say": ["too bad"], "polarity": "wrong"},
        ]
    }
    assert phrases_of(data, "done") == ["so sorry"]
    tables = with_plain_phrases(data, "done", ["my fault", "my fault", ""])
    assert tables == [
        {"say": ["sorry (for|about) ~3"], "confidence": 0.9},
        {"say": ["never mind"], "unless": ["please"]},
        {"say": ["too bad"], "polarity": "wrong"},
        {"say": ["my fault"]},
    ]
    assert with_plain_phrases({"pattern": tables}, "wrong", []) == [tables[0], tables[1], tables[3]]


def test_a_line_that_is_taken_out_is_missed_at_once_and_can_be_linked_anew(
    qtbot: QtBot, stage: Stage
) -> None:
    form = stage.open(ContentKind.SCENARIOS, WANTED)
    lines, model = form.lines, stage.editor.views.model
    assert model is not None
    form.sections.go(3)
    ids = [one["id"] for one in stage.data["line"]]
    lines.choose(ids.index("unsure"))
    qtbot.keyClick(lines.tree, Qt.Key.Key_Delete)
    assert stage.kinds_told() == {"lost"}
    assert form.sections._steps[3][0].text() == "What they say · 1 to mend"
    lines.choose(ids.index("written"))
    card = lines.branches.cards[-1]
    assert card.said.words.text() == "This leads to a line that is not there any more."
    card.to.choose("\n")
    card.to.activated.emit(card.to.currentIndex())
    new = stage.data["line"][-1]
    assert stage.data["line"][ids.index("written")]["next"][-1] == f"else -> {new['id']}"
    assert lines.tree.line == len(stage.data["line"]) - 1
    qtbot.keyClicks(lines.fields["text"].control, "I hope so.")
    assert not stage.kinds_told()


def test_a_line_that_nothing_leads_to_and_a_circle_are_told_at_once(stage: Stage) -> None:
    form = stage.open(ContentKind.SCENARIOS, WANTED)
    form.sections.go(3)
    lines = form.lines
    lines.add.click()
    lines.fields["text"].control.setPlainText("And another thing.")
    assert stage.kinds_told() == {"unreached"}
    assert lines.said.words.text().startswith("No other line leads here")
    at = lines.tree.line
    lines.branches.append()
    card = lines.branches.cards[0]
    assert card.condition.currentData() == "else"
    first = stage.data["line"][0]["id"]
    card.to.choose(first)
    card.to.activated.emit(card.to.currentIndex())
    lines.choose(0)
    last = lines.branches.cards[-1]
    last.to.choose(stage.data["line"][at]["id"])
    last.to.activated.emit(last.to.currentIndex())
    assert "circle" in stage.kinds_told()
    assert "never end" in lines.said.words.text()


def test_ways_on_stay_in_front_of_anything_else_and_move_by_keys(
    qtbot: QtBot, stage: Stage
) -> None:
    form = stage.open(ContentKind.SCENARIOS, WANTED)
    form.sections.go(3)
    branches = form.lines.branches
    form.lines.choose(0)
    before = list(stage.data["line"][0]["next"])
    branches.append()
    now = stage.data["line"][0]["next"]
    assert (now[-1], now[-2], len(now)) == (before[-1], "done P01 -> end", len(before) + 1)
    qtbot.keyClick(branches.cards[-2].about, Qt.Key.Key_Up, ALT)
    assert stage.data["line"][0]["next"][-3] == "done P01 -> end"
    qtbot.keyClick(branches.cards[-1].condition, Qt.Key.Key_Up, ALT)
    assert stage.kinds_told() == {"else_last"}


def test_a_condition_on_a_hidden_fact_is_chosen_by_its_sentence(stage: Stage) -> None:
    form = stage.open(ContentKind.SCENARIOS, WANTED)
    form.sections.go(3)
    form.lines.choose(1)
    card = form.lines.branches.cards[0]
    card.condition.choose("asked")
    card.condition.activated.emit(card.condition.currentIndex())
    fact = stage.data["hidden"][0]
    assert card.about.currentText() == fact["fact"]
    assert stage.data["line"][1]["next"][0].startswith(f"asked {fact['id']} -> ")
    form.hidden._remove(0)
    assert "no_fact" in stage.kinds_told()


def test_a_note_takes_the_words_that_are_marked_and_misses_words_that_are_not_said(
    qtbot: QtBot, stage: Stage
) -> None:
    form = stage.open(ContentKind.SCENARIOS, WANTED)
    form.sections.go(4)
    good = form.good
    good.choose(1)
    card = good.notes.cards[0]
    cursor = good.turn.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(10, cursor.MoveMode.KeepAnchor)
    good.turn.setTextCursor(cursor)
    card.take.click()
    assert stage.data["good"][1]["notes"][0]["words"] == "Mrs Okafor"
    words = card.fields["words"]
    qtbot.keyClicks(words.control, "x")
    assert stage.kinds_told() == {"not_said"}
    assert "letter by letter" in words.said.words.text()
    good.add.click()
    assert stage.data["good"][2] == {"speaker": "customer", "text": ""}


def test_a_talk_with_far_too_many_lines_opens_and_says_so(stage: Stage) -> None:
    text = asset("scenarios", f"{WANTED}.toml").read_text("utf-8")
    more = "".join(f'\n[[line]]\nid = "x{n}"\ntext = "And another."\n' for n in range(100))
    form = stage.open(ContentKind.SCENARIOS, WANTED, text + more)
    assert stage.kinds_told() == {"too_long", "unreached"}
    stage.editor.save.click()
    assert "60 at most" in stage.editor.notice._remedy.text()
    assert form.sections.current == 3
    assert stage.editor.views.current_text == text + more
