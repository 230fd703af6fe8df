"""The library of cases, the page on guests, and the backup, in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.fake_live import agree
from ui.import_pages import clip_of, own_session, window, work

from app.store.archive_stage import finish_restore, stage_folder
from app.store.clips import ClipKind
from app.store.guest_sheet import read_sheet, sheet_path

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot
    from ui.fake_live import Stagehand

    from app.store.store import Store
    from app.ui.window import MainWindow

__all__ = ["window", "work"]


def test_a_clip_is_watched_filtered_and_taken_back(
    qtbot: QtBot, window: MainWindow, store: Store
) -> None:
    best, worst = clip_of(store), clip_of(store, "Too early", ClipKind.WORST)
    window.show_page("library")
    page = window._pages["library"]
    assert [card.clip.id for card in page._cards] == [worst, best]
    page.kind.setCurrentIndex(page.kind.findData(ClipKind.BEST))
    assert [card.clip.id for card in page._cards] == [best]
    assert page.first.clip is not None
    assert page.first.title.text() == "Names the hour"
    page.kind.setCurrentIndex(0)
    page._show_id(page.second, worst)
    assert page.second.isVisible()
    page.first.away.click()
    assert "Take “Names the hour” back?" in page._question.what.text()
    page._question.yes.click()
    assert [one.id for one in store.clips.listed()] == [worst]
    assert not store.clips.files(best).folder.exists()


def test_somebody_else_watches_a_clip_and_cannot_take_it_back(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand, store: Store
) -> None:
    clip_of(store)
    agree(stagehand.services, "Ben")
    window.show_page("library")
    page = window._pages["library"]
    assert page.first.about.text().startswith("From Ana")
    assert not page.first.away.isVisible()


def test_the_page_on_guests_keeps_what_is_typed_and_shows_it_to_everybody(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.show_page("guests")
    page = window._pages["guests"]
    page.fields["who"].setPlainText('A "son" with his father\n\\ and two dogs')
    page.fields["matters"].setPlainText("quiet")
    window.show_page("home")
    sheet = read_sheet()
    assert sheet["who"] == 'A "son" with his father\n\\ and two dogs'
    assert sheet["matters"] == "quiet"
    window.show_page("guests")
    assert page.fields["matters"].toPlainText() == "quiet"


def test_a_page_on_guests_that_cannot_be_read_is_never_written_over(
    qtbot: QtBot, window: MainWindow
) -> None:
    sheet_path().parent.mkdir(parents=True, exist_ok=True)
    sheet_path().write_text("who = broken", "utf-8")
    window.show_page("guests")
    page = window._pages["guests"]
    assert "cannot be read" in page.notice.text
    assert not page.fields["who"].isEnabled()
    page.keep()
    assert sheet_path().read_text("utf-8") == "who = broken"


def test_a_backup_is_written_and_read_and_nothing_goes_before_it_is_approved(
    qtbot: QtBot, window: MainWindow, store: Store, tmp_path: Path
) -> None:
    own_session(store)
    window.show_page("backup")
    page = window._pages["backup"]
    target = tmp_path / "all.rapportbackup"
    page.back_up(target)
    qtbot.waitUntil(lambda: "Everything is in all.rapportbackup" in page.notice.text)
    page.restore(target)
    qtbot.waitUntil(page.question.isVisible)
    assert "1 profile, 1 session, 0 clips, " in page.question.goes.text()
    assert "goes for good: 1 profile, 1 session, 0 clips" in page.question.goes.text()
    page.question.no.click()
    assert not stage_folder().exists()
    assert not finish_restore()
    (tmp_path / "bad").write_bytes(b"no")
    page.restore(tmp_path / "bad")
    qtbot.waitUntil(lambda: "not a backup" in page.notice.text)
