"""Fit the practice finder's second opinion.

    python -m tests.benchmarks.recipes.second_opinion

writes assets/practices/opinion.tsv and opinion.npz: for each practice and polarity the log odds
that the features of app/coach/finder/features.py add, fitted on all open sets, as typed and as
recognised words, by one logistic regression each and by networks for all (`opinion_nets.py`); and
what joins their mean with the rules, fitted on sets that neither had learned from: each of `UNSEEN`
is weighed by a model of all other sets, and no pattern was written after it.
With `--fold SET` it is fitted without that set and written beside the path given by `--out`, so
that the finder can be scored on an author of whom the model knows nothing.
"""

from __future__ import annotations

import argparse
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit

from app.coach.finder.features import as_one, features
from app.coach.finder.finder import Finder
from app.coach.finder.opinion import holds, join, parts_of
from app.coach.finder.talk import talk_of
from app.coach.finder.weights import PARTS, Weights, read, write_nets
from app.coach.practices import load_practices
from tests.benchmarks.practices_score import (
    FURTHER,
    WAYS,
    bare,
    context_of,
    items_of,
    turns_of,
)
from tests.benchmarks.recipes.opinion_nets import fit_net

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    Odds = tuple[NDArray[np.float64], NDArray[np.float64]]

    from app.coach.finder.talk import Block, Sentence
    from tests.benchmarks.practices_score import Item

