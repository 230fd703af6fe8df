"""One video becomes one session: measured in a process of its own, then entered in one go."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import av

from app.coach.types import Sense
from app.errors import AppError
from app.session.child import run_in_child, yield_to_others
from app.session.errors import Cancelled
from app.session.importing_film import keep_recording
from app.session.keeping import WORDS_DECLINED
from app.session.listening_after import listen_after
from app.session.offline import MEASURED_SHARE, analyse, part_of
from app.store.files import FACTS, SessionFiles
from app.store.readings import ReadingsWriter
from app.store.types import KeepPolicy
from app.store.versions import current_versions
from audio.speech.types import SpeechSetUp  # noqa: TC001 - the dataclass of a job carries it
from audio.types import Speaker

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.coach.senses import Reading
    from app.session.offline import Analysis
    from app.store.imports import Import
    from app.store.store import Store


LONGEST_S: Final = 4 * 3600.0
"""Longer videos are refused, seconds: nobody reviews a whole shift in one piece."""
ROOM_BYTES: Final = 200 * 2**20
"""So much stays free on the disk whatever is imported."""
MEASURED: Final = 0.85
"""Share of the progress that is done when only the recording is left to be kept."""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """How a video is measured and what is kept of it."""

    keep: KeepPolicy
    """What is kept."""
    switched_off: frozenset[str] = frozenset()
    """Cues that the person switched off."""
    speech: SpeechSetUp | None = None
    """What turns speech into words; None for no words."""
    checklist: str | None = None
    """Id of the checklist for the own view; None for none."""
    words_declined: bool = False
    """Whether the person said that they want no words of this video."""


def import_one(
    store: Store,
    item: Import,
    plan: ImportPlan,
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    began: Callable[[int], None] | None = None,
) -> str:
    """Measure a video that was claimed and make a session of it; gives the session's id.

    The session is in the list as soon as it is measured. Its words come after that, as those of a
    live session do.

    Raises
    ------
    AppError
        Where the video is gone, broken or too large, the disk is full, or nobody agreed.
    Cancelled
        When `cancelled` said so; nothing is kept then.
    """
    imports = store.imports
    _refuse(item.path, store.path.parent, plan.keep)
    files = imports.files(item.id)
    files.delete()
    listens = plan.speech is not None and plan.keep.keeps_readings
    share = MEASURED_SHARE if listens else 1.0
    analysis = run_in_child(
        import_job, item.path, files, plan,
        progress=part_of(progress, 0.0, share), cancelled=cancelled, began=began,
    )  # fmt: skip
    session_id = imports.begin_session(item.id, checklist=plan.checklist).id
    imports.adopt(item.id, session_id)
    store.finish_session(session_id, duration_s=analysis.duration_s, report=analysis.report)
    if listens and analysis.has_sound:
        with suppress(Cancelled):  # the session is there, and its report looks for them again
            told = part_of(progress, share, 1.0)
            listen_after(
                store, session_id, plan.speech, progress=told, cancelled=cancelled, began=began
            )
    imports.done(item.id)
    return session_id


def import_job(
    path: Path, files: SessionFiles, plan: ImportPlan, *, progress: Callable[[float], None]
) -> Analysis:
    """Do the child's part: measure, and write what is kept into a folder that is not a session."""
    yield_to_others()
    files.write_atomic(FACTS, b"{}")  # the folder is there, and can be written
    writer = ReadingsWriter(files, current_versions()) if plan.keep.keeps_readings else None

    def note(reading: Reading) -> None:
        if writer is not None:
            writer.write(reading)

    try:
        analysis = analyse(
            path,
            switched_off=plan.switched_off,
            note=note,
            progress=part_of(progress, 0.0, MEASURED),
        )
    finally:
        if writer is not None:
            writer.close()
    files.write_atomic(FACTS, _facts(analysis, plan))
    if analysis.baseline is not None:
        files.write_baseline(analysis.baseline)
    if plan.keep.keeps_sound:
        picture = plan.keep.keeps_picture and analysis.has_picture
        told = part_of(progress, MEASURED, 1.0)
        keep_recording(path, files, picture=picture, progress=told)
    return analysis


def _refuse(path: Path, data: Path, keep: KeepPolicy) -> None:
    """Say before the work what would go wrong after it."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise AppError(
            f"{path.name} is not there any more.",
            "It was moved or deleted, or its disk was taken out. Put it back and try again.",
        ) from error
    length_s = _length_s(path)
    if length_s is not None and length_s > LONGEST_S:
        raise AppError(
            f"{path.name} is {length_s / 3600:.0f} hours long; {LONGEST_S / 3600:.0f} are the most"
            " that is taken in one piece.",
            "Cut it into conversations with the phone or a video editor, and import those.",
        )
    needed = size if keep is KeepPolicy.PICTURE_AND_SOUND else size // 10
    free = shutil.disk_usage(data).free - ROOM_BYTES
    if needed > free:
        raise AppError(
            f"There is no room on the disk for {path.name}: it takes {needed / 2**30:.1f} GB, and"
            f" {max(0, free) / 2**30:.1f} GB are free.",
            "Free some space and try again, or keep voice and stick figure only.",
        )


def _length_s(path: Path) -> float | None:
    """Tell what a file says of its length, seconds; None where it says nothing."""
    try:
        with av.open(str(path)) as box:
            return None if box.duration is None else box.duration / av.time_base
    except (av.FFmpegError, OSError, ValueError):
        return None  # the analysis says what is wrong with it


def _facts(analysis: Analysis, plan: ImportPlan) -> bytes:
    here = {Sense.VISION: analysis.has_picture, Sense.VOICE: analysis.has_sound}
    facts = {
        "senses": sorted(sense.value for sense, there in here.items() if there),
        "switched_off": sorted(plan.switched_off),
        "speaker": Speaker.UNKNOWN.value,
        WORDS_DECLINED: plan.words_declined,
    }
    return json.dumps(facts).encode()
