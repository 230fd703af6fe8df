"""Of a session kept as "nothing" the report is shown, and gone when it is left."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel
from report_material import event, finding, mark, report
from sqlalchemy import inspect, text
from ui.fake_live import agree

from app.coach.checklist import load_checklists
from app.coach.types import MarkKind
from app.ui.pages.report import ReportPage
from app.ui.widgets.checklist_view import ChecklistRow
from app.ui.window import MainWindow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot
    from ui.fake_live import FakeLive, Stagehand

    from app.store.store import Store

ITEM = load_checklists()[0].items[0].id


@pytest.fixture
def window(qtbot: QtBot, dressed: QApplication, stagehand: Stagehand) -> MainWindow:
    agree(stagehand.services)
    services = stagehand.services
    services.choices.change(keep_policy="nothing", checklist=load_checklists()[0].id)

    def page() -> ReportPage:
        return ReportPage(
            services.store,
            services.catalogue,
            checklists=services.library.checklists,
            library=services.library,
            now=services.now,
            choose_file=lambda owner, stem: pytest.fail("nothing is kept, nothing is saved"),
        )

    made = MainWindow(services, page)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def content_of(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, and every file, as it stands."""
    found: dict[str, list[tuple[object, ...]]] = {}
    with store._access.read() as db:
        for name in inspect(db.connection()).get_table_names():
            rows = db.execute(text(f"SELECT * FROM {name}"))  # noqa: S608 - names of our own tables
            found[name] = sorted((tuple(row) for row in rows), key=str)
    folder = store.path.parent
    found["files"] = sorted(
        (str(path.relative_to(folder)),)
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(store.path.name)
    )
    return found


def practise(qtbot: QtBot, window: MainWindow, stagehand: Stagehand) -> FakeLive:
    window.flow.choose(None)
    qtbot.waitUntil(lambda: bool(stagehand.lives) and not window.runner.busy)
    window.practise.choices.title.setText("Charged twice")
    window.practise.start.click()
    qtbot.waitUntil(window.live.finish.isEnabled)
    live = stagehand.live
    live.report = report(
        events=(event("arms_crossed", 2.0, 9.0),), findings=(finding("arms_crossed", 2.0, 9.0),)
    )
    live.marks = [mark(5.0, MarkKind.TICK, item=ITEM, on="true")]
    window.live.finish.click()
    qtbot.waitUntil(lambda: window.page == "report")
    return live


def page_of(window: MainWindow) -> ReportPage:
    assert window.reports.page is not None
    return window.reports.page


def said(window: MainWindow) -> list[str]:
    labels = page_of(window).findChildren(QLabel)
    return [label.text() for label in labels if label.isVisibleTo(window)]


def test_it_shows_out_of_memory_and_says_so(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    practise(qtbot, window, stagehand)
    page = page_of(window)
    assert page.header.title.text() == "Charged twice"
    assert len(page.side.cards) == 1
    assert "Nothing of this session is kept, as you chose." in said(window)
    assert "This report is gone when you leave this page." in said(window)
    assert page.side.checklist is not None
    rows = page.side.checklist.findChildren(ChecklistRow)
    assert [row.isChecked() for row in rows] == [True] + [False] * (len(rows) - 1)


def test_nothing_is_written_whatever_is_done_on_it(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    before = content_of(stagehand.store)
    practise(qtbot, window, stagehand)
    page = page_of(window)
    page.side.cards[0].verdict_given.emit(page.side.cards[0].finding.id, True)
    page.side.item_ticked.emit(ITEM, False)
    assert page.side.cards[0].disagreed
    assert not page.header.export.isEnabled()
    qtbot.keyClick(page, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert window.page == "home"
    assert content_of(stagehand.store) == before
    assert stagehand.store.sessions() == []


@pytest.mark.parametrize("by", ["back", "rail", "rehearse"])
def test_it_is_gone_when_it_is_left(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand, by: str
) -> None:
    live = practise(qtbot, window, stagehand)
    kept = weakref.ref(page_of(window)._shown.log)  # type: ignore[union-attr]
    gone: list[bool] = []
    page_of(window).destroyed.connect(lambda: gone.append(True))
    if by == "back":
        page_of(window).header.back.click()
    elif by == "rail":
        window.go("sessions")
    else:
        page_of(window).header.rehearse.click()
    assert window.page == {"back": "home", "rail": "sessions", "rehearse": "practise"}[by]
    assert window.reports.page is None
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert gone
    live.report = None
    gc.collect()
    assert kept() is None


def test_rehearsing_takes_the_title_along(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    practise(qtbot, window, stagehand)
    window.practise.choices.title.clear()
    page_of(window).header.rehearse.click()
    assert window.practise.choices.title.text() == "Charged twice"


def test_a_session_that_never_ran_has_no_report(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    window.flow.choose(None)
    qtbot.waitUntil(lambda: bool(stagehand.lives) and not window.runner.busy)
    window.practise.start.click()
    qtbot.waitUntil(window.live.finish.isEnabled)
    window.live.finish.click()
    qtbot.waitUntil(lambda: window.page == "home")
    assert "Nothing of this session was kept" in window.home.notice.text
