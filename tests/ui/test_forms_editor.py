"""Form and text in step, saving, leaving, and making something new."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from ui.forms_stage import Stage
from ui.practice_pages import WANTED, folder, stagehand, window

from app.coach.content_kinds import KINDS, ContentKind
from app.errors import AppError
from app.paths import asset
from app.ui.pages import content_editor

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from app.ui.window import MainWindow

__all__ = ["folder", "stagehand", "window"]

NOTED = """# Ours.
id = "mine"
name = "Mine"   # as the team says it

# Always first.
[[item]]
id = "one"
practice = "P19"
text = "Say sorry"
why = "It helps"
floor = 1
"""


@pytest.fixture
def stage(qtbot: QtBot, dressed: QApplication, tmp_path: Path) -> Stage:
    return Stage(qtbot, tmp_path)


def test_form_and_text_say_the_same_whichever_was_changed(qtbot: QtBot, stage: Stage) -> None:
    editor = stage.editor
    stage.open(ContentKind.CHECKLISTS, "mine", NOTED)
    assert editor.views.as_form
    form = editor.views.form
    assert form is not None
    editor.views.model.put(("item", 0, "text"), "Say sorry once")  # type: ignore[union-attr]
    qtbot.keyClick(editor, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert not editor.views.as_form
    assert editor.text.toPlainText() == NOTED.replace("Say sorry", "Say sorry once")
    editor.text.setPlainText(NOTED.replace('"Mine"', '"Theirs"'))
    editor.other.click()
    assert editor.views.as_form
    assert stage.data["name"] == "Theirs"
    assert editor.title.text() == "Theirs"
    assert stage.data["item"][0]["text"] == "Say sorry"


def test_a_step_taken_back_in_the_form_is_taken_back_in_the_text(stage: Stage) -> None:
    editor = stage.editor
    stage.open(ContentKind.CHECKLISTS, "mine", NOTED)
    editor.views.model.put(("item", 0, "text"), "Say sorry once")  # type: ignore[union-attr]
    editor.other.click()
    editor.other.click()
    editor.undo.click()
    assert not editor.undo.isEnabled()
    editor.other.click()
    assert editor.text.toPlainText() == NOTED


def test_a_file_that_cannot_be_read_is_not_saved_over(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path) -> tuple[str, bool]:
        raise AppError(f"{path.name} cannot be read.", "Check the disk.")

    monkeypatch.setattr(content_editor, "read_text", refused)
    stage.open(ContentKind.CHECKLISTS, "mine", NOTED)
    assert "cannot be read" in stage.editor.notice.text
    assert not stage.editor.save.isEnabled()
    assert not stage.editor.text.isEnabled()
    stage.editor.text.setPlainText(NOTED.replace("Mine", "Theirs"))
    stage.editor._on_save()
    stage.editor.leave()
    assert stage.path.read_text("utf-8") == NOTED
    monkeypatch.undo()
    stage.open(ContentKind.CHECKLISTS, "mine", NOTED)
    assert stage.editor.save.isEnabled()
    assert stage.editor.views.isEnabled()


def test_a_draft_that_cannot_be_kept_does_not_close_the_page(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, text: str) -> None:
        raise AppError("The disk is full.", "Free some space.")

    closed = change(stage)
    monkeypatch.setattr(content_editor, "keep_draft", full)
    stage.editor.question.keep.click()
    assert closed == [1]
    assert "disk is full" in stage.editor.notice.text
    monkeypatch.undo()
    stage.editor.question.keep.click()
    assert closed == [1, 1]
    assert stage.editor.has_draft


@pytest.mark.parametrize(
    ("wrong", "line"), [("floor = = 1", "line 11"), ('colour = "red"\nfloor = 1', "line 11")]
)
def test_what_no_form_can_show_stays_text_with_its_line(
    stage: Stage, wrong: str, line: str
) -> None:
    text = NOTED.replace("floor = 1", wrong)
    stage.open(ContentKind.CHECKLISTS, "mine", text)
    assert not stage.editor.views.as_form
    assert line in stage.editor.notice.text
    assert wrong.splitlines()[0] in stage.editor.text.textCursor().selectedText()
    stage.editor.other.click()
    assert not stage.editor.views.as_form
    stage.editor.text.setPlainText(NOTED)
    stage.editor.other.click()
    assert stage.editor.views.as_form


def test_a_note_that_would_be_lost_is_told_before_and_the_old_file_is_kept(stage: Stage) -> None:
    stage.open(ContentKind.CHECKLISTS, "mine", NOTED)
    model = stage.editor.views.model
    assert model is not None
    model.put(("item", 0, "text"), "Sorry")
    model.judge()
    assert stage.editor.notice.text == ""
    model.put(("name",), "Ours")
    model.judge()
    assert "# as the team says it" in stage.editor.notice.text
    assert stage.path.read_text("utf-8") == NOTED
    stage.editor.save.click()
    saved = stage.path.read_text("utf-8")
    assert "# Always first." in saved
    assert "as the team" not in saved
    aside = stage.path.with_name("mine.toml.before")
    assert aside.read_text("utf-8") == NOTED
    assert aside.name in stage.editor.state.text()


def change(stage: Stage) -> list[int]:
    """Open, change, press Back; gives what collects the closings."""
    closed: list[int] = []
    stage.editor.closed.connect(lambda: closed.append(1))
    stage.open(ContentKind.CHECKLISTS, "mine", NOTED)
    stage.editor.back.click()
    assert closed == [1]
    assert stage.editor.views.model is not None
    stage.editor.views.model.put(("name",), "Ours")
    stage.editor.back.click()
    assert closed == [1]
    assert stage.editor.question.isVisible()
    assert "“Ours”" in stage.editor.question.what.text()
    return closed


def test_leaving_with_changes_asks_and_saves(stage: Stage) -> None:
    closed = change(stage)
    stage.editor.question.save.click()
    assert closed == [1, 1]
    assert 'name = "Ours"' in stage.path.read_text("utf-8")


def test_leaving_with_changes_asks_and_keeps_a_draft(stage: Stage) -> None:
    closed = change(stage)
    stage.editor.question.keep.click()
    assert closed == [1, 1]
    assert stage.path.read_text("utf-8") == NOTED
    stage.editor.open(ContentKind.CHECKLISTS, stage.path)
    assert stage.data["name"] == "Ours"
    assert "draft" in stage.editor.state.text()


def test_leaving_with_changes_asks_and_throws_them_away_or_stays(
    qtbot: QtBot, stage: Stage
) -> None:
    closed = change(stage)
    qtbot.keyClick(stage.editor, Qt.Key.Key_Escape)
    assert not stage.editor.question.isVisible()
    assert closed == [1]
    stage.editor.back.click()
    stage.editor.question.drop.click()
    assert closed == [1, 1]
    assert not stage.editor.has_draft
    assert stage.path.read_text("utf-8") == NOTED


def test_what_was_changed_is_a_draft_when_the_whole_window_closes(stage: Stage) -> None:
    stage.open(ContentKind.CHECKLISTS, "mine", NOTED)
    assert stage.editor.views.model is not None
    stage.editor.views.model.put(("name",), "Ours")
    stage.editor.hide()
    assert stage.editor.has_draft


def test_a_new_conversation_begins_as_a_copy_and_the_shipped_one_stays(
    window: MainWindow, folder: Path
) -> None:
    flow = window.flow
    shipped = asset("scenarios", f"{WANTED}.toml").read_text("utf-8")
    flow.scenarios.new.click()
    assert window.page == "editor"
    made = folder / "scenarios" / "charged_twice_new.toml"
    KINDS[ContentKind.SCENARIOS](made)
    assert flow.editor.title.text() == "Charged twice (new)"
    assert asset("scenarios", f"{WANTED}.toml").read_text("utf-8") == shipped
    flow.editor.back.click()
    assert window.page == "content"
    flow.content.new.click()
    assert (folder / "scenarios" / "charged_twice_new_new.toml").is_file()
    flow.editor.back.click()
    flow.content.back.click()
    ids = {one.id for one in flow._library.scenarios}
    assert {WANTED, "charged_twice_new", "charged_twice_new_new"} <= ids


def test_an_empty_checklist_is_a_draft_until_it_is_filled_in(
    window: MainWindow, folder: Path
) -> None:
    flow = window.flow
    flow.scenarios.own.click()
    copies = flow.content.copies
    copies.choice.setCurrentIndex(copies.choice.findData("checklists/"))
    assert not copies.copy.isEnabled()
    copies.new.click()
    made = folder / "checklists" / "checklist.toml"
    assert not made.exists()
    flow.editor.save.click()
    assert "to be mended: 2" in flow.editor.notice.text
    assert flow.editor.views.model is not None
    flow.editor.views.model.put(("name",), "Night desk")
    flow.editor.views.form._add("P19")  # type: ignore[union-attr]
    flow.editor.save.click()
    assert "Saved" in flow.editor.state.text()
    assert KINDS[ContentKind.CHECKLISTS](made).name == "Night desk"  # type: ignore[attr-defined]


def test_a_draft_that_was_never_saved_is_listed_and_can_be_put_away(
    window: MainWindow, folder: Path
) -> None:
    flow = window.flow
    draft = folder / "checklists" / "night.toml.draft"
    draft.parent.mkdir(parents=True, exist_ok=True)
    draft.write_text('id = "night"\nname = ""\n', "utf-8")
    flow.scenarios.own.click()
    assert "only a draft" in flow.content.list.item(0).text()
    flow.content.away.click()
    assert flow.content.list.count() == 0
    assert draft.with_name("night.toml.before").is_file()


def test_there_is_no_thirty_third_practice(window: MainWindow) -> None:
    flow = window.flow
    flow.scenarios.own.click()
    copies = flow.content.copies
    copies.choice.setCurrentIndex(copies.choice.findData("practices/P19"))
    assert not copies.new.isEnabled()
    copies.copy.click()
    flow.editor.back.click()
    assert not flow.content.new.isEnabled()
