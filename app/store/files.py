"""The folder of one session. Nothing else reads or writes it, so that it can be encrypted here.

What is small goes through `read` and `write_atomic`, what grows through `open_read` and
`open_write`. Players and PyAV open by themselves what `source` gives, and write to what `sink`
gives: paths now; under encryption, file objects. `complete` gives what was written its name.
"""

from __future__ import annotations

import errno
import os
import shutil
import time
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Final

from app.coach.baseline_file import dump_baseline, load_baseline
from app.errors import AppError
from app.store.faults import told
from app.store.leftovers import PART, part_name
from app.store.report_file import dump_report, load_found, load_report
from app.windows import LET_GO_S, TRIES, is_held, take_place

if TYPE_CHECKING:
    from pathlib import Path

    from app.coach.report_types import Report
    from app.coach.types import Baseline

RECORDING: Final = "recording.mkv"
REPORT: Final = "report.json"
PRACTICES: Final = "practices.json"
BASELINE: Final = "baseline.json"
READINGS: Final = "readings.rrd"
FACTS: Final = "session.json"
"""How a session was set up: senses, cues that were switched off or moved."""
KEPT_BY_REPORT_ONLY: Final = frozenset({REPORT, BASELINE, FACTS})


class SessionFiles:
    """Reads and writes the folder of one session. The folder may be gone: then it says so.

    Parameters
    ----------
    folder
        Where it is.
    kept
        Whether the folder was made when the session began: gone, it was deleted, and what comes
        too late must not bring it back.
    inside
        Whether it lies in such a folder, and is only made while that is there.
    """

    def __init__(self, folder: Path, *, kept: bool = False, inside: bool = False) -> None:
        self.folder = folder
        self._kept = kept
        self._inside = inside

    def make(self) -> None:
        """Make the folder where it is not there."""
        with told(self.folder):
            self.folder.mkdir(parents=not self._inside, exist_ok=True)

    def source(self, name: str = RECORDING) -> Path:
        """Give what a player or PyAV opens; it may not be there."""
        return self._path(name)

    def sink(self, name: str = RECORDING) -> Path:
        """Give what PyAV writes to, until `complete`."""
        return self._path(f"{name}{PART}")

    def complete(self, name: str = RECORDING) -> None:
        """Give what was written to the sink its name, where anything was."""
        with told(self._path(name)), suppress(FileNotFoundError):
            take_place(self.sink(name), self._path(name))

    def rename(self, name: str, to: str) -> None:
        """Give a finished file another name; one that has it is replaced."""
        with told(self._path(name)):
            take_place(self._path(name), self._path(to))

    def drop_sink(self, name: str = RECORDING) -> None:
        """Delete what was written to the sink."""
        with told(self._path(name)):
            self.sink(name).unlink(missing_ok=True)

    def remove(self, name: str) -> None:
        """Delete a file; nothing to do where it is not there."""
        path = self._path(name)
        with told(path):
            path.unlink(missing_ok=True)

    def within(self, name: str) -> SessionFiles:
        """Give a folder inside this one, for what is only being made."""
        return SessionFiles(self._path(name), inside=self._kept)

    def free_bytes(self) -> int:
        """Room that is left where it is kept, bytes; needs the folder."""
        return shutil.disk_usage(self.folder).free

    def take_over(self, other: SessionFiles) -> None:
        """Move all that another folder holds into this one."""
        with told(self.folder):
            for path in other.folder.glob("*"):
                take_place(path, self.folder / path.name)
        other.delete()

    @property
    def recording(self) -> Path:
        """The finished recording as a source, which may not be there."""
        return self.source(RECORDING)

    @property
    def recording_part(self) -> Path:
        """The recording as a sink, while it is being written."""
        return self.sink(RECORDING)

    @property
    def has_recording(self) -> bool:
        """Whether there is a finished recording."""
        return self.recording.is_file()

    def recording_or_tell(self) -> Path:
        """Give the recording, or say in an AppError that it is missing."""
        if not self.has_recording:
            raise AppError(
                "The recording of this session is missing.",
                "It was not kept, or was deleted by hand. The report can still be read.",
            )
        return self.recording

    def has(self, name: str) -> bool:
        """Whether there is a file of this name."""
        return self._path(name).is_file()

    def stamp(self, *names: str) -> tuple[tuple[int, int, int] | None, ...]:
        """Tell files from other ones that took their names: by number, time and size."""
        found: list[tuple[int, int, int] | None] = []
        for name in names:
            try:
                stat = self._path(name).stat()
            except OSError:
                found.append(None)
            else:
                found.append((stat.st_ino, stat.st_mtime_ns, stat.st_size))
        return tuple(found)

    def open_write(self, name: str) -> IO[bytes]:
        """Open a new file for writing; an older one of this name is replaced.

        Raises
        ------
        AppError
            Where there is no room or no right; and where the session was deleted meanwhile.
        """
        path = self._path(name)
        with told(path):
            if not self._kept:
                self.folder.mkdir(parents=not self._inside, exist_ok=True)
            return path.open("wb")

    def open_read(self, name: str) -> IO[bytes]:
        """Open a file for reading."""
        path = self._path(name)
        with told(path):
            return path.open("rb")

    def read(self, name: str) -> bytes:
        """Read a whole file."""
        path = self._path(name)
        with told(path):
            return path.read_bytes()

    def write_atomic(self, name: str, content: bytes) -> None:
        """Write a file whole or not at all."""
        path = self._path(name)
        # Two pages may look a session through at once: each writes a part of its own.
        part = self._path(part_name(name))
        with told(path):
            try:
                with self.open_write(part.name) as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                take_place(part, path)
            except OSError:
                part.unlink(missing_ok=True)
                raise

    def write_report(self, report: Report) -> None:
        """Keep the report as the report page shows it again."""
        self.write_atomic(REPORT, dump_report(report))

    def read_report(self) -> Report | None:
        """Read the kept report; None where there is none."""
        if not self.has(REPORT):
            return None
        return load_report(self.read(REPORT), REPORT)

    def read_found(self) -> Report | None:
        """Read the kept report's episodes and findings only; None where there is no report."""
        return load_found(self.read(REPORT), REPORT) if self.has(REPORT) else None

    def write_baseline(self, baseline: Baseline) -> None:
        """Keep the own normal that the session was held against."""
        self.write_atomic(BASELINE, dump_baseline(baseline).encode("utf-8"))

    def read_baseline(self) -> Baseline | None:
        """Read the own normal; None where there is none."""
        if not self.has(BASELINE):
            return None
        return load_baseline(self.read(BASELINE).decode("utf-8", "replace"), BASELINE)

    def names(self) -> list[str]:
        """Names of all files that are finished, sorted."""
        there = sorted(self.folder.glob("*"))
        return [path.name for path in there if path.is_file() and path.suffix != PART]

    def size_bytes(self) -> int:
        """Size of all files together, bytes."""
        return sum(path.lstat().st_size for path in self._all())

    def count(self) -> int:
        """How many files there are."""
        return len(self._all())

    def delete(self) -> None:
        """Delete the folder and everything in it; nothing to do where it is gone."""
        tries = TRIES
        with told(self.folder):
            while self.folder.exists():
                # Two programs started at once may both be at it: what the other took is gone.
                try:
                    shutil.rmtree(self.folder)
                except FileNotFoundError:
                    continue
                except OSError as error:
                    # A process that measures it may have written one more file meanwhile; on
                    # Windows a player lets go of its file a little late.
                    tries -= 1
                    held = is_held(error)
                    if not (held or error.errno == errno.ENOTEMPTY) or not tries:
                        raise
                    if held:
                        time.sleep(LET_GO_S)

    def set_aside(self) -> SessionFiles:
        """Give the folder a name under which nobody enters anything; it is deleted there.

        That takes no time, so it may stand inside a transaction.
        """
        aside = SessionFiles(self.folder.with_name(f"{self.folder.name}{PART}"))
        with told(self.folder):
            aside.delete()  # of one that a kill left
            with suppress(FileNotFoundError):
                take_place(self.folder, aside.folder)
        return aside

    def keep_report_only(self) -> None:
        """Delete everything that a session which keeps its report only may not keep."""
        with told(self.folder):
            for path in self._all():
                if path.name not in KEPT_BY_REPORT_ONLY:
                    path.unlink(missing_ok=True)

    def _all(self) -> list[Path]:
        return [path for path in sorted(self.folder.rglob("*")) if not path.is_dir()]

    def _path(self, name: str) -> Path:
        if name in {"", ".", ".."} or "/" in name or "\\" in name:
            raise ValueError(f"{name!r} is not a plain file name")
        return self.folder / name
