from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from store_cases import a_baseline, a_report

from app.errors import AppError
from app.store.files import REPORT, SessionFiles

if TYPE_CHECKING:
    from pathlib import Path
    from typing import IO


@pytest.fixture
def files(tmp_path: Path) -> SessionFiles:
    return SessionFiles(tmp_path / "session")


def test_reports_and_own_normals_come_back_equal(files: SessionFiles) -> None:
    files.write_report(a_report())
    files.write_baseline(a_baseline())
    assert files.read_report() == a_report()
    assert files.read_baseline() == a_baseline()


def test_what_is_not_there_is_none_or_told(files: SessionFiles) -> None:
    assert files.read_report() is None
    assert files.read_baseline() is None
    for read in (files.read, files.open_read):
        with pytest.raises(AppError, match="not there any more"):
            read("notes.txt")


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"version": 2}', b'{"version": 1}'])
def test_a_report_changed_by_hand_is_told(files: SessionFiles, content: bytes) -> None:
    files.write_atomic("report.json", content)
    with pytest.raises(AppError, match=r"report\.json of this session cannot be read"):
        files.read_report()


def test_what_people_judge_is_read_without_the_rest(files: SessionFiles) -> None:
    assert files.read_found() is None
    tricky = replace(a_report(), notes=('she said "findings": [1] and "events": [2]', "später"))
    files.write_report(tricky)
    found = files.read_found()
    assert found is not None
    assert (found.events, found.findings) == (tricky.events, tricky.findings)
    assert found.curves == ()
    files.write_atomic(REPORT, json.dumps(json.loads(files.read(REPORT)), indent=1).encode())
    assert files.read_found() == tricky, "laid out by another hand it is read as a whole"


def test_a_name_is_given_when_it_is_whole(files: SessionFiles) -> None:
    files.make()
    files.complete()
    assert not files.has_recording, "nothing was written"
    files.sink().write_bytes(b"film")
    assert (files.names(), files.count()) == ([], 1)
    files.complete()
    assert files.names() == ["recording.mkv"]
    assert files.source().read_bytes() == b"film"
    inside = files.within("workshop")
    inside.write_atomic("words.json", b"{}")
    assert files.names() == ["recording.mkv"]
    files.take_over(inside)
    assert files.names() == ["recording.mkv", "words.json"]
    files.remove("words.json")
    files.remove("words.json")
    files.sink("a.mkv").write_bytes(b"half")
    files.drop_sink("a.mkv")
    assert files.count() == 1
    assert files.free_bytes() > 0


def test_a_folder_that_was_deleted_is_not_made_again(tmp_path: Path) -> None:
    kept = SessionFiles(tmp_path / "session", kept=True)
    with pytest.raises(AppError, match="not there any more"):
        kept.write_atomic("report.json", b"late")
    assert not kept.folder.exists()
    kept.make()
    kept.write_atomic("report.json", b"in time")
    assert kept.read("report.json") == b"in time"


class OnFullDisk(SessionFiles):
    """Each new file lies on a disk without room."""

    def open_write(self, name: str) -> IO[bytes]:
        (self.folder / name).symlink_to("/dev/full")
        return super().open_write(name)


class Overtaken(SessionFiles):
    """While it writes, somebody else writes the same file from beginning to end."""

    def open_write(self, name: str) -> IO[bytes]:
        file = super().open_write(name)
        SessionFiles(self.folder).write_atomic("practices.json", b"meanwhile")
        return file


def test_two_who_write_the_same_file_at_once_both_write_it_whole(files: SessionFiles) -> None:
    Overtaken(files.folder).write_atomic("practices.json", b"last")
    assert files.read("practices.json") == b"last"
    assert files.names() == ["practices.json"]
    assert files.count() == 1


def test_a_failed_write_leaves_the_old_content(files: SessionFiles) -> None:
    files.write_atomic("report.json", b"old")
    with pytest.raises(AppError, match="disk is full") as told:
        OnFullDisk(files.folder).write_atomic("report.json", b"new")
    assert "Free some space" in told.value.remedy
    assert files.read("report.json") == b"old"
    assert [path.name for path in files.folder.iterdir()] == ["report.json"]


@pytest.mark.parametrize("name", ["../escape", "a/b", "", "..", "c\\d"])
def test_nothing_outside_the_folder_can_be_named(files: SessionFiles, name: str) -> None:
    for use in (files.read, files.open_write, files.has):
        with pytest.raises(ValueError, match="plain file name"):
            use(name)


def test_size_count_and_delete(files: SessionFiles) -> None:
    with files.open_write("readings.rrd") as file:
        file.write(b"12345")
    files.write_atomic("report.json", b"123")
    assert (files.count(), files.size_bytes()) == (2, 8)
    files.delete()
    assert not files.folder.exists()
    files.delete()


def test_the_recording_is_named_and_missed(files: SessionFiles) -> None:
    assert not files.has_recording
    with pytest.raises(AppError, match="recording of this session is missing"):
        files.recording_or_tell()
    files.write_atomic("recording.mkv", b"film")
    assert files.recording_or_tell() == files.recording
    assert files.recording_part.name == "recording.mkv.part"
