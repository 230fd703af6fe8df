"""The English acoustic model that comes in pocketsphinx' wheel, read into numpy arrays.

Phones are three states long; each state ("senone") of a phone in its context is a mixture over
the 128 Gaussians of its middle phone, in three streams: cepstra, their slope and their curvature.
"""

from __future__ import annotations

import importlib.util
import struct
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

STATES: Final = 3
"""States of a phone, left to right."""
STREAM: Final = 13
"""Coefficients of a stream."""
GAUSSIANS: Final = 128
"""Gaussians that the states of a phone share."""
SILENCE: Final = "SIL"
NOISES: Final = (SILENCE, "+NSN+", "+SPN+")
"""What stands for silence, noises and mumbling."""
INSIDE, FIRST, LAST, ALONE = range(4)
"""Place of a phone in its word, as the model counts them."""
STEP_LOG: Final = 1024.0 * float(np.log(1.0001))
"""Natural logarithm of one step of the stored mixture weights."""


def model_folder() -> Path | None:
    """Folder of the English model, None where pocketsphinx is not installed."""
    spec = importlib.util.find_spec("pocketsphinx")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(place) / "model" / "en-us"
        if (folder / "en-us" / "sendump").is_file():
            return folder
    return None


class AcousticModel:
    """Log-likelihoods of phone states.

    Parameters
    ----------
    folder : Path
        Holds mdef, means, variances, sendump and transition_matrices.
    """

    def __init__(self, folder: Path) -> None:
        self._read_phones((folder / "mdef").read_bytes())
        means = _gaussians((folder / "means").read_bytes())
        variances = _gaussians((folder / "variances").read_bytes())
        self._terms = [_quadratic(*pair) for pair in zip(means, variances, strict=True)]
        self._weights = _mixtures((folder / "sendump").read_bytes())
        self._moves = _transitions((folder / "transition_matrices").read_bytes())

    def index(self, phone: str) -> int:
        """Return the number of a phone without context."""
        return self.phones.index(phone)

    def in_context(self, phone: int, left: int, right: int, place: int) -> int:
        """Return the number of a phone between two others, itself where that was never seen."""
        key = _key(np.int64(place), np.int64(phone), np.int64(left), np.int64(right))
        at = int(np.searchsorted(self._keys, key))
        return int(self._ids[at]) if at < len(self._keys) and self._keys[at] == key else phone

    def states(self, phone: int) -> NDArray[np.int64]:
        """Senones of a phone's states, (3,)."""
        return np.asarray(self._senones[self._sequence[phone]], np.int64)

    def moves(self, phone: int) -> NDArray[np.float32]:
        """Log-probabilities of staying in each state and of going on, (3, 2)."""
        table = self._moves[self._matrix[phone]]
        pairs = [(table[i, i], table[i, i + 1]) for i in range(STATES)]
        return np.asarray(np.log(np.maximum(pairs, 1e-5)), np.float32)

    def score(
        self, features: NDArray[np.float32], senones: Sequence[int] | NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """Log-likelihood of each feature vector under each senone.

        Parameters
        ----------
        features : (n, 39) float32
            Cepstra, slopes and curvatures, the speaker's mean taken off.
        senones : (m,) int
            Which senones.

        Returns
        -------
        (n, m) float32
            Natural logarithms.
        """
        wanted = np.asarray(senones, np.int64)
        owners = self._owner[wanted]
        out = np.zeros((len(features), len(wanted)), np.float32)
        groups = [(owner, np.flatnonzero(owners == owner)) for owner in np.unique(owners)]
        for stream, (square, linear, constant) in enumerate(self._terms):
            x = features[:, STREAM * stream : STREAM * (stream + 1)]
            shares = ((x * x) @ square + x @ linear + constant).reshape(len(x), -1, GAUSSIANS)
            top = shares.max(axis=2, keepdims=True)
            np.exp(shares - top, out=shares)
            for owner, columns in groups:
                weights = self._weights[stream][:, wanted[columns]]
                likely = np.maximum(shares[:, owner] @ weights, 1e-20)
                out[:, columns] += np.log(likely) + top[:, owner]
        return out

    def _read_phones(self, data: bytes) -> None:
        at = 12 + struct.unpack_from("<i", data, 8)[0]
        simple, phones, _, _, senones, _, _, _, tree, silence = struct.unpack_from("<10i", data, at)
        names = data[at + 40 :].split(b"\0", simple)[:simple]
        self.phones: tuple[str, ...] = tuple(name.decode("ascii") for name in names)
        self.silence = silence
        length = sum(len(name) + 1 for name in names)
        at += 40 + (length + 3) // 4 * 4 + tree * 8
        kind = np.dtype([("seq", "<i4"), ("mat", "<i4"), ("place", "u1"), ("context", "u1", 3)])
        table = np.frombuffer(data, kind, phones, at)
        at += kind.itemsize * phones
        count = struct.unpack_from("<i", data, at)[0]
        self._senones = np.frombuffer(data, "<u2", count, at + 4).reshape(-1, STATES)
        self._sequence, self._matrix = table["seq"], table["mat"]
        context = table["context"][simple:].astype(np.int64)
        keys = _key(table["place"][simple:].astype(np.int64), *context.T)
        order = np.argsort(keys)
        self._keys, self._ids = keys[order], order + simple
        middle = np.concatenate([np.arange(simple), context[:, 0]])
        self._owner = np.zeros(senones, np.int64)
        self._owner[self._senones[self._sequence]] = middle[:, None]


@lru_cache(maxsize=1)
def load_model(folder: Path) -> AcousticModel:
    """Read the English model once in a process: a quarter of a second."""
    return AcousticModel(folder / "en-us")


def _key(
    place: NDArray[np.int64] | np.int64,
    phone: NDArray[np.int64] | np.int64,
    left: NDArray[np.int64] | np.int64,
    right: NDArray[np.int64] | np.int64,
) -> NDArray[np.int64]:
    return np.asarray(((place * 64 + phone) * 64 + left) * 64 + right)


def _body(data: bytes) -> int:
    """Where the numbers begin: after the header's last line and the mark of the byte order."""
    return data.index(b"endhdr\n") + 11


def _gaussians(data: bytes) -> list[NDArray[np.float64]]:
    """Means or variances of each stream, (phones x 128, 13)."""
    at = _body(data)
    phones, streams, density = struct.unpack_from("<3i", data, at)
    at += 12 + 4 * streams
    count = struct.unpack_from("<i", data, at)[0]
    flat = np.frombuffer(data, "<f4", count, at + 4).reshape(phones, streams, density, STREAM)
    return [flat[:, s].reshape(-1, STREAM).astype(np.float64) for s in range(streams)]


def _quadratic(
    mean: NDArray[np.float64], variance: NDArray[np.float64]
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Write a Gaussian's log-density as square, linear and constant term, for matrix products."""
    spread = np.maximum(variance, 1e-4)
    constant = -0.5 * (mean**2 / spread + np.log(2.0 * np.pi * spread)).sum(axis=1)
    return (
        (-0.5 / spread).T.astype(np.float32),
        (mean / spread).T.astype(np.float32),
        constant.astype(np.float32),
    )


def _mixtures(data: bytes) -> NDArray[np.float32]:
    """Mixture weights, (3 streams, 128, senones)."""
    at, length = 0, -1
    while length != 0:
        length = struct.unpack_from("<i", data, at)[0]
        at += 4 + length
    density, senones = struct.unpack_from("<2i", data, at)
    steps = np.frombuffer(data, np.uint8, 3 * density * senones, at + 8)
    weights = np.exp(-STEP_LOG * steps.astype(np.float32))
    return np.asarray(weights.reshape(3, density, senones), np.float32)


def _transitions(data: bytes) -> NDArray[np.float64]:
    """Probabilities of going from each state of a phone to each, (phones, 3, 4)."""
    at = _body(data)
    shape = struct.unpack_from("<4i", data, at)
    counts = np.frombuffer(data, "<f4", shape[3], at + 16).reshape(shape[:3]).astype(np.float64)
    return np.asarray(counts / counts.sum(axis=2, keepdims=True))
