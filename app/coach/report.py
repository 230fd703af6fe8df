"""The report: at most three findings, and what was not measured and for how long.

How findings are chosen (the rule that the report states):

1. Only cues that may be a finding, and only episodes of at least `log_s`.
2. An episode weighs (1 + how far beyond its threshold) x (its length / `log_s`). "How far" is 1
   where the peak is as far beyond the threshold as `strong` is beyond `enter`, and counts up to 2.
3. A cue weighs what its episodes weigh together. The focus cue comes first, then the heaviest;
   of equals the earlier. One finding a cue, three in all; its moment is the heaviest episode.

A verdict does not remove a finding: it is kept beside it, and a
person's mark outranks the machine's.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from app.coach.engine import own_number
from app.coach.intervals import total, union
from app.coach.marks import effective, speakers_labelled, ticked_items
from app.coach.reception import reception_sentences
from app.coach.report_types import Finding, NotMeasured, Report
from app.coach.types import Direction, MarkKind, Sense
from app.coach.words import format_time, missing_text
from audio.types import Reason as VoiceReason

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.coach.catalogue import Catalogue
    from app.coach.report_types import Curve, ReceptionFault
    from app.coach.types import Baseline, CueEvent, CueRule, Gap, Mark

MOST_FINDINGS: Final = 3
"""EVIDENCE, feedback: at most three findings a report."""

MOST_BEYOND: Final = 2.0
"""A single wild peak counts no more than this."""

SHORT_S: Final = 20.0
"""Below this a report says that it rests on little."""

SILENCES: Final = frozenset({VoiceReason.NOT_SPEAKING.value, VoiceReason.NOT_YET.value})
"""Reasons that come with every pause. They are gaps, but no failure to measure: they are summed up
only for a cue that they kept from being measured from start to end."""


def build_report(
    *,
    duration_s: float,
    events: Iterable[CueEvent],
    gaps: Iterable[Gap],
    curves: Iterable[Curve],
    marks: Sequence[Mark],
    catalogue: Catalogue,
    switched_off: frozenset[str] = frozenset(),
    senses: frozenset[Sense] = frozenset(Sense),
    focus: str | None = None,
    baseline: Baseline | None = None,
    reception: tuple[ReceptionFault, ...] = (),
) -> Report:
    """Put together what a session gives back.

    Parameters
    ----------
    duration_s
        Length of the session, seconds.
    events, gaps, curves, marks
        What the session collected.
    catalogue
        The cue rules that were in use.
    switched_off
        Ids of cues that the person switched off.
    senses
        Senses that were there.
    focus
        Id of the focus cue, or None.
    baseline
        The own normal in use, or None.
    reception
        What was wrong with how the microphone heard.
    """
    events = sorted(events, key=lambda event: (event.start_s, event.cue))
    gaps = sorted(gaps, key=lambda gap: (gap.start_s, gap.sense, gap.cue or ""))
    labelled = speakers_labelled(marks)
    not_measured = _not_measured(gaps, catalogue, duration_s)
    notes = _notes(duration_s, marks, catalogue, switched_off, senses, baseline, not_measured)
    return Report(
        duration_s=duration_s,
        events=tuple(events),
        gaps=tuple(gaps),
        curves=tuple(curves),
        findings=choose_findings(events, catalogue, focus),
        not_measured=not_measured,
        ticked=ticked_items(marks),
        speakers_labelled=labelled,
        notes=(
            *_focus_notes(focus, not_measured, catalogue, duration_s),
            *reception_sentences(reception),
            *notes,
        ),
        baseline=baseline,
        reception=reception,
    )


def choose_findings(
    events: Sequence[CueEvent], catalogue: Catalogue, focus: str | None
) -> tuple[Finding, ...]:
    """Choose at most three findings; the rule stands at the top of this file."""
    by_cue: dict[str, list[CueEvent]] = defaultdict(list)
    for event in events:
        by_cue[event.cue].append(event)
    ranked: list[tuple[bool, float, float, Finding]] = []
    for rule in catalogue.rules:
        long_enough = [
            event for event in by_cue.get(rule.id, []) if event.lasted_s >= rule.log_s - 1e-6
        ]
        if rule.finding and long_enough:
            weight = sum(_weight(event, rule) for event in long_enough)
            finding = _finding(rule, long_enough)
            ranked.append((rule.id != focus, -weight, finding.start_s, finding))
    ranked.sort(key=lambda one: one[:3])
    return tuple(finding for *_, finding in ranked[:MOST_FINDINGS])


def _finding(rule: CueRule, events: Sequence[CueEvent]) -> Finding:
    moment = max(events, key=lambda event: (_weight(event, rule), -event.start_s))
    return Finding(
        id=moment.id,
        cue=rule.id,
        start_s=moment.start_s,
        end_s=moment.end_s,
        measured=moment.peak,
        threshold=moment.threshold,
        own_normal=moment.own_normal,
        times=len(events),
        total_s=sum(event.lasted_s for event in events),
        lasted_s=moment.lasted_s,
    )


def _weight(event: CueEvent, rule: CueRule) -> float:
    span = (
        abs(rule.strong - rule.enter) if rule.strong is not None else abs(rule.enter - rule.leave)
    )
    side = 1 if rule.direction is Direction.ABOVE else -1
    beyond = min(max(side * (event.peak - event.threshold) / span, 0.0), MOST_BEYOND)
    return (1 + beyond) * event.lasted_s / max(rule.log_s, 0.3)


def _not_measured(
    gaps: Sequence[Gap], catalogue: Catalogue, duration_s: float
) -> tuple[NotMeasured, ...]:
    """Sum up the gaps by cue and reason, longest first; a sense's gap counts for all its cues."""
    rows = []
    for rule in catalogue.rules:
        own = [gap for gap in gaps if gap.sense is rule.sense and gap.cue in {None, rule.id}]
        always = total(union((gap.start_s, gap.end_s) for gap in own)) >= 0.95 * duration_s
        for reason in sorted({gap.reason for gap in own}):
            seconds = total(union((gap.start_s, gap.end_s) for gap in own if gap.reason == reason))
            if seconds > 0 and (always or reason not in SILENCES):
                rows.append(NotMeasured(rule.id, reason, seconds))
    return tuple(sorted(rows, key=lambda row: -row.seconds))


