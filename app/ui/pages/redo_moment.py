"""What belongs to a moment that is said again: what came before it, and the take of the session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.coach.practice_types import Speaking
from app.coach.take_facts import take_facts
from app.coach.types import Sense
from app.ui.pages.report_session import THUMB_AFTER_S
from app.ui.widgets.redo import RedoMoment
from app.ui.widgets.take_card import Played

if TYPE_CHECKING:
    from app.coach.report_types import Finding
    from app.coach.types import CueRule
    from app.ui.pages.report_session import ShownSession

BEFORE_S: Final = 8.0
"""So much is heard before the moment where no line of the customer's came before it."""
FARTHEST_S: Final = 25.0
"""A line that lies farther back than this is not what was answered."""
AFTER_S: Final = 1.5
"""The first take goes on a little after the moment, seconds."""
LEAST_S: Final = 4.0
"""And is at least this long, so that one hears a sentence."""


def moment_of(shown: ShownSession, finding: Finding, rule: CueRule, title: str) -> RedoMoment:
    """Gather what belongs to a moment; only one of the eyes has a picture and a cue to be seen."""
    start_s, before, by_customer, lead_s = _before(shown, finding)
    end_s = max(finding.end_s + AFTER_S, start_s + LEAST_S)
    report = shown.told
    if report is None:
        raise ValueError("a moment without a report")
    end_s = min(end_s, report.duration_s)
    playable = shown.recording_kept and shown.recording.is_file()
    seen = rule if rule.sense is Sense.VISION else None
    return RedoMoment(
        title=title,
        before=before,
        by_customer=by_customer,
        first=Played(
            take_facts(report, start_s, end_s, report.baseline, seen),
            shown.recording if playable else None,
            start_s,
            end_s,
            film=playable and seen is not None and shown.record.keep_policy.keeps_picture,
            still_s=finding.start_s + min(THUMB_AFTER_S, (finding.end_s - finding.start_s) / 2),
        ),
        lead_s=lead_s,
        rule=seen,
    )


def _before(shown: ShownSession, finding: Finding) -> tuple[float, str, bool, float]:
    """Tell where the take begins, what came before it, who said that, and where that begins."""
    turns = shown.practice.turns if shown.practice is not None else ()
    for turn in reversed(turns):
        if turn.start_s is None or turn.end_s is None or turn.speaker is Speaking.STAFF:
            continue
        near = finding.start_s - FARTHEST_S <= turn.start_s <= finding.start_s
        if near and turn.text:
            return min(turn.end_s, finding.start_s), turn.text, True, turn.start_s
    lead_s = max(0.0, finding.start_s - BEFORE_S)
    words = shown.report.words if shown.report is not None else None
    said = [word.text for word in words or () if lead_s <= word.start_s < finding.start_s]
    return finding.start_s, " ".join(said), False, lead_s
