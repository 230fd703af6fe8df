"""mediapipe's graphs: how they are set up, and how a picture goes through one.

What is imported of mediapipe comes from vision.landmarks, the only file that imports it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from vision.tflite import without_output

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

MODULES: Final = "mediapipe/modules"
POSE_MASK: Final = 2
"""Number of the pose model's output that draws the person: nobody looks at it."""
POSE_HEATMAP: Final = 3
"""Number of the output that is given out in the mask's place; nobody reads it there."""
MESH_IRISES: Final = (4, 5)
"""Numbers of the mesh model's outputs for the irises: nobody looks at them."""
MESH_EYES: Final = (2, 3)
"""Numbers of the eyes' outputs, given out in their place: points of the eyes' outlines."""
PEOPLE_SURE: Final = 0.6
"""Confidence from which a face counts as a person."""
HAND_SURE: Final = 0.3
"""Confidence from which a hand counts: lower than usual, because a face lies behind it."""
_STEP_US: Final = 33_333


@dataclass(frozen=True, slots=True)
class Mediapipe:
    """What is used of mediapipe."""

    folder: Path
    """Where the package lies."""
    solution: Any
    """The class SolutionBase, which starts a graph."""
    graph_config: Any
    """The class ValidatedGraphConfig, which reads and expands a graph's description."""
    description: Any
    """The message CalculatorGraphConfig, a graph's description."""
    face_options: Any
    """The message FaceDetectionOptions."""
    picture_packet: Any
    """The function create_image_frame."""
    rgb: Any
    """The image format SRGB."""
    serialized: Any
    """The function that gives a packet's list of messages, each in the wire format."""


class Graph:
    """One graph: an RGB picture in, what it found by name out. Used by one thread."""

    def __init__(self, mediapipe: Mediapipe, **set_up: Any) -> None:  # noqa: ANN401 - mediapipe's
        self._mediapipe = mediapipe
        self._solution = mediapipe.solution(**set_up)
        self._now_us = 0

    def process(self, image: NDArray[np.uint8]) -> dict[str, Any]:
        """Search a picture, which nobody may write to afterwards: it is not copied.

        mediapipe's own `process` copies it, and makes a new class for each answer, which takes
        longer than to read the answer.
        """
        inner: Any = self._solution
        types = inner._output_stream_type_info  # noqa: SLF001
        return {
            name: inner._get_packet_content(types[name], one)  # noqa: SLF001
            for name, one in self._run(image).items()
        }

    def serialized(self, image: NDArray[np.uint8]) -> dict[str, list[bytes]]:
        """Search a picture for lists only, and give their messages in the wire format.

        To make 478 messages and take them to pieces again takes as long as to look at the face's
        light.
        """
        found = self._run(image)
        return {
            name: self._mediapipe.serialized(one)
            for name, one in found.items()
            if not one.is_empty()
        }

    def _run(self, image: NDArray[np.uint8]) -> dict[str, Any]:
        inner: Any = self._solution
        image.flags.writeable = False
        self._now_us += _STEP_US
        packet = self._mediapipe.picture_packet(
            data=image, image_format=self._mediapipe.rgb, copy=False
        )
        found: dict[str, Any] = inner._graph_outputs  # noqa: SLF001
        found.clear()
        inner._graph.add_packet_to_input_stream(  # noqa: SLF001
            stream="image", packet=packet.at(self._now_us)
        )
        inner._graph.wait_until_idle()  # noqa: SLF001
        return found

    def close(self) -> None:
        """Give the model back."""
        self._solution.close()


def pose_graph(mediapipe: Mediapipe) -> Graph:
    """Find the joints of one body, followed from picture to picture, without its mask."""
    config = _expanded(mediapipe, "pose_landmark/pose_landmark_cpu")
    _give_model(config)
    path = mediapipe.folder / "modules" / "pose_landmark" / "pose_landmark_full.tflite"
    return Graph(
        mediapipe,
        graph_config=config,
        side_inputs={
            "model_complexity": 1,
            # Smoothing inside counts frames of 1/30 s, and ours come 0.2 s apart: it would lag.
            "smooth_landmarks": False,
            "enable_segmentation": False,
            "smooth_segmentation": False,
            "use_prev_landmarks": True,
            "model": without_output(path.read_bytes(), POSE_MASK, POSE_HEATMAP),
        },
        outputs=["pose_landmarks"],
    )


def mesh_graph(mediapipe: Mediapipe) -> Graph:
    """Find the mesh of one face, followed from picture to picture, without its irises."""
    config = _expanded(mediapipe, "face_landmark/face_landmark_front_cpu")
    _give_model(config)
    path = mediapipe.folder / "modules" / "face_landmark" / "face_landmark_with_attention.tflite"
    model = path.read_bytes()
    for iris, eye in zip(MESH_IRISES, MESH_EYES, strict=True):
        model = without_output(model, iris, eye)
    detector = "facedetectionshortrangecpu__facedetectionshortrange__facedetection"
    return Graph(
        mediapipe,
        graph_config=config,
        side_inputs={
            "num_faces": 1,
            "with_attention": True,
            "use_prev_landmarks": True,
            "model": model,
        },
        calculator_params={f"{detector}__TensorsToDetectionsCalculator.min_score_thresh": 0.5},
        outputs=["multi_face_landmarks"],
    )


def people_graph(mediapipe: Mediapipe) -> Graph:
    """Find the faces of all people, near and far, each picture by itself."""
    return Graph(
        mediapipe,
        binary_graph_path=f"{MODULES}/face_detection/face_detection_full_range_cpu.binarypb",
        graph_options=mediapipe.face_options(min_score_thresh=PEOPLE_SURE),
        outputs=["detections"],
    )


def hands_graph(mediapipe: Mediapipe) -> Graph:
    """Find the points of two hands, followed from picture to picture."""
    return Graph(
        mediapipe,
        graph_config=_expanded(mediapipe, "hand_landmark/hand_landmark_tracking_cpu"),
        side_inputs={"model_complexity": 1, "num_hands": 2, "use_prev_landmarks": True},
        calculator_params={
            "palmdetectioncpu__TensorsToDetectionsCalculator.min_score_thresh": HAND_SURE
        },
        outputs=["multi_hand_landmarks"],
    )


def _expanded(mediapipe: Mediapipe, name: str) -> Any:  # noqa: ANN401 - a message of mediapipe
    """Read a graph's description, with its parts put in, to run in the thread that calls it.

    Handing each picture to threads of mediapipe's own and back costs a twentieth more.
    """
    graph = mediapipe.graph_config()
    graph.initialize(binary_graph_path=str(mediapipe.folder / "modules" / f"{name}.binarypb"))
    config = mediapipe.description()
    config.ParseFromString(graph.binary_config)
    del config.executor[:]
    config.executor.add(name="", type="ApplicationThreadExecutor")
    return config


def _give_model(config: Any) -> None:  # noqa: ANN401 - a message of mediapipe
    """Let a graph take its model from the side packet "model" and not from its own file."""
    loader = next(one for one in config.node if one.calculator == "ResourceProviderCalculator")
    (resource,) = (one.split(":")[-1] for one in loader.output_side_packet)
    config.node.remove(loader)
    for node in config.node:
        for place, name in enumerate(node.input_side_packet):
            if name.endswith(f":{resource}"):
                node.input_side_packet[place] = "MODEL_BLOB:model"
    config.input_side_packet.append("model")
