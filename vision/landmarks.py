"""Points of the face and of the body in a picture. The only file that imports mediapipe."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from vision.cadence import HANDS_RATE_HZ, Afresh, Grid
from vision.errors import ModelsUnavailable
from vision.graphs import Graph, Mediapipe, hands_graph, mesh_graph, people_graph, pose_graph
from vision.quiet import quiet
from vision.region import Region, face_picture, head_region, rgb
from vision.types import Frame, Landmarks

if TYPE_CHECKING:
    from numpy.typing import NDArray

BODY_SIDE_PX: Final = 640
"""Longest side of the picture for the body; its network looks at 256 pixels square."""
SECOND_FACE: Final = 0.55
"""A second face counts as a person from this share of the first one's width."""
HANDS_SIDE_PX: Final = 480
"""Longest side of the picture for the hands."""
HANDS_HOLD_S: Final = 0.5
"""What was found of the hands is carried over for at most this long."""
NEAR_FACE: Final = 0.25
"""A face higher than this share of the picture crops the arms: the pose model loses the hands."""
MESH_POINTS: Final = 478
"""Points of a face mesh."""
POINT_BYTES: Final = 17
"""Bytes of one of them in the wire format."""
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
    """Face mesh and pose, both bundled in mediapipe's wheel, in tracking mode.

    To be built, fed and closed by one thread.

    Raises
    ------
    ModelsUnavailable
        Where mediapipe cannot be loaded, or does not find its files.
    """

    def __init__(self) -> None:
        try:
            with quiet():
                self._mediapipe = import_models()
                self._pose = pose_graph(self._mediapipe)
                self._mesh = mesh_graph(self._mediapipe)
                self._people = people_graph(self._mediapipe)
        except (ImportError, OSError, RuntimeError) as error:
            reason = (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
            raise ModelsUnavailable(
                f"The models that see cannot be loaded: {reason}.",
                "`rapport doctor` says what helps on this system.",
            ) from error
        with quiet():
            for graph in (self._pose, self._mesh, self._people):
                graph.process(_black())
        self._hands: Graph | None = None
        self._closed = False
        self._region: Region | None = None
        self._size = (0, 0)
        self._body: NDArray[np.float32] | None = None
        self._seen_face = False
        self._last_mesh: NDArray[np.float32] | None = None
        self._hands_grid = Grid(HANDS_RATE_HZ)
        self._afresh = Afresh()
        self._body_afresh = Afresh()
        self._hands_seen: tuple[float, NDArray[np.float32]] | None = None

    def find(self, frame: Frame, *, face: bool, body: bool) -> Landmarks:
        """Look for the face, the body or both in one frame."""
        height, width = frame.image.shape[:2]
        if self._afresh.begins(frame.t) or (width, height) != self._size:
            self._size = (width, height)
            self._forget()
        joints = mesh = None
        if body:
            joints = self._body = self._find_body(frame)
        if face:
            mesh = self._find_face(frame.image)
            # A hand may hide the face that it touches: the last one says where to look.
            self._last_mesh = self._last_mesh if mesh is None else mesh
        if body:
            due = self._hands_grid.due(frame.t)
            if due and wants_hands(self._last_mesh, joints):
                self._hands_seen = (frame.t, self._find_hands(frame.image))
        hands = None
        if self._hands_seen and 0 <= frame.t - self._hands_seen[0] <= HANDS_HOLD_S:
            hands = self._hands_seen[1]
        return Landmarks(frame.t, width, height, face, body, mesh, joints, hands)

    def count_people(self, frame: Frame) -> int | None:
        """How many faces at least about as large as the followed one; None where none was found.

        Somebody near is a second person too, however small that makes the followed one.
        """
        found = self._people.process(rgb(frame.image, BODY_SIDE_PX)).get("detections")
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
        if self._closed:
            return
        self._closed = True
        for graph in (self._pose, self._mesh, self._people, self._hands):
            if graph is not None:
                graph.close()

    def load_hands(self) -> None:
        """Load the model of the hands, which takes a third of a second and is seldom needed."""
        if self._hands is None:
            with quiet():
                self._hands = hands_graph(self._mediapipe)
                self._hands.process(_black())

    def _forget(self) -> None:
        """Begin afresh: what was followed so far says nothing about the next picture."""
        self._region = self._body = self._last_mesh = self._hands_seen = None
        self._mesh.process(_black())
        if self._hands is not None:
            self._hands.process(_black())

    def _find_body(self, frame: Frame) -> NDArray[np.float32] | None:
        if self._body_afresh.begins(frame.t):
            self._pose.process(_black())
        found = self._pose.process(rgb(frame.image, BODY_SIDE_PX))
        if found.get("pose_landmarks") is None:
            return None
        joints = [(p.x, p.y, p.z, p.visibility) for p in found["pose_landmarks"].landmark]
        return np.array(joints, np.float32)

    def _find_face(self, image: NDArray[np.uint8]) -> NDArray[np.float32] | None:
        height, width = image.shape[:2]
        if self._region is None:
            self._region = head_region(self._body, width, height)
        region = self._region
        with contextlib.nullcontext() if self._seen_face else quiet():
            found = self._mesh.serialized(face_picture(image, region)).get("multi_face_landmarks")
        if not found:
            wanted = head_region(self._body, width, height)
            if wanted != region:
                self._move_region(wanted)
            return None
        self._seen_face = True
        mesh = mesh_of(found[0])
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
        self.load_hands()
        assert self._hands is not None  # noqa: S101 - just loaded; this tells the type checker
        with contextlib.nullcontext() if self._hands_seen else quiet():
            found = self._hands.process(rgb(image, HANDS_SIDE_PX)).get("multi_hand_landmarks") or ()
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


def mesh_of(message: bytes) -> NDArray[np.float32]:
    """Give (478, 3) x, y, z of a landmark list in the wire format.

    Each point takes 17 bytes: two of header, then one of tag and four of little-endian float for
    each of x, y and z.

    Raises
    ------
    ModelsUnavailable
        Where it does not, as the messages of another version of mediapipe might.
    """
    if len(message) != POINT_BYTES * MESH_POINTS:
        raise ModelsUnavailable(
            "The points of the face come in a form that is not known.",
            "`rapport doctor` says what helps on this system.",
        )
    first, apart = 3, 5
    shape, steps = (MESH_POINTS, 3), (POINT_BYTES, apart)
    return np.ndarray(shape, "<f4", message, first, steps).astype(np.float32, order="C")


def _black() -> NDArray[np.uint8]:
    return np.zeros((256, 256, 3), np.uint8)


def import_models() -> Mediapipe:
    """Import what is used of mediapipe; late, because it is large."""
    os.environ.setdefault("GLOG_minloglevel", "2")
    folder = _without_its_own_imports("mediapipe")
    _without_its_own_imports("mediapipe.python.solutions")
    from mediapipe.framework.calculator_pb2 import CalculatorGraphConfig  # noqa: PLC0415
    from mediapipe.modules.face_detection.face_detection_pb2 import (  # noqa: PLC0415
        FaceDetectionOptions,
    )
    from mediapipe.python import ImageFormat, ValidatedGraphConfig  # noqa: PLC0415
    from mediapipe.python._framework_bindings import _packet_getter  # noqa: PLC0415
    from mediapipe.python.packet_creator import create_image_frame  # noqa: PLC0415
    from mediapipe.python.solution_base import SolutionBase  # noqa: PLC0415

    # Unused, but they know the messages of which the graphs' descriptions consist.
    from mediapipe.python.solutions import (  # noqa: F401, PLC0415
        face_detection,
        face_mesh,
        hands,
        pose,
    )

    return Mediapipe(
        folder,
        SolutionBase,
        ValidatedGraphConfig,
        CalculatorGraphConfig,
        FaceDetectionOptions,
        create_image_frame,
        ImageFormat.SRGB,
        _packet_getter._get_serialized_proto_list,  # noqa: SLF001
    )


def _without_its_own_imports(name: str) -> Path:
    """Put a package in place that imports nothing by itself, and give its folder.

    What mediapipe's packages import is drawing, tasks and pyplot: nine tenths of the time.
    """
    if name not in sys.modules:
        spec = importlib.util.find_spec(name)
        if spec is None:
            raise ModuleNotFoundError(name=name)
        sys.modules[name] = importlib.util.module_from_spec(spec)
    return Path(sys.modules[name].__path__[0])
