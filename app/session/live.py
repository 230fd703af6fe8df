"""A live session: threads round the pipeline, and nothing else in them."""

from __future__ import annotations

import threading
import uuid
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from app.coach.catalogue import adjusted, load_catalogue
from app.coach.hints import HintPolicy
from app.coach.types import Lane, Mark, MarkKind, Sense
from app.errors import AppError
from app.session.clock import SessionClock
from app.session.coaching import PROGRAM, CalibrationListener, Prompter
from app.session.device_feed import DeviceFeed
from app.session.device_threads import DeviceThreads
from app.session.ending import end_threads, enter, forget
from app.session.faults import FaultBoard, LostSound
from app.session.inbox import Inbox
from app.session.keeping import open_keeping
from app.session.life import Life
from app.session.live_analysis import LiveAnalysis
from app.session.mistakes import in_words, sentences
from app.session.own_normal import fitting
from app.session.pipeline import Pipeline
from app.session.plan import Fault, LivePlan, Snapshot
from app.session.senses import build_calibrator, warm_senses
from app.session.speech_live import live_words
from app.session.view import take_snapshot
from app.session.worker import Worker
from audio.types import AudioBlock, Speaker

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.coach.calibration import CalibrationStep
    from app.coach.catalogue import Catalogue
    from app.coach.report_types import Report
    from app.coach.types import Baseline
    from app.session.keeping import Keeping
    from app.session.pipeline import Ears, Eyes
    from app.session.source_loop import Source
    from app.session.speech_live import LiveWords
    from app.store.store import Store
    from audio.microphones import MicrophoneList
    from vision.types import Frame


