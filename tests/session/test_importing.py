"""Videos become sessions: found, measured in a child, kept as chosen; the queue goes on."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import av
import numpy as np
import psutil
import pytest

from app.errors import AppError
from app.session import importing_work
from app.session.child import run_in_child
from app.session.errors import Cancelled
from app.session.film import Film
from app.session.importing import ImportQueue
from app.session.importing_files import add_videos, find_videos, fingerprint
from app.session.importing_film import can_be_copied, keep_recording, write_recording
from app.session.importing_work import ImportPlan, import_one
from app.session.recover import replay_session
from app.store.files import SessionFiles
from app.store.imports import ImportState
from app.store.readings import read_readings
from app.store.types import KeepPolicy, Origin
from audio.sources import AudioFile
from audio.types import AudioBlock
from vision.sources import VideoFile
from vision.types import Frame

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.store.imports import Import
    from app.store.store import Store
    from app.store.types import Person

RATE = 48000


def make_film(path: Path, seconds: float = 2.0, *, picture: bool = True) -> Path:
    """A film whose picture grows brighter and whose sound is a tone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    film = Film(path, picture=picture, sound_rate_hz=RATE)
    for tenth in range(round(seconds * 10)):
        t = np.arange(RATE // 10) / RATE + tenth / 10
        tone = (0.3 * np.sin(2 * np.pi * 220 * t)).astype(np.float32)
        film.add_block(AudioBlock(tenth / 10, tone, RATE))
        if picture:
            image = np.full((120, 160, 3), min(255, 20 + tenth * 8), np.uint8)
            film.add_frame(Frame(tenth / 10, image))
    film.close()
    return path


@pytest.fixture
def ana(store: Store) -> Person:
    person = store.ensure_person("Ana")
    store.record_consent(person.id, "1", "own training", 30, "me")
    return person


def plan_of(item: Import) -> ImportPlan:
    return ImportPlan(item.keep)


# --- finding ---------------------------------------------------------------------------------


def test_a_folder_gives_its_videos_as_a_person_counts_them(tmp_path: Path) -> None:
    for name in ("film 10.mp4", "film 2.MP4", "sub/film 1.mov", "notes.txt", ".hidden.mp4"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    found = find_videos([tmp_path])
    assert [one.name for one in found.videos] == ["film 2.MP4", "film 10.mp4", "film 1.mov"]
    assert found.left_out == 1
    named = find_videos([tmp_path / "notes.txt", tmp_path / "film 10.mp4"])
    assert len(named.videos) == 2


def test_a_folder_without_videos_and_a_name_that_is_gone_are_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(AppError, match="no video in empty"):
        find_videos([tmp_path / "empty"])
    with pytest.raises(AppError, match=r"no nothing\.mp4"):
        find_videos([tmp_path / "nothing.mp4"])


def test_the_same_video_is_known_under_another_name(tmp_path: Path) -> None:
    content = os.urandom(5_000_000)
    (tmp_path / "a").write_bytes(content)
    (tmp_path / "b").write_bytes(content)
    (tmp_path / "c").write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    prints = [fingerprint(tmp_path / name) for name in "abc"]
    assert prints[0] == prints[1] != prints[2]
    assert fingerprint(tmp_path / "gone") is None


# --- what is kept ----------------------------------------------------------------------------


def phone_film(path: Path) -> Path:
    """As a phone writes it: MP4, a start that is not zero, a place in its metadata."""
    with av.open(str(path), "w") as box:
        box.metadata["location"] = "+47.37+008.54/"
        picture = box.add_stream("libx264", rate=30, options={"g": "15", "bf": "2"})
        picture.width, picture.height, picture.pix_fmt = 160, 120, "yuv420p"
        sound = box.add_stream("aac", rate=RATE)
        sound.layout = "mono"
        for index in range(60):
            frame = av.VideoFrame.from_ndarray(
                np.full((120, 160, 3), 4 * index, np.uint8), format="bgr24"
            )
            frame.pts = index + 30
            box.mux(picture.encode(frame))
        for index in range(90):
            t = np.arange(1024) / RATE
            tone = (0.3 * np.sin(2 * np.pi * 440 * t)).astype(np.float32)
            block = av.AudioFrame.from_ndarray(tone[np.newaxis], format="fltp", layout="mono")
            block.sample_rate, block.pts = RATE, index * 1024 + RATE
            box.mux(sound.encode(block))
        for stream in (picture, sound):
            box.mux(stream.encode(None))
    return path


def test_a_plain_film_is_copied_and_begins_at_zero(tmp_path: Path) -> None:
    source = phone_film(tmp_path / "phone.mp4")
    assert can_be_copied(source)
    files = SessionFiles(tmp_path / "kept")
    seen: list[float] = []
    keep_recording(source, files, picture=True, progress=seen.append)
    with av.open(str(files.source())) as box:
        assert box.streams.video[0].codec_context.name == "h264"
        assert box.streams.audio[0].codec_context.name == "aac"
        assert "location" not in {key.lower() for key in box.metadata}
        assert abs(box.start_time or 0) < 50_000
    before, after = list(VideoFile(source)), list(VideoFile(files.source()))
    assert len(after) == len(before)
    assert max(abs(a.t - b.t) for a, b in zip(before, after, strict=True)) < 0.002
    assert all(np.array_equal(a.image, b.image) for a, b in zip(before, after, strict=True))
    assert seen == sorted(seen)
    assert b"+47.37" not in files.read("recording.mkv")


def test_a_film_that_seeks_badly_is_written_anew(tmp_path: Path) -> None:
    source = tmp_path / "long gaps.mp4"
    with av.open(str(source), "w") as box:
        stream = box.add_stream("libx264", rate=10, options={"g": "600", "sc_threshold": "0"})
        stream.width, stream.height, stream.pix_fmt = 160, 120, "yuv420p"
        for index in range(50):
            frame = av.VideoFrame.from_ndarray(
                np.full((120, 160, 3), 3 * index, np.uint8), format="bgr24"
            )
            frame.pts = index
            box.mux(stream.encode(frame))
        box.mux(stream.encode(None))
    assert not can_be_copied(source)
    files = SessionFiles(tmp_path / "kept")
    keep_recording(source, files, picture=True)
    with av.open(str(files.source())) as box:
        keys = [p.pts for p in box.demux(video=0) if p.is_keyframe and p.pts is not None]
    assert len(keys) >= 5
    assert abs(len(list(VideoFile(files.source()))) - 50) <= 1


def test_without_the_picture_no_picture_is_written(tmp_path: Path) -> None:
    source = make_film(tmp_path / "film.mkv")
    files = SessionFiles(tmp_path / "kept")
    keep_recording(source, files, picture=False)
    with av.open(str(files.source())) as box:
        assert not box.streams.video
        assert len(box.streams.audio) == 1


def test_a_stretch_is_cut_to_the_sample_and_begins_at_zero(tmp_path: Path) -> None:
    source = make_film(tmp_path / "film.mkv", 3.0)
    files = SessionFiles(tmp_path / "kept")
    write_recording(source, files, picture=True, start_s=1.05, end_s=2.25)
    frames = list(VideoFile(files.source()))
    assert 1.0 <= frames[-1].t <= 1.2
    # The brightness says which moment of the whole film it is.
    assert abs(float(frames[-1].image.mean()) - (20 + 22 * 8)) < 6
    samples = sum(len(block.samples) for block in AudioFile(files.source()))
    assert abs(samples / RATE - 1.2) < 0.1


# --- the work --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "keep", [KeepPolicy.PICTURE_AND_SOUND, KeepPolicy.VOICE_AND_STICK, KeepPolicy.REPORT_ONLY]
)
def test_a_video_becomes_a_session_that_keeps_what_was_chosen(
    store: Store, ana: Person, tmp_path: Path, keep: KeepPolicy
) -> None:
    make_film(tmp_path / "films" / "late checkout.mkv")
    items, _ = add_videos(store, ana.id, [tmp_path / "films"], keep)
    seen: list[float] = []
    queue = ImportQueue(store, plan_of)
    queue._note = seen.append  # type: ignore[method-assign]
    queue.work_off()
    (item,) = store.imports.listed(ana.id)
    assert (item.state, item.what) == (ImportState.DONE, "")
    assert item.id == items[0].id
    (record,) = store.sessions()
    assert (record.title, record.origin, record.keep_policy) == (
        "late checkout", Origin.IMPORTED, keep
    )  # fmt: skip
    assert record.duration_s == pytest.approx(2.0, abs=0.2)
    assert seen == sorted(seen)
    files, report = store.files(record.id), store.report(record.id)
    assert report is not None
    assert not report.speakers_labelled
    if keep is KeepPolicy.REPORT_ONLY:
        assert not files.has_recording
        assert not files.has("readings.rrd")
        return
    with av.open(str(files.recording_or_tell())) as box:
        assert bool(box.streams.video) is keep.keeps_picture
        assert box.streams.audio
    assert len(list(read_readings(files))) > 20
    assert replay_session(store, record.id).duration_s == record.duration_s


def test_broken_files_get_their_sentences_and_the_queue_goes_on(
    store: Store, ana: Person, tmp_path: Path
) -> None:
    films = tmp_path / "films"
    make_film(films / "3 good.mkv", 1.0)
    (films / "1 broken.mp4").write_bytes(os.urandom(4000))
    (films / "2 empty.mp4").write_bytes(b"")
    gone = make_film(films / "4 gone.mkv", 0.5)
    items, _ = add_videos(store, ana.id, [films], KeepPolicy.REPORT_ONLY)
    gone.unlink()
    ImportQueue(store, plan_of).work_off()
    told = {one.title: (one.state, one.what, one.remedy) for one in store.imports.listed(ana.id)}
    assert told["3 good"][0] is ImportState.DONE
    assert "neither a video nor a sound file" in told["1 broken"][1]
    assert told["2 empty"][0] is ImportState.FAILED
    assert "not there any more" in told["4 gone"][1]
    assert all(remedy for state, _, remedy in told.values() if state is ImportState.FAILED)
    assert (len(store.sessions()), len(items)) == (1, 4)


def test_what_is_too_long_or_has_no_room_is_refused_before_the_work(
    store: Store, ana: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_film(tmp_path / "films" / "film.mkv", 0.5)
    (item,), _ = add_videos(store, ana.id, [tmp_path / "films"], KeepPolicy.PICTURE_AND_SOUND)
    monkeypatch.setattr(importing_work, "_length_s", lambda _: 9 * 3600.0)
    with pytest.raises(AppError, match="9 hours long"):
        import_one(store, item, plan_of(item))
    monkeypatch.undo()
    monkeypatch.setattr(
        importing_work.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 1000})
    )
    with pytest.raises(AppError, match="no room on the disk"):
        import_one(store, item, plan_of(item))


