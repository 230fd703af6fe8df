"""Random edits, undos, merges, kills and restarts on two sides: nothing that was said is lost.

`make soak` runs it 2,000 times; the real kills of a process are in test_desk_killed.py.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from pathlib import Path

import pytest
from desk_sides import (
    PLACES,
    Fresh,
    Side,
    content,
    fresh_side,
    home,
    merge,
    place_id,
    practices_that_hold,
    send_back,
)
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from app.coach.desk.undo import KINDS
from app.coach.marks import effective
from app.coach.practice_types import Polarity
from app.coach.types import Lane, MarkKind
from app.coach.verdicts import AGREE, CORRECT, DISAGREE

ROUNDS = int(os.environ.get("RAPPORT_SOAK_ROUNDS", "2000"))
SHIFT_S = 12.5
"""Where in the owner's session the share begins."""
SIDES = st.sampled_from(["ana", "tom"])
TIMES = st.floats(0, 60, allow_nan=False).map(lambda t: round(t, 2))
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


class Desks(RuleBasedStateMachine):
    """The owner's machine and the trainer's."""

    def __init__(self, ana: Fresh, tom: Fresh) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="desks-"))
        self.shifts = {"ana": 0.0, "tom": SHIFT_S}
        self.sides = {
            "ana": Side(self.folder, "ana", Lane.SELF, ana),
            "tom": Side(self.folder, "tom", Lane.TRAINER, tom),
        }
        self.share = str(uuid.uuid4())
        self.brought: set[str] = set()

    def teardown(self) -> None:
        for side in self.sides.values():
            side.close()
        shutil.rmtree(self.folder)

    @rule(who=SIDES, t=TIMES, kind=st.sampled_from(sorted(KINDS)), text=TEXTS)
    def say(self, who: str, t: float, kind: MarkKind, text: str) -> None:
        self.sides[who].add(t, kind, text)

    @rule(
        who=SIDES,
        which=st.integers(0, len(PLACES) - 1),
        verdict=st.sampled_from([AGREE, DISAGREE, CORRECT, CORRECT]),
        practice=st.sampled_from(["P15", "P19", "P23"]),
        polarity=st.sampled_from(list(Polarity)),
        start=st.none() | TIMES,
        words=TEXTS,
    )
    def judge_a_practice(
        self, who: str, which: int, verdict: str, practice: str, polarity: Polarity,
        start: float | None, words: str,
    ) -> None:  # fmt: skip
        data = {"finding": place_id(which, self.shifts[who]), "verdict": verdict}
        if verdict == CORRECT:
            data |= {"practice": practice, "polarity": polarity.value, "words": words}
            if start is not None:
                data |= {"start": str(start), "end": str(start + 1.0)}
        self.sides[who].judge(data)

    @rule(who=SIDES, which=st.integers(0, 9), t=TIMES, text=TEXTS)
    def change(self, who: str, which: int, t: float, text: str) -> None:
        self.sides[who].change(which, t, text)

    @rule(who=SIDES, which=st.integers(0, 9))
    def delete(self, who: str, which: int) -> None:
        self.sides[who].delete(which)

    @rule(who=SIDES)
    def undo(self, who: str) -> None:
        self.sides[who].undo()

    @rule(who=SIDES)
    def redo(self, who: str) -> None:
        self.sides[who].redo()

    @rule(who=SIDES)
    def restart(self, who: str) -> None:
        self.sides[who].restart()

    @rule(who=SIDES)
    def kill(self, who: str) -> None:
        self.sides[who].kill()

    @rule(times=st.integers(1, 2))
    def send_back(self, times: int) -> None:
        """The trainer's review comes home; sent twice it gives the same."""
        for _ in range(times):
            send_back(self.sides["tom"], self.sides["ana"], self.share, SHIFT_S)
        here, there = self.sides["ana"], self.sides["tom"]
        came = [one.mark for one in home(there, here, self.share, SHIFT_S)]
        self.brought |= {mark.id for mark in came}
        wanted = [(mark.id, *content(mark)) for mark in effective(came)]
        shown = [mark for mark in here.store.marks(here.session) if mark.lane is Lane.TRAINER]
        assert sorted((mark.id, *content(mark)) for mark in shown) == sorted(wanted)

    @rule()
    def hand_over_again(self) -> None:
        """The owner's own marks go along with a share."""
        merge(self.sides["ana"], self.sides["tom"], self.share, -SHIFT_S)

    @invariant()
    def what_was_said_holds(self) -> None:
        for side in self.sides.values():
            if side.touched:
                assert sorted(content(mark) for mark in side.held) == side.wanted
                listed = side.store.session(side.session).practices
                marks = side.store.marks(side.session)
                assert listed == practices_that_hold(marks, self.shifts[side.author])
            side.touched = False

    @invariant()
    def what_came_home_stays(self) -> None:
        home = {mark.id for mark in self.sides["ana"].log} if self.brought else set()
        assert self.brought <= home


def _run(examples: int, steps: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        fresh = [
            fresh_side(Path(folder, name), shift_s)
            for name, shift_s in (("ana", 0.0), ("tom", SHIFT_S))
        ]
        run_state_machine_as_test(
            lambda: Desks(*fresh),
            settings=settings(
                max_examples=examples,
                stateful_step_count=steps,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )


def test_nothing_that_was_said_is_lost() -> None:
    _run(examples=8, steps=20)


@pytest.mark.soak
@pytest.mark.timeout(14_400)
def test_nothing_that_was_said_is_lost_in_two_thousand_rounds() -> None:
    _run(examples=ROUNDS, steps=50)
