"""Talk of espeak-ng at many speeds, with its true number of syllables."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Final

import numpy as np
import soxr

from audio.framing import RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

VOWELS: Final = frozenset("aeiouyɐɑɒæɔəɚɛɜɝɪʊʌøœɨʉɤɯɵᵻ")
VARIANTS: Final = (
    "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "f1", "f2", "f3", "f4", "f5", "klatt",
    "klatt2", "klatt4", "croak",
)  # fmt: skip
TEXTS: Final = {
    "en-gb": (
        "I am very sorry about the double charge on your card.",
        "Let me see what I can do for you right away.",
        "I will call the housekeeping team and ring you back within ten minutes.",
        "Is there anything else that I can help you with today?",
        "We could either move you to another room or take the night off the bill.",
    ),
    "en-us": (
        "If I understand correctly, the shuttle left without you this morning.",
        "Breakfast is served from half past six until eleven on the ground floor.",
        "Could you tell me a little more about what happened last night?",
    ),
    "de": (
        "Es tut mir sehr leid, dass Ihr Zimmer noch nicht fertig ist.",
        "Ich rufe sofort bei der Technik an und melde mich in zehn Minuten.",
        "Wenn ich Sie richtig verstehe, wurde der Betrag zweimal abgebucht.",
    ),
    "es": ("El desayuno se sirve de siete a once en la planta baja.",),
    "fr-fr": ("Nous pouvons changer de chambre ou annuler la première nuit.",),
    "it": ("La colazione viene servita dalle sette alle undici al piano terra.",),
}
PHONEME: Final = 7
"""Type of an event that tells a phoneme."""


class _Id(ctypes.Union):
    _fields_ = (
        ("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8),
    )  # fmt: skip


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int), ("unique", ctypes.c_uint), ("text_position", ctypes.c_int),
        ("length", ctypes.c_int), ("audio_position", ctypes.c_int), ("sample", ctypes.c_int),
        ("user", ctypes.c_void_p), ("id", _Id),
    )  # fmt: skip


def espeak_talk(count: int) -> Iterator[tuple[NDArray[np.float32], int]]:
    """Sentences at 120 to 420 words a minute, each in another voice: (16 kHz, syllables)."""
    rng = np.random.default_rng(3)
    library = ctypes.CDLL("libespeak-ng.so.1")
    rate_hz = library.espeak_Initialize(2, 500, None, 3)
    sound: list[NDArray[np.int16]] = []
    phonemes: list[str] = []

    def take(wave: ctypes._Pointer[ctypes.c_short], n: int, events: ctypes._Pointer[_Event]) -> int:
        if n > 0:
            sound.append(np.ctypeslib.as_array(wave, shape=(n,)).copy())
        i = 0
        while events[i].type:
            if events[i].type == PHONEME:
                phonemes.append(bytes(events[i].id.string).split(b"\0")[0].decode(errors="ignore"))
            i += 1
        return 0

    signature = ctypes.CFUNCTYPE(
        ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
    )
    callback = signature(take)
    library.espeak_SetSynthCallback(callback)
    choices = [(language, text) for language, texts in TEXTS.items() for text in texts]
    for _ in range(count):
        sound.clear()
        phonemes.clear()
        language, text = choices[rng.integers(len(choices))]
        library.espeak_SetVoiceByName(f"{language}+{rng.choice(VARIANTS)}".encode())
        settings = ((1, np.exp(rng.uniform(np.log(120), np.log(420)))), (3, rng.uniform(25, 80)))
        for what, value in settings:
            library.espeak_SetParameter(what, int(value), 0)
        spoken = text.encode()
        library.espeak_Synth(spoken, len(spoken) + 1, 0, 1, 0, 1, None, None)
        library.espeak_Synchronize()
        voice = np.concatenate(sound).astype(np.float32) / 32768
        samples = soxr.resample(voice, rate_hz, RATE_HZ)
        quiet = np.zeros(RATE_HZ // 5, np.float32)
        samples = np.concatenate([quiet, samples, quiet])
        noise = rng.normal(size=len(samples)) * samples.std() * 10.0 ** -rng.uniform(1.0, 2.5)
        syllables = sum(any(letter in VOWELS for letter in phoneme) for phoneme in phonemes)
        yield (samples + noise).astype(np.float32), syllables
