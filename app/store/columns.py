"""One chunk of readings as bytes: small columns, compressed; every value comes back bit for bit."""

from __future__ import annotations

import json
import struct
import zlib
from dataclasses import fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from audio.types import Reason as VoiceReason
from audio.types import Reception, Speaker, VoiceReading
from vision.types import Arms, Framing, VisionReading
from vision.types import Reason as VisionReason

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from app.coach.senses import Reading

JOINTS: Final = (33, 3)
"""Shape of a body's joints: x, y and visibility."""
COMPRESSION: Final = 6
LARGEST: Final = 1 << 24
"""No chunk comes near this when it is unpacked, bytes; readings may come from somebody else."""
_LENGTH: Final = struct.Struct("<I")

_NAMES: Final = {
    VisionReading: tuple(field.name for field in fields(VisionReading)),
    VoiceReading: tuple(field.name for field in fields(VoiceReading)),
}
_WORDS: Final[Mapping[type, Mapping[str, Callable[[Any], object]]]] = {
    VisionReading: {
        "arms": Arms,
        "framing": lambda words: tuple(Framing(word) for word in words),
        "missing": lambda words: _missing(words, VisionReason),
    },
    VoiceReading: {
        "speaker": Speaker,
        "reception": lambda word: None if word is None else Reception(word),
        "missing": lambda words: _missing(words, VoiceReason),
    },
}
"""Fields that are not numbers, and what makes them from their JSON form."""
_FLAGS: Final = frozenset({"face_looked", "body_looked", "speech", "clipped"})


def pack(readings: Sequence[Reading]) -> bytes:
    """Write readings of both senses, in their order."""
    head: dict[str, Any] = {"order": [int(type(one) is VoiceReading) for one in readings]}
    body: list[bytes] = []
    for key, kind in (("vision", VisionReading), ("voice", VoiceReading)):
        mine = [one for one in readings if type(one) is kind]
        head[key] = _columns(mine, kind, body) if mine else {}
    text = json.dumps(head, separators=(",", ":")).encode("utf-8")
    return zlib.compress(b"".join((_LENGTH.pack(len(text)), text, *body)), COMPRESSION)


def unpack(content: bytes) -> list[Reading]:
    """Read what `pack` wrote; fields that did not exist then keep their defaults.

    Raises
    ------
    ValueError
        Where the content is not what `pack` writes, or holds words of a newer program.
    """
    try:
        unpacking = zlib.decompressobj()
        raw = unpacking.decompress(content, LARGEST)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if not unpacking.eof:
        raise ValueError("a chunk of readings is cut off or far too large")
    (length,) = _LENGTH.unpack_from(raw)
    start = _LENGTH.size
    head = json.loads(raw[start : start + length])
    body = memoryview(raw)[start + length :]
    count = len(head["order"])
    voices = sum(head["order"])
    vision, body = _rows(head["vision"], count - voices, VisionReading, body)
    voice, _ = _rows(head["voice"], voices, VoiceReading, body)
    either = (iter(vision), iter(voice))
    return [next(either[sense]) for sense in head["order"]]


def _columns(readings: list[Any], kind: type, body: list[bytes]) -> dict[str, Any]:
    """Append the numbers to the body; give what is needed to read them, and the words."""
    described: dict[str, Any] = {}
    for name in _NAMES[kind]:
        values = [getattr(one, name) for one in readings]
        if name in _WORDS[kind]:
            described[name] = _as_words(values)
        else:
            there = np.array([value is not None for value in values])
            body.append(np.packbits(there).tobytes())
            body.append(_numbers(name, [value for value in values if value is not None]))
            described[name] = int(there.sum())
    return described


def _numbers(name: str, values: list[Any]) -> bytes:
    """Write the values of one field that are there."""
    if name == "joints":
        if any(value.shape != JOINTS or value.dtype != np.float32 for value in values):
            raise ValueError(f"joints are {JOINTS} in float32")
        return b"".join(value.tobytes() for value in values)
    return np.array(values, dtype=_dtype(name)).tobytes()


def _dtype(name: str) -> type[np.generic]:
    """Give the type of a field's numbers on disk."""
    if name in _FLAGS:
        return np.bool_
    return np.float32 if name == "joints" else np.float64


def _as_words(values: list[Any]) -> dict[str, list[Any]]:
    """Write words once each, and which of them stands in each reading."""
    table: dict[str, int] = {}
    which = []
    for value in values:
        plain = list(value.items()) if hasattr(value, "items") else value
        which.append(table.setdefault(json.dumps(plain, separators=(",", ":")), len(table)))
    return {"table": [json.loads(text) for text in table], "which": which}


def _rows(
    described: Mapping[str, Any], count: int, kind: type, body: memoryview
) -> tuple[list[Any], memoryview]:
    """Make the readings of one sense; gives them and the rest of the body."""
    if count == 0:
        return [], body
    columns: dict[str, Sequence[object]] = {}
    for name, told in described.items():
        if isinstance(told, dict):
            made = _WORDS[kind].get(name)
            if made is not None:
                table = [None if word is None else made(word) for word in told["table"]]
                columns[name] = [table[index] for index in told["which"]]
        else:
            columns[name], body = _column(name, told, count, body)
    known = [name for name in columns if name in _NAMES[kind]]
    values = zip(*(columns[name] for name in known), strict=True)
    return [kind(**dict(zip(known, row, strict=True))) for row in values], body


def _column(
    name: str, present: int, count: int, body: memoryview
) -> tuple[list[object], memoryview]:
    """Read one field of all readings; gives it and the rest of the body."""
    bits = -(-count // 8)
    there = np.unpackbits(np.frombuffer(body[:bits], np.uint8), count=count)
    dtype = np.dtype(_dtype(name))
    items = present * (JOINTS[0] * JOINTS[1] if name == "joints" else 1)
    end = bits + items * dtype.itemsize
    numbers: NDArray[Any] = np.frombuffer(body[bits:end], dtype)
    values = iter(numbers.reshape(present, *JOINTS) if name == "joints" else numbers.tolist())
    return [next(values) if here else None for here in there], body[end:]


def _missing(
    words: list[list[str]], reason: type[VisionReason | VoiceReason]
) -> Mapping[str, VisionReason | VoiceReason]:
    return MappingProxyType({name: reason(word) for name, word in words})
