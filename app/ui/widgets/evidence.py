"""Words that speak for or against something, with the moment: a press plays them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.coach.practice_types import Polarity
from app.coach.types import Lane
from app.ui.style import Space, tabular
from app.ui.texts import clock_text
from app.ui.widgets.cards import CardButton
from app.ui.widgets.controls import button, label, picture_label, row

if TYPE_CHECKING:
    from app.coach.practice_verdicts import JudgedEvidence

CONTEXT: Final = "Evidence"


class Quote(CardButton):
    """What was said, and when; a press asks to hear it."""

    def __init__(self, words: str, start_s: float | None, *, against: bool = False) -> None:
        super().__init__(flat=True)
        text = quoted(words)
        if against:
            told = QCoreApplication.translate(CONTEXT, "Against it: {words}")
            text = told.format(words=text)
        sign = "notice" if against else "play"
        time = clock_text(start_s) if start_s is not None else ""
        said = label(text, "quiet", wrap=True)
        said.setMinimumWidth(80)
        when = label(time, "quiet")
        tabular(when)
        picture = picture_label(sign, "quiet", 14)
        content = row(picture, said, when, space=Space.SMALL)
        content.setStretch(1, 1)
        for one in (picture, said, when):
            content.setAlignment(one, Qt.AlignmentFlag.AlignTop)
        content.setContentsMargins(Space.SMALL, Space.HAIR, Space.SMALL, Space.HAIR)
        self.fill(content)
        named = QCoreApplication.translate(CONTEXT, "Play {time}: {words}")
        self.setAccessibleName(named.format(time=time, words=text) if time else text)
        self.setEnabled(start_s is not None)
        self.setToolTip(QCoreApplication.translate(CONTEXT, "Hear it") if time else "")


class EvidenceList(QFrame):
    """The evidence of one item; what is not so can be said to be not so."""

    play_wanted = Signal(float)
    refused = Signal(str, bool)
    """Id of the evidence, and whether the person disagrees with it."""

    def __init__(self, evidence: tuple[JudgedEvidence, ...], disagreed: frozenset[str]) -> None:
        super().__init__()
        self.quotes: list[Quote] = []
        self.refusals: dict[str, QWidget] = {}
        lines = QVBoxLayout(self)
        lines.setContentsMargins(Space.LARGE + Space.HAIR, 0, 0, Space.HAIR)
        lines.setSpacing(0)
        for one in evidence:
            lines.addLayout(self._line(one, on=one.id in disagreed))

    def _line(self, heard: JudgedEvidence, *, on: bool) -> QVBoxLayout:
        one = heard.holds or heard.found
        quote = Quote(one.words, one.start_s, against=one.polarity is Polarity.WRONG)
        quote.clicked.connect(lambda: self.play_wanted.emit(one.start_s or 0.0))
        self.quotes.append(quote)
        refuse = button("", kind="quiet", icon="ph.thumbs-down-fill" if on else "disagree")
        name = self.tr("Take it back") if on else self.tr("Not so: {words}")
        refuse.setAccessibleName(name.format(words=one.words))
        refuse.setToolTip(
            self.tr("Take it back") if on else self.tr("Say that this is not so; your word counts")
        )
        refuse.setCheckable(True)
        refuse.setChecked(on)
        refuse.clicked.connect(lambda wanted: self.refused.emit(heard.id, bool(wanted)))
        self.refusals[heard.id] = refuse
        line = row(quote, refuse, space=0)
        line.setStretch(0, 1)
        line.setAlignment(refuse, Qt.AlignmentFlag.AlignTop)
        line.setContentsMargins(0, 0, 0, 0)
        holder = QVBoxLayout()
        holder.setSpacing(0)
        holder.addLayout(line)
        if on or heard.moved:
            told = label(self._told(heard, on=on), "quiet", wrap=True)
            told.setContentsMargins(Space.LARGE, 0, 0, 0)
            holder.addWidget(told)
        return holder

    def _told(self, heard: JudgedEvidence, *, on: bool) -> str:
        """Say whose word it is that it was not so, or was something else."""
        if heard.said is None or heard.said.lane is Lane.SELF:
            return self.tr("You say that this is not so.") if on else self.tr("You put this right.")
        if on:
            return self.tr("Your trainer says that this is not so; your own word would count.")
        return self.tr("Your trainer put this right; your own word would count.")


def quoted(words: str) -> str:
    """Put words in quotation marks."""
    return f"“{words.strip()}”" if words.strip() else "…"
