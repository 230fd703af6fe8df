"""What the words of a session showed, in its folder; it is made again when better words come."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any, Final

from app.coach.joins import Joined
from app.coach.order import OrderKind, OrderNote
from app.coach.practice_report import PracticeReport
from app.coach.practice_types import Evidence, Phase, Polarity, Speaking, Turn
from app.coach.talk_facts import TalkFacts
from app.coach.types import CueEvent
from app.store.files import PRACTICES
from app.store.report_file import plain_fields
from audio.types import Word

if TYPE_CHECKING:
    from app.store.files import SessionFiles

NAME: Final = PRACTICES
VERSION: Final = 1
"""Version of the file."""

log = logging.getLogger(__name__)


def write_practices(files: SessionFiles, report: PracticeReport) -> None:
    """Keep what was found; an earlier one is replaced."""
    whole = {"version": VERSION, "practices": dump_practices(report)}
    files.write_atomic(NAME, json.dumps(whole, ensure_ascii=False).encode("utf-8"))


def read_practices(files: SessionFiles) -> PracticeReport | None:
    """Read what was found; None where there is none, or none that this program can use.

    It is never told as a fault: it is made from what lies beside it, and is then made again.
    """
    if not files.has(NAME):
        return None
    try:
        whole = json.loads(files.read(NAME))
        return load_practices(whole["practices"]) if whole["version"] == VERSION else None
    except (ValueError, TypeError, KeyError):
        log.info("%s of a session cannot be read and is made again.", NAME)
        return None


def dump_practices(report: PracticeReport) -> dict[str, Any]:
    """Write as plain data; `load_practices` gives back an equal one."""
    return {
        "key": report.key,
        "looked": report.looked,
        "role": report.role.value,
        "turns": [
            plain_fields(one) | {"words": [plain_fields(w) for w in one.words]}
            for one in report.turns
        ],
        "evidence": [plain_fields(one) for one in report.evidence],
        "order": [plain_fields(one) for one in report.order],
        "joined": [plain_fields(one) | {"event": plain_fields(one.event)} for one in report.joined],
        "talk": plain_fields(report.talk) if report.talk is not None else None,
    }


def load_practices(data: dict[str, Any]) -> PracticeReport:
    """Read what `dump_practices` wrote."""
    talk = data["talk"]
    return PracticeReport(
        key=str(data["key"]),
        looked=bool(data["looked"]),
        role=Speaking(data["role"]),
        turns=tuple(_turn(one) for one in data["turns"]),
        evidence=tuple(
            Evidence(**one | {"polarity": Polarity(one["polarity"])}) for one in data["evidence"]
        ),
        order=tuple(_note(one) for one in data["order"]),
        joined=tuple(Joined(**one | {"event": CueEvent(**one["event"])}) for one in data["joined"]),
        talk=_talk(talk) if talk is not None else None,
    )


def _turn(data: dict[str, Any]) -> Turn:
    words = tuple(Word(**word) for word in data["words"])
    return Turn(**data | {"speaker": Speaking(data["speaker"]), "words": words})


def _note(data: dict[str, Any]) -> OrderNote:
    then = data["then"]
    typed = {
        "kind": OrderKind(data["kind"]),
        "first": Phase(data["first"]),
        "then": None if then is None else Phase(then),
    }
    return OrderNote(**data | typed)


def _talk(data: dict[str, Any]) -> TalkFacts:
    overlaps = data["overlaps"]
    typed = {
        "overlaps": None if overlaps is None else tuple((start, end) for start, end in overlaps),
        "gaps_s": tuple(data["gaps_s"]),
    }
    return TalkFacts(**data | typed)
