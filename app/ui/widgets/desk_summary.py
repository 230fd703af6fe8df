"""The review in short: three strengths and one next step, each safe with every key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from app.coach.types import MarkKind
from app.ui.style import Space
from app.ui.texts import told
from app.ui.widgets.controls import bring_into_sight, button, column, label, row
from app.ui.widgets.desk_line import MOST, DeskField

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QKeyEvent

    from app.coach.types import CueRule
    from app.ui.pages.desk_session import DeskSession

STRENGTHS: Final = ("1", "2", "3")
STRENGTH: Final = "strength"
NEXT_STEP: Final = "next_step"


class Summary(QWidget):
    """Fields that hand on what is typed; what is said comes from the log."""

    typed = Signal(str, str)
    """Name of a field, and everything that stands in it."""
    finished = Signal(str)
    """Name of a field that is left or confirmed."""
    picked = Signal(str)
    """Name of a strength that takes the chosen comment's words."""
    left = Signal()
    """A hand is done with a field."""
    cue_chosen = Signal(str)
    """Id of the cue that the next step is about; empty for none."""

    def __init__(self, rules: Sequence[CueRule], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, DeskField] = {}
        lines = [self._strength(slot) for slot in STRENGTHS]
        self.step = self._field(NEXT_STEP, self.tr("One next step"))
        self.step.setPlaceholderText(self.tr("Say who does what by when"))
        self.cue = QComboBox()
        self.cue.setAccessibleName(self.tr("Hint to practise it with"))
        self.cue.setToolTip(self.tr("This hint is shown live when they rehearse it"))
        self.cue.addItem(self.tr("No hint"), "")
        for rule in rules:
            if rule.focus and rule.hint:
                name = told(rule.name)
                self.cue.addItem(name[:1].upper() + name[1:], rule.id)
        self.cue.activated.connect(lambda _: self.cue_chosen.emit(str(self.cue.currentData())))
        self.setLayout(
            column(
                label(self.tr("Three strengths"), "strong"),
                label(
                    self.tr("What worked, in words that could only be about this talk."),
                    "quiet",
                    wrap=True,
                ),
                *lines,
                Space.SMALL,
                label(self.tr("One next step"), "strong"),
                label(
                    self.tr("One thing to try next time, as they would do it."),
                    "quiet",
                    wrap=True,
                ),
                self.step,
                label(self.tr("Rehearse it with this hint"), "quiet"),
                self.cue,
                None,
                space=Space.HAIR,
            )
        )

    def take_focus(self) -> None:
        """Let a hand type at once: in the first field in which nothing stands."""
        empty = [field for field in self.fields.values() if not field.text()]
        field = (empty or [self.step])[0]
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        bring_into_sight(field)

    def _on_finished(self, name: str) -> None:
        """Go on to the next field; after the last one to the hint."""
        names = list(self.fields)
        at = names.index(name) + 1
        following = self.fields[names[at]] if at < len(names) else self.cue
        following.setFocus(Qt.FocusReason.TabFocusReason)
        bring_into_sight(following)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give the keys back after the hint: Enter and Escape mean that, and nothing else."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _strength(self, slot: str) -> QWidget:
        name = f"{STRENGTH}-{slot}"
        field = self._field(name, self.tr("Strength {n}").format(n=slot))
        pick = button("", kind="quiet", icon="ph.arrow-bend-down-left")
        pick.setAccessibleName(self.tr("Take the chosen comment as strength {n}").format(n=slot))
        pick.setToolTip(self.tr("Take the chosen comment"))
        pick.clicked.connect(lambda: self.picked.emit(name))
        made = QWidget()
        content = row(field, pick, space=Space.HAIR)
        content.setStretch(0, 1)
        made.setLayout(content)
        return made

    def _field(self, name: str, words: str) -> DeskField:
        made = DeskField()
        made.setMaxLength(MOST)
        made.setAccessibleName(words)
        made.textEdited.connect(lambda text: self.typed.emit(name, text))
        made.editingFinished.connect(lambda: self.finished.emit(name))
        made.finished.connect(lambda: self._on_finished(name))
        made.left.connect(self.left)
        self.fields[name] = made
        return made

    def clear(self) -> None:
        """Show nothing, of nobody."""
        for field in self.fields.values():
            field.clear()
        self.cue.setCurrentIndex(0)

    def show_session(self, session: DeskSession, drafts: dict[str, str]) -> None:
        """Show what was said, or the draft that was left; a field with a hand in it stays."""
        said = {
            key: mark.data
            for mark in session.marks
            if mark.kind is MarkKind.REVIEW
            and session.is_mine(mark)
            and (key := field_of(mark.data))
        }
        for name, field in self.fields.items():
            if not field.hasFocus():
                field.setText(drafts.get(name) or said.get(name, {}).get("text", ""))
                field.home(False)  # a long line is read from its beginning
        cue = said.get(NEXT_STEP, {}).get("cue", "")
        self.cue.setCurrentIndex(max(0, self.cue.findData(cue)))


def field_of(data: Mapping[str, str]) -> str:
    """Name the field that a part of a review stands in; empty for what has none."""
    part = data.get("part", "")
    if part == STRENGTH:
        return f"{STRENGTH}-{data.get('slot') or '1'}"
    return NEXT_STEP if part == NEXT_STEP else ""