def _focus_notes(
    focus: str | None, not_measured: Sequence[NotMeasured], catalogue: Catalogue, duration_s: float
) -> list[str]:
    """Say so where the one cue that the person chose could not be measured for most of it."""
    missed = [row for row in not_measured if row.cue == focus]
    if focus is None or sum(row.seconds for row in missed) < 0.5 * duration_s:
        return []
    rule = catalogue.rule(focus)
    why = missing_text(missed[0].reason, rule, rule.sense)
    share = "" if missed[0].seconds >= 0.98 * duration_s else " for most of it"
    return [f"Your focus, {rule.name}, was not measured{share}: {why}."]


def _own_note(
    baseline: Baseline,
    catalogue: Catalogue,
    not_measured: Sequence[NotMeasured],
    switched_off: frozenset[str],
) -> list[str]:
    """Name the cues that were held against what the recording itself shows most of the time.

    Those that have no own normal in it are told among what was not measured, and not here too.
    """
    if baseline.origin != "first_pass":
        return []
    without = {row.cue for row in not_measured if row.reason == VoiceReason.NO_OWN_NORMAL.value}
    names = [
        rule.name
        for rule in catalogue.rules
        if rule.id not in without | switched_off and _held_against_own(rule, baseline)
    ]
    if not names:
        return []
    return [f"Your own normal was worked out from this recording itself for: {', '.join(names)}."]


def _held_against_own(rule: CueRule, baseline: Baseline) -> bool:
    if rule.normal:
        return own_number(baseline, rule, rule.normal) is not None
    return bool(rule.without_normal) and getattr(baseline, rule.sense.value) is not None


def _notes(
    duration_s: float,
    marks: Sequence[Mark],
    catalogue: Catalogue,
    switched_off: frozenset[str],
    senses: frozenset[Sense],
    baseline: Baseline | None,
    not_measured: Sequence[NotMeasured],
) -> list[str]:
    """Plain sentences on how far the report can be trusted."""
    notes = []
    if Sense.VISION not in senses:
        notes.append("There was no picture: only the voice was measured.")
    if Sense.VOICE not in senses:
        notes.append("There was no sound: only the picture was measured.")
    elif not speakers_labelled(marks):
        notes.append("Nobody said who is speaking: all sound was measured as one voice.")
    if baseline is not None:
        notes += [*_own_note(baseline, catalogue, not_measured, switched_off), *baseline.notes]
    if duration_s < SHORT_S:
        notes.append(f"It lasted {format_time(duration_s)}: a report on so little says little.")
    off = [rule.name for rule in catalogue.rules if rule.id in switched_off]
    if off:
        notes.append(f"Switched off: {', '.join(off)}.")
    for mark in effective(marks):
        if mark.kind is MarkKind.FAULT:
            what = mark.data.get("what", "")
            whole = mark.data.get("whole") == "true"
            notes.append(what if whole else f"At {format_time(mark.t)}: {what}")
    return notes
