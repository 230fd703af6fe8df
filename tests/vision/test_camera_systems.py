"""Windows and macOS for the eyes, by stand-ins for what those systems answer."""

from __future__ import annotations

import os
import sys
import time
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from vision import camera as camera_module
from vision import permission
from vision.camera import Camera, open_capture
from vision.cameras import explain_camera, list_cameras
from vision.errors import CameraUnavailable
from vision.opencv import cv2
from vision.permission import DENIED, REMEDY, may_see
from vision.quiet import quiet

if TYPE_CHECKING:
    from collections.abc import Callable

ENUMERATE = "cv2_enumerate_cameras.enumerate_cameras"
"""By its name: it imports cv2, which vision.opencv has to do first."""
BACKENDS = {"win32": cv2.CAP_DSHOW, "darwin": cv2.CAP_AVFOUNDATION, "linux": cv2.CAP_V4L2}


def listed_as(*names: str) -> Callable[[int], list[SimpleNamespace]]:
    """Stand in for the enumeration: numbers as the real one gives them, counted from nought."""
    return lambda _api: [SimpleNamespace(index=at, name=name) for at, name in enumerate(names)]


@pytest.mark.parametrize("system", BACKENDS)
def test_a_camera_is_opened_where_it_was_numbered(
    system: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    opened: list[tuple[int, int]] = []

    def capture(device: int, api: int) -> SimpleNamespace:
        opened.append((device, api))
        return SimpleNamespace(isOpened=lambda: False)

    def enumerate_cameras(api: int) -> list[SimpleNamespace]:
        asked.append(api)
        return [SimpleNamespace(index=0, name="Desk"), SimpleNamespace(index=1, name="Door")]

    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(ENUMERATE, enumerate_cameras)
    monkeypatch.setattr(camera_module, "cv2", SimpleNamespace(VideoCapture=capture))
    door = next(one for one in list_cameras() if one.name == "Door")
    open_capture(int(door.id), size=(640, 480), rate_hz=30.0, timeouts_s=(1.0, 1.0))
    assert asked == [BACKENDS[system]]
    assert opened == [(1, BACKENDS[system])]


TWO = ["Brio", "Brio #2"]


@pytest.mark.parametrize(("system", "names"), [("win32", TWO), ("darwin", TWO), ("linux", TWO[:1])])
def test_two_of_a_make_are_two_cameras_but_on_linux_two_nodes(
    system: str, names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(ENUMERATE, listed_as("Brio", "Brio"))
    assert [one.name for one in list_cameras()] == names


@pytest.mark.parametrize(
    ("system", "said"), [("win32", "desktop apps"), ("darwin", "Plug it in"), ("linux", "Plug one")]
)
def test_the_remedy_is_one_of_this_system(
    system: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert said in explain_camera("97")[1]


class Mac(ModuleType):
    """AVFoundation on a Mac whose owner answers after so many looks."""

    AVMediaTypeVideo = "vide"

    def __init__(self, status: int, *, answers: int = 0, after: int = 0) -> None:
        super().__init__("AVFoundation")
        self.status, self.answers, self.left = status, answers, after
        self.asked = 0
        self.AVCaptureDevice = self

    def authorizationStatusForMediaType_(self, kind: str) -> int:  # noqa: N802
        assert kind == self.AVMediaTypeVideo
        if self.asked and self.left == 0:
            self.status = self.answers
        self.left = max(0, self.left - 1)
        return self.status

    def requestAccessForMediaType_completionHandler_(  # noqa: N802
        self, kind: str, handler: Callable[[bool], None]
    ) -> None:
        assert kind == self.AVMediaTypeVideo
        assert callable(handler)
        self.asked += 1


@pytest.fixture
def on_mac(monkeypatch: pytest.MonkeyPatch) -> Callable[[Mac], Mac]:
    def use(mac: Mac) -> Mac:
        monkeypatch.setattr(sys, "platform", "darwin")
        monkeypatch.setitem(sys.modules, "AVFoundation", mac)
        return mac

    return use


def go_on(_: float) -> bool:
    return False


def test_elsewhere_nobody_is_asked() -> None:
    assert may_see(go_on)


@pytest.mark.parametrize(("answer", "seen"), [(3, True), (2, False)])
def test_whoever_is_asked_is_waited_for(
    answer: int, seen: bool, on_mac: Callable[[Mac], Mac]
) -> None:
    mac = on_mac(Mac(0, answers=answer, after=5))
    assert may_see(go_on) is seen
    assert mac.asked == 1


@pytest.mark.parametrize(("status", "seen"), [(1, False), (2, False), (3, True)])
def test_what_was_answered_is_not_asked_again(
    status: int, seen: bool, on_mac: Callable[[Mac], Mac]
) -> None:
    mac = on_mac(Mac(status))
    assert may_see(go_on) is seen
    assert mac.asked == 0


def test_nobody_waits_for_ever(on_mac: Callable[[Mac], Mac]) -> None:
    on_mac(Mac(0, after=10 * permission.LOOKS))
    assert not may_see(go_on)
    assert not may_see(lambda _: True), "the camera is not wanted any more"


def test_a_camera_that_may_not_be_used_says_where_to_allow_it(
    on_mac: Callable[[Mac], Mac],
) -> None:
    on_mac(Mac(2))

    def never(*_: object, **__: object) -> None:
        pytest.fail("a camera that is denied is not opened")

    with pytest.raises(CameraUnavailable) as told:
        next(iter(Camera(0, time.monotonic, opener=never)))  # type: ignore[arg-type]
    assert (told.value.what, told.value.remedy) == (DENIED, REMEDY)


def test_a_camera_that_is_closed_while_its_owner_is_asked_just_ends(
    on_mac: Callable[[Mac], Mac],
) -> None:
    on_mac(Mac(0, after=10 * permission.LOOKS))
    camera = Camera(0, time.monotonic)
    camera.close()
    assert list(camera) == []


def test_without_a_console_there_is_nothing_to_be_kept_quiet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def closed(_: int) -> int:
        raise OSError(9, "Bad file descriptor")

    monkeypatch.setattr(sys, "stderr", None)
    monkeypatch.setattr(os, "dup", closed)
    done = []
    with quiet():
        done.append("the models are loaded")
    assert done
