"""Files of the footage that cannot be used: found before anything is measured, then left out."""

from __future__ import annotations

import csv
import json
import os
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import av
import numpy as np
from PIL import Image

from audio.errors import AudioError
from audio.sources import AudioFile
from vision.errors import VisionError
from vision.sources import VideoFile

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PICTURES: Final = ("arms", "brow", "brow_stock", "smile", "headpose")
SPEECH: Final = (
    "aligned", "transcribed", "speechocean", "emodb", "ravdess", "fda", "fillers",
)  # fmt: skip
FILMS: Final = (".mp4", ".mov")
TALK: Final = "obama_cspan_61s.mp4"
"""The one clip of `talking` that is measured."""
WHOLE: Final = 0.9
"""A recording that is shorter than this part of its length has lost its end, and its truth."""
LOOKS_HZ: Final = 2.0
"""Pictures of a film that are read to see whether it goes on to its end."""
ABSENT: Final = "is named and not there"
UNREADABLE: Final = (AudioError, VisionError, av.error.FFmpegError, OSError, ValueError)


def left_out(footage: Path) -> dict[str, str]:
    """File below the footage -> why it cannot be used, over all sets that are there."""
    folders = [footage / name for name in (*PICTURES, "video", "talking")]
    folders += [footage / "speech" / name for name in SPEECH]
    found: dict[str, str] = {}
    for folder in folders:
        try:
            faults = broken(folder)
        except (LookupError, TypeError, csv.Error, *UNREADABLE) as error:
            # Its part will fail and be null.
            faults = MappingProxyType({"manifest.csv": f"cannot be used: {error!r}"})
        for name, why in faults.items():
            found[(folder.relative_to(footage) / name).as_posix()] = why
    return found


@cache
def broken(folder: Path) -> Mapping[str, str]:
    """File of a set -> why it cannot be used; empty where the set is absent."""
    found: dict[str, str | None] = {}
    if folder.name in {"video", "talking"}:
        for name in _films(folder):
            found[name] = _film_fault(folder / name)
    elif folder.name in PICTURES:
        for row in rows(folder / "manifest.csv"):
            found[row["file"]] = _picture_fault(folder / row["file"])
    else:
        for row in rows(folder / "manifest.csv"):
            found[row["file"]] = _speech_fault(folder, row)
    return MappingProxyType({name: why for name, why in sorted(found.items()) if why})


def rows(path: Path) -> list[dict[str, str]]:
    """Lines of a table; none where it is absent."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fully_labelled(folder: Path) -> list[str]:
    """Clips on which every event is labelled; none where nothing says so."""
    path = folder / "fully_labelled.txt"
    return path.read_text(encoding="utf-8").split() if path.is_file() else []


def _films(folder: Path) -> list[str]:
    if folder.name == "talking":
        return [TALK] if (folder / TALK).exists() else []
    there = [path.name for path in folder.glob("*") if path.suffix in FILMS]
    named = [row["file"] for row in rows(folder / "events.csv")]
    return sorted({*there, *named, *fully_labelled(folder)})


def _picture_fault(path: Path) -> str | None:
    if not path.exists():
        return ABSENT
    try:
        with Image.open(path) as image:
            image.load()  # cv2 would fill what a cut file lacks with grey
    except (*UNREADABLE, SyntaxError) as error:
        return f"is no picture: {_told(error, path)}"
    return None


def _film_fault(path: Path) -> str | None:
    if not path.exists():
        return ABSENT
    try:
        film = VideoFile(path, one_thread=True, looks_hz=LOOKS_HZ)
        last_s = max((frame.t for frame in film), default=0.0)
    except UNREADABLE as error:
        return f"is no film: {_told(error, path)}"
    cut = film.duration_s is not None and last_s < WHOLE * film.duration_s - 0.5
    return "has lost its end" if cut else None


def _told(error: Exception, path: Path) -> str:
    """What went wrong, without the remedy and without the folders of this machine."""
    return str(getattr(error, "what", error)).replace(f"{path.parent}{os.sep}", "")


def _speech_fault(folder: Path, row: dict[str, str]) -> str | None:
    path = folder / row["file"]
    if not path.exists():
        return ABSENT
    try:
        source = AudioFile(path)
        samples = sum(len(block.samples) for block in source)
        truth = folder / row["truth_json"] if row["truth_json"] else None
        if truth is not None and truth.is_file():
            json.loads(truth.read_text("utf-8"))
        pitch = path.with_suffix(".f0ref")
        if folder.name == "fda":
            np.loadtxt(pitch)
        length_s = float(row["duration_s"]) if row["duration_s"] else 0.0
    except UNREADABLE as error:
        return f"is no recording, or has no truth: {_told(error, path)}"
    return "has lost its end" if samples / source.rate_hz < WHOLE * length_s else None
