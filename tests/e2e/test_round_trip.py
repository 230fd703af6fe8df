"""The whole round trip by keyboard alone: import, share, review, send back, read, rehearse.

Two computers, one after the other, with a memory stick between them. Only the measuring of the
film is a stand-in here; `python -m tests.benchmarks.round_trip` goes the same way with a real one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from handover_material import LENGTH_S, a_report, film, joints
from keyboard import Keyboard
from PySide6.QtWidgets import QFileDialog
from round_trip import COMMENTS, MARKERS, STEP, STRENGTHS, Trip, machine

from app.coach.types import Lane, MarkKind
from app.store.readings import ReadingsWriter
from app.store.types import Origin
from app.store.words import SavedWords, write_words
from app.ui.import_flow import ImportFlow
from app.ui.style import apply_theme
from audio.types import VoiceReading, Word
from vision.types import VisionReading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from app.coach.types import Mark
    from app.session.importing_work import ImportPlan
    from app.store.imports import Import
    from app.store.store import Store

MOST_KEYS = 40
"""Keystrokes beside texts: more than that in one stage is awkward."""


def quick_import(
    store: Store,
    item: Import,
    plan: ImportPlan,
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    began: Callable[[int], None] | None = None,
) -> str:
    """Make a session with everything in it, without measuring a film."""
    del cancelled, began
    assert progress is not None
    progress(0.5)
    record = store.imports.begin_session(item.id, checklist=plan.checklist)
    files = store.files(record.id)
    film(files.sink())
    files.complete()
    with ReadingsWriter(files, {"rapport": "test"}) as writer:
        for number in range(round(LENGTH_S * 10)):
            t = number / 10
            writer.write(VisionReading(t, body_looked=True, joints=joints(t)))
            writer.write(VoiceReading(t, speech=True, level_dbfs=-30.0))
    words = (Word("sorry", 1.0, 1.4, 0.9), Word("bye", 10.0, 10.4, 0.9))
    write_words(files, SavedWords(words, "pocketsphinx", thorough=True))
    store.finish_session(record.id, duration_s=LENGTH_S, report=a_report())
    store.imports.done(item.id)
    return record.id


def of_kind(marks: Sequence[Mark], kind: MarkKind, lane: Lane) -> list[Mark]:
    return [mark for mark in marks if mark.kind is kind and mark.lane is lane]


def said(marks: Sequence[Mark], lane: Lane) -> list[tuple[float, str, dict[str, str]]]:
    """What a lane says, without ids: those are others on each computer."""
    told = []
    for mark in marks:
        if mark.lane is lane:
            data = dict(mark.data)
            if "until" in data:
                data["until"] = f"{float(data['until']):.3f}"
            told.append((round(mark.t, 3), mark.kind.value, data))
    return sorted(told, key=str)


@pytest.fixture
def trip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Trip:
    apply_theme(qapp, "light")
    monkeypatch.setattr(ImportFlow, "work", quick_import)
    stick = tmp_path / "stick"
    stick.mkdir()
    film(stick / "phone.mkv")

    def answer(dialog: str, chosen: object) -> None:
        monkeypatch.setattr(QFileDialog, dialog, lambda *_, **__: chosen)

    return Trip(stick, stick / "phone.mkv", Keyboard(), lambda *_: None, answer)


def test_the_whole_round_trip_by_keyboard_alone(trip: Trip, tmp_path: Path) -> None:
    with machine(tmp_path / "ana") as ana:
        hers = trip.ana_shares(ana)
        record, own = ana.store.session(hers), ana.store.marks(hers)
        assert record.origin is Origin.IMPORTED
        assert len([mark for mark in own if mark.data.get("item")]) == trip.rated > 0

    with machine(tmp_path / "tom") as tom:
        his = trip.tom_reviews(tom)
        there, received = tom.store.session(his), tom.store.marks(his)
        assert (there.origin, there.owner_name) == (Origin.RECEIVED, "Ana")
        assert tom.store.files(his).recording.is_file()
        assert said(received, Lane.SELF) == said(own, Lane.SELF)
        written = said(received, Lane.TRAINER)

    with machine(tmp_path / "ana") as ana:
        trip.ana_reads(ana)
        marks = ana.store.marks(hers)
        assert said(marks, Lane.SELF) == said(own, Lane.SELF), "nothing of her own is lost"
        assert said(marks, Lane.TRAINER) == written, "everything of his arrived"
        _is_what_was_said(marks)
        assert (trip.folder / "review.pdf").read_bytes().startswith(b"%PDF")
        assert ana.shows("practise")
        assert ana.page("practise").plan(preview=False).focus == trip.cue

    for stage in trip.keys.stages:
        assert stage.keys - stage.typed <= MOST_KEYS, stage.name


def _is_what_was_said(marks: Sequence[Mark]) -> None:
    """Ten markers, three comments, two verdicts, and the review in short."""
    assert len(of_kind(marks, MarkKind.MARKER, Lane.TRAINER)) == MARKERS
    notes = of_kind(marks, MarkKind.NOTE, Lane.TRAINER)
    assert {mark.data["text"] for mark in notes} == set(COMMENTS)
    (span,) = [mark for mark in notes if "until" in mark.data]
    assert float(span.data["until"]) - span.t == pytest.approx(2.0, abs=0.1)
    verdicts = of_kind(marks, MarkKind.VERDICT, Lane.TRAINER)
    assert sorted(mark.data["verdict"] for mark in verdicts) == ["agree", "disagree"]
    parts = [mark.data for mark in of_kind(marks, MarkKind.REVIEW, Lane.TRAINER)]
    assert {one["text"] for one in parts if one["part"] == "strength"} == set(STRENGTHS)
    assert STEP in {one["text"] for one in parts if one["part"] == "next_step"}
    assert "done" in {one["part"] for one in parts}
