"""A flow is a set of pages that belong together; the doors are what one flow asks of another."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QMetaMethod, QObject, Signal
from PySide6.QtWidgets import QMainWindow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from app.ui.services import Services

NOWHERE: Mapping[str, str] = MappingProxyType({})


class Doors(QObject):
    """Wishes that a page has and another flow fulfils; nobody needs to know who."""

    page_wanted = Signal(str)
    """Name of a page, through its door."""
    report_wanted = Signal(str)
    """Id of a session whose report is wanted."""
    desk_wanted = Signal(str, float)
    """Id of a session to review at the desk, and the moment to begin at, seconds."""
    compare_wanted = Signal(str, str)
    """Ids of two sessions to lay side by side; the second may be empty, to be chosen there."""
    feedback_wanted = Signal(str)
    """Id of a session whose review is to be read as a page."""
    share_wanted = Signal(str)
    """Id of a session to hand over."""
    send_back_wanted = Signal(str)
    """Id of a received session whose review is to go back to its owner."""
    open_file_wanted = Signal(str)
    """A file that somebody handed over; empty to choose one."""
    clip_wanted = Signal(str, float, float)
    """Id of a session and the stretch of it to release to the library, seconds."""
    library_wanted = Signal(str)
    """The library of best and worst cases; the name of the page to go back to."""
    guests_wanted = Signal(str)
    """The team's page on its guests; the name of the page to go back to."""
    speakers_wanted = Signal(str)
    """Id of an imported session, to say who speaks in it when."""
    rehearse_wanted = Signal(object, str)
    """A SessionRecord to practise once more, and the id of the focus cue; empty for its own."""
    take_five_wanted = Signal()
    """A break of some minutes; afterwards the page that asked for it shows again."""
    scenario_wanted = Signal(str)
    """Id of a conversation to practise."""
    normal_measured = Signal(object)
    """A Baseline that was just calibrated, for the sessions to come."""
    normal_deleted = Signal()
    """The own normal that was kept by itself is gone: nobody may go on with it from memory."""
    agreement_wanted = Signal(str)
    """The page on consent, and the name of the page to go back to from there."""
    partner_wanted = Signal(object)
    """The LivePlan of a session in which somebody plays the customer who has not agreed yet."""
    start_wanted = Signal(object)
    """A LivePlan to start now; its partner has agreed."""
    notice_wanted = Signal(str, str)
    """What happened and what to do, to be told on Home."""
    person_changed = Signal()
    """Another person uses the program from now on: nothing of the last one's may stay on show."""

    def serves(self, name: str) -> bool:
        """Whether anybody fulfils a wish, by the name of its signal."""
        signal = getattr(self, name, None)
        return signal is not None and self.isSignalConnected(QMetaMethod.fromSignal(signal))


def door_of(name: str, made_by: Mapping[str, Flow], behind: Mapping[str, str]) -> str:
    """Name the door that a page is behind; the page that one came from may lie between.

    Pages that no flow makes are behind what `behind` says.
    """
    flow = made_by.get(name)
    before = behind.get(name) if flow is None else flow.before(name)
    return name if before is None else door_of(before, made_by, behind)


class Stage(QMainWindow):
    """What a flow may ask of the window that shows its pages."""

    @property
    def page(self) -> str:
        """Name of the page in front."""
        raise NotImplementedError

    @property
    def may_leave(self) -> bool:
        """Whether the page in front may be left: a session that runs may not."""
        raise NotImplementedError

    @property
    def session_runs(self) -> bool:
        """Whether a camera or a microphone is in use, for a session or before one."""
        raise NotImplementedError

    def has_page(self, name: str) -> bool:
        """Whether any flow has a page of this name."""
        raise NotImplementedError


class Flow(QObject):
    """Pages that belong together, each made when it is first wanted."""

    show_wanted = Signal(str)
    """Name of the page to show."""

    behind: ClassVar[Mapping[str, str]] = NOWHERE
    """Its pages without a door in the rail -> the door or the page that they are behind."""
    alone: ClassVar[frozenset[str]] = frozenset()
    """Its pages that hide the rail: one leaves them by finishing what they are for."""

    def __init__(self, services: Services, doors: Doors, stage: Stage) -> None:
        super().__init__(stage)
        self.services = services
        self.doors = doors
        self.stage = stage

    @property
    def pages(self) -> Mapping[str, Callable[[], QWidget]]:
        """Name of each page -> what makes it."""
        raise NotImplementedError

    def before(self, name: str) -> str | None:
        """Name the door or the page that a page is behind now; None for a door's own page."""
        return self.behind.get(name)

    def enter(self, name: str) -> None:
        """Bring a page that comes to the front up to date."""

    def leave(self, name: str) -> None:
        """Stop what a page that goes to the back was doing."""

    def close(self) -> None:
        """Stop everything: the program ends."""
