"""One stretch of sound without a hole: 16 kHz samples in, hops out. This is the costly half."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np

from audio import pitch, spectrum, voicing
from audio.change import ShapeChange
from audio.fillers import FillerFinder
from audio.framing import HOP, STEP, STEPS
from audio.levels import NoiseFloor, is_clipped, level_dbfs
from audio.pauses import LEAVE
from audio.syllables import COARSE, FINE, VOWEL_BANDS, NucleusFinder
from audio.types import HOP_S, VoiceHop

if TYPE_CHECKING:
    from numpy.typing import NDArray

AHEAD: Final = voicing.AHEAD
"""Steps beyond a hop's end that its decisions may look at."""
LOOKAHEAD: Final = AHEAD * STEP + max(pitch.LEFT, voicing.CHUNK - STEP // 2)
"""Samples beyond a hop's end that must be there before it is told, 107 ms."""
PAD: Final = pitch.LEFT
"""Samples that the windows need before the steps that come next."""
KEEP: Final = AHEAD * STEP + PAD
"""Samples kept before the steps that come next, so that a hop's own sound is still there."""
MOST_HOPS: Final = 10
"""Hops that are measured at once where there is so much sound: in a file, as more gains little."""
START_ZEROS_S: Final = 2.0
"""Nothing but zeros from the start for this long: the device gives no signal."""
ZEROS_S: Final = 10.0
"""The same, later on."""


class Hearing:
    """Turns one stretch into hops on the session's grid; what came before it is not known."""

    def __init__(self, first_hop: int, detector: voicing.SpeechDetector) -> None:
        self._hop = first_hop
        self._detector = detector
        detector.reset()
        self._spectrum = spectrum.Spectrum()
        self._pitch = pitch.PitchTracker()
        self._nuclei = NucleusFinder()
        self._fine = NucleusFinder(FINE)
        self._coarse = NucleusFinder(COARSE)
        self._change = ShapeChange()
        self._gate = voicing.SpeechGate()
        self._vowel_floor = NoiseFloor()
        self._buffer = np.zeros(KEEP, np.float32)
        self._bands = np.zeros((0, spectrum.BANDS))
        self._count = 0
        self._start_s = first_hop * HOP_S
        self._zero_s = 0.0
        self._only_zeros = True
        self._fillers = FillerFinder(self._start_s)

    def push(self, samples: NDArray[np.float32]) -> list[VoiceHop]:
        """Take further samples; the hops that became whole."""
        self._buffer = np.concatenate([self._buffer, samples])
        self._detector.push(samples)
        hops: list[VoiceHop] = []
        while (whole := (len(self._buffer) - self._at - LOOKAHEAD) // HOP) > 0:
            # The first hop has more steps than the others, and is measured by itself.
            hops += self._next(min(whole, MOST_HOPS) if self._count else 1)
        return hops

    def finish(self) -> list[VoiceHop]:
        """Give the last whole hops; after the end there is silence."""
        whole = (len(self._buffer) - self._at) // HOP
        rest = self._at + whole * HOP
        self._buffer = self._buffer[:rest]
        silence = np.zeros(LOOKAHEAD, np.float32)
        hops = self.push(silence) if whole else []
        late = tuple(self._fillers.finish())
        # What the end cut off belongs to the last hop; without one it was told before.
        return [*hops[:-1], replace(hops[-1], fillers=hops[-1].fillers + late)] if hops else []

    @property
    def _at(self) -> int:
        """Where in the buffer the next hop begins: its first steps may be measured already."""
        return KEEP - (0 if self._count == 0 else AHEAD * STEP)

    def _next(self, count: int) -> list[VoiceHop]:
        """Measure some hops at once, and tell one after the other."""
        ahead = AHEAD if self._count == 0 else 0
        steps = count * STEPS + ahead
        sounds = self._buffer[self._at : self._at + count * HOP].reshape(count, HOP)
        self._measure(steps)
        hops: list[VoiceHop] = []
        for sound in sounds:
            self._pitch.follow(STEPS + ahead)
            hops.append(self._tell(sound))
            self._count += 1
        self._buffer = self._buffer[steps * STEP :]
        return hops

    def _measure(self, steps: int) -> None:
        """Bring spectrum, levels and candidates of pitch `steps` further.

        So they reach AHEAD steps past the last hop's end.
        """
        around = self._buffer[KEEP - PAD : KEEP + steps * STEP + PAD]
        self._pitch.measure(around, steps)
        cut = PAD - spectrum.LEFT
        bands = self._spectrum.bands(around[cut : len(around) - cut], steps)
        self._bands = np.concatenate([self._bands, bands])
        levels = 10.0 * np.log10(bands[:, :19].sum(axis=1) + 1e-12)
        self._gate.push(self._detector.take(steps), levels)

    def _tell(self, sound: NDArray[np.float32]) -> VoiceHop:
        speech, levels, floor_db = self._gate.take()
        hz = self._pitch.take(STEPS)
        bands = self._bands[:STEPS]
        vowels = 10.0 * np.log10(bands[:, VOWEL_BANDS].sum(axis=1) + 1e-12)
        said = speech >= LEAVE
        talk = said & ~np.isnan(hz)
        floor = self._vowel_floor.push(vowels)
        nuclei = self._nuclei.push(bands, talk, floor)
        fine = self._fine.push(bands, talk, floor)
        coarse = self._coarse.push(bands, talk, floor)
        change = self._change.push(bands, said, self._gate.top_db)
        self._bands = self._bands[STEPS:]
        fresh = self._count == 0
        self._hop += 1
        return VoiceHop(
            t=self._hop * HOP_S,
            speech=float(speech.max()),
            level_dbfs=level_dbfs(sound),
            pitch_hz=hz,
            nuclei_s=tuple(self._start_s + n.t for n in nuclei),
            clipped=is_clipped(sound),
            features=MappingProxyType({"floor_dbfs": floor_db}),
            speech_steps=tuple(speech.tolist()),
            steps_dbfs=tuple(levels.tolist()),
            quiet_steps=tuple(self._gate.quiet(levels).tolist()),
            onsets_db_s=tuple(n.onset_db_s for n in nuclei),
            peaks_dbfs=tuple(n.level_db for n in nuclei),
            fine_s=tuple(self._start_s + n.t for n in fine),
            coarse_s=tuple(self._start_s + n.t for n in coarse),
            change=change,
            signal=self._has_signal(sound),
            fresh=fresh,
            fillers=tuple(self._fillers.push(bands, hz, speech)),
        )

    def _has_signal(self, sound: NDArray[np.float32]) -> bool:
        if np.any(sound):
            self._zero_s, self._only_zeros = 0.0, False
            return True
        self._zero_s += HOP_S
        return self._zero_s < (START_ZEROS_S if self._only_zeros else ZEROS_S)
