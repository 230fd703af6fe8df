"""Writes flat TOML: texts, switches, numbers, lists and tables in a line."""

from __future__ import annotations

import json
from collections.abc import Mapping


def dump_toml(values: Mapping[str, object]) -> str:
    """Write a flat TOML document; what is None is left out, for TOML has no word for it."""
    return "".join(
        f"{key} = {toml_value(value)}\n" for key, value in values.items() if value is not None
    )


def toml_value(value: object) -> str:
    """Write one TOML value."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        # JSON's escapes are TOML's too, but JSON leaves the delete character as it is.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, list | tuple):
        return "[" + ", ".join(toml_value(item) for item in value) + "]"
    if isinstance(value, Mapping):
        inside = ", ".join(f"{toml_value(key)} = {toml_value(one)}" for key, one in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    raise TypeError(f"no TOML form for {type(value).__name__}")
