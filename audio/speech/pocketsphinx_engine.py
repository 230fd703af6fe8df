"""pocketsphinx, the embedded engine: its English model is in its wheel, its language model ours.

It holds the interpreter's lock while it listens: use it in a process of its own.
"""

from __future__ import annotations

import importlib.util
import logging
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from audio.errors import AudioError
from audio.speech.cepstra import FULL_SCALE, Frames
from audio.speech.types import Availability, SpeechSetUp, SpokenWord
from audio.speech.voice_length import FILTERS, PLAIN, VoiceLength
from audio.types import Word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

log = logging.getLogger(__name__)

LANGUAGE: Final = Path(__file__).resolve().parents[2] / "assets" / "speech"
"""Where our language model and our additions to the dictionary are."""
ADAPTED: Final = LANGUAGE / "service.lm.bin"
"""Language model adapted to service talk; `assets/speech/make_lm.py` makes it."""
ADDITIONS: Final = LANGUAGE / "additions.dict"
"""Pronunciations that the dictionary of the wheel lacks."""
BRITISH: Final = LANGUAGE / "british.dict"
"""How Britons say the words of service talk; `assets/speech/british.py` makes it."""
FRAME_S: Final = 0.01
"""Distance of its frames."""
CUSTOMER: Final = "_customer_"
"""Word of our language model that stands wherever the customer's name may; it has no sound until a
scenario lends it the name's. A name added as a word of its own is all but never heard: each word
that is added has the chance of one in 40,000, after "mister" too."""
TITLES: Final = frozenset(["mister", "mrs", "miss", "ms", "doctor", "professor"])
"""What our language model has before the customer."""
EXTRA_WEIGHT: Final = 1.0
"""Asked for by the library and without effect (5.0.4): a word that is added gets 1 / (words of the
model), 2.5e-5, whatever comes before it."""
HEADS: Final = (b"Trie Language Model", b"\x1f\x8b", b"BZh")
"""How a binary language model begins, and a text (ARPA) that is packed with gzip or bzip2."""
HEAD_BYTES: Final = 64 * 1024
"""An ARPA text may begin with remarks."""
VARIANT: Final = re.compile(r"\(\d+\)$")
"""Ending of a word's further pronunciations."""
UNKNOWN_LOG: Final = -1_000_000
"""Log probability, in the library's own base, under which a language model lacks a word."""


def model_folder() -> Path:
    """Folder of the wheel's models: en-us/en-us, en-us/cmudict-en-us.dict, en-us/en-us.lm.bin."""
    import pocketsphinx  # noqa: PLC0415 - may be absent, and takes a moment

    return Path(pocketsphinx.get_model_path())


def is_model(file: Path) -> bool:
    """Tell whether a file is a language model, by how it begins."""
    try:
        with file.open("rb") as opened:
            head = opened.read(HEAD_BYTES)
    except OSError:
        return False
    return head.startswith(HEADS) or b"\\data\\" in head or b"Darpa Trigram LM" in head[:64]


def decoder(language: Path | None = ADAPTED, **options: object) -> Any:  # noqa: ANN401 - untyped library
    """Build a decoder of the wheel's acoustic model and dictionary with our additions.

    Parameters
    ----------
    language : Path or None
        Language model (ARPA or binary); None for a decoder without one, for phrases and phones.
    options : object
        Further settings of pocketsphinx by name.
    """
    import pocketsphinx  # noqa: PLC0415

    folder = model_folder() / "en-us"
    made = pocketsphinx.Decoder(
        hmm=str(folder / "en-us"),
        dict=str(folder / "cmudict-en-us.dict"),
        lm=str(language) if language is not None else None,
        loglevel="FATAL",
        **options,
    )
    if language == ADAPTED:
        for word in additions(BRITISH):
            add_ways(made, word)
    for word in additions():
        add_word(made, word)
    return made


def additions(path: Path = ADDITIONS) -> tuple[SpokenWord, ...]:
    """Our own pronunciations."""
    words: dict[str, list[str]] = {}
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            text, phones = line.split(maxsplit=1)
            words.setdefault(text, []).append(phones)
    return tuple(SpokenWord(text, tuple(phones)) for text, phones in words.items())


def add_word(made: Any, word: SpokenWord) -> bool:  # noqa: ANN401
    """Teach a decoder how a word is spoken; False where nobody knows how."""
    if made.lookup_word(word.text) is not None:
        return True
    for number, phones in enumerate(word.phones, start=1):
        made.add_word(word.text if number == 1 else f"{word.text}({number})", phones, True)
    return bool(word.phones)


def add_ways(made: Any, word: SpokenWord) -> None:  # noqa: ANN401
    """Teach a decoder further ways to say a word that it knows; the next `add_word` tells it."""
    number = 2
    for phones in word.phones:
        while made.lookup_word(f"{word.text}({number})") is not None:
            number += 1
        made.add_word(f"{word.text}({number})", phones, False)


def lend_sound(made: Any, words: Sequence[SpokenWord]) -> str:  # noqa: ANN401
    """Let the language model's place for the customer sound like the name among the words.

    Returns
    -------
    str
        The name as it is written; empty where none of the words is one, or none can be spoken.
    """
    name = next((word for word in words if word.name), None)
    if name is None:
        return ""
    known = (made.lookup_word(f"{name.text}{ending}") for ending in ("", "(2)", "(3)", "(4)"))
    # The dictionary has one way for most names, an American one, and people have others.
    ways = dict.fromkeys([*(way for way in known if way is not None), *name.phones])
    add_word(made, SpokenWord(CUSTOMER, tuple(ways)))
    return name.text if ways else ""


