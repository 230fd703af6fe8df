"""One step of the self-check, large enough to be read from a metre and a half."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.coach.self_check import DeviceState, Step
from app.coach.self_check_words import step_words
from app.coach.types import Sense
from app.coach.words import framing_text
from app.ui.style import Space, TypeSize, text_px
from app.ui.texts import told
from app.ui.widgets.advice import Steady
from app.ui.widgets.controls import column, label, picture_label, row, set_role
from app.ui.widgets.level import LevelMeter
from app.ui.widgets.video import VideoView

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from app.coach.self_check import SelfCheck
    from app.session.plan import Snapshot
    from vision.types import Frame

SIGN_PX: Final = 64
STATE_PX: Final = 28
LOW_PX: Final = 600
"""A stage that is lower has no room for the sign beside long words."""
WORDS_PX: Final = 860
WORDS_EM: Final = 12
"""The words are at least so many times as wide as their letters are high."""
SIGNS: Final = MappingProxyType(
    {
        Step.DEVICES: "camera",
        Step.LIGHT: "light",
        Step.REST: "arms",
        Step.GREETING: "talk",
        Step.REMINDER: "hint",
        Step.TANK: "customer",
    }
)
HEARD_S: Final = 0.3
"""Talk after which the greeting is known to be heard, seconds."""


class StateLine(QWidget):
    """An icon and some words about a device or the room."""

    def __init__(self) -> None:
        super().__init__()
        self._sign = picture_label("", size=STATE_PX)
        self._words = label("", "check-quiet", wrap=True)
        content = row(self._sign, self._words, space=Space.SNUG)
        content.setStretch(1, 1)
        content.setAlignment(self._sign, Qt.AlignmentFlag.AlignTop)
        self.setLayout(content)
        self.hide()

    def say(self, icon: str, text: str) -> None:
        """Say something, or nothing."""
        if text != self._words.text():
            self._words.setText(text)
            self.setAccessibleName(text)
            self.setVisible(bool(text))
        if text:
            self._sign.show_icon(icon, "quiet")

    @property
    def text(self) -> str:
        """What it says."""
        return self._words.text()


class CheckStage(QWidget):
    """The picture on the left while the camera is open; what to do on the right, or alone."""

    def __init__(self) -> None:
        super().__init__()
        self._steady = Steady()
        self.video = VideoView(fill=True)
        self.video.show_empty("camera", "")
        self._sign = picture_label("", "accent", SIGN_PX)
        self.title = label("", "check-title", wrap=True)
        self.text = label("", "check-text", wrap=True)
        self.first, self.second = StateLine(), StateLine()
        self.level = LevelMeter()
        self.level.setFixedHeight(Space.MEDIUM)
        self._column = column(
            None, self._sign, self.title, self.text, Space.SMALL, self.first, self.second,
            self.level, None, space=Space.MEDIUM,
        )  # fmt: skip
        self._words = QWidget()
        self._words.setLayout(self._column)
        self._words.setMaximumWidth(WORDS_PX)
        self._row = row(self.video, self._words, space=Space.WIDE)
        self._row.setStretch(0, 11)
        self._row.setStretch(1, 9)
        self.setLayout(self._row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the sign out where the words need its room."""
        super().resizeEvent(event)
        self._sign.setVisible(self.height() >= LOW_PX)

    def show_step(self, step: Step, *, recorded: bool, card: str) -> None:
        """Show what a step asks for."""
        title, text = step_words(step, recorded=recorded, card=told(card), translate=told)
        self._sign.show_icon(SIGNS[step], "accent")
        self.title.setText(title)
        self.text.setText(text)
        self.setAccessibleName(f"{title}. {text}")
        picture = step in (Step.DEVICES, Step.LIGHT, Step.REST, Step.GREETING)
        self.video.setVisible(picture)
        self._arrange(card=not picture, aloud=step is Step.REMINDER)
        self.level.setVisible(step in (Step.DEVICES, Step.GREETING))
        self.first.say("", "")
        self.second.say("", "")
        self._steady.clear()

    def _arrange(self, *, card: bool, aloud: bool) -> None:
        """Put a card into the middle; one to read aloud is larger than its title."""
        self._words.setMinimumWidth(WORDS_EM * text_px(2 * TypeSize.LEAD))
        side = Qt.AlignmentFlag.AlignHCenter if card else Qt.AlignmentFlag.AlignLeft
        for made in (self.title, self.text):
            made.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self._column.setAlignment(self._sign, side)
        set_role(self.title, "check-quiet" if aloud else "check-title")
        set_role(self.text, "check-title" if aloud else "check-text")

    def show_no_camera(self) -> None:
        """Say that there will be no picture."""
        self.video.show_empty("camera_off", self.tr("No camera"))

    def begin(self) -> None:
        """Wait for the picture."""
        self.video.show_frame(None)
        self.video.show_empty("camera", "")
        self.level.show_level(None)

    def show_picture(self, frame: Frame | None) -> None:
        """Show the newest picture."""
        self.video.show_frame(frame)

    def show_state(self, walk: SelfCheck, snapshot: Snapshot) -> None:
        """Show how the running step stands."""
        self.level.show_level(snapshot.level_dbfs)
        if walk.step is Step.DEVICES:
            self.first.say(*self._camera(walk, snapshot))
            self.second.say(*self._microphone(walk.state(Sense.VOICE), snapshot))
        elif walk.step is Step.LIGHT:
            wanted = told(framing_text(walk.framing[0])) if walk.framing else ""
            self.first.say("light", self._steady.push(snapshot.t, wanted or self._good(walk)))
        elif walk.step is Step.GREETING:
            heard = walk.speech_s >= HEARD_S
            self.first.say("hears", self.tr("I hear you.") if heard else "")

    def _good(self, walk: SelfCheck) -> str:
        return self.tr("I can see you well.") if walk.state(Sense.VISION) in WORKS else ""

    def _camera(self, walk: SelfCheck, snapshot: Snapshot) -> tuple[str, str]:
        state = walk.state(Sense.VISION)
        if state is DeviceState.WORKS:
            return "camera", self.tr("The picture works.")
        if state is DeviceState.FAULT:
            what = next((one.what for one in snapshot.faults if one.sense is Sense.VISION), "")
            return "camera_off", told(what)
        if state is DeviceState.ABSENT:
            if walk.state(Sense.VOICE) in (DeviceState.ABSENT, DeviceState.FAULT):
                return "camera_off", self.tr("There is no camera.")
            return "camera_off", self.tr("No camera: voice only.")
        if snapshot.frames_seen:
            return "camera", self.tr("The picture is there; I am getting ready to look.")
        return "camera", self.tr("Waiting for the picture")

    def _microphone(self, state: DeviceState, snapshot: Snapshot) -> tuple[str, str]:
        faults = (told(one.what) for one in snapshot.faults if one.sense is Sense.VOICE)
        words = {
            DeviceState.WORKS: self.tr("The sound works."),
            DeviceState.SILENT: self.tr(
                "The microphone delivers pure silence: is it on, and allowed?"
            ),
            DeviceState.FAULT: next(faults, self.tr("The microphone does not work.")),
            DeviceState.ABSENT: self.tr("No microphone: picture only."),
            DeviceState.WAITING: self.tr("Waiting for the sound"),
        }
        off = state in (DeviceState.ABSENT, DeviceState.FAULT, DeviceState.SILENT)
        return "microphone_off" if off else "microphone", words[state]


WORKS: Final = frozenset({DeviceState.WORKS})
