"""Which result goes where, so that none overwrites anything."""

from __future__ import annotations

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
