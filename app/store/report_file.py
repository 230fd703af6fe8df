"""A report as it is kept in a session's folder: every value comes back as it was."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

from pydantic_core import from_json

from app.coach.baseline_file import dump_baseline, load_baseline
from app.coach.report_types import Curve, Finding, NotMeasured, ReceptionFault, Report
from app.coach.types import CueEvent, Gap, Sense
from app.errors import AppError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

VERSION: Final = 1
"""Version of the file, not of the rules that made the report."""


def dump_report(report: Report) -> bytes:
    """Write a report; `load_report` gives back an equal one."""
    data = plain_fields(report)
    for name in ("events", "gaps", "curves", "findings", "not_measured", "reception"):
        data[name] = [plain_fields(part) for part in getattr(report, name)]
    # What was said lies in a file of its own: it comes again, better, and not for every policy.
    del data["words"], data["phrases"], data["typed"]
    if report.baseline is not None:
        data["baseline"] = dump_baseline(report.baseline)
    return json.dumps({"version": VERSION, "report": data}, ensure_ascii=False).encode("utf-8")


def load_report(content: bytes, name: str) -> Report:
    """Read a kept report; an AppError where it was changed or is of a newer program."""
    try:
        whole = from_json(content)  # twice as fast as the standard library's: curves are long
        if whole["version"] != VERSION:
            raise ValueError(f"version {whole['version']}")
        data: dict[str, Any] = whole["report"]
        data["events"] = tuple(CueEvent(**event) for event in data["events"])
        data["gaps"] = tuple(_gap(gap) for gap in data["gaps"])
        data["curves"] = tuple(_curve(curve) for curve in data["curves"])
        data["findings"] = tuple(Finding(**finding) for finding in data["findings"])
        data["not_measured"] = tuple(NotMeasured(**row) for row in data["not_measured"])
        data["reception"] = tuple(ReceptionFault(**one) for one in data.get("reception", ()))
        for key in ("ticked", "notes"):
            data[key] = tuple(data[key])
        if data["baseline"] is not None:
            data["baseline"] = load_baseline(data["baseline"], name)
        return Report(**data)
    except (ValueError, TypeError, KeyError) as error:
        raise AppError(
            f"{name} of this session cannot be read.",
            "It was changed by hand or by a newer Rapport. Analyse the recording again.",
        ) from error


def plain_fields(value: DataclassInstance) -> dict[str, Any]:
    """Give a value's fields by name; what lies in them stays as it is."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


def load_found(content: bytes, name: str) -> Report:
    """Read of a kept report only what people judge: its episodes and findings.

    The rest is empty. Most of an hour's report are its curves, and without them a key at the desk
    is answered ten times as fast.
    """
    text = content.decode("utf-8", "replace")
    if not text.startswith(f'{{"version": {VERSION}, "report": '):
        return load_report(content, name)
    try:
        events = tuple(CueEvent(**event) for event in _list(text, "events"))
        findings = tuple(Finding(**finding) for finding in _list(text, "findings"))
    except (ValueError, TypeError):
        return load_report(content, name)  # written by another hand: read as a whole, or told
    return Report(
        duration_s=0.0, events=events, gaps=(), curves=(), findings=findings, not_measured=(),
        ticked=(), speakers_labelled=False, notes=(), baseline=None,
    )  # fmt: skip


def _list(text: str, key: str) -> list[dict[str, Any]]:
    """Read one list out of a document as `dump_report` writes it.

    Within a text of the document the quotes have a backslash, so that only the key itself is found.
    """
    head = f'"{key}": '
    found: list[dict[str, Any]]
    found, _ = json.JSONDecoder().raw_decode(text, text.index(head) + len(head))
    return found


def _gap(data: dict[str, Any]) -> Gap:
    return Gap(**data | {"sense": Sense(data["sense"])})


def _curve(data: dict[str, Any]) -> Curve:
    typed = {key: tuple(data[key]) for key in ("t_s", "values")}
    return Curve(**data | typed | {"sense": Sense(data["sense"])})
