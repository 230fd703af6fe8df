# ruff: noqa: T201 - a benchmark prints its table
"""Practices in recognised words: `PYTHONPATH=tests python -m benchmarks.practices_heard SET`.

Items of the evaluation set, the same number for each practice, are spoken by made voices and heard
as the program hears a file. The same items are scored as typed, stripped and recognised, all three
by turn. A written reply is not spoken, so P16 is left out. People: `practices_people.py`.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Final
from zlib import crc32

import numpy as np
from benchmarks.ears_words import errors, wanted
from benchmarks.practices_score import FOUND_IN_WORDS, Item, Score, items_of, score, table, together
from benchmarks.recipes.spoken_practices import RATE_HZ, Clip, heard_turns, listened, speak

from app.coach.finder import Finder
from app.coach.practice_types import Speaking, Turn
from app.coach.practices import load_practices
from app.coach.scenario_types import Jargon
from app.coach.scenarios import load_scenarios
from app.session.speech_for import scenario_words
from audio.speech.types import SpeechSetUp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

VOICES: Final = ("flite:awb", "festival:cmu_us_slt_arctic_hts", "espeak-ng:en-us")
"""A man's, a woman's and one made by rules; the engine was tuned on others (RESULTS.md)."""
SPEAKS: Final = {"flite": "flite", "festival": "text2wave", "espeak-ng": "espeak-ng"}
SPOKEN: Final = tuple(name for name in FOUND_IN_WORDS if name != "P16")
"""Practices that are drawn: canned phrases are wrong in writing alone."""
LONGEST: Final = 22
"""Words that staff say in an item, at most: some 8 s."""
SILENT_S: Final = 1.5
AT_ONCE: Final = 21
"""Items of a session: some three minutes of one person."""
SEED: Final = 20241

Heard = dict[str, list[str | None]]
"""Item id -> a text for each turn, None where typed; what `practices_score --recognised` takes."""


@dataclass(frozen=True)
class Said:
    """One turn as sound."""

    item: str
    turn: int
    text: str
    samples: NDArray[np.float32]


def staff_turns(item: Item) -> list[tuple[int, str]]:
    """The turns that are spoken: the customer's are typed here as in a session."""
    return [(n, turn["text"]) for n, turn in enumerate(item["turns"]) if turn["speaker"] == "staff"]


