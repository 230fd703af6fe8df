"""A talk whose words, marks and measures are known by construction."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from report_material import event, finding, report

from app.coach.practice_types import Evidence, Polarity, Speaking
from app.coach.report_types import Checklist, Curve, Item
from app.coach.scenario_types import Customer, Line, Scenario, Sector, Temper
from app.coach.types import Lane, Mark, MarkKind, Sense
from app.store.words import SavedWords, write_words
from audio.types import Word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.coach.practice_types import Turn
    from app.coach.report_types import Report
    from app.store.store import Store
    from app.store.types import KeepPolicy, SessionRecord

SPOKEN = Checklist(
    "spoken",
    "A complaint",
    (
        Item("sorry", "P19", "Say sorry for the specific thing", "It is owned.", 1, 2),
        Item("no_empty", "P20", "No empty sorry", "It hands the problem back.", 1, 1),
        Item("recap", "P23", "Say it back", "They feel heard.", 1, None),
    ),
)
LINES = (
    Line("opens", "I was charged twice!", "", ()),
    Line("rent", "My rent goes out tomorrow.", "", ()),
)
SCENARIO = Scenario(
    id="made_up",
    title="Charged twice",
    sector=Sector.HOTEL,
    temper=Temper.COMPLAINT,
    situation="A guest.",
    checklist=SPOKEN.id,
    customer=Customer("Mrs Ray", 40, "Polish", "", "A stay.", (), (), (), "Her money."),
    hidden=(),
    options=(),
    jargon=(),
    nouns=("charge",),
    lines=LINES,
    good=(),
    bad=(),
    write="",
    small_talk="",
)
APOLOGY = "i'm sorry that we charged you twice"
RECAP = "so you see two charges"


def said(text: str, start_s: float, step_s: float = 0.4) -> tuple[Word, ...]:
    """Words of equal length, one every `step_s`."""
    return tuple(
        Word(word, start_s + at * step_s, start_s + (at + 0.8) * step_s, 0.9)
        for at, word in enumerate(text.split())
    )


WORDS = (*said(APOLOGY, 5.0), *said(RECAP, 15.0))


def machine(t: float, kind: MarkKind, **data: str) -> Mark:
    return Mark(t, Lane.MACHINE, kind, "rapport", data)


def line(name: str, start_s: float, end_s: float) -> tuple[Mark, ...]:
    """The marks of one line of the customer."""
    return (
        machine(start_s, MarkKind.SPEAKER, speaker="customer"),
        machine(start_s, MarkKind.LINE, line=name, end="false"),
        machine(end_s, MarkKind.LINE, line=name, end="true"),
        machine(end_s, MarkKind.SPEAKER, speaker="staff"),
    )


MARKS = (*line("opens", 1.0, 4.0), *line("rent", 10.0, 13.0))


def find(turns: Sequence[Turn], scenario: Scenario | None = None) -> tuple[Evidence, ...]:
    """Find what the words above hold, with the times of the words."""
    del scenario
    found = []
    for number, turn in enumerate(turns):
        for practice, words, polarity in (
            ("P19", APOLOGY, Polarity.DONE),
            ("P20", "any inconvenience", Polarity.WRONG),
            ("P23", RECAP, Polarity.DONE),
        ):
            if turn.speaker is Speaking.STAFF and words in turn.text:
                start, end = turn.start_s, turn.end_s
                found.append(Evidence(practice, number, words, 0.9, polarity, start, end))
    return tuple(found)


def spoken_report(words: tuple[Word, ...] | None = WORDS) -> Report:
    """Arms crossed under the apology; level and pitch while the staff member speaks."""
    t = tuple(at / 10 for at in range(600))
    mine = [any(w.start_s <= at <= w.end_s + 0.2 for w in words or ()) for at in t]
    curves = (
        Curve("level_dbfs", Sense.VOICE, "dB", t, tuple(-25.0 if on else -60.0 for on in mine)),
        Curve("level_over_db", Sense.VOICE, "dB", t, tuple(3.0 if on else None for on in mine)),
    )
    made = report(
        events=(event("arms_crossed", 4.0, 9.0), event("brow_drawn", 40.0, 42.0)),
        findings=(finding("arms_crossed", 4.0, 9.0), finding("brow_drawn", 40.0, 42.0)),
        curves=curves,
    )
    return replace(made, words=words)


def spoken_session(
    store: Store,
    *,
    policy: KeepPolicy,
    words: tuple[Word, ...] | None = WORDS,
    marks: tuple[Mark, ...] = MARKS,
    role: Speaking = Speaking.STAFF,
    focus: str | None = None,
) -> SessionRecord:
    """A finished session with words in the store."""
    person = store.ensure_person("Ana")
    consent = store.consent_of(person.id) or store.record_consent(
        person.id, version="1", purpose="training", retention_days=30, seen_by="Ana"
    )
    begun = store.begin_session(
        person_id=person.id,
        consent_id=consent.id,
        keep_policy=policy,
        title="Charged twice",
        checklist=SPOKEN.id,
        scenario=SCENARIO.id,
        role=role,
        focus=focus,
    )
    store.append_marks(begun.id, marks)
    store.finish_session(begun.id, duration_s=60.0, report=spoken_report(words))
    if words is not None and policy.keeps_readings:
        write_words(store.files(begun.id), SavedWords(words, "pocketsphinx", thorough=True))
    return store.session(begun.id)


class FakeLibrary:
    """One scenario and the finder above."""

    def __init__(self) -> None:
        self.names = {"P19": "A real apology", "P20": "No empty apology", "P23": "Say it back"}
        self.checklists = (SPOKEN,)
        self.looks = 0

    def scenario(self, scenario_id: str) -> Scenario | None:
        return SCENARIO if scenario_id == SCENARIO.id else None

    def find(self, turns: Sequence[Turn], scenario: Scenario | None = None) -> tuple[Evidence, ...]:
        self.looks += 1
        return find(turns, scenario)
