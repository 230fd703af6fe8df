"""Light and sharpness of the picture: said where measures go wrong, and not before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from synth_vision import HEIGHT, WIDTH, ScriptedFinder, head_mesh, skeleton

from vision.analyser import VisionAnalyser
from vision.framing import (
    framing_of,
    is_backlit,
    is_blurred,
    is_dark,
    picture_features,
)
from vision.landmarks import MediapipeFinder
from vision.measures import BODY_MEASURES, FACE_MEASURES
from vision.opencv import cv2
from vision.quality import ORDER, SPOILT, Quality, held, spoilt
from vision.types import VISION_MEASURES, Frame, Framing, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

FOOTAGE = Path(__file__).resolve().parents[2].parent / "shared" / "footage"
FACE_SHARE = 0.4


def drawn_face(*, light: float = 1.0, wall: float = 150.0) -> NDArray[np.uint8]:
    """A wall with a face of large and small spots, where `head_mesh` puts it."""
    picture = np.full((HEIGHT, WIDTH, 3), wall, np.float32)
    rng = np.random.default_rng(5)
    low, high = corners()
    size = (high[1] - low[1], high[0] - low[0])
    skin = np.full((*size, 1), 150.0)
    for spot, strength in ((size[1] // 4, 45.0), (size[1] // 20, 40.0)):
        spots = rng.standard_normal((size[0] // spot + 1, size[1] // spot + 1, 1))
        skin += strength * np.kron(spots, np.ones((spot, spot, 1)))[: size[0], : size[1]]
    picture[low[1] : high[1], low[0] : high[0]] = light * np.clip(skin, 40, 240)
    return np.clip(picture + rng.normal(0, 2, picture.shape), 0, 255).astype(np.uint8)


def mesh() -> NDArray[np.float32]:
    return head_mesh(at=(0.5, 0.45), eyes_px=70.0)


def corners() -> tuple[list[int], list[int]]:
    points = mesh()[:, :2] * (WIDTH, HEIGHT)
    return [int(v) for v in points.min(axis=0)], [int(v) for v in points.max(axis=0)]


def read(picture: NDArray[np.uint8], *, face: bool = True) -> tuple[tuple[Framing, ...], Reason]:
    finder = ScriptedFinder(face=lambda t: mesh() if face else None, body=lambda t: skeleton())
    reading = VisionAnalyser(finder=finder).push(Frame(0.0, picture))
    return reading.framing, reading.missing.get("brow", Reason.NOT_YET)


def test_a_good_picture_has_no_fault() -> None:
    framing, why = read(drawn_face())
    assert not {Framing.TOO_DARK, Framing.BACKLIT, Framing.BLURRED} & set(framing)
    assert why is Reason.NOT_YET


def test_a_face_before_a_window_is_backlit_not_dark() -> None:
    framing, _ = read(drawn_face(light=0.12, wall=240))
    assert Framing.BACKLIT in framing
    assert Framing.TOO_DARK not in framing
    assert read(drawn_face(light=0.12, wall=240), face=False)[1] in {
        Reason.BACKLIT,
        Reason.NO_PERSON,
    }


def test_a_dark_room_is_dark_not_backlit() -> None:
    framing, _ = read(drawn_face(light=0.12, wall=20))
    assert Framing.TOO_DARK in framing
    assert Framing.BACKLIT not in framing


def test_a_dark_face_with_its_own_contrast_before_a_white_wall_is_fine() -> None:
    """Skin differs: only a face in which nothing can be told apart any more is backlit."""
    framing, _ = read(drawn_face(light=0.45, wall=240))
    assert not {Framing.TOO_DARK, Framing.BACKLIT} & set(framing)


def test_out_of_focus_has_no_brow_and_keeps_its_angles() -> None:
    soft = cv2.GaussianBlur(drawn_face(), (0, 0), 10.0)
    framing, why = read(soft)
    assert Framing.BLURRED in framing
    assert why is Reason.BLURRED
    names, _ = measured(soft, mesh())
    assert not {"brow", "smile", "nod", "face_touch"} & names
    assert {"shake", "arms_score"} <= names


def test_noise_makes_no_blurred_picture_sharp() -> None:
    soft = cv2.GaussianBlur(drawn_face(), (0, 0), 9.0).astype(np.float32)
    noisy = soft + np.random.default_rng(1).normal(0, 10, soft.shape)
    assert is_blurred(picture_features(np.clip(noisy, 0, 255).astype(np.uint8), mesh()))


def test_an_even_patch_is_not_called_blurred() -> None:
    grey = np.full((HEIGHT, WIDTH, 3), 128, np.uint8)
    assert not is_blurred(picture_features(grey, mesh()))


LIT = {"face_luma": 120.0, "face_contrast": 90.0, "surround": 120.0, "face_height": 0.4}


@pytest.mark.parametrize(
    ("fault", "features", "far_off", "between"),
    [
        (Framing.BLURRED, {"sharpness"}, (0.1, 0.6), 0.275),
        (Framing.TOO_DARK, {"face_luma"}, (20.0, 100.0), 42.0),
        (Framing.TOO_FAR, {"face_height"}, (0.05, 0.3), 0.0945),
        (Framing.BACKLIT, {"face_contrast"}, (5.0, 60.0), 21.0),
    ],
)
def test_a_picture_at_a_limit_does_not_flicker(
    fault: Framing, features: set[str], far_off: tuple[float, float], between: float
) -> None:
    """Between a limit and its way back the answer stays what it was."""
    rng = np.random.default_rng(4)
    plain = LIT | {"sharpness": 1.0}
    if fault is Framing.BACKLIT:
        plain |= {"surround": 200.0, "face_luma": 60.0}
    for start, answer in zip(far_off, (True, False), strict=True):
        quality = Quality()
        near = [start] * 6 + list(between * (1 + rng.normal(0, 0.01, 90)))
        said = [
            quality.push(k / 15, plain | dict.fromkeys(features, v)) for k, v in enumerate(near)
        ]
        assert {one is not None and fault in one for one in said} == {answer}
        assert quality.push(6.9, {"luma": 100.0}) is None
        after = quality.push(7.0, plain | dict.fromkeys(features, between))
        assert after is not None
        assert fault not in after, "a face after a loss is new"


FINE = LIT | {"sharpness": 1.0, "face_x": 0.5, "elbows_seen": 2.0, "people": 1.0}
DARK = {"face_luma": 15.0, "face_contrast": 20.0, "surround": 20.0}
BACKLIT = {"face_luma": 40.0, "face_contrast": 5.0, "surround": 240.0}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, []),
        ({"people": 2.0}, [Framing.SEVERAL_PEOPLE]),
        (DARK, [Framing.TOO_DARK]),
        (BACKLIT, [Framing.BACKLIT]),
        ({"face_height": 0.02}, [Framing.TOO_FAR]),
        ({"face_height": 0.95}, [Framing.TOO_CLOSE]),
        ({"face_height": 0.95, "elbows_seen": 0.0}, [Framing.TOO_CLOSE]),
        ({"sharpness": 0.1}, [Framing.BLURRED]),
        (DARK | {"sharpness": 0.1}, [Framing.TOO_DARK]),  # where only noise is left
        (BACKLIT | {"sharpness": 0.1}, [Framing.BACKLIT]),
        ({"face_x": 0.05}, [Framing.OFF_CENTRE]),
        ({"face_x": 0.95}, [Framing.OFF_CENTRE]),
        ({"elbows_seen": 1.0}, [Framing.ELBOWS_HIDDEN]),
    ],
)
def test_what_a_single_look_says_of_the_picture(
    changed: dict[str, float], said: list[Framing]
) -> None:
    assert list(framing_of(FINE | changed, face=True, body=True)) == said


def test_without_a_face_it_says_whether_anybody_is_there() -> None:
    nobody = {"luma": 120.0, "elbows_seen": 2.0}
    assert framing_of(nobody, face=False, body=True) == (Framing.FACE_HIDDEN,)
    assert framing_of(nobody, face=False, body=False) == (Framing.NO_PERSON,)
    dark = nobody | {"luma": 10.0}
    assert framing_of(dark, face=False, body=False) == (Framing.TOO_DARK, Framing.NO_PERSON)


def test_what_is_held_stands_in_its_place() -> None:
    all_of_them = (Framing.TOO_FAR, Framing.BLURRED, Framing.OFF_CENTRE, Framing.ELBOWS_HIDDEN)
    without = (Framing.OFF_CENTRE, Framing.ELBOWS_HIDDEN)
    both = frozenset((Framing.BLURRED, Framing.TOO_FAR))
    assert held(without, both) == held(all_of_them, both) == all_of_them
    assert held(all_of_them, frozenset()) == without
    assert held(all_of_them, None) == all_of_them
    assert held((Framing.TOO_CLOSE,), both - {Framing.TOO_FAR}) == (
        Framing.TOO_CLOSE,
        Framing.BLURRED,
    )
    assert set(ORDER) == set(Framing)


def test_each_fault_is_a_reason_for_just_the_measures_that_it_spoils() -> None:
    """The advice and the gap are the same words: what is told live, the report leaves out."""
    for fault, names in SPOILT.items():
        assert spoilt(frozenset({fault})) == dict.fromkeys(names, Reason(fault.value))
        assert set(names) <= {*FACE_MEASURES, *BODY_MEASURES}
    both = spoilt(frozenset({Framing.TOO_FAR, Framing.TOO_DARK}))
    assert both == spoilt(frozenset({Framing.TOO_DARK})), "the most urgent is told"
    assert not spoilt(frozenset())
    assert not spoilt(None)


def measured(picture: NDArray[np.uint8], face: NDArray[np.float32]) -> tuple[set[str], set[Reason]]:
    """Names that a still picture measures after a second, and why the rest is not."""
    body = skeleton() if float(np.ptp(face[:, 1])) > 0.2 else None
    eyes = VisionAnalyser(finder=ScriptedFinder(face=lambda t: face, body=lambda t: body))
    for k in range(16):
        reading = eyes.push(Frame(k / 15, picture, k))
    names = {name for name in VISION_MEASURES if getattr(reading, name) is not None}
    return names, {reading.missing[name] for name in VISION_MEASURES if name not in names}


@pytest.mark.parametrize(
    ("fault", "light", "wall"), [(Framing.TOO_DARK, 0.12, 20.0), (Framing.BACKLIT, 0.12, 240.0)]
)
def test_bad_light_is_a_gap_of_what_it_spoils_and_of_nothing_else(
    fault: Framing, light: float, wall: float
) -> None:
    good, _ = measured(drawn_face(), mesh())
    bad, why = measured(drawn_face(light=light, wall=wall), mesh())
    assert good - bad == set(SPOILT[fault]) & good
    assert Reason(fault.value) in why
    assert {"nod", "shake"} <= bad


def test_a_small_face_has_no_brow_and_keeps_its_nod() -> None:
    small = head_mesh(at=(0.5, 0.45), eyes_px=10.0)
    assert float(np.ptp(small[:, 1])) < 0.09
    names, why = measured(drawn_face(), small)
    assert not {"brow", "smile"} & names
    assert {"nod", "shake"} <= names
    assert Reason.TOO_FAR in why


# --- on real faces ------------------------------------------------------------------------------

footage = pytest.mark.skipif(
    not (FOOTAGE / "smile").is_dir(), reason="../shared/footage is not on this machine"
)


@pytest.fixture(scope="module")
def finder() -> Iterator[MediapipeFinder]:
    made = MediapipeFinder()
    yield made
    made.close()


def real_face(finder: MediapipeFinder, path: Path) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """A portrait whose face takes FACE_SHARE of a picture, and its mesh."""
    picture = cv2.imread(str(path))
    assert picture is not None
    mesh = found(finder, picture)
    assert mesh is not None
    height = float(np.ptp(mesh[:, 1])) * picture.shape[0]
    scale = FACE_SHARE * HEIGHT / height
    middle = mesh[:, :2].mean(axis=0) * picture.shape[1::-1]
    move = np.array([[scale, 0, WIDTH / 2 - scale * middle[0]],
                     [0, scale, 0.45 * HEIGHT - scale * middle[1]]], np.float32)  # fmt: skip
    scene = cv2.warpAffine(picture, move, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REPLICATE)
    placed = mesh.copy()
    pixels = mesh[:, :2] * picture.shape[1::-1]
    placed[:, :2] = (pixels @ move[:, :2].T + move[:, 2]) / (WIDTH, HEIGHT)
    return scene, placed


def found(finder: MediapipeFinder, picture: NDArray[np.uint8]) -> NDArray[np.float32] | None:
    for index in range(2):
        mesh = finder.find(Frame(index / 15, picture, index), face=True, body=False).face
    return mesh


def at_a_window(
    picture: NDArray[np.uint8], mesh: NDArray[np.float32], light: float
) -> NDArray[np.uint8]:
    """The person darkened before a bright ground, with a little of its light in the lens."""
    low, high = (one(mesh[:, :2], axis=0) * (WIDTH, HEIGHT) for one in (np.min, np.max))
    middle, size = (low + high) / 2, high - low
    person = np.zeros((HEIGHT, WIDTH), np.float32)
    centre = (int(middle[0]), int(middle[1] - 0.12 * size[1]))
    cv2.ellipse(person, centre, (int(0.7 * size[0]), int(0.75 * size[1])), 0, 0, 360, 1.0, -1)
    below = [(-0.4, 0.6), (0.4, 0.6), (1.6, 1.1), (1.7, 9.0), (-1.7, 9.0), (-1.6, 1.1)]
    cv2.fillPoly(person, [np.array([middle + np.array(p) * size for p in below], np.int32)], 1.0)
    mask = cv2.GaussianBlur(person, (0, 0), 1.5)[..., None]
    linear = (picture.astype(np.float32) / 255) ** 2.2 * light * mask + 0.92 * (1 - mask)
    veiled = 0.97 * linear + 0.03 * linear.mean()
    return sensor(255 * veiled ** (1 / 2.2), 3.0)


def sensor(picture: NDArray[np.float32], noise: float) -> NDArray[np.uint8]:
    rng = np.random.default_rng(11)
    return np.clip(picture + rng.normal(0, noise, picture.shape), 0, 255).astype(np.uint8)


@footage
@pytest.mark.footage
def test_degraded_faces_are_told_and_untouched_ones_are_not(finder: MediapipeFinder) -> None:
    """Every fourth person; the limits were tuned on others."""
    rates: dict[str, list[bool]] = {}
    for path in sorted((FOOTAGE / "smile").glob("*_03.jpg"))[1::4]:
        scene, mesh = real_face(finder, path)
        tall = float(np.ptp(mesh[:, 1])) * HEIGHT
        plain = scene.astype(np.float32)

        def feat(picture: NDArray[np.uint8], mesh: NDArray[np.float32] = mesh) -> dict[str, float]:
            return picture_features(picture, mesh)

        soft = feat(sensor(cv2.GaussianBlur(plain, (0, 0), 0.045 * tall), 2.5))
        dark = feat(sensor(255 * ((plain / 255) ** 2.2 * 0.03) ** (1 / 2.2), 4.0))
        window = feat(at_a_window(scene, mesh, 0.04))
        clean = feat(scene)
        rates.setdefault("blurred", []).append(is_blurred(soft))
        rates.setdefault("dark", []).append(is_dark(dark))
        rates.setdefault("backlit", []).append(is_backlit(window))
        rates.setdefault("false", []).append(
            is_blurred(clean) or is_dark(clean) or is_backlit(clean)
        )
    shares = {name: float(np.mean(values)) for name, values in rates.items()}
    print(shares, len(rates["false"]))  # noqa: T201 - the figures of a measurement
    assert min(shares["blurred"], shares["dark"], shares["backlit"]) >= 0.9
    assert shares["false"] == 0.0


@footage
@pytest.mark.footage
@pytest.mark.parametrize("folder", ["headpose", "brow_stock"])
def test_other_untouched_faces_raise_no_alarm(finder: MediapipeFinder, folder: str) -> None:
    alarms = []
    for path in sorted((FOOTAGE / folder).glob("*.jpg")):
        picture = cv2.imread(str(path))
        assert picture is not None
        features = picture_features(picture, found(finder, picture))
        alarms.append(is_blurred(features) or is_dark(features) or is_backlit(features))
    print(folder, sum(alarms), "of", len(alarms))  # noqa: T201 - the figures of a measurement
    assert sum(alarms) <= 0.05 * len(alarms)
