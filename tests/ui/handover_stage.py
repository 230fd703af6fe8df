"""The window with a session to share, and somebody on another computer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handover_material import PASSPHRASE, Home, a_session, home, trainer_marks
from ui.fake_live import Stagehand, agree

from app.coach.catalogue import load_catalogue
from app.session.handing_over import SharePlan, hand_over
from app.store.types import KeepPolicy
from app.ui.handover_flow import HandoverFlow
from app.ui.window import MainWindow

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.store.types import SessionRecord


@dataclass
class Stage:
    """Everything that a test of the pages needs."""

    window: MainWindow
    hand: Stagehand
    ana: Home
    """Who uses the window."""
    ben: Home
    """A trainer on another computer."""
    record: SessionRecord
    """Ana's session."""
    folder: Path
    """The memory stick."""

    @property
    def flow(self) -> HandoverFlow:
        """The flow under test."""
        return next(flow for flow in self.window.flows if isinstance(flow, HandoverFlow))

    def page(self, name: str) -> object:
        """A page of the flow, once it was shown."""
        return self.window._pages[name]

    def shared_by_ben(self, *, picture: bool = False) -> Path:
        """A file that Ben shares with Ana, who does not know him."""
        path = self.folder / "from-ben.rapport"
        theirs = a_session(self.ben.store, self.ben.person, keep=KeepPolicy.REPORT_ONLY)
        plan = SharePlan(theirs.id, self.ben.person.id, "Ana", picture, 5.0, 10.0)
        hand_over(self.ben.store, plan, path, PASSPHRASE, catalogue=load_catalogue())
        return path

    def review_by_ben(self) -> Path:
        """A review by Ben of a span that Ana shared with him."""
        path, back = self.folder / "to-ben.rapport", self.folder / "review.rapport"
        plan = SharePlan(self.record.id, self.ana.person.id, "Ben", False, 5.0, 10.0)
        hand_over(self.ana.store, plan, path, PASSPHRASE, catalogue=load_catalogue())
        handover, me = self.ben.store.handover, self.ben.person.id
        seen = handover.look(path, PASSPHRASE, me)
        handover.confirm(me, seen.letter.sender)
        here = handover.receive(seen, me)
        self.ben.store.append_marks(here, trainer_marks(me))
        handover.send_review(here, me, back, PASSPHRASE)
        return back


def make_stage(qtbot: QtBot, hand: Stagehand, folder: Path) -> Stage:
    """Open the window of somebody who agreed and practised once."""
    person = agree(hand.services)
    hand.services.choices.change(person_id=person.id, person_name=person.name)
    record = a_session(hand.store, person)
    window = MainWindow(hand.services)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    stick = folder / "stick"
    stick.mkdir()
    ben = home(folder / "ben", "Ben Okafor")
    return Stage(window, hand, Home(hand.store, person, ben.calendar), ben, record, stick)
