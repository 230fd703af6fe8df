"""Limits are data: each with its unit and its source, and a mistake is told with its line."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

import pytest

from app.coach.desk.agreement import tolerance_s
from app.coach.finder.opinion import opinion_limits
from app.coach.limits import load_limits
from app.coach.reception import reception_limits
from app.coach.self_check_limits import check_limits
from app.coach.turn_taking import turn_limits
from app.errors import AppError
from app.paths import asset
from app.session.overlooked import overlooked_limits

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """[one_s]
value = 1.5
unit = "seconds"
what = "Only a test."
source = "Made up for this test alone."
"""


@dataclass(frozen=True, slots=True)
class One:
    """A file with one limit."""

    one_s: float
    """Seconds."""


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_those_that_ship_are_read_and_each_has_a_reader() -> None:
    numbers = (
        tolerance_s(),
        *astuple(check_limits()),
        *astuple(turn_limits()),
        *astuple(reception_limits()),
        *astuple(opinion_limits()),
        *astuple(overlooked_limits()),
    )
    assert all(number > 0 for number in numbers)
    there = {path.stem for path in asset("limits").glob("*.toml")}
    assert there == {
        "agreement", "opinion", "overlooked", "reception", "self_check", "turn_taking",
    }  # fmt: skip


def test_a_persons_number_counts(tmp_path: Path) -> None:
    assert load_limits(One, "x", written(tmp_path / "x.toml", GOOD)) == One(1.5)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (GOOD.replace("1.5", '"long"'), "line 2: [one_s] value is 'long'"),
        (GOOD.replace("1.5", "-1.0"), "allowed: a number, 0 to 600"),
        (GOOD.replace("seconds", "weeks"), 'allowed: "seconds", "readings" or "share"'),
        (GOOD.replace("source", "origin"), "source is missing"),
        (GOOD + "[two_s]\n", "line 6: [two_s] is not known here; allowed: one_s"),
        ("", "lacks [one_s]"),
        ("one_s = 3", "lacks [one_s]"),
        ("[one_s", "is not valid TOML"),
    ],
)
def test_a_mistake_names_file_line_and_what_is_allowed(
    tmp_path: Path, text: str, told: str
) -> None:
    path = written(tmp_path / "mine.toml", text)
    with pytest.raises(AppError) as error:
        load_limits(One, "x", path)
    assert "mine.toml" in error.value.what
    assert told in error.value.what
