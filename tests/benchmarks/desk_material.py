"""An hour at the desk, made up: a film by repeating a minute, events, words and curves by dice."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import av
import numpy as np

from app.coach.catalogue import load_catalogue
from app.coach.practice_types import Evidence, Polarity
from app.coach.report_types import Curve, Report
from app.coach.types import CueEvent, Gap, Lane, Mark, MarkKind, Sense
from app.ui.widgets.curves import ALL_CURVES
from app.ui.widgets.timeline_model import TimelineModel, build_model
from audio.types import Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

HOUR_S: Final = 3600.0
RATE_HZ: Final = 25
MINUTE: Final = 60 * RATE_HZ
EPISODES: Final = 1400
MARKS: Final = 400
PRACTICES: Final = 200
WORDS: Final = 5000
TALK: Final = (
    *("I", "am", "so", "sorry", "for", "the", "double", "charge"),
    *("let", "me", "put", "that", "right", "for", "you", "today"),
)
LABELS: Final = (("Strong", "pace"), ("Try this", "loudness"), ("Ask about it", "facing"))


def long_film(
    path: Path, pictures: Sequence[NDArray[np.uint8]], minutes: int, options: dict[str, str]
) -> Path:
    """Encode a minute of these pictures and repeat its packets, each minute with its own times."""
    packets = _minute(pictures, options)
    hum = _hum()
    high, wide = pictures[0].shape[:2]
    with av.open(str(path), "w", format="matroska") as out:
        video: Any = out.add_stream("libx264", rate=RATE_HZ)
        video.width, video.height, video.pix_fmt = wide, high, "yuv420p"
        video.codec_context.extradata = packets[1]
        audio: Any = out.add_stream("flac", rate=16_000, layout="mono")
        for minute in range(minutes):
            for pts, dts, key, content in packets[0]:
                packet = av.Packet(content)
                packet.pts, packet.dts = pts + minute * MINUTE, dts + minute * MINUTE
                packet.time_base, packet.is_keyframe = Fraction(1, RATE_HZ), key
                packet.stream = video
                out.mux(packet)
            for n in range(60):
                frame = av.AudioFrame.from_ndarray(hum, format="s16", layout="mono")
                frame.sample_rate, frame.time_base = 16_000, Fraction(1, 16_000)
                frame.pts = (minute * 60 + n) * 16_000
                out.mux(audio.encode(frame))
        out.mux(audio.encode(None))
    return path


Packets = list[tuple[int, int, bool, bytes]]


def _minute(
    pictures: Sequence[NDArray[np.uint8]], options: dict[str, str]
) -> tuple[Packets, bytes | None]:
    high, wide = pictures[0].shape[:2]
    encoder: Any = av.CodecContext.create("libx264", "w")
    encoder.width, encoder.height, encoder.pix_fmt = wide, high, "yuv420p"
    encoder.time_base, encoder.framerate = Fraction(1, RATE_HZ), Fraction(RATE_HZ)
    encoder.options = options
    found: Packets = []

    def keep(packets: Iterable[Any]) -> None:
        found.extend((p.pts, p.dts, p.is_keyframe, bytes(p)) for p in packets)

    for n in range(MINUTE):
        frame = av.VideoFrame.from_ndarray(pictures[n % len(pictures)], format="bgr24")
        frame.pts, frame.time_base = n, Fraction(1, RATE_HZ)
        keep(encoder.encode(frame))
    keep(encoder.encode(None))
    # The last frames are decoded after the next minute's first: no repeat may begin before that.
    return found, encoder.extradata


def _hum() -> NDArray[np.int16]:
    at = np.arange(16_000)
    return (2000 * np.sin(2 * np.pi * 220 * at / 16_000)).astype(np.int16)[None]


def long_model(seed: int = 6) -> TimelineModel:
    """Make the timeline of an hour with 2,000 events, 5,000 words and every curve."""
    dice = random.Random(seed)
    catalogue = load_catalogue()
    cues = [rule.id for rule in catalogue.rules]
    events = tuple(
        CueEvent(dice.choice(cues), t, t + dice.uniform(0.4, 6.0), 0.9, 0.5)
        for t in sorted(dice.uniform(0, HOUR_S - 10) for _ in range(EPISODES))
    )
    gaps = tuple(
        Gap(Sense.VISION, None, "no_person", t, t + dice.uniform(2, 15))
        for t in sorted(dice.uniform(0, HOUR_S - 20) for _ in range(40))
    )
    report = Report(
        HOUR_S, events, gaps, tuple(map(_curve, ALL_CURVES)), (), (), (), speakers_labelled=True
    )
    return build_model(
        report,
        _marks(dice),
        catalogue.rules,
        practices=_practices(dice),
        words=_words(dice),
        curves=ALL_CURVES,
    )


def _marks(dice: random.Random) -> list[Mark]:
    found = []
    for n in range(MARKS):
        t = dice.uniform(0, HOUR_S - 20)
        lane = Lane.TRAINER if n % 2 else Lane.SELF
        label, colour = dice.choice(LABELS)
        data = {"set": "usual", "marker": label.lower(), "label": label, "colour": colour}
        if n % 5 == 0:
            data["until"] = str(t + dice.uniform(2, 12))
        found.append(Mark(t, lane, MarkKind.MARKER, lane.value, data, id=f"m{n}"))
    for n in range(120):
        data = {"speaker": "customer" if n % 2 == 0 else "staff"}
        found.append(Mark(n * 30.0, Lane.MACHINE, MarkKind.SPEAKER, "rapport", data, id=f"s{n}"))
    return found


def _practices(dice: random.Random) -> list[Evidence]:
    return [
        Evidence(f"P{n % 32 + 1:02d}", n, "so sorry", 0.8, Polarity.DONE, t, t + 1.0)
        for n, t in enumerate(sorted(dice.uniform(0, HOUR_S) for _ in range(PRACTICES)))
    ]


def _words(dice: random.Random) -> list[Word]:
    found, t = [], 0.0
    step = HOUR_S / WORDS
    for n in range(WORDS):
        t = n * step + dice.uniform(0, 0.2)
        found.append(Word(TALK[n % len(TALK)], t, t + 0.25, 0.9))
    return found


def _curve(name: str) -> Curve:
    numbers = np.random.default_rng(len(name))
    count = int(HOUR_S * 10)
    walk = np.cumsum(numbers.normal(0, 0.3, count))
    middle = 4.5 if name == "pace_syl_s" else 0.5 if name == "brow" else 0.0
    size = 0.45 if name == "brow" else 2.0
    values = middle + size * np.sin(walk)
    silent = numbers.random(count) < 0.02
    told = tuple(None if gone else float(v) for v, gone in zip(values, silent, strict=True))
    return Curve(name, Sense.VOICE, "", tuple(n / 10 for n in range(count)), told)
