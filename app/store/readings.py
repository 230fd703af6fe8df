"""Readings beside the recording: a file that grows a chunk at a time and survives a kill.

The file is a line that names the format, then frames: length and checksum (little-endian, 32 bits
each), then as many bytes. The first frame is JSON with the versions, the others are chunks.
"""

from __future__ import annotations

import json
import logging
import struct
import zlib
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Final, Self

from app.errors import AppError
from app.store.columns import pack, unpack
from app.store.faults import told
from app.store.files import READINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType

    from app.coach.senses import Reading
    from app.store.files import SessionFiles

MAGIC: Final = b"rapport readings 1\n"
CHUNK_S: Final = 1.0
"""So much of a session is in memory at most, and lost by a kill, seconds."""
CHUNK_COUNT: Final = 256
"""A chunk is written earlier when it holds so many readings."""
LARGEST: Final = 1 << 24
"""No chunk comes near this, bytes: a greater length is damage, and must not be reserved."""
_FRAME: Final = struct.Struct("<II")

log = logging.getLogger(__name__)


class ReadingsWriter:
    """Appends readings in the order of the stream. For one thread."""

    def __init__(self, files: SessionFiles, versions: Mapping[str, str]) -> None:
        self._path = files.folder / READINGS
        self._held: list[Reading] = []
        self._file: IO[bytes] = files.open_write(READINGS)
        self._append(MAGIC)
        self._frame(json.dumps(dict(versions)).encode("utf-8"))

    def write(self, reading: Reading) -> None:
        """Take a reading; about once a second of the stream they go to disk."""
        self._held.append(reading)
        full = len(self._held) >= CHUNK_COUNT
        if full or abs(reading.t - self._held[0].t) >= CHUNK_S:
            self.flush()

    def flush(self) -> None:
        """Hand everything to the operating system."""
        held, self._held = self._held, []
        if held:
            self._frame(pack(held))

    def close(self) -> None:
        """Write what is left; may be called twice."""
        if self._file.closed:
            return
        try:
            self.flush()
        finally:
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _frame(self, content: bytes) -> None:
        self._append(_FRAME.pack(len(content), zlib.crc32(content)) + content)

    def _append(self, content: bytes) -> None:
        with told(self._path):
            try:
                self._file.write(content)
                # A kill loses what this process holds, not what the system has.
                self._file.flush()
            except OSError:
                # What could not be written would be tried, and fail, again at every close.
                with suppress(OSError):
                    self._file.close()
                raise


def read_readings(files: SessionFiles) -> Iterator[Reading]:
    """Give the readings in the order of the stream; a torn tail ends them."""
    with _opened(files) as file:
        _versions(file)
        while (content := _next(file)) is not None:
            try:
                chunk = unpack(content)
            except (ValueError, KeyError, struct.error) as error:
                raise _unreadable() from error
            yield from chunk


def read_versions(files: SessionFiles) -> dict[str, str]:
    """Give the versions of the program, rules and models that made the readings."""
    with _opened(files) as file:
        return _versions(file)


def _opened(files: SessionFiles) -> IO[bytes]:
    if not files.has(READINGS):
        raise AppError(
            "The curves of this session are missing.",
            "They were not kept, or were deleted by hand. The report can still be read.",
        )
    return files.open_read(READINGS)


def _versions(file: IO[bytes]) -> dict[str, str]:
    magic = file.read(len(MAGIC))
    content = _next(file) if magic == MAGIC else None
    if content is not None:
        versions: dict[str, str] = json.loads(content)
        return versions
    if MAGIC.startswith(magic):
        return {}  # killed before the first frame
    raise _unreadable()


def _next(file: IO[bytes]) -> bytes | None:
    """Read one frame; None at the end and at a torn tail."""
    head = file.read(_FRAME.size)
    if not head:
        return None
    length, checksum = _FRAME.unpack(head) if len(head) == _FRAME.size else (0, 0)
    if length > LARGEST:
        raise _unreadable()
    content = file.read(length)
    if length and len(content) == length and zlib.crc32(content) == checksum:
        return content
    if length and len(content) == length and file.read(1):
        raise _unreadable()
    log.info("readings end in a torn chunk")
    return None


def _unreadable() -> AppError:
    return AppError(
        "The curves of this session are damaged or were written by a newer Rapport.",
        "Analyse the recording again.",
    )
