"""Phrases as chains of phone states, searched through sound against a loop of any phones."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from audio.speech.acoustic_model import ALONE, FIRST, INSIDE, LAST, NOISES, STATES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from audio.speech.acoustic_model import AcousticModel
    from audio.speech.pronounce import Lexicon, Pronunciation

    Array = NDArray[np.float32]

NEVER: Final = np.float32(-1e9)
"""Log-likelihood of what cannot be."""
SWITCH: Final = -3.0
"""Log-probability of each change of phone in the loop; 1 / 42 phones is -3.7."""
HUSH: Final = -1
"""In place of a senone: silence or a noise, whichever fits best."""
STAY: Final = float(np.log(0.95))
"""Log-probability of staying in a silence between words: 0.2 s is its usual length."""
GO: Final = float(np.log(0.05))
"""Log-probability of leaving it."""


class PhoneLoop:
    """How well any phones at all explain the sound: what a phrase has to be better than."""

    def __init__(self, model: AcousticModel) -> None:
        phones = range(len(model.phones))
        self.senones = np.stack([model.states(phone) for phone in phones])
        moves = np.stack([model.moves(phone) for phone in phones])
        self._stay, self._go = moves[:, :, 0], moves[:, :, 1]
        self.reset()

    def reset(self) -> None:
        """Begin afresh."""
        self._score = np.full(self.senones.shape, NEVER)
        self._out = np.float32(0.0)

    def push(self, likely: Array) -> Array:
        """Take further frames.

        Parameters
        ----------
        likely : (n, phones, 3) float32
            Log-likelihood of each state in each frame.

        Returns
        -------
        (n,) float32
            What each frame adds to the log-likelihood of the best phones so far.
        """
        gains = np.empty(len(likely), np.float32)
        score = self._score
        for t, frame in enumerate(likely):
            step = score + self._stay
            np.maximum(step[:, 1:], score[:, :-1] + self._go[:, :-1], out=step[:, 1:])
            np.maximum(step[:, 0], self._out + SWITCH, out=step[:, 0])
            step += frame
            gains[t] = step.max()
            score = step - gains[t]
            self._out = (score[:, -1] + self._go[:, -1]).max()
        self._score = score
        return gains


@dataclass
class _Draft:
    """States in the making, in parallel lists."""

    senone: list[int] = field(default_factory=list)
    stay: list[float] = field(default_factory=list)
    go: list[float] = field(default_factory=list)
    before: list[list[int]] = field(default_factory=list)

    def add(self, senone: int, stay: float, go: float, before: list[int]) -> int:
        """Append a state; return its number."""
        self.senone.append(senone)
        self.stay.append(stay)
        self.go.append(go)
        self.before.append(before)
        return len(self.senone) - 1


@dataclass(frozen=True)
class Ends:
    """How phrases stand at the end of each frame."""

    score: NDArray[np.float32]
    """(n, phrases) log-likelihood above the loop's of the phrase ending in this frame."""
    start: NDArray[np.int64]
    """(n, phrases) frame in which that phrase began, counted from the first ever pushed."""


