"""Words on the command line: `models`, `analyse --words`, `doctor`; and without any engine."""

from __future__ import annotations

import importlib.util
import json
from typing import TYPE_CHECKING

import jsonschema
import numpy as np
import pytest
import soundfile
from typer.testing import CliRunner

from app.cli import analysing, app
from app.coach.report_schema import REPORT_SCHEMA
from app.paths import asset, models_dir
from app.session.doctor import checks
from app.settings import Settings, save_settings
from audio.sources import AudioFile
from audio.speech.types import SpeechSetUp

if TYPE_CHECKING:
    from pathlib import Path

FROM_S, SPOKEN_S = 5.9, 4.5
SAID = {"journey", "room", "ready", "fourth", "floor"}
"""Words of "How was your journey? I have your room ready for you on the fourth floor"."""


@pytest.fixture
def runner() -> CliRunner:
    return CliRunner()


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A question and a sentence of the sample."""
    source = AudioFile(asset("sample", "speech.ogg"))
    begin, end = (int(t * source.rate_hz) for t in (FROM_S, FROM_S + SPOKEN_S))
    part = np.concatenate([block.samples for block in source])[begin:end]
    path = tmp_path_factory.mktemp("spoken") / "spoken.wav"
    soundfile.write(path, part, source.rate_hz)
    return path


@pytest.fixture
def _no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine without any speech engine."""
    hidden, real = {"pocketsphinx", "vosk", "faster_whisper"}, importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name in hidden else real(name)
    )


def analysed(runner: CliRunner, path: Path, *options: str) -> tuple[dict[str, object], str]:
    result = runner.invoke(app, ["analyse", str(path), "--json", "-", *options])
    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout)
    jsonschema.validate(told, REPORT_SCHEMA)
    return told, result.stderr


def test_words_are_in_the_json_with_their_times(runner: CliRunner, spoken: Path) -> None:
    told, said = analysed(runner, spoken)
    words = told["words"]
    assert isinstance(words, list)
    # How well an engine hears is measured elsewhere: here its words reach the file at all.
    assert len(SAID & {word["text"] for word in words}) >= 3
    assert all(0 <= word["start_s"] < word["end_s"] <= SPOKEN_S + 0.1 for word in words)
    assert told["words_per_min"] is None
    assert f"{len(words)} words were recognised." in said


def test_words_can_be_left_out(runner: CliRunner, spoken: Path) -> None:
    told, said = analysed(runner, spoken, "--no-words")
    assert told["words"] is None
    assert "recognised" not in said


@pytest.mark.usefixtures("_no_engine")
def test_without_any_engine_everything_else_is_measured(
    runner: CliRunner, spoken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, said = analysed(runner, spoken)
    assert told["words"] is None
    assert told["curves"]
    assert "there is no speech engine" in said
    monkeypatch.setattr(analysing, "_analyse_file", lambda *_, **__: None)
    result = runner.invoke(app, ["analyse", str(spoken), "--no-words", "--json", "-"])
    assert result.exit_code == 0
    assert "no speech engine" not in result.stderr
    words = next(check for check in checks() if check.name == "Words")
    assert (words.ok, words.needed) == (False, False)
    assert "pip" in words.remedy
    said = runner.invoke(app, ["models"]).stdout
    assert "There are no words now" in said
    assert "pip install vosk" in " ".join(said.split())


def test_an_engine_that_fails_after_the_measuring_costs_the_words_only(
    runner: CliRunner, spoken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = SpeechSetUp("pocketsphinx", spoken.with_name("gone.lm"))
    monkeypatch.setattr(analysing, "speech_set_up", lambda *_, **__: gone)
    told, said = analysed(runner, spoken)
    assert told["words"] is None
    assert told["curves"]
    assert "There is no language model" in said


def test_models_says_what_is_used_and_where_more_go(runner: CliRunner) -> None:
    result = runner.invoke(app, ["models"])
    assert result.exit_code == 0
    assert "pocketsphinx (used live and afterwards and for files)" in result.stdout
    assert str(models_dir()) in result.stdout.replace("\n", "")
    assert "pip install faster-whisper" in " ".join(result.stdout.split())


def test_words_can_be_switched_off_for_good(runner: CliRunner, spoken: Path) -> None:
    save_settings(Settings(speech_engine="none"))
    assert "speech engine" not in analysed(runner, spoken)[1]
    assert "There are no words now" in runner.invoke(app, ["models"]).stdout
    words = next(check for check in checks() if check.name == "Words")
    assert words.ok


def test_a_choice_that_cannot_be_had_is_told_everywhere_and_costs_no_words(
    runner: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = tmp_path / "notes.txt"
    wrong.write_text("hello", "utf-8")
    save_settings(Settings(speech_engine="vosk", speech_model=str(wrong)))
    said = runner.invoke(app, ["models"]).stdout
    assert "The settings ask for vosk to find the words: vosk is not installed." in said
    assert "which no speech engine can read" in said
    assert "pocketsphinx (used live and afterwards and for files)" in said
    words = next(check for check in checks() if check.name == "Words")
    assert (words.ok, words.needed) == (False, False)
    assert "vosk is not installed" in words.what
    assert "no speech engine can read" in words.what
    assert "pip install vosk" in " ".join(runner.invoke(app, ["doctor"]).stdout.split())
    given: list[SpeechSetUp | None] = []
    monkeypatch.setattr(
        analysing, "_analyse_file", lambda job, own, speech, *, force: given.append(speech)
    )
    result = runner.invoke(app, ["analyse", str(wrong), "--json", str(tmp_path / "x.json")])
    assert result.exit_code == 0, result.stderr
    assert "vosk is not installed" in result.stderr
    assert "which no speech engine can read" in result.stderr
    (speech,) = given
    assert speech is not None
    assert (speech.engine, speech.model) == ("pocketsphinx", None)
