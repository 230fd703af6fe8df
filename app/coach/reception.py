"""How the microphone heard the talk: what the live warnings say, summed up for the report."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from app.coach.limits import load_limits
from app.coach.report_types import ReceptionFault
from audio.types import HOP_S, Reception, Speaker

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from audio.types import VoiceReading

_SENTENCES: Final[Mapping[str, str]] = MappingProxyType({
    Reception.CLIPPING.value: "The microphone was overloaded in {share} of the talk: loud parts "
    "were cut off. Turn its level down in the system settings, or move back.",
    Reception.TOO_FAR.value: "The voice was hardly louder than the room in {share} of the talk. "
    "Come nearer to the microphone, or turn its level up.",
    Reception.LOUDSPEAKER.value: "The microphone heard the customer's voice too, in {share} of "
    "what it said. With a spoken customer use headphones.",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReceptionLimits:
    """Where each number comes from stands in the file."""

    worth_a_note: float
    """Share of the talk from which a sentence tells what was wrong."""


def reception_limits(path: Path | None = None) -> ReceptionLimits:
    """Read them; an AppError names file, line and what is allowed."""
    return load_limits(ReceptionLimits, "reception", path)


class ReceptionTracker:
    """Sums up what was wrong with how the microphone heard, and with how much of the talk."""

    def __init__(self) -> None:
        self._talk_s: dict[bool, float] = defaultdict(float)
        self._wrong_s: dict[Reception, float] = defaultdict(float)

    def push(self, reading: VoiceReading) -> None:
        """Take one reading."""
        customer = reading.speaker in {Speaker.CUSTOMER, Speaker.BOTH}
        if not (reading.speech or customer):
            return
        self._talk_s[customer] += HOP_S
        # Where the customer speaks, only the loudspeaker is listened for, and else never.
        wrong = reading.reception
        if wrong is not None and customer == (wrong is Reception.LOUDSPEAKER):
            self._wrong_s[wrong] += HOP_S

    def faults(self, *, spoken: bool) -> tuple[ReceptionFault, ...]:
        """Give everything that was wrong, the longest first.

        `spoken` says whether the machine spoke the customer's lines: a real customer in the room
        is heard by the microphone, and nothing is wrong with that.
        """
        found = [
            ReceptionFault(
                wrong.value, seconds, seconds / self._talk_s[wrong is Reception.LOUDSPEAKER]
            )
            for wrong, seconds in self._wrong_s.items()
            if spoken or wrong is not Reception.LOUDSPEAKER
        ]
        return tuple(sorted(found, key=lambda one: (-one.seconds, one.what)))


def reception_sentences(faults: Iterable[ReceptionFault]) -> list[str]:
    """Say what was wrong for long enough to matter, and what helps."""
    least = reception_limits().worth_a_note
    return [
        _SENTENCES[one.what].format(share=_percent(one.share))
        for one in faults
        if one.share >= least and one.what in _SENTENCES
    ]


def _percent(share: float) -> str:
    return "all" if share >= 0.995 else f"{share * 100:.0f} %"
