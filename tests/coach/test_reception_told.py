"""The microphone's faults are in the report, with their share of the talk and what helps."""

from __future__ import annotations

from dataclasses import replace

import jsonschema
import pytest
from coach.coach_readings import CATALOGUE, every, heard

from app.coach.catalogue import load_catalogue
from app.coach.cutting import cut_report, span_of
from app.coach.reception import ReceptionTracker, reception_limits, reception_sentences
from app.coach.report import build_report
from app.coach.report_json import REPORT_SCHEMA, report_to_dict
from app.coach.report_types import ReceptionFault, Report
from app.session.html_report import render_html
from app.session.pipeline import Pipeline
from app.store.report_file import dump_report, load_report
from audio.analyser import VoiceAnalyser
from audio.types import Reception, Speaker, VoiceReading


def talk(wrong: Reception | None, start_s: float, end_s: float) -> list[VoiceReading]:
    times = every(start_s, end_s - 0.1, 0.1)
    return [heard(t, speech=True, reception=wrong) for t in times]


def summed(readings: list[VoiceReading], *, spoken: bool = False) -> tuple[ReceptionFault, ...]:
    tracker = ReceptionTracker()
    for reading in readings:
        tracker.push(reading)
    return tracker.faults(spoken=spoken)


def made(reception: tuple[ReceptionFault, ...]) -> Report:
    return build_report(
        duration_s=60.0, events=[], gaps=[], curves=[], marks=[], catalogue=CATALOGUE,
        reception=reception,
    )  # fmt: skip


CLIPPED = ReceptionFault("clipping", 12.0, 0.4)


def test_shares_are_of_talk_and_silence_counts_for_nothing() -> None:
    silent = [heard(t, speech=False, reception=Reception.CLIPPING) for t in every(9, 30, 0.1)]
    readings = [*talk(Reception.CLIPPING, 0, 3), *talk(Reception.TOO_FAR, 3, 4), *talk(None, 4, 8)]
    clipping, far = summed([*readings, *silent])
    assert (clipping.what, far.what) == ("clipping", "too_far")
    assert clipping.seconds == pytest.approx(3.0)
    assert clipping.share == pytest.approx(3 / 8)
    assert far.share == pytest.approx(1 / 8)


def test_nothing_wrong_is_nothing_to_tell() -> None:
    assert summed(talk(None, 0, 8)) == ()
    assert summed([]) == ()


@pytest.mark.parametrize("spoken", [True, False])
def test_a_real_customer_in_the_room_is_no_loudspeaker(spoken: bool) -> None:
    """Only what the machine says can be kept from the microphone by headphones."""
    customer = [
        heard(t, speaker=Speaker.CUSTOMER, reception=Reception.LOUDSPEAKER if t >= 2 else None)
        for t in every(0, 3.9, 0.1)
    ]
    found = summed([*talk(None, 4, 8), *customer], spoken=spoken)
    assert [one.what for one in found] == (["loudspeaker"] if spoken else [])
    assert all(one.share == pytest.approx(0.5) for one in found)


@pytest.mark.parametrize("wrong", list(Reception))
def test_each_is_one_sentence_with_its_share_and_what_helps(wrong: Reception) -> None:
    (said,) = reception_sentences([ReceptionFault(wrong.value, 12.0, 0.4)])
    assert " 40 % " in said
    assert said.endswith(".")
    assert said.count(". ") == 1, "what, and the remedy"
    (said,) = reception_sentences([ReceptionFault(wrong.value, 30.0, 1.0)])
    assert " all of " in f"{said} " or "in all" in said
    assert (
        reception_sentences([ReceptionFault(wrong.value, 1.0, reception_limits().worth_a_note / 2)])
        == []
    )


def test_the_report_its_json_and_its_page_tell_it() -> None:
    report = made((CLIPPED,))
    assert "overloaded in 40 % of the talk" in report.notes[0]
    data = report_to_dict(report)
    assert data["reception"] == [{"what": "clipping", "seconds": 12.0, "share": 0.4}]
    jsonschema.Draft202012Validator(REPORT_SCHEMA).validate(data)
    page = render_html(report, title="Clip", video=None, catalogue=CATALOGUE)
    assert "overloaded in 40 % of the talk" in page


def test_it_is_kept_and_cut_with_the_report() -> None:
    report = made((CLIPPED,))
    assert load_report(dump_report(report), "report") == report
    older = replace(report, reception=())
    kept = dump_report(older).replace(b', "reception": []', b"")
    assert b"reception" not in kept
    assert load_report(kept, "report") == older, "a report from before has none"
    assert cut_report(report, span_of(0.0, 30.0), [], CATALOGUE, None).reception == (CLIPPED,)


def test_the_pipeline_sums_it_up() -> None:
    pipeline = Pipeline(load_catalogue(), vision=None, voice=VoiceAnalyser())
    for reading in talk(Reception.CLIPPING, 0.1, 6):
        pipeline.feed(reading)
    pipeline.finish(6.0)
    (one,) = pipeline.report().reception
    assert (one.what, one.share) == ("clipping", 1.0)
