"""What breaks costs only itself: a file, a set that is not there, a part, a page."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
import soundfile
from benchmarks import eyes_photos, results
from benchmarks.__main__ import main
from benchmarks.ears import PARTS as EARS
from benchmarks.ears_data import in_babble, utterances
from benchmarks.ears_noise import noise_metrics
from benchmarks.ears_speech import vad_metrics
from benchmarks.ears_voice import pitch_metrics
from benchmarks.eyes import PARTS as EYES
from benchmarks.footage_files import broken, left_out, rows
from benchmarks.framework import Metric, write_json
from benchmarks.running import Outcome, run
from synth_audio import syllables

from audio.framing import RATE_HZ
from vision.opencv import cv2

SAMPLE = Path(__file__).resolve().parents[2] / "assets" / "sample"
ROW = {"speaker": "", "transcript": "", "label": "", "truth_json": "", "n_syllables": ""}


def a_set(folder: Path, named: list[dict[str, str]]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, named[0].keys())
        table.writeheader()
        table.writerows(named)
    return folder


def a_picture(path: Path, grey: int = 128) -> None:
    noise = np.random.default_rng(grey).integers(0, grey, (200, 200, 3))
    cv2.imwrite(str(path), noise.astype(np.uint8))


def spoken(footage: Path, name: str, files: dict[str, str], seconds: float = 2.0) -> Path:
    """Made speech: file -> speaker."""
    named = [
        {**ROW, "file": one, "speaker": who, "duration_s": str(seconds)}
        for one, who in files.items()
    ]
    folder = a_set(footage / "speech" / name, named)
    for number, one in enumerate(files):
        samples = syllables(4.0, round(4 * seconds), hz=100.0 + 20.0 * number)
        soundfile.write(folder / one, samples, RATE_HZ)
    return folder


def test_what_cannot_be_read_is_named_with_its_reason(tmp_path: Path) -> None:
    arms = a_set(
        tmp_path / "arms", [{"file": f"{name}.jpg"} for name in ("cut", "gone", "text", "whole")]
    )
    for name in ("cut", "whole"):
        a_picture(arms / f"{name}.jpg")
    whole = (arms / "cut.jpg").read_bytes()
    (arms / "cut.jpg").write_bytes(whole[: len(whole) // 2])
    (arms / "text.jpg").write_text("no picture", "utf-8")
    talk = spoken(tmp_path, "fillers", {"a.flac": "a", "b.flac": "b", "c.flac": "c"})
    (talk / "a.flac").write_bytes(b"")
    cut = (talk / "b.flac").read_bytes()
    (talk / "b.flac").write_bytes(cut[: len(cut) // 2])
    video = tmp_path / "video"
    video.mkdir()
    (video / "clip.mp4").write_bytes(b"no film")
    found = left_out(tmp_path)
    assert set(found) == {
        "arms/cut.jpg", "arms/gone.jpg", "arms/text.jpg", "video/clip.mp4",
        "speech/fillers/a.flac", "speech/fillers/b.flac",
    }  # fmt: skip
    assert all(found.values())
    assert str(tmp_path) not in str(found)
    assert [one.path.name for one in utterances(tmp_path, "fillers")] == ["c.flac"]


def test_a_table_that_cannot_be_used_costs_its_part(tmp_path: Path) -> None:
    a_set(tmp_path / "arms", [{"picture": "a.jpg"}])
    (a_set(tmp_path / "smile", [{"file": "a.jpg"}]) / "manifest.csv").write_bytes(b"file\n\xff\n")
    found = run({name: EYES[name] for name in ("arms", "smile", "facing")}, tmp_path)
    assert set(found.left_out) == {"arms/manifest.csv", "smile/manifest.csv"}
    assert set(found.failed) == {"arms", "smile"}
    assert found.metrics["arms.f1"].value is None
    assert "file" in found.metrics["arms.f1"].note


def test_a_broken_photograph_is_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eyes_photos, "CACHE", tmp_path / "cache")
    poses = a_set(
        tmp_path / "headpose",
        [{"file": "a.jpg", "yaw_deg": "0"}, {"file": "b.jpg", "yaw_deg": "0"}],
    )
    a_picture(poses / "a.jpg")
    (poses / "b.jpg").write_bytes(b"")
    found = run({"facing": EYES["facing"]}, tmp_path)
    assert found.metrics["facing.f1_25deg"].n == 1
    assert list(found.left_out) == ["headpose/b.jpg"]


def test_another_picture_of_the_same_name_is_looked_at_anew(tmp_path: Path) -> None:
    poses = a_set(tmp_path / "headpose", [{"file": "a.jpg"}])
    a_picture(poses / "a.jpg")
    before = eyes_photos._stamp(poses)
    assert eyes_photos._stamp(poses) == before
    a_picture(poses / "a.jpg", 200)
    assert eyes_photos._stamp(poses) != before


def test_a_part_that_fails_is_null_and_the_others_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "there").touch()

    def fails(footage: Path) -> dict[str, Metric]:
        if (footage / "there").exists():
            raise KeyError("speaker")
        return {"pace.mape": Metric(None)}

    found = run({"pace": fails, "pitch": lambda _: {"pitch.error": Metric(0.5)}}, tmp_path)
    assert found.metrics["pace.mape"] == Metric(None, note="KeyError: 'speaker'")
    assert found.metrics["pitch.error"].value == 0.5
    assert list(found.failed) == ["pace"]
    assert "KeyError" in capsys.readouterr().err
    out = tmp_path / "bench.json"
    write_json(out, found.metrics, left_out={"arms/a.jpg": "is no picture"}, failed=found.failed)
    told = json.loads(out.read_text("utf-8"))
    assert told["pace.mape"] is None
    assert (told["left_out"], told["failed"]) == (1, 1)
    assert told["left_out.files"] == ["arms/a.jpg: is no picture"]
    assert told["failed.parts"] == ["pace: KeyError: 'speaker'"]


@pytest.mark.parametrize("failing", [True, False])
def test_the_result_says_whether_all_went_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, failing: bool
) -> None:
    def part(_: Path) -> dict[str, Metric]:
        if failing:
            raise ValueError("nothing there")
        return {"pitch.error": Metric(0.5)}

    for parts in (EARS, EYES):
        monkeypatch.setattr(f"benchmarks.{'ears' if parts is EARS else 'eyes'}.PARTS", {"a": part})
    out, page = tmp_path / "bench.json", tmp_path / "page.md"
    asked = ["--footage", str(tmp_path), "--out", str(out), "--results", str(page)]
    assert main(asked) == int(failing)
    assert json.loads(out.read_text("utf-8"))["failed"] == int(failing)
    assert page.exists() != failing


def test_each_set_is_optional(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eyes_photos, "CACHE", tmp_path / "cache")
    parts = {**EYES, **EARS}
    for made in ("motion that was made", "sound that was made", "words"):
        del parts[made]
    found = run(parts, tmp_path)
    assert not found.failed
    assert not [name for name, one in found.metrics.items() if one.value is not None]
    names = {"arms.f1", "brow.auc_own_neutral", "smile.recall_own_neutral", "video.onset_mae_s"}
    assert names | {"pace.mape_10db", "pause.f1_5db", "phrase.recall_at_2_per_hour"} <= set(
        found.metrics
    )


def test_clips_that_nobody_labelled_fully_count_for_the_rest(tmp_path: Path) -> None:
    video = tmp_path / "video"
    video.mkdir()
    events = "file,start_s,end_s,event,note,rater\ngone.mp4,1.0,2.0,smile,,\n"
    (video / "events.csv").write_text(events, "utf-8")
    found = run({"video": EYES["video"]}, tmp_path)
    assert not found.failed
    assert found.metrics["video.false_brow_per_min"].value is None
    assert list(found.left_out) == ["video/gone.mp4"]


def test_without_voices_to_make_it_there_is_no_babble(tmp_path: Path) -> None:
    folder = spoken(tmp_path, "aligned", {"a.flac": "a"})
    a_set(folder, [{**row, "truth_json": "a.json"} for row in rows(folder / "manifest.csv")])
    words = [[0.0, 2.0, "la"]]
    truth = {"words": words, "speech_start": 0.0, "speech_end": 2.0, "pauses_ge_0_25": []}
    (folder / "a.json").write_text(json.dumps(truth), "utf-8")
    vad, noise = vad_metrics(tmp_path), noise_metrics(tmp_path)
    assert vad["vad.wrong"].value is not None
    for one in (vad["vad.auc_20db"], vad["vad.auc_10db_plain"], noise["pace.mape_10db"]):
        assert one.value is None
        assert "babble" in one.note


def test_babble_disturbs_and_is_the_same_each_time(tmp_path: Path) -> None:
    spoken(tmp_path, "transcribed", {f"{name}.flac": name for name in "abcdef"})
    spoken(tmp_path, "emodb", {"x.flac": "x"})
    (one,) = utterances(tmp_path, "emodb")
    loud, same, soft = (in_babble(tmp_path, "emodb", ratio)(one) for ratio in (0.0, 0.0, 40.0))
    levels = [np.mean([hop.level_dbfs for hop in hops]) for hops in (loud, same, soft)]
    assert levels[0] == levels[1] > levels[2]


def test_one_file_of_a_speaker_tells_no_own_range(tmp_path: Path) -> None:
    folder = spoken(tmp_path, "fda", {"rl001.flac": "rl"})
    (folder / "rl001.f0ref").write_text("100\n" * 20, "utf-8")
    assert not broken(folder)
    assert pitch_metrics(tmp_path)["pitch.gross_error"].value is None


def test_the_table_is_kept_between_its_marks(tmp_path: Path) -> None:
    page = tmp_path / "RESULTS.md"
    page.write_text(f"# Head\n\n{results.BEGIN}\nformer\n{results.END}\n\nby hand\n", "utf-8")
    assert results.fault(page) is None
    for _ in range(2):
        results.keep(page, results.table(Outcome({"pace.mape": Metric(0.25, n=3, note="a|b")})))
    text = page.read_text("utf-8")
    assert "| `pace.mape` | 0.250 |" in text
    assert "former" not in text
    assert text.startswith(f"# Head\n\n{results.BEGIN}\n")
    assert text.endswith(f"\n{results.END}\n\nby hand\n")
    assert text.count(results.BEGIN) == 1


def test_a_page_without_marks_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("by hand", "utf-8")
    out = tmp_path / "bench.json"
    asked = ["--footage", str(tmp_path), "--out", str(out), "--results", str(page)]
    assert main(asked) == 2
    assert page.read_text("utf-8") == "by hand"
    assert not out.exists()


def test_only_the_house_s_own_footage_is_told_in_results(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, other = tmp_path / "own", tmp_path / "other"
    own.mkdir()
    other.mkdir()
    monkeypatch.setattr(results, "OWN_FOOTAGE", own)
    assert results.page_for(own, None, whole=True) == results.HERE / "RESULTS.md"
    assert results.page_for(own, None, whole=False) is None
    assert results.page_for(other, None, whole=True) is None
    assert results.page_for(other, own / "page.md", whole=True) == own / "page.md"
    assert results.fault(results.HERE / "RESULTS.md") is None
