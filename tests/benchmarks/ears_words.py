"""How well words are recognised: with the stock language model, and with that of service talk."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from benchmarks.ears_data import Utterance, babbled, sound, utterances
from benchmarks.framework import Metric, bootstrap, by_speaker, plain

from audio.framing import RATE_HZ
from audio.speech.pocketsphinx_engine import (
    PocketsphinxBackend,
    PocketsphinxEngine,
    model_folder,
)
from audio.speech.types import SpeechSetUp
from audio.speech.utterances import as_int16

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.ears_data import Sound

Counts = tuple[int, int]
"""Wrong words and true words of one utterance."""

SETS: Final = {"": "fda", "_read": "transcribed"}
"""Ending of a metric -> set: service talk, and read English of every kind."""
BLOCK: Final = 1600
ROOT: Final = Path(__file__).resolve().parents[2]
STOCK_DB: Final = 10.0
"""Talk over babble at which the stock model is measured too, dB."""
MOST_S: Final = 120.0
"""How long the process whose memory is asked for may take before it is killed, seconds."""


def words_metrics(footage: Path) -> dict[str, Metric]:
    """Word errors with both language models, time and memory; null without an engine or sets."""
    names = [f"words.wer_{which}{end}" for end in SETS for which in ("stock", "adapted")]
    names += ["words.wer_adapted_live", "words.realtime_factor", "words.memory_mb"]
    metrics = {name: Metric(None) for name in names}
    found = PocketsphinxBackend().is_available(None)
    if not found.ok:
        return {name: Metric(None, note=found.what) for name in names}
    for end, name in SETS.items():
        files = _with_text(footage, name)
        if not files:
            continue
        for which, language in (("stock", _stock()), ("adapted", None)):
            heard = _heard(files, language)
            metrics |= _rates(f"words.wer_{which}{end}", heard, name)
        if not end:
            heard = _heard(files, thorough=False)
            metrics["words.wer_adapted_live"] = bootstrap(heard.counts, rate, data=name)
            factor = plain(heard.factor, 1, data=name, note="live search")
            metrics["words.realtime_factor"] = factor
    metrics["words.memory_mb"] = plain(memory_mb(), 1, note="child process, model loaded")
    return metrics


def words_in_babble(footage: Path, ratio_db: float, end: str) -> dict[str, Metric]:
    """Word errors on service talk in babble of others; with the stock model at one ratio only.

    Every second file: in babble the search takes two to three times as long.
    """
    metrics = {}
    found = PocketsphinxBackend().is_available(None)
    for which in ("adapted", "stock") if ratio_db == STOCK_DB else ("adapted",):
        name = f"words.wer_{which}{end}"
        files = _with_text(footage, SETS[""])[::2]
        if not files or not found.ok:
            metrics[name] = Metric(None, note=found.what if files else "")
            continue
        language = _stock() if which == "stock" else None
        heard = _heard(files, language, listen=babbled(footage, SETS[""], ratio_db))
        metrics |= _rates(name, heard, SETS[""])
    return metrics


def wanted(text: str) -> list[str]:
    """Give the words of a transcript as an engine would write them."""
    return re.findall(r"[a-z]+(?:'[a-z]+)*", text.lower().replace("’", "'"))


def errors(true: Sequence[str], told: Sequence[str]) -> int:
    """Substitutions, deletions and insertions of the best alignment (Levenshtein)."""
    row = np.arange(len(told) + 1)
    for number, word in enumerate(true, start=1):
        cheapest = np.minimum(row[1:] + 1, row[:-1] + (np.array(told, object) != word))
        new = [number]
        for cost in cheapest:
            new.append(min(int(cost), new[-1] + 1))
        row = np.array(new)
    return int(row[-1])


def rate(counts: Sequence[Counts]) -> float | None:
    """Word error rate: wrong over true words of all utterances."""
    total = sum(true for _, true in counts)
    return sum(wrong for wrong, _ in counts) / total if total else None


@dataclass(frozen=True)
class _Heard:
    """What came out of the files of a set."""

    counts: dict[str, list[Counts]]
    """Speaker -> the words of each utterance."""
    factor: float
    """Processor time over sound time."""


def _heard(
    files: Sequence[Utterance],
    language: Path | None = None,
    *,
    thorough: bool = True,
    listen: Callable[[Utterance], Sound] = lambda one: sound(one.path),
) -> _Heard:
    """Let the engine hear files, each person a session; a language of None: as it ships."""
    set_up = SpeechSetUp("pocketsphinx", language, thorough)
    counts: dict[str, list[Counts]] = {}
    spent = length = 0.0
    speaker = None
    for one in sorted(files, key=lambda one: one.speaker):
        if one.speaker != speaker:
            # Stock is pocketsphinx as it comes: its filters for every voice.
            engine = PocketsphinxEngine(set_up, to_voice=language is None)
            speaker = one.speaker
        samples = as_int16(listen(one))
        start = time.process_time()
        engine.begin(0.0)
        for at in range(0, len(samples), BLOCK):
            engine.push(samples[at : at + BLOCK])
        told = [word.text for word in engine.end()]
        spent += time.process_time() - start
        length += len(samples) / RATE_HZ
        true = wanted(one.row["transcript"])
        counts.setdefault(one.speaker, []).append((errors(true, told), len(true)))
    return _Heard(counts, spent / length)


def _rates(name: str, heard: _Heard, data: str) -> dict[str, Metric]:
    """Word error rate of all and of each speaker."""
    return {
        name: bootstrap(heard.counts, rate, data=data),
        **by_speaker(name, heard.counts, rate),
    }


def _with_text(footage: Path, name: str) -> list[Utterance]:
    return [one for one in utterances(footage, name) if wanted(one.row["transcript"])]


def _stock() -> Path:
    """Language model of pocketsphinx as it comes."""
    return model_folder() / "en-us" / "en-us.lm.bin"


def memory_mb() -> float:
    """Resident memory of a process of its own once the engine's model is loaded, MB."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.ears_words_child"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=MOST_S,
    )
    return float(done.stdout) / 1e6
