from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from audio.errors import AudioError
from audio.speech import vosk_engine, whisper_engine
from audio.speech.engines import BACKENDS, choose, list_engines, open_engine, unmet
from audio.speech.listener import Listener
from audio.speech.pocketsphinx_engine import (
    ADAPTED,
    CUSTOMER,
    PocketsphinxEngine,
    additions,
    decoder,
    is_model,
    lend_sound,
)
from audio.speech.types import SpeechSetUp, SpokenWord
from audio.speech.utterances import SpeechPiece, as_int16
from audio.types import Word

SAMPLE = Path(__file__).parents[2] / "assets" / "sample" / "speech.ogg"
FROM_S, SPOKEN_S = 5.9, 4.5


def hide(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """As on a machine where these libraries are not installed."""
    real = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name in names else real(name)
    )


def show(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine where every library is installed."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object())


def test_the_embedded_engine_is_there_without_any_model(tmp_path: Path) -> None:
    chosen = choose("auto", tmp_path / "absent")
    assert chosen is not None
    assert chosen.engine == "pocketsphinx"


def test_each_missing_engine_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    hide(monkeypatch, "pocketsphinx", "vosk", "faster_whisper")
    found = list_engines(tmp_path)
    assert [one.id for one in found] == [one.id for one in BACKENDS]
    assert all(not one.found.ok and one.found.what and one.found.remedy for one in found)
    assert choose("auto", tmp_path) is None


@pytest.mark.parametrize("engine", ["vosk", "whisper"])
def test_where_the_chosen_one_is_not_there_the_embedded_one_is_and_it_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, engine: str
) -> None:
    show(monkeypatch)  # the library is there, and no model for it
    chosen = choose(engine, tmp_path)
    assert chosen is not None
    assert chosen.engine == "pocketsphinx"
    (missed,) = chosen.unmet
    assert engine in missed.what
    assert "has no model" in missed.what
    assert "Meanwhile pocketsphinx finds the words." in missed.remedy
    assert chosen.unmet == unmet(engine, tmp_path)
    hide(monkeypatch, "pocketsphinx", "vosk", "faster_whisper")
    assert choose(engine, tmp_path) is None
    (missed,) = unmet(engine, tmp_path)
    assert "not installed" in missed.what
    assert "Meanwhile" not in missed.remedy


def test_what_no_engine_can_read_is_told_and_costs_nothing(tmp_path: Path) -> None:
    wrong = tmp_path / "notes.txt"
    wrong.write_text("hello\n", "utf-8")
    for named, said in ((wrong, "no speech engine can read"), (tmp_path / "gone", "not there")):
        chosen = choose("auto", tmp_path, named)
        assert chosen is not None
        assert (chosen.engine, chosen.model) == ("pocketsphinx", None)
        (missed,) = chosen.unmet
        assert said in missed.what
        assert str(named) in missed.what


def test_our_language_model_is_one_and_what_only_begins_so_is_told(tmp_path: Path) -> None:
    assert is_model(ADAPTED)
    arpa = tmp_path / "own.arpa"
    arpa.write_text("made by hand\n\n\\data\\\nngram 1=3\n", "utf-8")
    assert unmet("auto", tmp_path, arpa) == ()
    with pytest.raises(AudioError, match=r"cannot load the model .*own\.arpa"):
        open_engine(SpeechSetUp("pocketsphinx", arpa))


def test_who_wants_no_engine_gets_none(tmp_path: Path) -> None:
    assert choose("none", tmp_path) is None


def test_an_engine_that_has_gone_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    hide(monkeypatch, "vosk")
    with pytest.raises(AudioError, match="vosk"):
        open_engine(SpeechSetUp("vosk", Path("gone")))


class Recogniser:
    """Vosk's recogniser as its source has it: its clock runs on through every utterance."""

    def __init__(self, model: object, rate_hz: float) -> None:
        self.heard = self.begun = 0
        self.runs = False

    def SetWords(self, on: bool) -> None: ...  # noqa: N802 - vosk's own names

    def SetPartialWords(self, on: bool) -> None: ...  # noqa: N802

    def AcceptWaveform(self, data: bytes) -> int:  # noqa: N802
        self.heard += len(data) // 2
        self.runs = True
        return int(self.heard - self.begun == 16000)

    def Result(self) -> str:  # noqa: N802
        return self._told("result", ("good", 0.1, 0.4))

    def PartialResult(self) -> str:  # noqa: N802
        return self._told("partial_result", ("mor", 1.0, 1.2))

    def FinalResult(self) -> str:  # noqa: N802
        told = self._told("result", ("morning", 1.0, 1.5)) if self.runs else '{"text": ""}'
        self.begun, self.runs = self.heard, False
        return told

    def _told(self, key: str, word: tuple[str, float, float]) -> str:
        text, start, end = word
        at = self.begun / 16000
        one = {"word": text, "start": at + start, "end": at + end, "conf": 0.9}
        return json.dumps({key: [one]})


