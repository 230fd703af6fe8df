# ruff: noqa: INP001 - a tool beside its data, not a package
"""Make service.lm.bin, the language model of service talk: python assets/speech/make_lm.py.

Run by hand whenever sentences.toml changes. It takes a minute or two: our sentences are counted,
mixed with the model in pocketsphinx's wheel (so that everything else can be said as well), and what
says little is left out, so that the file stays under 8 MB. With --held-out a fifth of the templates
is left out of it and its perplexity on them is told.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import pocketsphinx
from mixing import START, STOP, mixed, restricted, witten_bell, write_arpa
from stock_lm import Trigrams, read_stock
from templates import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE: Final = Path(__file__).parent
SHARE: Final = 0.3
"""Share of our sentences: of .3 and .5 what misreads fewer words of read English, .199 and .210; it
foresees service talk as well as .5 did with a file of half the size, perplexity 71 and 70."""
TOP: Final = 40_000
"""How many words of the stock model are kept, beside all of ours: with 20,000 read English lacks
3.5 % of its words, with 40,000 1.1 %, at the same perplexity on the words that both know."""
LEAST: Final = 1e-7
"""What a pair or triple of the stock model must be worth; with 5e-7 the file is half as large, and
.234 instead of .210 of the words of read English are wrong."""
HELD: Final = 5
"""With --held-out every fifth template is kept out."""


def weighted(drawn: Sequence[tuple[str, str]]) -> dict[str, float]:
    """Weight of each sentence: a template that says much counts for more, but less than it says."""
    counts = Counter(template for template, _ in drawn)
    weights: Counter[str] = Counter()
    for template, sentence in drawn:
        weights[sentence] += 3.0 / math.sqrt(counts[template])
    return dict(weights)


def make(
    drawn: Sequence[tuple[str, str]], stock: Trigrams, *, share: float, least: float
) -> Trigrams:
    """Make the model."""
    weights = weighted(drawn)
    ours = list(dict.fromkeys(word for sentence in weights for word in sentence.split()))
    kept = restricted(stock, ours, TOP)
    return mixed(witten_bell(weights, kept.words, kept.p1), kept, share=share, least=least)


def perplexity(model: Trigrams, texts: Sequence[str]) -> float:
    """How many words it wavers between at each word of the texts; unknown ones are left out."""
    number = {word: at for at, word in enumerate(model.words)}
    first, later = [], []
    for text in texts:
        ids = [number[word] for word in (START, *text.split(), STOP) if word in number]
        first.append(ids[:2])
        later += list(zip(ids, ids[1:], ids[2:], strict=False))
    logs = np.concatenate([model.pair(*np.array(first).T), model.triple(*np.array(later).T)])
    return float(10.0 ** -logs.mean())


def main() -> int:
    """Make the model, or tell how well it foresees templates that it never saw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=HERE / "service.lm.bin", help="file to write")
    parser.add_argument(
        "--held-out", action="store_true", help="leave a fifth of the templates out"
    )
    parser.add_argument("--share", type=float, default=SHARE, help="share of our sentences")
    parser.add_argument("--least", type=float, default=LEAST, help="worth of what is kept")
    asked = parser.parse_args()
    drawn = sentences(HERE / "sentences.toml")
    templates = sorted({template for template, _ in drawn})
    random.Random(1).shuffle(templates)  # noqa: S311 - repeatable, not secret
    held = set(templates[::HELD]) if asked.held_out else set()
    stock = read_stock(Path(pocketsphinx.get_model_path("en-us/en-us.lm.bin")))
    used = [pair for pair in drawn if pair[0] not in held]
    model = make(used, stock, share=asked.share, least=asked.least)
    with tempfile.TemporaryDirectory() as folder:
        arpa = Path(folder) / "service.arpa"
        write_arpa(model, arpa)
        read = pocketsphinx.NGramModel(
            pocketsphinx.Config(lm=None), pocketsphinx.LogMath(), str(arpa)
        )
        read.write(str(asked.out), read.str_to_type("bin"))
    sys.stdout.write(
        f"{len(used)} sentences; {model.size} words, {len(model.two)} pairs, "
        f"{len(model.three)} triples; {asked.out.stat().st_size / 1e6:.2f} MB\n"
    )
    if held:
        texts = [text for template, text in drawn if template in held]
        sys.stdout.write(f"perplexity on held-out templates: {perplexity(model, texts):.1f}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
