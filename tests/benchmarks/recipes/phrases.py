"""How the threshold of phrases was made: chance finds of phrases in speech without them.

    PYTHONPATH=tests python -m benchmarks.recipes.phrases ../shared/footage

prints the numbers of assets/speech/phrases.toml. The phrases are drawn from the texts of sets
that the benchmark does not draw from.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from benchmarks.ears_data import Utterance, sound, utterances
from benchmarks.ears_phrases import draw, times_said
from sklearn.linear_model import PoissonRegressor

from audio.speech.acoustic_model import AcousticModel, model_folder
from audio.speech.cepstra import Cepstra
from audio.speech.phone_net import PhraseNet, Scorer
from audio.speech.pronounce import Lexicon

SETS = ("fda", "turns", "speechocean")
PHRASES = 100
SEED = 5
APART = 30
"""Frames between two finds of one phrase."""


def main(footage: Path) -> None:
    """Count chance finds above a score of 0 and fit how they thin out."""
    files = [one for name in SETS[:2] for one in utterances(footage, name)]
    # Every other file of the large set, for time; the other half gives 0.024 for per_score.
    files += list(utterances(footage, SETS[2]))[1::2]
    phrases = draw([one.row["transcript"] for one in files if one.row["transcript"]], PHRASES, SEED)
    folder = model_folder()
    assert folder is not None
    net = PhraseNet(
        AcousticModel(folder / "en-us"),
        Lexicon(folder / "cmudict-en-us.dict"),
        [phrase.split() for phrase in phrases],
    )
    finds: list[list[float]] = [[] for _ in phrases]
    scorer = Scorer(AcousticModel(folder / "en-us"), net.senones)
    hours = 0.0
    for one in files:
        hours += len(sound(one.path)) / 16000 / 3600
        net.reset()
        scorer.loop.reset()
        for number, scores in enumerate(chance(one, net, scorer, phrases)):
            finds[number] += scores
    counts = np.asarray([len(scores) for scores in finds])
    above = np.concatenate([np.asarray(scores) for scores in finds])
    fit = PoissonRegressor(alpha=1e-4).fit((net.phones - 10.0)[:, None], counts / hours)
    per_phone = -float(fit.coef_[0]) / np.log(10.0)
    sys.stdout.write(
        f"finds {counts.sum()} in {hours:.2f} h\n"
        f"rate_log10 = {fit.intercept_ / np.log(10.0) + 10.0 * per_phone:.3f}\n"
        f"per_phone = {per_phone:.4f}\n"
        f"per_score = {1.0 / (above.mean() * np.log(10.0)):.4f}\n"
        f"spread = {above.mean():.1f}\n"
    )


def chance(one: Utterance, net: PhraseNet, scorer: Scorer, phrases: list[str]) -> list[list[float]]:
    """Scores above 0 of each phrase in a file, those taken off with which it was said."""
    front = Cepstra()
    features = np.concatenate([front.push(sound(one.path)), front.finish()])
    ends = net.push(scorer.push(features))
    out = []
    for number, phrase in enumerate(phrases):
        scores, found = ends.score[:, number].copy(), []
        while scores.max() > 0.0:
            at = int(scores.argmax())
            found.append(float(scores[at]))
            scores[max(0, int(ends.start[at, number]) - APART // 2) : at + APART] = -1.0
        out.append(found[times_said(phrase, one.row["transcript"]) :])
    return out


if __name__ == "__main__":
    main(Path(sys.argv[1]))