def vosk() -> vosk_engine.VoskEngine:
    library: Any = SimpleNamespace(
        SetLogLevel=lambda level: None, Model=lambda path: path, KaldiRecognizer=Recogniser
    )
    return vosk_engine.VoskEngine(SpeechSetUp("vosk", Path("m")), library)


def test_vosk_keeps_what_it_ended_itself_and_moves_times_to_the_session() -> None:
    engine = vosk()
    engine.begin(10.0)
    engine.push(np.zeros(16000, np.int16))
    assert [word.text for word in engine.guess()] == ["good", "mor"]
    assert engine.end() == (Word("good", 10.1, 10.4, 0.9), Word("morning", 11.0, 11.5, 0.9))


def test_vosks_clock_runs_on_and_the_sessions_is_told_all_the_same() -> None:
    engine = vosk()
    for t in (10.0, 20.0, 30.0):
        engine.begin(t)
        engine.push(np.zeros(8000, np.int16))
        (word,) = engine.end()
        assert (word.start_s, word.end_s) == pytest.approx((t + 1.0, t + 1.5))


def test_what_vosk_heard_of_a_dropped_utterance_is_not_told_in_the_next() -> None:
    engine = vosk()
    engine.begin(10.0)
    engine.push(np.zeros(8000, np.int16))
    engine.begin(20.0)
    assert engine.end() == ()


class Whisper:
    """faster-whisper's model as its documentation describes it."""

    def __init__(self, path: str, **options: object) -> None:
        assert options["local_files_only"] is True

    def transcribe(self, sound: Any, **options: object) -> tuple[list[Any], object]:  # noqa: ANN401
        assert sound.dtype == np.float32
        assert float(np.abs(sound).max()) <= 1.0
        words = [SimpleNamespace(word=" Good,", start=0.2, end=0.5, probability=0.7)]
        words.append(SimpleNamespace(word=" ...", start=0.5, end=0.6, probability=0.1))
        return [SimpleNamespace(words=words), SimpleNamespace(words=None)], None


def test_whisper_hears_the_whole_utterance_and_writes_as_the_others() -> None:
    library: Any = SimpleNamespace(WhisperModel=Whisper)
    engine = whisper_engine.WhisperEngine(SpeechSetUp("whisper", Path("m")), library)
    engine.begin(3.0)
    assert engine.end() == ()
    engine.push(np.full(1600, 32767, np.int16))
    assert engine.guess() == ()
    assert engine.end() == [Word("good", 3.2, 3.5, 0.7)]


@pytest.fixture(scope="module")
def speech() -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    """A question and a sentence of the sample, 16 kHz."""
    import soxr  # noqa: PLC0415

    from audio.sources import AudioFile  # noqa: PLC0415

    source = AudioFile(SAMPLE)
    whole = np.concatenate([block.samples for block in source])
    part = whole[int(FROM_S * source.rate_hz) : int((FROM_S + SPOKEN_S) * source.rate_hz)]
    return as_int16(np.asarray(soxr.resample(part, source.rate_hz, 16000), np.float32))


@pytest.mark.parametrize("thorough", [False, True])
def test_pocketsphinx_hears_words_at_their_times(
    speech: np.ndarray[tuple[int], np.dtype[np.int16]], thorough: bool
) -> None:
    listener = Listener(open_engine(SpeechSetUp("pocketsphinx", thorough=thorough)))
    pieces = [
        SpeechPiece(100.0 + at / 16000, speech[at : at + 1600], at == 0, at + 1600 >= len(speech))
        for at in range(0, len(speech), 1600)
    ]
    told = [heard for heard in map(listener.take, pieces) if heard is not None]
    listener.close()
    assert [heard.final for heard in told].count(True) == 1
    words = told[-1].words
    # "How was your journey? I have your room ready for you on the fourth floor"
    assert {"journey", "room", "fourth"} <= {word.text for word in words}
    starts = [word.start_s for word in words]
    assert starts == sorted(starts)
    assert all(100.0 <= word.start_s < word.end_s <= 100.1 + SPOKEN_S for word in words)
    assert all(word.confidence is not None and 0 <= word.confidence <= 1 for word in words)
    assert told[-1].until_s == pytest.approx(100.0 + SPOKEN_S, abs=0.01)


