# ruff: noqa: T201 - a benchmark prints its table
"""Practices in what is heard of recorded people: `python -m benchmarks.practices_people FOOTAGE`.

Nobody labelled these texts: what is found in the recognised words is held against what is found in
the true ones, so this is agreement of the finder with itself, whether or not it is right.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path
from typing import Final

from benchmarks.ears_data import sound, utterances
from benchmarks.practices_heard import Said, hear, set_up_for, word_errors
from benchmarks.practices_score import bare

from app.coach.finder import Finder
from app.coach.practice_types import Speaking, Turn
from app.coach.practices import load_practices

PEOPLE: Final = ("fda", "transcribed", "fillers", "aligned")
"""Sets of people who speak English, with a text."""


def people(footage: Path) -> None:
    """Print, for each set, how far finds in what is heard agree with finds in the true text."""
    finder = Finder(load_practices())
    for name in PEOPLE:
        by_speaker: dict[str, list[Said]] = defaultdict(list)
        for one in utterances(footage, name):
            if one.row["transcript"] and one.row["lang"].startswith("en"):
                said = Said(one.path.name, 0, one.row["transcript"], sound(one.path))
                by_speaker[one.speaker].append(said)
        pairs = [
            (one.text, text)
            for said in by_speaker.values()
            for one, text in zip(said, hear(said, set_up_for({"scenario": {}})), strict=True)
        ]
        true = {key for at, (text, _) in enumerate(pairs) for key in found(finder, at, text)}
        told = {key for at, (_, text) in enumerate(pairs) for key in found(finder, at, text)}
        bared = {key for at, (text, _) in enumerate(pairs) for key in found(finder, at, bare(text))}
        wer = word_errors(pairs)
        print(
            f"{name}: {len(pairs)} texts of {len(by_speaker)}, WER {wer or 0.0:.2f}; found in the"
        )
        print(
            f"  true text {len(true)}, stripped {len(true & bared)} of them and {len(bared - true)}"
        )
        print(
            f"  others, heard {len(true & told)} of them and {len(told - true)} others", flush=True
        )


def found(finder: Finder, at: int, text: str) -> set[tuple[int, str, str]]:
    """What is found in one text that staff are supposed to say."""
    evidence = finder.find([Turn(Speaking.STAFF, text)])
    return {(at, one.practice, str(one.polarity)) for one in evidence}


def main() -> None:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("footage", type=Path, help="the folder of the footage")
    people(parser.parse_args().footage)


if __name__ == "__main__":
    main()
