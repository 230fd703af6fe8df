"""Points of the face and of the body in a picture. The only file that imports mediapipe."""

from __future__ import annotations

import contextlib
import os
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np

from vision.opencv import cv2
from vision.region import Region, head_region
from vision.types import Frame, Landmarks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

BODY_SIDE_PX: Final = 640
"""Longest side of the picture for the body; its network looks at 256 pixels square."""
FACE_SIDE_PX: Final = 480
"""Longest side of the region for the face; its network looks at 192 pixels square."""
SECOND_FACE: Final = 0.55
"""A second face counts as a person from this share of the first one's width."""
HANDS_SIDE_PX: Final = 480
"""Longest side of the picture for the hands."""
HANDS_EVERY: Final = 2
"""Hands are looked for at every second look at the body, and only at a near face."""
HAND_SURE: Final = 0.3
"""Confidence from which a hand counts: lower than usual, because a face lies behind it."""
HANDS_HOLD_S: Final = 0.5
"""What was found of the hands is carried over for at most this long."""
NEAR_FACE: Final = 0.25
"""A face higher than this share of the picture crops the arms: the pose model loses the hands."""
_WRISTS: Final = (15, 16)
_WRIST_SEEN: Final = 0.6


class LandmarkFinder(Protocol):
    """Whatever finds points in pictures; tests bring their own."""

    def find(self, frame: Frame, *, face: bool, body: bool) -> Landmarks:
        """Look for the face, the body or both in one frame."""
        ...

    def count_people(self, frame: Frame) -> int | None:
        """How many people of about one size are in the picture; None where it cannot say."""
        ...

    def close(self) -> None:
        """Give the models back."""
        ...


class MediapipeFinder:
    """Face mesh with irises and pose, both bundled in mediapipe's wheel, in tracking mode.

    To be built, fed and closed by one thread.
    """

    def __init__(self) -> None:
        with _quiet():
            pose, face_mesh, face_detection, hands = import_models()
            # Smoothing inside counts frames of 1/30 s, and ours come 0.2 s apart: it would lag.
            self._pose: Any = pose.Pose(model_complexity=1, smooth_landmarks=False)
            self._mesh: Any = face_mesh.FaceMesh(max_num_faces=1, refine_landmarks=True)
            self._people: Any = face_detection.FaceDetection(
                model_selection=1, min_detection_confidence=0.6
            )
            self._hands: Any = hands.Hands(
                max_num_hands=2, model_complexity=1, min_detection_confidence=HAND_SURE
            )
            black = np.zeros((256, 256, 3), np.uint8)
            for graph in (self._pose, self._mesh, self._people, self._hands):
                graph.process(black)
        self._region: Region | None = None
        self._size = (0, 0)
        self._body: NDArray[np.float32] | None = None
        self._seen_face = False
        self._last_mesh: NDArray[np.float32] | None = None
        self._body_looks = 0
        self._hands_seen: tuple[float, NDArray[np.float32]] | None = None

    def find(self, frame: Frame, *, face: bool, body: bool) -> Landmarks:
        """Look for the face, the body or both in one frame."""
        height, width = frame.image.shape[:2]
        if (width, height) != self._size:
            self._size, self._region, self._body = (width, height), None, None
            self._last_mesh = self._hands_seen = None
        joints = world = mesh = None
        if body:
            joints, world = self._find_body(frame.image)
            self._body = joints
        if face:
            mesh = self._find_face(frame.image)
            # A hand may hide the face that it touches: the last one says where to look.
            self._last_mesh = self._last_mesh if mesh is None else mesh
        if body:
            self._body_looks += 1
            if self._body_looks % HANDS_EVERY and wants_hands(self._last_mesh, joints):
                self._hands_seen = (frame.t, self._find_hands(frame.image))
        hands = None
        if self._hands_seen and 0 <= frame.t - self._hands_seen[0] <= HANDS_HOLD_S:
            hands = self._hands_seen[1]
        return Landmarks(frame.t, width, height, face, body, mesh, joints, world, hands)

    def count_people(self, frame: Frame) -> int | None:
        """How many faces at least about as large as the followed one; None where none was found.

        Somebody near is a second person too, however small that makes the followed one.
        """
        found = self._people.process(_rgb(frame.image, BODY_SIDE_PX)).detections
        if not found:
            return None
        boxes = [one.location_data.relative_bounding_box for one in found]
        widths = [box.width for box in boxes]
        ours = max(widths)
        if self._last_mesh is not None:
            x, y = self._last_mesh[:, :2].mean(axis=0)
            for box in boxes:
                inside = 0 <= x - box.xmin <= box.width and 0 <= y - box.ymin <= box.height
                ours = box.width if inside else ours
        return sum(bool(width >= SECOND_FACE * ours) for width in widths)

    def close(self) -> None:
        """Give the models back; a second call does nothing."""
        for name in ("_pose", "_mesh", "_people", "_hands"):
            graph = getattr(self, name)
            if graph is not None:
                graph.close()
                setattr(self, name, None)

    def _find_body(
        self, image: NDArray[np.uint8]
    ) -> tuple[NDArray[np.float32] | None, NDArray[np.float32] | None]:
        found = self._pose.process(_rgb(image, BODY_SIDE_PX))
        if found.pose_landmarks is None:
            return None, None
        joints = [(p.x, p.y, p.z, p.visibility) for p in found.pose_landmarks.landmark]
        world = [(p.x, p.y, p.z) for p in found.pose_world_landmarks.landmark]
        return np.array(joints, np.float32), np.array(world, np.float32)

    def _find_face(self, image: NDArray[np.uint8]) -> NDArray[np.float32] | None:
        height, width = image.shape[:2]
        if self._region is None:
            self._region = head_region(self._body, width, height)
        region = self._region
        with contextlib.nullcontext() if self._seen_face else _quiet():
            found = self._mesh.process(_rgb(region.cut(image), FACE_SIDE_PX)).multi_face_landmarks
        if not found:
            wanted = head_region(self._body, width, height)
            if wanted != region:
                self._move_region(wanted)
            return None
        self._seen_face = True
        mesh = _points(found[0])
        mesh[:, 0] = (mesh[:, 0] * region.width + region.left) / width
        mesh[:, 1] = (mesh[:, 1] * region.height + region.top) / height
        mesh[:, 2] *= region.width / width
        middle = mesh[:, :2].mean(axis=0) * (width, height)
        if not region.keeps(*middle) and self._body is not None:
            wanted = head_region(self._body, width, height)
            if wanted.keeps(*middle):
                self._move_region(wanted)
        return mesh

    def _find_hands(self, image: NDArray[np.uint8]) -> NDArray[np.float32]:
        with contextlib.nullcontext() if self._hands_seen else _quiet():
            found = self._hands.process(_rgb(image, HANDS_SIDE_PX)).multi_hand_landmarks or ()
        hands = [[(p.x, p.y) for p in hand.landmark] for hand in found]
        return np.array(hands, np.float32).reshape(-1, 21, 2)

    def _move_region(self, region: Region) -> None:
        """Search elsewhere from now on.

        The mesh's tracker counts in the old region's pixels. A black picture makes it forget them
        in 5 ms; a reset of the graph takes 100 ms.
        """
        self._region = region
        self._mesh.process(np.zeros((64, 64, 3), np.uint8))


