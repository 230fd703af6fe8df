"""The letters of a transcript, however other programs wrote them down."""

from __future__ import annotations

from typing import Final

TEXT: Final = 0.85
"""Part of the signs of a European text, at least, that are plain letters (ASCII)."""


def decoded(data: bytes) -> str:
    """Read UTF-8, UTF-16 with or without its mark, UTF-32 with it, or the letters of Windows.

    Raises
    ------
    UnicodeDecodeError
        Where it is no text.
    """
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return data.decode("utf-32")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    if b"\x00" in data:
        return data.decode(_wide(data))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if _plain(data) < TEXT:
            raise
        return data.decode("cp1252")


def _wide(data: bytes) -> str:
    """Tell by where its zeros are how a text of two bytes a letter was written without a mark."""
    for first, name in ((0, "utf-16-le"), (1, "utf-16-be")):
        letters, zeros = data[first::2], data[1 - first :: 2]
        if b"\x00" not in letters and zeros.count(0) >= TEXT * len(zeros):
            return name
    at = data.index(0)
    raise UnicodeDecodeError("utf-8", data, at, at + 1, "no text holds a zero")


def _plain(data: bytes) -> float:
    return sum(byte < 128 for byte in data) / len(data)