# --- the queue -------------------------------------------------------------------------------


class Slow:
    """Work that goes on until a test says so, or the queue wants it to end."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.go_on = threading.Event()
        self.done: list[str] = []

    def __call__(
        self,
        store: Store,
        item: Import,
        plan: ImportPlan,
        *,
        progress: Callable[[float], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        began: Callable[[int], None] | None = None,
    ) -> str:
        assert progress is not None
        assert cancelled is not None
        progress(0.5)
        self.begun.set()
        while not self.go_on.wait(0.01):
            if cancelled():
                raise Cancelled
        self.done.append(item.title)
        store.imports.done(item.id)
        return "session"


def until(condition: Callable[[], object]) -> None:
    """Wait for what another thread does."""
    tick = threading.Event()
    for _ in range(1000):
        if condition():
            return
        tick.wait(0.01)
    pytest.fail("it did not happen within ten seconds")


def test_a_live_session_goes_first_and_the_queue_goes_on_after_it(
    store: Store, ana: Person, tmp_path: Path
) -> None:
    store.imports.add(ana.id, [(tmp_path / "a.mp4", "a")], KeepPolicy.REPORT_ONLY)
    work = Slow()
    work.go_on.set()
    queue = ImportQueue(store, plan_of, work=work)
    queue.give_way(on=True)
    queue.start()
    assert not work.begun.wait(0.3)
    queue.give_way(on=False)
    until(lambda: work.done == ["a"])
    queue.stop()
    assert queue.error is None


def test_stopping_the_program_lets_the_video_wait_for_the_next_start(
    store: Store, ana: Person, tmp_path: Path
) -> None:
    store.imports.add(ana.id, [(tmp_path / "a.mp4", "a")], KeepPolicy.REPORT_ONLY)
    work = Slow()
    queue = ImportQueue(store, plan_of, work=work)
    queue.start()
    assert work.begun.wait(5)
    now = queue.now
    assert now is not None
    assert (now.progress, now.resting) == (0.5, False)
    queue.stop()
    assert store.imports.listed(ana.id)[0].state is ImportState.WAITING


def test_breaking_off_and_pausing_leave_the_video_resting(
    store: Store, ana: Person, tmp_path: Path
) -> None:
    (item,) = store.imports.add(ana.id, [(tmp_path / "a.mp4", "a")], KeepPolicy.REPORT_ONLY)
    work = Slow()
    queue = ImportQueue(store, plan_of, work=work)
    queue.start()
    assert work.begun.wait(5)
    queue.pause(ana.id)
    assert queue.now is not None
    assert queue.now.paused
    queue.break_off(item.id)
    until(lambda: store.imports.listed(ana.id)[0].state is ImportState.PAUSED)
    work.go_on.set()
    queue.resume(ana.id)
    until(lambda: work.done == ["a"])
    queue.stop()


def test_a_child_that_stands_still_uses_no_processor_and_goes_on(
    store: Store, ana: Person, tmp_path: Path
) -> None:
    make_film(tmp_path / "film.mkv", 3.0)
    add_videos(store, ana.id, [tmp_path / "film.mkv"], KeepPolicy.REPORT_ONLY)
    queue = ImportQueue(store, plan_of)
    queue.start()
    until(lambda: queue._child is not None)
    queue.give_way(on=True)
    child = psutil.Process(queue._child or 0)
    until(lambda: child.status() == psutil.STATUS_STOPPED)
    used = child.cpu_times()
    threading.Event().wait(0.2)
    assert child.cpu_times() == used
    queue.give_way(on=False)
    until(lambda: store.imports.listed(ana.id)[0].state is ImportState.DONE)
    queue.stop()


def test_a_queue_that_stands_still_can_be_stopped(
    store: Store, ana: Person, tmp_path: Path
) -> None:
    make_film(tmp_path / "film.mkv", 3.0)
    add_videos(store, ana.id, [tmp_path / "film.mkv"], KeepPolicy.REPORT_ONLY)
    queue = ImportQueue(store, plan_of)
    queue.start()
    until(lambda: queue._child is not None)
    queue.give_way(on=True)
    child = psutil.Process(queue._child or 0)
    queue.stop()
    assert not child.is_running()
    assert store.imports.listed(ana.id)[0].state is ImportState.WAITING
    assert store.sessions() == []


def nice_of(*, progress: Callable[[float], None]) -> int:
    importing_work.yield_to_others()
    return os.nice(0)


@pytest.mark.skipif(not hasattr(os, "nice"), reason="only POSIX has niceness")
def test_the_child_lets_everything_else_go_first() -> None:
    assert run_in_child(nice_of) >= importing_work.NICENESS
