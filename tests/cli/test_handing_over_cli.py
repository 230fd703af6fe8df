"""`rapport share`, `open` and `withdraw` as one types them, between two homes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from handover_material import PASSPHRASE, a_session, trainer_marks
from typer.testing import CliRunner

from app.cli import app
from app.cli.passphrases import VARIABLE
from app.store.store import Store
from app.store.types import KeepPolicy

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little work for the passphrase."""
    cheaply = {"step": None, "log2_n": 14}
    monkeypatch.setattr("app.store.handover.sealing.seal.__kwdefaults__", cheaply)


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Ana's home with one session, Ben's without; and a memory stick."""
    monkeypatch.delenv(VARIABLE, raising=False)
    for name, keep in (("Ana", KeepPolicy.REPORT_ONLY), ("Ben", None)):
        monkeypatch.setenv("RAPPORT_HOME", str(tmp_path / name))
        with Store.open() as store:
            person = store.ensure_person(name)
            if keep is not None:
                a_session(store, person, keep=keep)
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


class Computer:
    """Somebody's computer: commands run in their home."""

    def __init__(self, name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._home = folder.parent / name
        self._patch = monkeypatch

    def run(
        self, *words: object, secret: str | None = PASSPHRASE, typed: str = ""
    ) -> tuple[int, str]:
        self._patch.setenv("RAPPORT_HOME", str(self._home))
        env = {VARIABLE: secret} if secret is not None else {}
        result = CliRunner().invoke(app, [str(word) for word in words], input=typed, env=env)
        assert result.exception is None or isinstance(result.exception, SystemExit), (
            result.exception
        )
        return result.exit_code, result.stdout + result.stderr

    def store(self) -> Store:
        self._patch.setenv("RAPPORT_HOME", str(self._home))
        return Store.open()


@pytest.fixture
def ana(stick: Path, monkeypatch: pytest.MonkeyPatch) -> Computer:
    return Computer("Ana", stick, monkeypatch)


@pytest.fixture
def ben(stick: Path, monkeypatch: pytest.MonkeyPatch) -> Computer:
    return Computer("Ben", stick, monkeypatch)


def test_there_and_back_and_taken_back(ana: Computer, ben: Computer, stick: Path) -> None:
    code, out = ana.run("share", "charged twice", "--to", "Ben", "--out", stick / "s.rapport")
    assert code == 0
    assert "cannot be called back" in out
    assert PASSPHRASE not in out
    words = " ".join(line.strip() for line in out.splitlines() if line.startswith("  "))
    assert len(words.split()) == 12

    code, out = ben.run("open", stick / "s.rapport", "--words", words.upper())
    assert (code, "is in your sessions" in out) == (0, True)
    with ben.store() as store:
        [record] = store.sessions()
        me = store.ensure_person("Ben")
        store.append_marks(record.id, trainer_marks(me.id, "brow_drawn-7250"))
        store.handover.send_review(record.id, me.id, stick / "r.rapport", PASSPHRASE)

    code, out = ana.run("open", stick / "r.rapport", typed="y\n")
    assert (code, "4 new marks" in out) == (0, True)
    assert "Do these words match" in out

    code, out = ana.run("withdraw")
    number = out.split()[0]
    assert "Ben" in out
    code, out = ana.run("withdraw", number, "--out", stick / "w.rapport")
    assert code == 0
    code, out = ben.run("open", stick / "w.rapport", secret=None)
    assert (code, "deleted here" in out) == (0, True)
    code, out = ben.run("open", stick / "s.rapport")
    assert (code, "took this share back" in out) == (1, True)


def test_words_that_differ_open_nothing(ana: Computer, ben: Computer, stick: Path) -> None:
    ana.run("share", "last", "--to", "Ben", "--out", stick / "s.rapport")
    code, out = ben.run("open", stick / "s.rapport", "--words", "apple river")
    assert (code, "compared the words" in out) == (1, True)
    code, out = ben.run("open", stick / "s.rapport", typed="n\n")
    assert code == 1
    with ben.store() as store:
        assert store.sessions() == []


def test_a_passphrase_comes_from_standard_input_or_the_prompt_and_is_never_an_argument(
    ana: Computer, ben: Computer, stick: Path
) -> None:
    target = stick / "s.rapport"
    code, out = ana.run(
        "share", "last", "--to", "Ben", "--out", target, "--passphrase-stdin", secret=None,
        typed=f"{PASSPHRASE}\n",
    )  # fmt: skip
    assert (code, PASSPHRASE in out) == (0, False)
    code, out = ben.run("open", target, secret=None, typed="some other words\n")
    assert (code, "do not open the file" in out) == (1, True)
    code, out = ana.run("share", "last", "--to", "Ben", "--out", target, "--force")
    assert (code, "handed over" in out) == (1, True), "a share is never replaced by another"
    target = stick / "t.rapport"
    code, out = ana.run("share", "last", "--to", "Ben", "--out", target, secret=None, typed="\n")
    assert code == 0
    offered = out.split("kept nowhere: ")[1].splitlines()[0]
    assert len(offered.split()) == 6
    code, _ = ben.run("open", target, secret=offered, typed="y\n")
    assert code == 0
    code, out = ben.run("open", target, PASSPHRASE)
    assert code == 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("share", "nothing like it", "--to", "Ben", "--out", "x"), "0 sessions"),
        (("share", "last", "--to", "Ben", "--out", "x", "--from", "abc"), "is no time"),
        (("share", "last", "--to", "Ben", "--out", "x", "--person", "Cleo"), "no profile"),
        (("share", "last", "--to", "Ben", "--out", "x", "--from", "9:00"), "holds nothing"),
        (("open", "gone.rapport"), "There is no file gone.rapport"),
        (("withdraw", "123"), "0 shares"),
    ],
)
def test_what_makes_no_sense_is_told(ana: Computer, words: tuple[str, ...], told: str) -> None:
    code, out = ana.run(*words)
    assert (code, told in out) == (1, True), out
