"""Leads through saying a moment again: what comes before, the take, both side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from app.coach.practice_types import Speaking
from app.coach.take_facts import take_facts
from app.errors import AppError
from app.session.take import MOST_S
from app.store.takes import add_take, read_takes
from app.ui.texts import clock_text
from app.ui.waiting import Waiter
from app.ui.widgets.redo import Played, RedoMoment, RedoPanel
from app.ui.widgets.stretch_player import StretchPlayer

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.coach.report_types import Finding
    from app.coach.scenario_types import Scenario
    from app.coach.take_facts import TakeFacts
    from app.coach.types import Baseline
    from app.session.plan import Snapshot
    from app.store.store import Store
    from app.ui.pages.report_session import ShownSession
    from app.ui.services import Runner

    MakeTake = Callable[[Baseline | None, Scenario | None], "TakeLike"]

BEFORE_S: Final = 8.0
"""So much is heard before the moment where no line of the customer's came before it."""
FARTHEST_S: Final = 25.0
"""A line that lies farther back than this is not what was answered."""
AFTER_S: Final = 1.5
"""The first take goes on a little after the moment, seconds."""
LEAST_S: Final = 4.0
"""And is at least this long, so that one hears a sentence."""
LOOK_MS: Final = 250


class TakeLike(Protocol):
    """The part of a take that the screen uses."""

    wav: bytes
    facts: TakeFacts | None

    def start(self) -> None:
        """Open the microphone."""

    def snapshot(self) -> Snapshot:
        """Tell how it stands."""

    def stop(self) -> None:
        """Close it and measure; may block."""


class Redo(QObject):
    """One moment at a time. Leaving it ends what plays and what is recorded."""

    left = Signal()

    def __init__(
        self,
        store: Store,
        make_take: MakeTake | None,
        background: Runner | None,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._make_take = make_take
        self._background = background
        self._player = StretchPlayer(self)
        self._take: TakeLike | None = None
        self._stopping: Waiter[None] | None = None
        self._shown: ShownSession | None = None
        self._finding: Finding | None = None
        self._takes: list[Played] = []
        self.panel: RedoPanel | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    @property
    def possible(self) -> bool:
        """Whether there is a way to record a take."""
        return self._make_take is not None

    def open(self, shown: ShownSession, finding: Finding, title: str) -> RedoPanel:
        """Make the panel for a moment."""
        self.close()
        self._shown, self._finding = shown, finding
        kept = shown.kept and shown.record.keep_policy.keeps_sound
        panel = self.panel = RedoPanel(moment_of(shown, finding, title), kept=kept)
        panel.left.connect(self.left)
        panel.hear_wanted.connect(self._hear)
        panel.say_toggled.connect(self.toggle)
        panel.play_wanted.connect(self._play)
        self._takes = self._earlier(shown, finding.id) if kept else []
        panel.show_takes(tuple(self._takes))
        return panel

    def close(self) -> None:
        """End whatever plays or is recorded; the takes in memory go."""
        self._timer.stop()
        self._player.stop()
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
        if self._take is None or self.panel is None or self._stopping is not None:
            return
        now = self._take.snapshot()
        if now.faults:
            self.panel.show_state(now.faults[0].what, speaking=True)
        elif now.state == "starting":
            self.panel.show_state(self.tr("One moment…"), speaking=True)
        else:
            text = self.tr("Speak now. {time}").format(time=clock_text(now.t))
            self.panel.show_state(text, speaking=True)
        if now.t >= MOST_S:
            self._end(self.panel, self._take)

    def _begin(self, panel: RedoPanel) -> None:
        self._player.stop()
        shown = self._shown
        if self._make_take is None or shown is None:
            return
        baseline = shown.report.baseline if shown.report is not None else None
        # With the scenario the customer's name and nouns are among what is listened for.
        take = self._make_take(baseline, shown.scenario)
        try:
            take.start()
        except AppError as error:
            panel.show_state(f"{error.what} {error.remedy}")
            return
        self._take = take
        self._timer.start()
        self.look()

    def _end(self, panel: RedoPanel, take: TakeLike) -> None:
        self._timer.stop()
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
        if take.facts is None or not take.wav:
            text = self.tr("Nothing was heard. Check the microphone and try again.")
            panel.show_state(f"{error.what} {error.remedy}" if error is not None else text)
            return
        self._takes.append(self._keep(shown, finding.id, take.facts, take.wav))
        panel.show_takes(tuple(self._takes))
        panel.show_state("")

    def _keep(self, shown: ShownSession, moment: str, facts: TakeFacts, wav: bytes) -> Played:
        """Keep a take as the session's policy says; else it lives in memory only."""
        if not shown.kept or not shown.record.keep_policy.keeps_sound:
            return Played(facts, wav)
        files = self._store.files(shown.record.id)
        try:
            self._store.session(shown.record.id)  # a deleted one must not get its folder back
            saved = add_take(files, moment, facts, wav)
        except AppError as error:
            if self.panel is not None:
                self.panel.show_state(f"{error.what} {error.remedy}")
            return Played(facts, wav)
        return Played(facts, files.source(saved.file))

    def _earlier(self, shown: ShownSession, moment: str) -> list[Played]:
        files = self._store.files(shown.record.id)
        return [
            Played(one.facts, files.source(one.file) if files.has(one.file) else None)
            for one in read_takes(files)
            if one.moment == moment
        ]

    def _hear(self) -> None:
        if self.panel is not None and self.panel.moment.first.source is not None:
            moment = self.panel.moment
            if moment.first.source is not None:
                self._player.play(moment.first.source, moment.lead_s, moment.first.start_s)

    def _play(self, played: Played) -> None:
        if played.source is not None:
            self._player.play(played.source, played.start_s, played.end_s)

    def _run(self, work: Callable[[], None]) -> None:
        if self._background is None:
            work()
        else:
            self._background.run(work)


def moment_of(shown: ShownSession, finding: Finding, title: str) -> RedoMoment:
    """Gather what belongs to a moment: what came before it, and the take of the session."""
    start_s, before, by_customer, lead_s = _before(shown, finding)
    end_s = max(finding.end_s + AFTER_S, start_s + LEAST_S)
    report = shown.report
    if report is None:
        raise ValueError("a moment without a report")
    end_s = min(end_s, report.duration_s)
    playable = shown.recording_kept and shown.recording.is_file()
    return RedoMoment(
        title=title,
        before=before,
        by_customer=by_customer,
        first=Played(
            take_facts(report, start_s, end_s, report.baseline),
            shown.recording if playable else None,
            start_s,
            end_s,
        ),
        lead_s=lead_s,
    )


def _before(shown: ShownSession, finding: Finding) -> tuple[float, str, bool, float]:
    """Tell where the take begins, what came before it, who said that, and where that begins."""
    turns = shown.practice.turns if shown.practice is not None else ()
    for turn in reversed(turns):
        if turn.start_s is None or turn.end_s is None or turn.speaker is Speaking.STAFF:
            continue
        near = finding.start_s - FARTHEST_S <= turn.start_s <= finding.start_s
        if near and turn.text:
            return min(turn.end_s, finding.start_s), turn.text, True, turn.start_s
    lead_s = max(0.0, finding.start_s - BEFORE_S)
    words = shown.report.words if shown.report is not None else None
    said = [word.text for word in words or () if lead_s <= word.start_s < finding.start_s]
    return finding.start_s, " ".join(said), False, lead_s
