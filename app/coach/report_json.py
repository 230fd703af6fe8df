"""A report as JSON; `REPORT_SCHEMA` describes every field."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.coach.baseline_file import baseline_to_dict
from app.coach.catalogue import Catalogue, load_catalogue
from app.coach.joins import load_halves
from app.coach.practice_json import practice_to_dict
from app.coach.practice_report import rejoined
from app.coach.practice_verdicts import standing
from app.coach.report_schema import REPORT_SCHEMA, SCHEMA_VERSION
from app.coach.speaking import words_a_minute
from app.coach.verdicts import AGREE, CORRECT, DISAGREE, judged, rejected, verdicts
from app.coach.words import finding_sentence
from app.version import RULES_VERSION, VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.coach.practice_report import PracticeReport
    from app.coach.report_types import Curve, Finding, Report
    from app.coach.types import CueEvent, Gap, Mark
    from audio.types import PhraseHit, Word

__all__ = ["REPORT_SCHEMA", "SCHEMA_VERSION", "report_to_dict"]


def report_to_dict(
    report: Report,
    *,
    file: str | None = None,
    title: str = "",
    versions: Mapping[str, object] | None = None,
    catalogue: Catalogue | None = None,
    marks: Sequence[Mark] = (),
    sample: bool = False,
    practice: PracticeReport | None = None,
) -> dict[str, Any]:
    """Write a report as plain data that `json.dumps` takes.

    Parameters
    ----------
    report
        The report.
    file, title
        Name of the file it was made from (None for a session) and of the session.
    versions
        Versions by name; app and rules are filled in where absent.
    catalogue
        Whose sentences the findings speak; the one that ships without it.
    marks
        What people said: it outranks the machine. Episodes that were rejected are told apart.
    sample
        Whether it is the sample that ships with the program.
    practice
        What was found in the words; None where nothing was looked for.
    """
    catalogue = catalogue or load_catalogue()
    put_aside = rejected(report, marks)
    if practice is not None:
        practice = rejoined(practice, report, marks, load_halves())
        practice = replace(practice, evidence=standing(practice.evidence, marks))
    report = judged(report, marks, keep_rejected=True)
    known = {"app": VERSION, "rules": RULES_VERSION, "models": "", **(versions or {})}
    return {
        "schema_version": SCHEMA_VERSION,
        "rapport_version": VERSION,
        "file": file,
        "title": title,
        "sample": sample,
        **_measured(report, put_aside, catalogue, verdicts(marks)),
        **practice_to_dict(practice),
        "notes": list(report.notes),
        "versions": known,
    }


def _measured(
    report: Report,
    put_aside: Iterable[CueEvent],
    catalogue: Catalogue,
    said: Mapping[str, str],
) -> dict[str, Any]:
    """Write what was seen and heard, and what was not."""
    return {
        "duration_s": _number(report.duration_s),
        "events": [_event(event) for event in report.events],
        "rejected_events": [_event(event) for event in put_aside],
        "gaps": [_gap(gap) for gap in report.gaps],
        "curves": [_curve(curve) for curve in report.curves],
        "findings": [_finding(one, catalogue, said) for one in report.findings],
        "not_measured": [
            {"cue": row.cue, "reason": row.reason, "seconds": _number(row.seconds)}
            for row in report.not_measured
        ],
        "own_normal": None if report.baseline is None else baseline_to_dict(report.baseline),
        "reception": [
            {"what": one.what, "seconds": _number(one.seconds), "share": _number(one.share)}
            for one in report.reception
        ],
        "ticked": list(report.ticked),
        "speakers_labelled": report.speakers_labelled,
        "words": None if report.words is None else [_word(word) for word in report.words],
        "phrases": None if report.phrases is None else [_phrase(hit) for hit in report.phrases],
        "words_per_min": _number(words_a_minute(report.words or ())),
    }


def _event(event: CueEvent) -> dict[str, Any]:
    return {
        "cue": event.cue,
        "start_s": _number(event.start_s),
        "end_s": _number(event.end_s),
        "peak": _number(event.peak),
        "threshold": _number(event.threshold),
        "own_normal": _number(event.own_normal),
        "ended_unseen": event.lost,
    } | ({"by_hand": True} if event.by_hand else {})


def _gap(gap: Gap) -> dict[str, Any]:
    return {
        "sense": gap.sense.value,
        "cue": gap.cue,
        "reason": gap.reason,
        "start_s": _number(gap.start_s),
        "end_s": _number(gap.end_s),
    }


def _word(word: Word) -> dict[str, Any]:
    return {
        "text": word.text,
        "start_s": _number(word.start_s),
        "end_s": _number(word.end_s),
        "confidence": _number(word.confidence),
    }


def _phrase(hit: PhraseHit) -> dict[str, Any]:
    return {
        "phrase": hit.phrase,
        "practice": hit.practice or None,
        "start_s": _number(hit.start_s),
        "end_s": _number(hit.end_s),
        "confidence": _number(hit.confidence),
    }


def _curve(curve: Curve) -> dict[str, Any]:
    return {
        "name": curve.name,
        "sense": curve.sense.value,
        "unit": curve.unit,
        "t_s": [_number(t) for t in curve.t_s],
        "values": [_number(value) for value in curve.values],
    }


def _finding(finding: Finding, catalogue: Catalogue, said: Mapping[str, str]) -> dict[str, Any]:
    data = {
        "id": finding.id,
        "cue": finding.cue,
        "start_s": _number(finding.start_s),
        "end_s": _number(finding.end_s),
        "sentence": finding_sentence(finding, catalogue.rule(finding.cue)),
        "measured": _number(finding.measured),
        "threshold": _number(finding.threshold),
        "own_normal": _number(finding.own_normal),
        "times": finding.times,
        "total_s": _number(finding.total_s),
    }
    verdict = said.get(finding.id)
    return data | ({"verdict": verdict} if verdict in {AGREE, DISAGREE, CORRECT} else {})


def _number(value: float | None) -> float | None:
    """Milliseconds and thousandths are finer than any measure; JSON has no NaN."""
    if value is None or not math.isfinite(value):
        return None
    return round(float(value), 3)
