"""Scores the practice finder on the evaluation set: `python -m tests.benchmarks.practices_score`.

Of the test half only figures are printed; single items are shown for the development half alone.
"""

from __future__ import annotations

import argparse
import json
import re
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.coach.finder.finder import Finder
from app.coach.finder.talk import FinderContext
from app.coach.order import OrderKind, order_notes
from app.coach.practice_types import Speaking, Turn
from app.coach.practices import load_practices

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.coach.practice_types import Evidence

FOLDER: Final = Path(__file__).parent / "practices"
FOUND_IN_WORDS: Final = (
    "P01", "P03", "P04", "P07", "P08", "P09", "P11", "P13", "P14", "P15", "P16", "P17", "P18",
    "P19", "P20", "P21", "P22", "P23", "P24", "P25", "P26", "P27",
)  # fmt: skip
WAYS: Final = ("typed", "stripped")
FURTHER: Final = (
    "development_b", "development_c", "development_d", "development_e", "development_f",
    "development_g", "development_h", "development_i", "development_j", "development_k",
)  # fmt: skip
"""Open sets by other authors, beside the open half."""

ORDER_KINDS: Final = ("kept", "out_of_order", "long_apology")
"""Order as labelled; `cut_in` is seen in the voices and not in the words, and is left out."""

Item = dict[str, Any]
Key = tuple[str, int, str, str]
"""Item, turn, practice, polarity: the unit in which is scored."""


@dataclass(slots=True)
class Score:
    """Hits and misses, by practice."""

    hits: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    kinds_right: int = 0
    kinds_all: int = 0
    orders_right: Counter[str] = field(default_factory=Counter)
    orders_all: Counter[str] = field(default_factory=Counter)
    wrong_keys: list[tuple[str, Key, str]] = field(default_factory=list)

    def figures(self, practice: str) -> tuple[float | None, float | None, float | None, int]:
        """Precision, recall, F1 and the number of labels; None where nothing is to be divided."""
        hit, false, missed = (c[practice] for c in (self.hits, self.false, self.missed))
        precision = hit / (hit + false) if hit + false else None
        recall = hit / (hit + missed) if hit + missed else None
        both = 2 * hit + false + missed
        return precision, recall, 2 * hit / both if both else None, hit + missed

    @property
    def mean(self) -> float:
        """Mean F1 over the practices that can be found and that were labelled or found here."""
        told = (self.figures(practice)[2] for practice in FOUND_IN_WORDS)
        values = [value for value in told if value is not None]
        return sum(values) / len(values)


def items_of(half: str) -> list[Item]:
    """Read one part of the set: a half, or one of the further open sets."""
    name = half if (FOLDER / f"{half}.toml").is_file() else f"{half}_half"
    items: list[Item] = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))["items"]
    return items


def bare(text: str) -> str:
    """Make typed words look like recognised ones: lower case, no punctuation."""
    return " ".join(re.findall(r"[a-z0-9]+(?:['’][a-z0-9]+)*", text.lower().replace("’", "'")))


def turns_of(item: Item, way: str, heard: Mapping[str, Sequence[str | None]]) -> list[Turn]:
    """Build an item's turns; `heard` holds recognised texts, one a turn, by item."""
    texts: list[str] = [turn["text"] for turn in item["turns"]]
    texts = [
        other if other is not None else text
        for text, other in zip(texts, heard.get(item["id"], [None] * len(texts)), strict=True)
    ]
    if way == "stripped":
        texts = [bare(text) for text in texts]
    return [
        Turn(Speaking(turn["speaker"]), text, turn.get("start_s"), turn.get("end_s"))
        for turn, text in zip(item["turns"], texts, strict=True)
    ]


def context_of(item: Item) -> FinderContext:
    """Give what the scenario of an item may tell the finder."""
    scenario = item["scenario"]
    return FinderContext(
        customer=scenario.get("customer", ""),
        lines=tuple(scenario.get("lines", ())),
        jargon=tuple(scenario.get("jargon", ())),
        card=tuple(scenario.get("card", ())),
    )


def find(finder: Finder, item: Item, turns: list[Turn]) -> Sequence[Evidence]:
    """Let the finder see an item, with what the scenario may tell it."""
    written = item["scenario"].get("channel") == "written"
    return finder.find(turns, context=context_of(item), written=written)


