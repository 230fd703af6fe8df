"""What was found in the words, as the part of the published report that tells it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from app.coach.joins import joined_sentence, load_halves
from app.coach.order import OrderKind
from app.coach.practice_types import Phase, Polarity
from app.coach.practice_words import order_sentence

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from app.coach.joins import Joined
    from app.coach.order import OrderNote
    from app.coach.practice_report import PracticeReport
    from app.coach.practice_types import Evidence
    from app.coach.talk_facts import TalkFacts

_PRACTICE: Final = {"type": "string", "pattern": r"^P\d\d$", "description": "P01 to P32."}
_MOMENT: Final = {
    "type": ["number", "null"],
    "minimum": 0,
    "description": "From the beginning of the recording, seconds; null where it is not known.",
}


def _text(description: str) -> dict[str, Any]:
    return {"type": "string", "description": description}


def seconds(description: str) -> dict[str, Any]:
    """Describe a length or a moment that is always known."""
    return {"type": "number", "minimum": 0, "description": f"{description}, seconds."}


def _one_of(values: list[str | None], description: str) -> dict[str, Any]:
    return {"enum": values, "description": description}


def _table(
    description: str,
    may_lack: Collection[str] = (),
    **fields: Any,  # noqa: ANN401 - JSON
) -> dict[str, Any]:
    return {
        "type": ["array", "null"],
        "description": f"{description}; null where nothing was looked for.",
        "items": {
            "type": "object",
            "properties": fields,
            "required": [name for name in fields if name not in may_lack],
            "additionalProperties": False,
        },
    }


_TURN: Final = {
    "type": "integer",
    "minimum": 0,
    "description": "Number of the turn, over both sides, from 0.",
}
_OVERLAPS: Final = {
    "type": ["array", "null"],
    "description": "[start, end] of each stretch, seconds; null where it was not measured.",
    "items": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
}
_TALK: Final = {
    "type": ["object", "null"],
    "description": "Who talked when; null where nobody said who speaks.",
    "properties": {
        "staff_s": seconds("How long the staff member talked"),
        "customer_s": seconds("How long the customer talked"),
        "overlaps": _OVERLAPS,
        "gaps_s": {
            "type": "array",
            "items": {"type": "number"},
            "description": "From each end of the customer to the answer, seconds.",
        },
    },
    "required": ["staff_s", "customer_s", "overlaps", "gaps_s"],
    "additionalProperties": False,
}

PRACTICE_FIELDS: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "practices": _table(
            "What in the words speaks for or against a practice, after what people said of it",
            may_lack=("by_hand",),
            practice=_PRACTICE,
            turn=_TURN,
            start_s=_MOMENT,
            end_s=_MOMENT,
            words=_text("The words that carry it."),
            confidence={
                "type": "number",
                "minimum": 0,
                "maximum": 1,
                "description": "How sure the finder is.",
            },
            polarity=_one_of([one.value for one in Polarity], "Done, or the other way round."),
            detail=_text("More about it in a stable word; or empty."),
            by_hand={
                "const": True,
                "description": "There where a person confirmed it or put it right.",
            },
        ),
        "joined": _table(
            "Words of a practice with a cue beside them, the longest first",
            id=_text("Stable within the session."),
            practice=_PRACTICE,
            cue=_text("Stable cue id."),
            start_s=seconds("Where the words begin"),
            end_s=seconds("Where the words end"),
            words=_text("The words, as recognised."),
            sentence=_text("Both together in plain words."),
            together_s=seconds("For how long both went on"),
        ),
        "order": _table(
            "What stood out about order and length",
            kind=_one_of([one.value for one in OrderKind], "What it is."),
            turn=_TURN,
            start_s=_MOMENT,
            first=_one_of([one.value for one in Phase], "The phase that came first."),
            then=_one_of(
                [*(one.value for one in Phase), None], "The phase that better had; or null."
            ),
            lasted_s={
                "type": ["number", "null"],
                "description": "How long it was, seconds; null where length is not the matter.",
            },
            sentence=_text("The same in plain words."),
        ),
        "talk": _TALK,
    }
)
"""Properties of the report's schema."""


def practice_to_dict(practice: PracticeReport | None) -> dict[str, Any]:
    """Write what was found as plain data."""
    looked = practice is not None and practice.looked
    if practice is None or not looked:
        talk = practice.talk if practice is not None else None
        return {"practices": None, "joined": None, "order": None, "talk": _talk(talk)}
    return {
        "practices": [_evidence(one) for one in practice.evidence],
        "joined": _joined(practice.joined),
        "order": [_order(one) for one in practice.order],
        "talk": _talk(practice.talk),
    }


def _evidence(one: Evidence) -> dict[str, Any]:
    return {
        "practice": one.practice,
        "turn": one.turn,
        "start_s": _number(one.start_s),
        "end_s": _number(one.end_s),
        "words": one.words,
        "confidence": round(one.confidence, 3),
        "polarity": one.polarity.value,
        "detail": one.detail,
    } | ({"by_hand": True} if one.by_hand else {})


def _joined(joined: tuple[Joined, ...]) -> list[dict[str, Any]]:
    halves = load_halves()
    return [
        {
            "id": one.id,
            "practice": one.practice,
            "cue": one.cue,
            "start_s": _number(one.start_s),
            "end_s": _number(one.end_s),
            "words": one.words,
            "sentence": joined_sentence(one, halves),
            "together_s": _number(one.together_s),
        }
        for one in joined
    ]


def _order(one: OrderNote) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "turn": one.turn,
        "start_s": _number(one.start_s),
        "first": one.first.value,
        "then": None if one.then is None else one.then.value,
        "lasted_s": _number(one.lasted_s),
        "sentence": order_sentence(one),
    }


def _talk(facts: TalkFacts | None) -> dict[str, Any] | None:
    if facts is None:
        return None
    overlaps = facts.overlaps
    return {
        "staff_s": _number(facts.staff_s),
        "customer_s": _number(facts.customer_s),
        "overlaps": None
        if overlaps is None
        else [[_number(start), _number(end)] for start, end in overlaps],
        "gaps_s": [_number(gap) for gap in facts.gaps_s],
    }


def _number(value: float | None) -> float | None:
    return None if value is None else round(float(value), 3)
