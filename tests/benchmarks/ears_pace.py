"""Pace against known syllables, in clips and in windows of long talk."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from benchmarks.ears_data import Utterance, hear, quiet, sound, utterances
from benchmarks.framework import Metric, bootstrap, by_speaker, mean
from pocketsphinx import get_model_path

from audio.framing import STEPS
from audio.pace import TalkCount
from audio.pauses import TalkTracker
from audio.speech.pronounce import Lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from benchmarks.ears_data import Listen

    from audio.types import VoiceHop

FAST_SYL_S: Final = 6.0
WINDOW_S: Final = 10.0
"""Talk that is longer is cut into windows of this length."""
LEAST_S: Final = {"aligned": 2.5, "emodb": 1.5}
"""Set -> shortest span with known syllables that counts."""
JOINED_S: Final = 8.0
"""Talk of one speaker's clips that are taken together, as the gauge does over 9 s."""
Row = tuple[float, float]
"""(true, found) syllables a second."""


class Span(NamedTuple):
    """A stretch whose syllables are known."""

    syl_s: float
    """Articulation rate, pauses of 0.25 s and more left out."""
    start_s: float
    """Its begin in the file."""
    end_s: float
    """Its end."""


class Heard(NamedTuple):
    """A stretch whose syllables are known, and what was counted in it."""

    span: Span
    """What is known."""
    count: TalkCount
    """What the ears counted."""


def pace_metrics(footage: Path) -> dict[str, Metric]:
    """Articulation rate and counts against known syllables."""
    heard = known_talk(footage, dict.fromkeys(LEAST_S, quiet))
    rates = rates_of(heard)
    counts: dict[str, list[float]] = {}
    clips = {speaker: joined(parts) for speaker, parts in heard.items() if "emodb" in speaker}
    long = f"emodb, clips of a speaker joined to {JOINED_S:.0f} s, as the gauge hears them"
    for one in utterances(footage, "speechocean"):
        true = one.syllables
        if true:
            found = counted(hear(sound(one.path)), 0.0, float("inf")).syllables
            counts.setdefault(one.speaker, []).append(abs(found - true) / true)
    return {
        **errors_of(rates),
        "pace.mape_joined": bootstrap(clips, relative_error, data=long),
        "pace.mape_joined_own": bootstrap(
            {speaker: _against_mean(rows) for speaker, rows in clips.items()},
            relative_error,
            data=long,
            note="each against the speaker's own mean, as the cues do",
        ),
        "pace.count_mape": bootstrap(counts, mean, data="speechocean", note="fitted on it"),
        **by_speaker("pace.mape", rates, relative_error),
        **by_speaker("pace.bias_fast", rates, _bias_fast),
        **by_speaker("pace.count_mape", counts, mean),
    }


def known_talk(footage: Path, listen: Mapping[str, Listen]) -> dict[str, list[Heard]]:
    """Set and speaker -> each stretch whose syllables are known, with what was counted in it."""
    heard: dict[str, list[Heard]] = {}
    for name, least_s in LEAST_S.items():
        for one in utterances(footage, name):
            parts = _heard(one, least_s, listen[name])
            heard.setdefault(f"{name}/{one.speaker}", []).extend(parts)
    return heard


def rates_of(heard: Mapping[str, list[Heard]]) -> dict[str, list[Row]]:
    """Speaker -> (true, found) rates, of those that have any."""
    return {
        speaker: [(part.span.syl_s, part.count.syl_s) for part in parts]
        for speaker, parts in heard.items()
        if parts
    }


def errors_of(rates: Mapping[str, list[Row]], end: str = "", note: str = "") -> dict[str, Metric]:
    """How far the rates are off; `end` is put behind the names."""
    data = "aligned + emodb"
    return {
        f"pace.mape{end}": bootstrap(rates, relative_error, data=data, note=note),
        f"pace.r{end}": bootstrap(rates, correlation, data=data, note=note),
        f"pace.bias_fast{end}": bootstrap(rates, _bias_fast, data=data, note=note),
    }


