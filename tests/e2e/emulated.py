"""Devices that a machine without devices has: a network camera, a virtual microphone, a screen."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import av

from tests.waiting import LONG_S
from vision.opencv import cv2

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

BOUNDARY = "rapport"


def jpegs_of(path: Path, *, quality: int = 92) -> tuple[list[bytes], float]:
    """Every picture of a clip as JPEG, and its pictures a second."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        rate = float(stream.average_rate)
        frames = [
            jpeg_of(frame.to_ndarray(format="bgr24"), quality=quality)
            for frame in container.decode(stream)
        ]
    return frames, rate


def jpeg_of(image: NDArray[np.uint8], *, quality: int = 92) -> bytes:
    done, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert done
    return data.tobytes()


@dataclass
class NetworkCamera:
    """Serves pictures as MJPEG over HTTP on loopback, at their own rate, once for each caller.

    `lead` pictures of the first one are sent before: a client needs some to see what it gets.
    The clip itself begins with `begin()`, until then the first picture is repeated.
    """

    frames: Sequence[bytes]
    rate_hz: float
    hang_after_s: float | None = None
    drop_after_s: float | None = None
    sent_at: dict[int, float] = field(default_factory=dict)
    """Picture of the clip -> time.monotonic() when it was handed to the socket."""
    finished: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._begun_at: float | None = None
        self._broken = False
        self._stop = threading.Event()
        self.connected = threading.Event()
        camera = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                camera.connected.set()
                self.send_response(200)
                kind = f"multipart/x-mixed-replace;boundary={BOUNDARY}"
                self.send_header("Content-Type", kind)
                self.end_headers()
                with contextlib.suppress(ConnectionError):
                    camera._serve(self.wfile.write)

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                pass

        self._server = Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/video.mjpg"

    def begin(self, at: float | None = None) -> float:
        """Let the clip begin, at a time.monotonic() or now."""
        self._begun_at = time.monotonic() if at is None else at
        return self._begun_at

    def close(self) -> None:
        self._stop.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def _serve(self, write: Callable[[bytes], object]) -> None:
        n = 0
        due = time.monotonic()
        if self._broken:
            return  # a camera that broke does not come back
        while not self._stop.is_set():
            begun = self._begun_at
            now = time.monotonic()
            if begun is not None and now >= begun - 0.5 / self.rate_hz:
                if self._goes_wrong(n / self.rate_hz):
                    return
                if n >= len(self.frames):
                    self.finished.set()
                    data = self.frames[-1]
                    due = max(due + 1 / self.rate_hz, now - 0.1)
                else:
                    data = self.frames[n]
                    due = begun + n / self.rate_hz
            else:
                data = self.frames[0]
                due += 1 / self.rate_hz
            if due > now and self._stop.wait(due - now):
                return
            if begun is not None and due >= begun and n < len(self.frames):
                self.sent_at[n] = time.monotonic()
                n += 1
            write(
                f"--{BOUNDARY}\r\nContent-Type: image/jpeg\r\n"
                f"Content-Length: {len(data)}\r\n\r\n".encode()
                + data
                + b"\r\n"
            )

    def _goes_wrong(self, t: float) -> bool:
        if self.drop_after_s is not None and t >= self.drop_after_s:
            self._broken = True
        elif self.hang_after_s is not None and t >= self.hang_after_s:
            self._broken = True
            self._stop.wait()
        return self._broken


def why_no_pulse() -> str:
    """Reason for having no virtual microphone here; empty where there can be one."""
    missing = [name for name in ("pulseaudio", "pactl", "paplay") if shutil.which(name) is None]
    return f"{' and '.join(missing)} is not installed" if missing else ""


@dataclass
class PulseServer:
    """A PulseAudio of our own with a null sink whose monitor is a microphone."""

    folder: Path
    sink: str = "counter"
    source: str = "virtual_microphone"
    start_s: float = 0.03
    """How long a player takes from its start to its first sound, seconds, roughly."""

    def __post_init__(self) -> None:
        runtime = self.folder / "run"
        runtime.mkdir(parents=True, mode=0o700)
        socket = runtime / "native"
        self.environment = {
            "XDG_RUNTIME_DIR": str(runtime),
            "PULSE_RUNTIME_PATH": str(runtime),
            "PULSE_SERVER": f"unix:{socket}",
            "PULSE_SOURCE": self.source,
            "PULSE_SINK": self.sink,
        }
        self._log = (self.folder / "pulse.log").open("wb")
        self._process = subprocess.Popen(
            [
                "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no",
                "--disallow-exit", "--realtime=no", "--high-priority=no",
                "-L", f"module-native-protocol-unix auth-anonymous=1 socket={socket}",
                "-L", f"module-null-sink sink_name={self.sink} rate=48000 channels=1",
                "-L", f"module-remap-source master={self.sink}.monitor source_name={self.source}",
            ],
            env={**os.environ, **self.environment, "HOME": str(self.folder)},
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            wait_for(lambda: self.source in self._ask("list", "short", "sources"), LONG_S)
        except TimeoutError:
            self.close()
            raise

    def play(self, path: Path) -> subprocess.Popen[bytes]:
        """Play a sound file into the room that the microphone hears."""
        return subprocess.Popen(
            ["paplay", f"--device={self.sink}", "--latency-msec=400", str(path)],
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
        )

    def pull(self) -> None:
        """Pull the microphone's plug: the sound server goes away."""
        self._process.kill()
        self._process.wait(LONG_S)

    def close(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(5)
            except subprocess.TimeoutExpired:
                self.pull()
        self._log.close()

    def _ask(self, *words: str) -> str:
        return subprocess.run(
            ["pactl", *words],
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        ).stdout


@contextlib.contextmanager
def virtual_screen(size: str = "1280x800x24") -> Iterator[str]:
    """An X display of our own; gives its name, such as ":101"."""
    read, write = os.pipe()
    process = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp"],
        pass_fds=[write],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        if not number:
            message = "Xvfb did not start"
            raise RuntimeError(message)
        yield f":{number}"
    finally:
        process.terminate()
        process.wait(LONG_S)


def wait_for(true: Callable[[], bool], limit_s: float, what: str = "the condition") -> None:
    """Wait until something is true; TimeoutError where it does not come to be."""
    end = time.monotonic() + limit_s
    pause = threading.Event()
    while not true():
        if time.monotonic() > end:
            message = f"{what} did not come within {limit_s} s"
            raise TimeoutError(message)
        pause.wait(0.02)
