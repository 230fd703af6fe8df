"""What people say of the machine's episodes, and a report in its light."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.coach.catalogue import known_cues
from app.coach.marks import effective
from app.coach.types import Lane, MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.coach.report_types import Finding, Report
    from app.coach.types import CueEvent, Mark

AGREE: Final = "agree"
DISAGREE: Final = "disagree"
CORRECT: Final = "correct"


def verdict_marks(marks: Iterable[Mark]) -> dict[str, tuple[Mark, ...]]:
    """Give the verdict that holds of each side on each finding or episode, weakest first.

    A person's word outranks the machine's, and the filmed person's own outranks a trainer's: the
    recording and the report are theirs. Of several on one side the last counts.
    """
    said: dict[str, dict[Lane, Mark]] = {}
    marks = list(marks)
    if not any(mark.kind is MarkKind.VERDICT for mark in marks):
        return {}
    for mark in effective(marks):
        if mark.kind is MarkKind.VERDICT and mark.lane is not Lane.MACHINE:
            said.setdefault(mark.data.get("finding", ""), {})[mark.lane] = mark
    return {
        finding: tuple(by[lane] for lane in (Lane.TRAINER, Lane.SELF) if lane in by)
        for finding, by in said.items()
    }


def verdicts(marks: Iterable[Mark]) -> dict[str, str]:
    """Find the word that counts on each finding: its id -> "agree", "disagree" or "correct"."""
    return {
        finding: said[-1].data.get("verdict", "") for finding, said in verdict_marks(marks).items()
    }


def put_right(event: CueEvent, verdict: Mark) -> CueEvent:
    """Give an episode as a person says that it was; as it is where that makes no sense.

    A verdict may come from another version: one that names a cue nobody here knows says nothing.
    """
    cue = verdict.data.get("cue") or event.cue
    try:
        start_s = float(verdict.data.get("start") or event.start_s)
        end_s = float(verdict.data.get("end") or event.end_s)
    except ValueError:
        return event
    if not 0.0 <= start_s < end_s < math.inf:
        return event
    if cue != event.cue and cue not in known_cues():
        return event
    moved = replace(event, cue=cue, start_s=start_s, end_s=end_s, by_hand=True)
    if cue == event.cue:
        return moved
    return replace(moved, peak=math.nan, threshold=math.nan, own_normal=None)


def judged(report: Report, marks: Iterable[Mark], *, keep_rejected: bool = False) -> Report:
    """Give a report as it stands after what people said of it: this is what holds everywhere.

    Episodes that were rejected are left out, those that were corrected are as they were said to
    be. A finding counts again over the episodes that hold; where its own moment was rejected, the
    longest of its other ones takes its place, and without one it falls.

    Parameters
    ----------
    report
        As the machine made it.
    marks
        What people said, verdicts among it.
    keep_rejected
        Whether findings that were rejected stay, for a page that shows them as such.
    """
    said = {finding: by[-1] for finding, by in verdict_marks(marks).items()}
    if not said:
        return report
    pairs = [(event, _after(event, said.get(event.id))) for event in report.events]
    held = sorted(
        (after for _, after in pairs if after is not None),
        key=lambda event: (event.start_s, event.cue),
    )
    findings = [_refound(finding, pairs, said, keep=keep_rejected) for finding in report.findings]
    return replace(
        report,
        events=tuple(held),
        findings=tuple(finding for finding in findings if finding is not None),
    )


def rejected(report: Report, marks: Iterable[Mark]) -> tuple[CueEvent, ...]:
    """Give the episodes that were there for the machine and that a person says were not."""
    said = verdicts(marks)
    return tuple(event for event in report.events if said.get(event.id) == DISAGREE)


def _after(event: CueEvent, verdict: Mark | None) -> CueEvent | None:
    word = verdict.data.get("verdict", "") if verdict is not None else ""
    if word == DISAGREE:
        return None
    return put_right(event, verdict) if verdict is not None and word == CORRECT else event


def _refound(
    finding: Finding,
    pairs: Sequence[tuple[CueEvent, CueEvent | None]],
    said: Mapping[str, Mark],
    *,
    keep: bool,
) -> Finding | None:
    """Count a finding over what holds; None where nothing of it does."""
    own = said.get(finding.id)
    if own is not None and own.data.get("verdict") == DISAGREE and keep:
        return finding
    of_cue = [pair for pair in pairs if pair[0].cue == finding.cue]
    if not any(before.id == finding.id for before, _ in of_cue):
        # A moment of words and a cue: nothing of it can be counted anew.
        gone = own is not None and own.data.get("verdict") == DISAGREE
        return None if gone else finding
    # Which episodes were long enough to be named is known by how many: the longest ones.
    of_cue.sort(key=lambda pair: -pair[0].lasted_s)
    counted = [(b.id, a) for b, a in of_cue[: finding.times] if a and a.cue == finding.cue]
    if not counted:
        return None
    moment = next((after for name, after in counted if name == finding.id), None)
    if moment is None:
        name, moment = counted[0]
        finding = replace(
            finding,
            id=name,
            measured=moment.peak,
            threshold=moment.threshold,
            own_normal=moment.own_normal,
        )
    return replace(
        finding,
        start_s=moment.start_s,
        end_s=moment.end_s,
        lasted_s=moment.lasted_s,
        times=len(counted),
        total_s=sum(after.lasted_s for _, after in counted),
    )
