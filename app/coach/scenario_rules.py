"""What the parts of a scenario must agree on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from app.coach.scenario_types import Condition

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.coach.scenario_types import Line, Scenario

MOST_LINES: Final = 60
"""Lines of one customer; a rehearsal has 4 to 12."""


def mistakes(scenario: Scenario) -> Iterable[tuple[bool, str, int, str]]:
    """Check what no single table can say.

    Yields
    ------
    wrong, header, at, what
        Whether it is wrong; the table's header and which of several, from 0; what is allowed.
    """
    ids = [line.id for line in scenario.lines]
    facts = [fact.id for fact in scenario.hidden]
    yield not ids, "", 0, "there is no [[line]], but the customer must say something"
    yield len(ids) > MOST_LINES, "[[line]]", MOST_LINES, f"more than {MOST_LINES} lines"
    for at, line in enumerate(scenario.lines):
        yield line.id in ids[:at], "[[line]]", at, f"the id {line.id} stands there a second time"
        for number, branch in enumerate(line.branches):
            last = number == len(line.branches) - 1
            lost = bool(branch.to) and branch.to not in ids
            yield lost, "[[line]]", at, f"there is no line {branch.to}; allowed: {', '.join(ids)}"
            strange = branch.condition is Condition.ASKED and branch.about not in facts
            yield strange, "[[line]]", at, f"there is no hidden fact {branch.about}"
            is_else = branch.condition is Condition.ELSE
            yield is_else != last, "[[line]]", at, "the last branch, and only that, must be else"
    for at, fact in enumerate(facts):
        yield fact in facts[:at], "[[hidden]]", at, f"the id {fact} stands there a second time"
        silent = any(not re.search(r"\w", word) for word in scenario.hidden[at].asked_by)
        yield silent, "[[hidden]]", at, "asked_by holds a text without a word: anything would do"
    unreached = [one for one in ids if one not in _reached(scenario)]
    for one in unreached:
        yield True, "[[line]]", ids.index(one), f"no branch leads to the line {one}"
    for at, line in enumerate(scenario.lines):
        circle = _leads_in_a_circle(scenario, line)
        yield circle, "[[line]]", at, "its “else” leads back to it, and the talk would never end"
    for key, turns in (("[[good]]", scenario.good), ("[[bad]]", scenario.bad)):
        for at, turn in enumerate(turns):
            for note in turn.notes:
                missing = note.words not in turn.text
                yield missing, key, at, f"the words “{note.words}” do not stand in this turn"


def _reached(scenario: Scenario) -> set[str]:
    """Ids of the lines that can come up, from the first one on."""
    waiting = [scenario.lines[0].id] if scenario.lines else []
    seen: set[str] = set()
    while waiting:
        line = scenario.line(waiting.pop())
        if line is not None and line.id not in seen:
            seen.add(line.id)
            waiting += [branch.to for branch in line.branches if branch.to]
    return seen


def _leads_in_a_circle(scenario: Scenario, line: Line) -> bool:
    """Whether somebody who says nothing special comes back to this line."""
    at: Line | None = line
    for _ in scenario.lines:
        at = scenario.line(at.branches[-1].to) if at is not None and at.branches else None
        if at is line:
            return True
    return False
