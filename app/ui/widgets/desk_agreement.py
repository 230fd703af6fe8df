"""Where the lanes fall together, once a review is done: moments and counts, and no score."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.coach.desk.agreement import between_people, tolerance_s, with_machine
from app.coach.desk.practice_agreement import practice_of_side, practices_with_machine
from app.ui.forms.wrap import WrapLayout
from app.ui.style import Space, TypeSize, tabular, text_px
from app.ui.texts import clock_text, told
from app.ui.widgets.controls import button, clear, label, line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.coach.desk.agreement import CueAgreement
    from app.coach.types import CueRule
    from app.ui.pages.desk_session import DeskSession

MOST_TIMES: Final = 12
"""More moments of one kind are counted, not listed."""


class AgreementView(QWidget):
    """A cue a paragraph: both, only you, only the machine. A press plays the moment."""

    play_wanted = Signal(float)

    def __init__(self, rules: Sequence[CueRule], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = {rule.id: told(rule.name) for rule in rules}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.HAIR)

    def clear(self) -> None:
        """Show nothing, of nobody."""
        clear(self._column)

    def show_session(self, session: DeskSession) -> None:
        """Compare anew."""
        clear(self._column)
        report = session.shown.report
        text = self.tr(
            "Marks count as the same moment when they are at most {n} seconds apart. "
            "Only what you marked or judged is compared. These are moments to talk about, "
            "not a score."
        )
        near_s = tolerance_s()
        self._add(label(text.format(n=f"{near_s:g}"), "quiet", wrap=True))
        found: tuple[CueAgreement, ...] = ()
        if report is not None:
            found = with_machine(report, session.marks, session.lane, near_s)
        practice = session.shown.practice
        if practice is not None:
            found += practices_with_machine(practice.evidence, session.marks, session.lane)
        for one in found:
            name = self._names.get(one.cue) or self._practice(one.cue, session)
            self._add(line())
            self._add(label(name[:1].upper() + name[1:], "strong", wrap=True))
            self._moments(self.tr("Both"), one.both)
            self._moments(self.tr("Only you"), one.only_person)
            self._moments(self.tr("Only the machine"), one.only_machine)
        if not found:
            hint = self.tr(
                "You have not marked any cue yet: the set “Seen and heard” has a key for each, "
                "and Y, C and X judge what the machine marked."
            )
            self._add(label(hint, "text", wrap=True))
        if session.owner:
            self._people(session)
        self._column.addStretch(1)

    def _practice(self, side: str, session: DeskSession) -> str:
        practice, turned = practice_of_side(side)
        name = told(session.practice_names.get(practice, practice))
        return self.tr("{what}, the other way round").format(what=name) if turned else name

    def _people(self, session: DeskSession) -> None:
        two = between_people(session.marks, tolerance_s())
        self._add(line())
        both = self.tr("You and {owner}").format(owner=session.owner)
        self._add(label(both, "strong", wrap=True))
        self._moments(self.tr("Both pointed here"), two.both)
        self._moments(self.tr("Only you"), two.only_trainer)
        self._moments(self.tr("Only {owner}").format(owner=session.owner), two.only_self)

    def _moments(self, name: str, times: Sequence[float]) -> None:
        """Write how many there are and when."""
        text = self.tr("{what}: {n}").format(what=name, n=len(times))
        made, high = WrapLayout(), 2 * text_px(TypeSize.TEXT)  # with times in it or not
        head = label(text, "quiet")
        head.setMinimumHeight(high)
        made.addWidget(head)
        for t in times[:MOST_TIMES]:
            press = button(clock_text(t), kind="link")
            press.setFixedHeight(high)
            tabular(press)
            press.setAccessibleName(self.tr("Go to {t}").format(t=clock_text(t)))
            press.clicked.connect(lambda _, at=t: self.play_wanted.emit(at))
            made.addWidget(press)
        self._column.addLayout(made)

    def _add(self, widget: QWidget) -> None:
        self._column.addWidget(widget)
