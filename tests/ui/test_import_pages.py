"""Import, library, guests, who speaks and backup, in the real window with work that is faked."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from ui.fake_live import Stagehand, agree
from ui.test_face_everybody import longer

from app.errors import AppError
from app.session.errors import Cancelled
from app.store.clips import ClipKind, Release
from app.store.guest_sheet import read_sheet, sheet_path
from app.store.imports import ImportState
from app.store.types import KeepPolicy
from app.ui.import_flow import ImportFlow
from app.ui.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from app.session.importing_work import ImportPlan
    from app.store.imports import Import
    from app.store.store import Store
    from app.store.types import SessionRecord

__all__ = ["longer"]


class FakeWork:
    """Makes a session at once, or when a test lets it."""

    def __init__(self) -> None:
        self.free = threading.Event()
        self.free.set()
        self.begun = threading.Event()

    def __call__(
        self,
        store: Store,
        item: Import,
        plan: ImportPlan,
        *,
        progress: Callable[[float], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        began: Callable[[int], None] | None = None,
    ) -> str:
        assert progress is not None
        assert cancelled is not None
        progress(0.4)
        self.begun.set()
        while not self.free.wait(0.01):
            if cancelled():
                raise Cancelled
        if "broken" in item.title:
            raise AppError("It is broken.", "Record it anew.")
        record = store.imports.begin_session(item.id)
        store.finish_session(record.id, duration_s=3.0)
        store.imports.done(item.id)
        return record.id


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> FakeWork:
    made = FakeWork()
    monkeypatch.setattr(ImportFlow, "work", made)
    return made


@pytest.fixture
def window(
    qtbot: QtBot, dressed: QApplication, stagehand: Stagehand, work: FakeWork
) -> Iterator[MainWindow]:
    agree(stagehand.services)
    made = MainWindow(stagehand.services)
    qtbot.addWidget(made)
    made.show()
    yield made
    work.free.set()
    made.close()


def films(folder: Path, *names: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_bytes(name.encode() * 100)
    return folder


def clip_of(store: Store, title: str = "Names the hour", kind: ClipKind = ClipKind.BEST) -> str:
    record = own_session(store)
    assert record.person_id is not None
    clip_id = store.clips.new_id()
    store.clips.files(clip_id).write_atomic("readings.rrd", b"x")
    release = Release(record.id, 1.0, 9.0, kind, title, "P26", "Listen for the hour.")
    return store.clips.release(clip_id, record.person_id, release).id


def own_session(store: Store) -> SessionRecord:
    """An imported session, whose video was taken out of the list."""
    person = store.ensure_person("Ana")
    (item,) = store.imports.add(
        person.id, [(Path("late check-out.mp4"), None)], KeepPolicy.PICTURE_AND_SOUND, mine=True
    )
    assert store.imports.claim(only=[item.id]) is not None
    record = store.imports.begin_session(item.id)
    store.finish_session(record.id, duration_s=60.0)
    store.imports.done(item.id)
    store.imports.clear_done(person.id)
    return store.session(record.id)


# --- import ----------------------------------------------------------------------------------


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
    qtbot.waitUntil(lambda: "1 other files" in page.notice.text)
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
    with qtbot.waitSignal(page.report_wanted) as wanted:
        rows["lost booking.mp4"].buttons["open"].click()
    assert wanted.args == [store.sessions()[0].id]
    window.go("sessions")
    assert [row.record.title for row in window.sessions._rows] == ["lost booking"]
    assert "1 need you" in window.sessions.importing.words.text()


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
    window.go("practise")
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


# --- library, guests -------------------------------------------------------------------------


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
    assert page.first.about.text().startswith("Released by Ana")
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


# --- backup ----------------------------------------------------------------------------------


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
    assert "1 sessions" in page.question.what.text()
    assert "goes for good: 1 profiles, 1 sessions" in page.question.goes.text()
    page.question.no.click()
    from app.store.archive_stage import finish_restore, stage_folder  # noqa: PLC0415

    assert not stage_folder().exists()
    assert not finish_restore()
    (tmp_path / "bad").write_bytes(b"no")
    page.restore(tmp_path / "bad")
    qtbot.waitUntil(lambda: "not a backup" in page.notice.text)
