"""Puts together what the screen sees of a live session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.session.plan import Snapshot
from audio.types import Reason as VoiceReason
from vision.types import VISION_MEASURES, Framing

if TYPE_CHECKING:
    from app.coach.calibration import StepProgress
    from app.coach.hints import Hint
    from app.session.inbox import Inbox
    from app.session.keeping import Keeping
    from app.session.live_analysis import Newest
    from app.session.plan import Fault, State
    from app.session.speech_live import LiveWords
    from audio.types import VoiceReading
    from vision.types import VisionReading

FRESH_S: Final = 1.0
"""Older readings are not shown, seconds."""
BLIND: Final = frozenset({Framing.NO_PERSON, Framing.SEVERAL_PEOPLE, Framing.TOO_DARK})
"""With one of these nobody is measured."""


def take_snapshot(
    t: float,
    state: State,
    *,
    newest: Newest | None,
    hint: Hint | None,
    calibration: StepProgress | None,
    faults: tuple[Fault, ...],
    inbox: Inbox,
    keeping: Keeping | None,
    frames_seen: int,
    source_ended: bool,
    speech: LiveWords | None = None,
) -> Snapshot:
    """Put together the state at `t`, seconds on the session clock."""
    vision = voice = None
    if newest is not None and state == "running":
        vision = newest.vision if t - newest.vision_at < FRESH_S else None
        voice = newest.voice if t - newest.voice_at < FRESH_S else None
    return Snapshot(
        t=t,
        state=state,
        sees=_sees(vision),
        hears=_hears(voice),
        level_dbfs=voice.level_dbfs if voice is not None else None,
        vision=vision,
        voice=voice,
        framing=vision.framing if vision is not None else (),
        hint=hint,
        open=newest.open if newest is not None else (),
        calibration=calibration,
        faults=faults,
        frames_seen=frames_seen,
        frames_replaced=inbox.replaced,
        frames_recorded=keeping.recorded if keeping is not None else 0,
        frames_left_out=keeping.left_out if keeping is not None else 0,
        recording_ended=keeping is not None and keeping.recording_ended,
        sound_overflows=inbox.overflowed,
        source_ended=source_ended,
        words_lag_s=speech.lag_s if speech is not None else None,
        words=newest.words if newest is not None else (),
        words_until_s=newest.words_until_s if newest is not None else None,
        phrases=newest.phrases if newest is not None else (),
    )


def _sees(vision: VisionReading | None) -> bool:
    if vision is None or BLIND & set(vision.framing):
        return False
    return any(getattr(vision, name) is not None for name in VISION_MEASURES)


def _hears(voice: VoiceReading | None) -> bool:
    return voice is not None and VoiceReason.NO_SIGNAL not in voice.missing.values()
