"""The published JSON Schema of a report; `rapport schema` prints it."""

from __future__ import annotations

from typing import Any, Final

from app.coach.practice_json import PRACTICE_FIELDS, seconds

SCHEMA_VERSION: Final = 1
"""Raised when a field goes or changes its meaning; new fields alone do not raise it."""

_ID: Final = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}
_NUMBER_OR_NULL: Final = {"type": ["number", "null"]}


def _object(description: str, required: tuple[str, ...], **properties: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


_CUE: Final = {**_ID, "description": "Stable cue id, such as arms_crossed."}
_START: Final = seconds("Start, from the beginning of the recording")
_END: Final = seconds("End, from the beginning of the recording")
_PEAK: Final = {"type": "number", "description": "Most extreme value, in the measure's unit."}
_THRESHOLD: Final = {
    "type": "number",
    "description": "The threshold that was crossed, own normal included, in the measure's unit.",
}
_NORMAL: Final = {
    **_NUMBER_OR_NULL,
    "description": "The person's own mean of the measure; null where there is none.",
}
_SENSE: Final = {"enum": ["vision", "voice"], "description": "Which sense."}
_REASON: Final = {"type": "string", "description": "Why it was not measured."}

_EVENT: Final = _object(
    "An episode of a cue.",
    ("cue", "start_s", "end_s", "peak", "threshold"),
    cue=_CUE,
    start_s=_START,
    end_s=_END,
    peak={**_PEAK, "type": ["number", "null"]},
    threshold={**_THRESHOLD, "type": ["number", "null"]},
    own_normal=_NORMAL,
    ended_unseen={
        "type": "boolean",
        "description": "True where it ended because nothing was measured any more.",
    },
    by_hand={
        "type": "boolean",
        "description": "True where a person put it right: the span is theirs; peak and threshold "
        "are null where they named another cue, of which nothing was measured.",
    },
)

_GAP: Final = _object(
    "A stretch in which something was not measured.",
    ("sense", "cue", "reason", "start_s", "end_s"),
    sense=_SENSE,
    cue={
        "type": ["string", "null"],
        "description": "Which cue; null for the sense as a whole.",
    },
    reason=_REASON,
    start_s=_START,
    end_s=_END,
)

_CURVE: Final = _object(
    "A measure over time. null = not measured, never 0.",
    ("name", "sense", "unit", "t_s", "values"),
    name={**_ID, "description": "The measure."},
    sense=_SENSE,
    unit={"type": "string", "description": "Unit in plain words; empty for a score of 0 to 1."},
    t_s={
        "type": "array",
        "items": {"type": "number"},
        "description": "Times, seconds; a value over a window stands at its middle.",
    },
    values={
        "type": "array",
        "items": _NUMBER_OR_NULL,
        "description": "As many values as times; null where it was not measured.",
    },
)

_FINDING: Final = _object(
    "One of at most three moments that the report names.",
    (
        "id", "cue", "start_s", "end_s", "sentence", "measured", "threshold", "own_normal",
        "times", "total_s",
    ),
    id={"type": "string", "description": "Stable: cue id and start in milliseconds."},
    cue=_CUE,
    start_s=_START,
    end_s=_END,
    sentence={"type": "string", "description": "What was seen or heard, in plain words."},
    measured=_PEAK,
    threshold=_THRESHOLD,
    own_normal=_NORMAL,
    times={"type": "integer", "minimum": 1, "description": "How many such episodes."},
    total_s=seconds("How long they were together"),
    verdict={
        "enum": ["agree", "disagree", "correct"],
        "description": "What a person said about it; absent where nobody did.",
    },
)  # fmt: skip

_NOT_MEASURED: Final = _object(
    "How long a cue was not measured, and why.",
    ("cue", "reason", "seconds"),
    cue=_CUE,
    reason=_REASON,
    seconds=seconds("Together"),
)

_HEARD: Final = _object(
    "Something that was wrong with how the microphone heard the talk.",
    ("what", "seconds", "share"),
    what={"enum": ["clipping", "too_far", "loudspeaker"], "description": "What it was."},
    seconds=seconds("For how long, of talk"),
    share={
        "type": "number",
        "description": "The same as a share of the talk, 0 to 1; of the customer's for "
        "loudspeaker.",
    },
)

_WORD: Final = _object(
    "A recognised word of the measured voice.",
    ("text", "start_s", "end_s", "confidence"),
    text={"type": "string", "description": "Lower case, as the engine wrote it."},
    start_s=_START,
    end_s=_END,
    confidence={
        **_NUMBER_OR_NULL,
        "description": "0 to 1, as the engine says; null where it says nothing.",
    },
)

_PHRASE: Final = _object(
    "A phrase of the measured voice, found directly in sound.",
    ("phrase", "practice", "start_s", "end_s", "confidence"),
    phrase={"type": "string", "description": "As it was looked for."},
    practice={"type": ["string", "null"], "description": "P01 to P32; null where for none."},
    start_s=_START,
    end_s=_END,
    confidence={"type": "number", "description": "0.5, just over the threshold, to 1."},
)

_OWN_NORMAL: Final = {
    "description": "The own normal that everything was held against; null where there was none.",
    "type": ["object", "null"],
    "properties": {
        "made_at": {"type": "string", "description": "ISO 8601 date and time, UTC."},
        "origin": {"enum": ["calibration", "first_pass"], "description": "How it was made."},
        "vision": {"type": ["object", "null"], "description": "null where it was not measured."},
        "voice": {"type": ["object", "null"], "description": "null where it was not measured."},
    },
    "required": ["made_at", "origin", "vision", "voice"],
    "additionalProperties": False,
}

_VERSIONS: Final = {
    "type": "object",
    "description": "Versions of the program, its models and its rules.",
    "properties": {
        "app": {"type": "string", "description": "Version of the program."},
        "models": {"type": "string", "description": "Models that measured, with versions."},
        "rules": {"type": ["integer", "string"], "description": "Version of the cue rules."},
    },
    "required": ["app", "models", "rules"],
    "additionalProperties": {"type": ["string", "integer"]},
}


def _list(items: dict[str, Any], description: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"type": "array", "items": items, "description": description, **more}


REPORT_SCHEMA: Final[dict[str, Any]] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": f"urn:rapport:report:{SCHEMA_VERSION}",
    "title": "Rapport report",
    **_object(
        "What Rapport saw and heard in one recording. Times are seconds from its beginning; what "
        "was not measured is a gap or null, never 0.",
        (
            "schema_version", "rapport_version", "file", "duration_s", "events", "gaps", "curves",
            "findings", "not_measured", "own_normal", "notes", "versions",
        ),
        schema_version={"const": SCHEMA_VERSION, "description": "Version of this schema."},
        rapport_version={"type": "string", "description": "Version of the program."},
        file={"type": ["string", "null"], "description": "Name of the file; null for a session."},
        title={"type": "string", "description": "Name of the session."},
        sample={"type": "boolean", "description": "True for the sample that ships with Rapport."},
        duration_s=seconds("Length of the recording"),
        events=_list(_EVENT, "All episodes that hold, by start: a person's word outranks."),
        rejected_events=_list(_EVENT, "Episodes that a person says were not there."),
        gaps=_list(_GAP, "All gaps, by start."),
        curves=_list(_CURVE, "Measures over time, at most 10 points a second."),
        findings=_list(_FINDING, "At most three.", maxItems=3),
        not_measured=_list(_NOT_MEASURED, "Sums of the gaps, longest first."),
        reception=_list(_HEARD, "What was wrong with how the microphone heard, longest first."),
        own_normal=_OWN_NORMAL,
        ticked=_list({"type": "string"}, "Ids of the checklist items that a person ticked."),
        speakers_labelled={
            "type": "boolean",
            "description": "False where all sound was measured as one voice.",
        },
        words={
            "type": ["array", "null"],
            "items": _WORD,
            "description": "Recognised words, by start; null where no engine listened.",
        },
        phrases={
            "type": ["array", "null"],
            "items": _PHRASE,
            "description": "Phrases found in sound, by start; null where none were looked for.",
        },
        words_per_min={
            **_NUMBER_OR_NULL,
            "description": "Words a minute of talk; null without words, or under 10 s of talk.",
        },
        **PRACTICE_FIELDS,
        notes=_list({"type": "string"}, "How far the report can be trusted, in plain sentences."),
        versions=_VERSIONS,
    ),
}  # fmt: skip
"""JSON Schema, draft 2020-12."""
