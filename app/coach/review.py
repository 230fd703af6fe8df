"""A trainer's review, read out of the marks: strengths, one next step, the moments, both views."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.coach.marks import effective, ratings
from app.coach.practice_types import Polarity
from app.coach.practice_verdicts import POLARITY, PRACTICE
from app.coach.review_types import BothViews, Judged, Moment, NextStep, Review
from app.coach.types import Lane, MarkKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from app.coach.report_types import Checklist, Report
    from app.coach.types import CueEvent, Mark

STRENGTH: Final = "strength"
NEXT_STEP: Final = "next_step"
LONGEST_START: Final = 12
"""Digits of an episode's start in its id, milliseconds."""
NEAR_S: Final = 2.0
"""Marks this near to each other are about the same moment, seconds."""
AT: Final = "at"
"""data["at"] says that a strength was seen at its mark's moment, also at the very first one.
Without it, as in older reviews, a mark at 0 s is about the whole talk."""


def reviews_of(
    marks: Sequence[Mark],
    report: Report | None,
    names: Mapping[str, str],
    *,
    said_at: Mapping[str, dt.datetime] | None = None,
    checklist: Checklist | None = None,
) -> tuple[Review, ...]:
    """Read the reviews of a session, that of whoever spoke last first.

    Parameters
    ----------
    marks
        Its log, of all lanes.
    report
        Of the session, for the ends of the machine's episodes; None without one.
    names
        Author -> name.
    said_at
        Id of a mark -> when it was made, UTC.
    checklist
        Gives the items their order.
    """
    held = effective(marks)
    theirs = [mark for mark in held if mark.lane is Lane.TRAINER]
    own = [mark for mark in held if mark.lane is Lane.SELF]
    authors = dict.fromkeys(mark.author for mark in theirs)
    made = [
        _review(
            author,
            [mark for mark in theirs if mark.author == author],
            own,
            report.events if report else (),
            checklist,
        )
        for author in authors
    ]
    times = said_at or {}
    named = [_told(one, names, theirs, times) for one in made if not one.empty]
    # Stable, so that reviews of no known time keep the order in which their authors came.
    return tuple(sorted(named, key=lambda one: -(one.at.timestamp() if one.at else 0.0)))


def review_of(
    marks: Sequence[Mark],
    report: Report | None,
    names: Mapping[str, str],
    *,
    said_at: Mapping[str, dt.datetime] | None = None,
    checklist: Checklist | None = None,
) -> Review | None:
    """Read the newest review; None where nobody wrote one."""
    found = reviews_of(marks, report, names, said_at=said_at, checklist=checklist)
    return found[0] if found else None


def has_review(marks: Sequence[Mark]) -> bool:
    """Tell whether a trainer named a strength or a next step."""
    return any(
        mark.kind is MarkKind.REVIEW
        and mark.lane is Lane.TRAINER
        and mark.data.get("part") in {STRENGTH, NEXT_STEP}
        for mark in effective(marks)
    )


def _told(
    review: Review,
    names: Mapping[str, str],
    marks: Sequence[Mark],
    said_at: Mapping[str, dt.datetime],
) -> Review:
    times = [said_at[m.id] for m in marks if m.author == review.author and m.id in said_at]
    return replace(review, name=names.get(review.author, ""), at=max(times, default=None))


def _review(
    author: str,
    theirs: Sequence[Mark],
    own: Sequence[Mark],
    events: Sequence[CueEvent],
    checklist: Checklist | None,
) -> Review:
    # Written at any moment of the recording: their order is that of their lines on the desk.
    parts = sorted(
        (mark for mark in theirs if mark.kind is MarkKind.REVIEW),
        key=lambda mark: mark.data.get("slot", ""),
    )
    good = [
        (m.data.get("text", "").strip(), moment_of(m))
        for m in parts
        if m.data.get("part") == STRENGTH and m.data.get("text", "").strip()
    ]
    steps = [
        NextStep(mark.data.get("text", "").strip(), mark.data.get("cue", ""))
        for mark in parts
        if mark.data.get("part") == NEXT_STEP
    ]
    said = [step for step in steps if step.text or step.cue]
    return Review(
        author=author,
        name="",
        at=None,
        strengths=tuple(text for text, _ in good),
        strengths_at=tuple(t for _, t in good),
        next_step=said[-1] if said else None,
        moments=_moments(theirs, own),
        views=_views(theirs, own, checklist),
        judged=_judged(theirs, own, events),
    )


def moment_of(part: Mark) -> float | None:
    """Tell where a part of the summary was seen, seconds; None for the whole talk."""
    return part.t if part.t > 0 or AT in part.data else None


