"""Limits that are data: each with its unit, what it is and where it comes from."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from app.coach.toml_file import check, line_of, read_toml
from app.errors import AppError
from app.paths import asset

if TYPE_CHECKING:
    from pathlib import Path

    from _typeshed import DataclassInstance

    KindT = TypeVar("KindT", bound=DataclassInstance)

FOLDER = "limits"


def load_limits(kind: type[KindT], name: str, path: Path | None = None) -> KindT:
    """Read a file of limits, a table each, into a dataclass of numbers with the same names.

    Parameters
    ----------
    kind
        The dataclass; each of its fields is a float.
    name
        The file's name among the limits that ship, without its ending.
    path
        Another file.

    Raises
    ------
    AppError
        Naming file, line and what is allowed.
    """
    path = path or asset(FOLDER, f"{name}.toml")
    data, text = read_toml(path)
    names = [field.name for field in fields(kind)]
    for key in data:
        if key not in names:
            raise AppError(
                f"{path.name}, line {line_of(text, f'[{key}]')}: [{key}] is not known here; "
                f"allowed: {', '.join(names)}.",
                "Mend it and start again.",
            )
    missing = [one for one in names if not isinstance(data.get(one), dict)]
    if missing:
        raise AppError(
            f"{path.name} lacks {', '.join(f'[{one}]' for one in missing)}.",
            "Put the table back, or install Rapport again.",
        )
    return kind(
        **{
            one: check(_Limit, data[one], path=path, text=text, header=f"[{one}]").value  # type: ignore[arg-type]
            for one in names
        }
    )


class _Limit(BaseModel):
    """One table of a file."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)

    value: float = Field(ge=0.0, le=600.0, description="a number, 0 to 600")
    unit: Literal["seconds", "readings", "share"] = Field(
        description='"seconds", "readings" or "share"'
    )
    what: str = Field(min_length=10, description="what it is, in words")
    source: str = Field(min_length=20, description="where the number comes from, in words")
