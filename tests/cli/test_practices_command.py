"""`rapport practices` as one types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.coach.finder import Finder

TALK = """customer: My name is Anna Begum. I was charged twice.
[0:12 - 0:15] staff: I'm sorry we charged you twice, Mrs Begum.
staff: What do you think caused it?
"""


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "talk.txt"
    path.write_text(TALK, "utf-8")
    return path


def run(*words: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["practices", *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout, result.stderr


def test_it_writes_one_entry_a_finding(talk: Path, tmp_path: Path) -> None:
    code, out, _ = run(talk, "--json", tmp_path / "new" / "out.json")
    assert code == 0
    assert "P19" in out
    entries = json.loads((tmp_path / "new" / "out.json").read_text("utf-8"))
    sorry = next(entry for entry in entries if entry["practice"] == "P19")
    assert sorry["turn"] == 1
    assert sorry["start_s"] == 12.0
    assert sorry["polarity"] == "done"
    assert sorry["words"] == "I'm sorry we charged you twice, Mrs Begum."
    assert 0 < sorry["confidence"] <= 1
    asked = next(entry for entry in entries if entry["practice"] == "P17")
    assert asked["start_s"] is None
    assert asked["detail"] == "root_cause"


def test_json_on_standard_output_is_json_and_nothing_else(talk: Path) -> None:
    code, out, _ = run(talk, "--json", "-")
    assert code == 0
    assert {entry["practice"] for entry in json.loads(out)} >= {"P19", "P22"}


def test_ctrl_c_ends_it_and_leaves_nothing_half(
    talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Finder, "find", interrupted)
    code, out, err = run(talk, "--json", tmp_path / "out.json")
    assert (code, out, err) == (130, "", "Stopped.\n")
    assert not (tmp_path / "out.json").exists()


def test_a_scenario_is_taken_by_its_id_or_its_file(talk: Path, tmp_path: Path) -> None:
    talk.write_text("staff: It is a pre-authorisation.\n", "utf-8")
    shipped = Path(__file__).parents[2] / "assets" / "scenarios" / "hotel_charged_twice.toml"
    for name in ("hotel_charged_twice", shipped):
        code, out, _ = run(talk, "--scenario", name, "--json", "-")
        assert code == 0
        assert "P14" in {entry["practice"] for entry in json.loads(out)}


def test_an_unknown_scenario_is_told_with_the_known_ones(talk: Path) -> None:
    code, _, err = run(talk, "--scenario", "no_such")
    assert code == 2
    assert "hotel_charged_twice" in err


def test_subtitles_and_the_programs_own_json_are_read(tmp_path: Path) -> None:
    srt = tmp_path / "talk.srt"
    srt.write_text("1\n00:00:01,000 --> 00:00:03,500\nstaff: Please calm down.\n", "utf-8")
    own = tmp_path / "talk.json"
    own.write_text(json.dumps([{"speaker": "staff", "text": "Please calm down."}]), "utf-8")
    for path, start in ((srt, 1.0), (own, None)):
        code, out, _ = run(path, "--json", "-")
        assert code == 0
        entry = json.loads(out)[0]
        assert (entry["practice"], entry["start_s"], entry["polarity"]) == ("P01", start, "wrong")


def test_a_written_reply_is_read_as_one(talk: Path) -> None:
    talk.write_text("staff: Thank you for reaching out.\n", "utf-8")
    code, out, _ = run(talk, "--written", "--json", "-")
    assert code == 0
    assert {entry["practice"] for entry in json.loads(out)} == {"P16"}


def test_nothing_found_is_said_so(talk: Path) -> None:
    talk.write_text("staff: The hall is through the double doors.\n", "utf-8")
    code, out, _ = run(talk)
    assert code == 0
    assert "does not mean" in " ".join(out.split())


def test_a_transcript_is_never_overwritten(talk: Path) -> None:
    code, _, err = run(talk, "--json", talk)
    assert code == 2
    assert "is to be read" in " ".join(err.split())
    assert talk.read_text("utf-8") == TALK


def test_what_cannot_be_read_or_written_is_told(talk: Path, tmp_path: Path) -> None:
    code, _, err = run(tmp_path / "gone.txt")
    assert code == 1
    assert "gone.txt" in err
    (tmp_path / "file").write_text("", "utf-8")
    code, _, err = run(talk, "--json", tmp_path / "file" / "out.json")
    assert code == 1
    assert "could not be written" in err


CUES = "WEBVTT\n\n00:01.000 --> 00:02.000\n{}Please calm down.\n\n00:03.000 --> 00:04.000\nNo.\n"


@pytest.mark.parametrize(
    ("voice", "told"),
    [("", "2 of 2 cues"), ("<v Anna>", "2 of 2 cues"), ("<v Staff>", ""), ("staff: ", "")],
)
def test_cues_that_name_nobody_are_told(tmp_path: Path, voice: str, told: str) -> None:
    talk = tmp_path / "talk.vtt"
    talk.write_text(CUES.format(voice), "utf-8")
    code, out, err = run(talk, "--json", "-")
    assert code == 0
    entries = json.loads(out)
    assert "P01" in {entry["practice"] for entry in entries}
    assert {entry.get("speaker_told") for entry in entries} == {False if told else None}
    assert ("do not say who speaks" in err) is bool(told)
    assert told in err


def test_a_scenario_of_ones_own_with_a_lost_checklist_is_told(talk: Path, tmp_path: Path) -> None:
    shipped = Path(__file__).parents[2] / "assets" / "scenarios" / "hotel_charged_twice.toml"
    own = tmp_path / "own.toml"
    text = shipped.read_text("utf-8")
    own.write_text(text.replace('checklist = "complaint"', 'checklist = "nope"'), "utf-8")
    code, _, err = run(talk, "--scenario", own, "--json", "-")
    assert code == 0
    assert "there is no checklist nope; allowed: " in " ".join(err.split())
