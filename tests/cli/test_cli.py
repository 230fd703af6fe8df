"""The command line as one types it; the analysis itself is real but short."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import wave
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from coach.coach_readings import OWN
from typer.testing import CliRunner

from app.cli import app
from app.coach.baseline_file import baseline_to_dict, dump_baseline
from app.coach.report_schema import REPORT_SCHEMA
from app.session.film import Film
from app.version import VERSION
from audio.types import AudioBlock
from vision.types import Frame

ROOT = Path(__file__).parents[2]
RATE = 16000


@pytest.fixture
def runner() -> CliRunner:
    return CliRunner()


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds of a grey picture and of noise."""
    path = tmp_path_factory.mktemp("clips") / "grey.mkv"
    film = Film(path, picture=True, sound_rate_hz=RATE)
    rng = np.random.default_rng(3)
    for step in range(20):
        noise = rng.uniform(-0.05, 0.05, RATE // 10).astype(np.float32)
        film.add_block(AudioBlock(step / 10, noise, RATE))
        film.add_frame(Frame(step / 10, np.full((240, 320, 3), 90, np.uint8)))
    film.close()
    return path


def analyse(runner: CliRunner, *words: object) -> tuple[int, str, str]:
    result = runner.invoke(app, ["analyse", *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout, result.stderr


def test_json_and_own_normal_go_where_they_are_told_and_json_keeps_its_schema(
    runner: CliRunner, clip: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own.json"
    code, out, _ = analyse(runner, clip, "--json", tmp_path / "a.json", "--save-baseline", own)
    assert code == 0
    assert "grey.mkv" in out
    assert json.loads(own.read_text())["origin"] == "first_pass"
    told = json.loads((tmp_path / "a.json").read_text())
    jsonschema.validate(told, REPORT_SCHEMA)
    assert told["duration_s"] == pytest.approx(2.0, abs=0.15)
    assert told["file"] == "grey.mkv"


def test_json_on_standard_output_is_json_and_nothing_else_and_tells_the_own_normal_taken(
    runner: CliRunner, clip: Path, tmp_path: Path
) -> None:
    (tmp_path / "own.json").write_text(dump_baseline(OWN))
    code, out, _ = analyse(runner, clip, "--baseline", tmp_path / "own.json", "--json", "-")
    assert code == 0
    told = json.loads(out)
    jsonschema.validate(told, REPORT_SCHEMA)
    assert told["own_normal"] == baseline_to_dict(OWN)


@pytest.fixture
def locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that may not be read; root may read any, so whoever asks is told that it may not."""
    path = tmp_path / "locked.mp4"
    path.write_bytes(b"mine")
    path.chmod(0)
    access = os.access
    monkeypatch.setattr(
        os, "access", lambda asked, mode: Path(asked) != path and access(asked, mode)
    )
    return path


def test_several_files_go_into_a_folder_and_a_bad_one_does_not_stop_the_rest(
    runner: CliRunner, clip: Path, tmp_path: Path, locked: Path
) -> None:
    (tmp_path / "bad.mp4").write_bytes(b"nonsense" * 50)
    (tmp_path / "captions.mp4").write_text("[build-system]\nrequires = 3\n[project]\nname = 3\n")
    code, _, err = analyse(
        runner, tmp_path / "bad.mp4", locked, clip, tmp_path / "gone.mp4",
        tmp_path / "captions.mp4",
        "--json", tmp_path / "out", "--html", tmp_path / "out",
    )  # fmt: skip
    assert code == 1
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"grey.json", "grey.html"}
    for name in ("bad.mp4", "gone.mp4", "locked.mp4"):
        assert name in err
    assert "captions.mp4 is neither a video nor a sound file" in " ".join(err.split())
    page = (tmp_path / "out" / "grey.html").read_text()
    assert "grey.mkv" in page
    assert "<svg" in page or "data:image" in page


@pytest.mark.skipif(sys.platform != "linux", reason="other systems' names are text")
def test_a_name_that_is_no_text_is_written_as_one(runner: CliRunner, tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "a.wav"), "wb") as sound:
        sound.setparams((1, 2, RATE, 0, "NONE", ""))
        sound.writeframes(bytes(RATE))
    named = (tmp_path / "a.wav").rename(tmp_path / os.fsdecode(b"caf\xe9.wav"))
    code, _, _ = analyse(runner, named, "--json", f"{tmp_path}/out/", "--html", f"{tmp_path}/out/")
    assert code == 0
    told = json.loads((tmp_path / "out" / "caf\ufffd.json").read_text())
    assert (told["file"], told["title"]) == ("caf\ufffd.wav", "caf\ufffd")


def test_an_own_normal_that_is_none_is_a_usage_error(
    runner: CliRunner, clip: Path, tmp_path: Path
) -> None:
    (tmp_path / "own.json").write_text("{}")
    for name in ("own.json", "gone.json"):
        code, _, err = analyse(runner, clip, "--baseline", tmp_path / name)
        assert code == 2
        assert name in err
    assert "There is no file" in err


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["a.mp4", "b.mp4", "--json", "-"],
        ["a.mp4", "--html", "-"],
        ["a.mp4", "b.mp4", "--save-baseline", "own.json"],
        ["a.mp4", "--json", "same", "--html", "same"],
        ["a.mp4", "--jsn", "x"],
    ],
)
def test_what_makes_no_sense_is_a_usage_error(runner: CliRunner, words: list[str]) -> None:
    assert analyse(runner, *words)[0] == 2


def test_several_results_into_one_file_is_a_usage_error(runner: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    assert analyse(runner, "a.mp4", "b.mp4", "--json", tmp_path / "out")[0] == 2


def test_a_folder_instead_of_a_file_is_said(runner: CliRunner, tmp_path: Path) -> None:
    code, _, err = analyse(runner, tmp_path)
    assert code == 1
    assert "folder" in err


def test_a_result_that_cannot_be_written_is_said(
    runner: CliRunner, clip: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    code, _, err = analyse(runner, clip, "--json", tmp_path / "file" / "a.json")
    assert code == 1
    assert "could not be written" in err


def test_schema_is_a_json_schema(runner: CliRunner) -> None:
    result = runner.invoke(app, ["schema"])
    assert result.exit_code == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(result.stdout))


def test_doctor_names_everything_and_says_what_to_do(
    runner: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    result = runner.invoke(app, ["doctor"])
    assert result.exit_code == 0
    for name in ("Python", "Picture models", "Speech model", "Picture library", "Folders", "Disk",
                 "Display", "Cameras", "Microphones"):  # fmt: skip
        assert f"{name}:" in result.stdout
    assert "Start Rapport from a desktop" in result.stdout.replace("\n", " ")


def test_version_and_help_answer(runner: CliRunner) -> None:
    assert runner.invoke(app, ["--version"]).stdout.strip() == f"rapport {VERSION}"
    said = runner.invoke(app, ["--help"]).stdout
    for command in ("analyse", "schema", "doctor", "sample"):
        assert command in said


def test_without_a_command_the_window_opens(runner: CliRunner) -> None:
    opened: list[int] = []

    def open_window() -> int:
        opened.append(1)
        return 7

    assert runner.invoke(app, [], obj=open_window).exit_code == 7
    assert opened == [1]


def test_the_command_line_needs_no_qt_and_help_nothing_heavy(home: Path) -> None:
    code = (
        "import sys; sys.argv = ['rapport', '--help']\n"
        "from app.main import main\n"
        "try:\n    main()\n"
        "except SystemExit as end:\n    assert end.code == 0, end.code\n"
        "heavy = {'PySide6', 'mediapipe', 'cv2', 'av', 'numpy', 'sqlalchemy'}\n"
        "print('loaded', sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.splitlines()[-1] == "loaded []"


def test_analysing_needs_no_qt(home: Path, tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "import app.cli.analysing, app.cli.sampling, app.session.offline, app.session.live\n"
        "print('PySide6' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.stdout.strip() == "False"
