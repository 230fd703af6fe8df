# ruff: noqa: INP001 - a tool beside its data, not a package
"""Counts our sentences, mixes them with the stock model, prunes, and writes ARPA."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
from stock_lm import Ids, Logs, Trigrams, find, in_order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

START, STOP = "<s>", "</s>"
RARE: Final = -6.0
"""Log probability of a word that the stock model lacks, before ours is mixed in."""
START_SHARE: Final = 0.05
"""How often a history is the beginning of a sentence, for pruning."""
FULL: Final = 0.9999
"""A history leaves at least this little for words that never followed it."""


def counted(
    sentences: Mapping[str, float], words: Sequence[str]
) -> tuple[Logs, dict[tuple[int, int], float], dict[tuple[int, int, int], float]]:
    """Count words, pairs and triples of weighted sentences."""
    number = {word: at for at, word in enumerate(words)}
    one = np.zeros(len(words))
    two: Counter[tuple[int, int]] = Counter()
    three: Counter[tuple[int, int, int]] = Counter()
    for sentence, weight in sentences.items():
        ids = [number[word] for word in (START, *sentence.split(), STOP)]
        for a, b in pairwise(ids):
            one[b] += weight
            two[a, b] += weight
        for a, b, c in zip(ids, ids[1:], ids[2:], strict=False):
            three[a, b, c] += weight
    return one, two, three


def witten_bell(sentences: Mapping[str, float], words: list[str], base: Logs) -> Trigrams:
    """Make a model of our sentences alone; words that we never wrote follow `base`.

    Witten and Bell (1991): a history with T kinds of words after it, seen C times, leaves
    T / (C + T) to all others. Interpolated.
    """
    one, two, three = counted(sentences, words)
    size, start = len(words), words.index(START)
    prior = 10.0**base
    prior[start] = 0.0
    kinds = float((one > 0).sum())
    p1 = (one + kinds * prior / prior.sum()) / (one.sum() + kinds)
    p1[start] = 1e-99
    hist, word = np.array(list(two)).T
    seen = np.array(list(two.values()))
    total, kinds2 = np.bincount(hist, seen, size), np.bincount(hist, minlength=size)
    p2 = (seen + kinds2[hist] * p1[word]) / (total + kinds2)[hist]
    b1 = np.where(total > 0, kinds2 / np.maximum(total + kinds2, 1e-9), 1.0)
    order = np.argsort(hist * size + word)
    key, p2 = (hist * size + word)[order], p2[order]
    a, b, c = np.array(list(three)).T
    seen = np.array(list(three.values()))
    at = find(key, a * size + b)
    total, kinds3 = np.bincount(at, seen, len(key)), np.bincount(at, minlength=len(key))
    p3 = (seen + kinds3[at] * p2[find(key, b * size + c)]) / (total + kinds3)[at]
    b2 = np.where(total > 0, kinds3 / np.maximum(total + kinds3, 1e-9), 1.0)
    return in_order(
        words,
        (np.log10(p1), np.log10(b1)),
        (key, np.log10(p2), np.log10(b2)),
        (a, b, c, np.log10(p3)),
    )


def restricted(stock: Trigrams, ours: Sequence[str], top: int) -> Trigrams:
    """Keep the most frequent words of a model, and all of ours; what it lacks is rare in it."""
    keep = np.zeros(stock.size, bool)
    keep[np.argsort(-stock.p1)[:top]] = True
    number = {word: at for at, word in enumerate(stock.words)}
    for word in (*ours, START, STOP):
        if word in number:
            keep[number[word]] = True
    new = [word for word in ours if word not in number]
    to = np.cumsum(keep) - 1
    words = [stock.words[at] for at in np.flatnonzero(keep)] + new
    hist, word = np.divmod(stock.two, stock.size)
    two = keep[hist] & keep[word]
    a, b, c = stock.spelt()
    three = keep[a] & keep[b] & keep[c]
    return in_order(
        words,
        (
            np.concatenate([stock.p1[keep], np.full(len(new), RARE)]),
            np.concatenate([stock.b1[keep], np.zeros(len(new))]),
        ),
        (to[hist[two]] * len(words) + to[word[two]], stock.p2[two], stock.b2[two]),
        (to[a[three]], to[b[three]], to[c[three]], stock.p3[three]),
    )


def worth(model: Trigrams) -> tuple[Logs, Logs]:
    """How much each pair and triple says beyond its shorter one (weighted difference)."""
    often = 10.0**model.p1
    often[model.words.index(START)] = START_SHARE
    hist, word = np.divmod(model.two, model.size)
    lower = model.b1[hist] + model.p1[word]
    two = often[hist] * 10.0**model.p2 * (model.p2 - lower)
    a, b, c = model.spelt()
    lower = model.b2[find(model.two, a * model.size + b)] + model.pair(b, c)
    history = often[a] * 10.0 ** model.pair(a, b)
    return two, history * 10.0**model.p3 * (model.p3 - lower)


def mixed(ours: Trigrams, stock: Trigrams, *, share: float, least: float) -> Trigrams:
    """Mix two models over the same words; of the stock model what is worth at least `least`."""
    size, start = stock.size, stock.words.index(START)
    worth2, worth3 = worth(stock)
    spelt = zip((part[worth3 > least] for part in stock.spelt()), ours.spelt(), strict=True)
    a, b, c = (np.concatenate(pair) for pair in spelt)
    a, rest = np.divmod(np.unique((a * size + b) * size + c), size * size)
    b, c = np.divmod(rest, size)
    pairs = [stock.two[worth2 > least], ours.two, a * size + b, b * size + c]
    two = np.unique(np.concatenate(pairs))
    hist, word = np.divmod(two, size)

    def mix(x: Logs, y: Logs) -> Logs:
        return np.log10(share * 10.0**x + (1.0 - share) * 10.0**y)

    p1 = mix(ours.p1, stock.p1)
    p1[start] = -99.0
    p1 -= np.log10((10.0**p1).sum())
    p2, b1 = _left_over(hist, mix(ours.pair(hist, word), stock.pair(hist, word)), p1[word], size)
    lower = in_order(stock.words, (p1, b1), (two, p2, np.zeros(len(two))), (a, b, c, p1[c]))
    p3, b2 = _left_over(
        find(two, a * size + b),
        mix(ours.triple(a, b, c), stock.triple(a, b, c)),
        lower.pair(b, c),
        len(two),
    )
    return in_order(stock.words, (p1, b1), (two, p2, b2), (a, b, c, p3))


def _left_over(hist: Ids, told: Logs, lower: Logs, size: int) -> tuple[Logs, Logs]:
    """Back-off weights: what is left after the words told, over what the shorter one leaves."""
    total = np.bincount(hist, 10.0**told, size)
    scale = np.where(total > FULL, FULL / np.maximum(total, 1e-9), 1.0)
    below = np.bincount(hist, 10.0**lower, size)
    weight = np.maximum(1.0 - total * scale, 1e-7) / np.maximum(1.0 - below, 1e-7)
    weight[np.bincount(hist, minlength=size) == 0] = 1.0
    return told + np.log10(scale)[hist], np.log10(weight)


def write_arpa(model: Trigrams, path: Path) -> None:
    """Write a model as text."""
    words = model.words
    hist, word = np.divmod(model.two, model.size)
    a, b, c = model.spelt()
    with path.open("w", encoding="utf-8") as out:
        counts = (model.size, len(model.two), len(model.three))
        out.write("\\data\\\n" + "".join(f"ngram {n}={k}\n" for n, k in enumerate(counts, 1)))
        out.write("\n\\1-grams:\n")
        rows = zip(model.p1.tolist(), words, model.b1.tolist(), strict=True)
        out.writelines(f"{p:.4f} {one} {back:.4f}\n" for p, one, back in rows)
        out.write("\n\\2-grams:\n")
        pairs = zip(*(x.tolist() for x in (model.p2, hist, word, model.b2)), strict=True)
        out.writelines(f"{p:.4f} {words[x]} {words[y]} {back:.4f}\n" for p, x, y, back in pairs)
        out.write("\n\\3-grams:\n")
        triples = zip(*(x.tolist() for x in (model.p3, a, b, c)), strict=True)
        out.writelines(f"{p:.4f} {words[x]} {words[y]} {words[z]}\n" for p, x, y, z in triples)
        out.write("\n\\end\\\n")
