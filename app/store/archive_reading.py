"""Reading a backup as one stream, sealed or not."""

from __future__ import annotations

import tarfile
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, cast

from app.errors import AppError
from app.store.archive_layout import ABOUT, LARGEST_TEXT, MAGIC, About, damaged, not_ours
from app.store.faults import told
from app.store.handover.chunks import opened_chunks
from app.store.handover.header import SIZE, key_for, read_header
from app.store.handover.refusals import Refused, WrongPassphrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def opened(source: Path, passphrase: str | None) -> Iterator[tuple[tarfile.TarFile, IO[bytes]]]:
    """Open an archive and the stream behind it; what is wrong with it becomes a sentence."""
    try:
        with told(source), source.open("rb") as file:
            stream = _plain(file, source, passphrase)
            with tarfile.open(fileobj=stream, mode="r|") as archive:
                yield archive, stream
    except WrongPassphrase as error:
        raise AppError(
            "These words do not open the backup.",
            "Type the passphrase that it was made with; small or large letters do not matter.",
        ) from error
    except Refused as error:
        raise damaged() from error
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise damaged() from error


def _plain(file: IO[bytes], source: Path, passphrase: str | None) -> IO[bytes]:
    """Give the bytes of the tar archive."""
    if file.read(len(MAGIC)) != MAGIC:
        file.seek(0)
        if not _is_tar(file):
            raise not_ours(source.name)
        return file
    if passphrase is None:
        raise AppError(
            "This backup is sealed with a passphrase.", "Type the words that it was made with."
        )
    raw = file.read(SIZE)
    header = read_header(raw, SIZE)  # how long the rest is, the file itself says
    sealed = source.stat().st_size - len(MAGIC) - SIZE
    chunks = opened_chunks(file, key_for(header, passphrase), raw, sealed)
    return cast("IO[bytes]", _Chunks(chunks))


def _is_tar(file: IO[bytes]) -> bool:
    """Whether the first entry is the one that all our archives begin with."""
    name = file.read(len(ABOUT))
    file.seek(0)
    return name == ABOUT.encode()


class _Chunks:
    """Chunks as a file that is read once."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._held = b""

    def read(self, size: int) -> bytes:
        """Read on."""
        while len(self._held) < size:
            more = next(self._chunks, b"")
            if not more:
                break
            self._held += more
        data, self._held = self._held[:size], self._held[size:]
        return data


def about_of(archive: tarfile.TarFile) -> About:
    """Read what an archive says of itself: its first entry."""
    first = archive.next()
    if first is None or first.name != ABOUT:
        raise damaged()
    return About.load(text_of(archive, first))


def text_of(archive: tarfile.TarFile, info: tarfile.TarInfo) -> bytes:
    """Read one of the two entries that describe the archive."""
    if not is_plain(info) or info.size > LARGEST_TEXT:
        raise damaged()
    file = archive.extractfile(info)
    data = file.read() if file is not None else b""
    if len(data) != info.size:
        raise damaged()
    return data


def is_plain(info: tarfile.TarInfo) -> bool:
    """Whether an entry is a file and nothing else: no link, no device, no holes."""
    return info.type in {tarfile.REGTYPE, tarfile.AREGTYPE} and info.sparse is None
