"""What devices give, before the session, as it begins, and while it runs."""

from __future__ import annotations

import numpy as np

from app.coach.types import Sense
from app.session.clock import SessionClock
from app.session.device_feed import DeviceFeed
from app.session.faults import BEHIND, ON_THE_WAY, SHOWN_S, FaultBoard, LostSound
from app.session.inbox import Inbox
from app.session.life import Life
from audio.types import AudioBlock
from vision.types import Frame

PICTURE = np.zeros((2, 2, 3), np.uint8)


class Hands:
    """A hand-over whose time a test sets."""

    def __init__(self) -> None:
        self.now = 0.0
        self.clock = SessionClock(lambda: self.now)
        self.life = Life(self.clock)
        self.inbox = Inbox(sound_s=0.15)
        self.board = FaultBoard()
        self.noted: list[str] = []
        self.given_up = False
        self.ears = LostSound(self.board, self.noted.append, lambda: self.given_up)
        self.over = DeviceFeed(self.clock, self.life, self.inbox, self.ears)

    @property
    def shown(self) -> list[str]:
        return [fault.what for fault in self.board.all()]


def block(t: float, *, lost: bool = False) -> AudioBlock:
    return AudioBlock(t, np.zeros(1600, np.float32), 16000, lost)


def test_what_stopped_working_last_is_the_last_of_the_faults() -> None:
    board = FaultBoard()
    board.put("vision", Sense.VISION, "The camera is late.", "Wait a moment.")
    board.put("voice", Sense.VOICE, "The microphone is gone.", "Plug it in.")
    board.put("vision", Sense.VISION, "The camera is gone.", "Plug it in.")
    assert [fault.what for fault in board.all()] == [
        "The microphone is gone.", "The camera is gone.",
    ]  # fmt: skip


def test_before_the_beginning_pictures_are_only_shown() -> None:
    hands = Hands()
    hands.over.frame(Frame(0.0, PICTURE))
    hands.over.block(block(0.0))
    assert hands.over.picture is not None
    assert hands.over.frames_seen == 1
    assert hands.inbox.take(0.0) is None


def test_stamps_are_moved_onto_the_time_of_the_session() -> None:
    hands = Hands()
    hands.now = 5.0
    assert hands.life.begin()
    hands.over.frame(Frame(5.5, PICTURE))
    item = hands.inbox.take(0.0)
    assert item is not None
    assert item.t == 0.5


def test_a_picture_that_comes_in_the_moment_of_the_beginning_is_not_of_the_future() -> None:
    class Beginning(SessionClock):
        """Begins the session after a stamp was moved and before it is handed on."""

        def session_time(self, raw_s: float) -> float:
            moved = super().session_time(raw_s)
            if hands.life.state == "starting" and raw_s == 3.0:
                hands.life.begin()
            return moved

    hands = Hands()
    hands.clock = Beginning(lambda: 3.0)
    hands.clock._built = 0.0
    hands.life = Life(hands.clock)
    hands.over = DeviceFeed(hands.clock, hands.life, hands.inbox, hands.ears)
    hands.over.frame(Frame(3.0, PICTURE))
    assert hands.life.state == "running"
    assert hands.inbox.take(0.0) is None


def test_what_was_grabbed_before_the_beginning_is_not_of_the_session() -> None:
    hands = Hands()
    hands.now = 5.0
    hands.life.begin()
    hands.over.frame(Frame(4.9, PICTURE))
    hands.over.block(block(4.95))
    assert hands.inbox.take(0.0) is None


def test_sound_without_room_is_told_but_not_at_the_end() -> None:
    hands = Hands()
    hands.life.begin()
    for t in (0.0, 0.1):
        hands.over.block(block(t))
    assert hands.shown == [BEHIND]
    hands.board.clear("overflow")
    assert hands.life.end()
    hands.over.block(block(0.2))
    assert hands.shown == []


def test_lost_sound_is_said_with_a_remedy_and_noted_once_however_many_blocks() -> None:
    hands = Hands()
    hands.life.begin()
    for at in range(6):
        hands.over.block(block(at / 10, lost=at == 0))
    assert hands.inbox.overflowed == 5
    (fault,) = hands.board.all()
    assert (fault.what, fault.sense) == (BEHIND, Sense.VOICE)
    assert fault.remedy
    assert hands.noted == [ON_THE_WAY, BEHIND]


def test_lost_sound_is_taken_away_again_and_hides_no_later_fault() -> None:
    hands = Hands()
    hands.life.begin()
    for t, lost in ((0.0, True), (SHOWN_S - 0.2, False)):
        hands.over.block(block(t, lost=lost))
        hands.inbox.take(0.0)
    assert hands.shown == [ON_THE_WAY]
    hands.over.block(block(SHOWN_S))
    assert hands.shown == []


def test_after_the_analysis_failed_nothing_is_said_of_lost_sound() -> None:
    hands = Hands()
    hands.life.begin()
    hands.given_up = True
    hands.over.block(block(0.0, lost=True))
    assert (hands.shown, hands.noted) == ([], [])


def test_life_goes_one_way() -> None:
    hands = Hands()
    assert not hands.life.end()
    assert not hands.life.begin()
    assert (hands.life.state, hands.life.end_s, hands.life.t) == ("stopping", 0.0, 0.0)
