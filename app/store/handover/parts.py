"""What travels as JSON inside a hand-over: the session's facts, and marks."""

from __future__ import annotations

import datetime as dt
import json
import math
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.coach.types import Lane, Mark, MarkKind
from app.store.handover.letter_json import UUID, shown
from app.store.handover.refusals import Damaged
from app.store.handover.types import Shared
from app.store.types import KeepPolicy  # noqa: TC001 -- pydantic reads it at run time

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_MARKS: Final = 50_000
LONGEST_TEXT: Final = 20_000
"""Characters of one detail of a mark."""
Text = Annotated[str, Field(max_length=LONGEST_TEXT)]
Seconds = Annotated[float, Field(ge=0.0, le=1e7, allow_inf_nan=False)]


@dataclass(frozen=True, slots=True)
class Said:
    """A mark, and when it was made."""

    mark: Mark
    """With its id."""
    at: dt.datetime
    """UTC."""


class _Mark(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, Field(pattern=f"^{UUID}$")]
    t: Seconds
    lane: Lane
    kind: MarkKind
    author: Annotated[str, Field(max_length=64)]
    data: dict[Annotated[str, Field(max_length=64)], Text]
    revises: Annotated[str, Field(pattern=f"^({UUID})?$")]
    tombstone: bool
    at: dt.datetime


class _Shared(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: Annotated[str, Field(max_length=400)]
    started: dt.datetime
    start_s: Seconds
    end_s: Seconds
    whole: bool
    keep: KeepPolicy
    focus: Annotated[str | None, Field(max_length=64)]
    checklist: Annotated[str | None, Field(max_length=64)]
    scenario: Annotated[str | None, Field(max_length=64)]
    role: Annotated[str, Field(pattern="^(staff|customer)$")]
    app: Annotated[str, Field(max_length=64)]
    rules: int
    models: Annotated[str, Field(max_length=2000)]


def dump_marks(said: Sequence[Said]) -> bytes:
    """Write marks with the times at which they were made."""
    rows = [
        {
            "id": one.mark.id,
            "t": float(one.mark.t),
            "lane": one.mark.lane.value,
            "kind": one.mark.kind.value,
            "author": one.mark.author,
            "data": dict(one.mark.data),
            "revises": one.mark.revises,
            "tombstone": one.mark.tombstone,
            "at": one.at.astimezone(dt.UTC).isoformat(),
        }
        for one in said
    ]
    return json.dumps(rows, ensure_ascii=False).encode("utf-8")


def load_marks(content: bytes) -> list[Said]:
    """Read marks; Damaged where they are not what `dump_marks` writes."""
    try:
        rows = json.loads(content)
        if not isinstance(rows, list) or len(rows) > MOST_MARKS:
            raise Damaged
        read = [_Mark.model_validate(row) for row in rows]
    except (ValueError, ValidationError) as error:
        raise Damaged from error
    if len({row.id for row in read}) != len(read) or any(row.at.tzinfo is None for row in read):
        raise Damaged
    return [
        Said(
            Mark(
                t=row.t,
                lane=row.lane,
                kind=row.kind,
                author=row.author,
                data=MappingProxyType(row.data),
                id=row.id,
                revises=row.revises,
                tombstone=row.tombstone,
            ),
            row.at.astimezone(dt.UTC),
        )
        for row in read
    ]


def dump_shared(shared: Shared) -> bytes:
    """Write the facts of a shared session."""
    whole = {
        "title": shared.title,
        "started": shared.started_at.astimezone(dt.UTC).isoformat(),
        "start_s": shared.start_s,
        "end_s": shared.end_s,
        "whole": shared.whole,
        "keep": shared.keep_policy.value,
        "focus": shared.focus,
        "checklist": shared.checklist,
        "scenario": shared.scenario,
        "role": shared.role,
        "app": shared.app_version,
        "rules": shared.rules_version,
        "models": shared.model_version,
    }
    return json.dumps(whole, ensure_ascii=False).encode("utf-8")


def load_shared(content: bytes) -> Shared:
    """Read the facts of a shared session."""
    try:
        read = _Shared.model_validate_json(content)
    except ValidationError as error:
        raise Damaged from error
    if read.started.tzinfo is None or not read.start_s < read.end_s < math.inf:
        raise Damaged
    return Shared(
        title=shown(read.title),
        started_at=read.started.astimezone(dt.UTC),
        start_s=read.start_s,
        end_s=read.end_s,
        whole=read.whole,
        keep_policy=read.keep,
        focus=read.focus,
        checklist=read.checklist,
        scenario=read.scenario,
        role=read.role,
        app_version=read.app,
        rules_version=read.rules,
        model_version=read.models,
    )
