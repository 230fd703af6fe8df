"""The finder: words with or without times in, evidence for the practices out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.coach.finder.families import families
from app.coach.finder.joining import settle
from app.coach.finder.opinion import Opinion
from app.coach.finder.pattern import Patterns
from app.coach.finder.places import evidence_of
from app.coach.finder.talk import FinderContext, talk_of
from app.coach.practice_types import Speaking

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.coach.finder.talk import Block, Found, Talk
    from app.coach.practice_types import Evidence, Turn
    from app.coach.practices import Practice
    from app.coach.scenario_types import Scenario


class Finder:
    """Looks for practices by the patterns of their files, and by rules that need to count.

    What they find in the practices that ship is weighed by a second opinion; a practice that
    somebody wrote or changed is found by its own patterns alone.

    Nothing found is not the same as not done: recognised words leave much out.
    """

    def __init__(self, practices: Sequence[Practice]) -> None:
        self._known = frozenset(practice.id for practice in practices)
        self._patterns = Patterns(
            [(practice.id, one) for practice in practices for one in practice.patterns]
        )
        self._families = families(practices)
        self._opinion = Opinion(one.id for one in practices if one.shipped)

    def find(
        self,
        turns: Sequence[Turn],
        *,
        scenario: Scenario | None = None,
        context: FinderContext | None = None,
        written: bool = False,
        progress: Callable[[float], None] | None = None,
    ) -> tuple[Evidence, ...]:
        """Find what speaks for or against a practice.

        Parameters
        ----------
        turns
            The talk so far, both sides.
        scenario
            What was practised: the customer's name, their words, the house's jargon.
        context
            The same without a scenario; it goes before one.
        written
            Whether it is a written reply.
        progress
            Told 0..1.

        Returns
        -------
        tuple
            In the order of the talk.
        """
        if context is None and scenario is not None:
            context = FinderContext.of(scenario)
            if any(turn.speaker is Speaking.CUSTOMER for turn in turns):
                # What they may say later is not what they said.
                context = replace(context, lines=())
        talk = talk_of(turns, context, written=written)
        found: list[Evidence] = []
        for block in talk.blocks:
            if progress is not None:
                progress(block.number / len(talk.blocks))
            finds = list(self._opinion(talk, block, self.by_rules(talk, block)))
            found += [evidence_of(talk, block, one) for one in settle(finds, block)]
        return tuple(sorted(found, key=lambda one: (one.turn, one.start_s or 0.0, one.practice)))

    def by_rules(self, talk: Talk, block: Block) -> list[Found]:
        """Find what patterns and rules show in a block, before the second opinion."""
        finds = list(self._patterns.find(talk, block))
        for family in self._families:
            finds += family(talk, block, tuple(finds))
        return [one for one in finds if one.practice in self._known]
