"""Home, Sessions and the rest, each alone."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMessageLogContext, Qt, QtMsgType
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from store_cases import a_baseline
from ui.fake_live import NOW, Stagehand, agree

from app.coach.report_types import Finding, Report
from app.settings import Settings
from app.store.types import KeepPolicy
from app.ui import icons
from app.ui.flow import Doors
from app.ui.icon_font import glyphs
from app.ui.keys import KeyMap
from app.ui.pages.home import HomePage
from app.ui.pages.session_goes import goes_words
from app.ui.pages.sessions import SessionsPage
from app.ui.qt_log import on_qt_message
from app.ui.services import Choices
from app.ui.style import DARK, LIGHT, apply_theme, current_palette
from app.ui.texts import clock_text, day_text, greeting, length_text
from app.ui.widgets.controls import button, column, picture_label

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.store.store import Store


def kept(stagehand: Stagehand, title: str, *, findings: int = 0, seconds: float = 250.0) -> str:
    """Enter a finished session."""
    person = agree(stagehand.services)
    consent = stagehand.store.consent_of(person.id)
    assert consent is not None
    record = stagehand.store.begin_session(
        person_id=person.id,
        consent_id=consent.id,
        keep_policy=KeepPolicy.REPORT_ONLY,
        title=title,
        focus=None,
        checklist=None,
    )
    found = tuple(
        Finding(f"smile-{n}", "arms_crossed", n, n + 4.0, 1.0, 0.5, None, 1, 4.0)
        for n in range(findings)
    )
    report = Report(seconds, (), (), (), found, (), (), speakers_labelled=False)
    stagehand.store.finish_session(record.id, duration_s=seconds, report=report)
    return record.id


def texts(page: QWidget) -> set[str]:
    return {found.text() for found in page.findChildren(QLabel) if not found.isHidden()}


# --- home -----------------------------------------------------------------------------------


@pytest.fixture
def start(qtbot: QtBot, dressed: QApplication, stagehand: Stagehand) -> HomePage:
    page = HomePage(stagehand.services)
    qtbot.addWidget(page)
    return page


def test_the_empty_home_offers_the_one_step_that_fills_it(qtbot: QtBot, start: HomePage) -> None:
    start.refresh()
    assert "Your first session will be here" in texts(start)
    with qtbot.waitSignal(start.practise_wanted):
        start.practise.click()


def test_home_shows_the_newest_five(start: HomePage, stagehand: Stagehand) -> None:
    for n in range(7):
        kept(stagehand, f"Talk {n}", findings=n % 4)
    start.refresh()
    shown = texts(start)
    assert {f"Talk {n}" for n in (2, 3, 4, 5, 6)} <= shown
    assert not {"Talk 0", "Talk 1"} & shown
    assert {"nothing stood out", "1 moment", "2 moments", "4:10"} <= shown
    assert "7 sessions to look at again." in shown


def test_a_row_opens_its_session(qtbot: QtBot, start: HomePage, stagehand: Stagehand) -> None:
    session_id = kept(stagehand, "Lost booking")
    start.refresh()
    row = start._recent.itemAt(0).widget()
    with qtbot.waitSignal(start.session_wanted) as opened:
        qtbot.keyClick(row.card, Qt.Key.Key_Return)  # type: ignore[union-attr]
    assert opened.args == [session_id]


def test_the_start_page_says_never_film_real_customers(start: HomePage) -> None:
    assert any("never film real customers" in text for text in texts(start))


@pytest.mark.parametrize(
    ("hour", "words"),
    [(5, "Good morning"), (11, "Good morning"), (12, "Good afternoon"), (17, "Good afternoon"),
     (18, "Good evening"), (23, "Good evening"), (4, "Good evening")],
)  # fmt: skip
def test_greeting_by_the_time_of_day(hour: int, words: str) -> None:
    assert greeting(hour, "") == words
    assert greeting(hour, "Ana") == f"{words}, Ana"


# --- sessions -------------------------------------------------------------------------------


@pytest.fixture
def sessions(qtbot: QtBot, dressed: QApplication, stagehand: Stagehand) -> SessionsPage:
    for title in ("Charged twice", "Lost booking", "Late check-out"):
        kept(stagehand, title)
    page = SessionsPage(stagehand.services)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    return page


def titles(page: SessionsPage) -> list[str]:
    return [row.record.title for row in page._rows]


def test_in_a_narrow_window_no_door_is_cut_off(
    qtbot: QtBot, dressed: QApplication, stagehand: Stagehand
) -> None:
    kept(stagehand, "Charged twice")
    apply_theme(dressed, "light", 130)
    try:
        window = QWidget()
        qtbot.addWidget(window)
        page = SessionsPage(stagehand.services, Doors(window))
        window.setLayout(column(page))
        window.resize(760, 700)
        window.show()
        page.refresh()
        page.open_file.show()
        doors = (page.open_file, page.library, page.take_in, page._practise)
        qtbot.waitUntil(lambda: not page.open_file.visibleRegion().isEmpty())
        assert [one.visibleRegion().boundingRect() for one in doors] == [
            one.rect() for one in doors
        ]
    finally:
        apply_theme(dressed, "light", 100)


def test_newest_first(sessions: SessionsPage) -> None:
    assert titles(sessions) == ["Late check-out", "Lost booking", "Charged twice"]


def test_search_narrows_and_says_when_nothing_fits(qtbot: QtBot, sessions: SessionsPage) -> None:
    qtbot.keyClicks(sessions.search, "booking")
    qtbot.waitUntil(lambda: titles(sessions) == ["Lost booking"])
    sessions.search.setText("spaceship")
    qtbot.waitUntil(lambda: titles(sessions) == [])
    # A label shows at the next turn of Qt's loop after it was added.
    qtbot.waitUntil(
        lambda: "No session has “spaceship” in its title, date or notes" in texts(sessions)
    )
    sessions.search.clear()
    qtbot.waitUntil(lambda: len(titles(sessions)) == 3)


def test_with_the_last_session_it_says_that_the_own_normal_stays(stagehand: Stagehand) -> None:
    one, other = kept(stagehand, "First"), kept(stagehand, "Second")
    store, services = stagehand.store, stagehand.services
    stays = "Your own normal stays"
    assert stays not in goes_words(services, store.session(one))
    person = store.session(one).person_id
    assert person is not None
    store.own_normals.keep(person, a_baseline())
    assert stays not in goes_words(services, store.session(one))
    store.delete_session(other)
    assert stays in goes_words(services, store.session(one))


def test_arrows_go_through_the_list(qtbot: QtBot, sessions: SessionsPage) -> None:
    sessions.activateWindow()
    sessions._step(1)
    sessions._step(1)
    assert [row.card.hasFocus() for row in sessions._rows] == [False, True, False]
    sessions._step(-1)
    sessions._step(-1)
    assert sessions.search.hasFocus()


def test_deleting_asks_once_and_says_what_goes(
    qtbot: QtBot, sessions: SessionsPage, store: Store
) -> None:
    from app.ui.widgets.notice import Question  # noqa: PLC0415

    row = sessions._rows[1]
    qtbot.keyClick(row, Qt.Key.Key_Delete)
    question = sessions.findChild(Question)
    assert question is not None
    assert question.what.text() == "Delete “Lost booking”?"
    assert "the report" in question.goes.text()
    assert "recording" not in question.goes.text()
    assert question.no.hasFocus() or not sessions.isActiveWindow()
    qtbot.waitUntil(lambda: question.height() >= question.sizeHint().height())
    below = sessions.list._made[2]
    assert below.y() == sessions.list._place(2).top(), "the line between rows is where they meet"
    question.no.click()
    assert len(store.sessions()) == 3
    assert not row.isHidden()

    row.delete_wanted.emit(row.record.id)
    again = next(one for one in sessions.findChildren(Question) if not one.isHidden())
    again.yes.click()
    assert [record.title for record in store.sessions()] == ["Late check-out", "Charged twice"]
    assert titles(sessions) == ["Late check-out", "Charged twice"]
    assert sessions.notice.text.startswith("Deleted, with a receipt: one session")
    assert sessions.list.focused() == 1 or not sessions.isActiveWindow()
    for _ in range(2):
        sessions._delete(sessions.list.records[0].id)
    assert sessions._practise.hasFocus() or not sessions.isActiveWindow()
    sessions.enter()
    assert sessions.notice.isHidden(), "it was said once"


# --- texts ----------------------------------------------------------------------------------


def test_days_as_one_says_them(qapp: QApplication) -> None:
    assert day_text(NOW, NOW) == "Today"
    assert day_text(NOW - timedelta(days=1), NOW) == "Yesterday"
    assert day_text(NOW - timedelta(days=2), NOW) == "Mon 16 Nov"
    assert day_text(datetime(2025, 1, 3, tzinfo=UTC), NOW) == "3 Jan 2025"


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00"), (59.9, "0:59"), (84, "1:24"), (3600, "1:00:00")]
)
def test_running_time(seconds: float, text: str) -> None:
    assert clock_text(seconds) == text


def test_an_unknown_length_is_a_dash_and_never_zero() -> None:
    assert clock_text(None) == "–"
    assert clock_text(250) == "4:10"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.84, "0.8 s"), (9.0, "9 s"), (12.3, "12 s"), (60.0, "1 min"), (80.2, "1 min 20 s")],
)
def test_lengths_are_written_as_one_says_them(seconds: float, said: str) -> None:
    assert length_text(seconds) == said


# --- style ----------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_theme_reaches_widgets_that_are_there(
    qtbot: QtBot, qapp: QApplication, theme: str
) -> None:
    other = "dark" if theme == "light" else "light"
    apply_theme(qapp, other)
    shown = picture_label("home", "accent")
    press = button("Start", kind="primary", icon="start")
    for widget in (shown, press):
        qtbot.addWidget(widget)
        widget.show()
    before = shown.pixmap().toImage()
    apply_theme(qapp, theme)
    assert current_palette() is (DARK if theme == "dark" else LIGHT)
    qtbot.waitUntil(lambda: shown.pixmap().toImage() != before)


def test_every_meaning_has_an_icon_of_its_family(qapp: QApplication) -> None:
    unknown = [name for name, glyph in icons.NAMES.items() if glyph not in glyphs()]
    assert unknown == []


def test_every_cue_has_an_icon(stagehand: Stagehand, qapp: QApplication) -> None:
    for rule in stagehand.services.catalogue.rules:
        glyph = icons.NAMES.get(rule.icon, rule.icon.removeprefix("ph."))
        assert rule.icon in icons.OWN or glyph in glyphs(), rule.id


def test_an_unknown_icon_is_a_dot_and_no_crash(qapp: QApplication) -> None:
    assert not icons.pixmap("no such thing").isNull()


# --- keys, settings, log --------------------------------------------------------------------


def test_a_key_does_nothing_while_its_button_cannot_be_pressed(
    qtbot: QtBot, dressed: QApplication
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    press = button("Start")
    press.setParent(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    heard: list[int] = []
    keys = KeyMap(page)
    keys.add("X", "Start", lambda: heard.append(1), button=press)
    qtbot.keyClick(page, Qt.Key.Key_X)
    press.setEnabled(False)
    qtbot.keyClick(page, Qt.Key.Key_X)
    assert heard == [1]
    assert press.toolTip() == "Start  (X)"
    assert [line.keys for line in keys.lines] == ["X"]


def test_settings_that_cannot_be_saved_still_count() -> None:
    from app.errors import AppError  # noqa: PLC0415

    def full(_: Settings) -> None:
        raise AppError("The disk is full.", "Free some space.")

    choices = Choices(Settings(), full)
    error = choices.change(focus="arms_crossed")
    assert error is not None
    assert choices.now.focus == "arms_crossed"
    assert choices.change(focus="arms_crossed") is None


@pytest.mark.parametrize(
    ("kind", "message", "level"),
    [
        (QtMsgType.QtInfoMsg, "hello", logging.INFO),
        (QtMsgType.QtWarningMsg, "Couldn't load pipewire-0.3 library", logging.DEBUG),
        (QtMsgType.QtDebugMsg, "detail", logging.DEBUG),
    ],
)
def test_qt_speaks_into_the_log(
    caplog: pytest.LogCaptureFixture, kind: QtMsgType, message: str, level: int
) -> None:
    with caplog.at_level(logging.DEBUG, logger="qt"):
        on_qt_message(kind, QMessageLogContext(), message)
    assert [(record.levelno, message in record.getMessage()) for record in caplog.records] == [
        (level, True)
    ]


def test_what_qt_warns_of_is_a_warning(
    caplog: pytest.LogCaptureFixture, expected_warnings: object
) -> None:
    expected_warnings("layout already has")  # type: ignore[operator]
    on_qt_message(QtMsgType.QtWarningMsg, QMessageLogContext(), "QWidget: layout already has")
    assert caplog.records[-1].levelno == logging.WARNING
