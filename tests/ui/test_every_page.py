"""Every page of every flow, for everybody: names, keyboard, larger texts, a small screen.

The pages are not named here: whatever a flow says it has is walked through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QTextEdit,
    QWidget,
)
from ui.test_face_everybody import _in_scroll, cut, longer, shown
from ui.test_scenarios_page import folder, stagehand

from app.coach.report_types import Report
from app.session.plan import LivePlan
from app.store.types import KeepPolicy
from app.ui.consenting import current_person, enter_consent
from app.ui.flows import make_flows
from app.ui.pages.desk import DeskPage
from app.ui.style import apply_theme
from app.ui.widgets.cards import CardButton
from app.ui.widgets.controls import Elided
from app.ui.window import SMALLEST, MainWindow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot
    from ui.fake_live import Stagehand

__all__ = ["folder", "longer", "stagehand"]

CONTROLS = (
    QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QAbstractItemView,
    QAbstractSlider,
)  # fmt: skip
PAGES = (
    "home", "consent", "scenarios", "practise", "sessions", "content",
    "who", "settings", "privacy", "first", "partner",
    "check", "take_five", "share", "shared", "received", "send_review", "feedback", "compare",
    "desk", "imports", "library", "clip", "watch", "guests", "speakers", "backup", "markers",
)  # fmt: skip
ELIDED = frozenset({"ChecklistRow", "MarkerChip"})
"""What shortens its own text with dots and says all of it in a tooltip."""
LONG = "A room that was not ready, and a guest with a flight"
SETTLED_MS = 3000
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
    qtbot.wait(60)
    return window.stack.currentWidget()


def own_markers(window: MainWindow, session_id: str) -> None:
    """Go to the trainer's own markers, from the desk as one does."""
    window.doors.desk_wanted.emit(session_id, 0.0)
    desk = window.stack.currentWidget()
    assert isinstance(desk, DeskPage)
    desk.own_markers_wanted.emit("front_desk")


def controls_of(page: QWidget) -> list[QWidget]:
    """What can be used now."""
    found = {id(one): one for kind in CONTROLS for one in shown(page, kind)}
    return [
        one
        for one in found.values()
        if not isinstance(one, QScrollBar)
        and type(one).__name__ not in ("QLineEditIconButton", "QComboBoxListView")
        and not one.objectName().startswith("qt_")
    ]


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
    nameless = [type(one).__name__ for one in controls if not _name_of(one)]
    roleless = [type(one).__name__ for one in controls if not _role_of(one)]
    enabled = [one for one in controls if one.isEnabled() and not isinstance(one, QRadioButton)]
    reached = reached_by_tab(page)
    lost = [_name_of(one) or type(one).__name__ for one in enabled if one not in reached]
    assert controls
    assert (nameless, roleless, lost) == ([], [], [])


def _name_of(control: QWidget) -> str:
    from PySide6.QtGui import QAccessible  # noqa: PLC0415

    interface = QAccessible.queryAccessibleInterface(control)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def _role_of(control: QWidget) -> bool:
    from PySide6.QtGui import QAccessible  # noqa: PLC0415

    interface = QAccessible.queryAccessibleInterface(control)
    return interface is not None and interface.role() != QAccessible.Role.NoRole


def reached_by_tab(page: QWidget) -> set[QWidget]:
    """What the focus comes to when Tab is pressed again and again: the chain that Qt follows."""
    found: set[QWidget] = set()
    widget = page.nextInFocusChain()
    for _ in range(5000):
        if widget is page:
            break
        tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if page.isAncestorOf(widget) and widget.isVisible() and widget.isEnabled() and tab:
            found.add(widget)
            proxy = widget.focusProxy()
            if proxy is not None:
                found.add(proxy)
        widget = widget.nextInFocusChain()
    return found


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_outside_the_smallest_window(
    qtbot: QtBot, window: MainWindow, name: str
) -> None:
    page = open_page(qtbot, window, name)
    assert window.size().toTuple() == SMALLEST
    assert _outside(window, page) == []


def _outside(window: MainWindow, page: QWidget) -> list[str]:
    out = [
        one.accessibleName()
        for one in shown(page, QAbstractButton)
        if not _in_scroll(one)
        and not window.rect().contains(QRect(one.mapTo(window, one.rect().topLeft()), one.size()))
    ]
    areas = shown(page, QScrollArea)
    out += ["scrolls sideways" for one in areas if one.horizontalScrollBar().isVisible()]  # type: ignore[attr-defined]
    return out


@pytest.mark.parametrize("name", PAGES)
def test_the_largest_texts_are_not_cut(
    qtbot: QtBot, window: MainWindow, dressed: QApplication, name: str
) -> None:
    apply_theme(dressed, "light", 130)
    try:
        page = open_page(qtbot, window, name)
        assert window.size().toTuple() == SMALLEST
        nothing_is_cut(qtbot, page)
        assert _outside(window, page) == []
    finally:
        apply_theme(dressed, "light", 100)


@pytest.mark.parametrize("name", PAGES)
def test_longer_texts_are_not_cut(
    qtbot: QtBot, longer: None, window: MainWindow, name: str
) -> None:
    page = open_page(qtbot, window, name)
    nothing_is_cut(qtbot, page)


def nothing_is_cut(qtbot: QtBot, page: QWidget) -> None:
    """Check it once the layouts have come to rest: wrapped texts in cards ask more than once."""

    def whole() -> None:
        assert cut_texts(page) == []

    qtbot.waitUntil(whole, timeout=SETTLED_MS)


def cut_texts(page: QWidget) -> list[str]:
    """Texts of which words are lost; a wrapped line's last pixel is not."""
    said = [
        one
        for one in [*shown(page, QLabel), *shown(page, QAbstractButton)]
        if not isinstance(one, (Elided, CardButton)) and type(one).__name__ not in ELIDED
    ]
    return [words for one in said if (words := cut(one)) and not _almost(one)]


def _almost(widget: QWidget) -> bool:
    """Whether only the space under the last of several lines is missing."""
    if not isinstance(widget, QLabel) or not widget.wordWrap():
        return False
    metrics, room = widget.fontMetrics(), widget.contentsRect()
    box = QRect(0, 0, room.width(), 10_000)
    needed = metrics.boundingRect(box, int(Qt.TextFlag.TextWordWrap), widget.text())
    return needed.height() - room.height() <= metrics.descent()
