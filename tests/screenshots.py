"""Pictures of every page for the README: the real window on a real X server, with the sample clip.

Run by `make screenshots`. The session in the pictures is a real one: the sample clip goes through
the real pipeline in real time, so this takes about two minutes.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

ROOT: Final = Path(__file__).resolve().parents[1]
FOLDER: Final = ROOT / "assets" / "screenshots"
SIZE: Final = (1280, 800)
INSIDE: Final = "RAPPORT_SCREENSHOTS_INSIDE"
SETTLE_MS: Final = 400
LOOK_MS: Final = 25
CAMERA_HZ: Final = 15.0

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from PySide6.QtWidgets import QApplication

    from app.session.live import LiveSession
    from app.session.plan import LivePlan
    from app.store.store import Store
    from app.ui.window import MainWindow
    from vision.types import Frame


def main() -> int:
    """Start an X server of our own where we are not in one yet."""
    if os.environ.get(INSIDE):
        return photograph()
    runner = shutil.which("xvfb-run")
    if runner is None:
        sys.stderr.write("xvfb-run is missing. Install Debian's xvfb and try again.\n")
        return 1
    with tempfile.TemporaryDirectory() as home:
        screen = f"-screen 0 {SIZE[0]}x{SIZE[1]}x24"
        environment = os.environ | {
            INSIDE: "1",
            "RAPPORT_HOME": home,
            "QT_QPA_PLATFORM": "xcb",
            "LC_ALL": "C.UTF-8",
        }
        command = [runner, "-a", "-s", screen, sys.executable, "-m", "tests.screenshots"]
        return subprocess.run(command, env=environment, cwd=ROOT, check=False).returncode


def photograph() -> int:
    """Drive the window from page to page and keep a picture of each, light and dark."""
    from app.session.sample import make_sample  # noqa: PLC0415 - only inside the X server
    from app.settings import Settings  # noqa: PLC0415
    from app.store.store import Store  # noqa: PLC0415
    from app.ui.application import build_application, build_services, build_window  # noqa: PLC0415

    app = build_application(["rapport"], "light")
    FOLDER.mkdir(parents=True, exist_ok=True)
    clip = make_sample(ROOT / "out")
    pictures = pictures_of(clip)
    _earlier_sessions()
    _warm_up()
    with Store.open() as store:
        settings = Settings(theme="light", focus="arms_crossed", customer="text")
        services = build_services(store, settings)
        devices = [SampleDevice("sample", "Sample clip")]
        services = replace(
            services,
            cameras=lambda: devices,
            microphones=lambda: devices,
            make_live=lambda plan, person, consent: sample_session(
                clip, pictures, plan, store, (person, consent)
            ),
        )
        window = build_window(services)
        window.resize(*SIZE)
        window.show()
        try:
            Photographer(app, window).go_round()
        finally:
            window.close()
            services.background.close()
    return 0


class SampleDevice:
    """The sample clip in the place of a camera or a microphone."""

    def __init__(self, device_id: str, name: str) -> None:
        self.id = device_id
        self.name = name


class ClipCamera:
    """The clip's pictures when they are due: on a busy machine it jumps, as a camera does."""

    rate_hz: float | None = CAMERA_HZ

    def __init__(self, pictures: Sequence[bytes], clock: Callable[[], float]) -> None:
        self._pictures = pictures
        self._clock = clock
        self._closed = threading.Event()

    def __iter__(self) -> Iterator[Frame]:
        """Give each picture that is due, until the clip is over."""
        import numpy as np  # noqa: PLC0415

        from vision.opencv import cv2  # noqa: PLC0415
        from vision.types import Frame  # noqa: PLC0415

        origin, shown = self._clock(), -1
        while not self._closed.wait(1 / (4 * CAMERA_HZ)):
            due = int((self._clock() - origin) * CAMERA_HZ)
            if due >= len(self._pictures):
                return
            if due > shown:
                shown = due
                packed = np.frombuffer(self._pictures[due], np.uint8)
                yield Frame(self._clock(), cv2.imdecode(packed, cv2.IMREAD_COLOR), due)

    def close(self) -> None:
        """End the iteration soon."""
        self._closed.set()


