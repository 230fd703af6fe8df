"""The self-check without a screen: the same walk, told line by line."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Final, Protocol

from app.coach.self_check import SelfCheck, Step
from app.coach.self_check_words import lines_of, step_words
from app.coach.types import Sense
from app.session.self_check import glimpse_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.coach.self_check import Checked
    from app.coach.self_check_words import Line
    from app.coach.types import CueRule
    from app.session.plan import LivePlan, Snapshot

LOOK_S: Final = 0.05
"""How often it is looked, seconds: more often than the ears give a reading."""


class CheckSession(Protocol):
    """The part of a live session that the walk uses."""

    def start(self) -> None:
        """Open the devices."""

    def stop(self) -> str | None:
        """Close them."""

    def snapshot(self) -> Snapshot:
        """Tell how it stands."""


class Walk:
    """Goes through all steps by itself.

    Parameters
    ----------
    live
        A session of which nothing is kept; None where there is neither camera nor microphone.
    plan
        What it was made of.
    rules
        The cue catalogue's.
    card
        The reminder's text.
    clock, wait
        Time in seconds, and a pause between two looks; tests give their own.
    """

    def __init__(
        self,
        live: CheckSession | None,
        plan: LivePlan,
        rules: Sequence[CueRule],
        card: str,
        *,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], object] | None = None,
    ) -> None:
        self._live = live
        self._rules = rules
        self._card = card
        self._clock = clock
        self._wait = wait or threading.Event().wait
        senses = {Sense.VISION: plan.camera, Sense.VOICE: plan.microphone}
        self.check = SelfCheck(
            clock(),
            senses=frozenset(sense for sense, device in senses.items() if device is not None),
            rules=rules,
            baseline=plan.baseline,
            switched_off=plan.switched_off,
        )

    def go(self, say: Callable[[str, str], object]) -> Checked:
        """Walk to the end; `say` is told the title and the text of each step as it begins."""
        live, said = self._live, None
        try:
            if live is not None:
                live.start()
            while self.check.step is not Step.END:
                if self.check.step is not said:
                    said = self.check.step
                    say(*step_words(said, recorded=False, card=self._card))
                self.check.look(
                    self._clock(), glimpse_of(live.snapshot()) if live is not None else None
                )
                if live is not None and not self.check.needs_devices:
                    live.stop()
                    live = None
                self._wait(LOOK_S)
        finally:
            if live is not None:
                live.stop()
        return self.check.checked()

    def lines(self) -> tuple[Line, ...]:
        """Tell what was seen and heard."""
        return lines_of(self.check.checked(), self._rules)
