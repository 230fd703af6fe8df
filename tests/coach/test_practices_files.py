"""The practice files: all 32, readable, each with a place in the product, mistakes told."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.coach.content_kinds import KINDS, ContentKind
from app.coach.practice_schema import PLACES
from app.coach.practice_types import Phase
from app.coach.practices import (
    Practice,
    load_practice,
    load_practices,
    read_practices,
)
from app.errors import AppError
from app.paths import asset

ROOT = Path(__file__).parents[2]
HEAD = """id = "P20"
name = "No empty apology"
rule = "Name the thing."
why = "It is believed."
source = "A4"
good = ["I'm sorry I was late."]
bad = ["Sorry for any inconvenience."]
floor = 0
ceiling = 0
phase = "apology"
lives_in = ["words"]
"""
WORDS_SHOW = {
    "P01", "P03", "P04", "P07", "P08", "P09", "P11", "P13", "P14", "P15", "P16", "P17", "P18",
    "P19", "P20", "P21", "P22", "P23", "P24", "P25", "P26", "P27",
}  # fmt: skip


def written(folder: Path, text: str) -> Path:
    path = folder / "P20.toml"
    path.write_text(text, "utf-8")
    return path


def test_all_32_practices_are_there_in_their_order() -> None:
    assert [one.id for one in load_practices()] == [f"P{number:02}" for number in range(1, 33)]


def test_each_says_what_to_do_and_why() -> None:
    for practice in load_practices():
        assert practice.rule.endswith((".", ".”")), practice.id
        assert practice.why.endswith("."), practice.id
        assert practice.good, practice.id
        assert isinstance(practice.phase, Phase)
        assert practice.ceiling is None or practice.ceiling >= practice.floor


def test_what_words_show_lives_in_the_words() -> None:
    lives = {one.id for one in load_practices() if "words" in one.lives_in}
    assert lives == WORDS_SHOW


def test_every_practice_has_a_place_and_every_place_exists() -> None:
    for practice in load_practices():
        assert practice.lives_in, f"{practice.id} has no place in the product"
        for place in practice.lives_in:
            assert place in PLACES, practice.id
            assert (ROOT / HOMES[place]).is_file(), (practice.id, place)
    assert set(HOMES) == set(PLACES)


HOMES = {
    "words": "app/coach/finder/finder.py",
    "voice": "app/coach/tone.py",
    "body": "vision/arms.py",
    "partner": "app/ui/widgets/partner_card.py",
    "scenario": "app/coach/scenarios.py",
    "exercise": "app/ui/pages/exercise.py",
    "card": "app/ui/pages/scenario_prepare.py",
    "prompt": "app/ui/pages/scenario_prepare.py",
    "notes": "app/ui/widgets/notes_pad.py",
    "take_five": "app/ui/pages/take_five.py",
    "self_check": "app/ui/pages/check.py",
    "survey": "app/ui/pages/survey.py",
}
"""Where the product keeps each of its places; a practice whose place is gone must find another."""


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (HEAD.replace('"P20"', '"P99"'), ["line 1", "P01 to P32"]),
        (HEAD.replace('phase = "apology"', 'phase = "sorry"'), ["line 10", "apology"]),
        (HEAD.replace('["words"]', "[]"), ["line 11", "partner"]),
        (HEAD.replace("ceiling = 0", "ceiling = 30"), ["line 9", "floor"]),
        (HEAD + "colour = 3\n", ["line 12", "colour", "not known"]),
        (HEAD + '[[pattern]]\nsay = ["sorry (for"]\n', ["line 13", "without its"]),
        (HEAD + '[[pattern]]\nsay = ["<anger> now"]\n', ["line 13", "not a word class"]),
        (HEAD + '[[pattern]]\nsay = ["so?"]\n', ["line 13", "without a word"]),
        (HEAD + '[[pattern]]\nsay = ["a ~99 b"]\n', ["line 13", "~12"]),
        (HEAD + '[[pattern]]\nsay = ["(a.*)+b"]\n', ["line 13", "allowed"]),
        (HEAD + '[[pattern]]\nsay = ["sorry"]\nplace = "middle"\n', ["line 14", "ends"]),
        (HEAD + '[[pattern]]\nsay = ["' + "(" * 9 + "a" + ")" * 9 + '"]\n', ["brackets"]),
    ],
)
def test_a_mistake_names_file_line_and_what_is_allowed(
    tmp_path: Path, wrong: str, told: list[str]
) -> None:
    with pytest.raises(AppError) as caught:
        load_practice(written(tmp_path, wrong))
    for part in ["P20.toml", *told]:
        assert part in caught.value.what
    assert caught.value.remedy


def test_a_file_that_is_far_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AppError, match="kB"):
        load_practice(written(tmp_path, HEAD + "# \n" * 60_000))


def test_an_own_file_replaces_the_shipped_one_and_a_wrong_one_does_not(tmp_path: Path) -> None:
    written(tmp_path, HEAD.replace("No empty apology", "Ours"))
    (tmp_path / "P21.toml").write_text("id = 3", "utf-8")
    practices, faults = read_practices(tmp_path)
    assert [one.name for one in practices if one.id == "P20"] == ["Ours"]
    assert len(practices) == 32
    assert ["P21.toml" in fault.what for fault in faults] == [True]


def test_a_second_own_file_of_one_id_is_refused_with_both_names(tmp_path: Path) -> None:
    written(tmp_path, HEAD.replace("No empty apology", "Ours"))
    (tmp_path / "a_copy.toml").write_bytes(next(tmp_path.glob("*.toml")).read_bytes())
    _, faults = read_practices(tmp_path)
    (fault,) = faults
    assert "both have the id “P20”" in fault.what
    assert "a_copy.toml" in fault.what


def test_practices_are_a_kind_of_content() -> None:
    shipped = asset("practices") / "P20.toml"
    read = KINDS[ContentKind.PRACTICES](shipped)
    assert isinstance(read, Practice)
    assert read.id == "P20"


def test_the_readme_says_where_each_practice_lives() -> None:
    practices = load_practices()
    assert [one.id for one in practices] == [f"P{number:02}" for number in range(1, 33)]
    readme = (ROOT / "README.md").read_text("utf-8").splitlines()
    for one in practices:
        places = "; ".join(PLACES[place] for place in one.lives_in)
        assert f"| {one.id} | {one.name} | {places} |" in readme
