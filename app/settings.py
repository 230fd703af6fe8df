"""What a person has chosen, kept as a TOML file that can be read and edited by hand."""

from __future__ import annotations

import json
import os
import re
import tomllib
from typing import TYPE_CHECKING, Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from app.errors import AppError
from app.folders import config_dir

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE_NAME: Final = "settings.toml"
Keep = Literal["picture_and_sound", "voice_and_stick_figure", "report_only", "nothing"]
Theme = Literal["system", "light", "dark"]
Engine = Literal["auto", "pocketsphinx", "vosk", "whisper", "none"]
Role = Literal["staff", "customer"]
Customer = Literal["voice", "partner", "text"]


class Settings(BaseModel):
    """Choices that last from one session to the next."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    person_name: str = ""
    """Name of the person who practises; empty until it was asked."""
    camera: str | None = None
    """Id of the camera: an index or the URL of a network camera; none for no picture."""
    network_cameras: tuple[str, ...] = ()
    """URLs of network cameras that were used before."""
    microphone: str | None = None
    """Id of the microphone; none for the system's own choice."""
    focus: str | None = None
    """Id of the one cue that may give live hints."""
    hints: bool = True
    """Whether live hints are shown at all."""
    switched_off: tuple[str, ...] = ()
    """Ids of cues that are not to be measured."""
    checklist: str | None = None
    """Id of the checklist beside the live picture; none for the first one."""
    keep_policy: Keep = "picture_and_sound"
    """What is kept of a session."""
    speech_engine: Engine = "auto"
    """What turns speech into words: the best engine that is there, one by name, or none."""
    speech_model: str | None = None
    """Folder of a model for it; none for the app's model folder and what ships."""
    scenario: str | None = None
    """Id of the conversation that was practised last; none for a free talk."""
    role: Role = "staff"
    """Which side of the counter the person takes."""
    customer: Customer = "voice"
    """How the customer speaks: a voice, a partner with the card, or lines as text."""
    checklist_hidden: bool = False
    """Whether the checklist is out of sight during a session."""
    theme: Theme = "system"
    """Colours of the window."""


def settings_file() -> Path:
    """Where the settings are kept."""
    return config_dir() / FILE_NAME


def load_settings(path: Path | None = None) -> tuple[Settings, str | None]:
    """Read the settings, and a sentence for the person where the file had mistakes.

    A mistake costs its own line only: the rest is taken, and the file is kept aside as it was.
    """
    path = path or settings_file()
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return Settings(), None
    except OSError as error:
        return Settings(), f"The settings in {path} could not be read: {error.strerror}."
    except UnicodeDecodeError:
        return Settings(), _kept_aside(path, "it is not text in UTF-8")
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Settings(), _kept_aside(path, f"it is not valid TOML, {error}")
    return _validated(values, text, path)


def save_settings(settings: Settings, path: Path | None = None) -> None:
    """Write the settings whole or not at all."""
    path = path or settings_file()
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            file.write(dump_toml(settings.model_dump()))
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise AppError(
            f"The settings could not be saved in {path}: {error.strerror}.",
            "Free some space or allow writing there. Until then they last until Rapport closes.",
        ) from error


def dump_toml(values: Mapping[str, object]) -> str:
    """Write a flat TOML document; what is None is left out, for TOML has no word for it."""
    return "".join(
        f"{key} = {_literal(value)}\n" for key, value in values.items() if value is not None
    )


def _literal(value: object) -> str:
    """One TOML value."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        # JSON's escapes are TOML's too, but JSON leaves the delete character as it is.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_literal(item) for item in value) + "]"
    raise TypeError(f"no TOML form for {type(value).__name__}")


def _validated(values: dict[str, object], text: str, path: Path) -> tuple[Settings, str | None]:
    """Take the settings without their mistakes, and the mistakes in words."""
    try:
        return Settings.model_validate(values), None
    except ValidationError as error:
        mistakes: dict[str, str] = {}
        for detail in error.errors():
            key = str(detail["loc"][0])
            if detail["type"] == "extra_forbidden":
                allowed = ", ".join(sorted(Settings.model_fields))
                mistakes[key] = f'"{key}" is not a setting (there are {allowed})'
            else:
                mistakes.setdefault(key, f'"{key}": {_lower_first(detail["msg"])}')
    sound = {key: value for key, value in values.items() if key not in mistakes}
    reasons = "; ".join(f"{_line_of(key, text)}{why}" for key, why in mistakes.items())
    settings = Settings.model_validate(sound)
    told = _kept_aside(path, reasons)
    try:
        save_settings(settings, path)
    except AppError as error:
        told = f"{told} {error}"
    return settings, told


def _lower_first(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _line_of(key: str, text: str) -> str:
    """Where a key stands, for the person who has to mend it."""
    pattern = re.compile(rf"""\s*\[*\s*["']?{re.escape(key)}["']?\s*[=\].]""")
    for number, line in enumerate(text.splitlines(), start=1):
        if pattern.match(line):
            return f"line {number}: "
    return ""


def _kept_aside(path: Path, why: str) -> str:
    """Move the file aside under a free name, so that saving cannot overwrite what was meant."""
    number = 1
    while (aside := path.with_name(f"{path.stem}.broken-{number}{path.suffix}")).exists():
        number += 1
    try:
        path.replace(aside)
    except OSError as error:
        return f"The settings file {path} has mistakes: {why}. It could not be kept aside: {error}."
    return f"The settings file had mistakes: {why}. It was kept aside as {aside}."
