"""`rapport analyse`: each file in a process of its own, with a progress bar."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.text import Text

from app.cli.bar import progress_bar
from app.cli.choices import settings_told
from app.cli.planning import STDOUT, Job
from app.cli.targets import is_analysis, is_own_normal, is_page, make_ready, write_whole
from app.cli.telling import json_text, print_json, readable, tell
from app.coach.baseline_file import dump_baseline
from app.coach.catalogue import load_catalogue
from app.coach.reception import reception_sentences
from app.coach.report_json import report_to_dict
from app.coach.speaking import words_sentence
from app.coach.types import Sense
from app.coach.words import finding_sentence, format_time, missing_text
from app.errors import AppError
from app.paths import is_endless
from app.session.offline import Analysis, analyse_in_child
from app.session.own_normal import read_own_normal
from app.session.speech import speech_set_up, speech_unmet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.coach.catalogue import Catalogue
    from app.coach.report_types import NotMeasured
    from app.coach.types import Baseline
    from audio.speech.types import SpeechSetUp

MODELS: Final = "“rapport models” says how to get one; with --no-words this is not said."
OURS: Final = MappingProxyType(
    {"--json": is_analysis, "--html": is_page, "--save-baseline": is_own_normal}
)
"""Option -> what tells that a file is an earlier result of it, which may be replaced."""
LARGE_BYTES: Final = 2 * 2**30
"""Files beyond this get a sentence on how it will go."""


def analyse_files(
    jobs: list[Job], baseline: Path | None, *, words: bool = False, force: bool = False
) -> int:
    """Analyse one file after the other; gives the exit code."""
    try:
        own = _given(baseline)
        speech = _speech() if words else None
    except AppError as error:
        tell(error)
        return 2
    failed = 0
    for job in jobs:
        try:
            _analyse_file(job, own, speech, force=force)
        except AppError as error:
            failed += 1
            tell(error)
        except KeyboardInterrupt:
            Console(stderr=True).print("Stopped.")
            return 130
    return int(failed > 0)


def _speech() -> SpeechSetUp | None:
    """Choose the engine; what is wanted and not there is said before the work."""
    settings = settings_told()
    for unmet in speech_unmet(settings):
        tell(unmet)
    speech = speech_set_up(settings, after=True)
    if speech is None and settings.speech_engine != "none":
        tell(AppError("Words are not looked for: there is no speech engine.", MODELS))
    return speech


def _analyse_file(
    job: Job, own: Baseline | None, speech: SpeechSetUp | None, *, force: bool
) -> None:
    catalogue = load_catalogue()
    for option, path in job.targets:
        make_ready(path, force=force, ours=OURS[option])
    _warn_of_size(job.file)
    with progress_bar(job.name) as step:
        analysis = analyse_in_child(job.file, baseline=own, speech=speech, progress=step)
    _write_all(job, analysis, catalogue)
    # What is piped must hold the JSON and nothing else.
    to_stderr = job.json == STDOUT
    _summarise(Console(stderr=to_stderr, highlight=False), job, analysis, catalogue)


def _write_all(job: Job, analysis: Analysis, catalogue: Catalogue) -> None:
    if job.json is not None:
        told = report_to_dict(
            analysis.report,
            file=job.name,
            title=readable(job.file.stem),
            versions=analysis.versions,
            catalogue=catalogue,
        )
        if job.json == STDOUT:
            print_json(told)
        else:
            write_whole(job.json, json_text(told))
    if job.html is not None:
        from app.session.html_report import render_html  # noqa: PLC0415 - matplotlib takes a second

        video = job.file if analysis.has_picture else None
        page = render_html(analysis.report, title=job.name, video=video, catalogue=catalogue)
        write_whole(job.html, page)
    if job.baseline is not None:
        if analysis.baseline is None:
            raise AppError("There is no own normal to save.", "Analyse it without --baseline.")
        write_whole(job.baseline, dump_baseline(analysis.baseline))


def _summarise(console: Console, job: Job, analysis: Analysis, catalogue: Catalogue) -> None:
    report = analysis.report
    console.print(Text(f"{job.name}  {format_time(report.duration_s)}", style="bold"))
    if not analysis.has_picture:
        console.print("It has no picture: only the sound was measured.")
    if not analysis.has_sound:
        console.print("It has no sound: only the picture was measured.")
    for finding in report.findings:
        sentence = finding_sentence(finding, catalogue.rule(finding.cue))
        console.print(Text(f"  {format_time(finding.start_s)}  {sentence}"), soft_wrap=True)
    if not report.findings:
        console.print("  Nothing was seen or heard for long enough to be named.")
    if analysis.words_fault is not None:
        what, remedy = analysis.words_fault
        tell(AppError(f"The words could not be looked for: {what}", remedy))
    if report.words is not None:
        console.print(Text(words_sentence(report.words)), soft_wrap=True)
    here = {Sense.VISION: analysis.has_picture, Sense.VOICE: analysis.has_sound}
    missed = [one for one in report.not_measured if here[catalogue.rule(one.cue).sense]]
    for line in reception_sentences(report.reception):
        console.print(Text(f"  {line}"), soft_wrap=True)
    for line in _left_out(missed, catalogue):
        console.print(Text(line, style="dim"), soft_wrap=True)
    for path in (job.json, job.html, job.baseline):
        if path is not None and path != STDOUT:
            console.print(Text(f"  → {readable(str(path))}"), soft_wrap=True)


def _left_out(missed: Sequence[NotMeasured], catalogue: Catalogue) -> list[str]:
    """One line for each reason and length, not one for each cue."""
    groups: dict[tuple[str, str], list[str]] = {}
    for one in missed:
        rule = catalogue.rule(one.cue)
        key = (missing_text(one.reason, rule, rule.sense), format_time(one.seconds))
        groups.setdefault(key, []).append(rule.name)
    return [
        f"  not measured for {length}, {reason}: {', '.join(names)}"
        for (reason, length), names in groups.items()
    ]


def _given(baseline: Path | None) -> Baseline | None:
    if baseline is None:
        return None
    remedy = "Name a file that --save-baseline or the calibration wrote."
    try:
        if is_endless(baseline):
            raise AppError(f"{baseline} is not a file.", remedy)
        text = baseline.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise AppError(f"There is no file {baseline}.", "Check its name and folder.") from error
    except IsADirectoryError as error:
        raise AppError(f"{baseline} is a folder.", remedy) from error
    except PermissionError as error:
        what = f"{baseline} may not be read."
        raise AppError(what, "Check the permissions of the file.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise AppError(f"The own normal in {baseline} cannot be read.", remedy) from error
    return read_own_normal(text, baseline.name)


def _warn_of_size(file: Path) -> None:
    try:
        size = file.stat().st_size
    except OSError:
        return
    if size > LARGE_BYTES:
        Console(stderr=True, highlight=False).print(
            f"{size / 2**30:.1f} GB: this takes a while. It is read piece by piece, "
            "so it needs no more memory than a short one; Ctrl-C stops it."
        )
