"""What is drawn of two recordings above one another, on one time axis; knows no pixels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from app.coach.report import SILENCES
from app.coach.types import Sense
from app.ui.texts import clock_text, length_text, told
from app.ui.widgets.curves import ALL_CURVES, BROW, curve_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.coach.report_types import Report
    from app.coach.review_align import Alignment
    from app.coach.types import CueRule
    from app.ui.widgets.curves import CurveRow

CONTEXT: Final = "Compare"


@dataclass(frozen=True, slots=True)
class Band:
    """An episode on the axis."""

    start_s: float
    """Seconds on the axis."""
    end_s: float
    """Seconds on the axis."""
    lane: str
    """Colour token."""
    text: str
    """What the pointer is told."""
    name: str = ""
    """What stands on it where there is room; colour alone says nothing to some."""
    icon: str = ""
    """What stands on it where the name has no room."""


@dataclass(frozen=True, slots=True)
class Track:
    """One line of one side."""

    side: int
    """Whose it is."""
    start_s: float
    """Where the recording begins, seconds on the axis."""
    end_s: float
    """Where it ends, seconds on the axis."""
    bands: tuple[Band, ...] = ()
    """Episodes, by start."""
    lines: tuple[Band, ...] = ()
    """Where the customer says a line, by start; points of the axis."""
    curve: CurveRow | None = None
    """The curve, its times on the axis; None where nothing was measured."""
    gaps: tuple[tuple[float, float], ...] = ()
    """Where nothing was measured, seconds on the axis."""


@dataclass(frozen=True, slots=True)
class TrackGroup:
    """A measure with a line for each side, on the same scale."""

    label: str
    """Plain words, translated."""
    unit: str
    """Plain words, translated; empty for episodes."""
    icon: str
    """Icon name."""
    lane: str
    """Colour token."""
    tracks: tuple[Track, ...]
    """First side, then second."""
    low: float = 0.0
    """Value at the lower edge of a curve."""
    high: float = 1.0
    """Value at the upper edge."""
    normal: float | None = None
    """Own normal, where it is the same for both."""


@dataclass(frozen=True, slots=True)
class TrackSide:
    """What a side brings along."""

    report: Report | None
    """As it stands after what people said; None without one."""
    lines: tuple[tuple[float, str], ...]
    """When the customer says what, seconds on its own clock."""


def build_groups(
    sides: Sequence[TrackSide], alignment: Alignment, rules: Sequence[CueRule]
) -> tuple[TrackGroup, ...]:
    """Work out what is drawn; a measure that neither side has is left out."""
    names = {rule.id: rule for rule in rules}
    tr = QCoreApplication.translate
    groups = [
        TrackGroup(
            label=tr(CONTEXT, "Seen and heard"),
            unit="",
            icon="sees",
            lane="",
            tracks=tuple(
                _episodes(side, one, alignment, names)
                for side, one in enumerate(sides)
                if alignment.lengths_s[side] > 0
            ),
        )
    ]
    curves = [_curves(one) for one in sides]
    for name in ALL_CURVES:
        rows = [of.get(name) for of in curves]
        known = [row for row in rows if row is not None]
        if known:
            groups.append(_curve_group(name, rows, known, sides, alignment))
    return tuple(groups)


def _curves(side: TrackSide) -> dict[str, CurveRow]:
    report = side.report
    if report is None:
        return {}
    voice = report.baseline.voice if report.baseline is not None else None
    pace = voice.pace_syl_s if voice is not None else None
    return {row.name: row for row in curve_rows(report.curves, pace, ALL_CURVES)}


def _curve_group(
    name: str,
    rows: Sequence[CurveRow | None],
    known: Sequence[CurveRow],
    sides: Sequence[TrackSide],
    alignment: Alignment,
) -> TrackGroup:
    first = known[0]
    normals = {row.normal for row in known}
    sense = Sense.VISION if name == BROW else Sense.VOICE
    tracks = []
    for side, row in enumerate(rows):
        if alignment.lengths_s[side] <= 0:
            continue
        track, by_s = _track(side, alignment), -alignment.anchors_s[side]
        if row is None:  # it was not measured at all, which is no calm line
            tracks.append(replace(track, gaps=((track.start_s, track.end_s),)))
        else:
            gaps = _gaps(sides[side].report, sense, by_s)
            tracks.append(replace(track, curve=_moved(row, by_s), gaps=gaps))
    return TrackGroup(
        label=first.label,
        unit=first.unit,
        icon=first.icon,
        lane=first.lane,
        tracks=tuple(tracks),
        low=min(row.low for row in known),
        high=max(row.high for row in known),
        normal=first.normal if len(normals) == 1 else None,
    )


def _track(side: int, alignment: Alignment) -> Track:
    start_s = alignment.on_axis(side, 0.0)
    return Track(side, start_s, start_s + alignment.lengths_s[side])


def _moved(row: CurveRow, by_s: float) -> CurveRow:
    levels = tuple(replace(level, t_s=level.t_s + by_s) for level in row.levels)
    return replace(row, t_s=row.t_s + by_s, levels=levels)


def _gaps(report: Report | None, sense: Sense, by_s: float) -> tuple[tuple[float, float], ...]:
    if report is None:
        return ()
    return tuple(
        (gap.start_s + by_s, gap.end_s + by_s)
        for gap in report.gaps
        if gap.cue is None and gap.sense is sense and gap.reason not in SILENCES
    )


def _episodes(side: int, one: TrackSide, alignment: Alignment, rules: dict[str, CueRule]) -> Track:
    by_s = -alignment.anchors_s[side]
    found = []
    for event in one.report.events if one.report is not None else ():
        rule = rules.get(event.cue)
        if rule is None:
            continue
        name = told(rule.name)
        lasted = length_text(event.lasted_s)
        name = f"{name[:1].upper()}{name[1:]}"
        text = f"{name} · {clock_text(event.start_s)} · {lasted}"
        start_s, end_s = event.start_s + by_s, event.end_s + by_s
        found.append(Band(start_s, end_s, rule.lane, text, name, rule.icon))
    lines = [Band(t + by_s, t + by_s, "", f"{clock_text(t)} · {text}") for t, text in one.lines]
    found.sort(key=lambda band: band.start_s)
    return replace(_track(side, alignment), bands=tuple(found), lines=tuple(lines))


def axis_text(axis_s: float) -> str:
    """Write a time of the axis: +0:05 after the moment, −0:05 before it, 0:00 at it."""
    whole = round(axis_s)
    sign = "−" if whole < 0 else "+" if whole > 0 else ""
    minutes, seconds = divmod(abs(whole), 60)
    return f"{sign}{minutes}:{seconds:02d}"
