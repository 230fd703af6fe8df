"""A person's own normal as a JSON file, for `analyse --baseline FILE` and beside a session."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields
from math import isfinite
from typing import Any, Final

from app.coach.types import Baseline
from app.errors import AppError
from audio.types import VoiceBaseline
from vision.types import VisionBaseline

FORMAT: Final = "rapport-own-normal"
VERSION: Final = 1
"""Version of the file, not of the measures in it; those carry their own."""

_REMEDY: Final = "Calibrate again, or choose a file that Rapport saved."


def dump_baseline(baseline: Baseline) -> str:
    """Write an own normal as JSON text; `load_baseline` gives back an equal value."""
    data = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": baseline.made_at,
        "origin": baseline.origin,
        "vision": _plain(baseline.vision),
        "voice": _plain(baseline.voice),
        "notes": list(baseline.notes),
    }
    return json.dumps(data, indent=2, allow_nan=False) + "\n"


def load_baseline(
    text: str,
    name: str,
    *,
    vision_version: int | None = None,
    voice_version: int | None = None,
) -> Baseline:
    """Read an own normal.

    Parameters
    ----------
    text, name
        The file's text, and its name for messages.
    vision_version, voice_version
        Versions of the measures in use. A half made with another one is left out, and a note says
        so; None takes any version.

    Raises
    ------
    AppError
        One sentence on what is wrong with the file.
    """
    data = _object(text, name)
    vision = _vision(data.get("vision"), f"{name}: vision")
    voice = _voice(data.get("voice"), f"{name}: voice")
    notes = data.get("notes", [])
    if not isinstance(notes, list) or not all(isinstance(note, str) for note in notes):
        raise AppError(f"{name}: “notes” is not a list of sentences.", _REMEDY)
    if vision is not None and vision_version not in {None, vision.version}:
        vision = None
        notes.append(_outdated("face and posture"))
    if voice is not None and voice_version not in {None, voice.version}:
        voice = None
        notes.append(_outdated("voice"))
    made_at, origin = data.get("made_at"), data.get("origin")
    if not isinstance(made_at, str) or not isinstance(origin, str):
        raise AppError(f"{name} does not say when and how it was made.", _REMEDY)
    return Baseline(made_at, origin, vision, voice, tuple(notes))


def baseline_to_dict(baseline: Baseline) -> dict[str, Any]:
    """Write it as plain data, for the report."""
    data: dict[str, Any] = json.loads(dump_baseline(baseline))
    return {key: data[key] for key in ("made_at", "origin", "vision", "voice")}


def _object(text: str, name: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise AppError(
            f"{name} is not readable as JSON (line {error.lineno}: {error.msg}).", _REMEDY
        ) from error
    except (RecursionError, ValueError):  # lists in lists without end, numbers of 5,000 digits
        data = None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise AppError(f"{name} is not an own normal saved by Rapport.", _REMEDY)
    if data.get("version") != VERSION:
        raise AppError(
            f"{name} was saved by a newer Rapport.", "Update Rapport, or calibrate again."
        )
    return data


def _vision(data: object, where: str) -> VisionBaseline | None:
    values = _values(VisionBaseline, data, where)
    if values is None:
        return None
    for name in ("face", "body"):
        features = values[name]
        if features is not None:
            if not isinstance(features, dict):
                raise AppError(f"{where}.{name} is not a table of numbers.", _REMEDY)
            for feature, value in features.items():
                _number(value, f"{where}.{name}.{feature}")
    facing = values["facing"]
    if facing is not None:
        if not isinstance(facing, list) or len(facing) != 2:
            raise AppError(f"{where}.facing is not a pair of angles.", _REMEDY)
        values["facing"] = tuple(_number(angle, f"{where}.facing") for angle in facing)
    for name in ("version", "looks"):
        _number(values[name], f"{where}.{name}")
    return VisionBaseline(**values)


def _voice(data: object, where: str) -> VoiceBaseline | None:
    values = _values(VoiceBaseline, data, where)
    if values is None:
        return None
    for name, value in values.items():
        if value is not None or name in {"version", "speech_s"}:
            _number(value, f"{where}.{name}")
    return VoiceBaseline(**values)


def _values(
    kind: type[VisionBaseline | VoiceBaseline], data: object, where: str
) -> dict[str, Any] | None:
    """Take the fields of one half, all of them and no others; None for a half that is null."""
    if data is None:
        return None
    if not isinstance(data, dict):
        raise AppError(f"{where} is neither a table nor null.", _REMEDY)
    known = fields(kind)
    needed = {field.name for field in known if field.default is MISSING}
    wrong = sorted((set(data) - {field.name for field in known}) | (needed - set(data)))
    if wrong:
        raise AppError(f"{where}: unknown or missing: {', '.join(wrong)}.", _REMEDY)
    return dict(data)


def _number(value: object, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise AppError(f"{where} is not a number.", _REMEDY)
    return value


def _plain(half: VisionBaseline | VoiceBaseline | None) -> dict[str, object] | None:
    """Take the fields as JSON values; `asdict` cannot copy a read-only mapping."""
    if half is None:
        return None
    values = {field.name: getattr(half, field.name) for field in fields(half)}
    return {
        name: dict(value) if isinstance(value, Mapping) else value for name, value in values.items()
    }


def _outdated(what: str) -> str:
    return (
        f"The own normal of {what} was made by another version of Rapport and was not used: "
        "calibrate again."
    )
