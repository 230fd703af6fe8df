"""What a person has chosen, kept as a TOML file that can be read and edited by hand.

Each person has a file of their own; what belongs to the machine (who was last) stands apart. Before
anybody has said who they are, `settings.toml` holds what was chosen.
"""

from __future__ import annotations

import os
import time
import tomllib
from contextlib import suppress
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from app.errors import AppError
from app.folders import config_dir
from app.settings_mistakes import take_out_mistakes, unread
from app.settings_toml import dump_toml, toml_value
from app.windows import take_place

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from app.settings_mistakes import Known

FILE_NAME: Final = "settings.toml"
MACHINE_NAME: Final = "machine.toml"
PEOPLE_DIR: Final = "people"
Keep = Literal["picture_and_sound", "voice_and_stick_figure", "report_only", "nothing"]
Theme = Literal["system", "light", "dark"]
Engine = Literal["auto", "pocketsphinx", "vosk", "whisper", "none"]
Role = Literal["staff", "customer"]
Customer = Literal["voice", "partner", "text"]
HintWay = Literal["screen", "tone", "both"]
HintPause = Literal["usual", "longer", "longest"]
TextSize = Literal[100, 115, 130]
Movement = Literal["system", "full", "reduced"]
Limit = Annotated[float, Field(ge=0.7, le=1.5)]
"""How far from ordinary a cue begins, as a multiple of what ships."""
SAFE: Final[Mapping[str, object]] = MappingProxyType({"keep_policy": "report_only"})
"""Instead of the usual where a setting is there and cannot be understood: what reveals least."""
LEFT_S: Final = 3600.0
"""A half-written file of this age is what a kill left, seconds: saving takes no time."""
AnySettings = TypeVar("AnySettings", bound=BaseModel)


class Settings(BaseModel):
    """One person's choices, which last from one session to the next."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    person_id: str = ""
    """Id of the person whose choices these are; empty until somebody said who they are."""
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
    """Whether live hints are given at all."""
    hint_way: HintWay = "screen"
    """How a live hint is given: on the screen, by a soft tone, or both."""
    hint_pause: HintPause = "usual"
    """How long it is quiet between two hints: as usual, twice or four times as long."""
    limits: dict[str, Limit] = {}
    """Cue id to how far from ordinary it begins, as a multiple of what ships, 0.7 to 1.5."""
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
    music_folder: str | None = None
    """Folder of the person's own music for a pause; none for a pause without."""
    breathing_minutes: Annotated[int, Field(ge=1, le=5)] = 2
    """How long a pause with the breathing circle is, whole minutes."""
    theme: Theme = "system"
    """Colours of the window."""
    text_size: TextSize = 100
    """Size of the texts, in hundredths of the usual."""
    movement: Movement = "system"
    """Whether things may move: as the system says, yes, or as little as possible."""
    desk_markers: str = ""
    """Id of the marker set in use at the desk; empty for the first that there is."""
    desk_hides_machine: bool = True
    """Whether a trainer sees nothing of the machine until their own review is done."""
    first_steps: tuple[str, ...] = ()
    """Steps of the first run that were done or skipped."""
    first_run_over: bool = False
    """Whether the first run was gone through, or left for good."""


class MachineSettings(BaseModel):
    """What belongs to the machine and to nobody in particular."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    last_person: str = ""
    """Id of the person who practised last; empty before the first."""
    ask_who: bool = True
    """Whether the program asks at its start who practises, where there are several people."""


def settings_file(person_id: str = "") -> Path:
    """Where a person's settings are kept; without a person, those that are nobody's yet."""
    if not person_id:
        return config_dir() / FILE_NAME
    folder = config_dir() / PEOPLE_DIR
    with suppress(OSError):  # where it cannot be made, nothing is read, and saving says why
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"{person_id}.toml"


def machine_file() -> Path:
    """Where the machine's settings are kept."""
    return config_dir() / MACHINE_NAME