def _moments(theirs: Sequence[Mark], own: Sequence[Mark]) -> tuple[Moment, ...]:
    kinds = (MarkKind.NOTE, MarkKind.MARKER)
    # What was noted about the whole session has no moment: it would all stand at 0:00.
    about = [_span(m) for m in own if m.kind in kinds and "about" not in m.data]
    found = []
    for mark in theirs:
        said = mark.data.get("text", "").strip()
        marker = mark.data.get("label", "") if mark.kind is MarkKind.MARKER else ""
        if mark.kind not in kinds or not (said or marker or mark.data.get("sound")):
            continue
        start_s, end_s = _span(mark)
        found.append(
            Moment(
                id=mark.id,
                start_s=start_s,
                end_s=end_s if end_s > start_s else None,
                text=said,
                marker=marker,
                colour=mark.data.get("colour", "") if marker else "",
                sound=mark.data.get("sound", ""),
                own=any(a <= end_s + NEAR_S and start_s <= b + NEAR_S for a, b in about),
            )
        )
    return tuple(sorted(_joined(found), key=lambda one: one.start_s))


def _joined(found: Sequence[Moment]) -> list[Moment]:
    """Make one of a marker and the comment on the same moment: both were said of it."""
    bare = [one for one in found if _is_bare(one)]
    made = []
    for one in found:
        near = [] if one.marker else [marker for marker in bare if _is_near(marker, one)]
        if near:
            marker = min(near, key=lambda other: abs(other.start_s - one.start_s))
            bare.remove(marker)
            made.append(_both_said(marker, one))
        elif not _is_bare(one):
            made.append(one)
    return made + bare


def _is_bare(one: Moment) -> bool:
    """Whether it is a marker without words of its own."""
    return bool(one.marker) and not one.text and not one.sound


def _is_near(marker: Moment, comment: Moment) -> bool:
    """Whether a marker is about a comment's moment, or stands at the beginning of its stretch."""
    if abs(marker.start_s - comment.start_s) > NEAR_S:
        return False
    if marker.end_s is None:
        return True
    return comment.end_s is not None and abs(marker.end_s - comment.end_s) <= NEAR_S


def _both_said(marker: Moment, comment: Moment) -> Moment:
    ends = [one.end_s for one in (marker, comment) if one.end_s is not None]
    return replace(
        comment,
        start_s=min(marker.start_s, comment.start_s),
        end_s=max(ends, default=None),
        marker=marker.marker,
        colour=marker.colour,
        own=marker.own or comment.own,
    )


def _span(mark: Mark) -> tuple[float, float]:
    until = seconds_in(mark.data, "until")
    return mark.t, max(mark.t, until) if until is not None else mark.t


def _views(
    theirs: Sequence[Mark], own: Sequence[Mark], checklist: Checklist | None
) -> tuple[BothViews, ...]:
    said, mine = ratings(theirs, Lane.TRAINER), ratings(own)
    order = {item.id: at for at, item in enumerate(checklist.items)} if checklist else {}
    # An item with an empty name says that the whole question was passed over.
    items = [item for item in said if item and said[item]]
    items.sort(key=lambda item: order.get(item, len(order)))
    return tuple(BothViews(item, mine.get(item, ""), said[item]) for item in items)


def _judged(
    theirs: Sequence[Mark], own: Sequence[Mark], events: Iterable[CueEvent]
) -> tuple[Judged, ...]:
    ends = {(event.cue, round(event.start_s * 1000)): event.end_s for event in events}
    mine = {m.data.get("finding"): m.data for m in own if m.kind is MarkKind.VERDICT}
    last = {m.data.get("finding", ""): m.data for m in theirs if m.kind is MarkKind.VERDICT}
    found = []
    for key, data in last.items():
        cue, start_s = episode_of(key)
        if start_s is None or data.get("verdict") not in {"agree", "disagree", "correct"}:
            continue  # words without times stand in the checklist only
        corrects = data["verdict"] == "correct"
        found.append(
            Judged(
                cue=cue,
                start_s=start_s,
                end_s=ends.get((cue, round(start_s * 1000))),
                verdict=data["verdict"],
                better_cue=data.get("cue") or data.get(PRACTICE, "") if corrects else "",
                better_start_s=seconds_in(data, "start") if corrects else None,
                better_end_s=seconds_in(data, "end") if corrects else None,
                own=mine.get(key, {}).get("verdict", ""),
                better_wrong=corrects and data.get(POLARITY) == Polarity.WRONG,
            )
        )
    return tuple(sorted(found, key=lambda one: (one.start_s, one.cue)))


def episode_of(finding: str) -> tuple[str, float | None]:
    """Split the id of an episode into cue and start, seconds; None for what is none."""
    cue, _, start = finding.rpartition("-")
    # A review comes from elsewhere: what no session is long enough for is no start.
    plain = start.isascii() and start.isdigit() and len(start) <= LONGEST_START
    return (cue, int(start) / 1000) if cue and plain else ("", None)


def seconds_in(data: Mapping[str, str], name: str) -> float | None:
    """Read a time out of a mark, seconds; None where there is none, or it cannot be read."""
    text = data.get(name, "")
    try:
        value = float(text) if text else -1.0  # most marks have none: an error takes long
    except ValueError:
        return None
    return value if 0 <= value < float("inf") else None
