"""What the words of a session showed: turns, evidence, order, joined moments. Pure, replayable."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from app.coach.joins import join, leading
from app.coach.marks import effective
from app.coach.order import order_notes
from app.coach.phrase_evidence import with_phrases
from app.coach.practice_types import Polarity, Speaking
from app.coach.practice_verdicts import standing
from app.coach.report import MOST_FINDINGS
from app.coach.report_types import Finding
from app.coach.session_turns import session_turns
from app.coach.suggesting import suggested
from app.coach.talk_facts import talk_facts
from app.coach.types import MarkKind
from app.coach.verdicts import judged, verdicts
from app.version import RULES_VERSION, VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from app.coach.joins import Halves, Joined
    from app.coach.order import OrderNote
    from app.coach.practice_types import Evidence, Turn
    from app.coach.report_types import Checklist, Report
    from app.coach.scenario_types import Scenario
    from app.coach.talk_facts import TalkFacts
    from app.coach.types import Mark

    Find = Callable[[Sequence[Turn], Scenario | None], Sequence[Evidence]]

AVOIDED: Final = frozenset({"P11", "P20", "P21"})
"""Practices that consist in leaving something out: they are kept where nothing of it is heard."""


class ItemState(StrEnum):
    """How an item of the checklist stands. A person's word outranks the machine's, both ways."""

    OPEN = "open"
    """Nobody ticked it, and nothing was found: not heard is not the same as not done."""
    SUGGESTED = "suggested"
    """The words speak for it."""
    TICKED = "ticked"
    """A person says that it was done."""
    TAKEN_BACK = "taken_back"
    """A person says that it was not done, whatever was found."""


@dataclass(frozen=True, slots=True)
class PracticeReport:
    """What was found in the words of one session."""

    key: str
    """Fingerprint of what it was made from; another one means that it has to be made again."""
    looked: bool
    """Whether there were words to look in; False where no engine listened."""
    role: Speaking
    """On which side of the counter the person stood."""
    turns: tuple[Turn, ...]
    """The talk, by start."""
    evidence: tuple[Evidence, ...]
    """What speaks for or against a practice, in the order of the talk."""
    order: tuple[OrderNote, ...]
    """What stood out about order and length."""
    joined: tuple[Joined, ...]
    """Words and body or voice together; the one that lasted longest first."""
    talk: TalkFacts | None
    """Who talked how much; None where nobody said who speaks when."""


def practice_report(
    report: Report,
    marks: Sequence[Mark],
    *,
    scenario: Scenario | None,
    role: Speaking,
    find: Find,
    halves: Halves,
) -> PracticeReport:
    """Look through a session.

    Parameters
    ----------
    report
        What was measured, with the words.
    marks
        What was said by hand and by the program.
    scenario
        What was practised; None for a free talk.
    role
        With the customer's role nothing is looked for: the words are not those of staff.
    find
        The practice finder.
    halves
        How joined moments are said.
    """
    words = report.words or ()
    heard = (report.words, report.phrases, report.typed)
    looked = any(one is not None for one in heard) and role is Speaking.STAFF
    turns = report.typed
    if turns is None:
        turns = session_turns(words, marks, scenario, report.duration_s)
    evidence = with_phrases(find(turns, scenario), report.phrases, turns) if looked else ()
    return PracticeReport(
        key=fingerprint(report, marks, scenario, role),
        looked=looked,
        role=role,
        turns=turns,
        evidence=evidence,
        order=order_notes(turns, evidence),
        joined=join(evidence, report.events, halves),
        talk=talk_facts(report, marks),
    )


def fingerprint(
    report: Report, marks: Sequence[Mark], scenario: Scenario | None, role: Speaking
) -> str:
    """Tell from what a practice report is made, in a short text."""
    whole = hashlib.sha256()
    parts: list[object] = [VERSION, RULES_VERSION, role.value, scenario, report.duration_s]
    parts += [report.words is None, *report.events]
    parts += [(word.text, word.start_s, word.end_s) for word in report.words or ()]
    parts += report.phrases or ()
    parts += report.typed or ()
    parts += [
        (mark.t, mark.kind.value, sorted(mark.data.items()))
        for mark in effective(marks)
        if mark.kind in {MarkKind.LINE, MarkKind.SPEAKER}
    ]
    for part in parts:
        whole.update(repr(part).encode())
    return whole.hexdigest()[:32]


def rejoined(
    practice: PracticeReport, report: Report, marks: Sequence[Mark], halves: Halves
) -> PracticeReport:
    """Join words and cues anew over what holds after what people said of both.

    Parameters
    ----------
    practice
        As it was found, and is kept.
    report, marks
        As the machine made it, and what people said of it.
    halves
        How joined moments are said.
    """
    if not verdicts(marks):
        return practice
    holds = judged(report, marks).events
    return replace(practice, joined=join(standing(practice.evidence, marks), holds, halves))


def counts(evidence: Sequence[Evidence]) -> dict[str, tuple[int, int]]:
    """Count how often each practice was found done, and done wrongly."""
    found: dict[str, tuple[int, int]] = {}
    for one in evidence:
        done, wrong = found.get(one.practice, (0, 0))
        good = one.polarity is Polarity.DONE
        found[one.practice] = (done + good, wrong + (not good))
    return found


def item_states(
    checklist: Checklist, evidence: Sequence[Evidence], marks: Sequence[Mark]
) -> dict[str, ItemState]:
    """Tell how each item stands; the last word of a person counts, then what was found."""
    said: dict[str, bool] = {}
    for mark in effective(marks):
        if mark.kind is MarkKind.TICK:
            said[mark.data.get("item", "")] = mark.data.get("on", "true") == "true"
    found = suggested(checklist, standing(evidence, marks))
    states = {}
    for item in checklist.items:
        if item.id in said:
            states[item.id] = ItemState.TICKED if said[item.id] else ItemState.TAKEN_BACK
        else:
            states[item.id] = ItemState.SUGGESTED if item.id in found else ItemState.OPEN
    return states


def moments(
    report: Report, practice: PracticeReport | None, refused: Collection[str] = ()
) -> tuple[Finding, ...]:
    """Choose at most three moments: joined ones lead, and no cue is told twice.

    Parameters
    ----------
    report, practice
        What holds of both.
    refused
        Ids of joined moments that a person rejected and that are not to be told.
    """
    joined = practice.joined if practice is not None else ()
    first = leading([one for one in joined if one.id not in refused])
    told = {one.cue for one in first}
    rest = [one for one in report.findings if one.cue not in told]
    return (*(as_finding(one) for one in first), *rest)[:MOST_FINDINGS]


def as_finding(joined: Joined) -> Finding:
    """Give a joined moment as a finding: it starts where the words start."""
    event = joined.event
    return Finding(
        id=joined.id,
        cue=joined.cue,
        start_s=joined.start_s,
        end_s=joined.end_s,
        measured=event.peak,
        threshold=event.threshold,
        own_normal=event.own_normal,
        times=1,
        total_s=joined.together_s,
        lasted_s=joined.together_s,
    )
