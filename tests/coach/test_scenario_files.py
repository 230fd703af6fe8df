from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from app.coach import cards, scenario_schema
from app.coach.checklist import load_checklist, load_checklists
from app.coach.scenarios import load_scenario, load_scenarios
from app.errors import AppError
from app.paths import asset

if TYPE_CHECKING:
    from pathlib import Path

    from app.coach.scenario_types import Scenario

README = asset("scenarios", "README.md").read_text("utf-8")
SAMPLE = asset("scenarios", "hotel_charged_twice.toml").read_text("utf-8")


def read(folder: Path, text: str) -> Scenario:
    path = folder / "mine.toml"
    path.write_text(text, "utf-8")
    return load_scenario(path, built_in=False)


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_all_that_ship_can_be_read_and_name_a_checklist_that_ships() -> None:
    scenarios, faults = load_scenarios()
    assert faults == ()
    lists = {one.id for one in load_checklists()}
    assert {one.checklist for one in scenarios} <= lists


@pytest.mark.parametrize(
    ("old", "new", "at", "told"),
    [
        ('sector = "hotel"', 'sector = "casino"', 'sector = "', "hotel, clinic, bank"),
        ("age = 52", 'age = "old"', "age = ", "years, 5 to 110"),
        ('manner = "Tired."', 'maner = "Tired."', "maner", "not known here; allowed: id, text"),
        ("else -> unsure", "else -> unsur", 'id = "written"', "there is no line unsur"),
        ("else -> unsure", "or -> unsure", 'next = ["done P26 -> thanks", "or', "else -> line"),
        ('"done P26 -> thanks"', '"done P62 -> thanks"', 'id = "written"', "done P19 -> line"),
        ('["before", "happened', '["?", "happened', 'asked_by = ["?"', "without a word"),
        ("asked spring ->", "asked sprung ->", 'id = "softer"', "no hidden fact sprung"),
        ('"else -> unsure"]', '"missing P26 -> unsure"]', 'id = "written"', "must be else"),
        ("else -> how_long", "else -> softer", 'id = "softer"', "never end"),
        ('"P22", words = "Mrs Okafor"', '"P22", words = "Mr Okafor"', "Mrs Okafor, I'm", "“Mr Ok"),
        ('"P22", words', '"P33", words', "notes = [", "list of"),
    ],
)
def test_a_mistake_names_file_line_and_what_is_allowed(
    tmp_path: Path, old: str, new: str, at: str, told: str
) -> None:
    assert old in SAMPLE
    text = SAMPLE.replace(old, new, 1)
    with pytest.raises(AppError) as error:
        read(tmp_path, text)
    what = error.value.what
    assert what.startswith("mine.toml, line ")
    assert told in what
    named = int(what.removeprefix("mine.toml, line ").partition(":")[0])
    # A mistake within a table may be told with the line of its header.
    assert abs(named - line_of(text, at)) <= 3


def test_a_line_that_nothing_leads_to_is_told(tmp_path: Path) -> None:
    text = SAMPLE.replace("done P25 -> chooses", "done P25 -> written")
    with pytest.raises(AppError, match="no branch leads to the line chooses"):
        read(tmp_path, text)


def test_ten_thousand_lines_are_refused_in_words(tmp_path: Path) -> None:
    more = "".join(f'\n[[line]]\nid = "x{n}"\ntext = "And another thing."\n' for n in range(2_000))
    with pytest.raises(AppError, match="more than 60 lines"):
        read(tmp_path, SAMPLE + more)
    with pytest.raises(AppError, match="a scenario may have 256 kB"):
        read(tmp_path, SAMPLE + "# and so on\n" * 40_000)


def test_a_wrong_file_of_ones_own_costs_only_itself(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("id = ", "utf-8")
    (tmp_path / "b.toml").write_text(SAMPLE.replace("Charged twice", "My own", 1), "utf-8")
    (tmp_path / "c.toml").write_text(SAMPLE, "utf-8")
    scenarios, faults = load_scenarios(tmp_path)
    mine = [one for one in scenarios if one.id == "hotel_charged_twice"]
    assert [(one.title, one.built_in) for one in mine] == [("My own", False)]
    assert [fault.what.split()[0].rstrip(",") for fault in faults] == ["a.toml", "c.toml"]


def examples() -> list[str]:
    return re.findall(r"^```toml\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_the_smallest_scenario_of_the_readme_can_be_read(tmp_path: Path) -> None:
    scenario = read(tmp_path, examples()[0])
    assert scenario.id == "shop_wrong_colour"
    assert scenario.checklist in {one.id for one in load_checklists()}
    (sister,) = [line for line in scenario.lines if line.id == "sister"]
    assert sister.text == scenario.hidden[0].says


@pytest.mark.parametrize("key", ["wants =", "nouns =", "write =", "situation =", "text =", "age ="])
def test_nothing_can_be_left_out_of_the_smallest_scenario(tmp_path: Path, key: str) -> None:
    lines = examples()[0].splitlines()
    at = next(at for at, line in enumerate(lines) if line.startswith(key))
    with pytest.raises(AppError, match="is missing"):
        read(tmp_path, "\n".join(lines[:at] + lines[at + 1 :]))


def test_the_checklist_of_the_readme_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "night_desk.toml"
    path.write_text(examples()[1], "utf-8")
    assert [item.attention for item in load_checklist(path).items] == [3, 1]


def test_the_readme_names_every_key() -> None:
    """A key that is added to a schema is documented, or this fails."""
    scenario = (
        scenario_schema.ScenarioHead, scenario_schema.CustomerTable, scenario_schema.HiddenTable,
        scenario_schema.JargonTable, scenario_schema.LineTable, scenario_schema.TurnTable,
        scenario_schema.NoteTable,
    )  # fmt: skip
    card = (cards._Survey, cards._Sheet, cards._Guide, cards._Answer)
    known = {key for model in (*scenario, *card) for key in model.model_fields}
    written = set(re.findall(r"`([a-z_]+)`", README))
    assert known - written == set()
