"""A span of a session as a session of its own, and the way back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from handover_material import a_report, own_marks
from hypothesis import given
from hypothesis import strategies as st

from app.coach.catalogue import load_catalogue
from app.coach.cutting import (
    Span,
    cut_events,
    cut_marks,
    cut_report,
    cut_words,
    restored,
    span_of,
)
from app.coach.review import AT, moment_of
from app.coach.types import CueEvent, Lane, Mark, MarkKind
from audio.types import Word

if TYPE_CHECKING:
    from app.coach.report_types import Report

SPAN = Span(5.0, 10.0)


@pytest.fixture(scope="module")
def cut() -> Report:
    report = a_report()
    marks = cut_marks(own_marks("ana"), SPAN, report.events)
    return cut_report(report, SPAN, marks, load_catalogue(), None)


def test_times_begin_at_the_span_and_end_with_it(cut: Report) -> None:
    assert cut.duration_s == 5.0
    assert [(e.cue, e.start_s, e.end_s) for e in cut.events] == [
        ("arms_crossed", 0.0, 1.5),
        ("brow_drawn", 2.25, 4.0),
    ]
    assert [(gap.start_s, gap.end_s) for gap in cut.gaps] == [(0.0, 0.5)]
    assert cut.curves[0].t_s == (1.0,)
    assert cut.curves[0].values == (0.2,)


def test_its_findings_are_its_own(cut: Report) -> None:
    assert {f.id for f in cut.findings} <= {"arms_crossed-0", "brow_drawn-2250"}
    assert "brow_drawn-2250" in {finding.id for finding in cut.findings}
    assert all(finding.end_s <= 5.0 for finding in cut.findings)


def test_a_sentence_that_names_a_moment_does_not_go_along(cut: Report) -> None:
    assert cut.notes == ("Nobody said who is speaking.",)


def test_only_whole_words_of_the_span_go_along() -> None:
    words = (Word("in", 5.0, 5.4, 0.9), Word("over", 9.8, 10.2, 0.9), Word("out", 1.0, 1.4, 0.9))
    assert cut_words(words, SPAN) == (Word("in", 0.0, 0.4, 0.9),)
    assert cut_words(None, SPAN) is None


def test_what_the_owner_said_elsewhere_and_what_trainers_said_stays() -> None:
    marks = own_marks("ana")
    marks.append(Mark(7.0, Lane.TRAINER, MarkKind.NOTE, "old trainer", {"text": "secret"}))
    cut = cut_marks(marks, SPAN, a_report().events)
    texts = [mark.data.get("text") for mark in cut if mark.kind is MarkKind.NOTE]
    assert texts == ["in the span: zebra"]
    note = next(mark for mark in cut if mark.kind is MarkKind.NOTE)
    assert (note.t, note.data["until"]) == (2.0, "3.0")
    verdict = next(mark for mark in cut if mark.kind is MarkKind.VERDICT)
    assert verdict.data["finding"] == "brow_drawn-2250"
    assert [mark.data["item"] for mark in cut if mark.kind is MarkKind.RATING] == ["P19"]


def test_who_speaks_at_the_beginning_is_known() -> None:
    marks = [
        Mark(1.0, Lane.MACHINE, MarkKind.SPEAKER, "rapport", {"speaker": "staff"}),
        Mark(3.0, Lane.MACHINE, MarkKind.SPEAKER, "rapport", {"speaker": "customer"}),
        Mark(3.0, Lane.MACHINE, MarkKind.LINE, "rapport", {"line": "twice"}),
        Mark(6.0, Lane.MACHINE, MarkKind.LINE, "rapport", {"line": "twice", "end": "true"}),
        Mark(6.0, Lane.MACHINE, MarkKind.SPEAKER, "rapport", {"speaker": "staff"}),
    ]
    cut = cut_marks(marks, SPAN, ())
    assert [(m.t, m.kind.value, m.data.get("speaker", m.data.get("end", ""))) for m in cut] == [
        (0.0, "speaker", "customer"),
        (0.0, "line", ""),
        (1.0, "line", "true"),
        (1.0, "speaker", "staff"),
    ]
    over = cut_marks([*marks[:4]], Span(7.0, 9.0), ())
    assert [mark.kind.value for mark in over] == ["speaker"]


def test_a_verdict_on_a_cut_episode_finds_it_again() -> None:
    events = a_report().events
    said = Mark(0.0, Lane.TRAINER, MarkKind.VERDICT, "ben", {"finding": "arms_crossed-0"})
    assert restored(said, SPAN, events).data["finding"] == "arms_crossed-4500"
    words = Mark(0.0, Lane.TRAINER, MarkKind.VERDICT, "ben", {"finding": "P19-done-1500"})
    assert restored(words, SPAN, events).data["finding"] == "P19-done-6500"


def test_a_correction_comes_back_in_the_sessions_time() -> None:
    data = {"finding": "brow_drawn-2250", "verdict": "correct", "start": "1.5", "end": "2.5"}
    back = restored(
        Mark(2.25, Lane.TRAINER, MarkKind.VERDICT, "ben", data), SPAN, a_report().events
    )
    assert (back.data["start"], back.data["end"]) == ("6.5", "7.5")
    assert back.t == 7.25


def test_what_is_said_of_the_whole_talk_gets_no_moment_by_coming_back() -> None:
    data = {"part": "strength", "text": "All of it.", "slot": "1"}
    whole = Mark(0.0, Lane.TRAINER, MarkKind.REVIEW, "ben", data)
    seen = replace(whole, data={**data, AT: "moment"})
    later = replace(whole, t=1.0)
    back = [restored(mark, SPAN, ()) for mark in (whole, seen, later)]
    assert [moment_of(mark) for mark in back] == [None, 5.0, 6.0]


@pytest.mark.parametrize(("start", "end"), [(5.0, 5.0), (-1.0, 5.0), (6.0, 5.0), (1.0005, 5.0)])
def test_there_is_no_empty_span_and_none_between_milliseconds(start: float, end: float) -> None:
    with pytest.raises(ValueError, match="span"):
        Span(start, end)


@given(
    st.floats(0, 3600, allow_nan=False),
    st.floats(1, 3600, allow_nan=False),
    st.lists(st.tuples(st.floats(0, 7200), st.floats(0.3, 60)), max_size=8),
)
def test_every_name_in_a_span_leads_back_to_its_episode(
    start: float, length: float, episodes: list[tuple[float, float]]
) -> None:
    span = span_of(start, start + length)
    assert -1e-9 <= start - span.start_s < 0.0011  # what is a nanosecond short of it is one
    events = {
        event.id: event
        for event in (CueEvent("loud", at, at + lasts, 1.0, 0.5) for at, lasts in episodes)
    }
    cut = cut_events(events.values(), span)
    names = [event.id for event in cut.values()]
    for whole, event in cut.items():
        if names.count(event.id) > 1:
            continue  # two that began before the span have one name in it
        said = Mark(0.0, Lane.TRAINER, MarkKind.VERDICT, "ben", {"finding": event.id})
        assert restored(said, span, events.values()).data["finding"] == whole
