"""Models on the disk: whole, in part, packed twice, and under names of every kind."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audio.speech import vosk_engine, whisper_engine
from audio.speech.engines import choose, list_engines, unmet
from audio.speech.pocketsphinx_engine import ADAPTED

if TYPE_CHECKING:
    from collections.abc import Iterable


def put_model(folder: Path, parts: Iterable[str]) -> None:
    for part in parts:
        (folder / part).parent.mkdir(parents=True, exist_ok=True)
        (folder / part).write_bytes(b"numbers")


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A model folder with one model of each optional engine."""
    put_model(tmp_path / "vosk-small", vosk_engine.LAYOUTS[1])
    put_model(tmp_path / "base.en", whisper_engine.LAYOUTS[0])
    (tmp_path / "readme.txt").touch()
    return tmp_path


def show(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine where every library is installed."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object())


def test_models_in_the_folder_are_found_and_the_best_is_taken(
    monkeypatch: pytest.MonkeyPatch, models: Path
) -> None:
    show(monkeypatch)
    live, after = choose("auto", models), choose("auto", models, after=True)
    assert live is not None
    assert (live.engine, live.model) == ("vosk", models / "vosk-small")
    assert after is not None
    assert (after.engine, after.model) == ("whisper", models / "base.en")
    assert not live.thorough
    assert after.thorough


def test_a_named_model_comes_first(
    monkeypatch: pytest.MonkeyPatch, models: Path, tmp_path: Path
) -> None:
    show(monkeypatch)
    named = tmp_path / "mine"
    put_model(named, vosk_engine.LAYOUTS[0])
    chosen = choose("vosk", models, named)
    assert chosen is not None
    assert chosen.model == named


def test_a_model_without_its_tokenizer_is_none(models: Path) -> None:
    assert whisper_engine.is_model(models / "base.en")
    (models / "base.en" / "tokenizer.json").unlink()
    assert not whisper_engine.is_model(models / "base.en")


def test_a_model_of_an_engine_that_is_not_used_is_told(
    monkeypatch: pytest.MonkeyPatch, models: Path
) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "vosk" else real(name)
    )
    for choice, said in (("auto", "not installed"), ("pocketsphinx", "another engine")):
        (missed,) = unmet(choice, models, models / "vosk-small")
        assert said in missed.what
    assert unmet("none", models, models / "gone") == ()
    assert unmet("auto", models) == ()


@pytest.mark.parametrize(
    ("engine", "folder", "part"),
    [("vosk", "vosk-small", "graph/Gr.fst"), ("whisper", "base.en", "model.bin")],
)
def test_a_model_copied_in_part_says_what_it_lacks(
    monkeypatch: pytest.MonkeyPatch, models: Path, engine: str, folder: str, part: str
) -> None:
    show(monkeypatch)
    (models / folder / part).write_bytes(b"")  # the disk was full
    info = next(one for one in list_engines(models) if one.id == engine)
    assert not info.found.ok
    assert folder in info.found.what
    assert part in info.found.what
    assert "once more" in info.found.remedy
    chosen = choose(engine, models, models / folder)
    assert chosen is not None
    assert chosen.engine == "pocketsphinx"
    assert any("a part only" in one.what for one in chosen.unmet)


@pytest.mark.parametrize("graph", [("HCLG.fst",), ("HCLr.fst", "Gr.fst")])
@pytest.mark.parametrize("folders", [True, False])
def test_vosk_models_of_either_size_are_whole_with_folders_and_without(
    tmp_path: Path, graph: tuple[str, ...], folders: bool
) -> None:
    parts = ["final.mdl", *graph]
    if folders:
        parts = ["am/final.mdl", *(f"graph/{one}" for one in graph)]
    put_model(tmp_path, parts)
    assert vosk_engine.is_model(tmp_path)
    (tmp_path / parts[-1]).unlink()
    assert not vosk_engine.is_model(tmp_path)


@pytest.mark.parametrize("name", ["my model", "Modèle n° 1 – große Straße", "模型"])
def test_a_model_may_be_called_anything_and_lie_in_a_folder_of_its_own_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    show(monkeypatch)
    put_model(tmp_path / name / name, vosk_engine.LAYOUTS[1])  # as some programs unpack
    for models, named in ((tmp_path, None), (tmp_path / "none", tmp_path / name)):
        chosen = choose("vosk", models, named)
        assert chosen is not None
        assert (chosen.engine, chosen.model) == ("vosk", tmp_path / name / name)
        assert chosen.unmet == ()
    ours = shutil.copy(ADAPTED, tmp_path / f"{name}.lm.bin")
    chosen = choose("pocketsphinx", tmp_path / "none", Path(ours))
    assert chosen is not None
    assert (chosen.model, chosen.unmet) == (Path(ours), ())
