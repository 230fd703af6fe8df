from __future__ import annotations

import importlib.resources
import json
from typing import TYPE_CHECKING

import pytest

from app.coach.catalogue import load_catalogue
from app.coach.types import Direction, Sense
from app.errors import AppError
from app.paths import asset
from audio.types import VOICE_MEASURES
from vision.types import VISION_MEASURES

if TYPE_CHECKING:
    from pathlib import Path

IDS = {
    "arms_crossed", "brow_drawn", "smile", "facing_away", "nod", "face_touch", "pace_fast",
    "pace_slow", "loud", "soft", "flat_voice", "sharp_onset", "long_pause", "talking_run",
    "hands_on_hips", "lean", "slouch", "shake", "lively_voice", "ends_rising", "ends_falling",
    "filler",
}  # fmt: skip

GOOD = """\
# a cue for tests
[arms_crossed]
sense = "vision"
measure = "arms_score"
direction = "above"
enter = 0.5
leave = 0.4
episode_s = 0.4
log_s = 2.5
hint_s = 5.0
bridge_s = 0.6
name = "arms crossed"
hint = "uncross arms"
sentence = "Arms crossed for {duration}."
advice = "Rest both hands on the counter."
icon = "arms"
lane = "arms"
source = "made for this test, and long enough"
"""


def test_all_cues_of_the_issue_are_there_and_agree_with_the_senses() -> None:
    rules = load_catalogue().rules
    assert {rule.id for rule in rules} == IDS
    for rule in rules:
        known = VISION_MEASURES if rule.sense is Sense.VISION else VOICE_MEASURES
        assert rule.measure in known
        assert rule.episode_s >= 0.3
        assert rule.episode_s <= rule.log_s <= rule.hint_s
        assert (rule.enter > rule.leave) is (rule.direction is Direction.ABOVE)


@pytest.mark.parametrize(
    ("cue", "enter", "log_s", "hint_s"),
    [
        ("arms_crossed", 0.5, 2.5, 5.0),
        ("brow_drawn", 0.5, 1.0, 2.0),
        ("pace_fast", 4.0, 3.0, 8.0),
        ("loud", 6.0, 2.0, 3.0),
        ("flat_voice", 1.2, 7.0, 8.0),
        ("long_pause", 4.0, 4.0, 6.0),
        ("talking_run", 15.0, 15.0, 40.0),
        ("facing_away", 30.0, 8.0, 8.0),
    ],
)
def test_numbers_of_the_evidence(cue: str, enter: float, log_s: float, hint_s: float) -> None:
    rule = load_catalogue().rule(cue)
    assert (rule.enter, rule.log_s, rule.hint_s) == (enter, log_s, hint_s)


@pytest.mark.parametrize("cue", ["smile", "nod"])
def test_smile_and_nod_are_context_only(cue: str) -> None:
    rule = load_catalogue().rule(cue)
    assert not rule.finding
    assert not rule.focus
    assert rule.hint == ""


def test_a_live_hint_is_one_to_three_words() -> None:
    for rule in load_catalogue().rules:
        assert not rule.focus or 1 <= len(rule.hint.split()) <= 3


def test_every_icon_exists() -> None:
    fonts = importlib.resources.files("qtawesome").joinpath("fonts")
    phosphor = next(one for one in fonts.iterdir() if one.name.startswith("phosphor-charmap"))
    glyphs = json.loads(phosphor.read_text())
    for rule in load_catalogue().rules:
        family, _, glyph = rule.icon.rpartition(".")
        if family:
            assert (family, glyph in glyphs) == ("ph", True), rule.icon
        else:
            assert asset("icons", f"{rule.icon}.svg").is_file(), rule.icon


def test_an_unknown_cue_is_told_with_what_there_is() -> None:
    with pytest.raises(AppError, match=r"no cue called “frown”.*brow_drawn"):
        load_catalogue().rule("frown")


def test_a_good_file_of_ones_own(tmp_path: Path) -> None:
    (rule,) = _load(tmp_path, GOOD)
    assert (rule.id, rule.sense, rule.direction) == ("arms_crossed", Sense.VISION, Direction.ABOVE)


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("episode_s = 0.4", "episode_s = 0.1", 8, r"episode_s is 0\.1; allowed: .*at least 0\.3"),
        ("enter = 0.5", 'enter = "half"', 6, r"enter is 'half'; allowed: a number"),
        ("enter = 0.5", "enter = nan", 6, r"enter is nan; allowed: a number"),
        ("leave = 0.4", "leave = 0.6", 2, r"leave must lie on the other side"),
        ("log_s = 2.5", "log_s = 0.2", 2, r"log_s must be episode_s or more"),
        ("hint_s = 5.0", "hint_s = 1.0", 2, r"hint_s must be log_s or more"),
        ('measure = "arms_score"', 'measure = "pace_syl_s"', 2, r"vision measures arms_score"),
        ('lane = "arms"', 'lane = "red"', 17, r"lane is 'red'; allowed: one of arms, brow"),
        ('name = "arms crossed"\n', "", 2, r"name is missing; allowed: text"),
        ("bridge_s = 0.6", "bridge = 0.6", 11, r"bridge is not known here; allowed: sense"),
        ('hint = "uncross arms"', 'hint = "please do uncross your arms"', 2, r"one to three words"),
        ("enter = 0.5", "enter = 1.5", 2, r"enter of a score must lie between 0 and 1"),
        ("direction =", "direction", 5, r"not valid TOML"),
    ],
)
def test_a_mistake_is_told_with_file_line_and_what_is_allowed(
    tmp_path: Path, old: str, new: str, line: int, told: str
) -> None:
    assert old in GOOD
    with pytest.raises(AppError, match=told) as raised:
        _load(tmp_path, GOOD.replace(old, new))
    assert "cues.toml" in raised.value.what
    assert f"line {line}" in raised.value.what
    assert raised.value.remedy


def test_a_key_outside_any_cue(tmp_path: Path) -> None:
    with pytest.raises(AppError, match=r"cues\.toml, line 1: enter stands outside"):
        _load(tmp_path, "enter = 0.5\n" + GOOD)


@pytest.mark.parametrize("text", ["", "# nothing\n"])
def test_an_empty_file_has_no_cues(tmp_path: Path, text: str) -> None:
    with pytest.raises(AppError, match="has no cues"):
        _load(tmp_path, text)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(AppError, match=r"cues\.toml cannot be read"):
        load_catalogue(tmp_path / "cues.toml")


def _load(folder: Path, text: str) -> tuple:
    path = folder / "cues.toml"
    path.write_text(text, "utf-8")
    return load_catalogue(path).rules
