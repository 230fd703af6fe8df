from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from store_cases import a_report, begun
from typer.testing import CliRunner

from app.cli import app

if TYPE_CHECKING:
    from pathlib import Path

    from app.store.store import Store


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(words))
    return done.exit_code, " ".join(done.output.split())


def test_everything_about_the_only_person(store: Store, tmp_path: Path) -> None:
    record = begun(store)
    store.finish_session(record.id, duration_s=60.1, report=a_report())
    code, said = run("export-me", str(tmp_path / "me.zip"))
    assert code == 0, said
    assert "everything about Ana: 1 session with" in said
    assert "not encrypted" in said
    assert zipfile.is_zipfile(tmp_path / "me.zip")


def test_where_several_people_practise_one_is_named(store: Store, tmp_path: Path) -> None:
    target = str(tmp_path / "me.zip")
    assert run("export-me", target) == (
        1,
        "Nobody practises on this machine yet. Open Rapport, and make a profile in its window.",
    )
    begun(store)
    begun(store, name="Ben")
    code, said = run("export-me", target)
    assert (code, said) == (
        1,
        "It is not clear whose profile is meant. Name one with --person: Ana, Ben.",
    )
    code, said = run("export-me", "--person", "Eve", target)
    assert code == 1
    assert "There is no profile called Eve. Name one with --person: Ana, Ben." in said
    assert not (tmp_path / "me.zip").exists()
    code, said = run("export-me", "--person", "ben", target)
    assert code == 0, said
    assert "everything about Ben" in said
