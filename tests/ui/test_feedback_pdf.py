"""A review on paper, read back as anybody's reader would."""

from __future__ import annotations

import base64
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLocale
from PySide6.QtGui import QPageSize
from PySide6.QtPdf import QPdfDocument

from app.coach.review_types import BothViews, Judged, Moment, NextStep, Review
from app.coach.review_words import Sheet, review_sheet
from app.ui.pages.feedback_pages import Piece, paginate
from app.ui.pages.feedback_pdf import paper_of, review_pdf
from app.ui.style import interface_font
from vision.opencv import cv2

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

A4, LETTER = QPageSize.PageSizeId.A4, QPageSize.PageSizeId.Letter


def sheet_of(moments: int = 3, words: str = "The arms go up here.") -> Sheet:
    review = Review(
        "marta",
        "Marta Kowalska",
        None,
        ("You let her finish.", "Sorry for the double charge.", "Who calls whom by six."),
        NextStep("Keep both hands on the counter.", "arms_crossed"),
        tuple(
            Moment(f"m{n}", 10.0 * n, None, f"Start {n}. {words} End {n}.", "", "", "", own=False)
            for n in range(1, moments + 1)
        ),
        (BothViews("sorry", "yes", "partly"),),
        (Judged("arms_crossed", 12.0, 20.0, "disagree", "", None, None, ""),),
    )
    cues = {"arms_crossed": "arms crossed"}
    return review_sheet(review, title="Charged twice", about="Today", cues=cues, checklist=None)


def picture(width: int = 320, height: int = 180) -> str:
    packed = cv2.imencode(".jpg", np.full((height, width, 3), 128, np.uint8))[1]
    return "data:image/jpeg;base64," + base64.b64encode(packed.tobytes()).decode("ascii")


class Pdf:
    """A document read back."""

    def __init__(self, content: bytes) -> None:
        self.document = QPdfDocument()
        self._data = QByteArray(content)
        self._device = QBuffer(self._data)
        self._device.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._device)

    @property
    def pages(self) -> list[str]:
        found = [self.document.getAllText(at).text() for at in range(self.document.pageCount())]
        return [" ".join(text.split()) for text in found]


@pytest.fixture
def read(dressed: QApplication) -> type[Pdf]:
    """The reader, where there are fonts."""
    return Pdf


def test_its_text_can_be_selected_as_it_was_written(read: type[Pdf]) -> None:
    sheet = sheet_of()
    pdf = read(review_pdf(sheet, {}, A4, interface_font().family()))
    text = " ".join(pdf.pages)
    wanted = (
        sheet.heading, sheet.title, *sheet.strengths, sheet.step, "0:10", "0:30",
        "Start 2. The arms go up here. End 2.",
        "Arms crossed, 0:12 to 0:20: Marta Kowalska says that this was not so.",
        "Page 1 of 1", sheet.foot,
    )  # fmt: skip
    assert [one for one in wanted if one not in text] == []


@pytest.mark.parametrize(("paper", "points"), [(A4, (595, 842)), (LETTER, (612, 792))])
def test_paper_has_the_size_of_the_place(
    read: type[Pdf], paper: QPageSize.PageSizeId, points: tuple[int, int]
) -> None:
    size = read(review_pdf(sheet_of(), {}, paper)).document.pagePointSize(0)
    assert (round(size.width()), round(size.height())) == points


@pytest.mark.parametrize(
    ("place", "paper"), [("en_US", LETTER), ("es_MX", LETTER), ("de_DE", A4), ("en_GB", A4)]
)
def test_offices_have_the_paper_that_they_have(place: str, paper: QPageSize.PageSizeId) -> None:
    assert paper_of(QLocale(place)) == paper


@pytest.mark.parametrize("with_pictures", [False, True])
def test_no_page_ends_within_a_moment(read: type[Pdf], with_pictures: bool) -> None:
    sheet = sheet_of(14, "The arms go up here, and stay there. " * 6)
    pictures = {f"m{n}": picture() for n in range(1, 15)} if with_pictures else {}
    pages = read(review_pdf(sheet, pictures, A4)).pages
    assert len(pages) > 1
    for number in range(1, 15):
        begins = [at for at, text in enumerate(pages) if f"Start {number}." in text]
        ends = [at for at, text in enumerate(pages) if f"End {number}." in text]
        assert begins == ends
        assert len(begins) == 1


def test_a_comment_longer_than_a_page_is_complete(read: type[Pdf]) -> None:
    words = " ".join(f"word{n}" for n in range(1600))
    pages = read(review_pdf(sheet_of(1, words), {}, LETTER)).pages
    text = " ".join(pages)
    assert len(pages) > 2
    assert [n for n in range(1600) if text.count(f"word{n} ") != 1] == []


def test_an_upright_picture_is_in_its_own_shape_and_a_broken_one_left_out(
    read: type[Pdf],
) -> None:
    broken = "data:image/jpeg;base64," + base64.b64encode(b"no picture").decode("ascii")
    without = review_pdf(sheet_of(), {"m1": broken}, A4)
    with_one = review_pdf(sheet_of(), {"m1": picture(90, 160)}, A4)
    assert len(with_one) > len(without) + 500
    assert read(with_one).pages == read(without).pages


def test_a_worker_may_write_it(read: type[Pdf]) -> None:
    family = interface_font().family()
    with ThreadPoolExecutor(1) as pool:
        content = pool.submit(review_pdf, sheet_of(), {"m1": picture()}, A4, family).result()
    assert "Review from Marta Kowalska" in read(content).pages[0]


heights = st.floats(1.0, 90.0)


@given(st.lists(st.tuples(heights, st.booleans()), min_size=1, max_size=40))
def test_what_fits_on_a_page_is_never_cut(pieces: list[tuple[float, bool]]) -> None:
    made = [Piece(height, min(1.0, height / 2), with_next=head) for height, head in pieces]
    pages = paginate(made, 100.0)
    placed = [one for page in pages for one in page]
    assert [one.piece for one in placed] == list(range(len(made)))
    for page in pages:
        ends = [one.y + made[one.piece].height - made[one.piece].above for one in page]
        assert ends[-1] <= 100.0 + 1e-6
        assert all(end <= other.y + 1e-6 for end, other in zip(ends, page[1:], strict=False))


def test_a_heading_goes_with_what_it_is_about() -> None:
    pieces = [Piece(80.0), Piece(10.0, with_next=True), Piece(30.0)]
    pages = paginate(pieces, 100.0)
    assert [[one.piece for one in page] for page in pages] == [[0], [1, 2]]
