"""One contract for every source, and what each alone must do."""

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from synth_vision import corner_picture, turn_film, write_film
from waiting import LONG_S, until

from vision.cameras import device_of, explain_camera, list_cameras
from vision.errors import CameraUnavailable, NoPicture, VideoUnreadable
from vision.opencv import cv2
from vision.sources import Camera, FrameSource, VideoFile
from vision.types import Frame

RATE_HZ = 30.0
Serve = Callable[..., str]


class FakeCapture:
    """A camera that gives numbered pictures, then ends, fails or hangs."""

    def __init__(
        self,
        pictures: int = 10_000,
        *,
        opens: bool = True,
        hangs: bool = False,
        fails: int = 0,
        grey: bool = False,
    ) -> None:
        self.left, self.opens, self.hangs, self.fails = pictures, opens, hangs, fails
        self.grey = grey
        self.released = threading.Event()
        self.free = threading.Event()

    def __call__(
        self,
        device: int | str,
        *,
        size: tuple[int, int],
        rate_hz: float,
        timeouts_s: tuple[float, float],
    ) -> "FakeCapture":
        return self

    def isOpened(self) -> bool:  # noqa: N802
        return self.opens

    def read(self) -> tuple[bool, NDArray[np.uint8] | None]:
        if self.fails:
            self.fails -= 1
            return False, None
        if self.left <= 0:
            if self.hangs:
                self.free.wait(LONG_S)
            return False, None
        self.left -= 1
        self.free.wait(0.002)  # a camera takes its time; nothing here waits for the wait
        shape = (48, 64) if self.grey else (48, 64, 3)
        return True, np.full(shape, 7, np.uint8)

    def release(self) -> None:
        self.released.set()


class MjpegServer:
    """A network camera on loopback: `pictures` pictures, then the connection ends or hangs."""

    def __init__(self, pictures: int = 10_000, *, hangs: bool = False) -> None:
        self.over = threading.Event()
        ok, jpeg = cv2.imencode(".jpg", np.full((48, 64, 3), 90, np.uint8))
        assert ok
        part = b"--f\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n%s\r\n"
        body = part % (len(jpeg), jpeg.tobytes())
        over = self.over

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=f")
                self.end_headers()
                try:
                    for _ in range(pictures):
                        self.wfile.write(body)
                        if over.wait(1 / RATE_HZ):
                            return
                    if hangs:
                        over.wait(LONG_S)
                except OSError:
                    return  # the camera was closed

            def log_message(self, *args: object) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/video.mjpg"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,))
        self.thread.start()

    def close(self) -> None:
        self.over.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def serve() -> Iterator[Serve]:
    servers = []

    def start(**settings: object) -> str:
        servers.append(MjpegServer(**settings))
        return servers[-1].url

    yield start
    for server in servers:
        server.close()


@pytest.fixture(params=["file", "camera", "network"])
def source(request: pytest.FixtureRequest, tmp_path: Path, serve: Serve) -> Iterator[FrameSource]:
    if request.param == "file":
        times = [i / RATE_HZ for i in range(40)]
        yield VideoFile(write_film(tmp_path / "film.mp4", times, corner_picture))
    elif request.param == "camera":
        yield Camera(0, time.monotonic, opener=FakeCapture())
    else:
        yield Camera(serve(), time.monotonic, open_timeout_s=LONG_S, read_timeout_s=LONG_S)


def some(source: FrameSource, count: int) -> list[Frame]:
    frames = []
    for frame in source:
        frames.append(frame)
        if len(frames) == count:
            source.close()
    return frames


def test_every_source_keeps_the_protocol(source: FrameSource) -> None:
    assert isinstance(source, FrameSource)
    frames = some(source, 20)
    assert 20 <= len(frames) <= 21
    assert all(frame.image.shape == (48, 64, 3) for frame in frames)
    assert all(frame.image.dtype == np.uint8 for frame in frames)
    times = [frame.t for frame in frames]
    assert times == sorted(set(times))
    assert [f.index for f in frames] == sorted({f.index for f in frames})
    assert source.rate_hz is None or source.rate_hz == pytest.approx(RATE_HZ, abs=0.5)


