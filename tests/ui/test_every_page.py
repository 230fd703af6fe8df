"""Every page of every flow, for everybody: names, keyboard, larger texts, a small screen.

The pages are not named here: whatever a flow says it has is walked through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QRadioButton,
    QWidget,
)
from ui.everybody import (
    controls_of,
    longer,
    name_of,
    nothing_is_cut,
    outside,
    reached_by_tab,
    role_of,
    settle,
)
from ui.practice_pages import folder, stagehand

from app.coach.report_types import Report
from app.session.plan import LivePlan
from app.store.types import KeepPolicy
from app.ui.consenting import current_person, enter_consent
from app.ui.flows import make_flows
from app.ui.pages.desk import DeskPage
from app.ui.style import apply_theme
from app.ui.window import SMALLEST, MainWindow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot
    from ui.fake_live import Stagehand

__all__ = ["folder", "longer", "stagehand"]

PAGES = (
    "home", "consent", "scenarios", "practise", "sessions", "content",
    "who", "settings", "privacy", "first", "partner",
    "check", "take_five", "share", "shared", "received", "send_review", "feedback", "compare",
    "desk", "imports", "library", "clip", "watch", "guests", "speakers", "backup", "markers",
)  # fmt: skip
LONG = "A room that was not ready, and a guest with a flight"
PLAN = LivePlan(
    None, "", None, None, frozenset(), KeepPolicy.PICTURE_AND_SOUND, "complaint", "Lost booking"
)


def with_sessions(stagehand: Stagehand) -> None:
    """Ana, who agreed and practised twice."""
    enter_consent(stagehand.services, "Ana", KeepPolicy.REPORT_ONLY, 30)
    person = current_person(stagehand.services)
    assert person is not None
    consent = stagehand.store.consent_of(person.id)
    assert consent is not None
    for title in (LONG, "Lost booking"):
        record = stagehand.store.begin_session(
            person_id=person.id, consent_id=consent.id, keep_policy=KeepPolicy.REPORT_ONLY,
            title=title, focus=None, checklist=None,
        )  # fmt: skip
        report = Report(60.0, (), (), (), (), (), (), speakers_labelled=False)
        stagehand.store.finish_session(record.id, duration_s=60.0, report=report)


@pytest.fixture
def window(qtbot: QtBot, dressed: QApplication, stagehand: Stagehand) -> Iterator[MainWindow]:
    with_sessions(stagehand)
    made = MainWindow(stagehand.services)
    qtbot.addWidget(made)
    made.resize(*SMALLEST)
    made.show()
    yield made
    made.runner.close()
    made.close()


def open_page(qtbot: QtBot, window: MainWindow, name: str) -> QWidget:
    """Show a page, with a session where it is about one."""
    store = window._services.store
    # The one with a title as long as titles are.
    record = next(one for one in store.sessions() if one.title == LONG)
    doors = {
        "share": lambda: window.doors.share_wanted.emit(record.id),
        "feedback": lambda: window.doors.feedback_wanted.emit(record.id),
        "compare": lambda: window.doors.compare_wanted.emit(record.id, ""),
        "desk": lambda: window.doors.desk_wanted.emit(record.id, 0.0),
        "clip": lambda: window.doors.clip_wanted.emit(record.id, 5.0, 20.0),
        "speakers": lambda: window.doors.speakers_wanted.emit(record.id),
        "send_review": lambda: window.doors.send_back_wanted.emit(record.id),
        "partner": lambda: window.doors.partner_wanted.emit(PLAN),
        "markers": lambda: own_markers(window, record.id),
    }
    doors.get(name, lambda: window.show_page(name))()
    settle(qtbot)
    return window.stack.currentWidget()


def own_markers(window: MainWindow, session_id: str) -> None:
    """Go to the trainer's own markers, from the desk as one does."""
    window.doors.desk_wanted.emit(session_id, 0.0)
    desk = window.stack.currentWidget()
    assert isinstance(desk, DeskPage)
    desk.own_markers_wanted.emit("front_desk")


def test_the_list_of_pages_is_whole(stagehand: Stagehand, qtbot: QtBot, qapp: QApplication) -> None:
    from app.ui.flow import Doors  # noqa: PLC0415

    parent = QWidget()
    qtbot.addWidget(parent)
    flows = make_flows(stagehand.services, Doors(parent), parent)
    assert {name for flow in flows for name in flow.pages} <= set(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_every_control_has_a_name_and_a_role_and_tab_reaches_it(
    qtbot: QtBot, window: MainWindow, name: str
) -> None:
    page = open_page(qtbot, window, name)
    controls = controls_of(page)
    nameless = [type(one).__name__ for one in controls if not name_of(one)]
    roleless = [type(one).__name__ for one in controls if not role_of(one)]
    enabled = [one for one in controls if one.isEnabled() and not isinstance(one, QRadioButton)]
    reached = reached_by_tab(page)
    lost = [name_of(one) or type(one).__name__ for one in enabled if one not in reached]
    assert controls
    assert (nameless, roleless, lost) == ([], [], [])


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_outside_the_smallest_window(
    qtbot: QtBot, window: MainWindow, name: str
) -> None:
    page = open_page(qtbot, window, name)
    assert window.size().toTuple() == SMALLEST
    assert outside(window, page) == []


@pytest.mark.parametrize("name", PAGES)
def test_the_largest_texts_are_not_cut(
    qtbot: QtBot, window: MainWindow, dressed: QApplication, name: str
) -> None:
    apply_theme(dressed, "light", 130)
    try:
        page = open_page(qtbot, window, name)
        assert window.size().toTuple() == SMALLEST
        nothing_is_cut(qtbot, page)
        assert outside(window, page) == []
    finally:
        apply_theme(dressed, "light", 100)


@pytest.mark.parametrize("name", PAGES)
def test_longer_texts_are_not_cut(
    qtbot: QtBot, longer: None, window: MainWindow, name: str
) -> None:
    page = open_page(qtbot, window, name)
    nothing_is_cut(qtbot, page)
