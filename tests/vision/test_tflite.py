"""Without the mask the pose is the same; without anything else too."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from vision.graphs import POSE_HEATMAP, POSE_MASK, mesh_graph, pose_graph
from vision.landmarks import import_models
from vision.tflite import without_output


def pose_model() -> bytes:
    spec = importlib.util.find_spec("mediapipe")
    assert spec is not None
    assert spec.submodule_search_locations
    folder = Path(spec.submodule_search_locations[0])
    return (folder / "modules/pose_landmark/pose_landmark_full.tflite").read_bytes()


def test_what_only_the_output_needs_is_left_out() -> None:
    model = pose_model()
    lighter = without_output(model, POSE_MASK, POSE_HEATMAP)
    assert len(lighter) == len(model)
    differs = np.flatnonzero(np.frombuffer(lighter, np.uint8) != np.frombuffer(model, np.uint8))
    # The list of operators and one output, and no weight.
    assert 4 <= differs.size < 4 * 400


def test_a_second_time_nothing_is_left_to_drop() -> None:
    once = without_output(pose_model(), POSE_MASK, POSE_HEATMAP)
    assert without_output(once, POSE_MASK, POSE_HEATMAP) == once


@pytest.mark.parametrize(("model", "output"), [(b"", 0), (b"no model at all", 0), (None, 9)])
def test_what_is_no_such_model_is_refused(model: bytes | None, output: int) -> None:
    with pytest.raises(ValueError, match="model"):
        without_output(pose_model() if model is None else model, output, 0)


@pytest.mark.footage
def test_the_joints_are_those_of_the_whole_model(footage: Path) -> None:
    from vision.sources import VideoFile  # noqa: PLC0415

    mediapipe = import_models()
    ours = pose_graph(mediapipe)
    whole = mediapipe.solution(
        binary_graph_path="mediapipe/modules/pose_landmark/pose_landmark_cpu.binarypb",
        side_inputs={
            "model_complexity": 1,
            "smooth_landmarks": False,
            "enable_segmentation": False,
            "smooth_segmentation": False,
            "use_prev_landmarks": True,
        },
        outputs=["pose_landmarks"],
    )
    compared = 0
    for frame in VideoFile(footage / "talking" / "obama_cspan_61s.mp4"):
        if frame.t > 1.0:
            break
        image = np.ascontiguousarray(frame.image[..., ::-1])
        theirs = whole.process(image.copy()).pose_landmarks
        mine = ours.process(image).get("pose_landmarks")
        assert (theirs is None) == (mine is None)
        if mine is not None:
            for one, other in zip(mine.landmark, theirs.landmark, strict=True):
                compared += 1
                assert (one.x, one.y, one.z) == (other.x, other.y, other.z)
    ours.close()
    whole.close()
    assert compared > 33 * 20


@pytest.mark.footage
def test_the_mesh_is_that_of_the_whole_model_but_for_the_irises(footage: Path) -> None:
    from vision.sources import VideoFile  # noqa: PLC0415

    mediapipe = import_models()
    ours = mesh_graph(mediapipe)
    whole = mediapipe.solution(
        binary_graph_path="mediapipe/modules/face_landmark/face_landmark_front_cpu.binarypb",
        side_inputs={"num_faces": 1, "with_attention": True, "use_prev_landmarks": True},
        outputs=["multi_face_landmarks"],
    )
    compared = 0
    for frame in VideoFile(footage / "talking" / "obama_cspan_61s.mp4"):
        if frame.t > 0.3:
            break
        image = np.ascontiguousarray(frame.image[60:420, 500:860, ::-1])
        theirs = whole.process(image.copy()).multi_face_landmarks
        mine = ours.process(image).get("multi_face_landmarks")
        assert bool(theirs) == bool(mine)
        for one, other in zip(mine or (), theirs or (), strict=True):
            compared += 1
            points = [[(p.x, p.y, p.z) for p in found.landmark] for found in (one, other)]
            assert points[0][:468] == points[1][:468]
            assert len(points[0]) == len(points[1])
    ours.close()
    whole.close()
    assert compared >= 8
