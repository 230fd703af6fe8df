"""One take of a moment: its picture, its words, and how it was against one's own usual."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QRectF, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.coach.words import format_duration, format_value, missing_text
from app.ui.style import Space, current_palette
from app.ui.texts import told
from app.ui.widgets.controls import button, column, label, picture_label, row
from app.ui.widgets.evidence import quoted
from app.ui.widgets.player_stage import PlayerStage
from vision.types import Reason

if TYPE_CHECKING:
    from pathlib import Path

    from app.coach.take_facts import TakeFacts
    from app.coach.types import CueRule

CONTEXT: Final = "Redo"
STAGE_PX: Final = 208
"""Height of a take's picture: two of them and their values fit into 800 pixels of height."""
BAR_PX: Final = 6


@dataclass(frozen=True, slots=True)
class Played:
    """A take that can be played."""

    facts: TakeFacts
    """Words and measures."""
    source: Path | bytes | None
    """Where its sound or its film is: a file, or in memory; None where there is none."""
    start_s: float = 0.0
    """Where it begins in that file, seconds."""
    end_s: float | None = None
    """Where it ends, seconds; None for the end of the file."""
    film: bool = False
    """Whether it has a picture."""
    still_s: float = 0.0
    """Moment whose picture stands for it before it is played, seconds in that file."""


