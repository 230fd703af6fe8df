"""The whole way of a recording by keyboard alone: import, share, review, send back, rehearse."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtTest import QTest

from app.store.store import Store
from app.ui.application import build_services, build_window, open_on
from app.ui.profiles import first_page, first_settings
from tests.e2e.rig import in_environment
from tests.waiting import LONG_S

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from keyboard import Keyboard

    from app.ui.pages.desk import DeskPage
    from app.ui.services import Services
    from app.ui.window import MainWindow

MARKERS: Final = 10
STEP: Final = "Tell the guest who does what by when, before you end."
STRENGTHS: Final = (
    "You said sorry for the wait before you asked for anything.",
    "You kept your hands open while he spoke.",
    "You repeated his room number back to him.",
)
COMMENTS: Final = ("A clear greeting.", "Here your arms close.", "Let him finish this sentence.")


@dataclass
class Machine:
    """One computer with the program on it."""

    store: Store
    services: Services
    window: MainWindow

    def page(self, name: str) -> Any:  # noqa: ANN401 - each page has its own kind
        """A page that was shown."""
        if name == "report":
            return self.window.reports.page
        return self.window._pages[name]

    def shows(self, name: str) -> bool:
        """Whether a page is in front."""
        return self.window.page == name


@contextmanager
def machine(home: Path) -> Iterator[Machine]:
    """Start the program as its entrance does, on a computer without a camera."""
    undo = in_environment({"RAPPORT_HOME": str(home)})
    try:
        with Store.open() as store:
            settings, _ = first_settings(store)
            services = replace(build_services(store, settings), cameras=list, microphones=list)
            window = build_window(services)
            window.resize(1280, 800)
            open_on(window, first_page(services), "home")
            window.show()
            window.activateWindow()
            assert QTest.qWaitForWindowActive(window, int(LONG_S * 1000))
            try:
                yield Machine(store, services, window)
            finally:
                window.close()
                services.background.close()
                window.deleteLater()
    finally:
        undo()


@dataclass
class Trip:
    """Two people, a memory stick, and one hand on the keyboard at a time."""

    folder: Path
    video: Path
    keys: Keyboard
    look: Callable[[str, MainWindow], None]
    """Is told of each station: a photographer, or nobody."""
    answer: Callable[[str, object], None]
    """Has a native file dialog of this name answer so: that one belongs to the system."""
    import_s: float = 300.0
    """How long the import may take, seconds."""
    passphrase: str = ""
    """As it is read out by telephone."""
    rated: int = 0
    """Items of the own view that Ana answered."""
    cue: str = ""
    """Id of the cue that Tom chose for the next step."""

    def file(self, name: str) -> Path:
        """Where a file of this name lies on the stick."""
        return self.folder / name

    # Ana

    def ana_shares(self, at: Machine) -> str:
        """Import a video, say how it went, hand it over; gives the session's id."""
        keys = self.keys
        keys.begin("Ana starts and agrees")
        agree(keys, at, "Ana")
        self.look("a1-home", at.window)
        self._ana_imports(at)
        keys.begin("Ana opens the report and says how it went")
        keys.press("Ctrl+Return")
        keys.wait(lambda: at.shows("report"))
        self.look("a5-report", at.window)
        self._ana_rates(at)
        keys.begin("Ana shares it")
        return self._ana_saves(at)

    def _ana_imports(self, at: Machine) -> None:
        keys = self.keys
        keys.begin("Ana imports a video")
        keys.press("Ctrl+4")
        self.look("a2-sessions", at.window)
        keys.press("Ctrl+I")
        self.answer("getOpenFileNames", ([str(self.video)], ""))
        keys.press("Ctrl+Shift+O")
        page = at.page("imports")
        keys.wait(lambda: page._rows, what="the row of the video")
        self.look("a3-importing", at.window)
        keys.wait(lambda: _done(at), self.import_s, what="the import")
        keys.wait(
            lambda: any(row.buttons["open"].isVisible() for row in page._rows.values()),
            what="the row of what is done",
        )
        self.look("a4-imported", at.window)

    def _ana_rates(self, at: Machine) -> None:
        """Give one's own view, item by item."""
        keys = self.keys
        rows = at.page("report").steps.rating.rows
        # Offscreen, a window that Qt makes anew for a video may come without its focus.
        keys.wait(lambda: keys.press("Alt+1") or rows[0].holds_focus(), what="the own view")
        self.look("a6-own-view", at.window)
        self.rated = len(rows)
        for number, row in enumerate(rows):
            keys.press("1" if number % 3 else "2")
            keys.wait(lambda row=row: row.answer, what=f"the answer to “{row.item.id}”")
        self.look("a7-rated", at.window)
        keys.press("Ctrl+Return")

    def _ana_saves(self, at: Machine) -> str:
        keys = self.keys
        session: str = at.page("report").record.id
        keys.press("Ctrl+S")
        keys.wait(lambda: at.shows("share"))
        keys.type("Tom Berger")
        self.look("a8-share", at.window)
        page = at.page("share")
        self.passphrase = page.saver.passphrase.text
        self.answer("getSaveFileName", (str(self.file("to-tom.rapport")), ""))
        keys.press("Ctrl+Return")
        keys.wait(lambda: not page._form.isVisible(), what="the sealed file")
        self.look("a9-shared", at.window)
        keys.press("Escape")
        return session

    # Tom

    def tom_reviews(self, at: Machine) -> str:
        """Open the file, review it at the desk, send the review back; gives the session's id."""
        keys = self.keys
        keys.begin("Tom starts and agrees")
        agree(keys, at, "Tom Berger")
        keys.begin("Tom opens the shared file")
        keys.press("Ctrl+4")
        keys.press("Ctrl+O")
        self.look("t1-open", at.window)
        self.answer("getOpenFileName", (str(self.file("to-tom.rapport")), ""))
        keys.press("Return")
        keys.type(self.passphrase)
        self.look("t2-passphrase", at.window)
        keys.press("Return")
        page = at.page("received")
        keys.wait(page.match.isVisible, what="the words of the key")
        self.look("t3-words", at.window)
        keys.press("Ctrl+Y")
        keys.wait(lambda: at.shows("desk"), what="the desk")
        self.look("t4-own-view-first", at.window)
        session: str = at.page("desk").session.record.id
        self._tom_watches(at)
        self._tom_judges(at)
        self._tom_sums_up(at)
        keys.begin("Tom sends the review back")
        keys.press("Ctrl+S")
        keys.wait(lambda: at.shows("send_review"))
        self.look("t10-send-back", at.window)
        review = at.page("send_review")
        self.passphrase = review.saver.passphrase.text
        self.answer("getSaveFileName", (str(self.file("to-ana.rapport")), ""))
        keys.press("Ctrl+Return")
        keys.wait(review.saver.words.isVisible, what="the sealed review")
        self.look("t11-sent", at.window)
        return session

    def _tom_watches(self, at: Machine) -> None:
        """Watch at double speed; drop ten markers, write three comments, one of them on a span."""
        keys, desk = self.keys, at.page("desk")
        keys.begin("Tom watches, marks ten moments, writes three comments")
        keys.press("Return")
        keys.wait(lambda: desk.player.length_s > 0 and not desk.reading_first)
        keys.press("]", "]", "]")
        keys.press("Space")
        keys.wait(lambda: desk.player.playing, what="playing")
        every = desk.length_s / (MARKERS + 2)
        for number in range(1, MARKERS + 1):
            keys.watch(partial(_is_past, desk, number * every))
            keys.press(str(1 + number % 3))
            if number in (3, 7):
                keys.press("Return")
                keys.type(COMMENTS[0] if number == 3 else COMMENTS[1])
                if number == 3:
                    self.look("t5-comment", at.window)
                keys.press("Return")
        if desk.player.playing:  # on a slow machine it has come to its end
            keys.press("Space")
        keys.press("Home")
        keys.press("Shift+Right")
        keys.press("I")
        keys.press("Right", "Right")
        keys.press("O")
        keys.press("Return")
        keys.type(COMMENTS[2])
        self.look("t6-span", at.window)
        keys.press("Return")
        keys.press("U")

    def _tom_judges(self, at: Machine) -> None:
        """Confirm one mark of the machine and reject another."""
        keys, desk = self.keys, at.page("desk")
        keys.begin("Tom confirms one mark of the machine and rejects another")
        if desk._machine_hidden:
            keys.press("H")
        keys.press("Alt+2")
        keys.press("Down")
        keys.press("Y")
        keys.press("Down")
        keys.press("X")
        self.look("t7-judged", at.window)

    def _tom_sums_up(self, at: Machine) -> None:
        """Three strengths, one next step with its hint, done."""
        keys = self.keys
        keys.begin("Tom writes three strengths and the next step")
        keys.press("Alt+3")
        for text in STRENGTHS:
            keys.type(text)
            keys.press("Return")
        keys.type(STEP)
        keys.press("Return")
        keys.press("Down")
        self.cue = at.page("desk").summary.cue.currentData()
        self.look("t8-in-short", at.window)
        keys.press("Return")
        keys.press("Ctrl+D")
        self.look("t9-done", at.window)

    # Ana again

    def ana_reads(self, at: Machine) -> None:
        """Open the review, read it, export it, rehearse the next step."""
        keys = self.keys
        keys.begin("Ana opens the review")
        keys.press("Ctrl+4")
        keys.press("Ctrl+O")
        self.answer("getOpenFileName", (str(self.file("to-ana.rapport")), ""))
        keys.press("Return")
        keys.type(self.passphrase)
        keys.press("Return")
        page = at.page("received")
        keys.wait(page.match.isVisible, what="the words of the key")
        keys.press("Ctrl+Y")
        keys.wait(lambda: at.shows("feedback"), what="the feedback")
        self.look("b1-feedback", at.window)
        keys.begin("Ana reads, plays a moment, exports")
        feedback = at.page("feedback")
        keys.press("1")
        keys.wait(lambda: feedback.player.playing, what="playing")
        keys.press("Space")
        self.answer("getSaveFileName", (str(self.file("review.pdf")), "Paper (*.pdf)"))
        keys.press("Ctrl+E")
        keys.wait(lambda: self.file("review.pdf").is_file() and feedback.export.isEnabled())
        self.look("b2-exported", at.window)
        keys.begin("Ana rehearses the next step")
        keys.press("Ctrl+R")
        keys.wait(lambda: not at.shows("feedback"))
        self.look("b3-rehearse", at.window)


def agree(keys: Keyboard, at: Machine, name: str) -> None:
    """Pass the first steps as somebody without a camera: agree, and leave the rest for later."""
    keys.press("K")
    keys.press("Ctrl+Return")
    keys.wait(lambda: at.shows("consent"))
    keys.type(name)
    keys.press("Ctrl+Return")
    keys.wait(lambda: at.shows("first"))
    keys.press("Escape")
    keys.wait(lambda: at.shows("home"))


def _is_past(desk: DeskPage, t: float) -> bool:
    return desk.playhead_s >= t


def _done(at: Machine) -> bool:
    person = at.services.choices.now.person_id
    return any(one.session_id and one.state == "done" for one in at.store.imports.listed(person))