def pictures_of(clip: Path) -> list[bytes]:
    """Pack the clip's pictures so that any of them is at hand at once."""
    from vision.opencv import cv2  # noqa: PLC0415
    from vision.sources import VideoFile  # noqa: PLC0415

    packed: list[bytes] = []
    for frame in VideoFile(clip):
        if frame.t * CAMERA_HZ >= len(packed):
            packed.append(cv2.imencode(".jpg", frame.image)[1].tobytes())
    return packed


def sample_session(
    clip: Path,
    pictures: Sequence[bytes],
    plan: LivePlan,
    store: Store,
    who: tuple[str | None, str | None],
) -> LiveSession:
    """Make a live session that sees and hears the sample clip."""
    from app.session.clock import SessionClock  # noqa: PLC0415
    from app.session.live import LiveSession  # noqa: PLC0415
    from app.session.sample import PacedSound  # noqa: PLC0415

    clock = SessionClock()
    return LiveSession(
        replace(plan, sample=True),
        store,
        person_id=who[0],
        consent_id=who[1],
        camera_source=ClipCamera(pictures, clock.raw),
        microphone_source=PacedSound(clip, clock.raw),
        clock=clock,
    )


def _warm_up() -> None:
    """Load the models first: a clip does not wait for them as a camera does."""
    from app.coach.catalogue import load_catalogue  # noqa: PLC0415
    from app.session.senses import build_ears, build_eyes  # noqa: PLC0415

    catalogue = load_catalogue()
    for sense in (
        build_eyes(catalogue, None, frozenset()),
        build_ears(catalogue, None, frozenset()),
    ):
        sense.warm_up()
        sense.close()


def _earlier_sessions() -> None:
    """Enter two short sessions of the days before, so that lists are lists."""
    from app.coach.report_types import Report  # noqa: PLC0415
    from app.store.consent import load_consent_text  # noqa: PLC0415
    from app.store.store import Store  # noqa: PLC0415
    from app.store.types import KeepPolicy, PersonRole  # noqa: PLC0415

    text = load_consent_text()
    with Store.open() as store:
        store.ensure_person("Ben")
        store.ensure_person("Cleo", PersonRole.TRAINER)
    for title, days, seconds in (("Lost booking", 2, 182.0), ("Late check-out", 1, 131.0)):
        then = dt.datetime.now(dt.UTC) - dt.timedelta(days=days, hours=1)
        with Store.open(now=lambda moment=then: moment) as store:  # type: ignore[misc]
            person = store.ensure_person("Ana")
            consent = store.consent_of(person.id) or store.record_consent(
                person.id, text.version, text.purpose, text.retention_days, text.seen_by
            )
            record = store.begin_session(
                person_id=person.id,
                consent_id=consent.id,
                keep_policy=KeepPolicy.REPORT_ONLY,
                title=title,
                focus=None,
                checklist=None,
                sample=True,
            )
            report = Report(seconds, (), (), (), (), (), (), speakers_labelled=False)
            store.finish_session(record.id, duration_s=seconds, report=report)


