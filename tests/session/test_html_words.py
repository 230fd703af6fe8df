from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

from coach.coach_readings import CATALOGUE

from app.coach.practice_types import Evidence, Polarity
from app.coach.report import build_report
from app.coach.types import Lane, Mark, MarkKind
from app.session.html_practice import spoken_part
from app.session.html_report import render_html
from app.session.html_words import words_part
from audio.types import PhraseHit, Word

BARE = build_report(
    duration_s=60.0,
    events=[],
    gaps=[],
    curves=[],
    marks=[],
    catalogue=CATALOGUE,
    switched_off=frozenset(),
    baseline=None,
)
WORDS = (Word("good", 1.0, 1.3, 0.9), Word("morning", 1.3, 1.8, 0.9), Word("<b>", 20.0, 20.4, None))
HIT = PhraseHit("I'm so sorry", 12.0, 12.9, 0.874, 20.0, "P19")


def page(**parts: object) -> str:
    report = replace(BARE, **parts)  # type: ignore[arg-type]
    return render_html(report, title="Talk", video=None, catalogue=CATALOGUE)


def test_words_stand_in_stretches_with_their_times() -> None:
    part = words_part(replace(BARE, words=WORDS))
    assert part.lines == (("0:01", "good morning"), ("0:20", "<b>"))
    assert part.summary == "3 words were recognised."
    assert "good morning" in page(words=WORDS)
    assert "<b>" not in page(words=WORDS)


def test_phrases_name_what_they_stand_for_and_how_sure() -> None:
    (row,) = words_part(replace(BARE, phrases=(HIT,))).phrases
    assert row[:2] == ("0:12", "I'm so sorry")
    assert "P19" not in row[2]
    assert row[3] == "87 %"
    assert "I&#39;m so sorry" in page(phrases=(HIT,))


def test_without_an_engine_the_page_says_nothing_of_words() -> None:
    assert 'id="words"' not in page()
    assert "No words were recognised." in page(words=())


def test_a_place_without_a_time_is_put_right_without_one() -> None:
    one = Evidence("P19", 0, "so sorry", 1.0, Polarity.DONE)
    words = SimpleNamespace(evidence=(one,), joined=(), order=(), talk=None)
    data = {"finding": "P19-done-t0", "verdict": "correct", "polarity": "wrong"}
    mark = Mark(0.0, Lane.SELF, MarkKind.VERDICT, "ana", data)
    (row,) = spoken_part(words, (mark,)).rows  # type: ignore[arg-type]
    assert row[0] == ""
    assert row[3].endswith(", done)")
