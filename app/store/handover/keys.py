"""The signing key of a profile. The private half never leaves the person's data folder."""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.errors import AppError
from app.store.faults import told
from app.store.handover.spoken_words import grouped, words_of
from app.store.private_file import open_private
from app.windows import take_place

if TYPE_CHECKING:
    from pathlib import Path

KEYS: Final = "keys"
"""Folder beside the database. No export takes it along; a sealed backup of everything may."""
SUFFIX: Final = ".key"
FINGERPRINT: Final = b"rapport key words 1\x00"
KEY_WORDS: Final = 12
"""Three groups of four. 120 bits: to make a key with the same words takes 2^120 tries, above the
2^112 that are held to be out of reach; who compares only two groups still has 2^80."""


class OwnKey:
    """Signs; shows nothing but the public half."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        raw = private.public_key().public_bytes(
            serialization.Encoding.Raw, serialization.PublicFormat.Raw
        )
        self.public_key = raw.hex()

    def __repr__(self) -> str:
        return f"OwnKey({self.public_key})"

    def __reduce__(self) -> str:
        raise TypeError("a private key is not copied or sent")

    def sign(self, message: bytes) -> bytes:
        """Sign a message, 64 bytes."""
        return self._private.sign(message)


def verify(public_key: str, signature: bytes, message: bytes) -> bool:
    """Whether the owner of this public key signed the message."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def key_words(public_key: str) -> tuple[str, ...]:
    """Say a public key as words, a line for each group: the same key gives the same words."""
    digest = hashlib.sha256(FINGERPRINT + bytes.fromhex(public_key)).digest()
    return grouped(words_of(digest, KEY_WORDS))


def own_key(folder: Path, person_id: str) -> OwnKey:
    """Give a person's key; the first time it is made. `folder` is the one of the database."""
    path = folder / KEYS / f"{person_id}{SUFFIX}"
    with told(path):
        if not path.exists():
            _make(path)
        content = path.read_bytes()
    try:
        private = serialization.load_pem_private_key(content, password=None)
    except ValueError as error:
        raise _unreadable(path) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise _unreadable(path)
    return OwnKey(private)


def forget_key(folder: Path, person_id: str) -> None:
    """Delete a person's key, when the profile is removed."""
    path = folder / KEYS / f"{person_id}{SUFFIX}"
    with told(path):
        path.unlink(missing_ok=True)


def _make(path: Path) -> None:
    """Write a new key whole or not at all; of two programs that do it at once, one wins."""
    content = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(f"{path.name}.{secrets.token_hex(8)}.part")
    try:
        with open_private(part) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _put(part, path)
    finally:
        part.unlink(missing_ok=True)


def _put(part: Path, path: Path) -> None:
    """Give the file its name, unless another one has it by now."""
    try:
        with suppress(FileExistsError):
            os.link(part, path)
    except OSError:
        if not path.exists():  # a disk without links, such as a memory stick's
            take_place(part, path)


def _unreadable(path: Path) -> AppError:
    return AppError(
        f"Your signing key in {path} cannot be read.",
        "It was changed by hand. Put it back from a copy, or move it away: then a new key is made "
        "and everybody you share with has to compare its words once more.",
    )
