"""The page on which videos become sessions: dropped, twice, paused, after a live session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from ui.import_pages import FakeWork, films, window, work

from app.store.imports import ImportState
from app.store.types import KeepPolicy
from app.ui.import_flow import ImportFlow
from app.ui.window import MainWindow

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot
    from ui.fake_live import Stagehand

    from app.store.store import Store

__all__ = ["window", "work"]


def test_a_folder_that_is_dropped_becomes_sessions(
    qtbot: QtBot, window: MainWindow, store: Store, tmp_path: Path
) -> None:
    folder = films(tmp_path / "films", "lost booking.mp4", "broken.mp4", "notes.txt")
    window.show_page("imports")
    page = window._pages["imports"]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    page.dropEvent(
        QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )  # fmt: skip
    person = store.ensure_person("Ana")
    qtbot.waitUntil(lambda: "One other file" in page.notice.text)
    qtbot.waitUntil(
        lambda: (
            {one.state for one in store.imports.listed(person.id)}
            == {ImportState.DONE, ImportState.FAILED}
        )
    )
    page.look()
    rows = {row.title.text(): row for row in page._rows.values()}
    assert rows["broken.mp4"].what.text() == "It is broken."
    assert rows["broken.mp4"].remedy.text() == "Record it anew."
    assert rows["lost booking.mp4"].how.text() == "done"
    assert page.overall.text() == "1 of 2 done, 1 could not be imported"
    assert page.bar.value() == page.bar.maximum() // 2
    with qtbot.waitSignal(page.report_wanted) as wanted:
        rows["lost booking.mp4"].buttons["open"].click()
    assert wanted.args == [store.sessions()[0].id]
    window.go("sessions")
    assert [row.record.title for row in window.sessions._rows] == ["lost booking"]
    assert "1 needs you" in window.sessions.importing.words.text()


def test_the_same_video_asks_whether_to_skip_it(
    qtbot: QtBot, window: MainWindow, store: Store, work: FakeWork, tmp_path: Path
) -> None:
    films(tmp_path, "film.mp4")
    work.free.clear()
    window.show_page("imports")
    page = window._pages["imports"]
    page.add([tmp_path / "film.mp4"])
    qtbot.waitUntil(lambda: len(page._rows) == 1)
    page.add([tmp_path / "film.mp4"])
    qtbot.waitUntil(lambda: len(page._rows) == 2)
    twice = list(page._rows.values())[1]
    assert not twice.buttons["skip"].isHidden()
    twice.buttons["skip"].click()
    assert len(page._rows) == 1


def test_pause_and_go_on(
    qtbot: QtBot, window: MainWindow, store: Store, work: FakeWork, tmp_path: Path
) -> None:
    films(tmp_path / "films", "a.mp4", "b.mp4")
    work.free.clear()
    window.show_page("imports")
    page = window._pages["imports"]
    page.add([tmp_path / "films"])
    qtbot.waitUntil(work.begun.is_set)
    page.look()
    assert page.rest.text() == "Pause"
    page.rest.click()
    assert page.rest.text() == "Go on"
    states = [one.state for one in store.imports.listed(store.ensure_person("Ana").id)]
    assert states == [ImportState.RUNNING, ImportState.PAUSED]
    assert next(iter(page._rows.values())).how.text() == "paused at 40 %"
    page.rest.click()
    assert page.rest.text() == "Pause"
    work.free.set()
    qtbot.waitUntil(lambda: len(store.sessions()) == 2)


def test_a_live_session_has_precedence(
    qtbot: QtBot, window: MainWindow, store: Store, work: FakeWork, tmp_path: Path
) -> None:
    flow = next(one for one in window.flows if isinstance(one, ImportFlow))
    window.flow.choose(None)
    qtbot.waitUntil(lambda: window.runner.live is not None and not window.runner.busy)
    flow._look()
    flow.queue.wake()
    store.imports.add(
        store.ensure_person("Ana").id, [(tmp_path / "a.mp4", "a")], KeepPolicy.REPORT_ONLY
    )
    flow.queue.wake()
    assert not work.begun.wait(0.3)
    window.go("home")
    qtbot.waitUntil(lambda: window.runner.live is None)
    qtbot.waitUntil(work.begun.is_set)


def test_nothing_is_imported_before_anybody_agreed(
    qtbot: QtBot, dressed: QApplication, stagehand: Stagehand, work: FakeWork
) -> None:
    window = MainWindow(stagehand.services)
    qtbot.addWidget(window)
    window.show()
    window.show_page("imports")
    page = window._pages["imports"]
    assert not page.chooser.folder.isEnabled()
    assert "before you agreed" in page.consent.text
    page.consent.action.click()
    assert window.page == "consent"
    window.close()
