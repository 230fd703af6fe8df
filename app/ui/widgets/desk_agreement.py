"""Where the lanes fall together, once a review is done: moments and counts, and no score."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.coach.desk.agreement import between_people, tolerance_s, with_machine
from app.coach.desk.practice_agreement import practice_of_side, practices_with_machine
from app.ui.forms.wrap import WrapLayout
from app.ui.style import Space, TypeSize, tabular, text_px
from app.ui.texts import clock_text, told
from app.ui.widgets.controls import button, clear, label, line, row
from app.ui.widgets.desk_shape import ShapeLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.coach.desk.agreement import CueAgreement
    from app.coach.types import CueRule
    from app.ui.pages.desk_session import DeskSession

MOST_TIMES: Final = 12
"""More moments of one kind are counted, not listed."""


class AgreementView(QWidget):
    """What both saw, and who saw what alone, a cue each. A press plays the moment."""

    play_wanted = Signal(float)

    def __init__(self, rules: Sequence[CueRule], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rules = {rule.id: rule for rule in rules}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.SMALL, Space.HAIR, Space.SMALL, Space.SMALL)
        self._column.setSpacing(Space.HAIR)

    def clear(self) -> None:
        """Show nothing, of nobody."""
        clear(self._column)

    def show_session(self, session: DeskSession) -> None:
        """Compare anew."""
        clear(self._column)
        near_s = tolerance_s()
        found = _with_machine(session, near_s)
        for one in found:
            self._of_cue(one, session)
        if not found:
            hint = self.tr(
                "Nothing to compare yet. Judge what the machine found, under “Seen and heard” with "
                "Y, C and X, or mark it yourself: the marker set of that name has a key for each."
            )
            self._column.addWidget(label(hint, "text", wrap=True))
            self._part()
        if session.owner:
            self._people(session, near_s)
        text = self.tr(
            "Marks count as the same moment when they are at most {n} seconds apart. "
            "Only what you marked or judged is compared. These are moments to talk about, "
            "not a score."
        )
        self._column.addWidget(label(text.format(n=f"{near_s:g}"), "quiet", wrap=True))
        self._column.addStretch(1)

    def _of_cue(self, one: CueAgreement, session: DeskSession) -> None:
        rule = self._rules.get(one.cue)
        name = told(rule.name) if rule is not None else self._practice(one.cue, session)
        sign = ("flag", "") if rule is None else (rule.icon, rule.lane)
        self._head(name[:1].upper() + name[1:], *sign)
        self._moments(
            (self.tr("Both"), one.both),
            (self.tr("Only you"), one.only_person),
            (self.tr("Only the machine"), one.only_machine),
        )
        self._part()

    def _practice(self, side: str, session: DeskSession) -> str:
        practice, turned = practice_of_side(side)
        name = told(session.practice_names.get(practice, practice))
        return self.tr("{what}, the other way round").format(what=name) if turned else name

    def _people(self, session: DeskSession, near_s: float) -> None:
        two = between_people(session.marks, near_s)
        self._head(self.tr("You and {owner}").format(owner=session.owner), "ph.users-three", "")
        self._moments(
            (self.tr("Both pointed here"), two.both),
            (self.tr("Only you"), two.only_trainer),
            (self.tr("Only {owner}").format(owner=session.owner), two.only_self),
        )
        self._part()

    def _head(self, name: str, sign: str, lane: str) -> None:
        head = row(ShapeLabel(sign, lane), label(name, "strong", wrap=True), space=Space.HAIR)
        head.setStretch(1, 1)
        self._column.addLayout(head)

    def _part(self) -> None:
        self._column.addSpacing(Space.HAIR)
        self._column.addWidget(line())
        self._column.addSpacing(Space.HAIR)

    def _moments(self, *groups: tuple[str, Sequence[float]]) -> None:
        """Write when, a line for each group that has any; nobody reads what there is none of."""
        grid = QGridLayout()
        grid.setContentsMargins(Space.LARGE, 0, 0, 0)
        grid.setHorizontalSpacing(Space.SNUG)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        widest = self.fontMetrics().horizontalAdvance
        # The times stand below each other, of whatever cue they are.
        grid.setColumnMinimumWidth(0, max(widest(name) for name, _ in groups))
        high = 2 * text_px(TypeSize.TEXT) + 2
        for at, (name, times) in enumerate((n, t) for n, t in groups if t):
            head = label(name, "quiet")
            head.setMinimumHeight(high)
            grid.addWidget(head, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._times(times, high), at, 1)
        if not grid.count():
            grid.addWidget(label(self.tr("No moment"), "quiet"), 0, 0)
        self._column.addLayout(grid)

    def _times(self, times: Sequence[float], high: int) -> QWidget:
        made = WrapLayout()
        for t in times[:MOST_TIMES]:
            press = button(clock_text(t), kind="link")
            press.setFixedHeight(high)
            tabular(press)
            press.setAccessibleName(self.tr("Go to {t}").format(t=clock_text(t)))
            press.clicked.connect(lambda _, at=t: self.play_wanted.emit(at))
            made.addWidget(press)
        if len(times) > MOST_TIMES:
            more = label(self.tr("and {n} more").format(n=len(times) - MOST_TIMES), "quiet")
            more.setMinimumHeight(high)
            made.addWidget(more)
        holder = QWidget()
        holder.setLayout(made)
        return holder


def _with_machine(session: DeskSession, near_s: float) -> tuple[CueAgreement, ...]:
    found: tuple[CueAgreement, ...] = ()
    report, practice = session.shown.report, session.shown.practice
    if report is not None:
        found = with_machine(report, session.marks, session.lane, near_s)
    if practice is not None:
        found += practices_with_machine(practice.evidence, session.marks, session.lane)
    return found
