"""The ears in babble at 20, 10 and 5 dB: pace, pauses, tone, fillers, phrases and words.

Speech or silence and pitch have theirs beside their clean figures.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from benchmarks.ears_data import NO_BABBLE, can_babble, in_babble
from benchmarks.ears_fillers import filler_finds
from benchmarks.ears_pace import errors_of, known_talk, rates_of
from benchmarks.ears_phrases import phrases_in_babble
from benchmarks.ears_speech import pauses_in_babble
from benchmarks.ears_voice import tone_scores
from benchmarks.ears_words import words_in_babble
from benchmarks.framework import nothing

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.framework import Metric

RATIOS: Final = {"_20db": 20.0, "_10db": 10.0, "_5db": 5.0}
"""Ending of a metric -> talk over babble, dB."""
SETS: Final = ("aligned", "emodb", "ravdess", "fillers")
OWN: Final = "own normal in the same babble"


def noise_metrics(footage: Path) -> dict[str, Metric]:
    """Each measure in babble; null where there are too few voices to make any."""
    return _measured(footage) if can_babble(footage) else nothing(_measured, NO_BABBLE)


def _measured(footage: Path) -> dict[str, Metric]:
    metrics: dict[str, Metric] = {}
    for end, ratio_db in RATIOS.items():
        listen = {name: in_babble(footage, name, ratio_db) for name in SETS}
        metrics |= errors_of(rates_of(known_talk(footage, listen)), end)
        tone = tone_scores(footage, listen, end)
        metrics |= {name: replace(one, note=one.note or OWN) for name, one in tone.items()}
        metrics |= filler_finds(footage, listen["aligned"], listen["fillers"], end)
        metrics |= pauses_in_babble(footage, ratio_db, end, listen["aligned"])
        metrics |= phrases_in_babble(footage, ratio_db, end)
        metrics |= words_in_babble(footage, ratio_db, end)
    return metrics
