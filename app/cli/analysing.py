"""`rapport analyse`: each file in a process of its own, with a progress bar."""

from __future__ import annotations

import json
import sys
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.text import Text

from app.cli.telling import tell
from app.coach.baseline_file import dump_baseline
from app.coach.catalogue import load_catalogue
from app.coach.report_json import report_to_dict
from app.coach.types import Sense
from app.coach.words import finding_sentence, format_time, reason_text
from app.errors import AppError
from app.session.offline import Analysis, analyse_in_child
from app.session.own_normal import read_own_normal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.coach.catalogue import Catalogue
    from app.coach.report_types import NotMeasured
    from app.coach.types import Baseline

STDOUT: Final = Path("-")
LARGE_BYTES: Final = 2 * 2**30
"""Files beyond this get a sentence on how it will go."""


@dataclass(frozen=True, slots=True)
class Job:
    """One file and where its results go; None for not at all."""

    file: Path
    """The video or sound file."""
    json: Path | None = None
    """File for the data, or - for standard output."""
    html: Path | None = None
    """File for the page."""
    baseline: Path | None = None
    """File for the own normal that was used."""


def planned(
    files: list[Path], json_out: str | None, html_out: str | None, baseline: Path | None
) -> list[Job]:
    """Say which result goes where; a usage error where that makes no sense."""
    several = len(files) > 1
    if html_out == "-":
        raise typer.BadParameter("Name a file or a folder for the page.", param_hint="--html")
    if several and json_out == "-":
        raise typer.BadParameter("- takes one file only; name a folder.", param_hint="--json")
    if several and baseline is not None:
        raise typer.BadParameter("It takes one file only.", param_hint="--save-baseline")
    for name, out in (("--json", json_out), ("--html", html_out)):
        if several and out is not None and Path(out).is_file():
            raise typer.BadParameter(f"{out} is a file; name a folder.", param_hint=name)
    stems = Counter(file.stem for file in files)
    jobs = []
    for file in files:
        # Two files of one name but different endings must not overwrite each other's results.
        stem = file.stem if stems[file.stem] == 1 else file.name
        json_file = _target(json_out, f"{stem}.json", several=several)
        html_file = _target(html_out, f"{stem}.html", several=several)
        if json_file is not None and json_file == html_file:
            raise typer.BadParameter("It is the same file as --json's.", param_hint="--html")
        jobs.append(Job(file, json_file, html_file, baseline))
    return jobs


def analyse_files(jobs: list[Job], baseline: Path | None) -> int:
    """Analyse one file after the other; gives the exit code."""
    try:
        own = _given(baseline)
    except AppError as error:
        tell(error)
        return 2
    failed = 0
    for job in jobs:
        try:
            _analyse_file(job, own)
        except AppError as error:
            failed += 1
            tell(error)
        except KeyboardInterrupt:
            Console(stderr=True).print("Stopped.")
            return 130
    return int(failed > 0)


def _analyse_file(job: Job, own: Baseline | None) -> None:
    catalogue = load_catalogue()
    _warn_of_size(job.file)
    analysis = _with_bar(job.file, own)
    _write_all(job, analysis, catalogue)
    # What is piped must hold the JSON and nothing else.
    to_stderr = job.json == STDOUT
    _summarise(Console(stderr=to_stderr, highlight=False), job, analysis, catalogue)


def _with_bar(file: Path, own: Baseline | None) -> Analysis:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(file.name.replace("[", r"\["), total=1.0)
        return analyse_in_child(
            file, baseline=own, progress=lambda part: bar.update(task, completed=part)
        )


def _write_all(job: Job, analysis: Analysis, catalogue: Catalogue) -> None:
    if job.json is not None:
        told = report_to_dict(
            analysis.report,
            file=job.file.name,
            title=job.file.stem,
            versions=analysis.versions,
            catalogue=catalogue,
        )
        text = json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
        if job.json == STDOUT:
            sys.stdout.write(text)
            sys.stdout.flush()
        else:
            _write(job.json, text)
    if job.html is not None:
        from app.session.html_report import render_html  # noqa: PLC0415 - matplotlib takes a second

        video = job.file if analysis.has_picture else None
        page = render_html(analysis.report, title=job.file.name, video=video, catalogue=catalogue)
        _write(job.html, page)
    if job.baseline is not None:
        if analysis.baseline is None:
            raise AppError("There is no own normal to save.", "Analyse it without --baseline.")
        _write(job.baseline, dump_baseline(analysis.baseline))


def _summarise(console: Console, job: Job, analysis: Analysis, catalogue: Catalogue) -> None:
    report = analysis.report
    console.print(Text(f"{job.file.name}  {format_time(report.duration_s)}", style="bold"))
    if not analysis.has_picture:
        console.print("It has no picture: only the sound was measured.")
    if not analysis.has_sound:
        console.print("It has no sound: only the picture was measured.")
    for finding in report.findings:
        sentence = finding_sentence(finding, catalogue.rule(finding.cue))
        console.print(Text(f"  {format_time(finding.start_s)}  {sentence}"), soft_wrap=True)
    if not report.findings:
        console.print("  Nothing was seen or heard for long enough to be named.")
    here = {Sense.VISION: analysis.has_picture, Sense.VOICE: analysis.has_sound}
    missed = [one for one in report.not_measured if here[catalogue.rule(one.cue).sense]]
    for line in _left_out(missed, catalogue):
        console.print(Text(line, style="dim"), soft_wrap=True)
    for path in (job.json, job.html, job.baseline):
        if path is not None and path != STDOUT:
            console.print(Text(f"  → {path}"), soft_wrap=True)


def _left_out(missed: Sequence[NotMeasured], catalogue: Catalogue) -> list[str]:
    """One line for each reason and length, not one for each cue."""
    groups: dict[tuple[str, str], list[str]] = {}
    for one in missed:
        key = (reason_text(one.reason), format_time(one.seconds))
        groups.setdefault(key, []).append(catalogue.rule(one.cue).name)
    return [
        f"  not measured for {length}, {reason}: {', '.join(names)}"
        for (reason, length), names in groups.items()
    ]


def _target(out: str | None, name: str, *, several: bool) -> Path | None:
    if out is None or out == "-":
        return None if out is None else STDOUT
    folder = several or out.endswith(("/", "\\")) or Path(out).is_dir()
    return Path(out) / name if folder else Path(out)


def _given(baseline: Path | None) -> Baseline | None:
    if baseline is None:
        return None
    try:
        text = baseline.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AppError(
            f"The own normal in {baseline} cannot be read.",
            "Name a file that --save-baseline or the calibration wrote.",
        ) from error
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


def _write(path: Path, text: str) -> None:
    """Write whole or not at all."""
    part = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise AppError(
            f"{path} could not be written: {error.strerror}.",
            "Choose another folder, or free some space.",
        ) from error
