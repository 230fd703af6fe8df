from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.coach.checklist import load_checklists, read_checklists
from app.coach.scenario_types import Temper
from app.errors import AppError
from app.paths import asset

if TYPE_CHECKING:
    from pathlib import Path

    from app.coach.report_types import Checklist

GOOD = """\
id = "mine"
name = "Mine"

[[item]]
id = "one"
practice = "P19"
text = "Do this"
why = "Because"
floor = 1

[[item]]
id = "two"
practice = "P22"
text = "Do that"
why = "Because"
floor = 2
ceiling = 3
"""


SHIPPED = {one.id: one for one in load_checklists()}
NUMBER_KEYS = 9


def practices(id_: str) -> list[str]:
    return [item.practice for item in SHIPPED[id_].items]


def test_there_is_a_list_for_each_temper_and_each_exercise() -> None:
    assert {one.value for one in Temper} | {"written", "small_talk"} == set(SHIPPED)


def test_a_complaint_has_the_practices_of_the_issue_in_the_order_of_a_talk() -> None:
    assert practices("complaint") == [f"P{n}" for n in range(19, 28)]


@pytest.mark.parametrize(
    ("id_", "order"),
    [
        ("routine", ["P08", "P15", "P17", "P25", "P26", "P27"]),
        # Let them finish, short apology, say it back, options, who does what by when.
        ("aggressive", ["P02", "P19", "P13", "P25", "P26"]),
        ("written", ["P23", "P19", "P26", "P27"]),
        ("small_talk", ["P04", "P15"]),
    ],
)
def test_the_order_is_that_of_a_talk(id_: str, order: list[str]) -> None:
    assert [one for one in practices(id_) if one in order] == order


@pytest.mark.parametrize("checklist", SHIPPED.values(), ids=list(SHIPPED))
def test_each_item_has_its_own_number_key_and_its_own_practice(checklist: Checklist) -> None:
    used = practices(checklist.id)
    assert len(used) <= NUMBER_KEYS
    assert len(set(used)) == len(used)


@pytest.mark.parametrize("checklist", SHIPPED.values(), ids=list(SHIPPED))
def test_each_reason_names_its_source(checklist: Checklist) -> None:
    for item in checklist.items:
        assert any(
            one in item.why for one in ("articles on empathy", "Packard", "Marinova", "Retailing")
        )


@pytest.mark.parametrize("checklist", SHIPPED.values(), ids=list(SHIPPED))
def test_not_everything_comes_first_to_the_eye(checklist: Checklist) -> None:
    first = [item for item in checklist.items if item.attention == 3]
    assert 1 <= len(first) <= 3


def test_the_name_has_a_ceiling() -> None:
    for id_ in ("routine", "complaint"):
        name = next(item for item in SHIPPED[id_].items if item.practice == "P22")
        assert (name.floor, name.ceiling) == (2, 3)


def test_a_list_of_ones_own(tmp_path: Path) -> None:
    (mine,) = _load(tmp_path, GOOD)
    assert [(item.id, item.floor, item.ceiling) for item in mine.items] == [
        ("one", 1, None),
        ("two", 2, 3),
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('practice = "P22"', 'practice = "P33"', r"line 13: \[\[item\]\] practice .* P01 to P32"),
        (
            "ceiling = 3",
            "ceiling = 1",
            r"line 17: .*ceiling is 1; allowed: a whole number, at least floor",
        ),
        ("floor = 2\n", "", r"line 11: \[\[item\]\] floor is missing"),
        ('id = "two"', 'id = "one"', r"line 12: the id one stands there a second time"),
        ('name = "Mine"', 'title = "Mine"', r"name is missing"),
        ("floor = 1", "floor = 1.5", r"line 9: .*floor is 1\.5; allowed: a whole number"),
        ("floor = 1", "floor = 1\nattention = 4", r"line 10: .*attention is 4; allowed: 1, 2 or 3"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in GOOD
    with pytest.raises(AppError, match=told) as raised:
        _load(tmp_path, GOOD.replace(old, new))
    assert "mine.toml" in raised.value.what


def test_two_lists_need_two_ids(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(GOOD, "utf-8")
    (tmp_path / "b.toml").write_text(GOOD, "utf-8")
    with pytest.raises(AppError, match=r"b\.toml and a\.toml both have the id “mine”"):
        load_checklists(tmp_path)


def test_a_list_without_items(tmp_path: Path) -> None:
    with pytest.raises(AppError, match="has no items"):
        _load(tmp_path, 'id = "mine"\nname = "Mine"\n')


def test_attention_is_one_where_nothing_is_said(tmp_path: Path) -> None:
    (mine,) = _load(tmp_path, GOOD + "attention = 2\n")
    assert [item.attention for item in mine.items] == [1, 2]


def test_too_long_a_list_is_refused_in_words(tmp_path: Path) -> None:
    item = '\n[[item]]\nid = "x{}"\npractice = "P01"\ntext = "t"\nwhy = "w"\nfloor = 1\n'
    with pytest.raises(AppError, match="more than 32 items"):
        _load(tmp_path, GOOD + "".join(item.format(n) for n in range(40)))
    with pytest.raises(AppError, match="a checklist may have 64 kB"):
        _load(tmp_path, GOOD + "# and so on\n" * 10_000)


def test_ones_own_lists_stand_beside_those_that_ship(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(GOOD, "utf-8")
    shipped = asset("checklists", "complaint.toml").read_text("utf-8")
    (tmp_path / "ours.toml").write_text(shipped.replace("A complaint", "Ours"), "utf-8")
    lists, faults = read_checklists(tmp_path)
    assert faults == ()
    names = {one.id: one.name for one in lists}
    assert names["mine"] == "Mine"
    assert names["complaint"] == "Ours"
    assert set(names) == {*SHIPPED, "mine"}


def test_a_wrong_list_of_ones_own_costs_only_itself(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("id = ", "utf-8")
    (tmp_path / "b.toml").write_text(GOOD, "utf-8")
    (tmp_path / "c.toml").write_text(GOOD, "utf-8")
    lists, faults = read_checklists(tmp_path)
    assert {one.id for one in lists} == {*SHIPPED, "mine"}
    assert [fault.what.split()[0].rstrip(",") for fault in faults] == ["a.toml", "c.toml"]


def _load(folder: Path, text: str) -> tuple[Checklist, ...]:
    (folder / "mine.toml").write_text(text, "utf-8")
    return load_checklists(folder)


def test_a_table_that_is_not_known_is_told_with_its_own_line(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(GOOD.replace("[[item]]", "[[itme]]", 1))
    _, faults = read_checklists(tmp_path)
    assert [fault.what for fault in faults] == [
        "mine.toml, line 4: itme is not known here; allowed: id, name, item."
    ]