def wants_hands(mesh: NDArray[np.float32] | None, joints: NDArray[np.float32] | None) -> bool:
    """Whether a hand could be at this (478, 3) face without the (33, 4) joints showing it.

    A near face, and a wrist that is hidden, or that is seen as high as the chin.
    """
    if mesh is None or float(np.ptp(mesh[:, 1])) < NEAR_FACE:
        return False
    if joints is None:
        return True
    chin = float(mesh[:, 1].max())
    low = joints[list(_WRISTS), 1] > chin + float(np.ptp(mesh[:, 1]))
    seen = (joints[list(_WRISTS), 3] >= _WRIST_SEEN) & (joints[list(_WRISTS), 1] < 1.0)
    return not bool(np.all(low & seen))


def _points(landmarks: Any) -> NDArray[np.float32]:  # noqa: ANN401 - a message of mediapipe
    """Give (n, 3) x, y, z of a landmark list.

    Reading 478 messages one by one takes a millisecond of each look. In the wire format each of
    them is 17 bytes: two of header, then one of tag and four of little-endian float for each of
    x, y and z. Where it is not, because a message has more fields, they are read one by one.
    """
    data = np.frombuffer(landmarks.SerializeToString(), np.uint8)
    count = len(landmarks.landmark)
    if len(data) != 17 * count:
        return np.array([(p.x, p.y, p.z) for p in landmarks.landmark], np.float32)
    rows = data.reshape(count, 17)
    floats = np.concatenate([rows[:, 3:7], rows[:, 8:12], rows[:, 13:17]], axis=1)
    return np.ascontiguousarray(floats).view("<f4").astype(np.float32)


def _rgb(image: NDArray[np.uint8], longest: int) -> NDArray[np.uint8]:
    height, width = image.shape[:2]
    scale = longest / max(height, width)
    if scale < 1:
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        image = cv2.resize(image, size, interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    return cv2.cvtColor(image, cv2.COLOR_BGR2RGB)  # type: ignore[return-value]


def import_models() -> tuple[Any, Any, Any, Any]:
    """Import mediapipe's pose, face mesh, face detection and hands; late, as it takes a second."""
    os.environ.setdefault("GLOG_minloglevel", "2")
    with _without_drawing():
        from mediapipe.python.solutions import (  # noqa: PLC0415
            face_detection,
            face_mesh,
            hands,
            pose,
        )

    return pose, face_mesh, face_detection, hands


@contextlib.contextmanager
def _without_drawing() -> Iterator[None]:
    """Spare mediapipe's import of pyplot, two thirds of its time: only its own drawing needs it."""
    name = "matplotlib.pyplot"
    if name in sys.modules:
        yield
        return
    sys.modules[name] = ModuleType(name)
    try:
        yield
    finally:
        del sys.modules[name]


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep the models' C++ chatter off the terminal: it has no switch of its own."""
    sys.stderr.flush()
    try:
        kept = os.dup(2)
    except OSError:  # a windowed program may have no standard error
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
