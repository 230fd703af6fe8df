from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from coach.coach_readings import CATALOGUE, OWN

from app.coach.report import build_report
from app.coach.report_json import REPORT_SCHEMA, report_to_dict
from app.coach.report_types import Curve, Report
from app.coach.types import CueEvent, Gap, Lane, Mark, MarkKind, Sense
from app.paths import asset
from app.version import RULES_VERSION, VERSION
from audio.types import Reason as VoiceReason
from vision.types import Reason as VisionReason
from vision.types import VisionBaseline

EYES = VisionBaseline(3, {"brow_gap": 0.21}, None, (12.5, -3.0), 75)
CHECKER = jsonschema.Draft202012Validator(REPORT_SCHEMA)


@pytest.fixture
def made() -> Report:
    return build_report(
        duration_s=60.0,
        events=[
            CueEvent("arms_crossed", 10.0, 22.0, 0.93333333, 0.5),
            CueEvent("pace_fast", 30.0, 35.0, 5.0, 4.2, 3.6, lost=True),
        ],
        gaps=[Gap(Sense.VISION, None, "no_person", 40.0, 45.0)],
        curves=[Curve("brow", Sense.VISION, "", (0.0, 0.1), (0.25, None))],
        marks=[],
        catalogue=CATALOGUE,
        baseline=replace(OWN, vision=EYES),
    )


def test_it_fits_the_published_schema(made: Report) -> None:
    jsonschema.Draft202012Validator.check_schema(REPORT_SCHEMA)
    text = json.dumps(
        report_to_dict(made, file="clip.mp4", versions={"models": "mediapipe 0.10.21"}),
        allow_nan=False,
    )
    CHECKER.validate(json.loads(text))


def test_it_fits_with_nothing_in_it() -> None:
    empty = Report(0.0, (), (), (), (), (), (), speakers_labelled=False)
    CHECKER.validate(report_to_dict(empty))


def test_the_fields_that_the_issue_names(made: Report) -> None:
    data = report_to_dict(made, file="clip.mp4", title="Clip")
    assert data["duration_s"] == 60.0
    assert {"cue", "start_s", "end_s", "peak", "threshold"} <= set(data["events"][0])
    assert data["events"][0]["peak"] == 0.933
    assert data["gaps"] == [
        {"sense": "vision", "cue": None, "reason": "no_person", "start_s": 40.0, "end_s": 45.0}
    ]
    assert data["curves"][0]["values"] == [0.25, None]
    assert data["versions"]["app"] == VERSION
    assert data["versions"]["rules"] == RULES_VERSION
    assert data["own_normal"]["voice"]["pace_syl_s"] == 3.6
    assert data["findings"][0]["sentence"] == "Arms crossed for 12 s."


def test_verdicts_are_kept_beside_the_finding(made: Report) -> None:
    no = {"finding": "arms_crossed-10000", "verdict": "disagree"}
    data = report_to_dict(made, marks=[Mark(15.0, Lane.SELF, MarkKind.VERDICT, "ana", no)])
    assert [one.get("verdict") for one in data["findings"]] == ["disagree", None]
    CHECKER.validate(data)


def test_there_is_no_nan_in_json(made: Report) -> None:
    broken = replace(made, curves=(Curve("brow", Sense.VISION, "", (0.0,), (math.nan,)),))
    assert report_to_dict(broken)["curves"][0]["values"] == [None]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.pop("gaps"),
        lambda data: data.update(schema_version=2),
        lambda data: data["events"][0].pop("peak"),
        lambda data: data["events"][0].update(cue="Arms Crossed"),
        lambda data: data["gaps"][0].update(sense="smell"),
        lambda data: data.update(findings=data["findings"] * 2),
        lambda data: data["curves"][0].update(values=["0"]),
        lambda data: data.update(unknown=1),
    ],
)
def test_the_schema_refuses_what_is_wrong(made: Report, spoil: Any) -> None:  # noqa: ANN401
    data = report_to_dict(made)
    CHECKER.validate(data)
    spoil(data)
    with pytest.raises(jsonschema.ValidationError):
        CHECKER.validate(data)


def test_every_field_of_the_schema_is_described() -> None:
    def undescribed(schema: Any, path: str) -> list[str]:  # noqa: ANN401
        found = []
        for name, field in schema.get("properties", {}).items():
            here = f"{path}.{name}"
            if "description" not in field:
                found.append(here)
            found += undescribed(field, here) + undescribed(field.get("items", {}), here)
        return found

    assert undescribed(REPORT_SCHEMA, "report") == []


def test_the_written_page_names_every_field_and_reason() -> None:
    page = asset("report", "json-schema.md").read_text("utf-8")

    def names(schema: Any) -> set[str]:  # noqa: ANN401
        found = set(schema.get("properties", {}))
        for field in schema.get("properties", {}).values():
            found |= names(field) | names(field.get("items", {}))
        return found

    reasons = {reason.value for reason in (*VisionReason, *VoiceReason)}
    missing = {name for name in names(REPORT_SCHEMA) | reasons if f"`{name}`" not in page}
    assert missing == set()
