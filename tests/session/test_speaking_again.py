"""Who speaks in an imported film, and a clip cut from it, in their real child processes."""

from __future__ import annotations

import contextlib
import functools
import shutil
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest
import soxr

from app.coach.types import MarkKind
from app.errors import AppError
from app.paths import asset
from app.session.clipping import release_clip
from app.session.figure import read_figure
from app.session.film import Film
from app.session.importing import ImportQueue
from app.session.importing_work import ImportPlan
from app.session.speaking_again import (
    customer_said,
    measure_again,
    say_who_speaks,
    speaker_marks,
)
from app.store.clips import ClipKind, Release
from app.store.readings import read_readings
from app.store.store import Store
from app.store.types import KeepPolicy
from audio.sources import AudioFile
from audio.types import AudioBlock, VoiceReading
from audio.types import Reason as VoiceReason
from vision.types import Frame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from app.store.types import SessionRecord

    Imported = Callable[[KeepPolicy], tuple[Store, SessionRecord]]

RATE = 16000
SECONDS = 8


def film_of_speech(path: Path) -> Path:
    """The sample's first seconds of speech, with a grey picture."""
    source = AudioFile(asset("sample", "speech.ogg"))
    whole = np.concatenate([block.samples for block in source])[: SECONDS * source.rate_hz]
    samples = np.asarray(soxr.resample(whole, source.rate_hz, RATE), np.float32)
    film = Film(path, picture=True, sound_rate_hz=RATE)
    step = RATE // 10
    for at in range(0, len(samples), step):
        film.add_frame(Frame(at / RATE, np.full((120, 160, 3), 90, np.uint8)))
        film.add_block(AudioBlock(at / RATE, samples[at : at + step], RATE))
    film.close()
    return path


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Callable[[KeepPolicy], Path]:
    """Homes in which the film was imported; measuring it takes seconds, and once is enough."""

    @functools.cache
    def made(keep: KeepPolicy) -> Path:
        folder = tmp_path_factory.mktemp("measured")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("RAPPORT_HOME", str(folder / "home"))
            with Store.open() as store:
                person = store.ensure_person("Ana")
                store.record_consent(person.id, "1", "own training", 30, "me")
                store.imports.add(person.id, [(film_of_speech(folder / "talk.mkv"), None)], keep)
                ImportQueue(store, lambda item: ImportPlan(item.keep)).work_off()
        return folder / "home"

    return made


@pytest.fixture
def imported(home: Path, measured: Callable[[KeepPolicy], Path]) -> Iterator[Imported]:
    """Give a store with one imported session, whose parts are kept as is asked for."""
    with contextlib.ExitStack() as opened:

        def of(keep: KeepPolicy) -> tuple[Store, SessionRecord]:
            shutil.copytree(measured(keep), home)
            store = opened.enter_context(Store.open())
            (record,) = store.sessions()
            return store, record

        yield of


def test_marks_say_that_the_customer_speaks_here_and_the_staff_member_elsewhere() -> None:
    marks = speaker_marks([(5.0, 6.0), (2.0, 3.0), (2.5, 4.0)], "ana")
    assert [(one.t, one.data["speaker"]) for one in marks] == [
        (0.0, "staff"), (2.0, "customer"), (4.0, "staff"), (5.0, "customer"), (6.0, "staff")
    ]  # fmt: skip
    assert [one.t for one in speaker_marks([(0.0, 3.0)], "ana")] == [0.0, 3.0]
    assert customer_said(marks, 10.0) == [(2.0, 4.0), (5.0, 6.0)]
    assert customer_said(speaker_marks([], "ana"), 10.0) == []
    assert customer_said([], 10.0) is None


def test_only_the_staff_members_voice_is_measured_once_it_is_said(imported: Imported) -> None:
    store, record = imported(KeepPolicy.PICTURE_AND_SOUND)
    before = store.report(record.id)
    assert before is not None
    assert not before.speakers_labelled
    say_who_speaks(store, record.id, [(2.0, 5.0)], "ana")
    seen: list[float] = []
    measure_again(store, record.id, None, progress=seen.append)
    after = store.report(record.id)
    assert after is not None
    assert after.speakers_labelled
    assert seen[-1] == 1.0
    files = store.files(record.id)
    voiced = [one for one in read_readings(files) if isinstance(one, VoiceReading)]
    inside = [one for one in voiced if 2.3 < one.t < 4.8]
    outside = [one for one in voiced if 5.5 < one.t < 7.0]
    masked = VoiceReason.CUSTOMER_SPEAKING
    assert inside
    assert all(masked in one.missing.values() for one in inside)
    assert not any(masked in one.missing.values() for one in outside)
    assert not (files.folder / "again").exists()


def test_saying_it_anew_takes_the_place_of_what_was_said(imported: Imported) -> None:
    store, record = imported(KeepPolicy.PICTURE_AND_SOUND)
    say_who_speaks(store, record.id, [(2.0, 5.0)], "ana")
    say_who_speaks(store, record.id, [], "ana")
    marks = store.marks(record.id)
    assert customer_said(marks, SECONDS) == []
    assert sum(one.kind is MarkKind.SPEAKER for one in marks) == 1


def test_without_a_picture_it_is_told_that_it_cannot_be_measured_again(imported: Imported) -> None:
    store, record = imported(KeepPolicy.VOICE_AND_STICK)
    with pytest.raises(AppError, match="no picture was kept"):
        measure_again(store, record.id, None)


@pytest.mark.parametrize("picture", [True, False])
def test_a_clip_holds_its_stretch_and_no_picture_unless_asked(
    imported: Imported, *, picture: bool
) -> None:
    store, record = imported(KeepPolicy.PICTURE_AND_SOUND)
    assert record.person_id is not None
    clip = release_clip(
        store,
        record.person_id,
        Release(record.id, 2.0, 5.5, ClipKind.BEST, "A greeting", None, "", picture),
    )
    files = store.clips.files(clip.id)
    with av.open(str(files.recording_or_tell())) as box:
        assert bool(box.streams.video) is picture
        assert (box.duration or 0) / av.time_base == pytest.approx(3.5, abs=0.25)
    if not picture:
        assert files.names() == ["readings.rrd", "recording.mkv"]
        assert all(0 <= one.t <= 3.6 for one in read_readings(files))
    read_figure(files)


def test_a_clip_that_cannot_be_cut_leaves_nothing(imported: Imported) -> None:
    store, record = imported(KeepPolicy.VOICE_AND_STICK)
    assert record.person_id is not None
    wanted = Release(record.id, 2.0, 5.0, ClipKind.BEST, "A greeting", None, "", True)
    with pytest.raises(AppError, match="No picture was kept"):
        release_clip(store, record.person_id, wanted)
    store.files(record.id).remove("recording.mkv")
    with pytest.raises(AppError, match="missing"):
        release_clip(
            store, record.person_id, Release(record.id, 2.0, 5.0, ClipKind.BEST, "A greeting")
        )
    assert store.clips.listed() == []
    assert not (store.path.parent / "clips").exists()
