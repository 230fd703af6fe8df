"""What the doctor says on systems that nobody here has, by stand-ins for what fails there."""

from __future__ import annotations

import importlib.util
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from app.session import doctor
from vision import landmarks
from vision.errors import ModelsUnavailable
from vision.permission import DENIED

if TYPE_CHECKING:
    from pathlib import Path


def fail_with(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let mediapipe's graphs fail to be built."""

    def build(_: object) -> None:
        raise error

    monkeypatch.setattr(landmarks, "pose_graph", build)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Make mediapipe's folder in the home of somebody whose name is not plain English."""
    folder = tmp_path / "Jörg" / "mediapipe"
    for name in doctor.MODELS:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


@pytest.mark.parametrize(
    ("system", "error", "remedy"),
    [
        ("linux", ImportError("libGL.so.1: cannot open"), "lock file"),
        ("darwin", ImportError("Library not loaded"), "lock file"),
        ("win32", ImportError("DLL load failed while importing x."), "Visual C++"),
        ("win32", FileNotFoundError("The path does not exist."), "Visual C++"),
        ("win32", RuntimeError("\nCould not open\nsource trace"), "Visual C++"),
    ],
)
def test_models_that_cannot_be_loaded_are_told_with_what_helps_here(
    system: str, error: Exception, remedy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_with(error, monkeypatch)
    monkeypatch.setattr(sys, "platform", system)
    check = doctor._models()
    assert not check.ok
    first = str(error).strip().splitlines()[0].rstrip(".")
    assert check.what == f"The models that see cannot be loaded: {first}."
    assert remedy in check.remedy
    assert ("Visual C++" in check.remedy) is (system == "win32")


def test_a_path_in_other_letters_is_what_windows_trips_over(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = SimpleNamespace(origin=str(package / "__init__.py"))
    fail_with(FileNotFoundError("The path does not exist."), monkeypatch)
    landmarks.import_models()  # while it is still to be found
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: found)
    monkeypatch.setattr(sys, "platform", "win32")
    assert "plain letters" in doctor._models().remedy


def test_whoever_wants_to_see_is_sent_to_the_doctor(monkeypatch: pytest.MonkeyPatch) -> None:
    fail_with(ImportError("DLL load failed."), monkeypatch)
    with pytest.raises(ModelsUnavailable, match="DLL load failed") as told:
        landmarks.MediapipeFinder()
    assert "rapport doctor" in told.value.remedy


def test_models_that_can_be_loaded_are_well() -> None:
    assert doctor._models().ok
    assert doctor._speech().ok


def test_a_speech_model_whose_library_is_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "audio.silero", None)
    check = doctor._speech()
    assert not check.ok
    assert "cannot be loaded" in check.what
    assert check.remedy


@pytest.mark.parametrize(("answer", "denied"), [(0, False), (1, True), (2, True), (3, False)])
def test_a_mac_that_denies_the_camera_says_so(
    answer: int, denied: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = SimpleNamespace(authorizationStatusForMediaType_=lambda kind: answer)
    mac = SimpleNamespace(AVCaptureDevice=device, AVMediaTypeVideo="vide")
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setitem(sys.modules, "AVFoundation", mac)
    monkeypatch.setattr(doctor, "list_cameras", list)
    check = doctor._cameras()
    assert not check.ok
    assert (check.what == DENIED) is denied
    assert not check.needed, "a network camera does as well"