class ShareBar(QWidget):
    """For how much of the time a cue was seen, as a bar in the colour of its lane."""

    def __init__(self, share: float, lane: str) -> None:
        super().__init__()
        self.share = min(1.0, max(0.0, share))
        self._lane = lane
        self.setFixedHeight(BAR_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the whole, and the share on it."""
        del event
        palette = current_palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        painter.setPen(QColor(palette.line))
        painter.setBrush(QColor(palette.sunken))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), BAR_PX / 2, BAR_PX / 2)
        if self.share > 0:
            box.setWidth(max(float(BAR_PX), box.width() * self.share))
            painter.setPen(QColor(palette.lane(self._lane)))
            painter.setBrush(QColor(palette.lane(self._lane)))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), BAR_PX / 2, BAR_PX / 2)
        painter.end()


class TakeCard(QFrame):
    """A take with "Play"; of a moment that the eyes found also its picture and its cue."""

    play_wanted = Signal(object)

    def __init__(self, title: str, played: Played, rule: CueRule | None = None) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self.setAccessibleName(title)
        self.played = played
        self.play = button(self.tr("Play"), icon="play")
        self.play.setAccessibleName(self.tr("Play: {title}").format(title=title))
        self.play.setEnabled(played.source is not None)
        self.play.clicked.connect(lambda: self.play_wanted.emit(played))
        self.stage = self._make_stage(rule) if rule is not None else None
        self._still: QImage | None = None
        self._plays = False
        facts = played.facts
        self.cue = cue_text(facts, rule) if rule is not None else ""
        self.values = values_of(facts)
        words = quoted(facts.words) if facts.words else self.tr("No words were recognised.")
        content = column(label(title, "section", wrap=True), space=Space.SNUG)
        if self.stage is not None:
            content.addWidget(self.stage)
        if rule is not None:
            content.addLayout(self._cue_lines(rule))
        content.addWidget(label(words, "lead", wrap=True))
        content.addLayout(self._value_lines())
        content.addLayout(row(self.play, None))
        content.setContentsMargins(Space.MEDIUM, Space.MEDIUM, Space.MEDIUM, Space.MEDIUM)
        self.setLayout(content)

    def _make_stage(self, rule: CueRule) -> PlayerStage:
        stage = PlayerStage()
        stage.setFixedHeight(STAGE_PX)
        if self.played.film:
            stage.pressed.connect(self.play.click)
        elif self.played.facts.cue_missing == Reason.SENSOR_GONE:
            stage.show_sentence(self.tr("There was no picture."), rule.icon)
        else:
            stage.show_sentence(self.tr("No picture of it is kept."), rule.icon)
        return stage

    def _cue_lines(self, rule: CueRule) -> QVBoxLayout:
        facts = self.played.facts
        line = row(
            picture_label(rule.icon, "text", 20),
            label(self.cue, "lead-strong", wrap=True),
            space=Space.SMALL,
        )
        line.setStretch(1, 1)
        lines = column(line, space=Space.SMALL)
        if facts.cue_s is not None and facts.cue_of_s:
            lines.addWidget(ShareBar(facts.cue_s / facts.cue_of_s, rule.lane))
        return lines

    def _value_lines(self) -> QVBoxLayout:
        lines = column(space=Space.HAIR)
        for sign, text in self.values:
            line = row(picture_label(sign, "quiet", 16), label(text, wrap=True), space=Space.SMALL)
            line.setStretch(1, 1)
            lines.addLayout(line)
        return lines

    def show_still(self, still: str | None) -> None:
        """Take the picture that stands for it, a data URI; None where there is none."""
        if self.stage is None:
            return
        image = QImage.fromData(base64.b64decode(still.partition(",")[2])) if still else QImage()
        if image.isNull():
            self.stage.show_sentence(self.tr("The picture cannot be shown."), "camera")
            return
        self._still = image
        if not self._plays:
            self.rest()

    def begin(self) -> None:
        """Make room for the frames that come: it is being played."""
        self._plays = True
        if self.stage is not None:
            self.stage.invite(on=False)

    def rest(self) -> None:
        """Stand still again: nothing of it plays any more."""
        self._plays = False
        if self.stage is None:
            return
        self.stage.close_pictures()
        if self._still is not None:
            self.stage.show_picture(self._still, (self._still.width(), self._still.height()))
            self.stage.invite(on=True)


def cue_text(facts: TakeFacts, rule: CueRule) -> str:
    """Say for how long the cue was seen, of how long; or that it was not measured, and why."""
    tr = QCoreApplication.translate
    name = told(rule.name)
    name = name[:1].upper() + name[1:]
    if facts.cue_s is not None and facts.cue_of_s is not None:
        seen, whole = format_duration(facts.cue_s), format_duration(facts.cue_of_s)
        return tr(CONTEXT, "{cue}: {seconds} of {whole}").format(
            cue=name, seconds=seen, whole=whole
        )
    if not facts.cue_missing:
        return tr(CONTEXT, "{cue}: not measured").format(cue=name)
    why = told(missing_text(facts.cue_missing, rule, rule.sense))
    return tr(CONTEXT, "{cue}: not measured ({why})").format(cue=name, why=why)


def values_of(facts: TakeFacts) -> list[tuple[str, str]]:
    """Say what was measured, each as (icon, words): against one's own usual, or not measured."""
    tr = QCoreApplication.translate
    pace = tr(CONTEXT, "Pace not measured: too short, or your own normal is not known")
    if facts.pace_part is not None:
        percent = round(abs(facts.pace_part) * 100)
        faster = tr(CONTEXT, "{percent} % faster than you usually speak")
        slower = tr(CONTEXT, "{percent} % slower than you usually speak")
        usual = tr(CONTEXT, "As fast as you usually speak")
        text = faster if facts.pace_part > 0 else slower
        pace = text.format(percent=percent) if percent else usual
    loud = tr(CONTEXT, "Loudness not measured: your own normal is not known")
    if facts.level_db is not None:
        louder = tr(CONTEXT, "{value} dB louder than your usual level")
        softer = tr(CONTEXT, "{value} dB softer than your usual level")
        text = louder if facts.level_db > 0 else softer
        loud = text.format(value=format_value(abs(facts.level_db)))
    pitch = tr(CONTEXT, "Pitch not measured: your own normal is not known")
    if facts.pitch_st is not None:
        higher = tr(CONTEXT, "{value} semitones above your middle pitch")
        lower = tr(CONTEXT, "{value} semitones below your middle pitch")
        text = higher if facts.pitch_st > 0 else lower
        pitch = text.format(value=format_value(abs(facts.pitch_st)))
    length = tr(CONTEXT, "{length} long").format(length=format_duration(facts.lasted_s))
    return [("clock", length), ("pace", pace), ("loudness", loud), ("pitch", pitch)]
