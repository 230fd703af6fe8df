"""Which result goes where, so that none overwrites anything."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
import typer

from app.cli.planning import STDOUT, planned


def test_a_file_named_twice_is_measured_once(tmp_path: Path) -> None:
    one = tmp_path / "a.mp4"
    (job,) = planned([one, tmp_path / "b" / ".." / "a.mp4"], "-", None, None)
    assert job.json == STDOUT


def test_files_of_one_name_from_two_folders_get_two_results() -> None:
    files = [Path("one/a.mp4"), Path("two/a.mp4"), Path("two/a.wav"), Path("b.mp4")]
    jobs = planned(files, "out/", "out/", None)
    names = [job.json.name for job in jobs if job.json is not None]
    assert names == ["a.mp4.json", "a.mp4-2.json", "a.wav.json", "b.json"]
    assert len({path for job in jobs for _, path in job.targets}) == 8


def test_a_disk_that_takes_large_letters_for_small_ones_gets_two_results() -> None:
    jobs = planned([Path("one/Talk.mp4"), Path("two/talk.mp4")], "out/", None, None)
    assert [job.json.name for job in jobs if job.json is not None] == [
        "Talk.mp4.json",
        "talk.mp4-2.json",
    ]


@pytest.mark.parametrize("option", ["json", "html", "baseline"])
def test_no_result_overwrites_what_is_measured(tmp_path: Path, option: str) -> None:
    mine = tmp_path / "mine.mp4"
    given = {"json": None, "html": None, "baseline": None, option: mine}
    with pytest.raises(typer.BadParameter, match="to be measured"):
        planned(
            [mine],
            str(given["json"]) if given["json"] else None,
            str(given["html"]) if given["html"] else None,
            given["baseline"],
        )


def test_no_result_overwrites_another(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(typer.BadParameter, match="--json"):
        planned([tmp_path / "a.mp4"], str(out), str(out), None)
    with pytest.raises(typer.BadParameter, match="--html"):
        planned([tmp_path / "a.mp4"], None, str(out), out)


def test_a_name_that_begins_like_an_address_is_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (job,) = planned([Path("12:30.mp4")], None, None, None)
    assert job.file == tmp_path / "12:30.mp4"


def test_results_of_long_names_have_names_that_a_disk_takes() -> None:
    files = [Path("ü" * 125 + ".mp4"), Path("ü" * 125 + ".wav")]
    names = [job.json.name for job in planned(files, "out/", None, None) if job.json is not None]
    assert len(set(names)) == 2
    assert all(len(f"{name}.part".encode()) <= 255 for name in names)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems' names are text")
def test_results_of_a_name_that_is_no_text_have_one_that_is() -> None:
    (job,) = planned([Path(os.fsdecode(b"caf\xe9.mp4"))], "out/", None, None)
    assert job.json == Path("out/caf\ufffd.json")
