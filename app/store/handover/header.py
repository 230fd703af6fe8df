"""The part of a file that lies open: what it takes to ask for the passphrase, and nothing else."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import struct
import unicodedata
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from app.errors import AppError
from app.store.handover.refusals import (
    CutOff,
    Damaged,
    NotOurs,
    TooCostly,
    TooNew,
    WrongPassphrase,
)

MAGIC: Final = b"\x8bRAPPORT"
VERSION: Final = 1
SALT_BYTES: Final = 32
CHECK_BYTES: Final = 16
SUM_BYTES: Final = 8
_FIELDS: Final = struct.Struct(f">{len(MAGIC)}sHBBBB{SALT_BYTES}s{CHECK_BYTES}sQ")
SIZE: Final = _FIELDS.size + SUM_BYTES
"""Bytes of the whole open part."""
OPEN: Final = 0
"""No passphrase: a withdrawal, which tells nothing."""
SCRYPT: Final = 1
LOG2_N: Final = 17
"""128 MB and about 0.4 s a guess (OWASP Password Storage Cheat Sheet, 2023: N = 2^17, r = 8)."""
LOG2_N_LIMITS: Final = (14, 19)
"""From 16 MB to 512 MB: less protects nothing, more would let a file stop the computer."""
BLOCK_R: Final = 8
PARALLEL_P: Final = 1
SHORTEST: Final = 12
"""Characters of a passphrase that somebody makes up."""


@dataclass(frozen=True, slots=True)
class Header:
    """What lies open. All of it is bound to every sealed byte, and signed."""

    kdf: int
    """OPEN or SCRYPT."""
    log2_n: int
    """Work and memory of scrypt, as a power of two; 0 without a passphrase."""
    salt: bytes
    """32 random bytes: no two files have one key."""
    check: bytes
    """16 bytes of the derived key's other half: tell a wrong passphrase from a damaged file."""
    body_bytes: int
    """How long the rest of the file is: one that was cut off is known at once."""

    def packed(self) -> bytes:
        """Write it, with a checksum that tells damage from a wrong passphrase."""
        secret = self.kdf == SCRYPT
        raw = _FIELDS.pack(
            MAGIC,
            VERSION,
            self.kdf,
            self.log2_n,
            BLOCK_R if secret else 0,
            PARALLEL_P if secret else 0,
            self.salt,
            self.check,
            self.body_bytes,
        )
        return raw + hashlib.sha256(raw).digest()[:SUM_BYTES]


def read_header(raw: bytes, file_bytes: int) -> Header:
    """Read the open part of a file of this length, or say why it is none of ours."""
    if raw[: len(MAGIC)] != MAGIC:
        raise CutOff if 0 < len(raw) < len(MAGIC) and MAGIC.startswith(raw) else NotOurs
    version = int.from_bytes(raw[len(MAGIC) : len(MAGIC) + 2], "big")
    if len(raw) >= len(MAGIC) + 2 and version > VERSION:
        raise TooNew
    if len(raw) < SIZE:
        raise CutOff
    fields, checksum = raw[: _FIELDS.size], raw[_FIELDS.size :]
    if hashlib.sha256(fields).digest()[:SUM_BYTES] != checksum:
        raise Damaged
    _, version, kdf, log2_n, block, parallel, salt, check, body_bytes = _FIELDS.unpack(fields)
    if version != VERSION or kdf not in {OPEN, SCRYPT}:
        raise NotOurs
    if kdf == SCRYPT:
        low, high = LOG2_N_LIMITS
        if not low <= log2_n <= high or (block, parallel) != (BLOCK_R, PARALLEL_P):
            raise TooCostly
    if file_bytes != SIZE + body_bytes:
        raise CutOff if file_bytes < SIZE + body_bytes else Damaged
    return Header(kdf, log2_n, salt, check, body_bytes)


def new_header(passphrase: str | None, log2_n: int = LOG2_N) -> tuple[Header, bytes]:
    """Make a header, its length still 0, and the key that seals the file; empty without one."""
    salt = secrets.token_bytes(SALT_BYTES)
    if passphrase is None:
        return Header(OPEN, 0, salt, bytes(CHECK_BYTES), 0), b""
    key, check = _derived(passphrase, salt, log2_n)
    return Header(SCRYPT, log2_n, salt, check, 0), key


def key_for(header: Header, passphrase: str) -> bytes:
    """Derive the key that opens a file, or say that the passphrase is another one."""
    key, check = _derived(passphrase, header.salt, header.log2_n)
    if not hmac.compare_digest(check, header.check):
        raise WrongPassphrase
    return key


def normal(passphrase: str) -> str:
    """Write a passphrase in the one form that counts, however it was typed."""
    plain = unicodedata.normalize("NFKC", passphrase).casefold().replace("-", " ")
    return " ".join(unicodedata.normalize("NFKC", plain).split())


def must_be_strong(passphrase: str) -> None:
    """Refuse to seal with a passphrase that can be guessed at once."""
    plain = normal(passphrase)
    if len(plain) < SHORTEST or len(set(plain)) < SHORTEST // 2:
        raise AppError(
            "This passphrase is too short to protect a recording.",
            f"Use the words that are offered, or at least {SHORTEST} different characters.",
        )


def _derived(passphrase: str, salt: bytes, log2_n: int) -> tuple[bytes, bytes]:
    """Stretch the passphrase, then make two values of it that say nothing about each other."""
    stretched = Scrypt(salt=salt, length=32, n=1 << log2_n, r=BLOCK_R, p=PARALLEL_P).derive(
        normal(passphrase).encode("utf-8")
    )
    key = HKDFExpand(hashes.SHA256(), 32, b"rapport hand-over 1 key").derive(stretched)
    check = HKDFExpand(hashes.SHA256(), CHECK_BYTES, b"rapport hand-over 1 check").derive(stretched)
    return key, check
