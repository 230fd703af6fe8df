"""A file through the same pipeline: look and listen once, then read, in order of time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from app.coach.baseline_file import dump_baseline
from app.coach.catalogue import load_catalogue
from app.coach.types import Sense
from app.errors import AppError
from app.session.child import run_in_child
from app.session.intake import take_in
from app.session.merge import merge
from app.session.own_normal import first_pass, fitting, read_own_normal
from app.session.pipeline import Pipeline
from app.session.senses import build_eyes, measures_off
from app.session.speech import words_of
from app.session.voice_read import VoiceRead
from app.store.versions import current_versions
from audio.types import VoiceReading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from app.coach.catalogue import Catalogue
    from app.coach.report_types import Report
    from app.coach.senses import Reading
    from app.coach.types import Baseline, Mark
    from app.session.pipeline import Fed
    from audio.speech.types import SpeechSetUp
    from vision.types import VisionLook

MEASURED_SHARE: Final = 0.5
"""Share of the progress that is done when only the words are missing."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """What came of a file."""

    report: Report
    """The report."""
    baseline: Baseline | None
    """The own normal that it was held against: the given one, or one made of the file."""
    duration_s: float
    """Length of the file, seconds."""
    versions: dict[str, str]
    """Versions of program, rules and models."""
    has_picture: bool
    """Whether the file has a picture."""
    has_sound: bool
    """Whether the file has sound."""
    words_fault: tuple[str, str] | None = None
    """What kept its words from being looked for, and what to do; None where nothing did."""


def analyse(
    path: Path,
    *,
    catalogue: Catalogue | None = None,
    baseline: Baseline | None = None,
    own_normal: bool = True,
    switched_off: frozenset[str] = frozenset(),
    marks: Sequence[Mark] = (),
    focus: str | None = None,
    speech: SpeechSetUp | None = None,
    note: Callable[[Reading], None] | None = None,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Analysis:
    """Measure a video or sound file.

    Looking and listening come first, side by side, and keep scalars only; where no own
    normal is given, one is made of them. The sound is read as soon as it was heard; then the
    looks and what was read go through the pipeline.

    Parameters
    ----------
    path
        Any file that ffmpeg reads.
    catalogue
        The rules; those that ship without it.
    baseline
        The person's own normal.
    own_normal
        Whether to make one of the file where none is given; False measures without.
    switched_off
        Ids of cues that are not wanted.
    marks
        What people said about the file, such as who speaks.
    focus
        Id of the cue that the report names first; None for none.
    speech
        What turns speech into words, after everything else; None for no words. Its fault costs the
        words and nothing else.
    note
        Is given each reading, in stream order: whatever keeps them.
    progress, cancelled
        Told 0..1 and asked, ten times a second, in the calling thread.

    Raises
    ------
    AppError
        Where the file is missing, empty, broken or holds neither picture nor sound.
    Cancelled
        When `cancelled` said so.
    """
    catalogue = catalogue or load_catalogue()
    off, baseline = measures_off(catalogue, switched_off), fitting(baseline)
    share = 1.0 if speech is None else MEASURED_SHARE
    voice = VoiceRead(catalogue, baseline, switched_off, marks, own_normal=own_normal)
    told = part_of(progress, 0.0, share)
    taken = take_in(path, off, heard=voice.read, progress=told, cancelled=cancelled)
    if taken.has_sound and not voice.done:  # the sound broke off: what came of it counts
        voice.read(taken.hops, lambda: False)
    if baseline is None and own_normal:
        baseline = replace(first_pass(taken.looks, ()), voice=voice.own)
    pipeline = Pipeline(
        catalogue,
        baseline,
        vision=build_eyes(catalogue, baseline, switched_off) if taken.has_picture else None,
        voice=None,
        senses=taken.senses,
        switched_off=switched_off,
        focus=focus,
    )
    items: list[Iterable[Mark | VisionLook | VoiceReading]] = [
        sorted(marks, key=attrgetter("t")),
        taken.looks,
        voice.readings(),
    ]
    heard: list[VoiceReading] = []
    for item in merge(*items):
        heard += _heard(pipeline.feed(item), speech, note)
    heard += _heard(pipeline.finish(taken.duration_s), speech, note)
    report, fault = pipeline.report(marks), None
    if speech is not None and taken.has_sound:
        told = part_of(progress, share, 1.0)
        report, fault = _with_words(report, path, heard, speech, progress=told, cancelled=cancelled)
    return Analysis(
        report,
        baseline,
        taken.duration_s,
        current_versions(),
        taken.has_picture,
        taken.has_sound,
        fault,
    )


def analyse_in_child(
    path: Path,
    *,
    catalogue: Catalogue | None = None,
    baseline: Baseline | None = None,
    own_normal: bool = True,
    switched_off: frozenset[str] = frozenset(),
    marks: Sequence[Mark] = (),
    focus: str | None = None,
    speech: SpeechSetUp | None = None,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Analysis:
    """Measure a file in a process of its own, so that neither the window nor a crash is shared."""
    text = dump_baseline(baseline) if baseline is not None else None
    options = {
        "catalogue": catalogue,
        "own_normal": own_normal,
        "switched_off": switched_off,
        "marks": tuple(marks),
        "focus": focus,
        "speech": speech,
    }
    return run_in_child(_job, path, text, options, progress=progress, cancelled=cancelled)


def replay(
    readings: Iterable[Reading],
    marks: Sequence[Mark],
    *,
    duration_s: float,
    catalogue: Catalogue | None = None,
    baseline: Baseline | None = None,
    switched_off: frozenset[str] = frozenset(),
    senses: frozenset[Sense] = frozenset(Sense),
    focus: str | None = None,
) -> Report:
    """Run saved readings and marks through the pipeline again; the report is the same."""
    pipeline = Pipeline(
        catalogue or load_catalogue(),
        baseline,
        vision=None,
        voice=None,
        switched_off=switched_off,
        senses=senses,
        focus=focus,
    )
    for reading in readings:
        pipeline.feed(reading)
    pipeline.finish(duration_s)
    return pipeline.report(marks)


def part_of(
    progress: Callable[[float], None] | None, start: float, end: float
) -> Callable[[float], None] | None:
    """Give what is told how far a part of the work is, from `start` to `end` of the whole."""
    if progress is None:
        return None
    return lambda part: progress(start + part * (end - start))


def _heard(
    fed: Fed, speech: SpeechSetUp | None, note: Callable[[Reading], None] | None
) -> list[VoiceReading]:
    """Keep the readings that words are cut by, and no others: an hour of both senses has 90,000."""
    if note is not None:
        for reading in fed.readings:
            note(reading)
    if speech is None:
        return []
    return [one for one in fed.readings if isinstance(one, VoiceReading)]


def _with_words(
    report: Report,
    path: Path,
    heard: Sequence[VoiceReading],
    speech: SpeechSetUp,
    *,
    progress: Callable[[float], None] | None,
    cancelled: Callable[[], bool] | None,
) -> tuple[Report, tuple[str, str] | None]:
    """Put the words into a report, or say what kept them out: measuring is not lost for it."""
    try:
        said = words_of(path, heard, speech, progress=progress, cancelled=cancelled)
    except AppError as error:
        return report, (error.what, error.remedy)
    return said.put_in(report), None


def _job(
    path: Path,
    baseline: str | None,
    options: dict[str, Any],
    *,
    progress: Callable[[float], None],
) -> Analysis:
    """Do the child's part of `analyse_in_child`."""
    own = read_own_normal(baseline, "The own normal") if baseline is not None else None
    return analyse(path, baseline=own, progress=progress, **options)
