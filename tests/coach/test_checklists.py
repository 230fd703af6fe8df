from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.coach.checklist import load_checklists
from app.errors import AppError

if TYPE_CHECKING:
    from pathlib import Path

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


def test_the_first_checklist_has_the_practices_of_the_issue_in_the_order_of_a_talk() -> None:
    (first,) = load_checklists()
    practices = [item.practice for item in first.items]
    assert practices == [f"P{n}" for n in range(19, 28)]


def test_the_name_has_a_ceiling() -> None:
    name = next(item for item in load_checklists()[0].items if item.practice == "P22")
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
        ("ceiling = 3", "ceiling = 1", r"line 11: .*ceiling of two must be floor"),
        ("floor = 2\n", "", r"line 11: \[\[item\]\] floor is missing"),
        ('id = "two"', 'id = "one"', r"line 12: the id one stands there a second time"),
        ('name = "Mine"', 'title = "Mine"', r"name is missing"),
        ("floor = 1", "floor = 1.5", r"line 9: .*floor is 1\.5; allowed: a whole number"),
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


def _load(folder: Path, text: str) -> tuple:
    (folder / "mine.toml").write_text(text, "utf-8")
    return load_checklists(folder)