def score(
    finder: Finder,
    half: str,
    way: str = "typed",
    heard: Mapping[str, Sequence[str | None]] | None = None,
) -> Score:
    """Score one half."""
    total = Score()
    for item in items_of(half):
        if heard is not None and item["id"] not in heard:
            continue
        turns = turns_of(item, way, heard or {})
        found = find(finder, item, turns)
        _count(total, item, found, by_turn=heard is not None)
        if item.get("order") in ORDER_KINDS:
            total.orders_all[item["order"]] += 1
            total.orders_right[item["order"]] += order_of(turns, found) == item["order"]
    return total


def order_of(turns: Sequence[Turn], found: Sequence[Evidence]) -> str:
    """Give the order of a talk in the words of the labels."""
    kinds = {note.kind for note in order_notes(turns, found)}
    if OrderKind.LONG_APOLOGY in kinds:
        return "long_apology"
    return "out_of_order" if kinds else "kept"


def _count(total: Score, item: Item, found: Sequence[Evidence], *, by_turn: bool) -> None:
    labels: dict[Key, list[Mapping[str, str]]] = defaultdict(list)
    for label in item["labels"]:
        key = (item["id"], label["turn"], label["practice"], label["polarity"])
        labels[key].append(label)
    findings: dict[Key, list[Evidence]] = defaultdict(list)
    for one in found:
        findings[item["id"], one.turn, one.practice, str(one.polarity)].append(one)
    for key, wanted in labels.items():
        # A recognised word may be another than the typed one: there the turn alone decides.
        hits = [
            (label, one)
            for label in wanted
            for one in findings.get(key, ())
            if by_turn or set(bare(label["words"]).split()) & set(bare(one.words).split())
        ]
        if hits:
            total.hits[key[2]] += 1
            if "kind" in wanted[0]:
                total.kinds_all += 1
                total.kinds_right += any(label["kind"] == one.detail for label, one in hits)
        else:
            total.missed[key[2]] += 1
            total.wrong_keys.append(("missed", key, wanted[0]["words"]))
            if key in findings:
                total.false[key[2]] += 1
    for key, ones in findings.items():
        if key not in labels:
            total.false[key[2]] += 1
            total.wrong_keys.append(("false", key, ones[0].words))


def together(scores: Sequence[Score]) -> Score:
    """Several voices as one."""
    total = Score()
    for one in scores:
        for name in ("hits", "false", "missed", "orders_right", "orders_all"):
            getattr(total, name).update(getattr(one, name))
        total.kinds_right += one.kinds_right
        total.kinds_all += one.kinds_all
    return total


def table(scores: Mapping[str, Score]) -> str:
    """Write the figures as a table in Markdown."""
    names = list(scores)
    lines = [
        "| practice | n | " + " | ".join(f"{name}: P | R | F1" for name in names) + " |",
        "| --- | --- |" + " --- | --- | --- |" * len(names),
    ]
    for practice in FOUND_IN_WORDS:
        told = [scores[name].figures(practice) for name in names]
        cells = " | ".join(" | ".join(_number(value) for value in one[:3]) for one in told)
        lines.append(f"| {practice} | {told[0][3]} | {cells} |")
    means = " | ".join(f"| | {_number(scores[name].mean)}" for name in names)
    lines.append(f"| mean | | {means} |")
    for name, one in scores.items():
        lines.append(f"\nKinds of P17, {name}: {one.kinds_right} of {one.kinds_all} found.")
        orders = ", ".join(
            f"{kind} {one.orders_right[kind]} of {one.orders_all[kind]}" for kind in ORDER_KINDS
        )
        lines.append(f"\nOrder, {name}: {orders}.")
    return "\n".join(lines)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".replace("0.", ".", 1)


def main() -> None:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("half", choices=("development", "test", *FURTHER))
    parser.add_argument("--items", action="store_true", help="show errors (not of the test half)")
    parser.add_argument("--only", default="", help="show the errors of this practice alone")
    parser.add_argument(
        "--recognised", type=Path, help="JSON: item id -> list of texts, null where typed"
    )
    chosen = parser.parse_args()
    if chosen.items and chosen.half == "test":
        parser.error("single items of the test half are not shown")
    finder = Finder(load_practices())
    scores = {way: score(finder, chosen.half, way) for way in WAYS}
    if chosen.recognised:
        heard = json.loads(chosen.recognised.read_text("utf-8"))
        scores["recognised"] = score(finder, chosen.half, "typed", heard)
    if chosen.items:
        for way, one in scores.items():
            for what, (item, turn, practice, polarity), words in one.wrong_keys:
                if chosen.only in practice:
                    print(f"{way:9} {what:6} {practice} {polarity:5} {item} {turn}: {words}")  # noqa: T201
    print(table(scores))  # noqa: T201


if __name__ == "__main__":
    main()