class Photographer:
    """Goes round the pages as a person would."""

    def __init__(self, app: QApplication, window: MainWindow) -> None:
        self._app = app
        self._window = window

    def go_round(self) -> None:
        """From the first start to the report of the first session."""
        window = self._window
        window.practise.stage.video.set_mirrored(mirrored=False)
        self._settle(SETTLE_MS)
        self._first_steps()
        window.go("practise")
        window.consent.name.setText("Ana")
        self._shoot("consent")
        window.consent.agree.click()
        self._choose()
        self._until(lambda: window.practise.stage.advice != "", 60)
        self._shoot("practise")
        window.practise.choices.measure.click()
        window.practise.calibration.skip()
        window.practise.calibration.measure()
        self._hope(lambda: window.practise.calibration._bar.value() > 300, 15)
        self._shoot("calibration")
        window.practise.calibration.leave()
        window.practise.start.click()
        self._session()
        self._settle(3000)
        self._report()
        window.go("sessions")
        self._shoot("sessions")
        self._frame()
        window.show_page("home")
        self._shoot("home")

    def _first_steps(self) -> None:
        """Begin as somebody does who starts for the first time, and leave it for later."""
        from app.ui.pages.first_run import FirstRunPage  # noqa: PLC0415

        window = self._window
        window.show_page("first")
        page = window.stack.currentWidget()
        if isinstance(page, FirstRunPage):
            page.stage.video.set_mirrored(mirrored=False)
            self._hope(lambda: page.stage.advice != "", 60)
            self._shoot("first-steps")
            window.go("home")
            self._until(lambda: page.runner.live is None and not page.runner.busy, 30)

    def _frame(self) -> None:
        """Show the frame round the work: settings, privacy, people, and what other flows have."""
        from app.ui.pages.settings import SettingsPage  # noqa: PLC0415

        window = self._window
        window.go("settings")
        page = window.stack.currentWidget()
        if isinstance(page, SettingsPage):
            page.names.setCurrentRow(1)
            self._shoot("settings")
            page.search.setText("sound")
            self._shoot("settings-search")
            page.search.clear()
        for name in ("privacy", "check", "imports", "library", "backup", "shared"):
            if any(name in flow.pages for flow in window.flows):
                window.show_page(name)
                self._settle(1500)
                self._shoot(name)
        record = window._services.store.sessions()[0]
        for name, wanted in (
            ("share", lambda: window.doors.share_wanted.emit(record.id)),
            ("desk", lambda: window.doors.desk_wanted.emit(record.id, 0.0)),
            ("compare", lambda: window.doors.compare_wanted.emit(record.id, "")),
            ("take-five", window.doors.take_five_wanted.emit),
        ):
            wanted()
            self._settle(2500)
            self._shoot(name)
            window.show_page("home")
        window.show_page("who")
        self._shoot("who")

    def _choose(self) -> None:
        """Choose a conversation and prepare for it; its lines are shown, for nobody listens."""
        flow = self._window.flow
        if flow is None:
            raise TimeoutError("no conversations to choose from")
        self._until(lambda: self._window.page == "scenarios", 30)
        flow.scenarios.list.choose("hotel_charged_twice")
        self._shoot("conversations")
        flow.scenarios.prepare.click()
        self._shoot("prepare")
        flow.prepare.next.click()

    def _report(self) -> None:
        """Own view, then what was seen and heard, and a moment that is said again."""
        from app.ui.pages.report_steps import Step  # noqa: PLC0415

        page = self._window.reports.page
        if page is None:
            raise TimeoutError("no page for the report")
        if page.steps.step is Step.VIEW:
            self._shoot("own-view")
        page.steps.go(Step.FOUND)
        self._shoot("report")
        if page.side.cards and page.redo.possible:
            page.side.cards[0].redo_button.click()
            self._shoot("say-it-again")
            page.steps.go(Step.FOUND)

    def _session(self) -> None:
        window = self._window
        window.live.video.set_mirrored(mirrored=False)
        self._until(window.live.finish.isEnabled, 60)
        self._hope(lambda: window.live.hint.text != "", 45)
        self._shoot("live")
        live = window.runner.live
        self._until(lambda: live is not None and live.snapshot().source_ended, 90)
        window.live.finish.click()
        self._until(lambda: window.page != "live", 60)

    def _shoot(self, name: str) -> None:
        """Keep the page in both themes, as the screen shows it."""
        from app.ui.style import apply_theme  # noqa: PLC0415

        for theme in ("dark", "light"):
            apply_theme(self._app, theme)
            self._settle(SETTLE_MS)
            path = FOLDER / f"{name}-{theme}.png"
            self._window.grab().save(str(path), "PNG")

    def _settle(self, milliseconds: int) -> None:
        until = time.monotonic() + milliseconds / 1000
        self._until(lambda: time.monotonic() >= until, milliseconds)

    def _hope(self, condition: Callable[[], bool], limit_s: float) -> None:
        """Wait for what a busy machine may not get to; the page is photographed all the same."""
        try:
            self._until(condition, limit_s)
        except TimeoutError as error:
            sys.stderr.write(f"{error}: this computer is busy, photographed as it is\n")

    def _until(self, condition: Callable[[], bool], limit_s: float) -> None:
        from PySide6.QtCore import QEventLoop, QTimer  # noqa: PLC0415

        end = time.monotonic() + limit_s
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError(f"page {self._window.page} did not get ready")
            # A loop of Qt's own: spinning, or QTest.qWait, which keeps the interpreter's lock,
            # would starve the session that is photographed.
            loop = QEventLoop()
            QTimer.singleShot(LOOK_MS, loop.quit)
            loop.exec()


if __name__ == "__main__":
    sys.exit(main())
