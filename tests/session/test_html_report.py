from __future__ import annotations

import base64
import re
from fractions import Fraction
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest
from coach.coach_readings import CATALOGUE, OWN
from films import film, steady

from app.coach.checklist import load_checklists
from app.coach.report import build_report
from app.coach.report_types import Curve, Report
from app.coach.types import CueEvent, Gap, Lane, Mark, MarkKind, Sense
from app.paths import asset
from app.session.html_curves import curves
from app.session.html_report import render_html
from app.session.html_thumbnails import thumbnails
from app.session.html_timeline import lanes, nothing_noted
from app.ui.tokens import DARK, LIGHT, Palette
from vision.opencv import cv2

if TYPE_CHECKING:
    from pathlib import Path

RATE = 25


@pytest.fixture
def made() -> Report:
    times = tuple(n / 10 for n in range(600))
    return build_report(
        duration_s=60.0,
        events=[
            CueEvent("arms_crossed", 10.0, 22.0, 0.93, 0.5),
            CueEvent("pace_fast", 30.0, 35.0, 5.0, 4.2, 3.6),
            CueEvent("smile", 40.0, 42.0, 0.9, 0.5),
        ],
        gaps=[
            Gap(Sense.VISION, None, "no_person", 44.0, 46.0),
            Gap(Sense.VISION, "arms_crossed", "hidden", 50.0, 58.0),
            Gap(Sense.VISION, "facing_away", "no_own_normal", 0.0, 60.0),
            Gap(Sense.VISION, "nod", "switched_off", 0.0, 60.0),
        ],
        curves=[
            Curve(
                "pace_syl_s",
                Sense.VOICE,
                "syllables a second",
                times,
                tuple(None if 20 <= t < 25 else 3.6 for t in times),
            )
        ],
        marks=[],
        catalogue=CATALOGUE,
        switched_off=frozenset({"nod"}),
        baseline=OWN,
    )


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """Ten seconds whose grey tells the second, on a time line that begins at 5 s."""
    path = tmp_path / "clip.mkv"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=RATE, options={"g": "250"})
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        stream.time_base = Fraction(1, 1000)
        for n in range(10 * RATE):
            grey = np.full((48, 64, 3), 20 + 20 * (n // RATE), np.uint8)
            frame = av.VideoFrame.from_ndarray(grey, "bgr24")
            frame.time_base, frame.pts = Fraction(1, 1000), 5000 + n * 1000 // RATE
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def page(made: Report, **more: object) -> str:
    values: dict[str, object] = {"title": "Charged twice", "video": None, "catalogue": CATALOGUE}
    return render_html(made, **(values | more))  # type: ignore[arg-type]


def grey_of(uri: str) -> float:
    data = np.frombuffer(base64.b64decode(uri.partition(",")[2]), np.uint8)
    return float(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE).mean())


class Page(HTMLParser):
    """Collects what a page would load, and checks that tags close."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.loads += [value or "" for name, value in attrs if name in {"src", "href"}]
        if tag not in {"meta", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_it_says_what_was_found(made: Report) -> None:
    html = page(made)
    for said in (
        "<title>Charged twice – Rapport</title>",
        "Two moments",
        "Arms crossed for 12 s.",
        "39 % faster than your usual pace for 5 s.",
        "your normal is 3.6 syllables a second",
        "out of sight",
        "nobody has shown where the customer stands",
        "switched off",
    ):
        assert said in html, said
    assert "Sample" not in html


def test_it_is_labelled_as_a_sample(made: Report) -> None:
    assert page(made, sample=True).count("Sample") >= 2


def test_nothing_is_loaded_from_anywhere_else(made: Report, clip: Path) -> None:
    html = page(made, video=clip)
    parser = Page()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    assert all(one.startswith("data:image/jpeg;base64,") for one in parser.loads)
    assert "<script" not in html
    assert "@import" not in html
    assert not re.findall(r"https?:|url\((?!#hatch\))", html)


def test_titles_are_escaped(made: Report) -> None:
    html = page(made, title="<b>O'Hara & Sons</b>")
    assert "<b>O" not in html
    assert "&lt;b&gt;O&#39;Hara &amp; Sons" in html


def test_a_quiet_session_says_so() -> None:
    empty = Report(12.0, (), (), (), (), (), (), speakers_labelled=True)
    html = page(empty)
    assert "No moment stood out" in html
    assert "Nothing lasted long enough to be named" in html


def test_disagreement_is_shown(made: Report) -> None:
    assert "disagreed" not in page(made)
    data = {"finding": "arms_crossed-10000", "verdict": "disagree"}
    own = Mark(10.0, Lane.SELF, MarkKind.VERDICT, "ana", data)
    assert "You disagreed" in page(made, marks=[own])
    trainer = Mark(10.0, Lane.TRAINER, MarkKind.VERDICT, "tom", data)
    assert "Your trainer disagreed" in page(made, marks=[trainer])


def test_the_checklist_with_its_ceiling(made: Report) -> None:
    ticks = [
        Mark(t, Lane.SELF, MarkKind.TICK, "ana", {"item": "name", "on": "true"}) for t in range(5)
    ]
    complaint = next(one for one in load_checklists() if one.id == "complaint")
    html = page(made, checklist=complaint, marks=ticks)
    assert "5 times; at most 3 is enough" in html
    assert html.count('<li class="open">') == 8


def test_lanes_show_episodes_and_hatch_what_was_not_measured(made: Report) -> None:
    rows = {row.label: str(row.svg) for row in lanes(made, CATALOGUE)}
    assert list(rows) == ["Arms crossed", "Smile", "Faster than usual"]
    arms = rows["Arms crossed"]
    assert 'class="bar" x="16.667%" width="20.000%"' in arms
    assert arms.count('class="gap"') == 2
    assert "Not measured, 0:50 to 0:58: out of sight" in arms


def test_what_was_never_measured_is_not_called_quiet(made: Report) -> None:
    quiet = nothing_noted(made, CATALOGUE)
    assert "brows drawn together" in quiet
    assert "turned away" not in quiet
    assert "nod" not in quiet


def test_a_curve_breaks_where_it_was_not_measured(made: Report) -> None:
    (row,) = curves(made)
    path = re.search(r'class="curve" d="([^"]+)"', str(row.svg))
    assert path is not None
    assert path[1].count("M") == 2
    starts = [float(x) for x in re.findall(r"M([\d.]+) ", path[1])]
    assert starts[1] == pytest.approx(1000 * 25 / 60, abs=2)
    assert 'class="normal"' in str(row.svg)


def test_an_hour_of_curve_is_drawn_in_a_thousand_points() -> None:
    times = tuple(n / 10 for n in range(36000))
    hour = Curve("pitch_st", Sense.VOICE, "semitones", times, tuple(float(t % 7) for t in times))
    made = Report(3600.0, (), (), (hour,), (), (), (), speakers_labelled=True)
    (row,) = curves(made)
    assert len(str(row.svg)) < 30_000


def test_thumbnails_are_of_the_right_moment(clip: Path) -> None:
    pictures = thumbnails(clip, [0.5, 7.5, 3.5])
    assert [grey_of(one or "") for one in pictures] == pytest.approx([20, 160, 80], abs=4)


def test_a_transport_stream_that_is_entered_between_keyframes_gives_its_moments(
    tmp_path: Path,
) -> None:
    ts = film(tmp_path / "a.ts", steady(3.0), options={"preset": "ultrafast", "g": "250"})
    assert None not in thumbnails(ts, [0.5, 2.0])


def test_beyond_the_end_it_is_the_last_picture(clip: Path) -> None:
    (picture,) = thumbnails(clip, [60.0])
    assert picture is None or grey_of(picture) == pytest.approx(200, abs=4)


def test_sound_alone_and_broken_files_give_no_thumbnail(tmp_path: Path, clip: Path) -> None:
    broken, empty = tmp_path / "broken.mkv", tmp_path / "empty.mkv"
    broken.write_bytes(clip.read_bytes()[:300])
    empty.write_bytes(b"")
    for path in (broken, empty, tmp_path / "absent.mkv"):
        assert thumbnails(path, [1.0, 2.0]) == [None, None]


def test_the_cover_of_a_sound_file_is_no_moment(tmp_path: Path) -> None:
    path = tmp_path / "song.m4a"
    with av.open(str(path), "w", format="mp4") as out:
        sound = out.add_stream("aac", rate=48_000, layout="mono")
        cover = out.add_stream("mjpeg", rate=1)
        cover.width, cover.height, cover.pix_fmt = 64, 48, "yuvj420p"
        cover.disposition = av.stream.Disposition.attached_pic
        for n in range(50):
            block = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
            block.sample_rate, block.pts = 48_000, 1024 * n
            out.mux(sound.encode(block))
        picture = av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8), "bgr24")
        out.mux([*cover.encode(picture), *cover.encode(None), *sound.encode(None)])
    assert thumbnails(path, [0.0, 0.5]) == [None, None]


def test_a_page_without_pictures_still_comes(made: Report, tmp_path: Path) -> None:
    html = page(made, video=tmp_path / "absent.mkv")
    assert "<img" not in html
    assert "Arms crossed for 12 s." in html


@pytest.mark.parametrize(("palette", "at"), [(LIGHT, 0), (DARK, 1)], ids=["light", "dark"])
def test_its_colours_are_those_of_the_program(palette: Palette, at: int) -> None:
    css = asset("report", "report.css").read_text("utf-8")
    block = re.findall(r":root \{(.*?)\}", css, flags=re.DOTALL)[at]
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9A-F]{6})", block))
    expected = {
        "surface": palette.surface,
        "card": palette.card,
        "sunken": palette.sunken,
        "line": palette.line,
        "text": palette.text,
        "quiet": palette.quiet,
        "accent": palette.accent,
        "on-accent": palette.on_accent,
        "soft": palette.accent_soft,
        "hatch": palette.hatch,
        **palette.lanes,
    }
    assert colours == expected
