"""The cards of a review: what worked, the next step, the moments, both views."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from app.coach.words import format_time
from app.ui.keys import show_keys
from app.ui.style import Space, current_palette, tabular
from app.ui.widgets.controls import button, card, column, label, line, picture_label, row
from app.ui.widgets.finding_card import MomentPicture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.coach.review_words import SheetMoment, SheetView

DOT_PX: Final = 12
KEYED: Final = 9
"""The first moments have a number key each."""


class Dot(QWidget):
    """A marker's colour; its label stands beside it."""

    def __init__(self, colour: str) -> None:
        super().__init__()
        self._colour = colour
        self.setFixedSize(DOT_PX, DOT_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it: a lane's colour by its name follows the theme."""
        del event
        palette = current_palette()
        own = self._colour if self._colour.startswith("#") else palette.lane(self._colour)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(palette.edge))
        painter.setBrush(QColor(own))
        painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()


class StrengthCard(QFrame):
    """One thing that worked, in the trainer's words, with the way to where it was seen."""

    play_wanted = Signal(float)

    def __init__(self, text: str, t: float | None = None) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self.setAccessibleName(text)
        sign = picture_label("good", "accent")
        said = label(text, "lead", wrap=True)
        selectable(said)
        self.play = button(format_time(t or 0.0), kind="quiet", icon="play")
        self.play.setVisible(t is not None)
        self.play.setAccessibleName(self.tr("Play: {text}").format(text=text))
        self.play.setToolTip(self.tr("Play the moment at which it was seen"))
        self.play.clicked.connect(lambda: self.play_wanted.emit(t or 0.0))
        content = row(sign, said, self.play, space=Space.SNUG, margin=Space.MEDIUM)
        content.setStretch(1, 1)
        content.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        content.setAlignment(self.play, Qt.AlignmentFlag.AlignTop)
        self.setLayout(content)


class StepCard(QFrame):
    """The one next step, and the way to try it."""

    rehearse_wanted = Signal()

    def __init__(self, heading: str, step: str, practise: str, *, own: bool) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self.setAccessibleName(f"{heading}: {step}")
        self.rehearse = button(self.tr("Rehearse this"), kind="primary", icon="retry")
        self.rehearse.clicked.connect(self.rehearse_wanted)
        show_keys(self.rehearse, self.tr("Practise the same conversation with it"), "Ctrl+R")
        self.rehearse.setVisible(own)
        said = label(step, "lead-strong", wrap=True)
        selectable(said)
        more = label(practise, "quiet", wrap=True)
        more.setVisible(bool(practise) and own)
        sign = picture_label("focus", "accent")
        texts = column(said, more, Space.HAIR, row(self.rehearse, None), space=Space.HAIR)
        content = row(sign, texts, space=Space.SNUG, margin=Space.MEDIUM)
        content.setStretch(1, 1)
        content.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        self.setLayout(content)


class MomentCard(QFrame):
    """A moment with its picture, what was said about it, and the way into the recording."""

    play_wanted = Signal(float)
    hear_wanted = Signal(str)
    """Name of the spoken comment's file; again while it plays, to stop it."""

    def __init__(self, moment: SheetMoment, number: int, *, playable: bool, seen: bool) -> None:
        """Make a card.

        Parameters
        ----------
        moment
            What was said.
        number
            Of the moment, from 1.
        playable
            Whether there is a recording.
        seen
            Whether the recording has a picture.
        """
        super().__init__()
        self.moment = moment
        self.setProperty("surface", "card")
        spoken = ", ".join(part for part in (moment.when, moment.marker, moment.text) if part)
        self.setAccessibleName(spoken)
        self.picture = MomentPicture(number, "talk", "", moment.when.partition(" ")[0])
        self.picture.setVisible(seen)
        when = label(moment.when, "quiet")
        tabular(when)
        head = row(when, space=Space.SMALL)
        if moment.marker:
            head.addWidget(Dot(moment.colour))
            head.addWidget(label(moment.marker, "strong", wrap=True), 1)
        else:
            head.addStretch(1)
        said = label(moment.text, "lead", wrap=True)
        selectable(said)
        said.setVisible(bool(moment.text))
        own = label(moment.own, "quiet", wrap=True)
        own.setVisible(bool(moment.own))
        self._make_buttons(number, playable=playable)
        # One below the other: in longer languages they are wider than a narrow column.
        buttons = (row(self.play, None), row(self.hear, None))
        texts = column(head, said, own, Space.HAIR, *buttons, space=Space.HAIR)
        content = row(self.picture, texts, space=Space.SNUG, margin=Space.SNUG)
        content.setStretch(1, 1)
        content.setAlignment(self.picture, Qt.AlignmentFlag.AlignTop)
        self.setLayout(content)

    def _make_buttons(self, number: int, *, playable: bool) -> None:
        self.play = button(self.tr("Play"), icon="play")
        self.play.setVisible(playable)
        what = self.tr("Play this moment")
        if number <= KEYED:
            show_keys(self.play, what, str(number))
        else:
            self.play.setToolTip(what)
        self.play.setAccessibleName(self.tr("Play moment {n}").format(n=number))
        self.play.clicked.connect(lambda: self.play_wanted.emit(self.moment.start_s))
        self.hear = button(self.tr("Hear the comment"), icon="hears")
        self.hear.setVisible(bool(self.moment.sound))
        self.hear.setToolTip(self.tr("Hear what was said about this moment"))
        self.hear.setAccessibleName(self.tr("Hear the comment on moment {n}").format(n=number))
        self.hear.clicked.connect(lambda: self.hear_wanted.emit(self.moment.sound))

    def show_hearing(self, *, on: bool) -> None:
        """Say whether its spoken comment plays now."""
        self.hear.setText(self.tr("Stop") if on else self.tr("Hear the comment"))
        self.hear.set_icon("finish" if on else "hears")


class ViewsCard(QFrame):
    """Items of the checklist, with what both said about each."""

    def __init__(self, heading: str, views: Sequence[SheetView]) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self.setAccessibleName(heading)
        lines = QVBoxLayout()
        lines.setSpacing(Space.SMALL)
        lines.setContentsMargins(Space.MEDIUM, Space.MEDIUM, Space.MEDIUM, Space.MEDIUM)
        lines.addWidget(label(heading, "strong", wrap=True))
        for view in views:
            lines.addWidget(line())
            item = label(view.item, wrap=True)
            said = label(view.said, "quiet", wrap=True)
            lines.addLayout(column(item, said, space=2))
        self.setLayout(lines)


def sentences_card(heading: str, sentences: Sequence[str]) -> QFrame:
    """Make a card of plain sentences."""
    made = card()
    made.setAccessibleName(heading)
    lines = column(label(heading, "strong", wrap=True), space=Space.SMALL, margin=Space.MEDIUM)
    for sentence in sentences:
        lines.addWidget(line())
        lines.addWidget(label(sentence, wrap=True))
    made.setLayout(lines)
    return made


def selectable(said: QLabel) -> None:
    """Let a person copy the trainer's words; by mouse only, so that Tab is not slowed down."""
    said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
