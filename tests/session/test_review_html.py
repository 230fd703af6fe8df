"""The review as one page for the browser."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from app.coach.review import review_of
from app.coach.review_words import Sheet, review_sheet
from app.coach.types import Lane, Mark, MarkKind
from app.session.review_html import render_review, review_pictures

EVIL = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
PICTURE = "data:image/jpeg;base64,AAAA"


class Reader(HTMLParser):
    """Collects tags, what they point to, and the text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self._style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._style = tag == "style"
        self.links += [value or "" for name, value in attrs if name in ("src", "href", "action")]

    def handle_data(self, data: str) -> None:
        if not self._style:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "style":
            self._style = False


def sheet_of(text: str = "Here.", colour: str = "pace") -> Sheet:
    def said(kind: MarkKind, t: float = 0.0, **data: str) -> Mark:
        return Mark(t, Lane.TRAINER, kind, "marta", data, id=f"m{t}")

    marks = [
        said(MarkKind.REVIEW, part="strength", text=text),
        said(MarkKind.REVIEW, 0.1, part="next_step", text=text),
        said(MarkKind.NOTE, 5.0, text=text),
        said(MarkKind.MARKER, 9.0, label=text, colour=colour),
    ]
    review = review_of(marks, None, {"marta": text})
    assert review is not None
    return review_sheet(review, title=text, about="Today", cues={}, checklist=None)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


def test_the_page_needs_nothing_from_anywhere_else() -> None:
    page = render_review(sheet_of(), {"m5.0": PICTURE})
    reader = read(page)
    assert reader.links == [PICTURE]
    assert not {"script", "link", "iframe", "object", "video", "audio"} & set(reader.tags)
    assert re.findall(r"(?:https?:|//|url\((?!#)|@import)", page) == []
    assert "default-src 'none'" in page


def test_what_a_trainer_wrote_is_text_and_never_code() -> None:
    reader = read(render_review(sheet_of(EVIL), {}))
    assert "script" not in reader.tags
    assert "img" not in reader.tags
    assert reader.text.count("alert(1)") >= 5


@pytest.mark.parametrize("colour", ["red;} body{display:none", "url(http://x)", "</b>x", "Redd"])
def test_a_colour_that_is_none_does_not_reach_the_page(colour: str) -> None:
    page = render_review(sheet_of(colour=colour), {})
    assert colour not in page


def test_a_markers_colour_is_a_lane_or_its_own() -> None:
    assert 'class="marker lane-pace"' in render_review(sheet_of(), {})
    assert 'style="--ink: #0072B2"' in render_review(sheet_of(colour="#0072B2"), {})


def test_a_session_without_pictures_gives_a_page_without_pictures() -> None:
    sheet = sheet_of()
    assert review_pictures(sheet, None) == {}
    assert "img" not in read(render_review(sheet, {})).tags


def test_everything_that_was_said_is_on_the_page() -> None:
    sheet = sheet_of("Both hands on the counter.")
    text = read(render_review(sheet, {})).text
    wanted = (sheet.title, sheet.heading, *sheet.strengths, sheet.step, sheet.foot, "0:05", "0:09")
    assert [one for one in wanted if one not in text] == []
