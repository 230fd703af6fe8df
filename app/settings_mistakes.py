"""Mistakes in a settings file: what is wrong, where, and what is allowed, in plain words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType, NoneType
from typing import Annotated, Any, Final, Literal, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from app.settings_toml import toml_value

Known = Mapping[str, Collection[str]]
"""Setting -> the ids that it may name: as its value, in its list, or as keys of its table."""
Where = tuple[str | int, ...]
"""The way to a value: ("theme",), ("switched_off", 2) or ("limits", "loud")."""

_PLAIN: Final[Mapping[object, str]] = MappingProxyType({
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "a text in quotes",
    tuple: "a list in square brackets",
    dict: "a table in braces",
})  # fmt: skip


def unread(error: Exception) -> str:
    """Say why a text is not read as TOML."""
    if isinstance(error, tomllib.TOMLDecodeError):
        return f"it is not valid TOML, {error}"
    if isinstance(error, RecursionError):
        return "it holds lists in lists without end"
    return "it holds a number that is far too long"  # Python reads none of thousands of digits


def take_out_mistakes(
    kind: type[BaseModel],
    values: dict[str, Any],
    text: str,
    *,
    safe: Mapping[str, object],
    known: Known,
) -> list[str]:
    """Take out of the values what cannot be taken, each by itself: the rest of its list stays.

    Parameters
    ----------
    kind
        What the settings must look like.
    values
        What stands in the file; the mistakes are taken out of it.
    text
        The file, for the lines.
    safe
        What holds instead of a mistake, where the usual is the wrong thing to fall back to.
    known
        Ids that settings may name.

    Returns
    -------
    list of str
        By line: where it is, what stands there, what is allowed, and what holds instead.
    """
    found: dict[Where, str] = {}
    lines: dict[Where, int] = {}
    for where, what in _lonely(kind, values):
        found[where], lines[where] = what, _line_of(where, values, text)
        values[str(where[0])] = [values[str(where[0])]]
    wrong = _of_shape(kind, values, safe)
    wrong = dict(_of_ids(values, known, wrong)) | wrong
    for where in wrong:
        lines[where] = _line_of(where, values, text)
    for where in sorted(wrong, key=_place, reverse=True):  # from the back: places in lists stay
        _take_out(where, values, safe)
    told = found | wrong
    return [
        f"line {lines[where]}: {told[where]}" if lines[where] else told[where]
        for where in sorted(told, key=lambda one: lines[one])
    ]


def _lonely(kind: type[BaseModel], values: Mapping[str, object]) -> Iterator[tuple[Where, str]]:
    """Find texts that stand alone where a list is wanted: it is clear what is meant."""
    for key, value in values.items():
        known = kind.model_fields.get(key)
        if known is not None and get_origin(known.annotation) is tuple and isinstance(value, str):
            yield (key,), f'"{key}" is not a list; write {key} = {_shown([value])}'


def _of_shape(
    kind: type[BaseModel], values: Mapping[str, Any], safe: Mapping[str, object]
) -> dict[Where, str]:
    """Find what is not of the kind that is wanted."""
    try:
        kind.model_validate(values)
    except ValidationError as error:
        details = error.errors()
    else:
        return {}
    hints = get_type_hints(kind, include_extras=True)
    found: dict[Where, str] = {}
    for detail in details:
        key, *inside = detail["loc"][:2]
        if detail["type"] == "extra_forbidden":
            allowed = ", ".join(sorted(kind.model_fields))
            found[key,] = f'"{key}" is not a setting (there are {allowed})'
        elif inside:
            one = values[str(key)][inside[0]]
            named = (
                f'"{inside[0]}" in "{key}"' if isinstance(inside[0], str) else f'in "{key}", one'
            )
            found[key, inside[0]] = f"{named} is {_shown(one)}; {_allowed(_item(hints[str(key)]))}"
        else:
            what = f'"{key}" is {_shown(values[str(key)])}; {_allowed(hints[str(key)])}'
            if key in safe:
                what += f"; until then it is {_shown(safe[str(key)])}"
            found[key,] = what
    return found


def _of_ids(
    values: Mapping[str, Any], known: Known, wrong: Collection[Where]
) -> Iterator[tuple[Where, str]]:
    """Find what names something that there is not."""
    for key, ids in known.items():
        value = values.get(key)
        if not value or (key,) in wrong:
            continue
        allowed = f"; there are {', '.join(sorted(ids))}"
        if isinstance(value, str):
            named: list[tuple[Where, object]] = [((key,), value)]
        elif isinstance(value, Mapping):
            named = [((key, one), one) for one in value]
        else:
            named = [((key, at), one) for at, one in enumerate(value)]
        for where, one in named:
            if where not in wrong and one not in ids:
                yield where, f'in "{key}", {_shown(one)} is not known{allowed}'


def _place(where: Where) -> int:
    last = where[-1]
    return last if isinstance(last, int) else -1


def _take_out(where: Where, values: dict[str, Any], safe: Mapping[str, object]) -> None:
    key = str(where[0])
    if len(where) > 1:
        del values[key][where[1]]
        return
    del values[key]
    if key in safe:
        values[key] = safe[key]


def _allowed(hint: object) -> str:
    """Say in words what may stand there."""
    if get_origin(hint) is Annotated:
        plain, *about = get_args(hint)
        limits = [limit for one in about if isinstance(one, FieldInfo) for limit in one.metadata]
        low, high = (
            next((getattr(one, name) for one in limits if hasattr(one, name)), None)
            for name in ("ge", "le")
        )
        return f"{_allowed(plain)} from {low} to {high}"
    if get_origin(hint) is Literal:
        *most, last = map(_shown, get_args(hint))
        return f"allowed: {', '.join(most)} or {last}"
    plain = next((one for one in get_args(hint) or (hint,) if one is not NoneType), hint)
    if get_origin(hint) in (tuple, dict):
        plain = get_origin(hint)
    return f"allowed: {_PLAIN[plain]}"


def _item(hint: object) -> object:
    """Give what may stand inside a list or table."""
    first, last = get_args(hint)
    return first if last is Ellipsis else last


def _shown(value: object) -> str:
    try:
        return toml_value(value)
    except TypeError:  # a date: it is only ever shown
        return str(value)


def _line_of(where: Where, values: Mapping[str, Any], text: str) -> int:
    """Find the line, from 1, for the person who has to mend it; 0 where it is not found."""
    lines = text.splitlines()
    key, *inside = map(str, where)
    at = _first(rf"""\s*\[*\s*["']?{re.escape(key)}["']?\s*[=\].]""", lines, 0)
    if not at or not inside:
        return at
    if isinstance(where[1], int):  # the item itself, wherever its list goes on
        return _first(rf".*{re.escape(_shown(values[key][where[1]]))}", lines, at - 1) or at
    return _first(rf"""(.*[^\w-])?["']?{re.escape(inside[0])}["']?\s*=""", lines, at - 1) or at


def _first(pattern: str, lines: list[str], since: int) -> int:
    for number in range(since, len(lines)):
        if re.match(pattern, lines[number]):
            return number + 1
    return 0
