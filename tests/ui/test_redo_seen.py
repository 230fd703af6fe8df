"""Saying a moment of the eyes again: a picture while speaking, both takes side by side after it."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import numpy as np
import pytest
from practice_material import SPOKEN, FakeLibrary, spoken_session
from PySide6.QtWidgets import QApplication
from ui.fake_live import AtOnce, blank_snapshot, grey_frame

from app.coach.catalogue import load_catalogue
from app.coach.take_facts import TakeFacts
from app.coach.types import Sense
from app.session.clock import SessionClock
from app.session.film import Film
from app.session.plan import Fault
from app.session.take_recording import TakeRecording
from app.store.takes import read_takes
from app.store.types import KeepPolicy
from app.ui.pages.report import ReportPage
from app.ui.pages.report_steps import Step
from audio.types import AudioBlock
from vision.opencv import cv2
from vision.types import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

    from app.session.plan import Snapshot
    from app.store.store import Store
    from app.store.types import SessionRecord
    from app.ui.pages.report_redo import TakeWish
    from app.ui.widgets.redo import RedoPanel
    from vision.types import Frame

PICTURE = KeepPolicy.PICTURE_AND_SOUND
GONE = "The camera is used by another program."
RATE_HZ = 16000


def sound(t: float, seconds: float = 0.1) -> AudioBlock:
    return AudioBlock(t, np.zeros(round(seconds * RATE_HZ), np.float32), RATE_HZ)


class SeenTake:
    """A take whose camera and microphone give what a test wants, and whose film is a real one."""

    def __init__(self, wish: TakeWish, *, camera: bool, works: bool) -> None:
        self.wish = wish
        self.sees = camera
        self.works = works
        self.running = False
        self.wav = self.film = b""
        self.facts: TakeFacts | None = None

    def start(self) -> None:
        self.running = True

    def picture(self) -> Frame | None:
        return grey_frame(1.0, 200) if self.sees and self.works else None

    def snapshot(self) -> Snapshot:
        fault = Fault(Sense.VISION, GONE, "Close it.")
        return blank_snapshot(t=2.0, faults=(fault,) if self.sees and not self.works else ())

    def stop(self) -> None:
        self.running = False
        clock = SessionClock(lambda: 0.0)
        clock.begin()
        seen = self.sees and self.works
        recording = TakeRecording(clock, picture=seen)
        recording.start()
        for at in range(10):
            recording.note_block(sound(at / 10))
            recording.note_frame(grey_frame(at / 10, 200, (48, 64)))
        self.wav, self.film = recording.wav(), recording.film()
        cue = (0.0, 7.0, "") if seen else (None, None, Reason.SENSOR_GONE.value)
        self.facts = TakeFacts("i'm sorry", 1.0, 0.1, None, None, *cue)


class Room:
    """A page, and takes with the camera that a test wants."""

    def __init__(self, store: Store, qtbot: QtBot) -> None:
        self.store = store
        self.qtbot = qtbot
        self.takes: list[SeenTake] = []
        self.camera = self.works = True
        self.page = ReportPage(
            store,
            load_catalogue(),
            checklists=(SPOKEN,),
            background=AtOnce(),
            library=FakeLibrary(),  # type: ignore[arg-type]
            make_take=self._take,
            who=lambda: next((one.id for one in store.persons()), None),
        )
        qtbot.addWidget(self.page)
        self.page.resize(1280, 800)
        self.page.show()

    def _take(self, wish: TakeWish) -> SeenTake:
        self.takes.append(SeenTake(wish, camera=self.camera, works=self.works))
        return self.takes[-1]

    def open(self, record: SessionRecord, card: int = 0) -> RedoPanel:
        """Open the panel of a moment: of words and arms together, or of the brow."""
        self.page.open(record.id)
        # What is found in the words comes by the loop, and makes the cards anew.
        self.qtbot.waitUntil(lambda: self.page._looker._waiter is None)
        QApplication.processEvents()
        self.page.side.cards[card].redo_button.click()
        panel = self.page.redo.panel
        assert panel is not None
        return panel

    def say(self, panel: RedoPanel) -> None:
        """Say it, and wait until it has been listened to."""
        panel.say.click()
        self.stop(panel)

    def stop(self, panel: RedoPanel) -> None:
        panel.say.click()
        self.qtbot.waitUntil(lambda: len(panel.cards) == 2)


@pytest.fixture
def room(store: Store, qtbot: QtBot) -> Iterator[Room]:
    made = Room(store, qtbot)
    yield made
    made.page.close_files()
    made.page.close()


def filmed(store: Store, policy: KeepPolicy = PICTURE) -> SessionRecord:
    """A session with a film of twelve seconds, dark at first and bright from second 4 on."""
    record = spoken_session(store, policy=policy)
    write_film(store.files(record.id).source())
    return record


def write_film(path: Path) -> None:
    film = Film(path, picture=True, sound_rate_hz=RATE_HZ)
    for at in range(120):
        film.add_block(sound(at / 10))
        film.add_frame(grey_frame(at / 10, 220 if at >= 40 else 20, (48, 64)))
    film.close()


def still() -> str:
    """A small picture as the card takes it."""
    picture = np.full((48, 64, 3), 90, np.uint8)
    done, data = cv2.imencode(".jpg", picture)
    assert done
    return "data:image/jpeg;base64," + base64.b64encode(data.tobytes()).decode()


def grey_of(image: QImage | None) -> int:
    assert image is not None
    return image.pixelColor(image.width() // 2, image.height() // 2).red()


def test_both_takes_have_a_picture_and_tell_for_how_long_the_arms_were_crossed(
    qtbot: QtBot, room: Room
) -> None:
    record = filmed(room.store)
    panel = room.open(record)
    first = panel.cards[0]
    # Crossed from 4 to 9 s; from the end of the customer's line at 4 s on, the moment lasts until
    # 1.5 s after its last word at 7.72 s.
    assert first.cue == "Arms crossed: 5 s of 5.2 s"
    assert first.stage is not None
    qtbot.waitUntil(lambda: first.stage is not None and first.stage.image is not None)
    assert grey_of(first.stage.image) == pytest.approx(220, abs=12)
    panel.say.click()
    take = room.takes[0]
    assert take.wish.rule is not None
    assert take.wish.rule.id == "arms_crossed"
    assert panel.live is not None
    live = panel.live
    qtbot.waitUntil(lambda: live.video.has_picture)
    assert live.advice.text() == "I can see you well."
    room.stop(panel)
    assert panel.live is None
    assert [one.cue for one in panel.cards] == [
        "Arms crossed: 5 s of 5.2 s",
        "Arms crossed: 0 s of 7 s",
    ]
    new = panel.cards[1]
    assert new.stage is not None
    qtbot.waitUntil(lambda: new.stage is not None and new.stage.image is not None)
    assert grey_of(new.stage.image) == pytest.approx(200, abs=12)
    (kept,) = read_takes(room.store.files(record.id))
    assert kept.film
    assert room.store.files(record.id).read(kept.file) == take.film
    assert (kept.facts.cue_s, kept.facts.cue_of_s) == (0.0, 7.0)
    again = room.open(record)  # the take of before is there, with its picture
    assert again.cards[1].played.film
    assert again.cards[1].cue == "Arms crossed: 0 s of 7 s"


def test_a_take_plays_in_its_own_card(qtbot: QtBot, room: Room) -> None:
    panel = room.open(filmed(room.store))
    room.say(panel)
    for card in panel.cards:
        stage = card.stage
        assert stage is not None
        card.play.click()
        card.show_still(still())  # late: it is playing already
        player = room.page.redo._playing._player
        assert player.playing
        invited: list[bool] = []
        player.pictured.connect(lambda _, s=stage, at=invited: at.append(s._invites))
        qtbot.waitUntil(lambda at=invited: bool(at))
        assert not invited[0]
        player.stop()
        assert stage._invites, "what has ended stands still again and can be played again"


@pytest.mark.parametrize(
    ("policy", "kept", "says"),
    [
        (KeepPolicy.VOICE_AND_STICK, ["take-1.wav"], "picture is gone"),
        (KeepPolicy.REPORT_ONLY, [], "not kept"),
    ],
)
def test_no_picture_goes_to_disk_where_the_policy_forbids_pictures(
    room: Room, policy: KeepPolicy, kept: list[str], says: str
) -> None:
    record = spoken_session(room.store, policy=policy)
    panel = room.open(record)
    assert says in panel._kept.text()
    first = panel.cards[0]
    assert first.stage is not None
    assert first.stage.sentence == "No picture of it is kept."
    room.say(panel)
    new = panel.cards[1]
    assert new.played.film, "here and now it can be seen, from memory"
    assert new.played.source == room.takes[0].film
    assert [one.file for one in read_takes(room.store.files(record.id))] == kept
    folder = room.store.files(record.id).folder
    assert not [one for one in folder.rglob("*") if one.suffix == ".mkv"]


@pytest.mark.parametrize(
    ("camera", "says"),
    [(True, f"{GONE} Only your voice is measured. Speak now."), (False, "No camera is chosen, so")],
)
def test_without_a_camera_the_take_goes_on_with_the_microphone(
    room: Room, camera: bool, says: str
) -> None:
    room.camera, room.works = camera, False
    record = filmed(room.store)
    panel = room.open(record)
    panel.say.click()
    assert panel.state.text().startswith(says)
    assert "Speak now. 0:02" in panel.state.text()
    room.stop(panel)
    new = panel.cards[1]
    assert new.cue == "Arms crossed: not measured (there was no picture)"
    assert new.stage is not None
    assert new.stage.sentence == "There was no picture."
    assert ("pace", "10 % faster than you usually speak") in new.values
    assert [one.file for one in read_takes(room.store.files(record.id))] == ["take-1.wav"]


def test_leaving_ends_a_take_with_a_camera(room: Room) -> None:
    room.open(filmed(room.store)).say.click()
    room.page.steps.go(Step.FOUND)
    assert not room.takes[0].running
    assert not room.page.redo._pictures.isActive()


def test_the_keyboard_stays_with_the_moment_when_a_take_ends(room: Room) -> None:
    panel = room.open(filmed(room.store))
    panel.show_state("", speaking=True)
    panel.say.setFocus()
    panel.show_state("Listening to it…", busy=True)
    assert not panel.say.hasFocus()
    assert room.page.focusWidget() is panel, "not on Home, where Enter leaves the page"
    panel.show_state("")
    assert room.page.focusWidget() is panel.say