class PocketsphinxEngine:
    """One decoder that takes utterance after utterance.

    Parameters
    ----------
    set_up : SpeechSetUp
        `model` may be a language model file of one's own.
    to_voice : bool
        False to leave the filters where pocketsphinx has them, whoever speaks.
    """

    def __init__(self, set_up: SpeechSetUp, *, to_voice: bool = True) -> None:
        self._thorough = set_up.thorough
        self._decoder = decoder(set_up.model or ADAPTED)
        language = self._decoder.get_lm()
        for word in set_up.extra:
            if not add_word(self._decoder, word):
                log.info("Nobody knows how a word of the scenario is spoken; it is left out.")
            elif language is not None and language.prob([word.text]) < UNKNOWN_LOG:
                language.add_word(word.text, EXTRA_WEIGHT)
        self._customer = lend_sound(self._decoder, set_up.extra)
        self._voice = VoiceLength() if to_voice else None
        self._warp = PLAIN
        self._frames: Frames | None = None
        self._t = 0.0
        self._held: list[NDArray[np.int16]] = []
        # The first utterance is heard as a whole too: from it the channel is known.
        self._whole = True

    def begin(self, t: float) -> None:
        """Start an utterance at t, seconds on the session clock."""
        self._t = t
        self._held = []
        self._tune()
        self._decoder.start_utt()

    def push(self, samples: NDArray[np.int16]) -> None:
        """Take further sound; the second pass hears each utterance as a whole."""
        # Its own channel is known then: 74 % instead of 83 % of the words of 20 sentences of the
        # learners in speechocean were wrong.
        if self._whole or self._listens:
            self._held.append(samples)
        if not self._whole:
            self._search(samples)

    def guess(self) -> Sequence[Word]:
        """Give the words so far."""
        return () if self._whole else self._words(certain=False)

    def end(self) -> Sequence[Word]:
        """End the utterance and give its words."""
        whole = np.concatenate(self._held) if self._held else None
        if whole is not None and self._voice is not None and self._listens:
            self._voice.listen(whole.astype(np.float32) / np.float32(FULL_SCALE))
        if whole is not None and self._whole:
            self._tune()
            self._search(whole, whole=True)
            self._whole = self._thorough
        self._decoder.end_utt()
        # With other filters the channel is another: it is learnt anew.
        self._whole |= self._voice is not None and self._voice.warp != self._warp
        return self._words(certain=True)

    @property
    def _listens(self) -> bool:
        return self._voice is not None and self._voice.listens

    def _tune(self) -> None:
        """Take the filters that fit the voice so far; where the usual ones do, the library's."""
        self._warp = self._voice.warp if self._voice is not None else PLAIN
        self._frames = Frames(FILTERS[self._warp]) if self._warp != PLAIN else None

    def _search(self, samples: NDArray[np.int16], *, whole: bool = False) -> None:
        if self._frames is None:
            self._decoder.process_raw(samples.tobytes(), full_utt=whole)
            return
        frames = self._frames.push(samples.astype(np.float32) / np.float32(FULL_SCALE))
        if len(frames):
            self._decoder.process_cep(frames.astype(np.float32).tobytes(), full_utt=whole)

    def close(self) -> None:
        """Free the model."""
        self._decoder = None

    def _words(self, *, certain: bool) -> tuple[Word, ...]:
        if self._decoder.hyp() is None:
            return ()
        words: list[Word] = []
        before = ""
        for segment in self._decoder.seg():
            plain = VARIANT.sub("", segment.word)
            if plain.startswith(("<", "[", "+")):
                continue
            # Without a title before it the name was heard where it was not said, by far the most.
            if plain != CUSTOMER or before in TITLES:
                sure = min(1.0, float(segment.prob)) if certain else None
                start_s = self._t + segment.start_frame * FRAME_S
                end_s = self._t + (segment.end_frame + 1) * FRAME_S
                words.append(Word(self._written(plain), start_s, end_s, sure))
            before = plain
        return tuple(words)

    def _written(self, plain: str) -> str:
        return self._customer if plain == CUSTOMER else plain


class PocketsphinxBackend:
    """pocketsphinx as one of the engines."""

    id = "pocketsphinx"
    name = "pocketsphinx"

    def is_available(self, model: Path | None) -> Availability:
        """Tell whether the library and the language model are there."""
        if importlib.util.find_spec("pocketsphinx") is None:
            return Availability(
                False, "pocketsphinx is not installed.", "Install pocketsphinx 5.0 with pip."
            )
        if model is not None and not model.is_file():
            return Availability(
                False,
                f"There is no language model {model}.",
                "Name a file that ends in .lm, .arpa or .lm.bin, or leave the setting empty.",
            )
        if model is not None and not is_model(model):
            return Availability(
                False,
                f"{model} is no language model.",
                "Name a file that ends in .lm, .arpa or .lm.bin, or leave the setting empty.",
            )
        return Availability(
            True, "English; its model ships with Rapport, adapted to talk at a front desk."
        )

    def open(self, set_up: SpeechSetUp) -> PocketsphinxEngine:
        """Load the model."""
        found = self.is_available(set_up.model)
        if not found.ok:
            raise AudioError(found.what, found.remedy)
        return PocketsphinxEngine(set_up)
