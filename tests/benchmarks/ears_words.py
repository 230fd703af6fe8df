"""How well words are recognised: with the stock language model, and with that of service talk."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Final

import numpy as np
import psutil
from benchmarks.ears_data import Utterance, sound, utterances
from benchmarks.framework import Metric, bootstrap, plain

from app.session.speech_child import SpeechChild
from audio.framing import RATE_HZ
from audio.speech.pocketsphinx_engine import (
    PocketsphinxBackend,
    PocketsphinxEngine,
    model_folder,
)
from audio.speech.types import SpeechSetUp
from audio.speech.utterances import as_int16

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Counts = tuple[int, int]
"""Wrong words and true words of one utterance."""

SETS: Final = {"": "fda", "_read": "transcribed"}
"""Ending of a metric -> set: service talk, and read English of every kind."""
BLOCK: Final = 1600


def words_metrics(footage: Path) -> dict[str, Metric]:
    """Word errors with both language models, time and memory; null without an engine or sets."""
    names = [f"words.wer_{which}{end}" for end in SETS for which in ("stock", "adapted")]
    names += ["words.wer_adapted_live", "words.realtime_factor", "words.memory_mb"]
    metrics = {name: Metric(None) for name in names}
    found = PocketsphinxBackend().is_available(None)
    if not found.ok:
        return {name: Metric(None, note=found.what) for name in names}
    stock = model_folder() / "en-us" / "en-us.lm.bin"
    for end, name in SETS.items():
        files = [one for one in utterances(footage, name) if wanted(one.row["transcript"])]
        if not files:
            continue
        for which, language in (("stock", stock), ("adapted", None)):
            metric, _ = _measured(files, language, name, thorough=True)
            metrics[f"words.wer_{which}{end}"] = metric
        if not end:
            metric, factor = _measured(files, None, name, thorough=False)
            metrics["words.wer_adapted_live"] = metric
            metrics["words.realtime_factor"] = plain(factor, 1, data=name, note="live search")
    metrics["words.memory_mb"] = plain(_memory_mb(), 1, note="child process, model loaded")
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


def _measured(
    files: Sequence[Utterance], language: Path | None, data: str, *, thorough: bool
) -> tuple[Metric, float]:
    """Word error rate by speaker, and processor time over sound time; None: as it ships."""
    set_up = SpeechSetUp("pocketsphinx", language, thorough)
    by_speaker: dict[str, list[Counts]] = {}
    spent = heard = 0.0
    speaker = None
    for one in sorted(files, key=lambda one: one.speaker):
        if one.speaker != speaker:
            # One person a session. Stock is pocketsphinx as it comes: its filters for every voice.
            engine = PocketsphinxEngine(set_up, to_voice=language is None)
            speaker = one.speaker
        samples = as_int16(sound(one.path))
        start = time.process_time()
        engine.begin(0.0)
        for at in range(0, len(samples), BLOCK):
            engine.push(samples[at : at + BLOCK])
        told = [word.text for word in engine.end()]
        spent += time.process_time() - start
        heard += len(samples) / RATE_HZ
        true = wanted(one.row["transcript"])
        by_speaker.setdefault(one.speaker, []).append((errors(true, told), len(true)))
    return bootstrap(by_speaker, rate, data=data), spent / heard


def _memory_mb() -> float:
    """Resident memory of the engine's process once its model is loaded, MB."""
    child = SpeechChild(SpeechSetUp("pocketsphinx"))
    try:
        while not child.ready:
            child.poll(1.0)
        return float(psutil.Process(child.pid).memory_info().rss) / 1e6
    finally:
        child.close()
