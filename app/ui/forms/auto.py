"""Makes the field of a key out of what the schema says of it: title, limits, what is allowed."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

from app.coach.practice_schema import PLACES
from app.ui.forms.choices import NONE, ChoiceField, FlagField, ManyField
from app.ui.forms.fields import Field, LineField, LongField, NumberField
from app.ui.forms.text_list import TextListField
from app.ui.forms.words import choice_text
from app.ui.texts import told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

    from app.ui.forms.model import FormModel

FEW: Final = 40
"""Numbers to choose from; more are typed."""
A_LINE: Final = 60
"""Texts that may have more letters than this get room for sentences."""


@functools.cache
def _properties(model: type[BaseModel]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = model.model_json_schema()["properties"]
    return found


def title_of(model: type[BaseModel], key: str) -> str:
    """Give a key's name in plain words."""
    return told(str(_properties(model)[key].get("title", key)))


def field_for(
    form: FormModel,
    model: type[BaseModel],
    key: str,
    *,
    why: str = "",
    least: int = 2,
    none: str = "",
) -> Field:
    """Make the field of a key.

    Parameters
    ----------
    form
        What it shows and changes.
    model, key
        The table's model and the key in it.
    why
        A sentence below the name.
    least
        Lines that a field for sentences has at least.
    none
        What a number that may be left out says then.
    """
    about = _properties(model)[key]
    title = title_of(model, key)
    kinds = [about, *about.get("anyOf", [])]
    kind = next(one for one in kinds if "type" in one)
    if "enum" in about:
        options = [(one, choice_text(one)) for one in about["enum"]]
        return ChoiceField(form, title, lambda: options, why, usual=about.get("default"))
    if kind["type"] == "boolean":
        return FlagField(form, title, why)
    if kind["type"] == "integer":
        return _number_for(form, title, why, kind, none)
    if kind["type"] == "array":
        return _list_for(form, title, why, kind)
    if kind.get("maxLength", A_LINE + 1) <= A_LINE:
        return LineField(form, title, why, most=kind["maxLength"])
    return LongField(form, title, why, least=least, optional=not kind.get("minLength"))


def _number_for(form: FormModel, title: str, why: str, kind: Mapping[str, Any], none: str) -> Field:
    low, high = int(kind.get("minimum", 0)), int(kind.get("maximum", 999))
    if high - low > FEW:
        return NumberField(form, title, why, digits=len(str(high)))
    numbers: list[tuple[object, str]] = [(one, str(one)) for one in range(low, high + 1)]
    options = [(NONE, none), *numbers] if none else numbers
    return ChoiceField(form, title, lambda: options, why, usual=NONE if none else None)


def _list_for(form: FormModel, title: str, why: str, kind: Mapping[str, Any]) -> Field:
    if "enum" in kind["items"]:
        ticks = [(one, told(PLACES.get(one, one))) for one in kind["items"]["enum"]]
        return ManyField(form, title, ticks, why)
    return TextListField(form, title, why, most=int(kind.get("maxItems", 40)))