def test_every_source_can_be_closed_by_another_thread(source: FrameSource) -> None:
    done = threading.Event()
    began = threading.Event()

    def run() -> None:
        for _ in source:
            began.set()
        done.set()

    thread = threading.Thread(target=run)
    thread.start()
    assert began.wait(LONG_S)
    source.close()
    source.close()
    assert done.wait(LONG_S)
    thread.join()


def test_a_camera_that_does_not_open_says_what_to_do() -> None:
    capture = FakeCapture(opens=False)
    with pytest.raises(CameraUnavailable) as caught:
        next(iter(Camera(99, time.monotonic, opener=capture)))
    assert caught.value.what
    assert caught.value.remedy
    assert capture.released.is_set()


def test_a_camera_that_is_unplugged_is_an_error_after_its_pictures() -> None:
    capture = FakeCapture(5)
    frames = []
    with pytest.raises(CameraUnavailable, match="unplugged"):
        frames.extend(iter_into(frames, Camera(0, time.monotonic, opener=capture)))
    assert len(frames) == 5


def iter_into(frames: list[Frame], source: FrameSource) -> list[Frame]:
    for frame in source:
        frames.append(frame)  # noqa: PERF402 - what came before an error must be kept
    return []


def test_a_few_failed_reads_do_not_end_a_local_camera() -> None:
    camera = Camera(0, time.monotonic, opener=FakeCapture(fails=4))
    assert len(some(camera, 3)) >= 3


def test_a_grey_camera_gives_three_channels() -> None:
    camera = Camera(0, time.monotonic, opener=FakeCapture(grey=True))
    assert some(camera, 1)[0].image.shape == (48, 64, 3)


def test_a_camera_that_hangs_is_an_error_in_time() -> None:
    capture = FakeCapture(3, hangs=True)
    camera = Camera(0, time.monotonic, read_timeout_s=1.0, opener=capture)
    frames = []
    with pytest.raises(CameraUnavailable, match="no pictures"):
        iter_into(frames, camera)
    assert len(frames) == 3
    capture.free.set()
    assert capture.released.wait(LONG_S)


def test_a_network_camera_that_hangs_is_an_error_in_time(serve: Serve) -> None:
    camera = Camera(serve(pictures=20, hangs=True), time.monotonic, read_timeout_s=1.0)
    frames = []
    with pytest.raises(CameraUnavailable, match="network camera"):
        iter_into(frames, camera)
    ended = time.monotonic()
    assert frames
    assert ended - frames[-1].t < LONG_S / 4  # it hangs four times as long


def test_a_network_camera_that_ends_is_an_error(serve: Serve) -> None:
    with pytest.raises(CameraUnavailable, match="network camera"):
        iter_into([], Camera(serve(pictures=20), time.monotonic))


def test_a_network_camera_that_is_not_there_is_an_error() -> None:
    camera = Camera("http://127.0.0.1:9/none", time.monotonic, open_timeout_s=2.0)
    with pytest.raises(CameraUnavailable, match="does not answer"):
        next(iter(camera))


def test_frames_that_nobody_takes_are_dropped_and_counted() -> None:
    camera = Camera(0, time.monotonic, opener=FakeCapture(60))
    frames = iter(camera)
    first = next(frames)
    until(lambda: camera.dropped)
    rest = next(frames)
    camera.close()
    list(frames)
    assert camera.dropped > 0
    assert rest.index > first.index


def test_ids_of_cameras() -> None:
    assert device_of("2") == 2
    assert device_of(" rtsp://host/1 ") == "rtsp://host/1"
    with pytest.raises(ValueError, match="camera"):
        device_of("kitchen")
    for camera_id in ("0", "77", "http://host", "kitchen"):
        what, remedy = explain_camera(camera_id)
        assert what.endswith(".")
        assert remedy.endswith(".")
    assert all(device_of(camera.id) is not None for camera in list_cameras())


