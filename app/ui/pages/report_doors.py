"""From a report to the pages that other flows have for its session: review, compare, share."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMetaMethod
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.coach.review import has_review
from app.store.types import KeepPolicy, Origin
from app.ui.keys import show_keys
from app.ui.style import CONTROL_PX, Space
from app.ui.widgets.controls import QWIDGETSIZE_MAX, button, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.coach.types import Mark
    from app.store.types import SessionRecord
    from app.ui.flow import Doors
    from app.ui.keys import KeyMap
    from app.ui.widgets.controls import Button


class ReportDoors(QWidget):
    """A button for each page that somebody serves; words where there is room, else icons."""

    def __init__(self) -> None:
        super().__init__()
        self._session = ""
        self._doors: Doors | None = None
        self._keys: dict[Button, str] = {}
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.review = self._button(
            self.tr("Read the review"),
            "talk",
            "Ctrl+T",
            self.tr("Read what a trainer wrote about this session"),
        )
        self.desk = self._button(
            self.tr("Review"),
            "chat-text",
            "Ctrl+D",
            self.tr("Watch it again closely and comment on moments"),
        )
        self.compare = self._button(
            self.tr("Compare"), "columns", "Ctrl+L", self.tr("Lay it beside another recording")
        )
        self.share = self._button(
            self.tr("Share"),
            "paper-plane-tilt",
            "Ctrl+S",
            self.tr("Hand it to a trainer as a file"),
        )
        self.clip = self._button(
            self.tr("Show to colleagues"),
            "ph.scissors",
            "Ctrl+M",
            self.tr("Show colleagues a moment, among the best and worst cases"),
        )
        self.speakers = self._button(
            self.tr("Who speaks"),
            "ph.users",
            "Ctrl+U",
            self.tr("Say who speaks when, and have it measured again"),
        )
        self.pause = self._button(
            self.tr("Take five"), "ph.coffee", "Ctrl+P", self.tr("A pause of some minutes")
        )
        self.setLayout(row(*self._keys, space=Space.HAIR))
        self.hide()

    def _button(self, name: str, sign: str, keys: str, tip: str) -> Button:
        made = button(name, kind="quiet", icon=sign)
        show_keys(made, tip, keys)
        self._keys[made] = keys
        return made

    def join(self, doors: Doors, keys: KeyMap) -> None:
        """Lead to those pages that there are."""
        self._doors = doors
        for one, pressed in self._keys.items():
            keys.note(pressed, one.accessibleName())
            keys.bind(pressed, partial(_press, one))
        self.review.clicked.connect(lambda: doors.feedback_wanted.emit(self._session))
        self.desk.clicked.connect(lambda: doors.desk_wanted.emit(self._session, 0.0))
        self.compare.clicked.connect(lambda: doors.compare_wanted.emit(self._session, ""))
        self.share.clicked.connect(lambda: doors.share_wanted.emit(self._session))
        self.clip.clicked.connect(lambda: doors.clip_wanted.emit(self._session, 0.0, 0.0))
        self.speakers.clicked.connect(lambda: doors.speakers_wanted.emit(self._session))
        self.pause.clicked.connect(doors.take_five_wanted)

    def show_session(
        self, record: SessionRecord | None, marks: Sequence[Mark] = (), *, lost: bool = False
    ) -> None:
        """Show what can be done with a session; after one that is kept nowhere only a pause.

        Of one whose folder is lost there is nothing to play, to lay beside another or to share.
        """
        doors = self._doors
        self.setVisible(doors is not None and record is not None)
        if doors is None or record is None:
            return
        kept = record.keep_policy is not KeepPolicy.NOTHING
        there = kept and not lost
        self._session = record.id
        own = record.origin is not Origin.RECEIVED
        for one, signal, wanted in (
            (self.review, doors.feedback_wanted, kept and own and has_review(marks)),
            (self.desk, doors.desk_wanted, kept),
            (self.compare, doors.compare_wanted, there),
            (self.share, doors.share_wanted, there and own and not record.sample),
            (
                self.clip,
                doors.clip_wanted,
                there and record.keep_policy.keeps_sound and own and not record.sample,
            ),
            (
                self.speakers,
                doors.speakers_wanted,
                there and record.origin is Origin.IMPORTED and record.keep_policy.keeps_picture,
            ),
            (self.pause, doors.take_five_wanted, True),
        ):
            served = doors.isSignalConnected(QMetaMethod.fromSignal(signal))
            one.setVisible(served and wanted)

    def fit(self, room: int) -> None:
        """Write words on the buttons where they fit into so many pixels; else their icons do."""
        # What comes first is what is waited for: its words stay the longest.
        for worded in (tuple(self._keys), (self.review,), ()):
            for one in self._keys:
                self._word(one, worded=one in worded)
            if self.sizeHint().width() <= room:
                return

    def _word(self, one: Button, *, worded: bool) -> None:
        one.setText(one.accessibleName() if worded else "")
        one.setMaximumWidth(QWIDGETSIZE_MAX if worded else CONTROL_PX)


def _press(one: Button) -> None:
    if one.isVisible():
        one.click()