ROOT: Final = Path(__file__).resolve().parents[3]
SETS: Final = ("development", *FURTHER)
UNSEEN: Final = tuple(f"development_{letter}" for letter in "egijk")
"""Sets by authors from whom no pattern was learned and who did not write any; those of d, f and h
would come to the same, and take as long again."""
LEAST_ITEMS: Final = 2
"""Items that hold a feature, below which it is not learned."""
LEAST_EXAMPLES: Final = 8
"""Sentences with a practice, below which it has no model."""
STRENGTH: Final = 100.0
"""Inverse of the weight of the squares (C); of 3, 10, 30 and 100 the best on sets left out."""
ROUNDS: Final = 70
"""Steps of the logistic regressions; 150 come to the same."""
SEEDS: Final = (0, 1)
"""One network each: their mean is steadier than one."""
ALIKE: Final = 100.0
"""How strongly what joins is held alike for all kinds; 30, 100 and 300 came to the same."""
WORKERS: Final = 3
"""Fits at the same time."""
IN_COMMON: Final = 0.6
"""Part of a label's words that a sentence holds at least to carry the label."""
SMALL: Final = 0.3
"""Log odds below which a weight is left out of the file."""
HEAD: Final = """\
# The second opinion of the practice finder: log odds that a feature adds, as column:number.
# Words, pairs of words, stems (s:), words of the customer before (c:), and the place (#).
# Words = base + sum / square root of the number of known features. The lines after the base join
# words and rules. Made, not written: the recipe is tests/benchmarks/recipes/second_opinion.py.
# Fitted on {sets}: {sentences} sentences."""


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence to learn from."""

    item: str
    """Id of its item."""
    names: frozenset[str]
    """Its features."""
    kinds: frozenset[str]
    """Its labels: "P01+" for done, "P01-" for wrong."""
    sure: Mapping[str, float] = field(default_factory=dict)
    """Confidence of the rules by kind, where they found it."""
    unseen: str = ""
    """Its set, where no pattern was learned from that."""
    turn: frozenset[str] = frozenset()
    """Features of its turn as a whole, where that has several sentences."""


def rows_of(name: str) -> Iterator[Row]:
    """Read the sentences of a set, typed and as recognised words."""
    # The rules alone: a practice that did not ship has no second opinion, and needs no weights.
    finder = Finder([replace(one, shipped=False) for one in load_practices()])
    unseen = name if name in UNSEEN else ""
    for item in items_of(name):
        for way in WAYS:
            turns = turns_of(item, way, {})
            written = item["scenario"].get("channel") == "written"
            talk = talk_of(turns, context_of(item), written=written)
            for block in talk.blocks:
                finds = finder.by_rules(talk, block)
                whole = as_one(block)
                several = len(block.sentences) > 1
                turn = frozenset(features(talk, whole, whole.sentences[0]) if several else ())
                for sentence in block.sentences:
                    kinds = _kinds(item, block, sentence)
                    names = frozenset(features(talk, block, sentence))
                    sure: dict[str, float] = {}
                    for one in (one for one in finds if holds(sentence, one)):
                        kind = one.practice + ("-" if one.wrong else "+")
                        sure[kind] = max(sure.get(kind, 0.0), one.confidence)
                    yield Row(item["id"], names, kinds, sure, unseen, turn)


def _kinds(item: Item, block: Block, sentence: Sentence) -> frozenset[str]:
    tokens = block.tokens[sentence.lo : sentence.hi]
    said = " ".join(
        bare(block.texts[turn][min(starts) : max(ends)])
        for turn in sorted({token.turn for token in tokens})
        for starts, ends in [
            (
                [token.start for token in tokens if token.turn == turn],
                [token.end for token in tokens if token.turn == turn],
            )
        ]
    )
    turns = {token.turn for token in tokens}
    return frozenset(
        label["practice"] + ("+" if label["polarity"] == "done" else "-")
        for label in item["labels"]
        if label["turn"] in turns and _carries(said, bare(label["words"]))
    )


def _carries(said: str, words: str) -> bool:
    if words in said or said in words:
        return True
    wanted = set(words.split())
    return len(wanted & set(said.split())) >= max(1.0, IN_COMMON * len(wanted))


def kinds_of(rows: Sequence[Row]) -> list[str]:
    """Give the kinds that have examples enough."""
    examples = Counter(kind for row in rows for kind in row.kinds)
    return sorted(kind for kind, count in examples.items() if count >= LEAST_EXAMPLES)


def fit(rows: Sequence[Row], kinds: Sequence[str]) -> Weights:
    """Fit the models of the words; what joins them with the rules is left empty."""
    # Each sentence is there twice, typed and as recognised: only other items make it common.
    counts = Counter(name for _, name in {(row.item, name) for row in rows for name in row.names})
    names = sorted(name for name, count in counts.items() if count >= LEAST_ITEMS)
    number = {name: at for at, name in enumerate(names)}
    matrix = _matrix([row.names for row in rows], number)
    told = np.array([[kind in row.kinds for kind in kinds] for row in rows], dtype=float)
    linear = _linear(matrix, told)
    nets = tuple(fit_net(matrix, told, seed) for seed in SEEDS)
    known = tuple((kind[:3], kind[3:] == "-") for kind in kinds)
    nothing = np.zeros((len(PARTS), len(kinds)), np.float32)
    return Weights(known, number, linear[:-1], linear[-1], nothing, nets)


def _linear(matrix: csr_matrix, told: NDArray[np.float64]) -> NDArray[np.float32]:
    """Fit a logistic regression for each kind: features x kinds, and a row of bases."""
    given, wanted = matrix.astype(np.float32), told.astype(np.float32)
    across, shape = given.T.tocsr(), (matrix.shape[1] + 1, told.shape[1])

    def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        table = values.reshape(shape)
        single = table.astype(np.float32)
        odds = given @ single[:-1] + single[-1]
        gap = expit(odds) - wanted
        much = (np.logaddexp(0.0, odds) - wanted * odds).sum(dtype=np.float64)
        slopes = np.vstack([across @ gap, gap.sum(axis=0)]) + table / STRENGTH
        return float(much + 0.5 * (table**2).sum() / STRENGTH), slopes.ravel()

    start = np.zeros(shape)
    start[-1] = -3.0  # most sentences show no practice
    options = {"maxiter": ROUNDS, "maxcor": 6}
    found = minimize(loss, start.ravel(), jac=True, method="L-BFGS-B", options=options)
    return np.asarray(found.x.reshape(shape), np.float32)


def _matrix(sentences: Sequence[frozenset[str]], number: Mapping[str, int]) -> csr_matrix:
    """Give a row for each sentence, of length 1: features count less the more there are."""
    known = [sorted(number[name] for name in names if name in number) for names in sentences]
    lengths = [len(one) for one in known]
    values = np.repeat([1.0 / np.sqrt(max(1, one)) for one in lengths], lengths)
    ends = np.concatenate([[0], np.cumsum(lengths)])
    columns = [at for one in known for at in one]
    return csr_matrix((values, columns, ends), shape=(len(sentences), len(number)))


def odds_of(model: Weights, rows: Sequence[Row]) -> Odds:
    """Weigh sentences, alone and in their turns: log odds, sentences x kinds."""
    nothing = np.full(len(model.kinds), np.nan)
    alone = np.array([model.odds(row.names) for row in rows])
    return alone, np.array([model.odds(row.turn) if row.turn else nothing for row in rows])


def without(rows: Sequence[Row], kinds: Sequence[str], name: str) -> Odds:
    """Weigh a set by a model of all others."""
    model = fit([row for row in rows if row.unseen != name], kinds)
    return odds_of(model, [row for row in rows if row.unseen == name])


def joined_of(rows: Sequence[Row], odds: Odds, kinds: Sequence[str]) -> NDArray[np.float64]:
    """Fit what joins words and rules: weights, `PARTS` x kinds, held alike for all kinds.

    Parameters
    ----------
    rows
        Sentences that neither had learned from.
    odds
        Log odds of their words, and of their turns as a whole, sentences x kinds; NaN where a turn
        has one sentence.
    kinds
        The kinds.
    """
    sure = np.array([[row.sure.get(kind, 0.0) for kind in kinds] for row in rows])
    told = np.array([[kind in row.kinds for kind in kinds] for row in rows], dtype=float)
    alone, turn = odds
    parts = np.stack(parts_of(alone, sure, turn))
    shape = (len(PARTS), len(kinds))

    def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        common, own = values[: len(PARTS), None], values[len(PARTS) :].reshape(shape)
        total = join(alone, sure, turn, common + own)
        gap = expit(total) - told
        slopes = np.einsum("pnk,nk->pk", parts, gap)
        much = np.logaddexp(0.0, total) - told * total
        worth = much.sum() + 0.5 * (common**2).sum() + 0.5 * ALIKE * (own**2).sum()
        steps = [slopes.sum(axis=1) + common[:, 0], (slopes + ALIKE * own).ravel()]
        return float(worth), np.concatenate(steps)

    start = np.zeros(len(PARTS) * (len(kinds) + 1))
    values = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    joined: NDArray[np.float64] = values[: len(PARTS), None] + values[len(PARTS) :].reshape(shape)
    return joined


def text_of(fitted: Weights, joined: NDArray[np.float64], sets: str, sentences: int) -> str:
    """Give the weights as the file that ships."""
    lines = HEAD.format(sets=sets, sentences=sentences).splitlines()
    lines.append("\t".join(["kind", *(name + "+-"[wrong] for name, wrong in fitted.kinds)]))
    lines.append("\t".join(["base", *(f"{one:.2f}" for one in fitted.base)]))
    for part, numbers in zip(PARTS, joined, strict=True):
        lines.append("\t".join([part, *(f"{one:.2f}" for one in numbers)]))
    for name, weights in zip(fitted.rows, fitted.table, strict=True):
        cells = [f"{at}:{one:.1f}" for at, one in enumerate(weights) if abs(one) >= SMALL]
        lines.append(f"{name}\t{' '.join(cells)}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fold", choices=SETS, help="leave this set out")
    parser.add_argument("--out", type=Path, default=ROOT / "assets/practices/opinion.tsv")
    chosen = parser.parse_args()
    if chosen.fold and chosen.out == parser.get_default("out"):
        parser.error("--fold needs --out")
    sets = [name for name in SETS if name != chosen.fold]
    rows = [row for name in sets for row in rows_of(name)]
    kinds = kinds_of(rows)
    unseen = [name for name in UNSEEN if name in sets]
    with ProcessPoolExecutor(WORKERS) as pool:
        last = pool.submit(fit, rows, kinds)
        odds = list(pool.map(partial(without, rows, kinds), unseen))
        fitted = last.result()
    seen_by_none = [row for name in unseen for row in rows if row.unseen == name]
    alone, turn = (np.concatenate(part) for part in zip(*odds, strict=True))
    joined = joined_of(seen_by_none, (alone, turn), kinds)
    chosen.out.write_text(text_of(fitted, joined, ", ".join(sets), len(rows)), "utf-8")
    write_nets(chosen.out.with_suffix(".npz"), fitted.nets)
    read(chosen.out, chosen.out.with_suffix(".npz"))


if __name__ == "__main__":
    main()
