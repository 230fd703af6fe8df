"""Words are measured from any caller, and in babble."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.ears_words import errors, words_in_babble

from audio.speech.acoustic_model import model_folder

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(model_folder() is None, reason="pocketsphinx is not installed")
def test_a_script_without_a_guard_is_told_the_memory_once(tmp_path: Path) -> None:
    script = tmp_path / "no_guard.py"
    script.write_text(
        "from benchmarks.ears_words import memory_mb\nprint('asked')\nprint(memory_mb())\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, str(script)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(map(str, (ROOT, ROOT / "tests")))},
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    asked, memory = done.stdout.split()
    assert asked == "asked"
    assert 30.0 < float(memory) < 2000.0


def test_without_footage_every_figure_has_its_name(tmp_path: Path) -> None:
    in_babble = words_in_babble(tmp_path, 10.0, "_10db")
    assert set(in_babble) == {
        "words.wer_stock_10db",
        "words.wer_adapted_10db",
    }
    assert all(metric.value is None for metric in in_babble.values())
    assert set(words_in_babble(tmp_path, 5.0, "_5db")) == {"words.wer_adapted_5db"}


def test_wrong_words_are_those_of_the_best_alignment() -> None:
    true = ["could", "you", "sign", "here", "please"]
    assert errors(true, true) == 0
    assert errors(true, ["could", "sign", "here", "please"]) == 1
    assert errors(true, ["could", "you", "now", "sign", "hear", "please"]) == 2
    assert errors(true, []) == len(true)
    assert errors([], ["so"]) == 1
