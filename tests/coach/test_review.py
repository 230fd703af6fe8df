"""A trainer's review as it is read out of the marks, and in words."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.coach.report_types import Checklist, Item, Report
from app.coach.review import episode_of, has_review, review_of, reviews_of, seconds_in
from app.coach.review_types import Judged, NextStep
from app.coach.review_words import Sheet, judged_text, review_sheet, safe_colour, span_text
from app.coach.types import CueEvent, Lane, Mark, MarkKind

ANA, MARTA, LEO = "ana", "marta", "leo"
CUES = {"arms_crossed": "arms crossed", "brow_drawn": "brows drawn together", "P19": "an apology"}
DESK = Checklist(
    "desk",
    "At the desk",
    (
        Item("finish", "P02", "Let them finish", "why", 1, None),
        Item("sorry", "P19", "Say sorry for this", "why", 1, 1),
        Item("recap", "P23", "Say it back", "why", 1, None),
    ),
)
REPORT = Report(
    60.0,
    (CueEvent("arms_crossed", 12.0, 20.0, 0.9, 0.5),),
    (),
    (),
    (),
    (),
    (),
    speakers_labelled=True,
)


def said(kind: MarkKind, t: float = 0.0, who: str = MARTA, mark_id: str = "", **data: str) -> Mark:
    lane = Lane.SELF if who == ANA else Lane.TRAINER
    return Mark(t, lane, kind, who, data, id=mark_id)


def strength(text: str, who: str = MARTA) -> Mark:
    return said(MarkKind.REVIEW, who=who, part="strength", text=text)


def sheet_of(*marks: Mark, names: dict[str, str] | None = None) -> Sheet:
    review = review_of(marks, REPORT, {MARTA: "Marta"} if names is None else names)
    assert review is not None
    return review_sheet(review, title="Charged twice", about="Today", cues=CUES, checklist=DESK)


def test_nobody_has_reviewed_a_session_with_own_marks_only() -> None:
    own = [
        said(MarkKind.NOTE, 3.0, ANA, text="my arms?"),
        said(MarkKind.RATING, who=ANA, item="sorry", value="yes"),
        Mark(0.0, Lane.SELF, MarkKind.REVIEW, ANA, {"part": "strength", "text": "me"}),
    ]
    assert review_of(own, REPORT, {}) is None
    assert not has_review(own)


def test_a_review_has_strengths_a_step_and_moments_by_time() -> None:
    marks = [
        strength("You let her finish."),
        strength("  "),
        said(MarkKind.REVIEW, part="next_step", text="Hands on the counter.", cue="arms_crossed"),
        said(MarkKind.REVIEW, part="done"),
        said(MarkKind.NOTE, 40.0, text="Here.", mark_id="b"),
        said(MarkKind.MARKER, 8.0, label="Own words", colour="pace", until="11.5", mark_id="a"),
    ]
    review = review_of(marks, REPORT, {MARTA: "Marta"})
    assert review is not None
    assert has_review(marks)
    assert review.name == "Marta"
    assert review.strengths == ("You let her finish.",)
    assert review.next_step == NextStep("Hands on the counter.", "arms_crossed")
    assert [(m.id, m.start_s, m.end_s, m.marker) for m in review.moments] == [
        ("a", 8.0, 11.5, "Own words"),
        ("b", 40.0, None, ""),
    ]


def test_strengths_stand_in_the_order_of_their_lines_not_of_the_recording() -> None:
    marks = [
        said(MarkKind.REVIEW, 5.0, part="strength", slot="2", text="Second"),
        said(MarkKind.REVIEW, 50.0, part="strength", slot="0", text="First"),
    ]
    review = review_of(marks, REPORT, {})
    assert review is not None
    assert review.strengths == ("First", "Second")
    assert review.strengths_at == (50.0, 5.0)


def test_what_was_taken_back_is_not_read() -> None:
    first = said(MarkKind.REVIEW, part="strength", text="Old words", mark_id="1")
    new = Mark(
        0.0, Lane.TRAINER, MarkKind.REVIEW, MARTA, {"part": "strength", "text": "New"}, "2", "1"
    )
    gone = Mark(5.0, Lane.TRAINER, MarkKind.NOTE, MARTA, {"text": "Gone"}, "4", "3", tombstone=True)
    note = said(MarkKind.NOTE, 5.0, mark_id="3", text="Gone")
    review = review_of([first, new, note, gone], REPORT, {})
    assert review is not None
    assert review.strengths == ("New",)
    assert review.moments == ()


def test_an_own_mark_near_a_moment_says_that_both_saw_it() -> None:
    marks = [
        said(MarkKind.NOTE, 10.0, text="a", until="14.0"),
        said(MarkKind.NOTE, 30.0, text="b"),
        said(MarkKind.NOTE, 15.5, ANA, text="mine"),
        said(MarkKind.NOTE, 30.0, ANA, text="about it all", about="reflection"),
    ]
    review = review_of(marks, REPORT, {})
    assert review is not None
    assert [moment.own for moment in review.moments] == [True, False]


def moment_of_both(*marks: Mark) -> list[tuple[float, float | None, str, str]]:
    review = review_of(marks, REPORT, {})
    assert review is not None
    return [(m.start_s, m.end_s, m.marker, m.text) for m in review.moments]


def test_a_marker_and_a_comment_on_one_moment_are_one() -> None:
    marker = said(MarkKind.MARKER, 10.0, label="Own words", colour="arms")
    assert moment_of_both(marker, said(MarkKind.NOTE, 11.5, text="So it is.")) == [
        (10.0, None, "Own words", "So it is.")
    ]
    assert moment_of_both(marker, said(MarkKind.NOTE, 9.0, text="Here.", until="15.0")) == [
        (9.0, 15.0, "Own words", "Here.")
    ], "it stands for the stretch that begins there"
    both = [
        said(MarkKind.MARKER, 10.0, label="Own words", until="20.0"),
        said(MarkKind.NOTE, 10.5, text="All of it.", until="21.0", sound="c.wav"),
    ]
    review = review_of(both, REPORT, {})
    assert review is not None
    (moment,) = review.moments
    assert (moment.end_s, moment.sound) == (21.0, "c.wav")


def test_what_is_not_one_moment_or_has_words_of_its_own_stays_two() -> None:
    for first, second in (
        (
            said(MarkKind.MARKER, 10.0, label="Own words"),
            said(MarkKind.NOTE, 12.1, text="Later."),
        ),
        (
            said(MarkKind.MARKER, 10.0, label="Own words", until="20.0"),
            said(MarkKind.NOTE, 10.0, text="Only here."),
        ),
        (
            said(MarkKind.MARKER, 10.0, label="Own words", text="said with it"),
            said(MarkKind.NOTE, 10.0, text="Another thing."),
        ),
        (said(MarkKind.NOTE, 10.0, text="One."), said(MarkKind.NOTE, 10.0, text="Two.")),
        (said(MarkKind.MARKER, 10.0, label="A"), said(MarkKind.MARKER, 10.0, label="B")),
    ):
        assert len(moment_of_both(first, second)) == 2


def test_a_comment_joins_the_nearest_of_two_markers_and_a_marker_one_comment() -> None:
    markers = [said(MarkKind.MARKER, t, label=name) for t, name in ((10.0, "A"), (11.0, "B"))]
    note = said(MarkKind.NOTE, 11.2, text="B it is.")
    assert moment_of_both(*markers, note) == [
        (10.0, None, "A", ""),
        (11.0, None, "B", "B it is."),
    ]
    more = said(MarkKind.NOTE, 11.4, text="And this.")
    assert [one[2:] for one in moment_of_both(markers[1], note, more)] == [
        ("B", "B it is."),
        ("", "And this."),
    ]


def test_a_strength_may_have_been_seen_at_the_very_beginning() -> None:
    seen = said(MarkKind.REVIEW, part="strength", text="The greeting.", slot="1", at="moment")
    whole = said(MarkKind.REVIEW, part="strength", text="All of it.", slot="2")
    review = review_of([seen, whole], REPORT, {})
    assert review is not None
    assert review.strengths_at == (0.0, None)


def test_both_views_stand_in_the_order_of_the_checklist() -> None:
    marks = [
        said(MarkKind.RATING, item="recap", value="no"),
        said(MarkKind.RATING, item="finish", value="yes"),
        said(MarkKind.RATING, item="", value="skipped"),
        said(MarkKind.RATING, who=ANA, item="finish", value="yes"),
        said(MarkKind.RATING, who=ANA, item="sorry", value="yes"),
    ]
    review = review_of(marks, REPORT, {}, checklist=DESK)
    assert review is not None
    assert [(v.item, v.own, v.theirs, v.same) for v in review.views] == [
        ("finish", "yes", "yes", True),
        ("recap", "", "no", False),
    ]


def test_the_newest_review_comes_first_and_each_is_its_authors() -> None:
    day = dt.datetime(2026, 11, 18, tzinfo=dt.UTC)
    marks = [
        said(MarkKind.REVIEW, part="strength", text="Old", mark_id="1"),
        said(MarkKind.REVIEW, who=LEO, part="strength", text="New", mark_id="2"),
    ]
    times = {"1": day, "2": day + dt.timedelta(days=1)}
    found = reviews_of(marks, REPORT, {MARTA: "Marta", LEO: "Leo"}, said_at=times)
    assert [(one.name, one.strengths, one.at) for one in found] == [
        ("Leo", ("New",), times["2"]),
        ("Marta", ("Old",), times["1"]),
    ]


@pytest.mark.parametrize(
    ("data", "own", "sentence"),
    [
        ({"verdict": "agree"}, "", "Arms crossed, 0:12 to 0:20: Marta saw it too."),
        (
            {"verdict": "disagree"},
            "disagree",
            "Arms crossed, 0:12 to 0:20: Marta says that this was not so. You had said the same.",
        ),
        (
            {"verdict": "correct", "cue": "brow_drawn", "start": "11.0", "end": "15.0"},
            "agree",
            (
                "Arms crossed, 0:12 to 0:20: Marta says that it was brows drawn together, "
                "0:11 to 0:15. You had said otherwise."
            ),
        ),
        (
            {"verdict": "correct", "cue": "unheard_of", "start": "11.0", "end": "15.0"},
            "",
            "Arms crossed, 0:12 to 0:20: Marta says that it was something else.",
        ),
    ],
)
def test_a_verdict_is_said_plainly(data: dict[str, str], own: str, sentence: str) -> None:
    key = "arms_crossed-12000"
    marks = [said(MarkKind.VERDICT, 12.0, finding=key, **data)]
    if own:
        marks.append(said(MarkKind.VERDICT, 12.0, ANA, finding=key, verdict=own))
    assert sheet_of(*marks).judged == (sentence,)


def test_a_verdict_on_words_is_named_by_its_practice_and_an_unknown_cue_is_left_out() -> None:
    def judged(cue: str) -> Judged:
        return Judged(cue, 5.0, None, "disagree", "", None, None, "")

    text = judged_text(judged("P19-done"), "Marta", CUES)
    assert text == "An apology, at 0:05: Marta says that this was not so."
    assert judged_text(judged("future_cue"), "Marta", CUES) == ""


def test_the_sheet_says_it_in_words_a_person_uses() -> None:
    sheet = sheet_of(
        strength("One."),
        strength("Two."),
        strength("Three."),
        said(MarkKind.REVIEW, part="next_step", text="", cue="arms_crossed"),
        said(MarkKind.NOTE, 61.0, sound="c.wav"),
        said(MarkKind.RATING, item="sorry", value="partly"),
        said(MarkKind.RATING, who=ANA, item="sorry", value="yes"),
    )
    assert sheet.heading == "Review from Marta"
    assert sheet.strengths_heading == "Three things that worked"
    assert sheet.step == "Arms crossed"
    assert sheet.practise == "A rehearsal gives one quiet hint, for: arms crossed."
    assert (sheet.moments[0].when, sheet.moments[0].text) == ("1:01", "A spoken comment")
    assert [(view.item, view.said) for view in sheet.differ] == [
        ("Say sorry for this", "You: yes · Marta: partly")
    ]
    assert sheet.same == ()


def test_a_trainer_without_a_known_name_is_your_trainer() -> None:
    sheet = sheet_of(said(MarkKind.RATING, item="sorry", value="no"), names={})
    assert sheet.heading == "Review from your trainer"
    assert sheet.differ[0].said == "You: nothing yet · Your trainer: no"


def test_no_word_of_a_sheet_is_a_grade() -> None:
    sheet = sheet_of(strength("x"), said(MarkKind.RATING, item="sorry", value="no"))
    own = [value for value in vars_of(sheet) if isinstance(value, str)]
    words = " ".join(own).casefold()
    assert not [w for w in ("score", "grade", "points", "%", "pass", "fail") if w in words.split()]


def vars_of(sheet: Sheet) -> list[object]:
    return [getattr(sheet, name) for name in sheet.__slots__]


@pytest.mark.parametrize(
    ("given_colour", "kept"),
    [
        ("#0072B2", "#0072B2"),
        ("pace", "pace"),
        ("red; background: url(http://x)", ""),
        ("#12", ""),
        ("</style>", ""),
        ("", ""),
    ],
)
def test_a_colour_from_elsewhere_is_a_colour_or_nothing(given_colour: str, kept: str) -> None:
    assert safe_colour(given_colour) == kept


def test_spans_within_one_second_are_one_time() -> None:
    assert span_text(61.2, 61.9) == "1:01"
    assert span_text(61.0, 65.0) == "1:01 to 1:05"


@given(st.text(), st.dictionaries(st.sampled_from(["until", "start", "verdict"]), st.text()))
def test_no_text_from_elsewhere_breaks_the_reading(finding: str, data: dict[str, str]) -> None:
    cue, start_s = episode_of(finding)
    assert (start_s is None) == (cue == "")
    seconds = seconds_in(data, "until")
    assert seconds is None or seconds >= 0
    marks = [
        Mark(1.0, Lane.TRAINER, MarkKind.VERDICT, MARTA, {"finding": finding, **data}),
        Mark(1.0, Lane.TRAINER, MarkKind.NOTE, MARTA, {"text": finding, **data}),
    ]
    review = review_of(marks, REPORT, {})
    for moment in review.moments if review is not None else ():
        assert moment.end_s is None or moment.end_s > moment.start_s
