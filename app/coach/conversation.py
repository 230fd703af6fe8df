"""Which of the customer's lines comes next, told from what was just answered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.coach.practice_types import Polarity
from app.coach.scenario_types import Condition

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from app.coach.practice_types import Evidence
    from app.coach.scenario_types import Branch, HiddenFact, Line, Scenario


class Conversation:
    """Follows one scenario: the line that is being said, and where an answer leads.

    Without any words (no speech engine, or nothing understood) nothing can be found, and the
    branches that need a find do not hold: the conversation then takes the last branch of each
    line. A partner may choose another one by hand.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.line: Line | None = scenario.lines[0]
        """What the customer says now; None once the conversation is over."""
        self.said: list[str] = [scenario.lines[0].id]
        """Ids of the lines so far, in order."""
        self._uncovered: list[str] = []

    @property
    def uncovered(self) -> tuple[HiddenFact, ...]:
        """Hidden facts that a question brought out, in that order."""
        facts = {fact.id: fact for fact in self.scenario.hidden}
        return tuple(facts[one] for one in self._uncovered)

    def answer(self, text: str, found: Sequence[Evidence]) -> Line | None:
        """Take an answer and go on.

        Parameters
        ----------
        text
            The words of the answer; empty where nothing was understood.
        found
            What the practice finder found in this answer.

        Returns
        -------
        Line or None
            The customer's next line; None where the conversation is over.
        """
        if self.line is None:
            return None
        asked = uncovered_by(text, self.scenario)
        self._uncovered += [fact.id for fact in asked if fact.id not in self._uncovered]
        facts = {fact.id for fact in asked}
        branch = next(
            (one for one in self.line.branches if self._open(one) and holds(one, found, facts)),
            None,
        )
        return self.go_to(branch.to if branch is not None else "")

    def go_to(self, line: str) -> Line | None:
        """Go on with a line that the partner chose; an empty id ends the conversation."""
        self.line = self.scenario.line(line) if line else None
        if self.line is not None:
            self.said.append(self.line.id)
        return self.line

    def _open(self, branch: Branch) -> bool:
        """Whether a line was not said yet: nobody complains of the same thing in a circle."""
        return branch.condition is Condition.ELSE or branch.to not in self.said


def holds(branch: Branch, found: Sequence[Evidence], facts: Collection[str]) -> bool:
    """Tell whether a branch's condition is met by an answer."""
    of_it = {one.polarity for one in found if one.practice == branch.about}
    match branch.condition:
        case Condition.DONE:
            return Polarity.DONE in of_it
        case Condition.WRONG:
            return Polarity.WRONG in of_it
        case Condition.MISSING:
            return Polarity.DONE not in of_it
        case Condition.ASKED:
            return branch.about in facts
        case Condition.ELSE:
            return True


def uncovered_by(text: str, scenario: Scenario) -> tuple[HiddenFact, ...]:
    """Find the hidden facts that an answer's questions bring out.

    A question is a sentence with a question mark; recognised words have none, so that there
    a fact is uncovered by its words alone.
    """
    sentences = re.findall(r"[^.!?]+[.!?]?", text)
    questions = [one for one in sentences if one.endswith("?")]
    if not questions and not re.search(r"[.!?]", text):
        questions = [text]
    plain = [f" {_plain(one)} " for one in questions]
    return tuple(
        fact
        for fact in scenario.hidden
        if any(f" {_plain(word)}" in one for word in fact.asked_by for one in plain)
    )


def _plain(text: str) -> str:
    """Small letters, no punctuation, single blanks; a word may go on: worr(y, ies, ied)."""
    return " ".join(re.sub(r"[^\w\s']", " ", text.lower().replace("’", "'")).split())
