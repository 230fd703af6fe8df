"""Two exercises on a conversation: a written reply, and small talk. Nothing is scored or kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from app.coach.practice_types import Polarity, Speaking, Turn
from app.ui.asking import ask_where
from app.ui.keys import KeyMap
from app.ui.style import COLUMN_PX, Space
from app.ui.texts import told
from app.ui.widgets.controls import (
    button,
    card,
    centred,
    clear,
    column,
    label,
    page_column,
    picture_label,
    row,
)
from app.ui.widgets.notice import Notice
from app.ui.widgets.numbered import numbered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.coach.practice_types import Evidence
    from app.coach.scenario_types import Scenario
    from app.ui.customer_voice import CustomerVoice
    from app.ui.library import Library
    from app.ui.services import Services

SIDE_PX: Final = 400
WRITTEN, SMALL_TALK = "written", "small_talk"


class ExercisePage(QWidget):
    """What the customer wrote or says, a field for the answer, and what is in it."""

    closed = Signal()

    def __init__(self, services: Services, library: Library) -> None:
        super().__init__()
        self._services = services
        self._library = library
        self._scenario: Scenario | None = None
        self._kind = WRITTEN
        self._voice: CustomerVoice | None = None
        self.setObjectName("page")
        self.keys = KeyMap(self)
        self.title = label("", "page", wrap=True)
        self.how = label("", "lead-quiet", wrap=True)
        self.task = label("", "section", wrap=True)
        self.hear = button(self.tr("Hear it"), icon="loudness")
        self.notice = Notice()
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.back = button(self.tr("Back"), kind="back", icon="back")
        self.save = button(self.tr("Save as text"), icon="ph.floppy-disk")
        self.look = button(self.tr("Look at it"), kind="primary", icon="search")
        self._side = QVBoxLayout()
        self._side.setSpacing(Space.SMALL)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        asked = card()
        inside = row(self.task, self.hear, space=Space.MEDIUM)
        inside.setStretch(0, 1)
        inside.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.MEDIUM)
        asked.setLayout(inside)
        head = row(self.back, self.title, self.save, self.look, space=Space.SNUG)
        head.setStretch(1, 1)
        left = column(asked, self.text, space=Space.SNUG)
        left.setStretch(1, 1)
        found = column(self._side)
        area = page_column(found)
        found.setContentsMargins(0, 0, Space.SMALL, 0)
        frame = card()
        frame.setFixedWidth(SIDE_PX)
        within = column(area)
        within.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        frame.setLayout(within)
        both = row(left, frame, space=Space.LARGE)
        both.setStretch(0, 1)
        whole = column(head, self.how, self.notice, both, space=Space.SNUG)
        whole.setStretch(3, 1)
        whole.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.LARGE)
        self.setLayout(centred(whole, COLUMN_PX))

    def _connect(self) -> None:
        self.look.clicked.connect(self._on_look)
        self.save.clicked.connect(self._on_save)
        self.back.clicked.connect(self._on_back)
        self.hear.clicked.connect(self._on_hear)
        self.text.textChanged.connect(self._on_typed)
        add = self.keys.add
        add("Ctrl+Return", self.tr("Look at it"), self._on_look, button=self.look)
        add("Ctrl+S", self.tr("Save as text"), self._on_save, button=self.save)
        add("Ctrl+H", self.tr("Hear it"), self._on_hear, button=self.hear)
        add("Escape", self.tr("Back"), self._on_back, button=self.back)

    def enter(self, scenario: Scenario, kind: str) -> None:
        """Begin an exercise; what was typed for another one goes."""
        if (scenario, kind) != (self._scenario, self._kind):
            self.text.clear()
        self._scenario, self._kind = scenario, kind
        guide = self._library.cards.exercise(kind)
        self.title.setText(told(guide.title) if guide is not None else told(scenario.title))
        self.how.setText(told(guide.text) if guide is not None else "")
        written = kind == WRITTEN
        self.task.setText(told(scenario.write) if written else f"“{told(scenario.small_talk)}”")
        self.hear.setVisible(not written)
        name = self.tr("Your reply") if written else self.tr("What you say back")
        self.text.setAccessibleName(name)
        self.text.setPlaceholderText(name)
        self.notice.hide()
        self._show_steps()
        self._on_typed()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Let go of what was written."""
        self._scenario = None
        self.text.clear()
        clear(self._side)

    def _show_steps(self) -> None:
        clear(self._side)
        guide = self._library.cards.exercise(self._kind)
        self._side.addWidget(label(self.tr("How to go about it"), "section", wrap=True))
        for at, step in enumerate(guide.steps if guide is not None else (), 1):
            self._side.addLayout(numbered(at, told(step)))
        self._side.addStretch(1)

    @property
    def turns(self) -> tuple[Turn, ...]:
        """Both sides: what the customer wrote or said, and the answer."""
        scenario = self._scenario
        if scenario is None:
            return ()
        asked = scenario.write if self._kind == WRITTEN else scenario.small_talk
        return (
            Turn(Speaking.CUSTOMER, asked),
            Turn(Speaking.STAFF, self.text.toPlainText().strip()),
        )

    def _on_look(self) -> None:
        if self._scenario is None or not self.look.isEnabled():
            return
        written = self._kind == WRITTEN
        found = self._library.find(self.turns, self._scenario, written=written)
        self.show_found([one for one in found if one.turn == 1])

    def show_found(self, found: Sequence[Evidence]) -> None:
        """Show what is there and what one might leave out; no marks for it."""
        clear(self._side)
        groups = (
            (self.tr("What is there"), "good", Polarity.DONE),
            (self.tr("Look at this again"), "notice", Polarity.WRONG),
        )
        for title, icon, polarity in groups:
            of_it = [one for one in found if one.polarity is polarity]
            if not of_it:
                continue
            self._side.addWidget(label(title, "section", wrap=True))
            for one in of_it:
                self._side.addWidget(self._line(one, icon))
            self._side.addSpacing(Space.SNUG)
        if not found:
            self._side.addWidget(label(self.tr("Nothing found"), "section", wrap=True))
        self._side.addWidget(
            label(self.tr("Not found is not the same as not there."), "quiet", wrap=True)
        )
        self._side.addStretch(1)

    def _line(self, one: Evidence, icon: str) -> QWidget:
        name = told(self._library.names.get(one.practice, one.practice))
        words = column(
            label(name, "strong", wrap=True), label(f"“{one.words}”", "text", wrap=True), space=0
        )
        practice = self._library.practice(one.practice)
        if one.polarity is Polarity.WRONG and practice is not None:  # what to do instead
            words.addWidget(label(told(practice.rule), "quiet", wrap=True))
        sign = picture_label(icon, "accent" if one.polarity is Polarity.DONE else "quiet")
        inside = row(sign, words, space=Space.SMALL)
        inside.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        inside.setStretch(1, 1)
        made = QWidget()
        made.setLayout(inside)
        made.setAccessibleName(f"{name}: {one.words}")
        return made

    def _on_typed(self) -> None:
        some = bool(self.text.toPlainText().strip())
        self.look.setEnabled(some)
        self.save.setEnabled(some)

    def _on_hear(self) -> None:
        make = self._services.voice
        if self._voice is None and make is not None:
            self._voice = make()
            self._voice.setParent(self)
        if self._voice is not None and self._scenario is not None:
            self._voice.say("small_talk", self._scenario.small_talk)

    def _on_save(self) -> None:
        if not self.save.isEnabled():
            return
        words = self.tr("Save as text"), "reply.txt", self.tr("Text (*.txt)")
        name, _ = ask_where(self, *words)
        if name:
            self.save_to(Path(name))

    def save_to(self, target: Path) -> None:
        """Write the answer into a file; nowhere else is it kept."""
        try:
            target.write_text(self.text.toPlainText() + "\n", "utf-8", newline="\n")
        except OSError as error:
            what = self.tr("{name} could not be written: {why}.")
            self.notice.tell(
                what.format(name=target.name, why=error.strerror),
                self.tr("Choose another folder. Your text is still here."),
            )
            return
        self.notice.confirm(self.tr("Saved as {name}.").format(name=target.name))

    def _on_back(self) -> None:
        if self._voice is not None:
            self._voice.stop()
        self.closed.emit()