class PhraseNet:
    """Searches all phrases at once.

    Each pronunciation of a word is a chain of its own from all pronunciations of the word before,
    with or without a silence in between. A phrase may begin in any frame.

    Parameters
    ----------
    phrases : sequence of sequence of str
        The words of each phrase; none is empty.
    """

    def __init__(
        self, model: AcousticModel, lexicon: Lexicon, phrases: Sequence[Sequence[str]]
    ) -> None:
        self._model = model
        draft, finals, lengths = _Draft(), [], []
        for words in phrases:
            said = [lexicon.pronunciations(word) for word in words]
            finals.append(self._chain(draft, said))
            lengths.append(sum(len(ways[0]) for ways in said))
        self.phones = np.asarray(lengths)
        senones = np.asarray(draft.senone)
        self.senones, self._column = np.unique(senones, return_inverse=True)
        self._stay = np.asarray(draft.stay, np.float32)
        self._link(draft)
        self._ends = _padded(finals)
        self.reset()

    def reset(self) -> None:
        """Begin afresh, at frame 0."""
        self._score = np.full(len(self._stay), NEVER)
        self._start = np.zeros(len(self._stay), np.int64)
        self._frame = 0

    def push(self, above: Array) -> Ends:
        """Take further frames.

        Parameters
        ----------
        above : (n, m) float32
            Log-likelihood of each of `senones` above the loop's gain in that frame.
        """
        ends = np.empty((len(above), len(self._ends)), np.float32)
        starts = np.empty(ends.shape, np.int64)
        rows = np.arange(len(self._ends))
        for t in range(len(above)):
            self._step(above[t])
            there = self._score[self._ends]
            best = there.argmax(axis=1)
            ends[t] = there[rows, best]
            starts[t] = self._start[self._ends[rows, best]]
        return Ends(ends, starts)

    def _step(self, above: Array) -> None:
        score, start = self._score, self._start
        stay = score + self._stay
        come = score[self._before] + self._come
        choices = score[self._joins] + self._join_come
        best = choices.argmax(axis=1)
        rows = np.arange(len(best))
        come[self._join_at] = choices[rows, best]
        origin = start[self._before]
        origin[self._join_at] = start[self._joins[rows, best]]
        # A phrase that begins here is as good as the loop was so far.
        fresh = np.maximum(come[self._entries], 0.0) == 0.0
        come[self._entries] = np.where(fresh, np.float32(0.0), come[self._entries])
        origin[self._entries] = np.where(fresh, self._frame, origin[self._entries])
        moved = come > stay
        self._start = np.where(moved, origin, start)
        self._score = np.maximum(stay, come) + above[self._column]
        self._frame += 1

    def _chain(self, draft: _Draft, said: Sequence[Sequence[Pronunciation]]) -> list[int]:
        """Add a phrase; return its last states."""
        ends: list[int] = []
        for place, ways in enumerate(said):
            before = list(ends)
            if place:
                before.append(draft.add(HUSH, STAY, GO, before))
            left = said[place - 1][0][-1] if place else None
            right = said[place + 1][0][0] if place + 1 < len(said) else None
            ends = [self._word(draft, way, left, right, list(before)) for way in ways]
        return ends

    def _word(
        self, draft: _Draft, way: Pronunciation, left: str | None, right: str | None, at: list[int]
    ) -> int:
        """Add a word after the states `at`; return its last state."""
        around = (left, *way, right)
        for i, phone in enumerate(way):
            known = self._model.index(phone)
            before, after = around[i], around[i + 2]
            # Outside the phrase anything may stand: there the phone without context it is.
            if before is not None and after is not None:
                place = ALONE if len(way) == 1 else FIRST if i == 0 else LAST
                place = INSIDE if 0 < i < len(way) - 1 else place
                sides = self._model.index(before), self._model.index(after)
                known = self._model.in_context(known, *sides, place=place)
            moves = self._model.moves(known).tolist()
            for (stay, go), senone in zip(moves, self._model.states(known).tolist(), strict=True):
                at = [draft.add(senone, stay, go, at)]
        return at[0]

    def _link(self, draft: _Draft) -> None:
        """Turn lists of states before a state into arrays: most have one, few have several."""
        go = np.asarray(draft.go, np.float32)
        lone = [before[0] if before else 0 for before in draft.before]
        self._before = np.asarray(lone)
        blocked = np.asarray([not before for before in draft.before])
        self._come = np.where(blocked, NEVER, go[self._before]).astype(np.float32)
        self._entries = np.flatnonzero(blocked)
        several = [i for i, before in enumerate(draft.before) if len(before) > 1]
        self._join_at = np.asarray(several, np.int64)
        self._joins = _padded([draft.before[i] for i in several])
        self._join_come = go[self._joins]


def _padded(rows: Sequence[Sequence[int]]) -> NDArray[np.int64]:
    """Rows of one length; the last of a short one is repeated, which changes no maximum."""
    width = max((len(row) for row in rows), default=1)
    even = [[*row, *[row[-1]] * (width - len(row))] for row in rows]
    return np.asarray(even, np.int64).reshape(len(rows), width)


class Scorer:
    """Feature vectors to what loop and phrases need, in one pass over the model.

    Parameters
    ----------
    senones : (m,) int
        What the phrases need; HUSH stands for the best of silence and noises.
    """

    def __init__(self, model: AcousticModel, senones: NDArray[np.int64]) -> None:
        self._model = model
        self.loop = PhoneLoop(model)
        simple = self.loop.senones.ravel()
        own = np.where(senones == HUSH, simple[0], senones)
        self._wanted, places = np.unique(np.concatenate([simple, own]), return_inverse=True)
        self._loop_at, self._own_at = places[: len(simple)], places[len(simple) :]
        noises = [model.states(model.index(name)) for name in NOISES]
        self._quiet = np.searchsorted(self._wanted, np.concatenate(noises))
        self._hush = np.flatnonzero(senones == HUSH)

    def push(self, features: Array) -> Array:
        """Take further frames, (n, 39); give the log-likelihoods above the loop's, (n, m)."""
        likely = self._model.score(features, self._wanted)
        gains = self.loop.push(likely[:, self._loop_at].reshape(len(features), -1, STATES))
        above = likely[:, self._own_at] - gains[:, None]
        if len(self._hush):
            # The best of nine noises beats the loop by chance: a silence may never earn anything.
            quiet = likely[:, self._quiet].max(axis=1) - gains
            above[:, self._hush] = np.minimum(quiet, 0.0)[:, None]
        return np.asarray(above, np.float32)
