"""Undo and redo say something more: what they lead to is what stood there before."""

from __future__ import annotations

import itertools
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.coach.desk.undo import DESK, WHEN, History
from app.coach.marks import effective
from app.coach.types import Lane, Mark, MarkKind


def note(t: float, text: str) -> Mark:
    return Mark(t, Lane.SELF, MarkKind.NOTE, "", {"text": text})


class Desk:
    """A history with the log that it writes."""

    def __init__(self, log: list[Mark] | None = None) -> None:
        self.log = log if log is not None else []
        numbers = itertools.count(len(self.log))
        self.history = History(self.log, "tom", Lane.TRAINER, make_id=lambda: f"id-{next(numbers)}")

    def say(self, marks: list[Mark]) -> list[Mark]:
        self.log += marks
        return marks

    @property
    def texts(self) -> list[str]:
        return [mark.data["text"] for mark in effective(self.log)]


def test_an_action_gets_its_author_lane_and_place() -> None:
    desk = Desk()
    (mark,) = desk.say(desk.history.add(note(1.0, "one")))
    assert (mark.author, mark.lane, mark.data[WHEN]) == ("tom", Lane.TRAINER, DESK)


def test_a_draft_keeps_the_id_that_it_was_promised() -> None:
    desk = Desk()
    (mark,) = desk.say(desk.history.add(replace(note(1.0, "one"), id="promised")))
    assert mark.id == "promised"


def test_adding_changing_and_deleting_are_undone_and_redone() -> None:
    desk = Desk()
    (one,) = desk.say(desk.history.add(note(1.0, "one")))
    (two,) = desk.say(desk.history.change(one.id, 1.0, {"text": "two"}))
    desk.say(desk.history.delete(two.id))
    seen = [desk.texts]
    for turn in (desk.history.undo,) * 3 + (desk.history.redo,) * 3:
        desk.say(turn())
        seen.append(desk.texts)
    assert seen == [[], ["two"], ["one"], [], ["one"], ["two"], []]


def test_undoing_a_deletion_is_a_new_mark_with_the_same_content() -> None:
    desk = Desk()
    (one,) = desk.say(desk.history.add(note(1.0, "one")))
    desk.say(desk.history.delete(one.id))
    (back,) = desk.say(desk.history.undo())
    assert back.id != one.id
    assert back.revises == ""
    assert (back.t, back.data, back.kind) == (one.t, one.data, one.kind)


def test_what_came_back_can_be_changed_by_either_of_its_ids() -> None:
    for which in (0, -1):
        desk = Desk()
        (one,) = desk.say(desk.history.add(note(1.0, "one")))
        desk.say(desk.history.delete(one.id))
        desk.say(desk.history.undo())
        desk.say(desk.history.change(desk.log[which].id, 2.0, {"text": "two"}))
        assert desk.texts == ["two"]


def test_a_new_action_ends_what_could_be_redone() -> None:
    desk = Desk()
    desk.say(desk.history.add(note(1.0, "one")))
    desk.say(desk.history.undo())
    assert desk.history.can_redo
    desk.say(desk.history.add(note(1.0, "two")))
    assert not desk.history.can_redo
    assert desk.history.redo() == []


def test_nothing_is_said_where_there_is_nothing_to_say() -> None:
    desk = Desk()
    assert desk.history.undo() == []
    assert desk.history.delete("unknown") == []
    (one,) = desk.say(desk.history.add(note(1.0, "one")))
    assert desk.history.change(one.id, 1.0, {"text": "one"}) == []
    desk.say(desk.history.delete(one.id))
    assert desk.history.delete(one.id) == []
    assert desk.history.change(one.id, 1.0, {"text": "x"}) == []


def test_what_others_said_and_what_was_said_live_is_not_undone() -> None:
    live = replace(note(1.0, "live"), author="tom", lane=Lane.TRAINER, id="a")
    other = replace(note(2.0, "own"), author="ana", id="b", data={"text": "own", WHEN: DESK})
    desk = Desk([live, other])
    assert not desk.history.can_undo
    assert desk.history.delete("b") == []


def test_after_a_restart_the_last_action_can_still_be_undone() -> None:
    desk = Desk()
    (one,) = desk.say(desk.history.add(note(1.0, "one")))
    desk.say(desk.history.change(one.id, 1.0, {"text": "two"}))
    again = Desk(desk.log)
    again.say(again.history.undo())
    assert again.texts == ["one"]
    again.say(again.history.undo())
    assert again.texts == []


ACTIONS = st.lists(
    st.tuples(st.sampled_from(["add", "change", "delete", "restart"]), st.integers(0, 5)),
    max_size=20,
)


@given(ACTIONS)
def test_all_the_way_back_and_forth_passes_through_every_state(
    actions: list[tuple[str, int]],
) -> None:
    desk = Desk()
    states = [desk.texts]
    for number, (action, which) in enumerate(actions):
        held = effective(desk.log)
        if action == "restart":
            desk = Desk(desk.log)
            continue
        if action == "add":
            said = desk.say(desk.history.add(note(which, f"text {number}")))
        elif not held:
            continue
        elif action == "change":
            mark = held[which % len(held)]
            said = desk.say(desk.history.change(mark.id, which, {"text": f"text {number}"}))
        else:
            said = desk.say(desk.history.delete(held[which % len(held)].id))
        assert len(said) == 1
        states.append(desk.texts)
    length = len(desk.log)
    for before in reversed(states[:-1]):
        desk.say(desk.history.undo())
        assert sorted(desk.texts) == sorted(before)
    assert not desk.history.can_undo
    for after in states[1:]:
        desk.say(desk.history.redo())
        assert sorted(desk.texts) == sorted(after)
    assert not desk.history.can_redo
    assert len(desk.log) >= length, "nothing ever leaves the log"