def draw(items: Sequence[Item], count: int, seed: int = SEED) -> list[Item]:
    """As many items for each practice, of those written for it that can be spoken."""
    by_practice: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        made_for = re.search(r"-(p\d\d)-", item["id"])
        words = sum(len(text.split()) for _, text in staff_turns(item))
        spoken = item["scenario"].get("channel") != "written" and words <= LONGEST
        if made_for and made_for[1].upper() in SPOKEN and spoken:
            by_practice[made_for[1]].append(item)
    chance = random.Random(seed)
    for name in sorted(by_practice):
        chance.shuffle(by_practice[name])
    # Round by round: more items are the same items and further ones.
    each = min([count // max(1, len(by_practice)), *map(len, by_practice.values())])
    return [by_practice[name][at] for at in range(each) for name in sorted(by_practice)]


def set_up_for(item: Item) -> SpeechSetUp:
    """The default engine, second pass, told of the item's customer and terms as of a scenario's."""
    plain = SpeechSetUp("pocketsphinx", thorough=True)
    told = item["scenario"]
    if not told.get("customer") and not told.get("jargon"):
        return plain
    shipped = load_scenarios()[0][0]
    who = replace(shipped.customer, name=told.get("customer", ""))
    terms = tuple(Jargon(word, "") for word in told.get("jargon", ()))
    scenario = replace(shipped, customer=who, jargon=terms, nouns=())
    return replace(plain, extra=scenario_words(scenario))


def spoken(item: Item, voice: str, folder: Path) -> list[Said]:
    """Let a voice say what staff say in an item; kept in the folder."""
    said = []
    program, name = voice.split(":")
    for at, text in staff_turns(item):
        file = folder / f"{crc32(f'{voice} {text}'.encode()):08x}.npy"
        if not file.is_file():
            plain = text.replace("’", "'").replace("£", "pounds ")
            np.save(file, speak(plain, name if program == "espeak-ng" else voice))
        said.append(Said(item["id"], at, text, np.load(file)))
    return said


def hear(said: Sequence[Said], set_up: SpeechSetUp) -> list[str]:
    """Hear turns one after the other, as one session of one person; the text of each."""
    still = np.zeros(round(SILENT_S * RATE_HZ), np.float32)
    parts, turns, now = [still], [], SILENT_S
    for one in said:
        end = now + len(one.samples) / RATE_HZ
        turns.append(Turn(Speaking.STAFF, one.text, now, end))
        parts += [one.samples, still]
        now = end + SILENT_S
    noise = np.random.default_rng(SEED).normal(0.0, 3e-4, sum(len(part) for part in parts))
    clip = Clip((np.concatenate(parts) + noise).astype(np.float32), tuple(turns), ())
    return [turn.text for turn in heard_turns(clip, listened(clip, set_up).words or ())]


def hear_items(items: Sequence[Item], voice: str, folder: Path) -> Heard:
    """Let a voice say the items and hear them; kept in the folder, so that it is done once."""
    ids = "".join(item["id"] for item in items)
    kept = folder / f"heard-{voice.replace(':', '-')}-{crc32(ids.encode()):08x}.json"
    if kept.is_file():
        return dict(json.loads(kept.read_text("utf-8")))
    sessions: dict[tuple[int, SpeechSetUp], list[Said]] = defaultdict(list)
    for at, item in enumerate(items):
        sessions[at // AT_ONCE, set_up_for(item)] += spoken(item, voice, folder)
    heard = typed(items)
    for (_, set_up), said in sessions.items():
        for one, text in zip(said, hear(said, set_up), strict=True):
            heard[one.item][one.turn] = text
    kept.write_text(json.dumps(heard, indent=1), "utf-8")
    return heard


def typed(items: Sequence[Item]) -> Heard:
    """No turn of these items recognised."""
    return {item["id"]: [None] * len(item["turns"]) for item in items}


def word_errors(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Word error rate of (true, told); a text with digits says not how they are spoken."""
    plain = [(wanted(true), wanted(told)) for true, told in pairs if not re.search(r"\d", true)]
    words, wrong = sum(len(true) for true, _ in plain), sum(errors(*pair) for pair in plain)
    return wrong / words if words else None


def line(name: str, one: Score, wer: float | None = None) -> str:
    """One row: precision, recall and F1 over all labels, mean F1, word error rate."""
    hit, false, missed = (sum(c.values()) for c in (one.hits, one.false, one.missed))
    below = (hit + false, hit + missed, hit + (false + missed) / 2)
    told = " | ".join(f"{value:.2f}" for value in (*(hit / max(1, b) for b in below), one.mean))
    return f"| {name} | {'–' if wer is None else f'{wer:.2f}'} | {told} |"


def made_voices(half: str, items: Sequence[Item], voices: Sequence[str], folder: Path) -> None:
    """Print both tables: by voice, and by practice over all voices."""
    finder, told = Finder(load_practices()), typed(items)
    ways = {way: score(finder, half, way, told) for way in ("typed", "stripped")}
    print("| words | WER | P | R | F1 | mean F1 |\n| --- | --- | --- | --- | --- | --- |")
    print("\n".join(line(name, one) for name, one in ways.items()), flush=True)
    recognised = []
    for voice in voices:
        program = SPEAKS[voice.split(":")[0]]
        if which(program) is None:
            print(f"| {voice} | skipped: {program} is not installed | | | | |")
            continue
        heard = hear_items(items, voice, folder)
        pairs = [(text, heard[i["id"]][at] or "") for i in items for at, text in staff_turns(i)]
        recognised.append(score(finder, half, "typed", heard))
        print(line(voice, recognised[-1], word_errors(pairs)), flush=True)
    if recognised:
        print(f"\n{table({**ways, 'recognised': together(recognised)})}")


def main() -> None:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("half", nargs="?", default="development_e", help="a set, as of the scorer")
    parser.add_argument("--items", type=int, default=90, help="how many, over all practices")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--voices", nargs="*", default=VOICES, help="program:name")
    parser.add_argument("--folder", type=Path, default=Path("out/heard"), help="keeps the sound")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    items = draw(items_of(asked.half), asked.items, asked.seed)
    made_voices(asked.half, items, asked.voices, asked.folder)


if __name__ == "__main__":
    main()
