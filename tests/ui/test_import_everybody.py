"""Import, library, guests, who speaks and backup for everybody; 2,000 sessions in a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pace import cpu_s, slowness
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
)
from sqlalchemy import insert
from ui.everybody import cut, in_scroll, longer, settle, shown
from ui.fake_live import NOW
from ui.import_pages import clip_of, own_session, window, work

from app.store.clips import ClipKind
from app.store.tables import SessionRow
from app.store.types import KeepPolicy, Origin
from app.ui.widgets.cards import CardButton, came_text
from app.ui.widgets.controls import Elided
from app.ui.window import SMALLEST, MainWindow

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from app.store.store import Store

__all__ = ["longer", "window", "work"]

PAGES = ["imports", "library", "two clips", "clip", "watch", "guests", "speakers", "backup"]


# --- sessions --------------------------------------------------------------------------------


def many(store: Store, count: int) -> None:
    person = store.ensure_person("Ana")
    consent = store.consent_of(person.id)
    assert consent is not None
    rows = [
        {
            "id": f"{number:08d}-0000-4000-8000-000000000000", "person_id": person.id,
            "consent_id": consent.id, "keep_policy": "report_only", "title": f"Talk {number}",
            "started_at": NOW.replace(year=2020 + number // 400, minute=number % 60),
            "started_age_s": 0.0, "duration_s": 60.0, "status": "finished", "sample": False,
            "findings": "[]", "app_version": "1", "rules_version": 1, "model_version": "1",
            "origin": "imported" if number % 3 == 0 else "recorded",
        }
        for number in range(count)
    ]  # fmt: skip
    with store._access.write() as db:
        db.execute(insert(SessionRow), rows)


def test_two_thousand_sessions_open_at_once_and_scroll_to_the_last(
    qtbot: QtBot, window: MainWindow, store: Store
) -> None:
    many(store, 2000)
    window.go("sessions")
    window.go("home")

    def open_it() -> None:
        window.go("home")
        window.go("sessions")
        window.sessions.grab()

    assert cpu_s(open_it) <= 0.6 * slowness()
    page = window.sessions
    assert len(page.list.records) == 2000
    assert len(page._rows) < 60
    page.list.to_row(1999)
    assert page._rows[-1].record.id == page.list.records[-1].id
    assert len(page._rows) < 60
    page.list.to_row(0)
    first = page._rows[0]
    assert first.record.id == page.list.records[0].id
    assert first.geometry().top() == 0


def test_rows_say_where_a_session_came_from_and_can_be_filtered(
    qtbot: QtBot, window: MainWindow, store: Store
) -> None:
    many(store, 6)
    window.go("sessions")
    page = window.sessions
    page.filter.setCurrentIndex(page.filter.findData(Origin.IMPORTED))
    assert [one.origin for one in page.list.records] == [Origin.IMPORTED] * 2
    assert came_text(page.list.records[0], NOW) == "Imported"
    page.filter.setCurrentIndex(page.filter.findData(Origin.RECEIVED))
    assert page.list.records == []
    page.filter.setCurrentIndex(0)
    assert len(page.list.records) == 6


def test_what_can_be_done_with_a_session_is_done_by_one_key(
    qtbot: QtBot, window: MainWindow, store: Store
) -> None:
    many(store, 3)
    window.go("sessions")
    page = window.sessions
    page.list.to_row(1)
    page.list._make(1).card.setFocus()
    qtbot.waitUntil(lambda: page.list.focused() == 1)
    wanted: list[tuple[str, float]] = []
    window.doors.desk_wanted.connect(lambda id_, t: wanted.append((id_, t)))
    page._act_on_focused("desk")
    assert wanted == [(page.list.records[1].id, 0.0)]


# --- everybody -------------------------------------------------------------------------------


def page_on(window: MainWindow, store: Store, tmp_path: Path, name: str) -> QWidget:
    clip_of(store)
    second = clip_of(store, "A much longer title of what not to do at the desk", ClipKind.WORST)
    session = own_session(store)
    person = store.ensure_person("Ana")
    if name == "imports":
        store.imports.add(person.id, [(tmp_path / "x.mp4", "x")], KeepPolicy.REPORT_ONLY)
        store.imports.pause(person.id)
        store.imports.add(person.id, [(tmp_path / "y.mp4", "x")], KeepPolicy.REPORT_ONLY)
    if name == "clip":
        window.doors.clip_wanted.emit(session.id, 2.0, 9.0)
    elif name == "speakers":
        window.doors.speakers_wanted.emit(session.id)
        page = window._pages["speakers"]
        page._stretches = [(1.0, 2.0)]
        page._show()
    else:
        window.show_page("library" if name == "two clips" else name)
    if name == "two clips":
        window._pages["library"]._show_id(window._pages["library"].second, second)
    return window


@pytest.mark.parametrize("page", PAGES)
def test_texts_forty_percent_longer_are_not_cut(
    qtbot: QtBot, longer: None, window: MainWindow, store: Store, tmp_path: Path, page: str
) -> None:
    page_on(window, store, tmp_path, page)
    window.resize(*SMALLEST)
    settle(qtbot)
    said = [
        cut(widget)
        for widget in [*shown(window, QLabel), *shown(window, QAbstractButton)]
        if not isinstance(widget, (Elided, CardButton))
    ]
    assert window.size().toTuple() == SMALLEST
    assert [words for words in said if words] == []


@pytest.mark.parametrize("page", PAGES)
def test_everything_is_in_sight_named_and_reached_by_keyboard(
    qtbot: QtBot, window: MainWindow, store: Store, tmp_path: Path, page: str
) -> None:
    page_on(window, store, tmp_path, page)
    window.resize(*SMALLEST)
    settle(qtbot)
    kinds = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit)
    controls = [
        one
        for kind in kinds
        for one in shown(window, kind)
        if type(one).__name__ != "QLineEditIconButton"
    ]
    outside = [
        one.accessibleName()
        for one in controls
        if not in_scroll(one)
        and not window.rect().contains(QRect(one.mapTo(window, QPoint(0, 0)), one.size()))
    ]
    nameless = [type(one).__name__ for one in controls if not one.accessibleName()]
    unreachable = [
        one.accessibleName()
        for one in controls
        if one.isEnabled()
        and not isinstance(one, QRadioButton)
        and not one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert len(controls) > 2
    assert (outside, nameless, unreachable) == ([], [], [])


def test_the_guests_sheet_stands_beside_the_customer(qtbot: QtBot, window: MainWindow) -> None:
    from app.coach.cards import load_cards  # noqa: PLC0415
    from app.store.guest_sheet import write_sheet  # noqa: PLC0415
    from app.ui.widgets.guests_card import GuestsCard  # noqa: PLC0415

    card = GuestsCard(load_cards())
    qtbot.addWidget(card)
    card.refresh()
    assert any("Nobody wrote anything yet" in one.text() for one in card.findChildren(QLabel))
    write_sheet({"who": "a\nb\nc", "matters": "quiet"})
    card.refresh()
    said = [one.text() for one in card.findChildren(QLabel) if not one.isHidden()]
    assert "Who are they? a · b …" in said
    assert "What matters most to them? quiet" in said
    window.doors.guests_wanted.emit("home")
    assert window.page == "guests"
    window._pages["guests"].closed.emit()
    assert window.page == "home"
