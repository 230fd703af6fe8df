"""Own content in the program, and the two exercises."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from ui.practice_pages import WANTED, folder, stagehand, texts, window

from app.paths import asset
from app.ui.style import TypeSize, apply_theme, text_px

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from app.ui.practice_flow import PracticeFlow
    from app.ui.window import MainWindow

__all__ = ["folder", "stagehand", "window"]


@pytest.fixture
def flow(window: MainWindow) -> PracticeFlow:
    return window.flow


def test_an_own_copy_opens_in_the_editor_and_is_used_once_saved(
    qtbot: QtBot, window: MainWindow, flow: PracticeFlow, folder: Path
) -> None:
    flow.scenarios.copy.click()
    assert window.page == "editor"
    own = folder / "scenarios" / f"{WANTED}.toml"
    text = flow.editor.text.toPlainText()
    assert text == asset("scenarios", own.name).read_text("utf-8")
    assert (flow.editor.title.text(), flow.editor.name.text()) == ("Charged twice", own.name)
    flow.editor.text.setPlainText(text.replace('"Charged twice"', '"Paid two times"'))
    flow.editor.save.click()
    assert "Saved" in flow.editor.state.text()
    assert flow.editor.title.text() == "Paid two times"
    assert "Paid two times" in own.read_text("utf-8")
    assert not flow.editor.has_draft
    flow.editor.back.click()
    assert window.page == "content"
    flow.content.back.click()
    assert flow.scenarios.scenario is not None
    assert flow.scenarios.scenario.title == "Paid two times"
    assert flow.scenarios.copy.text() == "Change it"


def test_a_mistake_is_named_with_its_line_and_nothing_is_lost(
    window: MainWindow, flow: PracticeFlow, folder: Path
) -> None:
    flow.scenarios.copy.click()
    own = folder / "scenarios" / f"{WANTED}.toml"
    before = own.read_text("utf-8")
    wrong = before.replace('temper = "complaint"', 'temper = "furious"')
    line = before.splitlines().index('temper = "complaint"') + 1
    flow.editor.text.setPlainText(wrong)
    flow.editor.save.click()
    assert f"{own.name}, line {line}" in flow.editor.notice.text
    assert flow.editor.text.textCursor().selectedText() == 'temper = "furious"'
    assert flow.editor.text.toPlainText() == wrong
    assert own.read_text("utf-8") == before
    window.go("home")
    window.go("practise")
    flow.scenarios.own.click()
    assert "draft" in flow.content.list.item(0).text()
    title = flow.scenarios._library.scenario(WANTED).title
    assert flow.content.list.item(0).text().startswith(f"{title}\nConversation · ")
    flow.content.edit.click()
    assert flow.editor.text.toPlainText() == wrong
    assert "draft" in flow.editor.state.text()


def test_what_was_typed_is_kept_on_the_way_out(
    window: MainWindow, flow: PracticeFlow, folder: Path
) -> None:
    flow.scenarios.copy.click()
    flow.editor.text.appendPlainText("# half a thought")
    window.go("home")
    draft = folder / "scenarios" / f"{WANTED}.toml.draft"
    assert draft.read_text("utf-8").endswith("# half a thought")


def test_a_faulty_file_is_listed_with_its_sentence_and_can_be_put_away(
    window: MainWindow, flow: PracticeFlow, folder: Path
) -> None:
    flow.scenarios.own.click()
    assert flow.content.empty.isVisible()
    assert not flow.content.edit.isEnabled()
    mine = folder / "checklists" / "mine.toml"
    mine.parent.mkdir(parents=True, exist_ok=True)
    mine.write_text('id = "mine"\nname = 3\n', "utf-8")
    flow.content.refresh()
    assert "mine.toml" in flow.content.list.item(0).text()
    assert "line 2" in flow.content.list.item(0).text()
    flow.content.away.click()
    assert not mine.exists()
    assert (mine.parent / "mine.toml.before").is_file()
    assert flow.content.empty.isVisible()


def test_a_pack_goes_out_and_comes_in_and_a_wrong_one_is_refused(
    window: MainWindow, flow: PracticeFlow, folder: Path, tmp_path: Path
) -> None:
    flow.scenarios.copy.click()
    flow.editor.back.click()
    pack = tmp_path / "ours.rapportpack"
    flow.content.make_pack(pack)
    assert "1 files" in flow.content.notice.text or "1 file" in flow.content.notice.text
    flow.content.open_pack(pack)
    assert "came in" in flow.content.notice.text
    pack.write_bytes(b"no pack")
    flow.content.open_pack(pack)
    assert "is not a pack" in flow.content.notice.text


def test_a_written_reply_is_looked_at_and_not_scored(
    qtbot: QtBot, window: MainWindow, flow: PracticeFlow, tmp_path: Path
) -> None:
    flow.scenarios.written.click()
    page = flow.exercise
    assert window.page == "exercise"
    assert "Mrs Okafor writes from the train" in page.task.text()
    assert not page.look.isEnabled()
    page.text.setPlainText(
        "Dear Mrs Okafor,\nI'm sorry that we charged you twice. "
        "We apologise for any inconvenience this may have caused."
    )
    qtbot.keyClick(page.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    page.look.click()
    shown = texts(page)
    assert "Look at this again" in shown
    assert "any inconvenience" in shown
    assert "no phrase that would fit any letter" in shown, "what to do instead"
    assert "%" not in shown
    target = tmp_path / "reply.txt"
    page.save_to(target)
    assert target.read_text("utf-8").startswith("Dear Mrs Okafor,")
    page.save_to(tmp_path / "nowhere" / "reply.txt")
    assert "could not be written" in page.notice.text
    assert page.text.toPlainText().startswith("Dear")


def test_small_talk_shows_what_the_customer_says(window: MainWindow, flow: PracticeFlow) -> None:
    flow.scenarios.small_talk.click()
    page = flow.exercise
    assert "Quiet this morning" in page.task.text()
    assert page.hear.isVisible()
    assert [turn.speaker.value for turn in page.turns] == ["customer", "staff"]
    page.show_found(())
    words = [one.text() for one in page.findChildren(QLabel)]
    assert "Nothing found" in words


def test_an_open_file_follows_the_size_of_texts(
    dressed: QApplication, window: MainWindow, flow: PracticeFlow
) -> None:
    flow.scenarios.copy.click()
    flow.editor.text.ensurePolished()
    before = flow.editor.text.font().pixelSize()
    try:
        apply_theme(dressed, "light", 130)
        assert flow.editor.text.font().pixelSize() == text_px(TypeSize.LEAD) > before
    finally:
        apply_theme(dressed, "light", 100)