def load_settings(
    path: Path | None = None, *, known: Callable[[], Known] | None = None, mend: bool = True
) -> tuple[Settings, str | None]:
    """Read the settings, and a sentence for the person where the file had mistakes.

    A mistake costs its own value only: the rest is taken, and the file is kept aside as it was.

    Parameters
    ----------
    path
        The file; without one, that of the person who practised last.
    known
        Gives the ids that settings may name, by the setting; any other one is a mistake.
    mend
        Whether the file is kept aside and written anew; otherwise it is only read, for whoever
        cannot tell the person.
    """
    broken: str | None = None
    try:
        if path is None:
            machine, broken = load_machine(mend=mend)
            path = settings_file(machine.last_person)
    except AppError as error:
        return Settings.model_validate(SAFE), str(error)
    settings, mistake = _load(Settings, path, known, mend=mend)
    return settings, " ".join(one for one in (broken, mistake) if one) or None


def load_machine(*, mend: bool = True) -> tuple[MachineSettings, str | None]:
    """Read what belongs to the machine, in the same way."""
    try:
        path = machine_file()
    except AppError as error:
        return MachineSettings(), str(error)
    return _load(MachineSettings, path, mend=mend)


def save_settings(settings: Settings, path: Path | None = None) -> None:
    """Write a person's settings whole or not at all."""
    _save(settings, path or settings_file(settings.person_id))


def save_machine(settings: MachineSettings) -> None:
    """Write what belongs to the machine."""
    _save(settings, machine_file())


def forget_settings(person_id: str) -> int:
    """Delete a person's settings, with what was kept aside of them; gives how many files."""
    path = settings_file(person_id)
    more = (f"{path.stem}.broken-*{path.suffix}", f"{path.name}.*.part")
    theirs = [path, *(one for name in more for one in path.parent.glob(name))]
    gone = [one for one in theirs if one.exists()]
    try:
        for one in gone:
            one.unlink(missing_ok=True)
    except OSError as error:
        raise AppError(
            f"The settings in {path.parent} could not be deleted: {error.strerror}.",
            "Close whatever has them open, and delete the file by hand.",
        ) from error
    return len(gone)


def _load(
    kind: type[AnySettings], path: Path, known: Callable[[], Known] | None = None, *, mend: bool
) -> tuple[AnySettings, str | None]:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return kind(), None
    except OSError as error:
        return _safe(kind)[0], f"The settings in {path} could not be read: {error.strerror}."
    settings, why = _read(kind, content, known)
    if not why:
        return settings, None
    if not mend:
        return settings, f"The settings file {path} has mistakes: {why}."
    return settings, _mend(path, why, settings)


def _save(settings: BaseModel, path: Path) -> None:
    for left in path.parent.glob(f"{path.name}.*.part"):
        with suppress(OSError):
            if time.time() - left.lstat().st_mtime > LEFT_S:
                left.unlink()
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            file.write(dump_toml(settings.model_dump()))
            file.flush()
            os.fsync(file.fileno())
        take_place(part, path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise AppError(
            f"The settings could not be saved in {path}: {error.strerror}.",
            "Free some space or allow writing there. Until then they last until Rapport closes.",
        ) from error


def _read(
    kind: type[AnySettings], content: bytes, known: Callable[[], Known] | None
) -> tuple[AnySettings, str]:
    """Take the settings without their mistakes, and the mistakes in words; no words without any."""
    try:
        text = content.decode("utf-8-sig")  # Windows' editor writes a mark before the first letter
        values = tomllib.loads(text)
    except UnicodeDecodeError:
        why = "it is not text in UTF-8"
    except (ValueError, RecursionError) as error:
        why = unread(error)
    else:
        ids = known() if known is not None else {}
        mistakes = take_out_mistakes(kind, values, text, safe=SAFE, known=ids)
        return kind.model_validate(values), "; ".join(mistakes)
    settings, instead = _safe(kind)
    return settings, "; ".join((why, *instead))


def _safe(kind: type[AnySettings]) -> tuple[AnySettings, list[str]]:
    """Give the usual settings, the safe ones where it matters, and what those are, in words.

    Nobody knows what was chosen.
    """
    safe = {key: value for key, value in SAFE.items() if key in kind.model_fields}
    said = [
        f"until you choose, what is kept of a session is {toml_value(value)}"
        for value in safe.values()
    ]
    return kind.model_validate(safe), said


def _mend(path: Path, why: str, settings: BaseModel) -> str:
    """Keep the file aside and write what was sound in its place; gives what to tell of it."""
    told = _kept_aside(path, why)
    try:
        _save(settings, path)
    except AppError as error:
        told = f"{told} {error}"
    return told


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
