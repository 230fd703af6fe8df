"""A network camera in a process of its own: python -m tests.benchmarks.live_camera CLIP.

Says its address in a line, then takes one line with the time.monotonic() at which the clip
begins, and after the clip says in a line when each picture was sent.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.e2e.emulated import NetworkCamera, jpegs_of


def main() -> None:
    """Serve until the input ends."""
    camera = NetworkCamera(*jpegs_of(Path(sys.argv[1])))
    try:
        tell({"url": camera.url})
        line = sys.stdin.readline()
        if line:
            camera.begin(float(line))
            sys.stdin.readline()
            tell({"sent_at": camera.sent_at})
    finally:
        camera.close()


def tell(what: dict[str, object]) -> None:
    """Say one line."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


class CameraProcess:
    """The other end: starts it, so that serving costs the measured program nothing."""

    def __init__(self, clip: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.live_camera", str(clip)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.url: str = self._answer()["url"]

    def begin(self, at: float) -> None:
        """Let the clip begin at a time.monotonic()."""
        self._say(str(at))

    def finish(self) -> list[float]:
        """When each picture was sent, time.monotonic()."""
        self._say("")
        return list(self._answer()["sent_at"].values())

    def close(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.communicate()

    def _say(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def _answer(self) -> dict[str, dict[str, float]]:  # type: ignore[type-arg]
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())  # type: ignore[no-any-return]


if __name__ == "__main__":
    main()
