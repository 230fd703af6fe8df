"""What the machine saw and heard, by time, and what people say of it: confirm, correct, reject."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from app.coach.practice_types import Polarity
from app.coach.practice_verdicts import PRACTICE, evidence_id
from app.coach.review import episode_of
from app.coach.verdicts import AGREE, CORRECT, DISAGREE, verdict_marks
from app.ui.icons import icon
from app.ui.keys import show_keys
from app.ui.style import Space, current_palette, tabular
from app.ui.texts import clock_text, told
from app.ui.widgets.controls import button, column, label, row
from app.ui.widgets.desk_fit import fit_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from app.coach.types import CueRule, Mark
    from app.ui.pages.desk_session import DeskSession
    from app.ui.widgets.controls import Button

ICON_PX: Final = 16
MOST_LOST: Final = 3
"""So many words on what is not there any more are written out; the tooltip has them all."""
KEY: Final = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class MachineMark:
    """An episode of a cue, or a practice found in the words."""

    id: str
    """As verdicts name it."""
    name: str
    """Plain words, translated."""
    start_s: float
    """Seconds."""
    end_s: float
    """Seconds."""
    cue: str
    """Id of its rule; empty for a practice."""
    icon: str
    """Icon name."""
    lane: str
    """Colour token."""
    practice: str = ""
    """P01 to P32; empty for an episode of a cue."""
    quote: str = ""
    """The words that carry a practice; empty for an episode of a cue."""


def machine_marks(session: DeskSession, rules: Sequence[CueRule]) -> list[MachineMark]:
    """Gather all that the machine marked in a session, by time."""
    by_id = {rule.id: rule for rule in rules}
    report, practice = session.shown.report, session.shown.practice
    found = []
    for event in report.events if report is not None else ():
        rule = by_id.get(event.cue)
        if rule is not None:
            name = told(rule.name)
            name = name[:1].upper() + name[1:]
            key = event.id
            found.append(
                MachineMark(key, name, event.start_s, event.end_s, event.cue, rule.icon, rule.lane)
            )
    for one in practice.evidence if practice is not None else ():
        if one.start_s is None:
            continue
        name = told(session.practice_names.get(one.practice, one.practice))
        sign = "ph.flag" if one.polarity is Polarity.DONE else "ph.flag-banner"
        end_s = one.end_s if one.end_s is not None else one.start_s
        key, quote = evidence_id(one), f"“{one.words}”"
        made = MachineMark(key, name, one.start_s, end_s, "", sign, "", one.practice, quote)
        found.append(made)
    return sorted(found, key=lambda mark: mark.start_s)


class MachineList(QWidget):
    """One line a mark; three buttons speak of the chosen one."""

    chosen = Signal(str)
    """Id of the mark that the keys speak of."""
    play_wanted = Signal(float)
    judged = Signal(str, str)
    """Id of a mark and "agree", "disagree" or "correct"."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.marks: dict[str, MachineMark] = {}
        self._items: dict[str, QListWidgetItem] = {}
        self._differing: frozenset[str] = frozenset()
        self._owner = ""
        self._names: dict[str, str] = {}
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("What the machine saw and heard"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setUniformItemSizes(True)
        tabular(self.list)
        self.list.setIconSize(QSize(ICON_PX, ICON_PX))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.list.currentItemChanged.connect(self._on_current)
        self.list.itemDoubleClicked.connect(self._on_play)
        self.list.itemClicked.connect(self._on_play)
        self.confirm = self._press(self.tr("Confirm"), "agree", "Y", AGREE)
        self.correct = self._press(self.tr("Correct"), "ph.pencil-simple", "C", CORRECT)
        self.reject = self._press(self.tr("Reject"), "disagree", "X", DISAGREE)
        self.empty = label(
            self.tr("Nothing was marked by the machine in this session."), "quiet", wrap=True
        )
        self.told = label("", "quiet", wrap=True)
        self.adrift = label("", "quiet", wrap=True)
        foot = row(self.confirm, self.correct, self.reject, None)
        content = column(self.empty, self.list, self.adrift, self.told, foot)
        content.setStretch(1, 1)
        self.setLayout(content)
        self._enable()

    def _press(self, name: str, sign: str, keys: str, verdict: str) -> Button:
        made = button(name, icon=sign)
        show_keys(made, name, keys)
        made.clicked.connect(lambda: self.judge(verdict))
        return made

    @property
    def current(self) -> MachineMark | None:
        """The mark that the keys speak of."""
        item = self.list.currentItem()
        return self.marks.get(item.data(KEY)) if item is not None else None

    def judge(self, verdict: str) -> None:
        """Say something of the chosen mark."""
        here = self.current
        if here is not None:
            self.judged.emit(here.id, verdict)

    def clear(self) -> None:
        """Show nothing, of nobody."""
        self.list.clear()
        self.marks = {}
        self._items = {}
        self.told.hide()
        self.adrift.hide()

    def show_session(self, session: DeskSession, rules: Sequence[CueRule]) -> None:
        """List what the machine marked; the chosen one stays."""
        kept = self.current.id if self.current is not None else ""
        marks = machine_marks(session, rules)
        self.list.blockSignals(True)
        self.list.clear()
        self.marks = {mark.id: mark for mark in marks}
        self._names = {rule.id: told(rule.name) for rule in rules}
        self._items = {}
        palette = current_palette()
        signs = {(mark.icon, mark.lane) for mark in marks}
        icons = {(sign, lane): icon(sign, palette.lane(lane)) for sign, lane in signs}
        for mark in marks:
            item = QListWidgetItem(icons[mark.icon, mark.lane], "")
            item.setData(KEY, mark.id)
            self._items[mark.id] = item
        self._write(session)  # before the list has them: it looks at each change of a line
        for item in self._items.values():
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.empty.setVisible(not marks)
        self.list.setVisible(bool(marks))
        self._tell(session)
        self.show_chosen(kept)

    def show_verdicts(self, session: DeskSession) -> None:
        """Write what people say beside each mark."""
        self._write(session)
        self._tell(session)

    def _tell(self, session: DeskSession) -> None:
        self._differing = session.differing()
        self._owner = session.owner
        self._tell_adrift(session)
        self._enable()

    def _tell_adrift(self, session: DeskSession) -> None:
        """Tell what was said of moments that are not in the list any more."""
        lost = [self._about_lost(mark, session) for mark in session.shown.adrift]
        self.adrift.setVisible(bool(lost))
        self.adrift.setToolTip("\n".join(lost))
        if len(lost) > MOST_LOST:
            rest = self.tr("{n} more").format(n=len(lost) - MOST_LOST)
            lost = [*lost[:MOST_LOST], rest]
        told_ = self.tr("Not found any more; what was said is kept: {what}")
        self.adrift.setText(told_.format(what="; ".join(lost)))

    def _about_lost(self, mark: Mark, session: DeskSession) -> str:
        key, start_s = episode_of(mark.data.get("finding", ""))
        name = self._names.get(key) or told(session.practice_names.get(key.partition("-")[0], key))
        moment = clock_text(mark.t if start_s is None else start_s)
        return f"{moment} {name}, {self.say(mark, session)}"

    def _write(self, session: DeskSession) -> None:
        said = verdict_marks(session.marks)
        for key, item in self._items.items():
            mark = self.marks[key]
            text = f"{clock_text(mark.start_s)}  {mark.name}"
            words = [self.say(one, session) for one in said.get(key, ())]
            # The quote comes last: it is long, and what people say must not be cut off.
            written = " · ".join([text, *words, *([mark.quote] if mark.quote else [])])
            if item.text() != written:
                item.setText(written)
                item.setToolTip(written)

    def say(self, verdict: Mark, session: DeskSession) -> str:
        """Say a verdict in words, with its author's name where that is somebody else."""
        words = {
            AGREE: self.tr("confirmed"),
            DISAGREE: self.tr("rejected"),
            CORRECT: self._corrected(verdict, session),
        }.get(verdict.data.get("verdict", ""), "")
        if session.is_mine(verdict):
            return words
        return self.tr("{what} by {who}").format(what=words, who=session.name_of(verdict))

    def _corrected(self, verdict: Mark, session: DeskSession) -> str:
        """Say that it was put right, and what it was instead where it was something else."""
        mark = self.marks.get(verdict.data.get("finding", ""))
        key = verdict.data.get(PRACTICE) or verdict.data.get("cue", "")
        if mark is None or key in {"", mark.cue, mark.practice}:
            return self.tr("corrected")
        name = told(session.practice_names.get(key, "")) or self._names.get(key, key)
        return self.tr("corrected: {what}").format(what=name[:1].upper() + name[1:])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write words on the buttons where there is room."""
        super().resizeEvent(event)
        fit_words((self.confirm, self.correct, self.reject), self.width(), Space.SMALL)

    def show_chosen(self, key: str) -> None:
        """Choose a mark without saying so."""
        item = self._items.get(key)
        self.list.blockSignals(True)
        self.list.setCurrentItem(item)  # type: ignore[arg-type]
        self.list.blockSignals(False)
        if item is not None:
            self.list.scrollToItem(item)
        self._enable()

    def step(self, by: int) -> None:
        """Choose the mark before or after."""
        at = self.list.currentRow() + by
        if 0 <= at < self.list.count():
            self.list.setCurrentRow(at)

    def _on_current(self, item: QListWidgetItem | None) -> None:
        self._enable()
        if item is not None:
            self.chosen.emit(item.data(KEY))

    def _on_play(self, item: QListWidgetItem) -> None:
        mark = self.marks.get(item.data(KEY))
        if mark is not None:
            self.play_wanted.emit(mark.start_s)

    def _enable(self) -> None:
        here = self.current
        for press in (self.confirm, self.correct, self.reject):
            press.setEnabled(here is not None)
        differs = here is not None and here.id in self._differing
        self.told.setVisible(differs)
        if differs:
            own = self.tr("You two differ. In your report your own word holds.")
            theirs = self.tr("You two differ. In {owner}'s report {owner}'s word holds.")
            self.told.setText(theirs.format(owner=self._owner) if self._owner else own)
