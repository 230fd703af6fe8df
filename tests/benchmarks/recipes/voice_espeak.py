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
ENGLISH: Final = (
    "I am very sorry about the double charge on your card.",
    "Let me see what I can do for you right away.",
    "Would you like a room with a view of the garden or one near the lift?",
    "I will call the housekeeping team and ring you back within ten minutes.",
    "If I understand correctly, the shuttle left without you this morning.",
    "Breakfast is served from half past six until eleven on the ground floor.",
    "Is there anything else that I can help you with today?",
    "We could either move you to another room or take the night off the bill.",
    "Could you tell me a little more about what happened last night?",
    "That sounds really frustrating after such a long journey.",
)
TEXTS: Final = {
    "en-gb": ENGLISH,
    "en-us": ENGLISH,
    "de": (
        "Es tut mir sehr leid, dass Ihr Zimmer noch nicht fertig ist.",
        "Ich rufe sofort bei der Technik an und melde mich in zehn Minuten.",
        "Das Frühstück gibt es von halb sieben bis elf Uhr im Erdgeschoss.",
        "Kann ich sonst noch etwas für Sie tun?",
        "Wenn ich Sie richtig verstehe, wurde der Betrag zweimal abgebucht.",
    ),
    "es": (
        "Siento mucho que la habitación no esté lista todavía.",
        "El desayuno se sirve de siete a once en la planta baja.",
        "¿Puedo ayudarle con alguna otra cosa esta tarde?",
    ),
    "fr-fr": (
        "Je suis vraiment désolé pour cette attente.",
        "Est-ce que je peux faire autre chose pour vous?",
        "Nous pouvons changer de chambre ou annuler la première nuit.",
    ),
    "it": (
        "Mi dispiace molto per il disagio di questa mattina.",
        "La colazione viene servita dalle sette alle undici al piano terra.",
        "Posso aiutarla con qualche altra cosa?",
    ),
}
IN_A_ROOM: Final = 0.6
"""Part of the sentences that are said in a room that answers."""
TILT_DB: Final = 4.0
"""Standard deviation of the microphones' slope, dB an octave."""
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
        samples = recorded(samples, rng)
        syllables = sum(any(letter in VOWELS for letter in phoneme) for phoneme in phonemes)
        yield samples, syllables


def recorded(samples: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    """The same sound as some microphone in some room would give it, quiet before and after it."""
    count = len(samples)
    room = np.zeros(RATE_HZ // 2)
    room[0] = 1.0
    if rng.random() < IN_A_ROOM:
        # Noise that dies away by 60 dB within 0.1 to 0.5 s, up to a third of the sound itself.
        fade = 10.0 ** (-3.0 * np.arange(len(room)) / RATE_HZ / rng.uniform(0.1, 0.5))
        answer = rng.normal(size=len(room)) * fade
        room += answer * rng.uniform(0.06, 0.3) / np.linalg.norm(answer)
    size = count + len(room)
    octaves = np.log2(np.maximum(np.fft.rfftfreq(size, 1.0 / RATE_HZ), 100.0) / 1000.0)
    tilt = 10.0 ** (rng.normal() * TILT_DB / 20.0 * octaves)
    heard = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(room, size) * tilt, size)
    heard = np.concatenate([np.zeros(RATE_HZ // 5), heard[: count + RATE_HZ // 10]])
    heard = np.concatenate([heard, np.zeros(RATE_HZ // 5)])
    heard *= 10.0 ** rng.uniform(-1.3, -0.1) / np.abs(heard).max()
    hiss = rng.normal(size=len(heard)) * heard.std() * 10.0 ** -rng.uniform(1.0, 2.75)
    return (heard + hiss).astype(np.float32)
