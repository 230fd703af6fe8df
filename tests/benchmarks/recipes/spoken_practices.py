# ruff: noqa: T201 - a recipe prints its numbers
"""Good answers of the scenarios, spoken by espeak-ng: which practices are found in their sound.

    PYTHONPATH=tests python -m benchmarks.recipes.spoken_practices [--scenarios N] [--live]

Each staff turn is spoken sentence by sentence, so that it is known when each was said; the customer
is silent for 3 s. A note of the written-out answer counts as found where evidence for its practice
lies within 1 s of the sentence that it is about. Typed: the finder on the turns as written.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import tempfile
import wave
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import soxr
from benchmarks.ears_words import errors, wanted

from app.coach.finder import Finder
from app.coach.phrase_evidence import with_phrases
from app.coach.practice_types import Polarity, Speaking, Turn
from app.coach.practices import load_practices
from app.coach.scenarios import load_scenarios
from app.session.speech import words_of
from app.session.speech_for import practice_phrases_sought, speech_for
from audio.analyser import VoiceAnalyser
from audio.sources import AudioFile
from audio.speech.types import SpeechSetUp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from app.coach.practice_types import Evidence
    from app.coach.scenario_types import Scenario
    from app.session.speech import Spoken
    from audio.types import Word

VOICES: Final = ("en-us+f2", "en-gb", "en-us", "en-gb-x-rp+f4")
WANTED: Final = {"P19": "apology", "P22": "name", "P23": "recap", "P26": "commitment"}
RATE_HZ: Final = 16000
SILENT_S: Final = 3.0
PAUSE_S: Final = 0.35
NEAR_S: Final = 1.0
SPEED: Final = "145"
"""Words a minute of the made voices."""
TITLES: Final = {"Mrs": "Missus", "Ms": "Miz", "Mr": "Mister"}
"""As they are spoken: not every program knows."""


@dataclass(frozen=True)
class Clip:
    """One answer as sound."""

    samples: NDArray[np.float32]
    turns: tuple[Turn, ...]
    """The turns as written, with the times at which they are spoken."""
    notes: tuple[tuple[str, float, float], ...]
    """(practice, start, end) of the sentence of each note that is done."""


def speak(text: str, voice: str) -> NDArray[np.float32]:
    """Let a voice say a text; at 16 kHz, its peak at half of full scale.

    "flite:slt" and "festival:kal_diphone" are voices of those programs, where they are installed;
    all others are of espeak-ng.
    """
    for short, spoken in TITLES.items():
        text = text.replace(f"{short} ", f"{spoken} ")
    program, _, name = voice.rpartition(":")
    with tempfile.TemporaryDirectory() as folder:
        wav, plain = Path(folder) / "said.wav", Path(folder) / "text.txt"
        plain.write_text(text, "utf-8")
        command = {
            "": ["espeak-ng", "-v", name, "-s", SPEED, "-w", str(wav), text],
            "flite": ["flite", "-voice", name, "-o", str(wav), str(plain)],
            "festival": ["text2wave", "-eval", f"(voice_{name})", "-o", str(wav), str(plain)],
        }[program]
        subprocess.run(command, check=True, timeout=60)
        with wave.open(str(wav)) as read:
            rate = read.getframerate()
            raw = np.frombuffer(read.readframes(read.getnframes()), np.int16)
    samples = soxr.resample(raw.astype(np.float32) / 32768.0, rate, RATE_HZ)
    return np.asarray(samples * (0.5 / max(1e-3, float(np.abs(samples).max()))), np.float32)


def make(scenario: Scenario, voice: str) -> Clip:
    """Speak the good answer of a scenario."""
    parts = [np.zeros(RATE_HZ, np.float32)]
    turns: list[Turn] = []
    notes: list[tuple[str, float, float]] = []

    def now() -> float:
        return sum(len(part) for part in parts) / RATE_HZ

    for turn in scenario.good:
        start = now()
        if turn.speaker is Speaking.CUSTOMER:
            parts.append(np.zeros(round(SILENT_S * RATE_HZ), np.float32))
        else:
            spans = []
            for sentence in re.split(r"(?<=[.?!])\s+", turn.text):
                begin = now()
                parts.append(speak(sentence, voice))
                spans.append((sentence, begin, now()))
                parts.append(np.zeros(round(PAUSE_S * RATE_HZ), np.float32))
            for note in turn.notes:
                first = re.split(r"(?<=[.?!])\s+", note.words)[0]
                spoken = next((one for one in spans if first in one[0]), None)
                if note.polarity is Polarity.DONE and spoken is not None:
                    notes.append((note.practice, spoken[1], spoken[2]))
        turns.append(Turn(turn.speaker, turn.text, start, now()))
    parts.append(np.zeros(RATE_HZ, np.float32))
    noise = np.random.default_rng(5).normal(0.0, 3e-4, round(now() * RATE_HZ))
    whole = np.concatenate(parts) + noise.astype(np.float32)
    return Clip(whole.astype(np.float32), tuple(turns), tuple(notes))


def heard_turns(clip: Clip, words: Sequence[Word]) -> list[Turn]:
    """Give the turns with the recognised words in the place of what staff said."""
    turns = []
    for turn in clip.turns:
        start, end = turn.start_s or 0.0, turn.end_s or 0.0
        if turn.speaker is Speaking.CUSTOMER:
            turns.append(turn)
            continue
        mine = tuple(w for w in words if start - 0.5 <= (w.start_s + w.end_s) / 2 < end + 0.5)
        text = " ".join(word.text for word in mine)
        turns.append(Turn(turn.speaker, text, start, end, mine))
    return turns


def is_found(practice: str, start: float, end: float, evidence: Sequence[Evidence]) -> bool:
    """Whether evidence for a practice, done, lies within a second of a stretch."""
    return any(
        one.practice == practice
        and one.polarity is Polarity.DONE
        and one.start_s is not None
        and start - NEAR_S <= (one.end_s or one.start_s)
        and one.start_s <= end + NEAR_S
        for one in evidence
    )


@dataclass
class Tally:
    """What was found in one voice."""

    said: Counter[str] = field(default_factory=Counter)
    """Notes by practice."""
    found: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(practice, typed | words | both) -> notes found."""
    wrong: int = 0
    """Word errors."""
    true: int = 0
    """Words said."""
    alone: list[str] = field(default_factory=list)
    """Practice and phrase of each find that no words carry."""

    def print(self, voice: str) -> None:
        """Print it."""
        print(f"{voice}: WER {self.wrong / self.true:.2f} of {self.true} words", flush=True)
        for practice, name in WANTED.items():
            hows = (f"{how} {self.found[practice, how]}" for how in ("typed", "words", "both"))
            print(f"  {practice} {name:11} n {self.said[practice]:2}  {'  '.join(hows)}")
        print(f"  by sound alone: {sorted(self.alone)}", flush=True)


