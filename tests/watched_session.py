"""A real session whose every write is watched. Run as a program of its own by a test.

Its first argument says what to do: `live POLICY` is a session with a camera, a microphone and the
real eyes and ears; `file VIDEO` imports a video with voice and stick figure.
"""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

WATCHED = "RAPPORT_TEST_WATCHED"
"""Environment variable: the folder that the record of all writing goes to."""
TILE = np.random.default_rng(42).integers(0, 256, (16, 64, 3), np.uint8)
"""In a corner of every picture: where it lies as it is, the picture does."""
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
PATH_THAT_GOES = {"os.remove": 0, "os.rename": 1}
"""Audit event to which of its arguments names what is gone afterwards."""
LONG_S = 90.0
RUNS_S = 3.0


class Watcher:
    """Notes every file that Python opens for writing, and keeps what is deleted or replaced."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        log = folder / f"opened-{os.getpid()}"
        self._log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._busy = threading.local()

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        """Take an audit event; what it does itself is not noted."""
        if getattr(self._busy, "on", False):
            return
        self._busy.on = True
        try:
            if event == "open":
                self._opened(arguments[0], arguments[2])
            elif event == "shutil.rmtree":
                for path in Path(str(arguments[0])).rglob("*"):
                    self._keep(path)
            # With a folder's number beside it, it is a part of a tree that was kept whole.
            elif event in PATH_THAT_GOES and arguments[-1] == -1:
                self._keep(arguments[PATH_THAT_GOES[event]])
        finally:
            self._busy.on = False

    def _opened(self, path: object, flags: object) -> None:
        if isinstance(flags, int) and flags & WRITES and not isinstance(path, int):
            os.write(self._log, os.fsencode(path) + b"\n")  # type: ignore[arg-type]
            if flags & os.O_TRUNC:
                self._keep(path)

    def _keep(self, path: object) -> None:
        source = Path(os.fsdecode(path))  # type: ignore[arg-type]
        if source.is_file():
            number = len(list(self._folder.iterdir()))
            shutil.copyfile(source, self._folder / f"gone-{os.getpid()}-{number}-{source.name}")


def watch() -> None:
    """Watch this process from now on."""
    sys.addaudithook(Watcher(Path(os.environ[WATCHED])))


def pictures() -> list[np.ndarray]:
    """Draw a person who moves, as a camera would see them."""
    from app.session.sample import _portrait  # noqa: PLC0415
    from app.session.sample_picture import SamplePicture  # noqa: PLC0415
    from app.session.sample_script import act_at  # noqa: PLC0415

    drawn = SamplePicture(_portrait())
    made = []
    for number in range(6):
        image = drawn.draw(act_at(1.0 + number / 10)).copy()
        image[: TILE.shape[0], : TILE.shape[1]] = TILE
        made.append(image)
    return made


def live(policy: str) -> None:
    """Run a session of some seconds with everything real but the devices."""
    from fakes import FakeCamera, FakeMicrophone, StillMicrophones  # noqa: PLC0415
    from live_cases import plan  # noqa: PLC0415

    from app.session.clock import SessionClock  # noqa: PLC0415
    from app.session.live import LiveSession  # noqa: PLC0415
    from app.store.store import Store  # noqa: PLC0415
    from app.store.types import KeepPolicy  # noqa: PLC0415
    from vision.types import Frame  # noqa: PLC0415

    images = pictures()

    class Camera(FakeCamera):
        def __iter__(self) -> Iterator[Frame]:  # type: ignore[override]
            for frame in super().__iter__():
                yield Frame(frame.t, images[frame.index % len(images)], frame.index)

    clock = SessionClock()
    with Store.open() as store:
        person = store.ensure_person("Ana").id
        consent = store.record_consent(person, "1", "own training", 30, "me").id
        session = LiveSession(
            plan(KeepPolicy(policy)), store, person_id=person, consent_id=consent,
            camera_source=Camera(clock.raw, rate_hz=15.0),
            microphone_source=FakeMicrophone(clock.raw), clock=clock,
            inputs=StillMicrophones(),
        )  # fmt: skip
        session.start()
        limit = time.monotonic() + LONG_S
        while not (session.snapshot().t >= RUNS_S and session.snapshot().sees):
            assert time.monotonic() < limit, session.snapshot()
            time.sleep(0.02)
        kept = session.stop()
        looked = session.snapshot().frames_seen
        sys.stdout.write(f"kept={kept is not None} frames={looked}\n")


def imported(video: Path) -> None:
    """Import a video of which only voice and stick figure are kept."""
    from app.session.importing_files import fingerprint  # noqa: PLC0415
    from app.session.importing_work import ImportPlan, import_one  # noqa: PLC0415
    from app.store.store import Store  # noqa: PLC0415
    from app.store.types import KeepPolicy  # noqa: PLC0415

    keep = KeepPolicy.VOICE_AND_STICK
    with Store.open() as store:
        person = store.ensure_person("Ana").id
        store.record_consent(person, "1", "own training", 30, "me")
        (item,) = store.imports.add(person, [(video, fingerprint(video))], keep, mine=True)
        claimed = store.imports.claim()
        assert claimed is not None
        assert claimed.id == item.id
        session = import_one(store, claimed, ImportPlan(keep))
        sys.stdout.write(f"kept={store.files(session).has('readings.rrd')} frames=1\n")


if __name__ == "__main__":
    if sys.argv[1] == "live":
        live(sys.argv[2])
    else:
        imported(Path(sys.argv[2]))
