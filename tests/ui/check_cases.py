"""The self-check's page with a session that a test plays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.fake_live import FakeLive, Stagehand, agree, grey_frame

from app.ui.pages.check import CheckPage
from app.ui.window import MainWindow
from audio.types import VoiceReading
from vision.types import VisionReading

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.coach.self_check import Step

LOOK_S = 0.1


class CheckCase:
    """The window on the self-check, with a clock that a test moves on."""

    def __init__(self, qtbot: QtBot, stagehand: Stagehand, **settings: object) -> None:
        self.qtbot = qtbot
        self.stagehand = stagehand
        person = agree(stagehand.services)
        stagehand.services.choices.change(person_id=person.id, **settings)
        self.window = MainWindow(stagehand.services)
        qtbot.addWidget(self.window)
        self.window.show()
        self.now_s = 1000.0
        self.window.go("check")
        self.page._clock = lambda: self.now_s
        self.page._timer.stop()
        self.begin()

    def begin(self) -> None:
        """Begin anew, on the test's clock."""
        self.page.enter()
        self.settle()

    def settle(self) -> None:
        """Let what runs beside the screen come back."""
        self.page._timer.stop()
        self.qtbot.waitUntil(lambda: self.page.walk is not None and not self.page.room.runner.busy)

    @property
    def page(self) -> CheckPage:
        page = self.window._pages["check"]
        assert isinstance(page, CheckPage)
        return page

    @property
    def live(self) -> FakeLive:
        return self.stagehand.live

    @property
    def step(self) -> Step:
        assert self.page.walk is not None
        return self.page.walk.step

    def feed(self, seconds: float, *, speech: bool = False, **vision: object) -> None:
        """Let time pass while the senses say this."""
        for _ in range(round(seconds / LOOK_S)):
            self.now_s += LOOK_S
            t = round(self.now_s, 1)
            self.live.frame = grey_frame(t)
            self.live.show(
                t=t,
                frames_seen=round(t * 10),
                vision=VisionReading(t, True, True, **({"arms_score": 0.1} | vision)),  # type: ignore[arg-type]
                voice=VoiceReading(t, speech=speech, level_dbfs=-30.0),
            )
            self.page.look()

    def wait(self, seconds: float) -> None:
        """Let time pass without a word."""
        self.now_s += seconds
        self.page.look()

    def to(self, step: Step) -> None:
        """Skip on to a step; the devices work by then."""
        self.feed(0.2)
        while self.step is not step:
            self.now_s += 1.0
            self.page.go_on()

    def close(self) -> None:
        self.window.close()