def listened(clip: Clip, set_up: SpeechSetUp) -> Spoken:
    """Hear a clip as a file is heard: ears first, then words and phrases."""
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        with wave.open(file.name, "wb") as out:
            out.setparams((1, 2, RATE_HZ, 0, "NONE", ""))
            out.writeframes((clip.samples * 32767).astype(np.int16).tobytes())
        ears = VoiceAnalyser()
        readings = [one for block in AudioFile(Path(file.name)) for one in ears.push(block)]
        readings += ears.finish()
        return words_of(Path(file.name), readings, set_up)


def count(scenario: Scenario, clip: Clip, said: Spoken, finder: Finder, tally: Tally) -> None:
    """Hold what was found in a clip against the notes of the answer."""
    turns = heard_turns(clip, said.words or ())
    by_words = finder.find(turns, scenario=scenario)
    by_both = with_phrases(by_words, said.phrases, turns)
    typed = finder.find(clip.turns, scenario=scenario)
    tally.alone += [f"{one.practice} {one.words}" for one in by_both if one.detail == "sound"]
    staff = (turn.text for turn in clip.turns if turn.speaker is Speaking.STAFF)
    text = wanted(" ".join(staff))
    tally.wrong += errors(text, [word.text for word in said.words or ()])
    tally.true += len(text)
    for practice, start, end in clip.notes:
        if practice not in WANTED:
            continue
        tally.said[practice] += 1
        turn = next(at for at, one in enumerate(clip.turns) if (one.end_s or 0.0) >= end)
        tally.found[practice, "typed"] += any(
            one.practice == practice and one.turn == turn and one.polarity is Polarity.DONE
            for one in typed
        )
        tally.found[practice, "words"] += is_found(practice, start, end, by_words)
        tally.found[practice, "both"] += is_found(practice, start, end, by_both)


def main() -> int:
    """Print, for each voice, word errors and what was found of what was said."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenarios", type=int, default=4, help="how many, evenly spread")
    parser.add_argument("--voices", nargs="*", default=VOICES, help="voices of espeak-ng")
    parser.add_argument("--live", action="store_true", help="the live search, not the second pass")
    parser.add_argument("--model", type=Path, help="another language model")
    asked = parser.parse_args()
    scenarios = load_scenarios()[0]
    scenarios = scenarios[:: max(1, len(scenarios) // asked.scenarios)][: asked.scenarios]
    finder = Finder(load_practices())
    plain = SpeechSetUp("pocketsphinx", asked.model, not asked.live, (), practice_phrases_sought())
    for voice in asked.voices:
        tally = Tally()
        for scenario in scenarios:
            clip = make(scenario, voice)
            set_up = speech_for(plain, scenario) or plain
            count(scenario, clip, listened(clip, set_up), finder, tally)
        tally.print(voice)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
