"""How a live hint reaches the person: on the screen, by a soft tone in the next breath, or both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from app.coach.types import Lane, MarkKind

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.coach.hints import Hint
    from app.session.plan import LivePlan, Snapshot
    from app.ui.services import Live

SCREEN: Final = "screen"
TONE: Final = "tone"
MASK_S: Final = 0.7
"""The tone of 0.25 s, what the sound system takes to begin it, and what the room gives back."""


class Tone(Protocol):
    """What can be heard."""

    def play(self) -> bool:
        """Play it; False where there is nothing to play it on."""


class HintGiver:
    """Gives each hint once.

    The tone waits for a breath, and a mark takes what the microphone may hear of it out of the
    measured voice. A hint that finds no breath while it lasts is not given: it would talk across
    the person. Where nothing can be played, the screen shows it.
    """

    def __init__(self, page: QWidget, tone: Tone | None = None) -> None:
        self._page = page
        self._tone = tone
        self._way = SCREEN
        self._given: tuple[str, float] | None = None
        self._silent = False

    def begin(self, plan: LivePlan) -> None:
        """Begin a session; the tone is made before it is needed."""
        self._way = plan.hint_way
        self._given = None
        self._silent = False
        if plan.hint_way != SCREEN and plan.focus is not None and self._tone is None:
            from app.ui.soft_tone import SoftTone  # noqa: PLC0415 - only for who wants to hear it

            self._tone = SoftTone(self._page)

    def give(self, hint: Hint | None, snapshot: Snapshot, live: Live | None) -> Hint | None:
        """Take the hint that is due; gives what the screen shows."""
        if hint is not None and not hint.good and self._way != SCREEN:
            self._sound(hint, snapshot, live)
        return None if self._way == TONE and not self._silent else hint

    def _sound(self, hint: Hint, snapshot: Snapshot, live: Live | None) -> None:
        this = (hint.cue, hint.shown_s)
        talks = snapshot.voice is not None and snapshot.voice.speech is True
        if this == self._given or talks:
            return
        self._given = this
        # Before the sound: no hop that holds it may be measured.
        if live is not None and not self._silent:
            live.mark(MarkKind.TONE, {"until": f"{snapshot.t + MASK_S:.3f}"}, Lane.MACHINE)
        self._silent = self._tone is None or not self._tone.play()
