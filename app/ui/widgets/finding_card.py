"""One moment of the report: picture, sentence, numbers, advice, and a person's last word."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from app.coach.joins import Halves, joined_sentence, load_halves
from app.coach.words import (
    finding_sentence,
    measured_detail,
    measured_sentence,
    times_sentence,
)
from app.ui.icons import pixmap
from app.ui.style import Corner, Space, Weight, current_palette, tabular
from app.ui.texts import clock_text, told
from app.ui.widgets.controls import button, column, label, row

if TYPE_CHECKING:
    from app.coach.joins import Joined
    from app.coach.report_types import Finding
    from app.coach.types import CueRule

THUMB: Final = QSize(112, 84)
BADGE_PX: Final = Space.LARGE


class MomentPicture(QWidget):
    """The moment's number and time on its picture; without a recording, on the cue's icon."""

    def __init__(self, number: int, icon_name: str, lane: str, time: str) -> None:
        super().__init__()
        self.time = label(time, "stamp")
        tabular(self.time)
        self.time.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.time.setParent(self)
        self._number = number
        self._icon = icon_name
        self._lane = lane
        self._image: QImage | None = None
        self.setFixedSize(THUMB)
        self._place_time()

    def _place_time(self) -> None:
        self.time.adjustSize()
        self.time.move(
            self.width() - self.time.width() - Space.HAIR,
            self.height() - self.time.height() - Space.HAIR,
        )

    def changeEvent(self, event: QEvent) -> None:
        """Keep the time in its corner, in whatever font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._place_time()

    def show_image(self, image: QImage) -> None:
        """Take the picture of the moment."""
        wide = image.scaled(
            THUMB * 2,
            Qt.AspectRatioMode.KeepAspectRatioByExpanding,
            Qt.TransformationMode.SmoothTransformation,
        )
        # Faces stand in the upper half: cut more away below than above.
        top = (wide.height() - 2 * THUMB.height()) // 4
        left = (wide.width() - 2 * THUMB.width()) // 2
        self._image = wide.copy(QRect(left, top, 2 * THUMB.width(), 2 * THUMB.height()))
        self.update()

    @property
    def has_image(self) -> bool:
        """Whether the picture has come."""
        return self._image is not None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture or the icon, and the number."""
        del event
        palette = current_palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), Corner.CONTROL, Corner.CONTROL)
        painter.setClipPath(outline)
        painter.fillRect(self.rect(), QColor(palette.sunken))
        if self._image is not None:
            painter.drawImage(QRectF(self.rect()), self._image)
        else:
            side = Space.WIDE
            drawn = pixmap(self._icon, palette.lane(self._lane), side, self.devicePixelRatioF())
            painter.drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, drawn)
        self._paint_number(painter)
        painter.end()

    def _paint_number(self, painter: QPainter) -> None:
        palette = current_palette()
        spot = QRectF(Space.HAIR, Space.HAIR, BADGE_PX - 2, BADGE_PX - 2)
        painter.setPen(QColor(palette.card))
        painter.setBrush(QColor(palette.text))
        painter.drawEllipse(spot)
        font = QFont(self.font())
        font.setWeight(QFont.Weight(Weight.STRONG))
        painter.setFont(font)
        painter.drawText(spot, int(Qt.AlignmentFlag.AlignCenter), str(self._number))


class FindingCard(QFrame):
    """A finding with "Play" and "Disagree"; a person's word outranks the measurement."""

    play_requested = Signal(float)
    verdict_given = Signal(str, bool)
    """Id of the finding, and whether the person disagrees."""
    redo_wanted = Signal(str)
    """Id of the finding whose moment is to be said again."""

    def __init__(
        self,
        finding: Finding,
        rule: CueRule,
        number: int,
        *,
        playable: bool,
        joined_with: tuple[str, str] | None = None,
        redo: bool = False,
    ) -> None:
        """Make a card.

        Parameters
        ----------
        finding, rule
            What was measured, and the words for it.
        number
            Of the moment, from 1.
        playable
            Whether there is a recording.
        joined_with
            Of words and a cue together: the sentence, and the words that were said.
        redo
            Whether the moment can be said again.
        """
        super().__init__()
        self.finding = finding
        self.setProperty("surface", "card")
        rule = told_rule(rule)
        sentence = joined(joined_with[0] if joined_with else finding_sentence(finding, rule))
        moment = self.tr("Moment {n}").format(n=number)
        self.setAccessibleName(f"{moment}: {sentence}")
        time = clock_text(finding.start_s)
        self.picture = MomentPicture(number, rule.icon, rule.lane, time)
        self.sentence = label(sentence, "strong", wrap=True)
        more = joined_with[1] if joined_with else joined(times_sentence(finding, told))
        times = label(more, "quiet", wrap=True)
        times.setVisible(bool(times.text()))
        self.advice = label(rule.advice, "text", wrap=True)
        self.measured = label(joined(measured_sentence(finding, rule, told)), "quiet", wrap=True)
        detail = measured_detail(finding, rule, told)
        self.measured.setToolTip(detail)
        self.measured.setAccessibleDescription(detail)
        self.set_aside = label("", "quiet", wrap=True)
        texts = column(
            self.sentence, times, self.advice, self.measured, self.set_aside, None, space=2
        )
        head = row(self.picture, texts, space=Space.SNUG)
        head.setStretch(1, 1)
        head.setAlignment(self.picture, Qt.AlignmentFlag.AlignTop)
        self._make_buttons(number, playable=playable)
        self.redo_button.setVisible(redo)
        buttons = row(self.play_button, self.redo_button, self.disagree_button, None)
        content = column(head, buttons, space=Space.HAIR)
        content.setContentsMargins(Space.SNUG, Space.SNUG, Space.SNUG, Space.SMALL)
        self.setLayout(content)
        self.set_disagreed(on=False)

    def _make_buttons(self, number: int, *, playable: bool) -> None:
        self._number = number
        name = self.tr("Play") if playable else self.tr("Show")
        self.play_button = button(name, icon="play" if playable else "search")
        self.play_button.setToolTip(
            self.tr("{what} this moment  ({n})").format(what=name, n=number)
        )
        self.play_button.setAccessibleName(self.tr("{what} moment {n}").format(what=name, n=number))
        self.play_button.clicked.connect(lambda: self.play_requested.emit(self.finding.start_s))
        self.redo_button = button(self.tr("Say it again"), icon="retry")
        self.redo_button.setToolTip(self.tr("Hear what came before, and say it once more"))
        self.redo_button.setAccessibleName(self.tr("Say moment {n} again").format(n=number))
        self.redo_button.clicked.connect(lambda: self.redo_wanted.emit(self.finding.id))
        self.disagree_button = button(self.tr("Disagree"), kind="quiet", icon="disagree")
        self.disagree_button.setCheckable(True)
        self.disagree_button.setAccessibleName(self.tr("Disagree with moment {n}").format(n=number))
        self.disagree_button.clicked.connect(self._judged)

    @property
    def disagreed(self) -> bool:
        """Whether the person disagrees."""
        return self.disagree_button.isChecked()

    def set_disagreed(self, *, on: bool, by_other: bool = False) -> None:
        """Show the person's word, or a trainer's where they have none; says nothing."""
        self.disagree_button.setChecked(on)
        self.set_aside.setText(
            self.tr("Your trainer disagrees. Your own word would stand above it.")
            if by_other
            else self.tr("You disagree. Your word stands above the measurement.")
        )
        self.set_aside.setVisible(on)
        self.advice.setVisible(not on)
        self.measured.setVisible(not on)
        font = self.sentence.font()
        font.setStrikeOut(on)
        self.sentence.setFont(font)
        tip = self.tr("Say that this is not so; it is kept, and can be taken back")
        self.disagree_button.setToolTip(self.tr("Take it back") if on else tip)
        self.disagree_button.set_icon("ph.thumbs-down-fill" if on else "disagree")

    def _judged(self) -> None:
        self.set_disagreed(on=self.disagreed)
        self.verdict_given.emit(self.finding.id, self.disagreed)


