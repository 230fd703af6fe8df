"""The self-check before a shift: 30 to 90 seconds, step after step, that go on by themselves.

Fed with what the senses say and with the time; it knows no device, no screen and no store. It
gives what was seen and heard against the person's own normal, and no score.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from app.coach.self_check_limits import check_limits
from app.coach.self_check_rest import AtRest, RestFact
from app.coach.self_check_voice import Greeting, VoiceFact
from app.coach.types import Sense
from audio.types import Reason as VoiceReason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.coach.types import Baseline, CueRule, OpenEpisode
    from audio.types import Reception, VoiceReading
    from vision.types import Framing, VisionReading


class Step(StrEnum):
    """What is done, in this order. A step without its device is left out."""

    DEVICES = "devices"
    """Do picture and sound work?"""
    LIGHT = "light"
    """Light and framing."""
    REST = "rest"
    """Posture and face at rest."""
    GREETING = "greeting"
    """The greeting, said aloud once."""
    REMINDER = "reminder"
    """P12, act as if: a card to read."""
    TANK = "tank"
    """P10: a question that nobody hears the answer to."""
    END = "end"
    """What was seen and heard, and one thing to keep in mind. Stays."""


ORDER: Final = tuple(Step)
LIMITS: Final[Mapping[Step, tuple[float, float]]] = MappingProxyType(
    {
        Step.DEVICES: (2.5, 30.0),
        Step.LIGHT: (3.0, 10.0),
        Step.REST: (6.0, 10.0),
        Step.GREETING: (2.0, 15.0),
        Step.REMINDER: (8.0, 8.0),
        Step.TANK: (12.0, 12.0),
    }
)
"""Shortest and longest time of a step, seconds: long enough to read it from 1.5 m, and together at
most 85, inside the 90 that a check may take (EVIDENCE, section 3). The devices have 30, because a
cold start loads the models meanwhile."""
OF_DEVICES: Final = frozenset({Step.DEVICES, Step.LIGHT, Step.REST, Step.GREETING})
"""Only in these are camera and microphone open."""
NEEDS: Final = MappingProxyType(
    {Step.LIGHT: Sense.VISION, Step.REST: Sense.VISION, Step.GREETING: Sense.VOICE}
)
"""The sense without which a step is left out."""


class DeviceState(StrEnum):
    """How a camera or a microphone is."""

    ABSENT = "absent"
    """None is chosen."""
    WAITING = "waiting"
    """Nothing has come yet."""
    WORKS = "works"
    SILENT = "silent"
    """The microphone delivers nothing but zeros."""
    FAULT = "fault"


USABLE: Final = frozenset({DeviceState.WORKS, DeviceState.SILENT})


@dataclass(frozen=True, slots=True)
class Glimpse:
    """How a session stands at a moment, as far as the check needs it."""

    pictures: int = 0
    """Pictures that the camera gave."""
    vision: VisionReading | None = None
    """The newest reading of the eyes; None without a fresh one."""
    voice: VoiceReading | None = None
    """The newest reading of the ears; None without a fresh one."""
    open: tuple[OpenEpisode, ...] = ()
    """Cues that are going on."""
    faults: Mapping[Sense, tuple[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    """Sense that is gone -> what happened, and what to do."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check gives back, as facts."""

    devices: Mapping[Sense, DeviceState]
    """Both senses."""
    faults: Mapping[Sense, tuple[str, str]]
    """Sense that did not work -> what happened, and what to do; absent where nobody said."""
    light: bool
    """Whether light and framing were looked at."""
    framing: tuple[Framing, ...]
    """What should be better about the picture."""
    reception: Reception | None
    """What is wrong with how the microphone hears."""
    rest: tuple[RestFact, ...]
    """Posture and face, cue by cue; empty where they were not looked at."""
    voice: tuple[VoiceFact, ...]
    """Pace, loudness and liveliness of the greeting; empty where it was not listened to."""
    own_normal: bool
    """Whether there was an own normal to hold it against."""


