"""Bytes sealed in chunks, in constant memory: none can be changed, swapped, doubled or cut off.

The STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár: Online Authenticated-Encryption and
its Nonce-Reuse Misuse-Resistance, CRYPTO 2015): the nonce of a chunk is its number and whether it
is the last one. The key is used for one file only, so no nonce comes twice.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from app.store.handover.refusals import CutOff, Damaged

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK: Final = 1 << 16
"""Bytes of a chunk before it is sealed."""
TAG: Final = 16
NUMBER_BYTES: Final = 11


class Sink(Protocol):
    """Takes the plain bytes of a file in their order."""

    def write(self, data: bytes) -> None:
        """Take some more."""

    def close(self) -> None:
        """Write the last ones."""


def sealed_size(plain: int) -> int:
    """Bytes that so many plain ones take when sealed; there is always a last chunk."""
    return plain + TAG * max(1, -(-plain // CHUNK))


def plain_size(sealed: int) -> int:
    """Bytes that come out of so many sealed ones; Damaged where no file has that length."""
    count = max(1, -(-sealed // (CHUNK + TAG)))
    plain = sealed - TAG * count
    if plain < 0 or sealed_size(plain) != sealed:
        raise Damaged
    return plain


class SealedSink:
    """Seals what is written to it."""

    def __init__(self, file: IO[bytes], key: bytes, bound: bytes) -> None:
        self._file = file
        self._cipher = ChaCha20Poly1305(key)
        self._bound = bound
        self._held = bytearray()
        self._number = 0

    def write(self, data: bytes) -> None:
        """Take some more; a chunk goes out once something follows it."""
        self._held += data
        while len(self._held) > CHUNK:
            self._out(bytes(self._held[:CHUNK]), last=False)
            del self._held[:CHUNK]

    def close(self) -> None:
        """Seal the last chunk."""
        self._out(bytes(self._held), last=True)
        self._held.clear()

    def _out(self, chunk: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last=last), chunk, self._bound))
        self._number += 1


class OpenSink:
    """Writes as it is: for what has no passphrase."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def write(self, data: bytes) -> None:
        """Write."""
        self._file.write(data)

    def close(self) -> None:
        """Nothing is held back."""


def opened_chunks(file: IO[bytes], key: bytes, bound: bytes, sealed: int) -> Iterator[bytes]:
    """Give the plain chunks of a sealed body of this length, each only once it is proven."""
    cipher = ChaCha20Poly1305(key)
    number = 0
    while True:
        room = min(sealed, CHUNK + TAG)
        chunk = file.read(room)
        if len(chunk) < room:
            raise CutOff  # it was cut while it was being read
        sealed -= room
        try:
            yield cipher.decrypt(_nonce(number, last=sealed == 0), chunk, bound)
        except InvalidTag as error:
            raise Damaged from error
        if sealed == 0:
            return
        number += 1


def plain_chunks(file: IO[bytes], length: int) -> Iterator[bytes]:
    """Give the chunks of a body that lies open."""
    while length:
        chunk = file.read(min(length, CHUNK))
        if not chunk:
            raise CutOff
        length -= len(chunk)
        yield chunk


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(NUMBER_BYTES, "big") + bytes([last])
