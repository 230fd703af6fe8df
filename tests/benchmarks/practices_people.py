# ruff: noqa: T201 - a benchmark prints its table
"""Practices in what is heard of recorded people: `python -m benchmarks.practices_people FOOTAGE`.

Nobody labelled these texts: what is found in the recognised words is held against what is found in
the true ones, so this is agreement of the finder with itself, whether or not it is right. What is
heard is kept in `--folder`, so that other weights need not hear it again.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.ears_data import sound, utterances
from benchmarks.practices_heard import Said, hear, set_up_for, word_errors
from benchmarks.practices_score import bare

from app.coach.finder import Finder
from app.coach.practice_types import Speaking, Turn
from app.coach.practices import load_practices

if TYPE_CHECKING:
    from collections.abc import Sequence

PEOPLE: Final = ("fda", "transcribed", "fillers", "aligned")
"""Sets of people who speak English, with a text."""

Pairs = list[tuple[str, str]]
"""True text and recognised one, of each utterance."""


def heard_of(footage: Path, name: str, folder: Path) -> dict[str, Pairs]:
    """What is heard of a set, by speaker."""
    kept = folder / f"people-{name}.json"
    if kept.is_file():
        told = json.loads(kept.read_text("utf-8"))
        return {who: [(true, text) for true, text in pairs] for who, pairs in told.items()}
    by_speaker: dict[str, list[Said]] = defaultdict(list)
    for one in utterances(footage, name):
        if one.row["transcript"] and one.row["lang"].startswith("en"):
            said = Said(one.path.name, 0, one.row["transcript"], sound(one.path))
            by_speaker[one.speaker].append(said)
    pairs = {
        who: [
            (one.text, text)
            for one, text in zip(said, hear(said, set_up_for({"scenario": {}})), strict=True)
        ]
        for who, said in by_speaker.items()
    }
    kept.write_text(json.dumps(pairs, indent=1), "utf-8")
    return pairs


def line(finder: Finder, who: str, pairs: Sequence[tuple[str, str]]) -> str:
    """One row: how far finds in what is heard agree with finds in the true text."""
    true = {key for at, (text, _) in enumerate(pairs) for key in found(finder, at, text)}
    bared = {key for at, (text, _) in enumerate(pairs) for key in found(finder, at, bare(text))}
    told = {key for at, (_, text) in enumerate(pairs) for key in found(finder, at, text)}
    wer = word_errors(pairs)
    agreed = [
        f"{len(true & other)} + {len(other - true)} | {_number(agreement(true, other))}"
        for other in (bared, told)
    ]
    return f"| {who} | {len(pairs)} | {_number(wer)} | {len(true)} | {' | '.join(agreed)} |"


def agreement(true: set[tuple[int, str, str]], other: set[tuple[int, str, str]]) -> float | None:
    """F1 of one set of finds, were the other one true; None without any."""
    both = len(true) + len(other)
    return 2 * len(true & other) / both if both else None


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def people(footage: Path, names: Sequence[str], folder: Path) -> None:
    """Print a row for each speaker who has any find, and one for each set."""
    finder = Finder(load_practices())
    print("| who | texts | WER | found | stripped: again + others | F1 | heard: … | F1 |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for name in names:
        by_speaker = heard_of(footage, name, folder)
        for who, pairs in by_speaker.items():
            if any(found(finder, 0, text) for pair in pairs for text in pair):
                print(line(finder, f"{name}, {who}", pairs), flush=True)
        every = [pair for pairs in by_speaker.values() for pair in pairs]
        print(line(finder, f"{name}, {len(by_speaker)} speakers", every), flush=True)


def found(finder: Finder, at: int, text: str) -> set[tuple[int, str, str]]:
    """What is found in one text that staff are supposed to say."""
    evidence = finder.find([Turn(Speaking.STAFF, text)])
    return {(at, one.practice, str(one.polarity)) for one in evidence}


def main() -> None:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("footage", type=Path, help="the folder of the footage")
    parser.add_argument("--sets", nargs="*", default=PEOPLE)
    parser.add_argument("--folder", type=Path, default=Path("out/heard"), help="keeps the words")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    people(asked.footage, asked.sets, asked.folder)


if __name__ == "__main__":
    main()
