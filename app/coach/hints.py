"""When a live hint is shown: sparse, one at a time, only for the focus cue (EVIDENCE, feedback)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.errors import AppError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.coach.catalogue import Catalogue
    from app.coach.types import CueEvent, CueRule, OpenEpisode

BETWEEN_S: Final = 25.0
"""Shortest time between two hints (EVIDENCE: 20 to 30 s; sparse hints beat continuous ones)."""

SAME_S: Final = 90.0
"""Shortest time between two hints for the same cue (EVIDENCE)."""

HOLD_S: Final = 0.4
"""Longest wait for the end of the staff member's turn: with it a hint is at most 0.5 s late."""

STALE_S: Final = 0.4
"""An episode that was not upheld for longer than this, two looks at the body, gets no hint: it
may be over."""

SHOWN_S: Final = 5.0
"""How long a hint stays when the behaviour goes on."""

GOOD_SHOWN_S: Final = 2.0
"""How long the quiet "good" stays."""

GOOD_WITHIN_S: Final = 15.0
"""A behaviour that ends later than this after its hint was not corrected by it."""

GOOD_TEXT: Final = "good"
GOOD_ICON: Final = "ph.check-circle"


@dataclass(frozen=True, slots=True)
class Hint:
    """One to three words and an icon."""

    cue: str
    """Id of the focus cue."""
    text: str
    """One to three words."""
    icon: str
    """Icon name in the program's icon family."""
    good: bool
    """True for the quiet "good" after the behaviour was corrected."""
    shown_s: float
    """When it was first shown, seconds on the session clock."""


class HintPolicy:
    """Decides at each step whether a new hint is due."""

    def __init__(
        self,
        catalogue: Catalogue,
        focus: str | None,
        *,
        rarer: float | None = 1.0,
    ) -> None:
        """Prepare the policy of one session.

        Parameters
        ----------
        catalogue, focus
            The rules, and the one that may hint; None for no hints.
        rarer
            What the times between hints are multiplied with as the rule is mastered
            (`app.coach.progress.fade`); None: the first time is passed over in silence, and a hint
            comes only if the behaviour comes back.
        """
        self._rule: CueRule | None = None
        if focus is not None:
            rule = catalogue.rule(focus)
            if not rule.focus:
                names = ", ".join(one.name for one in catalogue.rules if one.focus)
                raise AppError(
                    f"“{rule.name}” cannot be the focus of a session.", f"Choose one of: {names}."
                )
            self._rule = rule
        self._now: Hint | None = None
        self._last_t: float | None = None
        self._last_same: dict[str, float] = {}
        self._answered: Hint | None = None
        self._rarer = rarer if rarer is not None else 1.0
        self._passed_over: float | None = None if rarer is None else -1.0

    def step(
        self,
        t: float,
        open_now: Sequence[OpenEpisode],
        ended: Sequence[CueEvent],
        speaking: bool | None,
    ) -> Hint | None:
        """Look at what goes on; gives a hint to show now, or None.

        Parameters
        ----------
        t
            Seconds on the session clock; steps may come at any rate.
        open_now, ended
            What the engine says goes on, and what ended since the last step.
        speaking
            Whether the staff member speaks; None where nobody knows.
        """
        rule = self._rule
        if rule is None:
            return None
        good = self._good(t, rule, ended)
        if good is not None:
            return self._show(good)
        for episode in open_now:
            if episode.cue == rule.id and self._due(t, rule, episode, speaking):
                hint = Hint(rule.id, rule.hint, rule.icon, good=False, shown_s=t)
                self._last_t = t
                self._last_same[rule.id] = t
                self._answered = hint
                return self._show(hint)
        return None

    def current(self, t: float) -> Hint | None:
        """Give the hint that is on show at `t`, or None."""
        if self._now is None:
            return None
        stays = GOOD_SHOWN_S if self._now.good else SHOWN_S
        return self._now if 0 <= t - self._now.shown_s < stays else None

    def _show(self, hint: Hint) -> Hint:
        self._now = hint
        return hint

    def _due(self, t: float, rule: CueRule, episode: OpenEpisode, speaking: bool | None) -> bool:
        over = t - (episode.start_s + rule.hint_s)
        if over < 0 or t - (episode.last_s + rule.lag_out_s) > STALE_S:
            return False
        if self._passed_over is None:
            self._passed_over = episode.start_s
        if episode.start_s == self._passed_over:
            return False
        if self._last_t is not None and t - self._last_t < BETWEEN_S * self._rarer:
            return False
        last = self._last_same.get(rule.id)
        if last is not None and t - last < SAME_S * self._rarer:
            return False
        return speaking is not True or over >= HOLD_S

    def _good(self, t: float, rule: CueRule, ended: Sequence[CueEvent]) -> Hint | None:
        """Answer a correction once: the hinted behaviour was seen to stop soon after its hint."""
        hint = self._answered
        if hint is None:
            return None
        for event in ended:
            if event.cue == hint.cue and event.start_s <= hint.shown_s:
                self._answered = None
                # Nobody saw it stop (a hand below the counter, a gap): no praise for that.
                if not event.lost and t - hint.shown_s <= GOOD_WITHIN_S:
                    return Hint(rule.id, GOOD_TEXT, GOOD_ICON, good=True, shown_s=t)
        return None
