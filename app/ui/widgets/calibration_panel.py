"""Your own normal, step by step: the room, a calm face, some talk; each can be skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QWidget

from app.coach.calibration import CalibrationStep
from app.ui.style import Space
from app.ui.widgets.advice import Steady, advice_of
from app.ui.widgets.controls import button, column, label, picture_label, row

if TYPE_CHECKING:
    from app.session.plan import Snapshot

STEPS: Final = (CalibrationStep.ROOM, CalibrationStep.FACE, CalibrationStep.TALK)
ICONS: Final = ("room", "face", "talk")
LEAD_IN_MS: Final = 3000
"""Time to read what comes, before it is measured."""
STEP_ICON_PX: Final = 32


class CalibrationPanel(QWidget):
    """Leads through the steps; says which step to measure and when all is done."""

    step_wanted = Signal(object)
    """A CalibrationStep to measure from now on, or None for none."""
    finished = Signal()
    """All steps were done or skipped."""
    left = Signal()
    """The person went back without going through."""

    def __init__(self, *, lead_in_ms: int = LEAD_IN_MS) -> None:
        super().__init__()
        self._at = -1
        self._measuring = False
        self._steady = Steady()
        self._lead_in = QTimer(self)
        self._lead_in.setSingleShot(True)
        self._lead_in.setInterval(lead_in_ms)
        self._lead_in.timeout.connect(self.measure)
        self._signs = QStackedWidget()
        for name in ICONS:
            self._signs.addWidget(picture_label(name, "accent", STEP_ICON_PX))
        self._signs.setFixedSize(STEP_ICON_PX, STEP_ICON_PX)
        self._count = label("", "quiet")
        self._title = label("", "section", wrap=True)
        self._what = label("", "lead", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 1000)
        self._bar.setAccessibleName(self.tr("Progress of this step"))
        self._state = label("", "quiet", wrap=True)
        self._skip = button(self.tr("Skip this step"), icon="skip")
        self._skip.setToolTip(self.tr("What is skipped is not measured  (K)"))
        self._skip.clicked.connect(self.skip)
        self._back = button(self.tr("Leave"), kind="quiet")
        self._back.setToolTip(self.tr("Leave without an own normal  (Esc)"))
        self._back.clicked.connect(self.leave)
        self.setLayout(
            column(
                row(self._signs, self._count, None, space=Space.SNUG),
                Space.SMALL,
                self._title,
                self._what,
                Space.MEDIUM,
                self._bar,
                self._state,
                None,
                row(self._back, None, self._skip),
            )
        )

    @property
    def step(self) -> CalibrationStep | None:
        """The step on show; None while the panel rests."""
        return STEPS[self._at] if 0 <= self._at < len(STEPS) else None

    def begin(self) -> None:
        """Start with the first step."""
        self._at = -1
        self._next()

    def measure(self) -> None:
        """End the lead-in: from now on the step counts."""
        if self.step is not None and not self._measuring:
            self._lead_in.stop()
            self._measuring = True
            self.step_wanted.emit(self.step)

    def skip(self) -> None:
        """Leave this step out."""
        self._next()

    def leave(self) -> None:
        """Stop without an own normal."""
        self._rest()
        self.step_wanted.emit(None)
        self.left.emit()

    def show_state(self, snapshot: Snapshot) -> None:
        """Show how far the running step is; goes on by itself when it has enough."""
        progress = snapshot.calibration
        if not self._measuring or progress is None or progress.step != self.step:
            return
        wanted = max(0.1, progress.seconds_wanted)
        self._bar.setValue(round(1000 * min(1.0, progress.seconds_done / wanted)))
        if progress.enough:
            self._next()
            return
        left = max(1, round(wanted - progress.seconds_done))
        words = self.tr("{n} s to go").format(n=left)
        advice = self._steady.push(snapshot.t, self._advice(snapshot))
        if advice:
            words = advice
        elif self.step is not CalibrationStep.FACE and not snapshot.hears:
            words = self.tr("No sound comes in: is the microphone on, and allowed?")
        self._state.setText(words)

    def _advice(self, snapshot: Snapshot) -> str:
        """Say what keeps this step from going on; empty where nothing does."""
        if self.step is CalibrationStep.FACE and snapshot.framing:
            return advice_of(snapshot)
        voice = snapshot.voice
        if self.step is CalibrationStep.ROOM and voice is not None and voice.speech:
            return self.tr("Somebody is talking. It goes on by itself once it is quiet.")
        return ""

    def _rest(self) -> None:
        self._lead_in.stop()
        self._measuring = False
        self._at = -1

    def _next(self) -> None:
        was_measuring = self._measuring
        self._measuring = False
        self._at += 1
        if self._at >= len(STEPS):
            self._rest()
            self.step_wanted.emit(None)
            self.finished.emit()
            return
        if was_measuring:
            self.step_wanted.emit(None)
        title, what = self._texts(STEPS[self._at])
        self._signs.setCurrentIndex(self._at)
        self._count.setText(self.tr("{n} of {all}").format(n=self._at + 1, all=len(STEPS)))
        self._title.setText(title)
        self._what.setText(what)
        self._bar.setValue(0)
        self._steady.clear()
        self._state.setText(self.tr("Starts in a moment"))
        self._lead_in.start()

    def _texts(self, step: CalibrationStep) -> tuple[str, str]:
        if step is CalibrationStep.ROOM:
            return (
                self.tr("A quiet moment"),
                self.tr("Say nothing for five seconds, so that I know the sound of the room."),
            )
        if step is CalibrationStep.FACE:
            return (
                self.tr("Your calm face"),
                self.tr("Look at where your customer will stand, for five seconds."),
            )
        return (
            self.tr("Just talk"),
            self.tr(
                "Tell me about your day for twenty seconds, as you would tell a colleague. "
                "How you got here, what you had for breakfast."
            ),
        )
