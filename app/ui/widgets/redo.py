"""Redo this moment: hear what came before it, say it again, lay both takes side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.coach.words import format_duration, format_value
from app.ui.keys import show_keys
from app.ui.style import Space
from app.ui.widgets.controls import button, card, clear, column, label, picture_label, row
from app.ui.widgets.evidence import quoted

if TYPE_CHECKING:
    from pathlib import Path

    from app.coach.take_facts import TakeFacts

CONTEXT = "Redo"


@dataclass(frozen=True, slots=True)
class Played:
    """A take that can be heard."""

    facts: TakeFacts
    """Words and measures."""
    source: Path | bytes | None
    """Where its sound is: a file, or in memory; None where there is none."""
    start_s: float = 0.0
    """Where it begins in that file, seconds."""
    end_s: float | None = None
    """Where it ends, seconds; None for the end of the file."""


@dataclass(frozen=True, slots=True)
class RedoMoment:
    """What is said again."""

    title: str
    """The sentence of the finding."""
    before: str
    """What was said before: the customer's line, or one's own words."""
    by_customer: bool
    """Whether the customer said it."""
    first: Played
    """The take of the session."""
    lead_s: float
    """Where what came before begins, seconds on the session clock."""


class TakeCard(QFrame):
    """One take: its words, and how it was against one's own usual."""

    play_wanted = Signal(object)

    def __init__(self, title: str, played: Played) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self.setAccessibleName(title)
        facts = played.facts
        self.play = button(self.tr("Play"), icon="play")
        self.play.setAccessibleName(self.tr("Play: {title}").format(title=title))
        self.play.setEnabled(played.source is not None)
        self.play.clicked.connect(lambda: self.play_wanted.emit(played))
        words = quoted(facts.words) if facts.words else self.tr("No words were recognised.")
        lines = QVBoxLayout()
        lines.setSpacing(Space.HAIR)
        self.values = values_of(facts)
        for sign, text in self.values:
            line = row(picture_label(sign, "quiet", 16), label(text, wrap=True), space=Space.SMALL)
            line.setStretch(1, 1)
            lines.addLayout(line)
        content = column(
            label(title, "section", wrap=True),
            label(words, "lead", wrap=True),
            lines,
            row(self.play, None),
            space=Space.SNUG,
        )
        content.setContentsMargins(Space.MEDIUM, Space.MEDIUM, Space.MEDIUM, Space.MEDIUM)
        self.setLayout(content)


class RedoPanel(QWidget):
    """Three things, from above: hear it, say it, compare."""

    hear_wanted = Signal()
    say_toggled = Signal()
    play_wanted = Signal(object)
    left = Signal()

    def __init__(self, moment: RedoMoment, *, kept: bool) -> None:
        super().__init__()
        self.moment = moment
        self.cards: list[TakeCard] = []
        self.back = button(self.tr("Back to the report"), kind="back", icon="back")
        self.back.clicked.connect(self.left)
        self.hear = button(self.tr("Hear it"), icon="play")
        self.hear.setEnabled(moment.first.source is not None)
        self.hear.clicked.connect(self.hear_wanted)
        show_keys(self.hear, self.tr("Hear what came before"), "Ctrl+H")
        self.say = button(self.tr("Say it again"), kind="primary", icon="microphone")
        self.say.clicked.connect(self.say_toggled)
        show_keys(self.say, self.tr("Begin to speak, and stop"), "Ctrl+Space")
        self.state = label("", "lead", wrap=True)
        self._takes = row(space=Space.MEDIUM)
        self._kept = label(
            self.tr("Your new take is kept with this session, and deleted with it.")
            if kept
            else self.tr("Your new take is not kept: it is gone when you leave this page."),
            "quiet",
            wrap=True,
        )
        self._lay_out()
        self.show_state("")
        self.show_takes(())

    def _lay_out(self) -> None:
        who = (
            self.tr("The customer says:")
            if self.moment.by_customer
            else self.tr("What you said before it:")
        )
        said_before = self.tr("The seconds before it, without words.")
        if self.moment.before:
            said_before = quoted(self.moment.before)
        before = card()
        said = row(
            column(
                label(who, "quiet"),
                label(said_before, "lead-strong", wrap=True),
                space=Space.HAIR,
            ),
            self.hear,
            space=Space.MEDIUM,
        )
        said.setStretch(0, 1)
        said.setContentsMargins(Space.MEDIUM, Space.MEDIUM, Space.MEDIUM, Space.MEDIUM)
        before.setLayout(said)
        speak = row(self.say, self.state, space=Space.MEDIUM)
        speak.setStretch(1, 1)
        self.setLayout(
            column(
                row(self.back, None),
                label(self.moment.title, "page", wrap=True),
                label(
                    self.tr("Hear what came before, then answer once more, as you would like to."),
                    "lead-quiet",
                    wrap=True,
                ),
                Space.SMALL,
                before,
                speak,
                Space.SMALL,
                self._takes,
                self._kept,
                space=Space.SMALL,
            )
        )

    def show_takes(self, takes: tuple[Played, ...]) -> None:
        """Show the take of the session beside the newest one."""
        clear(self._takes)
        self.cards = []
        shown = [(self.tr("In the session"), self.moment.first)]
        if takes:
            title = self.tr("Said again")
            if len(takes) > 1:
                title = self.tr("Said again, take {n}").format(n=len(takes))
            shown.append((title, takes[-1]))
        for title, played in shown:
            made = TakeCard(title, played)
            made.play_wanted.connect(self.play_wanted)
            self.cards.append(made)
            self._takes.addWidget(made, 1, Qt.AlignmentFlag.AlignTop)
        if not takes:
            self._takes.addStretch(1)

    def show_state(self, text: str, *, speaking: bool = False, busy: bool = False) -> None:
        """Say how the take stands."""
        self.state.setText(text)
        self.say.setText(self.tr("Stop") if speaking else self.tr("Say it again"))
        self.say.setAccessibleName(self.say.text())
        self.say.set_icon("finish" if speaking else "microphone")
        self.say.setEnabled(not busy)
        self.hear.setEnabled(self.moment.first.source is not None and not speaking and not busy)


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