def joined(text: str) -> str:
    """Keep numbers and their units on one line."""
    return re.sub(r"(?<=\d) (?=(?:s|min|dB|%)\b|%)", "\u00a0", text)


def told_rule(rule: CueRule) -> CueRule:
    """Translate a rule's words, so that sentences made of them are translated too."""
    return replace(
        rule,
        name=told(rule.name),
        unit=told(rule.unit),
        sentence=told(rule.sentence),
        advice=told(rule.advice),
    )


def told_joined(one: Joined) -> tuple[str, str]:
    """Say a moment of words and a cue together, translated, and quote the words."""
    halves = load_halves()
    here = Halves(
        {key: told(text) for key, text in halves.said.items()},
        {key: told(text) for key, text in halves.with_cue.items()},
    )
    return joined_sentence(one, here, told), f"“{one.words}”"


def moments_heading(count: int) -> str:
    """Say how many moments there are, as one says it."""
    tr = QCoreApplication.translate
    words = {
        1: tr("FindingCard", "One moment to look at"),
        2: tr("FindingCard", "Two moments to look at"),
        3: tr("FindingCard", "Three moments to look at"),
    }
    return words.get(count, tr("FindingCard", "Moments"))


def nothing_found(*, measured: bool) -> QLabel:
    """Say honestly that there is no finding: because all was well, or because nothing was seen."""
    tr = QCoreApplication.translate
    text = (
        tr("FindingCard", "Nothing stood out in what was measured.")
        if measured
        else tr("FindingCard", "Nothing was measured in this session, so there is nothing to say.")
    )
    return label(text, "lead", wrap=True)
