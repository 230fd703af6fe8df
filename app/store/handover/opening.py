"""Reading one sealed, signed file: everything is proven before anything is used."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Self

from app.paths import is_endless
from app.store.faults import told
from app.store.handover.chunks import opened_chunks, plain_chunks, plain_size
from app.store.handover.header import OPEN, SIZE, key_for, read_header
from app.store.handover.keys import verify
from app.store.handover.letter_json import LONGEST, load_letter, total_size
from app.store.handover.refusals import BadSignature, Damaged, NotOurs
from app.store.handover.sealing import LENGTH, SIGNATURE_BYTES, signed_message
from app.store.handover.types import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from app.store.handover.header import Header
    from app.store.handover.types import Entry, Letter


def asks_passphrase(path: Path) -> bool:
    """Whether a file has a passphrase; a Refused where it is none of ours, cut or too new."""
    return _header(path)[0].kdf != OPEN


class Opened:
    """A file whose passphrase, wholeness and signature are proven. Nothing of it is on disk."""

    def __init__(self, path: Path, header: Header, raw: bytes, key: bytes, letter: Letter) -> None:
        self._path = path
        self._header = header
        self._raw = raw
        self._key = key
        self.letter = letter

    def pour(self, take: Callable[[Entry, Iterator[bytes]], None]) -> None:
        """Go through the files inside, in their order, and prove everything once more.

        `take` is given each file's entry and its bytes, and must use them all. What it wrote
        must not be used before this returns: until then the file may have been exchanged.
        """
        with told(self._path):
            reader = _Reader(self._path, self._header, self._raw, self._key)
            with reader:
                if reader.letter() != self.letter:
                    raise Damaged
                for entry in self.letter.entries:
                    take(entry, reader.some(entry.size))
                reader.end(self.letter)


def open_sealed(
    path: Path, passphrase: str | None, step: Callable[[float], None] | None = None
) -> Opened:
    """Prove a file from its first byte to its last; gives what it is.

    Raises
    ------
    Refused
        A class of app.store.handover.refusals for each reason.
    """
    with told(path):
        header, raw = _header(path)
        key = b"" if header.kdf == OPEN else key_for(header, passphrase or "")
        with _Reader(path, header, raw, key) as reader:
            letter = reader.letter()
            whole = max(1, total_size(letter.entries))
            done = 0
            for entry in letter.entries:
                for chunk in reader.some(entry.size):
                    done += len(chunk)
                    if step is not None:
                        step(done / whole)
            reader.end(letter)
    if header.kdf == OPEN and letter.kind is not Kind.WITHDRAWAL:
        raise Damaged  # ours are never without a passphrase
    return Opened(path, header, raw, key, letter)


def _header(path: Path) -> tuple[Header, bytes]:
    if path.is_dir() or is_endless(path):
        raise NotOurs
    with told(path), path.open("rb") as file:
        raw = file.read(SIZE)
        length = path.stat().st_size
    return read_header(raw, length), raw


class _Reader:
    """Goes once through the plain bytes of a file."""

    def __init__(self, path: Path, header: Header, raw: bytes, key: bytes) -> None:
        self._file = path.open("rb")
        self._raw = raw
        self._file.seek(SIZE)
        if header.kdf == OPEN:
            self._left = header.body_bytes
            self._chunks = plain_chunks(self._file, header.body_bytes)
        else:
            self._left = plain_size(header.body_bytes)
            self._chunks = opened_chunks(self._file, key, raw, header.body_bytes)
        self._held = memoryview(b"")
        self._hash = hashlib.sha256()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def letter(self) -> Letter:
        """Read what the file says about itself; no more is reserved than it may be long."""
        length = LENGTH.unpack(self._exactly(LENGTH.size))[0]
        if length > LONGEST:
            raise Damaged
        letter = load_letter(self._exactly(length))
        if total_size(letter.entries) + SIGNATURE_BYTES != self._left:
            raise Damaged
        return letter

    def some(self, size: int) -> Iterator[bytes]:
        """Give the next bytes, in pieces."""
        while size:
            piece = self._piece(size)
            size -= len(piece)
            self._hash.update(piece)
            yield piece

    def end(self, letter: Letter) -> None:
        """Prove the signature, and that nothing follows it."""
        message = signed_message(self._raw, self._hash.digest())
        signature = b""
        while len(signature) < SIGNATURE_BYTES:
            signature += self._piece(SIGNATURE_BYTES - len(signature))
        if self._left or len(self._held) or next(self._chunks, None):
            raise Damaged
        if not verify(letter.sender.public_key, signature, message):
            raise BadSignature(letter.sender.name)

    def _exactly(self, size: int) -> bytes:
        if size > self._left:
            raise Damaged
        return b"".join(self.some(size))

    def _piece(self, most: int) -> bytes:
        """Give at most so many bytes of the next chunk."""
        while not len(self._held):
            chunk = next(self._chunks, None)
            if chunk is None:
                raise Damaged
            self._held = memoryview(chunk)
        piece = bytes(self._held[:most])
        self._held = self._held[most:]
        self._left -= len(piece)
        return piece