def known_span(one: Utterance) -> Span | None:
    """The whole stretch of a file whose syllables are known."""
    truth = one.truth
    true = truth.get("rate_in_2s_syl_s") or truth.get("articulation_rate_syl_s")
    start_s, end_s = truth.get("speech_start"), truth.get("speech_end", truth.get("last_in_2s"))
    if not true or start_s is None or end_s is None:
        return None
    return Span(float(true), float(start_s), float(end_s))


def windows(one: Utterance, span: Span) -> Iterator[Span]:
    """Stretches of about 10 s between words, their syllables by the dictionary."""
    words = one.truth["words"]
    count = round((span.end_s - span.start_s) / WINDOW_S)
    length_s = (span.end_s - span.start_s) / count
    for i in range(count):
        first_s = span.start_s + i * length_s
        own = [word for word in words if first_s <= 0.5 * (word[0] + word[1]) < first_s + length_s]
        if not own:
            continue
        start_s, end_s = own[0][0], own[-1][1]
        silent = sum(b - a for a, b in one.truth["pauses_ge_0_25"] if a >= start_s and b <= end_s)
        syllables = _lexicon().syllables([word[2] for word in own])
        yield Span(syllables / (end_s - start_s - silent), start_s, end_s)


def counted(hops: list[VoiceHop], start_s: float, end_s: float) -> TalkCount:
    """What the ears count between two moments."""
    tracker, total = TalkTracker(), TalkCount()
    for hop in hops:
        first_s = hop.t - STEPS * 0.01
        inside = [start_s <= first_s + i * 0.01 + 0.005 < end_s for i in range(STEPS)]
        heard = zip(hop.speech_steps, inside, strict=True)
        held = [value if within else 0.0 for value, within in heard]
        tracker.push(first_s, held, hop.quiet_steps)
        fine = sum(start_s <= t < end_s for t in hop.fine_s)
        coarse = sum(start_s <= t < end_s for t in hop.coarse_s)
        near, far = (value * sum(inside) / STEPS for value in hop.change)
        total.add(TalkCount(tracker.talk_s, tracker.talk_s, fine, coarse, near, far))
    return total


def joined(parts: list[Heard]) -> list[Row]:
    """Neighbours taken together until they hold enough talk; what remains is left out."""
    rows, total, syllables, talk_s = [], TalkCount(), 0.0, 0.0
    for (syl_s, start_s, end_s), count in parts:
        total.add(count)
        syllables += syl_s * (end_s - start_s)
        talk_s += end_s - start_s
        if total.talk_s >= JOINED_S:
            rows.append((syllables / talk_s, total.syl_s))
            total, syllables, talk_s = TalkCount(), 0.0, 0.0
    return rows


def _heard(one: Utterance, least_s: float, listen: Listen) -> Iterator[Heard]:
    """Each stretch of a file whose syllables are known, with what was counted in it."""
    span = known_span(one)
    if span is None or span.end_s - span.start_s < least_s:
        return
    hops = listen(one)
    long = span.end_s - span.start_s > 1.5 * WINDOW_S and one.truth.get("words")
    for part in windows(one, span) if long else [span]:
        yield Heard(part, counted(hops, part.start_s, part.end_s))


def _against_mean(rows: list[Row]) -> list[Row]:
    """Both columns as multiples of their own means."""
    if not rows:
        return []
    table = np.asarray(rows)
    return [(float(true), float(found)) for true, found in table / table.mean(axis=0)]


@cache
def _lexicon() -> Lexicon:
    return Lexicon(Path(get_model_path("en-us")) / "cmudict-en-us.dict")


def relative_error(rows: list[Row]) -> float | None:
    """Mean distance from the true rate, as a share of it."""
    return mean([abs(found - true) / true for true, found in rows])


def correlation(rows: list[Row]) -> float | None:
    """Pearson's, of three spans and more."""
    if len(rows) < 3:
        return None
    true, found = np.asarray(rows).T
    return float(np.corrcoef(true, found)[0, 1]) if true.std() and found.std() else None


def _bias_fast(rows: list[Row]) -> float | None:
    return mean([(found - true) / true for true, found in rows if true > FAST_SYL_S])
