"""One side of two: its name, its picture or its words, and the moment at which it is laid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.coach.practice_types import Polarity, Speaking
from app.ui.keys import show_keys
from app.ui.style import Space
from app.ui.texts import told
from app.ui.widgets.controls import Elided, button, clear, column, label, picture_label, row
from app.ui.widgets.player_stage import PlayerStage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtMultimedia import QVideoFrame

    from app.coach.scenario_types import BenchmarkTurn

COMBO_SIGNS: Final = 10


class SidePanel(QWidget):
    """Shows one recording; what it is asked goes to the page."""

    anchored = Signal(int)
    """Which of its moments lies at the common one, by its place in the list."""
    heard_wanted = Signal()
    """This side is to be heard."""
    change_wanted = Signal()
    """Another recording is to lie here."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self.title = Elided("", "strong")
        self.about = Elided("", "quiet")
        self.heard = button("", kind="quiet", icon="loudness")
        self.heard.setCheckable(True)
        self.heard.setAccessibleName(self.tr("Hear recording {n}").format(n=number))
        show_keys(self.heard, self.heard.accessibleName(), str(number))
        self.heard.clicked.connect(self.heard_wanted)
        self.change = button("", kind="quiet", icon="arrows-left-right")
        self.change.setToolTip(self.tr("Choose another recording"))
        self.change.setAccessibleName(self.tr("Choose another recording {n}").format(n=number))
        self.change.clicked.connect(self.change_wanted)
        self.moment = QComboBox()
        self.moment.setAccessibleName(self.tr("Moment of recording {n}").format(n=number))
        self.moment.setToolTip(self.tr("The moment that lies at 0:00"))
        self.moment.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.moment.setMinimumContentsLength(COMBO_SIGNS)
        self.moment.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.moment.activated.connect(self.anchored)
        self.stage = PlayerStage(self)
        self.words = AnswerColumn()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.stage)
        self._stack.addWidget(self.words)
        self._lay_out()

    def _lay_out(self) -> None:
        badge = label(str(self._number), "key")
        badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
        names = column(self.title, self.about, space=2)
        head = row(badge, names, self.moment, self.heard, self.change, space=Space.SMALL)
        head.setStretch(1, 3)
        head.setStretch(2, 2)
        content = column(head, self._stack, space=Space.SMALL)
        content.setStretch(1, 1)
        self.setLayout(content)

    def show_name(self, title: str, about: str) -> None:
        """Say what lies here."""
        self.title.setText(title)
        self.about.setText(about)
        self.setAccessibleName(f"{self._number}: {title}, {about}")

    def show_recording(self, moments: Sequence[str], sentence: str) -> None:
        """Show a recording's stage; or a sentence where nothing was kept of it."""
        self._stack.setCurrentWidget(self.stage)
        self.moment.clear()
        self.moment.addItems(list(moments))
        self.moment.show()
        self.heard.setVisible(not sentence)
        if sentence:
            self.stage.show_sentence(sentence, "notice")
        else:
            self.stage.show_empty()

    def show_answer(self, turns: Sequence[BenchmarkTurn], names: Mapping[str, str]) -> None:
        """Show a written answer."""
        self.words.show_turns(turns, names)
        self._stack.setCurrentWidget(self.words)
        self.moment.hide()
        self.heard.hide()

    def show_frame(self, frame: QVideoFrame) -> None:
        """Show the newest picture."""
        if frame.isValid():
            self.stage.show_frame(frame)

    def show_heard(self, *, on: bool) -> None:
        """Say whether this side sounds."""
        self.heard.setChecked(on)
        self.heard.set_icon("loudness" if on else "speaker-slash")


class AnswerColumn(QScrollArea):
    """A written answer to read beside the recording, with what is worth seeing in it."""

    def __init__(self) -> None:
        super().__init__()
        inner = QFrame()
        inner.setProperty("surface", "card")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(Space.MEDIUM, Space.MEDIUM, Space.MEDIUM, Space.MEDIUM)
        self._column.setSpacing(Space.SNUG)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Written answer"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_turns(self, turns: Sequence[BenchmarkTurn], names: Mapping[str, str]) -> None:
        """Show the turns in their order."""
        clear(self._column)
        for turn in turns:
            staff = turn.speaker is Speaking.STAFF
            who = self.tr("At the desk") if staff else self.tr("The customer")
            said = label(told(turn.text), "lead" if staff else "text", wrap=True)
            self._column.addLayout(column(label(who, "quiet"), said, space=2))
            for note in turn.notes:
                good = note.polarity is Polarity.DONE
                sign = picture_label("done" if good else "close", "accent" if good else "quiet", 14)
                name = told(names.get(note.practice, ""))
                why = label(f"{name}: {told(note.why)}" if name else told(note.why), "quiet")
                why.setWordWrap(True)
                line = row(sign, why, space=Space.SMALL)
                line.setStretch(1, 1)
                line.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
                self._column.addLayout(line)
        self._column.addStretch(1)
        self.verticalScrollBar().setValue(0)
