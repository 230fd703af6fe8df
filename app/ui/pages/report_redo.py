"""Leads through saying a moment again: what comes before, the take, both side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from app.coach.types import Sense
from app.errors import AppError
from app.session.keeping import facts_limits, read_facts
from app.session.take import MOST_S
from app.ui.bridge import LOOK_MS as PICTURE_MS
from app.ui.pages.redo_keeping import earlier_takes, keep_take, kept_parts
from app.ui.pages.redo_moment import moment_of
from app.ui.pages.redo_playing import RedoPlaying
from app.ui.texts import clock_text, told
from app.ui.waiting import Waiter
from app.ui.widgets.redo import RedoPanel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.coach.catalogue import Catalogue
    from app.coach.report_types import Finding
    from app.coach.scenario_types import Scenario
    from app.coach.take_facts import TakeFacts
    from app.coach.types import Baseline, CueRule
    from app.session.plan import Snapshot
    from app.store.store import Store
    from app.ui.pages.report_session import ShownSession
    from app.ui.services import Runner
    from app.ui.widgets.redo import LiveCard
    from app.ui.widgets.take_card import Played
    from vision.types import Frame

    MakeTake = Callable[["TakeWish"], "TakeLike"]

LOOK_MS: Final = 250


@dataclass(frozen=True, slots=True)
class TakeWish:
    """What a take is to be held against, as its session was."""

    baseline: Baseline | None
    """The own normal of the session."""
    scenario: Scenario | None
    """What was practised: the customer's name and nouns are among what is listened for."""
    rule: CueRule | None
    """The cue that the eyes look for; None for a take without a picture."""
    limits: Mapping[str, float]
    """Where the session's cues began, where the person had moved them."""
    switched_off: frozenset[str]
    """Ids of cues that the session did not measure."""


class TakeLike(Protocol):
    """The part of a take that the screen uses."""

    sees: bool
    wav: bytes
    film: bytes
    facts: TakeFacts | None

    def start(self) -> None:
        """Open the devices."""

    def picture(self) -> Frame | None:
        """Give the newest picture."""

    def snapshot(self) -> Snapshot:
        """Tell how it stands."""

    def stop(self) -> None:
        """Close them and measure; may block."""


