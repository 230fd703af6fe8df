"""Quality of the picture: what keeps it from being measured well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from vision.geometry import extent
from vision.opencv import cv2
from vision.types import Framing, Reason
from vision.weights import table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Box = tuple[int, int, int, int]

STEP: Final = 16
"""Every sixteenth pixel is enough for brightness."""
FACE_PX: Final = 32
"""Width to which the face is shrunk: noise is averaged out, and fine detail is what blur takes."""
SMALL_PX: Final = 12
"""A face of fewer pixels says nothing about the light on it."""
ENOUGH_PX: Final = 80
"""A face at least twice as wide is thinned out first: the rest is averaged away all the same."""
PATCH_PX: Final = 48
"""Side of the patch in the middle of the face whose noise is estimated."""
LAPLACIAN_NOISE: Final = 20.0
"""Variance that white noise of variance 1 has behind the Laplacian's kernel, 4 * 1 + 4 * 4."""
FLAT: Final = 25.0
"""Variance below which a face is an even patch, of which nobody can say how sharp it is."""
_HEAD: Final = tuple(range(11))
_NOISE = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)


def picture_features(
    image: NDArray[np.uint8],
    face: NDArray[np.float32] | None,
    body: NDArray[np.float32] | None = None,
) -> dict[str, float]:
    """Light and sharpness of a picture and of the face in it.

    Parameters
    ----------
    image
        (height, width, 3) BGR picture.
    face
        (478, 3) mesh, or None where there is none.
    body
        (33, 4) joints that say where the head is while there is no mesh.

    Returns
    -------
    dict
        "luma", "face_luma": mean brightness of picture and face, 0..255; "face_contrast": between
        the darkest and the brightest tenth of the face; "surround": brightness beside and above
        the head; "sharpness": variance of the Laplacian at `FACE_PX` by the variance, what noise
        adds to it taken off, only with a mesh.
    """
    found = {"luma": sum(cv2.mean(np.ascontiguousarray(image[::STEP, ::STEP]))[:3]) / 3}
    box = _box(image, face, body)
    if box is None:
        return found
    left, top, right, bottom = box
    step = max(1, (right - left) // ENOUGH_PX)
    part = cv2.cvtColor(image[top:bottom:step, left:right:step], cv2.COLOR_BGR2GRAY)
    scale = max(1.0, part.shape[1] / FACE_PX)
    size = (round(part.shape[1] / scale), max(SMALL_PX, round(part.shape[0] / scale)))
    grey = cv2.resize(part, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    ordered = np.sort(grey, axis=None)
    mean, variance = spread_of(grey)
    found["face_luma"] = mean
    found["face_contrast"] = float(ordered[int(0.9 * grey.size)] - ordered[int(0.1 * grey.size)])
    surround = _surround(image, box)
    if surround is not None:
        found["surround"] = surround
    if face is not None and variance >= FLAT:
        detail = spread_of(cv2.Laplacian(grey, cv2.CV_32F))[1]
        noise = LAPLACIAN_NOISE * _noise(image[top:bottom, left:right]) ** 2 / scale**2
        found["sharpness"] = (detail - noise) / variance
    return found


def spread_of(values: cv2.typing.MatLike) -> tuple[float, float]:
    """Mean and variance of a grey patch, several times as fast as numpy's of so few values."""
    mean, deviation = cv2.meanStdDev(values)
    return float(mean[0, 0]), float(deviation[0, 0]) ** 2


def is_backlit(features: Mapping[str, float], ease: float = 1.0) -> bool:
    """Whether the face is a dark shape before something bright; `ease` widens the limits."""
    limits = table("posture")["framing"]
    if "face_luma" not in features or features.get("surround", 0.0) * ease < limits["bright"]:
        return False
    bright = features["surround"] * ease
    shape = features["face_luma"] < limits["shape"] * bright
    flat = features["face_contrast"] < limits["backlit"] * bright
    return bool(shape and flat) or bool(features["face_luma"] < limits["dark"] * ease)


def is_dark(features: Mapping[str, float], ease: float = 1.0) -> bool:
    """Whether there is too little light on the face, or in a picture without one."""
    light = features.get("face_luma", features.get("luma", 255.0))
    return bool(light < table("posture")["framing"]["dark"] * ease)


def is_blurred(features: Mapping[str, float]) -> bool:
    """Whether the face shows too little detail for its brows; in the dark only noise is left."""
    if is_dark(features) or is_backlit(features):
        return False
    return bool(features.get("sharpness", 1.0) < table("posture")["framing"]["blurred"])


def bad_light(features: Mapping[str, float]) -> Reason | None:
    """Why the light may hide somebody; None where it is good enough."""
    if is_backlit(features):
        return Reason.BACKLIT
    return Reason.TOO_DARK if is_dark(features) else None


def framing_of(features: Mapping[str, float], *, face: bool, body: bool) -> tuple[Framing, ...]:
    """Say what should be better about the picture, most urgent first."""
    limits = table("posture")["framing"]
    found: list[Framing] = []
    if features.get("people", 1.0) >= 2.0:
        found.append(Framing.SEVERAL_PEOPLE)
    if is_backlit(features):
        found.append(Framing.BACKLIT)
    elif is_dark(features):
        found.append(Framing.TOO_DARK)
    if not face and not body:
        found.append(Framing.NO_PERSON)
        return tuple(found)
    if not face:
        found.append(Framing.FACE_HIDDEN)
    size = features.get("face_height", 0.0)
    if face and size > limits["close"]:
        found.append(Framing.TOO_CLOSE)
    elif face and size < limits["far"]:
        found.append(Framing.TOO_FAR)
    if face and is_blurred(features):
        found.append(Framing.BLURRED)
    if face and not limits["left"] < features.get("face_x", 0.5) < limits["right"]:
        found.append(Framing.OFF_CENTRE)
    if features.get("elbows_seen", 0.0) < 2.0 and Framing.TOO_CLOSE not in found:
        found.append(Framing.ELBOWS_HIDDEN)
    return tuple(found)


def _box(
    image: NDArray[np.uint8], face: NDArray[np.float32] | None, body: NDArray[np.float32] | None
) -> Box | None:
    """Pixels of the face, (left, top, right, bottom), or where the head's joints put it."""
    height, width = image.shape[:2]
    if face is not None:
        (west, north), (east, south) = (one.tolist() for one in extent(face))
    elif body is not None:
        head = body[list(_HEAD), :2]
        middle = head.mean(axis=0)
        half = float(np.ptp(head[:, 0])) / 2
        reach = np.array([half, half * width / height], np.float32)
        (west, north), (east, south) = (middle - reach).tolist(), (middle + reach).tolist()
    else:
        return None
    left, top = max(0, int(west * width)), max(0, int(north * height))
    right, bottom = min(width, int(east * width)), min(height, int(south * height))
    return (left, top, right, bottom) if min(right - left, bottom - top) >= SMALL_PX else None


def _surround(image: NDArray[np.uint8], box: Box) -> float | None:
    """Mean brightness within a face's width beside the head and a face's height above it."""
    left, top, right, bottom = box
    height, width = image.shape[:2]
    across, down = right - left, bottom - top
    step = max(2, across // 16)
    above, below = max(0, top - down), min(height, bottom)
    parts = (
        image[above:below:step, max(0, left - across) : max(0, left - across // 4) : step],
        image[above:below:step, min(width, right + across // 4) : right + across : step],
        image[above : max(0, top - down // 2) : step, left:right:step],
    )
    sizes = [part.size for part in parts]
    if sum(sizes) < across // step * (down // step):
        return None
    # Put together first: summed where they lie, in steps, they take twice as long.
    whole = [cv2.sumElems(np.ascontiguousarray(part)) for part in parts if part.size]
    return sum(sum(one) for one in whole) / sum(sizes)


def _noise(part: NDArray[np.uint8]) -> float:
    """Estimate the standard deviation of the noise in a face from what differs from neighbours.

    After Immerkaer, Fast noise variance estimation, 1996; the median leaves out edges.
    """
    height, width = part.shape[:2]
    top, left = max(0, (height - PATCH_PX) // 2), max(0, (width - PATCH_PX) // 2)
    patch = cv2.cvtColor(part[top : top + PATCH_PX, left : left + PATCH_PX], cv2.COLOR_BGR2GRAY)
    differs = np.abs(cv2.filter2D(patch, cv2.CV_16S, _NOISE)).ravel()
    # Counted: numpy's partition of so many small numbers takes several times as long.
    up_to = np.cumsum(np.bincount(differs))
    return float(np.searchsorted(up_to, differs.size // 2, side="right")) / 0.6745 / 6.0
