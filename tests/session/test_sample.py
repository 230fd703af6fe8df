from __future__ import annotations

import threading
import time
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av
import matplotlib as mpl
import numpy as np
import pytest
from waiting import LONG_S

from app.errors import AppError
from app.session import sample, sample_paced
from app.session.sample import PacedSound, PacedVideo, make_sample, paced_sources
from app.session.sample_picture import SamplePicture
from app.session.sample_script import (
    ARMS,
    AWAY,
    BROW,
    LENGTH_S,
    NODS,
    SMILES,
    Act,
    Stretch,
    act_at,
)
from vision.face import front_face
from vision.landmarks import MediapipeFinder
from vision.opencv import cv2
from vision.types import Frame, Landmarks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

LEFT_WRIST, RIGHT_WRIST = 15, 16


@pytest.fixture(scope="module")
def picture() -> SamplePicture:
    portrait = cv2.imread(str(Path(mpl.get_data_path()) / "sample_data" / "grace_hopper.jpg"))
    return SamplePicture(portrait)


class Eyes:
    """The real models, which need a few looks at a new picture."""

    def __init__(self, picture: SamplePicture) -> None:
        self.finder = MediapipeFinder()
        self._picture = picture
        self._t = 0.0

    def see(self, act: Act) -> Landmarks:
        image = self._picture.draw(act)
        for _ in range(6):
            self._t += 0.2
            found = self.finder.find(Frame(self._t, image), face=True, body=True)
        return found


@pytest.fixture(scope="module")
def eyes(picture: SamplePicture) -> Iterator[Eyes]:
    eyes = Eyes(picture)
    yield eyes
    eyes.finder.close()


def mouth_width(found: Landmarks) -> float:
    assert found.face is not None
    return front_face(found.face, found.width, found.height).across(61, 291)


def brow_height(found: Landmarks) -> float:
    assert found.face is not None
    return front_face(found.face, found.width, found.height).level((55, 285))


def yaw_deg(found: Landmarks) -> float:
    assert found.face is not None
    return front_face(found.face, found.width, found.height).angles[0]


def pitch_deg(found: Landmarks) -> float:
    assert found.face is not None
    return front_face(found.face, found.width, found.height).angles[1]


def test_the_models_see_the_arms_cross(eyes: Eyes) -> None:
    calm, crossed = eyes.see(Act()), eyes.see(Act(arms=1.0))
    assert calm.body is not None
    assert crossed.body is not None
    for body in (calm.body, crossed.body):
        assert (body[[LEFT_WRIST, RIGHT_WRIST], 3] > 0.5).all()
    # The person's left hand is on the right of the picture, until it lies on the other arm.
    assert calm.body[LEFT_WRIST, 0] > calm.body[RIGHT_WRIST, 0] + 0.1
    assert crossed.body[LEFT_WRIST, 0] < crossed.body[RIGHT_WRIST, 0] - 0.03


def test_the_models_see_the_head_turn_and_nod(eyes: Eyes) -> None:
    ahead = eyes.see(Act())
    assert yaw_deg(eyes.see(Act(yaw_deg=30))) > yaw_deg(ahead) + 10
    assert yaw_deg(eyes.see(Act(yaw_deg=-30))) < yaw_deg(ahead) - 10
    down, up = eyes.see(Act(pitch_deg=-9)), eyes.see(Act(pitch_deg=9))
    assert pitch_deg(up) - pitch_deg(down) > 6


def test_the_models_see_smile_and_brow(eyes: Eyes) -> None:
    calm = eyes.see(Act())
    assert mouth_width(eyes.see(Act(smile=1.0))) > 1.1 * mouth_width(calm)
    assert brow_height(eyes.see(Act(brow=1.0))) < brow_height(calm) - 0.02


def test_a_stretch_is_fully_on_between_its_ends_and_off_a_ramp_away() -> None:
    stretch = Stretch(2.0, 5.0, 0.5)
    assert [stretch.at(t) for t in (1.4, 1.5, 1.75, 2.0, 3.5, 5.0, 5.25, 5.5, 9.0)] == [
        0, 0, 0.5, 1, 1, 1, 0.5, 0, 0,
    ]  # fmt: skip


def test_everything_in_the_script_happens_inside_the_clip() -> None:
    for stretch in (ARMS, BROW, AWAY, *SMILES, *NODS):
        assert stretch.ramp_s < stretch.start_s < stretch.end_s < LENGTH_S - stretch.ramp_s
    assert act_at(0.0).arms == act_at(LENGTH_S).arms == 0


def test_the_word_sample_stands_in_every_picture(picture: SamplePicture) -> None:
    for t in (0.0, 17.0, 33.0, 55.0):
        label = picture.draw(act_at(t))[14:42, 106:200]
        assert label.max() > 220
        assert np.median(label) < 80


MADE_S = 6.0


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first seconds of the clip: making all of it takes half a minute."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.session.sample.LENGTH_S", MADE_S)
        return make_sample(tmp_path_factory.mktemp("sample"))