class SelfCheck:
    """One walk from the first step to the end.

    Parameters
    ----------
    now_s
        When it begins, seconds on a clock that only goes forward.
    senses
        The devices that are chosen.
    rules
        The cue catalogue's rules.
    baseline
        The person's own normal; None where there is none.
    switched_off
        Cues that the person does not want measured: no word about them.
    """

    def __init__(
        self,
        now_s: float,
        *,
        senses: frozenset[Sense],
        rules: Sequence[CueRule],
        baseline: Baseline | None,
        switched_off: frozenset[str] = frozenset(),
    ) -> None:
        self._senses = senses
        self._own_normal = baseline is not None
        self._state = {
            sense: DeviceState.WAITING if sense in senses else DeviceState.ABSENT for sense in Sense
        }
        self._faults: dict[Sense, tuple[str, str]] = {}
        self._limits = limits = check_limits()
        voice = baseline.voice if baseline is not None else None
        self._rest = AtRest(rules, switched_off, limits)
        self._greeting = Greeting(voice, switched_off, limits)
        self._step = Step.DEVICES
        self._since_s = now_s
        self._good_since_s: float | None = None
        self._framing: tuple[Framing, ...] = ()
        self._light = False
        self._receptions: dict[Reception, int] = {}
        self._heard_t: float | None = None

    @property
    def step(self) -> Step:
        """The step that goes on."""
        return self._step

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of this walk, those left out that lack their device; without the end."""
        there = {None, *self._senses}
        return tuple(one for one in ORDER if one is not Step.END and NEEDS.get(one) in there)

    @property
    def needs_devices(self) -> bool:
        """Whether camera and microphone are to be open."""
        return self._step in OF_DEVICES

    @property
    def since_s(self) -> float:
        """When the step began, seconds."""
        return self._since_s

    def state(self, sense: Sense) -> DeviceState:
        """Tell how a sense is."""
        return self._state[sense]

    @property
    def framing(self) -> tuple[Framing, ...]:
        """What should be better about the newest picture."""
        return self._framing

    @property
    def speech_s(self) -> float:
        """How much of the greeting was heard so far, seconds of talk."""
        return self._greeting.speech_s

    def part(self, now_s: float) -> float:
        """Tell how much of the step's longest time is over, 0..1."""
        if self._step is Step.END:
            return 1.0
        return min(1.0, max(0.0, (now_s - self._since_s) / LIMITS[self._step][1]))

    def look(self, now_s: float, glimpse: Glimpse | None) -> None:
        """Take what there is at a moment, and go on where the step has enough or took too long."""
        if glimpse is not None and self.needs_devices:
            self._take(now_s, glimpse)
        if self._step is Step.END:
            return
        least, most = LIMITS[self._step]
        passed_s = now_s - self._since_s
        if passed_s >= most or (passed_s >= least and self._enough(now_s)):
            self.skip(now_s)

    def skip(self, now_s: float) -> None:
        """Go on to the next step that is possible."""
        if self._step is Step.END:
            return
        later = ORDER[ORDER.index(self._step) + 1 :]
        self._step = next(step for step in later if self._works(step))
        self._since_s = now_s
        self._good_since_s = None
        self._light |= self._step is Step.LIGHT

    def resume(self, now_s: float) -> None:
        """Give the step its whole time again, after a pause."""
        self._since_s = now_s

    def checked(self) -> Checked:
        """Give what was seen and heard so far."""
        held = self._limits.held_readings
        wrong = [one for one, count in self._receptions.items() if count >= held]
        return Checked(
            devices=MappingProxyType(dict(self._state)),
            faults=MappingProxyType(dict(self._faults)),
            light=self._light,
            framing=self._framing if self._light else (),
            reception=max(wrong, key=lambda one: self._receptions[one], default=None),
            rest=self._rest.facts(),
            voice=self._greeting.facts(),
            own_normal=self._own_normal,
        )

    # What comes in

    def _take(self, now_s: float, glimpse: Glimpse) -> None:
        self._take_devices(glimpse)
        if glimpse.vision is not None:
            self._framing = glimpse.vision.framing
            if self._framing:
                self._good_since_s = None
            elif self._good_since_s is None:
                self._good_since_s = now_s
            if self._step is Step.REST:
                self._rest.look(glimpse.vision, glimpse.open)
        voice = glimpse.voice
        if voice is not None and voice.t != self._heard_t:
            self._heard_t = voice.t
            if voice.reception is not None:
                self._receptions[voice.reception] = self._receptions.get(voice.reception, 0) + 1
            if self._step is Step.GREETING:
                self._greeting.hear(voice)

    def _take_devices(self, glimpse: Glimpse) -> None:
        works = {
            Sense.VISION: glimpse.pictures > 0 and glimpse.vision is not None,
            Sense.VOICE: glimpse.voice is not None,
        }
        for sense in self._senses:
            if sense in glimpse.faults:
                self._state[sense] = DeviceState.FAULT
                self._faults[sense] = glimpse.faults[sense]
            elif works[sense]:
                self._state[sense] = DeviceState.WORKS
                self._faults.pop(sense, None)
        voice = glimpse.voice
        silent = voice is not None and VoiceReason.NO_SIGNAL in voice.missing.values()
        if silent and self._state[Sense.VOICE] is DeviceState.WORKS:
            self._state[Sense.VOICE] = DeviceState.SILENT

    # When to go on

    def _enough(self, now_s: float) -> bool:
        if self._step is Step.DEVICES:
            return DeviceState.WAITING not in self._state.values()
        if self._step is Step.LIGHT:
            since_s = self._good_since_s
            return since_s is not None and now_s - since_s >= self._limits.good_s
        if self._step is Step.REST:
            return self._rest.enough
        return self._step is not Step.GREETING or self._greeting.enough

    def _works(self, step: Step) -> bool:
        """Whether a step's device works; a silent one does: the greeting tells if nobody spoke."""
        sense = NEEDS.get(step)
        return sense is None or self._state[sense] in USABLE
