"""Redo this moment: hear what came before it, say it again, lay both takes side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from app.ui.keys import show_keys
from app.ui.style import Space
from app.ui.widgets.advice import Steady, advice_of
from app.ui.widgets.controls import button, card, clear, column, label, row
from app.ui.widgets.evidence import quoted
from app.ui.widgets.take_card import STAGE_PX, TakeCard
from app.ui.widgets.video import VideoView

if TYPE_CHECKING:
    from app.coach.types import CueRule
    from app.session.plan import Snapshot
    from app.ui.widgets.take_card import Played
    from vision.types import Frame


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
    rule: CueRule | None = None
    """The cue that is looked for in each take; None where the eyes have no part in it."""


@dataclass(frozen=True, slots=True)
class KeptParts:
    """What becomes of a new take."""

    sound: bool
    """Whether its sound is kept with the session."""
    picture: bool
    """Whether its picture is."""


class LiveCard(QFrame):
    """A small live picture while somebody speaks, with advice under it: the arms stay in sight."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self.setAccessibleName(self.tr("Now"))
        self.video = VideoView()
        self.video.setFixedHeight(STAGE_PX)
        self.video.setMaximumWidth(STAGE_PX * 16 // 9)
        self.advice = label("", "lead", wrap=True)
        self._steady = Steady()
        content = column(
            label(self.tr("Now"), "section"),
            row(self.video, space=0),
            self.advice,
            space=Space.SNUG,
        )
        content.setContentsMargins(Space.MEDIUM, Space.MEDIUM, Space.MEDIUM, Space.MEDIUM)
        self.setLayout(content)

    def show_picture(self, frame: Frame | None) -> None:
        """Show the newest picture."""
        self.video.show_frame(frame)

    def show_numbers(self, snapshot: Snapshot) -> None:
        """Say what should be better about the picture."""
        self.advice.setText(self._steady.push(snapshot.t, advice_of(snapshot)))

    def show_gone(self) -> None:
        """Leave no picture standing of a camera that is gone."""
        self.video.show_frame(None)
        self.video.show_empty("camera_off", self.tr("Voice only"))
        self.advice.setText("")


class RedoPanel(QWidget):
    """Three things, from above: hear it, say it, compare."""

    hear_wanted = Signal()
    say_toggled = Signal()
    play_wanted = Signal(object)
    left = Signal()

    def __init__(self, moment: RedoMoment, kept: KeptParts) -> None:
        super().__init__()
        self.moment = moment
        self.cards: list[TakeCard] = []
        self.live: LiveCard | None = None
        """The live picture; None while nothing is said."""
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
        self._kept = label(self._kept_text(kept), "quiet", wrap=True)
        self._lay_out()
        self.show_state("")
        self.show_takes(())

    def _kept_text(self, kept: KeptParts) -> str:
        if not kept.sound:
            return self.tr("Your new take is not kept: it is gone when you leave this page.")
        if self.moment.rule is None:
            return self.tr("Your new take is kept with this session, and deleted with it.")
        if kept.picture:
            return self.tr(
                "Your new take is kept with this session, with its picture, and deleted with it."
            )
        return self.tr(
            "The sound of your new take is kept with this session, and deleted with it. Its"
            " picture is gone when you leave this page."
        )

    def _about(self) -> str:
        text = self.tr("Hear what came before, then answer once more, as you would like to.")
        if self.moment.rule is None:
            return text
        camera = self.tr("Your camera is on only while you speak.")
        return f"{text} {camera}"

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
                label(self._about(), "lead-quiet", wrap=True),
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
        self._show_first()
        if not takes:
            self._takes.addStretch(1)
            return
        title = self.tr("Said again")
        if len(takes) > 1:
            title = self.tr("Said again, take {n}").format(n=len(takes))
        self._add_card(title, takes[-1])

    def show_live(self) -> None:
        """Show the live picture beside the take of the session."""
        self._show_first()
        self.live = LiveCard()
        self._takes.addWidget(self.live, 1, Qt.AlignmentFlag.AlignTop)

    def card_of(self, played: Played) -> TakeCard | None:
        """Find the card of a take."""
        return next((one for one in self.cards if one.played is played), None)

    def _show_first(self) -> None:
        clear(self._takes)
        self.cards = []
        self.live = None
        self._add_card(self.tr("In the session"), self.moment.first)

    def _add_card(self, title: str, played: Played) -> None:
        made = TakeCard(title, played, self.moment.rule)
        made.play_wanted.connect(self.play_wanted)
        self.cards.append(made)
        self._takes.addWidget(made, 1, Qt.AlignmentFlag.AlignTop)

    def show_state(self, text: str, *, speaking: bool = False, busy: bool = False) -> None:
        """Say how the take stands."""
        self.state.setText(text)
        self.say.setText(self.tr("Stop") if speaking else self.tr("Say it again"))
        self.say.setAccessibleName(self.say.text())
        self.say.set_icon("finish" if speaking else "microphone")
        if busy and self.window().focusWidget() is self.say:
            # Before the button is off: the focus would wander to Home, and Enter leave the page.
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.say.setEnabled(not busy)
        if not busy and self.window().focusWidget() is self:
            self.say.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hear.setEnabled(self.moment.first.source is not None and not speaking and not busy)
