"""What `rapport analyse` was asked for: which file is measured, and where its results go."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import typer

from app.cli.telling import readable

STDOUT: Final = Path("-")
NAME_BYTES: Final = 200
"""Of a file's name, so much goes into the names of its results: those get endings of their own,
and a disk takes 255."""


@dataclass(frozen=True, slots=True)
class Job:
    """One file and where its results go; None for not at all."""

    file: Path
    """The video or sound file, from the root: ffmpeg takes “12:30.mp4” for an address."""
    json: Path | None = None
    """File for the data, or - for standard output."""
    html: Path | None = None
    """File for the page."""
    baseline: Path | None = None
    """File for the own normal that was used."""

    @property
    def name(self) -> str:
        """The file's name as it is told and written down."""
        return readable(self.file.name)

    @property
    def targets(self) -> list[tuple[str, Path]]:
        """Option and path of each file that is to be written."""
        named = (
            ("--json", self.json),
            ("--html", self.html),
            ("--save-baseline", self.baseline),
        )
        return [(name, path) for name, path in named if path is not None and path != STDOUT]


def planned(
    files: list[Path], json_out: str | None, html_out: str | None, baseline: Path | None
) -> list[Job]:
    """Say which result goes where; a usage error where that makes no sense."""
    files = list({_real(file): file for file in files}.values())  # a file named twice is one file
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
    jobs = []
    for file, stem in zip(files, _stems(files), strict=True):
        json_file = _target(json_out, f"{stem}.json", several=several)
        html_file = _target(html_out, f"{stem}.html", several=several)
        jobs.append(Job(file.absolute(), json_file, html_file, baseline))
    _refuse_overwriting(files, jobs)
    return jobs


def _stems(files: list[Path]) -> list[str]:
    """Names of the results: the file's, with its ending or a number if it must.

    No two are alike, also where a disk takes large and small letters for the same.
    """
    stems = Counter(_shortened(file.stem).casefold() for file in files)
    found: dict[str, str] = {}
    for file in files:
        short = _shortened(file.stem)
        stem = wanted = short if stems[short.casefold()] == 1 else _shortened(file.name)
        number = 2
        while stem.casefold() in found:
            stem, number = f"{wanted}-{number}", number + 1
        found[stem.casefold()] = stem
    return list(found.values())


def _shortened(name: str) -> str:
    return readable(name).encode()[:NAME_BYTES].decode(errors="ignore")


def _refuse_overwriting(files: list[Path], jobs: list[Job]) -> None:
    """Let no result overwrite a recording that is measured, or another result."""
    taken = {_real(file): "a file that is to be measured" for file in files}
    for job in jobs:
        for name, path in job.targets:
            if _real(path) in taken:
                raise typer.BadParameter(f"{path} is {taken[_real(path)]}.", param_hint=name)
            taken[_real(path)] = f"where {name} is written already"


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a loop of links
        return path.absolute()


def _target(out: str | None, name: str, *, several: bool) -> Path | None:
    if out is None or out == "-":
        return None if out is None else STDOUT
    folder = several or out.endswith(("/", "\\")) or Path(out).is_dir()
    return Path(out) / name if folder else Path(out)
