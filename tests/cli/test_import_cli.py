"""`rapport import`, `backup` and `restore` as somebody types them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from typer.testing import CliRunner

from app.cli import app
from app.session.film import Film
from app.store.store import Store
from app.store.types import KeepPolicy, Origin
from audio.types import AudioBlock

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


def run(*words: str, said: str | None = None) -> Result:
    return CliRunner().invoke(app, list(words), input=said)


def sound(path: Path) -> Path:
    """A second and a half of a tone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    film = Film(path, picture=False, sound_rate_hz=16000)
    for tenth in range(15):
        t = np.arange(1600) / 16000 + tenth / 10
        tone = (0.3 * np.sin(2 * np.pi * 220 * t)).astype(np.float32)
        film.add_block(AudioBlock(tenth / 10, tone, 16000))
    film.close()
    return path


def agreed(*names: str) -> None:
    with Store.open() as store:
        for name in names:
            person = store.ensure_person(name)
            store.record_consent(person.id, "1", "own training", 30, "me")


def test_a_folder_becomes_sessions_and_each_mistake_has_its_sentence(tmp_path: Path) -> None:
    agreed("Ana")
    sound(tmp_path / "films" / "talk.mkv")
    (tmp_path / "films" / "broken.mp4").write_bytes(b"no film at all" * 99)
    result = run("import", str(tmp_path / "films"), "--keep", "voice", "--no-words")
    assert result.exit_code == 1
    assert "2 videos for Ana" in result.stdout
    assert "neither a video nor a sound file" in result.stdout
    with Store.open() as store:
        (record,) = store.sessions()
        assert (record.title, record.origin) == ("talk", Origin.IMPORTED)
        assert record.keep_policy is KeepPolicy.VOICE_AND_STICK
        assert store.files(record.id).has_recording
    again = run("import", str(tmp_path / "films" / "talk.mkv"), "--no-words")
    assert again.exit_code == 0
    assert "imported on" in again.stdout
    assert "--again" in again.stdout
    with Store.open() as store:
        assert len(store.sessions()) == 1


@pytest.mark.parametrize(
    ("people", "words", "told"),
    [
        ((), (), "Nobody practises"),
        (("Ana", "Ben"), (), "not clear whose profile"),
        (("Ana",), ("--person", "Cem"), "no profile called Cem"),
    ],
)
def test_whose_they_are_must_be_clear(
    tmp_path: Path, people: tuple[str, ...], words: tuple[str, ...], told: str
) -> None:
    agreed(*people)
    sound(tmp_path / "talk.mkv")
    result = run("import", str(tmp_path / "talk.mkv"), *words)
    assert result.exit_code == 1
    assert told in result.stderr


def test_without_consent_nothing_is_imported(tmp_path: Path) -> None:
    with Store.open() as store:
        store.ensure_person("Ana")
    sound(tmp_path / "talk.mkv")
    result = run("import", str(tmp_path / "talk.mkv"))
    assert result.exit_code == 1
    assert "has not agreed" in result.stderr


@pytest.mark.parametrize("sealed", [False, True])
def test_a_backup_goes_to_an_empty_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, sealed: bool
) -> None:
    agreed("Ana")
    words = "lamp river seven quiet boat"
    target = str(tmp_path / "all.rapportbackup")
    result = run(
        "backup", target, *(["--passphrase"] if sealed else []), said=f"{words}\n{words}\n"
    )
    assert result.exit_code == 0
    assert ("not encrypted" in result.stdout) is not sealed
    refused = run("restore", target, said=f"{words}\n")
    assert refused.exit_code == 1
    assert "1 profile, 0 sessions and 0 clips" in refused.stdout.replace("\n", " ")
    assert "--replace" in refused.stdout
    monkeypatch.setenv("RAPPORT_HOME", str(tmp_path / "other"))
    assert run("restore", target, said=f"{words}\n").exit_code == 0
    with Store.open() as store:
        assert [one.name for one in store.persons()] == ["Ana"]


def test_something_else_is_no_backup(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"holiday")
    result = run("restore", str(tmp_path / "x"))
    assert result.exit_code == 1
    assert "x is not a backup" in result.stderr
