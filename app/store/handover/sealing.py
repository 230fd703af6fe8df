"""Writing one sealed, signed file."""

from __future__ import annotations

import hashlib
import os
import struct
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.errors import AppError
from app.store.faults import told
from app.store.handover.chunks import CHUNK, OpenSink, SealedSink, sealed_size
from app.store.handover.header import LOG2_N, must_be_strong, new_header
from app.store.handover.letter_json import dump_letter, total_size
from app.store.handover.types import Entry
from app.store.private_file import open_private
from app.windows import take_place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from app.store.handover.chunks import Sink
    from app.store.handover.keys import OwnKey
    from app.store.handover.types import Content, Letter

SIGNED: Final = b"rapport hand-over 1 signature\x00"
SIGNATURE_BYTES: Final = 64
LENGTH: Final = struct.Struct(">I")
PART: Final = ".part"


def signed_message(header: bytes, content: bytes) -> bytes:
    """Give what the sender signs: the open part, and everything inside by its SHA-256."""
    return SIGNED + hashlib.sha256(header).digest() + content


def seal(
    path: Path,
    letter: Letter,
    contents: Sequence[Content],
    *,
    passphrase: str | None,
    key: OwnKey,
    step: Callable[[float], None] | None = None,
    log2_n: int = LOG2_N,
) -> None:
    """Write a file whole or not at all.

    Parameters
    ----------
    path
        Where it goes; an older file of this name is replaced.
    letter
        What it says about itself; its entries are filled in here.
    contents
        The files inside, in the order in which they are read.
    passphrase
        None for what tells nothing: a withdrawal.
    step
        Told 0..1 as it goes; may raise to stop it.

    Raises
    ------
    AppError
        Where the passphrase is too weak, a file changed meanwhile, or the disk refuses.
    """
    if passphrase is not None:
        must_be_strong(passphrase)
    letter = replace(letter, entries=tuple(Entry(one.name, one.size) for one in contents))
    first = dump_letter(letter)
    plain = LENGTH.size + len(first) + total_size(letter.entries) + SIGNATURE_BYTES
    header, secret = new_header(passphrase, log2_n)
    header = replace(header, body_bytes=sealed_size(plain) if secret else plain)
    part = path.with_name(f"{path.name}{PART}")
    with told(path):
        try:
            part.unlink(missing_ok=True)
            with open_private(part) as file:
                file.write(header.packed())
                sink: Sink = SealedSink(file, secret, header.packed()) if secret else OpenSink(file)
                signing = _Signing(sink, key, header.packed())
                signing.write(LENGTH.pack(len(first)) + first)
                _pour(contents, signing, step)
                signing.close()
                file.flush()
                os.fsync(file.fileno())
            take_place(part, path)
        finally:
            part.unlink(missing_ok=True)


class _Signing:
    """Hashes what goes through it and ends with the signature."""

    def __init__(self, sink: Sink, key: OwnKey, header: bytes) -> None:
        self._sink = sink
        self._key = key
        self._header = header
        self._hash = hashlib.sha256()

    def write(self, data: bytes) -> None:
        self._hash.update(data)
        self._sink.write(data)

    def close(self) -> None:
        message = signed_message(self._header, self._hash.digest())
        self._sink.write(self._key.sign(message))
        self._sink.close()


def _pour(contents: Sequence[Content], sink: Sink, step: Callable[[float], None] | None) -> None:
    """Write every file, each exactly as long as was declared."""
    whole = max(1, sum(one.size for one in contents))
    done = 0
    for one in contents:
        left = one.size
        with one.open() as file:
            while left:
                data = file.read(min(left, CHUNK))
                if not data:
                    break
                left -= len(data)
                done += len(data)
                sink.write(data)
                if step is not None:
                    step(done / whole)
            if left or file.read(1):
                raise AppError(
                    "The session changed while it was being handed over.",
                    "Wait until its analysis is done, then share it again.",
                )
