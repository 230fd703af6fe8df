"""A report as one self-contained HTML page: no script, no font, no picture from anywhere else."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from app.coach.joins import load_halves
from app.coach.marks import tick_counts
from app.coach.practice_report import moments as named
from app.coach.practice_report import rejoined
from app.coach.types import Lane, Sense
from app.coach.verdicts import DISAGREE, judged, verdict_marks
from app.coach.words import (
    finding_sentence,
    format_duration,
    format_time,
    item_state,
    measured_detail,
    measured_sentence,
    missing_text,
    times_sentence,
)
from app.session.html_curves import curves
from app.session.html_practice import spoken_part
from app.session.html_template import load_css, load_template
from app.session.html_thumbnails import thumbnails
from app.session.html_timeline import axis, lanes, nothing_noted
from app.session.html_words import words_part
from app.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from app.coach.catalogue import Catalogue
    from app.coach.practice_report import PracticeReport
    from app.coach.report_types import Checklist, Finding, Report
    from app.coach.types import Mark

INTO_S: Final = 1.0
"""A thumbnail is taken this far into its moment, or in its middle if that is earlier."""

_WORDS: Final = {1: "One moment", 2: "Two moments", 3: "Three moments"}


@dataclass(frozen=True, slots=True)
class _Moment:
    """A finding as the page shows it."""

    number: int
    name: str
    when: str
    sentence: str
    more: str
    measured: str
    detail: str
    advice: str
    lane: str
    picture: str | None
    aside: str
    """Who says that it is not so; empty where nobody does."""


@dataclass(frozen=True, slots=True)
class _Missing:
    """A line of the table of what was not measured."""

    what: str
    seconds: str
    why: str


def render_html(
    report: Report,
    *,
    title: str,
    video: Path | None,
    catalogue: Catalogue,
    sample: bool = False,
    checklist: Checklist | None = None,
    marks: Sequence[Mark] = (),
    practice: PracticeReport | None = None,
) -> str:
    """Make the page.

    Parameters
    ----------
    report
        The report.
    title
        Name of the session or file.
    video
        Where the thumbnails come from; None for a report without pictures.
    catalogue
        The cue rules: names, sentences and colours.
    sample
        Whether to label it as the sample.
    checklist, marks
        The checklist in use and the marks of the session: how often each item was ticked, and
        what people said of the machine's findings, which outranks them.
    practice
        What was found in the words; None where nothing was looked for.
    """
    if practice is not None:
        practice = rejoined(practice, report, marks, load_halves())
    report = judged(report, marks, keep_rejected=True)
    report = replace(report, findings=named(report, practice))
    spoken = spoken_part(practice, marks)
    moments = _moments(report, catalogue, video, _set_aside(marks), spoken.joined)
    drawn = curves(report)
    return load_template("report.html.j2").render(
        title=title,
        sample=sample,
        css=load_css("report.css"),
        version=VERSION,
        duration=format_duration(report.duration_s),
        heading=_WORDS.get(len(moments), "No moment stood out"),
        moments=moments,
        axis=axis(report),
        lanes=lanes(report, catalogue),
        curves=drawn,
        normal=any('class="normal"' in row.svg for row in drawn),
        quiet=nothing_noted(report, catalogue),
        missing=_missing(report, catalogue),
        spoken=spoken,
        words=words_part(report),
        items=_items(report, checklist, marks),
        checklist=checklist.name if checklist is not None else "",
        episodes=_episodes(report, catalogue),
        notes=report.notes,
    )


def _moments(
    report: Report,
    catalogue: Catalogue,
    video: Path | None,
    said: Mapping[str, str],
    joined: Mapping[str, str],
) -> list[_Moment]:
    times = [_picture_time(finding) for finding in report.findings]
    pictures = thumbnails(video, times) if video is not None and times else [None] * len(times)
    shown = []
    for number, (finding, picture) in enumerate(zip(report.findings, pictures, strict=True), 1):
        rule = catalogue.rule(finding.cue)
        shown.append(
            _Moment(
                number=number,
                name=rule.name[:1].upper() + rule.name[1:],
                when=f"{format_time(finding.start_s)} – {format_time(finding.end_s)}",
                sentence=joined.get(finding.id) or finding_sentence(finding, rule),
                more=times_sentence(finding),
                measured=measured_sentence(finding, rule),
                detail=measured_detail(finding, rule),
                advice=rule.advice,
                lane=rule.lane,
                picture=picture,
                aside=said.get(finding.id, ""),
            )
        )
    return shown


def _set_aside(marks: Sequence[Mark]) -> dict[str, str]:
    """Say of each finding that somebody disagrees with whose word that is."""
    return {
        finding: "You disagreed with this one; your word counts."
        if said[-1].lane is Lane.SELF
        else "Your trainer disagreed with this one; your own word would count above it."
        for finding, said in verdict_marks(marks).items()
        if said[-1].data.get("verdict") == DISAGREE
    }


def _picture_time(finding: Finding) -> float:
    return finding.start_s + min(INTO_S, (finding.end_s - finding.start_s) / 2)


def _missing(report: Report, catalogue: Catalogue) -> list[_Missing]:
    """Say what was not measured; cues that share length and reason share a line."""
    grouped: dict[tuple[str, str, Sense], list[str]] = {}
    for row in report.not_measured:
        rule = catalogue.rule(row.cue)
        why = missing_text(row.reason, rule, _gone(report, rule.sense))
        key = (why, _share(row.seconds, report.duration_s), rule.sense)
        grouped.setdefault(key, []).append(rule.id)
    lines = []
    for (why, seconds, sense), cues in grouped.items():
        of_sense = [rule.id for rule in catalogue.rules if rule.sense is sense]
        if cues == of_sense or set(cues) == set(of_sense):
            what = "Everything seen" if sense is Sense.VISION else "Everything heard"
        else:
            what = ", ".join(catalogue.rule(cue).name for cue in cues)
            what = what[:1].upper() + what[1:]
        lines.append(_Missing(what, seconds, why))
    return lines


def _gone(report: Report, sense: Sense) -> Sense | None:
    """Give the sense back where it was missing from start to end, not only for a while."""
    whole = any(
        gap.sense is sense and gap.cue is None and gap.end_s - gap.start_s >= report.duration_s
        for gap in report.gaps
    )
    return sense if whole else None


def _share(seconds: float, duration_s: float) -> str:
    return "all the time" if seconds >= 0.98 * duration_s else format_duration(seconds)


def _items(
    report: Report, checklist: Checklist | None, marks: Sequence[Mark]
) -> list[tuple[bool, str, str]]:
    """(ticked, text, state) of each checklist item."""
    if checklist is None:
        return []
    counts = tick_counts(marks) or dict.fromkeys(report.ticked, 1)
    return [
        (counts.get(item.id, 0) > 0, item.text, item_state(item, counts.get(item.id, 0)))
        for item in checklist.items
    ]


def _episodes(report: Report, catalogue: Catalogue) -> list[tuple[str, str, str, str]]:
    """(when, what, how long, most) of each episode."""
    rows = []
    for event in report.events:
        rule = catalogue.rule(event.cue)
        if math.isnan(event.peak):
            most = "put right by hand"
        else:
            most = f"{event.peak:.1f} {rule.unit}" if rule.unit else f"{event.peak:.2f} of 1"
        lasted = format_duration(event.lasted_s)
        rows.append((format_time(event.start_s), rule.name, lasted, most.replace("-", "−")))
    return rows
