from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import pytest

from app.coach.cards import load_cards
from app.coach.checklist import load_checklists
from app.errors import AppError
from app.paths import asset

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CARDS = load_cards()
SHIPPED = asset("cards", "en.toml").read_text("utf-8")


def texts(value: object) -> Iterator[str]:
    """Every text in it, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from texts(one)


def test_the_reminder_of_the_issue_comes_first_and_there_are_variants() -> None:
    assert CARDS.reminders[0].text == "I want to find this person's ideal solution."
    assert len(CARDS.reminders) >= 6


def test_the_cards_take_turns_over_the_sessions() -> None:
    count = len(CARDS.reminders)
    seen = [CARDS.reminder(number).id for number in range(2 * count)]
    assert len(set(seen)) == count
    assert seen[:count] == seen[count:]
    assert CARDS.reflection(0) == CARDS.reflections[0]


def test_each_reflection_is_a_question_and_says_that_it_may_not_help_this_customer() -> None:
    for one in CARDS.reflections:
        assert "?" in one.text
    assert "may not" in CARDS.reflection_note


def test_the_survey_has_its_three_questions_with_three_answers_each() -> None:
    # Sessions keep these ids.
    assert [one.id for one in CARDS.survey] == ["heard", "next", "back"]
    for one in CARDS.survey:
        assert [answer.id for answer in one.answers] == ["yes", "partly", "no"]


def test_the_sheet_asks_who_who_decides_what_and_what_matters() -> None:
    assert [one.id for one in CARDS.guests] == ["who", "decides", "solve", "matters"]


def test_the_other_side_of_the_counter_can_be_played_and_watched() -> None:
    assert {"swap", "watch"} <= {one.id for one in CARDS.other_side}
    assert all(len(one.steps) >= 3 for one in CARDS.other_side)


def test_both_exercises_name_a_checklist_that_ships() -> None:
    lists = {one.id for one in load_checklists()}
    assert {one.id for one in CARDS.exercises} == {"written", "small_talk"}
    assert {one.checklist for one in CARDS.exercises} <= lists
    assert CARDS.exercise("written") == CARDS.exercises[0]
    assert CARDS.exercise("juggling") is None


def test_the_texts_are_clean_and_fit_a_card() -> None:
    for text in texts(asdict(CARDS)):
        assert "  " not in text
        assert '"' not in text
        assert text == text.strip()
        assert len(text) <= 200, text


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('id = "heard"', 'id = "herd"', r"line \d+: \[\[survey\]\] id is 'herd'; .*heard, next"),
        ('{ id = "yes", text = "Yes" }', '{ id = "yep", text = "Y" }', r"answers .*partly"),
        ('id = "stranger"', 'id = "waiting"', "the id waiting stands there a second time"),
        ('language = "en"', 'language = "English"', "two small letters"),
        ("[reflection_note]\ntext = ", "[reflection_note]\nnote = ", "text is missing"),
        ("[reflection_note]", "[note]", r"has no \[reflection_note\]"),
        ("[[guests]]", "[[quests]]", r"there is no \[\[guests\]\]"),
        ('language = "en"', 'language = "en"\ncolour = "red"', "colour is not known here"),
        (
            'title = "Small talk"',
            'titel = "Small talk"',
            "titel is not known here; allowed: id, checklist, title",
        ),
    ],
)
def test_a_mistake_names_file_line_and_what_is_allowed(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert old in SHIPPED
    path = tmp_path / "mine.toml"
    path.write_text(SHIPPED.replace(old, new), "utf-8")
    with pytest.raises(AppError, match=told) as error:
        load_cards(path)
    assert error.value.what.startswith("mine.toml")


def test_the_line_that_is_named_is_the_line_of_the_mistake(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    text = SHIPPED.replace('id = "stranger"', 'id = "Stranger"')
    path.write_text(text, "utf-8")
    line = text[: text.index('id = "Stranger"')].count("\n") + 1
    with pytest.raises(AppError, match=rf"mine\.toml, line {line}: "):
        load_cards(path)


def test_a_survey_needs_all_three_questions(tmp_path: Path) -> None:
    start = SHIPPED.index('[[survey]]\nid = "back"')
    path = tmp_path / "mine.toml"
    path.write_text(SHIPPED[:start] + SHIPPED[SHIPPED.index("# P18") :], "utf-8")
    with pytest.raises(AppError, match="the survey has no question back"):
        load_cards(path)


def test_how_long_a_written_reply_is_the_task_alone_decides_where_it_says_so() -> None:
    (written,) = [one for one in load_cards().exercises if one.id == "written"]
    assert "the length that the task gives" in written.text
    assert "where it gives none" in written.text