def test_pocketsphinx_guesses_once_it_knows_the_channel(
    speech: np.ndarray[tuple[int], np.dtype[np.int16]],
) -> None:
    engine = open_engine(SpeechSetUp("pocketsphinx"))
    part = speech[: 2 * 16000]
    guesses = []
    for _ in range(2):
        engine.begin(0.0)
        for at in range(0, len(part), 1600):
            engine.push(part[at : at + 1600])
        guesses.append(engine.guess())
        assert engine.end()
    assert not guesses[0]
    assert guesses[1]
    assert all(word.confidence is None for word in guesses[1])


OKAFOR = SpokenWord("okafor", ("OW K AE F AO R", "OW K AA F AO R"), name=True)


@pytest.fixture(scope="module")
def taught() -> Any:  # noqa: ANN401
    """The decoder of an engine that was told two words, one of them a name."""
    words = (SpokenWord("lindqvist", ("L IH N D K V IH S T",)), OKAFOR)
    engine: Any = open_engine(SpeechSetUp("pocketsphinx", extra=words))
    return engine._decoder


def test_words_of_a_scenario_are_learnt(taught: Any) -> None:  # noqa: ANN401
    assert taught.lookup_word("lindqvist") == "L IH N D K V IH S T"
    assert taught.get_lm().prob(["lindqvist"]) > -200_000


def test_the_name_of_the_customer_is_likely_where_names_are(taught: Any) -> None:  # noqa: ANN401
    language, logs = taught.get_lm(), taught.get_logmath()
    for title in ("mister", "mrs", "ms"):
        # The library wants the newest word first.
        chance = logs.exp(language.prob([CUSTOMER, title]))
        assert chance > 1000 * logs.exp(language.prob([OKAFOR.text, title]))
    assert taught.lookup_word(f"{CUSTOMER}(2)") == OKAFOR.phones[1]


class Hypothesis:
    """Gives the words that a search found."""

    def __init__(self, *words: str) -> None:
        self._words = words

    def hyp(self) -> str:
        return " ".join(self._words)

    def seg(self) -> list[SimpleNamespace]:
        return [
            SimpleNamespace(word=word, start_frame=10 * at, end_frame=10 * at + 9, prob=0.5)
            for at, word in enumerate(self._words)
        ]


@pytest.fixture(scope="module")
def bare() -> Any:  # noqa: ANN401
    """An engine whose search a test gives."""
    return PocketsphinxEngine.__new__(PocketsphinxEngine)


@pytest.mark.parametrize(
    ("found", "written"),
    [
        (("morning(2)", "mrs(2)", "_customer_(3)"), ["morning", "mrs", "okafor"]),
        (("<s>", "mrs", "<sil>", "_customer_", "</s>"), ["mrs", "okafor"]),
        (("and", "_customer_", "please"), ["and", "please"]),
        (("_customer_",), []),
        (("mrs", "_customer_", "_customer_"), ["mrs", "okafor"]),
    ],
)
def test_the_name_is_written_where_a_title_is_before_it(
    bare: Any,  # noqa: ANN401
    found: tuple[str, ...],
    written: list[str],
) -> None:
    bare._decoder, bare._customer, bare._t = Hypothesis(*found), "okafor", 2.0
    words = bare._words(certain=True)
    assert [word.text for word in words] == written
    assert all(word.confidence == 0.5 and word.end_s > word.start_s >= 2.0 for word in words)


def test_a_name_may_be_said_as_the_dictionary_has_it_and_as_it_is_written() -> None:
    made = decoder(None)
    assert made.lookup_word("lindqvist") is None
    assert lend_sound(made, [SpokenWord("tran", ("T R AA N",), name=True)]) == "tran"
    assert made.lookup_word(CUSTOMER) == made.lookup_word("tran") != "T R AA N"
    assert made.lookup_word(f"{CUSTOMER}(2)") == "T R AA N"


def test_without_a_customer_their_place_has_no_sound() -> None:
    made = decoder(None)
    assert lend_sound(made, [SpokenWord("folio", ("F OW L IY OW",))]) == ""
    assert lend_sound(made, [SpokenWord("xq", (), name=True)]) == ""
    assert made.lookup_word(CUSTOMER) is None


def test_our_additions_are_no_words_of_the_wheels_dictionary() -> None:
    made = decoder(None)
    assert {word.text for word in additions()} == {"enrol", "minibar"}
    assert all(made.lookup_word(word.text) == word.phones[0] for word in additions())
