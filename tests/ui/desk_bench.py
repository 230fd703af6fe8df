"""The real window with a session on the trainer's desk, and fingers on the keys."""

from __future__ import annotations

import wave
from dataclasses import replace
from typing import TYPE_CHECKING

from desk_material import make_received, own_note, own_view
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from report_material import event, finding, kept_session, report
from ui.fake_live import Stagehand, agree

from app.coach.content_kinds import ContentKind
from app.coach.types import Mark, MarkKind
from app.store import sessions
from app.ui.desk_flow import DeskFlow
from app.ui.library import Library
from app.ui.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import IO

    from pytestqt.qtbot import QtBot

    from app.store.store import Store
    from app.ui.pages.desk import DeskPage

EVENTS = (
    event("arms_crossed", 5, 9),
    event("brow_drawn", 20, 23),
    event("arms_crossed", 40, 46),
)
MADE = report(events=EVENTS, findings=(finding("arms_crossed", 40, 46),))
CHECKED = """id = "desk"
name = "At the desk"

[[item]]
id = "finish"
practice = "P02"
text = "Let them finish"
why = "They feel heard."
floor = 1
"""
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Sound:
    """A microphone that hears at once; remembers that it was closed."""

    def __init__(self, sink: Callable[[], IO[bytes]]) -> None:
        self._sink = sink
        self.length_s = 0.0
        self.over = False
        self.stopped = 0

    def start(self) -> None:
        self.length_s = 1.5
        with self._sink() as part, wave.open(part, "wb") as out:
            out.setparams((1, 2, 16_000, 0, "NONE", ""))
            out.writeframes(b"\1\0" * 24_000)

    def stop(self) -> bytes:
        self.stopped += 1
        return b"RIFF"


class Bench:
    """The real window with a session on the desk, and fingers on the keys."""

    def __init__(self, qtbot: QtBot, store: Store, folder: Path, *, received: bool) -> None:
        def own(kind: ContentKind) -> Path:
            made = folder / kind.value
            made.mkdir(exist_ok=True)
            return made

        (own(ContentKind.CHECKLISTS) / "desk.toml").write_text(CHECKED, "utf-8")
        self.qtbot = qtbot
        self.hand = Stagehand(store)
        self.services = replace(self.hand.services, library=Library(own))
        self.person = agree(self.services, "Tom" if received else "Ana")
        marks = (own_view("finish", "partly"), own_note(41, "my arms")) if received else ()
        self.store = store
        self.id = kept_session(store, MADE, marks=marks).id
        if received:
            self._to(self.person.id)
            make_received(store, self.id)
        self.window = MainWindow(self.services)
        qtbot.addWidget(self.window)
        self.window.resize(1280, 800)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.sounds: list[Sound] = []
        self.open()

    def _to(self, person_id: str) -> None:
        with self.store.access.write() as db:
            sessions.find(db, self.id).person_id = person_id

    def open(self, t: float = 0.0) -> None:
        self.window.doors.desk_wanted.emit(self.id, t)
        page = next(flow for flow in self.window.flows if isinstance(flow, DeskFlow)).desk
        assert page is not None
        self.page: DeskPage = page
        page.speaking._make = self._spoken

    def _spoken(self, sink: Callable[[], IO[bytes]]) -> Sound:
        self.sounds.append(Sound(sink))
        return self.sounds[-1]

    def press(self, *keys: Qt.Key, with_: Qt.KeyboardModifier = NONE) -> None:
        for key in keys:
            QTest.keyClick(QApplication.focusWidget() or self.page, key, with_)

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget(), text)

    @property
    def mine(self) -> list[Mark]:
        return [
            mark
            for mark in self.store.marks(self.id)
            if mark.author == self.person.id and mark.data.get("when") == "desk"
        ]

    @property
    def texts(self) -> list[str]:
        return [mark.data["text"] for mark in self.mine if mark.kind is MarkKind.NOTE]
