"""A session becomes one sealed file and, elsewhere, a session again: in time, and without more."""

from __future__ import annotations

import errno
import os
import shutil
from typing import IO, TYPE_CHECKING

import av
import numpy as np
import pytest
from handover_material import (
    FLASHES_S,
    PASSPHRASE,
    TITLE,
    Home,
    a_session,
    acquainted,
    home,
    trainer_marks,
    tree_bytes,
)

from app.coach.catalogue import load_catalogue
from app.coach.types import Lane
from app.errors import AppError
from app.session.errors import Cancelled
from app.session.figure import read_figure
from app.session.handing_over import WORKSHOP, SharePlan, hand_over
from app.store.faults import told
from app.store.files import SessionFiles
from app.store.readings import read_readings
from app.store.types import KeepPolicy
from app.store.words import read_words
from vision.types import VisionReading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.store.handover.types import Share

SPAN = (5.0, 10.0)


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Home, Home, str]]:
    """An owner with one session, and a trainer who knows her."""
    folder = tmp_path_factory.mktemp("homes")
    ana, ben = home(folder / "ana", "Ana Begum"), home(folder / "ben", "Ben Okafor")
    acquainted(ana, ben)
    yield ana, ben, a_session(ana.store, ana.person).id
    ana.store.close()
    ben.store.close()


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little work for the passphrase: it is tried in the tests of the file."""
    cheaply = {"step": None, "log2_n": 14}
    monkeypatch.setattr("app.store.handover.sealing.seal.__kwdefaults__", cheaply)


def shared(
    owner: Home,
    session_id: str,
    path: Path,
    *,
    span: tuple[float, float] | None = SPAN,
    picture: bool = True,
    **asked: object,
) -> Share:
    start_s, end_s = span or (None, None)
    plan = SharePlan(session_id, owner.person.id, "Ben Okafor", picture, start_s, end_s)
    catalogue = load_catalogue()
    return hand_over(owner.store, plan, path, PASSPHRASE, catalogue=catalogue, **asked)  # type: ignore[arg-type]


def opened(reader: Home, path: Path) -> str:
    handover = reader.store.handover
    return handover.receive(handover.look(path, PASSPHRASE, reader.person.id), reader.person.id)


def flashes(path: Path) -> tuple[list[float], list[float]]:
    """When picture and sound light up, seconds."""
    with av.open(str(path)) as box:
        seen = [
            float(frame.time or 0.0)
            for frame in box.decode(video=0)
            if frame.to_ndarray(format="gray").mean() > 128
        ]
    with av.open(str(path)) as box:
        heard = [
            float(part.time or 0.0) + int(np.argmax(np.abs(samples) > 2000)) / part.sample_rate
            for part in box.decode(audio=0)
            if (np.abs(samples := part.to_ndarray().astype(np.int32).ravel()) > 2000).any()
        ]
    return begins(seen), begins(heard)


def begins(times: list[float]) -> list[float]:
    return [t for at, t in enumerate(times) if at == 0 or t - times[at - 1] > 0.5]


def test_a_span_begins_at_zero_with_picture_and_sound_together(
    homes: tuple[Home, Home, str], tmp_path: Path
) -> None:
    ana, ben, session_id = homes
    shared(ana, session_id, tmp_path / "s.rapport")
    here = opened(ben, tmp_path / "s.rapport")
    seen, heard = flashes(ben.store.files(here).source())
    wanted = [t - SPAN[0] for t in FLASHES_S if SPAN[0] <= t < SPAN[1]]
    assert seen == pytest.approx(wanted, abs=0.02)
    assert heard == pytest.approx(wanted, abs=0.02)
    assert ben.store.session(here).duration_s == 5.0
    report = ben.store.report(here)
    assert report is not None
    assert report.duration_s == 5.0
    words = read_words(ben.store.files(here))
    assert words is not None
    assert [(word.text, word.start_s) for word in words.words] == [
        ("about", 0.0),
        ("elephant", 2.0),
    ]


def test_a_whole_session_goes_as_it_was_recorded(
    homes: tuple[Home, Home, str], tmp_path: Path
) -> None:
    ana, ben, session_id = homes
    shared(ana, session_id, tmp_path / "s.rapport", span=None)
    here = ben.store.files(opened(ben, tmp_path / "s.rapport"))
    recording = ana.store.files(session_id).read("recording.mkv")
    assert here.read("recording.mkv") == recording
    assert "readings.rrd" not in here.names()


def test_the_face_of_the_own_normal_stays_at_home(
    homes: tuple[Home, Home, str], tmp_path: Path
) -> None:
    ana, ben, session_id = homes
    shared(ana, session_id, tmp_path / "s.rapport", span=None)
    report = ben.store.report(opened(ben, tmp_path / "s.rapport"))
    assert report is not None
    assert report.baseline is not None
    assert report.baseline.vision is None
    assert report.baseline.voice is not None


@pytest.fixture(scope="module")
def here(
    homes: tuple[Home, Home, str], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Home, str]:
    """The trainer, and a span that was shared with him without its picture."""
    ana, ben, session_id = homes
    path = tmp_path_factory.mktemp("figure") / "s.rapport"
    shared(ana, session_id, path, picture=False)
    return ben, opened(ben, path)


class TestWithoutPicture:
    """Voice, and what a stick figure is drawn from: nothing else that was seen."""

    def test_no_picture_byte_is_in_it(self, here: tuple[Home, str]) -> None:
        reader, session_id = here
        files = reader.store.files(session_id)
        with av.open(str(files.source())) as box:
            assert [stream.type for stream in box.streams] == ["audio"]
        assert set(files.names()) == {
            "recording.mkv", "report.json", "words.json", "readings.rrd",
        }  # fmt: skip
        assert b"V_MPEG4" not in tree_bytes(files.folder)
        assert b"\xff\xd8\xff" not in tree_bytes(files.folder)
        assert reader.store.session(session_id).keep_policy is KeepPolicy.VOICE_AND_STICK

    def test_the_readings_hold_a_body_without_a_face(self, here: tuple[Home, str]) -> None:
        reader, session_id = here
        readings = list(read_readings(reader.store.files(session_id)))
        assert readings
        for reading in readings:
            assert isinstance(reading, VisionReading)
            assert 0.0 <= reading.t <= 5.0
            assert reading.brow is None
            assert reading.joints is not None
            assert not reading.joints[[1, 2, 3, 4, 5, 6, 9, 10]].any()
            assert reading.yaw_deg == 5.0

    def test_the_sound_is_in_time(self, here: tuple[Home, str]) -> None:
        reader, session_id = here
        with av.open(str(reader.store.files(session_id).source())) as box:
            parts = [
                (float(part.time or 0.0), part.to_ndarray().ravel(), part.sample_rate)
                for part in box.decode(audio=0)
            ]
        whole = np.concatenate([samples for _, samples, _ in parts])
        first = int(np.argmax(np.abs(whole.astype(np.int32)) > 2000)) / parts[0][2] + parts[0][0]
        assert first == pytest.approx(1.0, abs=0.01)

    def test_the_figure_is_the_bodys(self, here: tuple[Home, str]) -> None:
        reader, session_id = here
        track = read_figure(reader.store.files(session_id))
        assert track is not None
        pose = track.at(2.03)
        assert pose is not None
        # The recorded wrist went up and down as a sine of the session's own time.
        assert pose.joints[16, 1] == pytest.approx(0.40 + 0.2 * np.sin(7.03), abs=0.01)
        assert pose.turned == (5.0, 0.0, 0.0) or pose.turned is None
        assert track.at(99.0) is None


def test_a_report_only_session_hands_over_its_report(
    homes: tuple[Home, Home, str], tmp_path: Path
) -> None:
    ana, ben, _ = homes
    bare = a_session(ana.store, ana.person, keep=KeepPolicy.REPORT_ONLY)
    shared(ana, bare.id, tmp_path / "s.rapport", span=None)
    here = opened(ben, tmp_path / "s.rapport")
    assert ben.store.session(here).keep_policy is KeepPolicy.REPORT_ONLY
    assert ben.store.files(here).names() == ["report.json"]


def test_it_comes_under_the_name_that_its_owner_gave_it_and_keeps_that(
    homes: tuple[Home, Home, str], tmp_path: Path
) -> None:
    ana, ben, _ = homes
    bare = a_session(ana.store, ana.person, keep=KeepPolicy.REPORT_ONLY)
    ana.store.name_session(bare.id, "The loud one", ana.person.id)
    shared(ana, bare.id, tmp_path / "s.rapport", span=None)
    assert ana.store.handover.shares(ana.person.id)[0].title == "The loud one"
    here = opened(ben, tmp_path / "s.rapport")
    assert ben.store.session(here).title == "The loud one"
    with pytest.raises(AppError, match="cannot be renamed"):
        ben.store.name_session(here, "Mine", ben.person.id)


def test_a_session_without_picture_shares_none_however_it_is_asked(
    homes: tuple[Home, Home, str], tmp_path: Path
) -> None:
    ana, ben, _ = homes
    voice = a_session(ana.store, ana.person, keep=KeepPolicy.VOICE_AND_STICK)
    share = shared(ana, voice.id, tmp_path / "s.rapport", span=None, picture=True)
    assert not share.with_picture
    here = opened(ben, tmp_path / "s.rapport")
    assert ben.store.session(here).keep_policy is KeepPolicy.VOICE_AND_STICK


@pytest.mark.parametrize("stop_at", [0.0, 0.3, 0.79])
def test_stopped_it_leaves_nothing(
    homes: tuple[Home, Home, str], tmp_path: Path, stop_at: float
) -> None:
    ana, _, session_id = homes
    parts: list[float] = []
    before = ana.store.handover.shares(ana.person.id)
    with pytest.raises(Cancelled):
        shared(ana, session_id, tmp_path / "s.rapport", progress=parts.append,
               cancelled=lambda: bool(parts) and parts[-1] >= stop_at)  # fmt: skip
    assert list(tmp_path.iterdir()) == []
    assert ana.store.handover.shares(ana.person.id) == before
    assert not (ana.store.files(session_id).folder / WORKSHOP).exists()


def test_it_says_how_far_it_is(homes: tuple[Home, Home, str], tmp_path: Path) -> None:
    ana, _, session_id = homes
    parts: list[float] = []
    shared(ana, session_id, tmp_path / "s.rapport", progress=parts.append)
    assert parts[-1] == pytest.approx(1.0)
    assert max(parts) <= 1.0
    assert not (ana.store.files(session_id).folder / WORKSHOP).exists()


@pytest.mark.parametrize(
    ("refused", "what", "remedy"),
    [
        (errno.ENOSPC, "not enough room", "Free some space"),
        (errno.ENOENT, "not there any more", "from a backup"),
        (errno.EACCES, "may not write in", "Allow your user"),
        (errno.EIO, "could not be prepared", "Check the disk"),
    ],
)
def test_what_goes_wrong_on_the_way_is_told_of_the_share_and_not_of_its_folder(
    homes: tuple[Home, Home, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    refused: int, what: str, remedy: str,
) -> None:  # fmt: skip
    ana, _, session_id = homes

    def refusing(files: SessionFiles, name: str) -> IO[bytes]:
        with told(path := files.source(name)):
            raise OSError(refused, os.strerror(refused), str(path))

    monkeypatch.setattr(SessionFiles, "open_write", refusing)
    with pytest.raises(AppError, match=what) as told_:
        shared(ana, session_id, tmp_path / "s.rapport")
    assert remedy in told_.value.remedy
    assert WORKSHOP not in f"{told_.value.what} {told_.value.remedy}"
    assert list(tmp_path.iterdir()) == []
    assert not (ana.store.files(session_id).folder / WORKSHOP).exists()


@pytest.mark.parametrize("span", [(11.9, 40.0), (8.0, 7.0), (3.0, 3.2), (100.0, 120.0)])
def test_a_span_that_holds_nothing_is_told(
    homes: tuple[Home, Home, str], tmp_path: Path, span: tuple[float, float]
) -> None:
    ana, _, session_id = homes
    with pytest.raises(AppError, match="span"):
        shared(ana, session_id, tmp_path / "s.rapport", span=span)
    assert list(tmp_path.iterdir()) == []


def test_a_weak_passphrase_seals_nothing(homes: tuple[Home, Home, str], tmp_path: Path) -> None:
    ana, _, session_id = homes
    plan = SharePlan(session_id, ana.person.id, "Ben", with_picture=True)
    with pytest.raises(AppError, match="too short"):
        hand_over(ana.store, plan, tmp_path / "s.rapport", "secret", catalogue=load_catalogue())
    assert list(tmp_path.iterdir()) == []


def test_a_lost_stick_shows_nothing_of_it(homes: tuple[Home, Home, str], tmp_path: Path) -> None:
    ana, ben, session_id = homes
    share = shared(ana, session_id, tmp_path / "s.rapport", span=None)
    here = opened(ben, tmp_path / "s.rapport")
    ben.store.append_marks(here, trainer_marks(ben.person.id, "brow_drawn-7250"))
    ben.store.handover.send_review(here, ben.person.id, tmp_path / "r.rapport", PASSPHRASE)
    ana.store.handover.withdraw(share.id, ana.person.id, tmp_path / "w.rapport")
    stick = tree_bytes(tmp_path)
    readable = [TITLE, "Begum", "Okafor", "zebra", "elephant", "calm here", "arms_crossed",
                "recording.mkv", "matroska", PASSPHRASE]  # fmt: skip
    assert [word for word in readable if word.encode() in stick] == []


def test_there_and_back_between_two_homes_and_once_more(tmp_path: Path) -> None:
    ana, ben = home(tmp_path / "a", "Ana Begum"), home(tmp_path / "b", "Ben Okafor")
    stick = tmp_path / "stick"
    stick.mkdir()
    session_id = a_session(ana.store, ana.person).id
    own = ana.store.marks(session_id)
    shared(ana, session_id, stick / "s.rapport")
    seen = ben.store.handover.look(stick / "s.rapport", PASSPHRASE, ben.person.id)
    assert seen.letter.sender.words == ana.store.handover.me(ana.person.id).words
    ben.store.handover.confirm(ben.person.id, seen.letter.sender)
    here = ben.store.handover.receive(seen, ben.person.id)
    ben.store.append_marks(here, trainer_marks(ben.person.id))
    ben.store.handover.send_review(here, ben.person.id, stick / "r.rapport", PASSPHRASE)
    back = ana.store.handover.look(stick / "r.rapport", PASSPHRASE, ana.person.id)
    ana.store.handover.confirm(ana.person.id, back.letter.sender)
    assert ana.store.handover.merge(back, ana.person.id).new == 4
    assert ana.store.handover.merge(back, ana.person.id).new == 0
    marks = ana.store.marks(session_id)
    assert [mark for mark in marks if mark.lane is Lane.SELF] == own
    assert len([mark for mark in marks if mark.lane is Lane.TRAINER]) == 4
    # Once more, the other way round would be refused: it is not hers to share.
    with pytest.raises(AppError, match="only Ana Begum"):
        shared(ben, here, stick / "on.rapport")
    ana.store.close()
    ben.store.close()


def test_there_and_back_between_two_profiles_of_one_machine(tmp_path: Path) -> None:
    ana = home(tmp_path / "one", "Ana Begum")
    ben = Home(ana.store, ana.store.ensure_person("Ben Okafor"), ana.calendar)
    session_id = a_session(ana.store, ana.person).id
    shared(ana, session_id, tmp_path / "s.rapport")
    acquainted(ana, ben)
    here = opened(ben, tmp_path / "s.rapport")
    assert here != session_id
    assert [one.id for one in ana.store.sessions(person_id=ben.person.id)] == [here]
    assert [one.id for one in ana.store.sessions(person_id=ana.person.id)] == [session_id]
    ana.store.append_marks(here, trainer_marks(ben.person.id))
    ana.store.handover.send_review(here, ben.person.id, tmp_path / "r.rapport", PASSPHRASE)
    back = ana.store.handover.look(tmp_path / "r.rapport", PASSPHRASE, ana.person.id)
    assert ana.store.handover.merge(back, ana.person.id).new == 4
    assert len([m for m in ana.store.marks(session_id) if m.lane is Lane.TRAINER]) == 4
    ana.store.close()


def test_a_session_whose_folder_was_deleted_by_hand_is_not_handed_over(
    homes: tuple[Home, Home, str], tmp_path: Path
) -> None:
    ana = homes[0]
    gone = a_session(ana.store, ana.person)
    shutil.rmtree(ana.store.files(gone.id).folder)
    with pytest.raises(AppError, match="not there any more"):
        shared(ana, gone.id, tmp_path / "gone.rapport", span=None)
    assert list(tmp_path.iterdir()) == []