class Redo(QObject):
    """One moment at a time. Leaving it ends what plays and what is recorded."""

    left = Signal()

    def __init__(
        self,
        store: Store,
        catalogue: Catalogue,
        make_take: MakeTake | None,
        background: Runner | None,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._catalogue = catalogue
        self._make_take = make_take
        self._background = background
        self._playing = RedoPlaying(background, self)
        self._take: TakeLike | None = None
        self._stopping: Waiter[None] | None = None
        self._shown: ShownSession | None = None
        self._finding: Finding | None = None
        self._takes: list[Played] = []
        self.panel: RedoPanel | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._pictures = QTimer(self)
        self._pictures.setInterval(PICTURE_MS)
        self._pictures.timeout.connect(self.look_at_picture)

    @property
    def possible(self) -> bool:
        """Whether there is a way to record a take."""
        return self._make_take is not None

    def open(self, shown: ShownSession, finding: Finding, title: str) -> RedoPanel:
        """Make the panel for a moment."""
        self.close()
        self._shown, self._finding = shown, finding
        rule = self._catalogue.rule(finding.cue)
        kept = kept_parts(shown)
        panel = self.panel = RedoPanel(moment_of(shown, finding, rule, title), kept)
        panel.left.connect(self.left)
        panel.hear_wanted.connect(self._playing.hear)
        panel.say_toggled.connect(self.toggle)
        panel.play_wanted.connect(self._playing.play)
        self._takes = earlier_takes(self._store, shown, finding.id) if kept.sound else []
        self._show_takes(panel)
        return panel

    def close(self) -> None:
        """End whatever plays or is recorded; the takes in memory go."""
        self._stop_looking()
        self._playing.close()
        take, self._take = self._take, None
        if self._stopping is not None:
            self._stopping.drop()
            self._stopping = None
        elif take is not None:
            self._run(take.stop)
        self.panel = self._shown = self._finding = None
        self._takes = []

    def toggle(self) -> None:
        """Begin a take, or end the one that runs."""
        if self.panel is None or self._stopping is not None:
            return
        if self._take is None:
            self._begin(self.panel)
        else:
            self._end(self.panel, self._take)

    def press_say(self) -> None:
        """Press the button that begins and ends a take, where it is in sight."""
        if self.panel is not None:
            self.panel.say.click()

    def press_hear(self) -> None:
        """Press the button that plays what came before, where it is in sight."""
        if self.panel is not None:
            self.panel.hear.click()

    def look(self) -> None:
        """See how the take stands."""
        take, panel = self._take, self.panel
        if take is None or panel is None or self._stopping is not None:
            return
        now = take.snapshot()
        if panel.live is not None:
            self._look_at_camera(panel.live, now)
        panel.show_state(self._state(take, now), speaking=True)
        if now.t >= MOST_S:
            self._end(panel, take)

    def look_at_picture(self) -> None:
        """Show the newest picture of a take with a camera."""
        if self._take is not None and self.panel is not None and self.panel.live is not None:
            self.panel.live.show_picture(self._take.picture())

    def _look_at_camera(self, live: LiveCard, now: Snapshot) -> None:
        if any(one.sense is Sense.VISION for one in now.faults):
            self._pictures.stop()
            live.show_gone()
        else:
            live.show_numbers(now)

    def _state(self, take: TakeLike, now: Snapshot) -> str:
        deaf = next((one.what for one in now.faults if one.sense is not Sense.VISION), "")
        if deaf:
            return told(deaf)
        if now.state == "starting":
            return self.tr("One moment…")
        text = self.tr("Speak now. {time}").format(time=clock_text(now.t))
        blind = next((one.what for one in now.faults if one.sense is Sense.VISION), "")
        if blind:
            only = self.tr("Only your voice is measured.")
            return f"{told(blind)} {only} {text}"
        if self._rule is not None and not take.sees:
            only = self.tr("No camera is chosen, so only your voice is measured.")
            return f"{only} {text}"
        return text

    @property
    def _rule(self) -> CueRule | None:
        """The cue that the eyes look for."""
        return self.panel.moment.rule if self.panel is not None else None

    def _stop_looking(self) -> None:
        self._timer.stop()
        self._pictures.stop()

    def _begin(self, panel: RedoPanel) -> None:
        self._playing.stop()
        shown = self._shown
        if self._make_take is None or shown is None:
            return
        take = self._make_take(self._wish(shown))
        try:
            take.start()
        except AppError as error:
            panel.show_state(f"{told(error.what)} {told(error.remedy)}")
            return
        self._take = take
        if take.sees:
            self._playing.close()
            panel.show_live()
            self._playing.show(panel)
            self._pictures.start()
        self._timer.start()
        self.look()

    def _wish(self, shown: ShownSession) -> TakeWish:
        facts = read_facts(self._store.files(shown.record.id)) if shown.kept else {}
        return TakeWish(
            baseline=shown.report.baseline if shown.report is not None else None,
            scenario=shown.scenario,
            rule=self._rule,
            limits=facts_limits(facts),
            switched_off=frozenset(facts.get("switched_off", ())),
        )

    def _end(self, panel: RedoPanel, take: TakeLike) -> None:
        self._stop_looking()
        panel.show_state(self.tr("Listening to it…"), busy=True)
        if self._background is None:
            self._stopped_now(take)
            return
        self._stopping = Waiter(
            self._background.run(take.stop),
            lambda _: self._on_stopped(take, None),
            lambda error: self._on_stopped(take, error),
            self,
        )

    def _stopped_now(self, take: TakeLike) -> None:
        try:
            take.stop()
        except AppError as error:
            self._on_stopped(take, error)
            return
        self._on_stopped(take, None)

    def _on_stopped(self, take: TakeLike, error: AppError | None) -> None:
        self._stopping = self._take = None
        panel, shown, finding = self.panel, self._shown, self._finding
        if panel is None or shown is None or finding is None:
            return
        if take.facts is None or not (take.wav or take.film):
            self._show_takes(panel)
            text = self.tr("Nothing was heard. Check the microphone and try again.")
            panel.show_state(
                f"{told(error.what)} {told(error.remedy)}" if error is not None else text
            )
            return
        made, fault = keep_take(self._store, shown, finding.id, take.facts, take.wav, take.film)
        self._takes.append(made)
        self._show_takes(panel)
        panel.show_state(f"{fault.what} {fault.remedy}" if fault is not None else "")

    def _show_takes(self, panel: RedoPanel) -> None:
        self._playing.close()
        panel.show_takes(tuple(self._takes))
        self._playing.show(panel)

    def _run(self, work: Callable[[], None]) -> None:
        if self._background is None:
            work()
        else:
            self._background.run(work)