def test_real_times_of_an_uneven_film_are_kept(tmp_path: Path) -> None:
    times = [0.0, 0.033, 0.1, 0.35, 0.4, 1.9, 1.95]
    film = VideoFile(write_film(tmp_path / "uneven.mkv", times, corner_picture))
    assert [frame.t for frame in film] == pytest.approx(times, abs=0.002)
    assert film.duration_s == pytest.approx(1.95, abs=0.1)


def test_time_counts_from_the_containers_common_zero(tmp_path: Path) -> None:
    path = tmp_path / "late.mkv"
    with av.open(str(path), "w") as out:
        video = out.add_stream("mpeg4", rate=25)
        video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
        sound = out.add_stream("flac", rate=8000)
        sound.layout = "mono"
        for index in range(16):
            block = av.AudioFrame.from_ndarray(np.zeros((1, 800), np.int16), "s16", "mono")
            block.sample_rate, block.pts = 8000, 800 * index + 16000
            out.mux(sound.encode(block))
        for index in range(10):
            frame = av.VideoFrame.from_ndarray(corner_picture(0), "bgr24")
            frame.pts = index + 25 * 2 + 20  # 0.8 s after the sound
            out.mux(video.encode(frame))
        out.mux(video.encode(None))
        out.mux(sound.encode(None))
    assert next(iter(VideoFile(path))).t == pytest.approx(0.8, abs=0.002)


def test_rotation_is_applied(tmp_path: Path) -> None:
    path = write_film(tmp_path / "phone.mp4", [0.0, 0.04, 0.08], corner_picture)
    turn_film(path)
    film = VideoFile(path)
    image = next(iter(film)).image
    assert image.shape == (64, 48, 3)
    assert film.size == (48, 64)
    # White in the upper left, turned clockwise by a quarter, is white in the upper right.
    assert image[5:25, 28:44].mean() > 180
    assert image[5:25, 4:20].mean() < 80


@pytest.mark.parametrize("content", [b"", b"not a film at all" * 50])
def test_what_is_no_film_gets_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(content)
    with pytest.raises(VideoUnreadable) as caught:
        list(VideoFile(path))
    assert "film.mp4" in caught.value.what
    assert caught.value.remedy.endswith(".")


def test_a_missing_file_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(VideoUnreadable, match=r"no file film\.mp4"):
        VideoFile(tmp_path / "film.mp4")


def test_sound_alone_has_no_picture(tmp_path: Path) -> None:
    path = tmp_path / "sound.mka"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("flac", rate=8000)
        stream.layout = "mono"
        block = av.AudioFrame.from_ndarray(np.zeros((1, 8000), np.int16), "s16", "mono")
        block.sample_rate, block.pts = 8000, 0
        out.mux(stream.encode(block))
        out.mux(stream.encode(None))
    with pytest.raises(NoPicture):
        VideoFile(path)


def test_a_cut_film_ends_early_without_an_error(tmp_path: Path) -> None:
    path = write_film(tmp_path / "cut.mkv", [i / 25 for i in range(100)], noise_picture)
    whole = len(list(VideoFile(path)))
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 6 // 10])
    frames = list(VideoFile(path))
    assert 10 < len(frames) < whole


def noise_picture(index: int) -> NDArray[np.uint8]:
    return np.random.default_rng(index).integers(0, 255, (48, 64, 3), np.uint8)


def test_in_one_thread_the_pictures_are_the_same(tmp_path: Path) -> None:
    path = write_film(tmp_path / "a.mkv", [k / 30 for k in range(12)], corner_picture)
    several, one = list(VideoFile(path)), list(VideoFile(path, one_thread=True))
    assert [frame.t for frame in one] == [frame.t for frame in several]
    assert len(one) == 12
    assert all(np.array_equal(a.image, b.image) for a, b in zip(one, several, strict=True))
