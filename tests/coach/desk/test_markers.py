"""Marker sets are read from files that people edit, and every mistake is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coach.coach_readings import CATALOGUE

from app.coach.content_kinds import KINDS, ContentKind
from app.coach.desk.markers import load_marker_set, read_marker_sets
from app.coach.types import MarkKind
from app.errors import AppError
from app.ui.tokens import DARK, LIGHT, contrast

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """id = "own"
name = "Own"

[[marker]]
id = "one"
label = "One"
colour = "arms"
shape = "circle"
"""
SECOND = """
[[marker]]
id = "two"
label = "Two"
colour = "arms"
shape = "square"
cue = "smile"
"""


def test_those_that_ship_are_sound() -> None:
    sets, faults = read_marker_sets()
    assert faults == ()
    assert len(sets) >= 3
    assert len({one.id for one in sets}) == len(sets)
    cues = {marker.cue for one in sets for marker in one.markers if marker.cue}
    assert cues <= set(CATALOGUE.ids)


def test_each_colour_can_be_told_on_light_and_dark() -> None:
    for one in read_marker_sets()[0]:
        for marker in one.markers:
            for palette in (LIGHT, DARK):
                assert contrast(palette.lanes[marker.colour], palette.card) >= 3.0


def test_a_key_drops_what_the_set_says_now(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(GOOD + SECOND, "utf-8")
    own = load_marker_set(path)
    mark = own.mark(2, 4.5, 7.0)
    assert mark is not None
    assert (mark.t, mark.kind) == (4.5, MarkKind.MARKER)
    assert dict(mark.data) == {
        "set": "own", "marker": "two", "label": "Two", "colour": "arms", "shape": "square",
        "cue": "smile", "until": "7.000",
    }  # fmt: skip
    assert own.mark(3, 1.0) is None
    assert own.mark(0, 1.0) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (GOOD.replace('"circle"', '"moon"'), "line 8: [[marker]] shape is 'moon'"),
        (GOOD.replace('"arms"', '"#FF0000"'), "line 7: [[marker]] colour is '#FF0000'"),
        (GOOD + SECOND.replace('"two"', '"one"'), "line 11: the id one stands there a second"),
        (GOOD + SECOND.replace('"square"', '"circle"'), "two has the colour and the shape of one"),
        (GOOD.partition("[[")[0], "the file has no markers"),
        ('marker = "x"\n' + GOOD.partition("[[")[0], "marker is not a list of tables"),
        (GOOD + 9 * SECOND, "more than 9 markers"),
        (GOOD + "more = 1\n", "line 9: [[marker]] more is not known here"),
        ("id = ", "own.toml is not valid TOML"),
        (GOOD + "#" * 20000, "a marker set may have 16 kB"),
    ],
)
def test_a_mistake_names_file_line_and_what_is_allowed(
    tmp_path: Path, text: str, told: str
) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(AppError) as error:
        KINDS[ContentKind.MARKERS](path)
    assert told in error.value.what
    assert error.value.remedy


def test_an_own_set_takes_the_place_of_a_shipped_one_and_a_broken_one_is_told(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.toml").write_text(GOOD.replace('"own"', '"front_desk"'), "utf-8")
    (tmp_path / "b.toml").write_text("id = 3", "utf-8")
    (tmp_path / "c.toml").write_text(GOOD.replace('"own"', '"front_desk"'), "utf-8")
    sets, faults = read_marker_sets(tmp_path)
    own = next(one for one in sets if one.id == "front_desk")
    assert len(own.markers) == 1
    assert len(sets) == len(read_marker_sets()[0])
    assert len(faults) == 2
    assert "both have the id" in faults[1].what
