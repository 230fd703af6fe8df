"""The head of the live page: recording, time, title, and what the program sees and hears."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.ui.style import Space, tabular
from app.ui.texts import clock_text
from app.ui.widgets.controls import Elided, button, label, row
from app.ui.widgets.live_parts import RecordingDot, SenseLight
from app.ui.widgets.pictures_missed import PicturesMissed
from app.ui.widgets.words_lag import WordsLag

if TYPE_CHECKING:
    from app.session.plan import LivePlan, Snapshot


class LiveTop(QWidget):
    """One quiet line."""

    def __init__(self) -> None:
        super().__init__()
        self._recording = False
        self._lights: tuple[SenseLight, ...] = ()
        """Of the senses that this session has a device for."""
        self.dot = RecordingDot()
        self.time = label(clock_text(0), "live-time")
        tabular(self.time)
        self.title = Elided("", "live-quiet")
        self.sees = SenseLight(
            ("sees", self.tr("I can see you")), ("sees_not", self.tr("I can't see you"))
        )
        self.hears = SenseLight(
            ("hears", self.tr("I can hear you")), ("hears_not", self.tr("I can't hear you"))
        )
        self.words = WordsLag()
        self.missed = PicturesMissed()
        self.list = button("", kind="live-toggle", icon="checklist")
        self.list.setCheckable(True)
        inside = row(
            self.dot, self.time, Space.SMALL, self.title, self.words, self.missed,
            Space.SMALL, self.sees, Space.SMALL, self.hears, self.list,
            space=Space.SMALL,
        )  # fmt: skip
        inside.setStretch(3, 1)
        inside.setStretch(inside.indexOf(self.missed), 1)
        self.setLayout(inside)

    def begin(self, plan: LivePlan) -> None:
        """Get ready for a session."""
        self.time.setText(clock_text(0))
        self.title.setText(plan.title)
        self.words.show_lag(None)
        self.missed.begin()
        self.title.show()
        self._recording = plan.keep.keeps_sound
        self.dot.show_recording(recording=self._recording)
        self._lights = tuple(
            light
            for light, device in ((self.sees, plan.camera), (self.hears, plan.microphone))
            if device is not None
        )
        for light in (self.sees, self.hears):
            light.hide()

    def show_state(self, snapshot: Snapshot) -> None:
        """Show at once what works; before and after the session nothing is missing."""
        for light in self._lights:
            light.setVisible(snapshot.state == "running")
        self.sees.show_state(works=snapshot.sees)
        self.hears.show_state(works=snapshot.hears)

    def show_numbers(self, snapshot: Snapshot) -> None:
        """Show the elapsed time and how far words and eyes are behind."""
        self.time.setText(clock_text(snapshot.t))
        self.dot.show_recording(recording=self._recording, ended=snapshot.recording_ended)
        self.words.show_lag(snapshot.words_lag_s if snapshot.state == "running" else None)
        self._show_missed(snapshot)

    def _show_missed(self, snapshot: Snapshot) -> None:
        """Say it in the title's place, so that nothing moves, and the plain count at the light."""
        self.missed.look(snapshot)
        self.title.setVisible(self.missed.isHidden())
        if not self.missed.isHidden():
            # Both have the same cause; in large type there is room for one of them.
            self.words.hide()
        count = self.tr("Pictures that gave way to a newer one before anybody looked: {count}")
        told = count.format(count=snapshot.frames_replaced)
        if not self.missed.isHidden():
            told += "\n" + self.tr("Close other programs that keep this computer busy.")
        self.sees.explain(told)
