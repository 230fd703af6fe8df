"""A person's own normal on its way in and out: only of the measures in use, and only what they use.

What a normal keeps of a face is two sums and a size, by which nobody can be recognised: no face
template ever reaches the disk (EVIDENCE, the legal line).
"""

from __future__ import annotations

import datetime as dt
import logging
from functools import partial
from math import inf
from typing import TYPE_CHECKING, Final

from app.coach.baseline_file import dump_baseline, load_baseline
from app.coach.session_turns import speaker_stretches
from app.coach.types import Baseline
from app.errors import AppError
from audio.baseline import VOICE_BASELINE_VERSION
from audio.baseline import first_pass as first_pass_of_voice
from audio.types import HOP_S, Speaker
from vision.baseline import VISION_BASELINE_VERSION, VisionBaselineBuilder, distilled
from vision.baseline import first_pass as first_pass_of_vision

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.coach.types import Mark
    from app.store.store import Store
    from audio.types import VoiceBaseline, VoiceHop
    from vision.types import VisionBaseline, VisionLook

log = logging.getLogger(__name__)

NOT_OWN: Final = frozenset({Speaker.CUSTOMER.value, Speaker.BOTH.value})
"""Speakers whose voice is not, or not alone, the person's own."""
LOOK_BACK: Final = 20
"""How many sessions are looked through; older own normals have gone stale."""


class CalmFace(VisionBaselineBuilder):
    """Builds the eyes' normal of the calibration, as it is kept."""

    def build(self) -> VisionBaseline | None:
        """Give the normal; None where the face was not seen for long enough."""
        return distilled(super().build())


def read_own_normal(text: str, name: str) -> Baseline:
    """Read a saved own normal; a half that another version made is left out, and a note says so.

    Raises
    ------
    AppError
        One sentence on what is wrong with the file.
    """
    return load_baseline(
        text,
        name,
        vision_version=VISION_BASELINE_VERSION,
        voice_version=VOICE_BASELINE_VERSION,
    )


def fitting(baseline: Baseline | None) -> Baseline | None:
    """Leave out the halves that another version of the measures made, with a note on each."""
    if baseline is None:
        return None
    return read_own_normal(dump_baseline(baseline), "The own normal")


def first_pass(
    looks: Sequence[VisionLook], hops: Sequence[VoiceHop], marks: Sequence[Mark] = ()
) -> Baseline:
    """Make an own normal of what a file itself shows most of the time.

    Where somebody said who speaks, the voice's normal is made of what is left when the customer
    is silent: of whoever plays them nothing is measured.
    """
    return Baseline(
        made_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        origin="first_pass",
        vision=distilled(first_pass_of_vision(looks)) if looks else None,
        voice=voice_normal(hops, marks),
    )


def voice_normal(hops: Sequence[VoiceHop], marks: Sequence[Mark] = ()) -> VoiceBaseline | None:
    """Make the voice's half of `first_pass`."""
    theirs = speaker_stretches(marks, NOT_OWN, inf)
    own = [hop for hop in hops if not _lies_in(hop, theirs)]
    return first_pass_of_voice(own) if own else None


def _lies_in(hop: VoiceHop, stretches: Sequence[tuple[float, float]]) -> bool:
    return any(start < hop.t and hop.t - HOP_S < end for start, end in stretches)


def last_own_normal(store: Store, person_id: str) -> Baseline | None:
    """Find the newest calibration of this person; None where there is none. Reads files."""
    kept = _usable(lambda: store.own_normals.of(person_id), "kept")
    own = (one for one in store.sessions(person_id=person_id) if not one.sample)
    for record in [one for one in own if not one.received][:LOOK_BACK]:
        held = _usable(partial(_of_session, store, record.id), f"of session {record.id}")
        if held is not None:
            later = kept is not None and kept.made_at > held.made_at
            return kept if later else held
    return kept


def _of_session(store: Store, session_id: str) -> Baseline | None:
    return store.files(session_id).read_baseline()


def _usable(read: Callable[[], Baseline | None], which: str) -> Baseline | None:
    """Read an own normal; None where it is none of today's measures, or cannot be read."""
    try:
        baseline = fitting(read())
    except AppError as error:
        log.info("own normal %s left out: %s", which, error)
        return None
    calibrated = baseline is not None and baseline.origin == "calibration"
    measured = baseline is not None and (baseline.vision or baseline.voice)
    return baseline if calibrated and measured else None