def test_the_clip_has_picture_and_sound_of_one_length(made: Path) -> None:
    with av.open(str(made)) as container:
        video, sound = container.streams.video[0], container.streams.audio[0]
        assert (video.codec_context.name, sound.codec_context.name) == ("h264", "flac")
        assert (video.width, video.height, video.average_rate) == (640, 480, 30)
        assert "Sample" in container.metadata["title"]
        frames = [frame.time for frame in container.decode(video)]
        container.seek(0)
        heard = sum(frame.samples for frame in container.decode(sound))
        rate = sound.rate
    assert len(frames) == round(MADE_S * 30)
    assert frames[0] == 0
    assert heard / rate == pytest.approx(MADE_S, abs=0.001)


def test_the_speech_is_as_long_as_the_clip_clear_and_begins_in_a_quiet_room() -> None:
    samples, rate = sample._speech()
    assert len(samples) == LENGTH_S * rate
    peak = np.abs(samples.astype(float)).max()
    assert 0.2 * 32768 < peak < 32767, "clear, and not clipped"
    assert np.abs(samples[: 2 * rate]).max() < 0.02 * peak


def test_a_clip_that_is_there_is_not_made_again(made: Path) -> None:
    before = made.stat()
    assert make_sample(made.parent) == made
    assert made.stat().st_mtime_ns == before.st_mtime_ns
    assert [one.name for one in made.parent.iterdir()] == [made.name]


def test_a_folder_that_cannot_be_is_a_sentence(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file")
    with pytest.raises(AppError) as caught:
        make_sample(taken)
    assert str(taken) in caught.value.what
    assert caught.value.remedy


def test_the_progress_goes_from_start_to_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.session.sample.LENGTH_S", 2.0)
    shares: list[float] = []
    make_sample(tmp_path, shares.append)
    assert shares == [0.0, 0.5]


@pytest.fixture
def short_clip(tmp_path: Path) -> Path:
    """Half a second of 20 pictures a second with a tone."""
    path = tmp_path / "short.mkv"
    with av.open(str(path), "w") as container:
        video = container.add_stream("libx264", rate=20)
        video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
        sound = container.add_stream("flac", rate=8000)
        sound.layout = "mono"
        tone: NDArray[np.int16] = (8000 * np.sin(np.arange(4000) / 5)).astype(np.int16)
        for n in range(10):
            image = np.full((48, 64, 3), 20 * n, np.uint8)
            shown = av.VideoFrame.from_ndarray(image, format="bgr24")
            shown.pts, shown.time_base = n, Fraction(1, 20)
            container.mux(video.encode(shown))
        heard = av.AudioFrame.from_ndarray(tone[None], format="s16", layout="mono")
        heard.sample_rate, heard.pts, heard.time_base = 8000, 0, Fraction(1, 8000)
        container.mux(sound.encode(heard))
        container.mux(video.encode(None))
        container.mux(sound.encode(None))
    return path


@pytest.fixture
def none_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave no picture out, however busy the machine is."""
    monkeypatch.setattr(sample_paced, "LATE_S", LONG_S)


@pytest.mark.usefixtures("none_late")
def test_a_paced_file_plays_like_a_device(short_clip: Path) -> None:
    video, sound = paced_sources(short_clip, time.monotonic)
    seen: list[tuple[float, Frame]] = []
    thread = threading.Thread(target=lambda: seen.extend((time.monotonic(), f) for f in video))
    before = time.monotonic()
    thread.start()
    heard = [(time.monotonic(), block) for block in sound]
    thread.join(LONG_S)
    assert video.rate_hz == 20
    assert sound.rate_hz == 8000
    start = seen[0][1].t
    assert start >= before
    # Both begin together, keep the file's own times, and nothing comes before it is due.
    assert heard[0][1].t == start
    np.testing.assert_allclose([f.t - start for _, f in seen], np.arange(10) / 20, atol=1e-6)
    assert all(came >= frame.t for came, frame in seen)
    assert all(came >= b.t + len(b.samples) / b.rate_hz - 1e-6 for came, b in heard)
    assert sum(len(block.samples) for _, block in heard) == 4000


@pytest.mark.parametrize("kind", [PacedVideo, PacedSound])
def test_closing_ends_a_paced_file_at_once(
    kind: type[PacedVideo | PacedSound], short_clip: Path
) -> None:
    frozen = time.monotonic()
    source = kind(short_clip, lambda: frozen)  # a clock that stands: the next is never due
    first = threading.Event()
    ended = threading.Event()

    def play() -> None:
        first.set()
        list(source)
        ended.set()

    thread = threading.Thread(target=play)
    thread.start()
    assert first.wait(LONG_S)
    source.close()
    assert ended.wait(LONG_S)
    thread.join()


@pytest.mark.usefixtures("none_late")
def test_one_of_two_that_never_begins_does_not_hold_up_the_other(
    short_clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample_paced, "TOGETHER_S", LONG_S)
    video, sound = paced_sources(short_clip, time.monotonic)
    sound.close()
    begun = time.monotonic()
    assert len(list(video)) == 10
    assert time.monotonic() - begun < LONG_S