class LiveSession:
    """One session from start to stop. Its methods may be called from the screen's thread.

    Parameters
    ----------
    plan
        Everything decided before the start.
    store
        Where it is kept; None, or a preview, or the policy "nothing", keeps nothing.
    inputs
        The program's list of microphones.
    person_id, consent_id
        Whose session it is, and the consent it is recorded under.
    camera_source, microphone_source
        Take the place of the plan's devices; they must stamp with `clock.raw`.
    clock
        The session's clock; a fresh one by default.
    build_senses
        Builds eyes and ears in the analysis thread; tests give fakes.
    """

    def __init__(
        self,
        plan: LivePlan,
        store: Store | None,
        *,
        inputs: MicrophoneList,
        person_id: str | None = None,
        consent_id: str | None = None,
        camera_source: Source[Frame] | None = None,
        microphone_source: Source[AudioBlock] | None = None,
        clock: SessionClock | None = None,
        build_senses: Callable[[Catalogue], tuple[Eyes | None, Ears | None]] | None = None,
    ) -> None:
        self._plan = plan = replace(plan, baseline=fitting(plan.baseline))
        self._store = store
        self._who = (person_id, consent_id)
        self._clock = clock or SessionClock()
        self._build_senses = build_senses or self._real_senses
        self._catalogue = adjusted(load_catalogue(), plan.limits)
        self._inbox = Inbox()
        self._board = FaultBoard()
        self._life = Life(self._clock)
        ears = LostSound(self._board, self._note_lost, lambda: self._analyst.error is not None)
        self._feed = DeviceFeed(self._clock, self._life, self._inbox, ears)
        self._devices = DeviceThreads(
            plan,
            self._clock.raw,
            camera=camera_source,
            microphone=microphone_source,
            on_frame=self._feed.frame,
            on_block=self._feed.block,
            lost=self._lost,
            back=lambda sense: self._board.clear(sense.value),
            inputs=inputs,
        )
        focus = None if plan.preview else plan.focus
        self._prompter = Prompter(HintPolicy(self._catalogue, focus, rarer=plan.rarer))
        self._listener = CalibrationListener(build_calibrator())
        self._keeping: Keeping | None = None
        self._analysis: LiveAnalysis | None = None
        self._words: LiveWords | None = None
        self._analyst = Worker("rapport analysis", self._analyse)
        self._turn = threading.Lock()
        self._report: Report | None = None
        self._marks: tuple[Mark, ...] = ()

    @property
    def session_id(self) -> str | None:
        """UUID in the store; None where nothing is kept."""
        return self._keeping.session_id if self._keeping is not None else None

    @property
    def clock(self) -> SessionClock:
        """The session's clock."""
        return self._clock

    @property
    def report(self) -> Report | None:
        """What the session gave back; None before `stop`. Also where nothing is kept."""
        return self._report

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What was said by hand and by the program; empty before `stop`."""
        return self._marks

    def start(self) -> None:
        """Start the threads; the session runs once its devices deliver or have failed."""
        if not self._devices.senses:
            raise AppError(
                "Neither a camera nor a microphone is chosen.",
                "Choose at least one of them before the start.",
            )
        with self._turn:
            if self._life.stopping.is_set():
                return
            self._keeping = self._feed.keeping = open_keeping(
                self._plan,
                self._devices.senses,
                self._store,
                who=self._who,
                on_fault=self._cannot_keep,
            )
            self._analyst.start()
            if self._plan.preview:
                # At once, so that one sees oneself while the models load.
                self._devices.start(self._life.stopping)

    def stop(self) -> str | None:
        """End the session in the one right order and enter it into the store.

        Returns
        -------
        str or None
            UUID in the store; None where nothing is kept or the session never began to run.

        Raises
        ------
        AppError
            The first thing that went wrong; everything has been ended all the same, and
            `session_id` still names what was kept.
        """
        with self._turn:
            if self._life.state == "stopped":
                return self.session_id
            ran = self._life.end()
            errors = end_threads(self._devices, self._inbox, self._analyst, self._keeping)
            if self._keeping is not None and ran:
                errors += enter(self._keeping, self._life.end_s, self._report)
            elif self._keeping is not None:
                errors += forget(self._keeping)
                self._keeping = None
            self._life.over()
        if errors:
            raise in_words(errors[0]) from errors[0]
        return self.session_id

    def mark(self, kind: MarkKind, data: Mapping[str, str], lane: Lane = Lane.SELF) -> Mark:
        """Say something at this moment; it takes the same way as sound and pictures."""
        author = PROGRAM if lane is Lane.MACHINE else self._who[0] or "person"
        t = max(0.0, self._life.t)
        mark = Mark(t, lane, kind, author, MappingProxyType(dict(data)), id=str(uuid.uuid4()))
        self._inbox.queue(mark)
        return mark

    def calibrate(self, step: CalibrationStep | None) -> Mark:
        """Begin a step of the calibration, or end the running one with None."""
        return self.mark(MarkKind.CALIBRATE, {"step": step.value if step is not None else ""})

    def baseline(self) -> Baseline:
        """Make the own normal of the steps that were done."""
        return self._listener.baseline()

    def picture(self) -> Frame | None:
        """Give the newest picture, not copied; None before the first."""
        return self._feed.picture

    def snapshot(self) -> Snapshot:
        """Tell how the session stands; cheap, for a timer of the screen."""
        t = self._life.t
        faults = self._board.all()
        if self._analyst.error is not None:
            faults += (Fault(None, *sentences(self._analyst.error)),)
        return take_snapshot(
            t,
            self._life.state,
            newest=self._analysis.newest if self._analysis is not None else None,
            hint=self._prompter.current(t),
            calibration=self._listener.progress(),
            faults=faults,
            inbox=self._inbox,
            keeping=self._keeping,
            frames_seen=self._feed.frames_seen,
            source_ended=self._devices.ended,
            speech=self._words,
        )

    # What goes wrong while it runs

    def _note_lost(self, what: str) -> None:
        self.mark(MarkKind.FAULT, {"what": what, "sense": Sense.VOICE.value}, Lane.MACHINE)

    def _lost(self, sense: Sense, what: str, remedy: str) -> None:
        if self._board.put(sense.value, sense, what, remedy):
            self.mark(MarkKind.FAULT, {"what": what, "sense": sense.value}, Lane.MACHINE)

    def _wordless(self, error: AppError) -> None:
        if self._board.put("words", None, error.what, error.remedy):
            self.mark(MarkKind.FAULT, {"what": error.what, "sense": ""}, Lane.MACHINE)

    def _cannot_keep(self, error: AppError) -> None:
        if self._board.put("keeping", None, error.what, error.remedy):
            self.mark(MarkKind.FAULT, {"what": error.what, "sense": ""}, Lane.MACHINE)

    # The analysis thread

    def _real_senses(self, catalogue: Catalogue) -> tuple[Eyes | None, Ears | None]:
        plan = self._plan
        return warm_senses(
            catalogue,
            plan.baseline,
            frozenset() if plan.preview else plan.switched_off,
            senses=self._devices.senses,
            speaker=plan.speaker,
        )

    def _analyse(self) -> None:
        eyes, ears = self._build_senses(self._catalogue)
        self._words = live_words(self._plan, self._devices.senses, self._wordless)
        pipeline = Pipeline(
            self._catalogue,
            self._plan.baseline,
            vision=eyes,
            voice=ears,
            switched_off=self._plan.switched_off,
            observers=(self._listener,),
            senses=self._devices.senses,
            focus=self._plan.focus,
            words=self._words is not None and self._words.recognises,
            phrases=self._words is not None and self._words.spots,
        )
        try:
            if not self._plan.preview:
                # Only now, so that nothing is missed that a network camera shows meanwhile.
                self._devices.start(self._life.stopping)
            self._devices.wait(self._life.stopping)
            self._run(pipeline)
        finally:
            pipeline.close()
            if self._words is not None:
                self._words.finish()

    def _run(self, pipeline: Pipeline) -> None:
        analysis = LiveAnalysis(
            self._inbox,
            pipeline,
            now=self._clock.now,
            prompter=self._prompter,
            note=self._keeping.note if self._keeping is not None else None,
            words=self._words,
        )
        if self._plan.speaker is not Speaker.UNKNOWN and Sense.VOICE in self._devices.senses:
            self.mark(MarkKind.SPEAKER, {"speaker": self._plan.speaker.value}, Lane.MACHINE)
        self._analysis = analysis
        if not self._life.begin():
            return
        analysis.work_off()
        self._report = analysis.finish(self._life.end_s)
        self._marks = pipeline.marks
