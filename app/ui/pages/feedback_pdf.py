"""A review on paper: text that can be selected, and no page break through a moment."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLineF, QLocale, QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QTextDocument,
)

from app.ui.pages.feedback_pages import Piece, paginate
from app.ui.pages.feedback_text import (
    SMALL_PT,
    Line,
    document,
    in_parts,
    moment_lines,
    paper_font,
    paragraphs,
)
from app.ui.style import LIGHT
from app.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.coach.review_words import Sheet, SheetMoment

DOTS_A_INCH: Final = 300
MARGIN_MM: Final = 18.0
FOOT_MM: Final = 8.0
PICTURE_MM: Final = 42.0
GAP_MM: Final = 3.0
SECTION_MM: Final = 7.0
ROWS: Final = 12
"""A comment that is higher than a page is cut after so many lines; they are higher than a picture.
"""
LETTER: Final = frozenset(
    ["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"]
)
"""Where office paper is Letter (Unicode CLDR, paperSize); elsewhere it is A4."""


@dataclass(frozen=True, slots=True)
class _Look:
    """How a piece stands on the page, in dots."""

    indent: float
    pad: float
    tinted: bool


@dataclass(frozen=True, slots=True)
class _Block:
    """A piece with what is painted of it."""

    text: QTextDocument
    piece: Piece
    look: _Look
    picture: QImage | None


def paper_of(locale: QLocale) -> QPageSize.PageSizeId:
    """Choose the paper that offices have there."""
    code = QLocale.territoryToCode(locale.territory())
    return QPageSize.PageSizeId.Letter if code in LETTER else QPageSize.PageSizeId.A4


def review_pdf(
    sheet: Sheet,
    pictures: Mapping[str, str],
    paper: QPageSize.PageSizeId,
    family: str = "",
) -> bytes:
    """Write a review as a PDF; holds no widgets, so a worker may do it.

    Parameters
    ----------
    sheet
        The review in words.
    pictures
        Id of a moment -> data URI of its picture.
    paper
        Size of the paper.
    family
        Font; the platform's own without.
    """
    content = QByteArray()
    device = QBuffer(content)
    device.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(device)
    writer.setResolution(DOTS_A_INCH)
    writer.setTitle(f"{sheet.title} – {sheet.heading}")
    writer.setCreator(f"Rapport {VERSION}")
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(paper),
            QPageLayout.Orientation.Portrait,
            margins,
            QPageLayout.Unit.Millimeter,
        )
    )
    painter = QPainter(writer)
    _Paper(painter, writer, sheet, pictures, family).print()
    painter.end()
    device.close()
    return bytes(content.data())


class _Paper:
    """Lays a review out over pages and paints them."""

    def __init__(
        self,
        painter: QPainter,
        writer: QPdfWriter,
        sheet: Sheet,
        pictures: Mapping[str, str],
        family: str,
    ) -> None:
        self._painter = painter
        self._writer = writer
        self._sheet = sheet
        self._pictures = pictures
        self._family = family
        self._mm = DOTS_A_INCH / 25.4
        self._width = float(writer.width())
        self._room = writer.height() - FOOT_MM * self._mm
        self._blocks: list[_Block] = []

    def print(self) -> None:
        """Paint all pages."""
        self._compose()
        pages = paginate([block.piece for block in self._blocks], self._room)
        for number, page in enumerate(pages, 1):
            if number > 1:
                self._writer.newPage()
            for placed in page:
                self._paint(self._blocks[placed.piece], placed.y)
            self._paint_foot(number, len(pages))

    # What there is

    def _compose(self) -> None:
        sheet = self._sheet
        self._add([Line(sheet.heading, SMALL_PT, ink=LIGHT.quiet)], with_next=True)
        self._add([Line(sheet.title, 20, strong=True)], above=1, with_next=True)
        self._add([Line(sheet.byline, SMALL_PT, ink=LIGHT.quiet)], above=1)
        if sheet.strengths:
            self._head(sheet.strengths_heading)
            for number, text in enumerate(sheet.strengths, 1):
                self._add([Line(f"{number}.  {text}", 12)])
        if sheet.step:
            self._head(sheet.step_heading)
            self._add([Line(sheet.step, 12, strong=True)], tinted=True)
        if sheet.moments:
            self._head(sheet.moments_heading)
            for moment in sheet.moments:
                self._add(moment_lines(moment), picture=self._picture(moment), above=4)
        for heading, views in (
            (sheet.same_heading, sheet.same),
            (sheet.differ_heading, sheet.differ),
        ):
            if views:
                self._head(heading)
                for view in views:
                    said = Line(view.said, SMALL_PT, ink=LIGHT.quiet)
                    self._add([Line(view.item), said])
        if sheet.judged:
            self._head(sheet.judged_heading)
            for sentence in sheet.judged:
                self._add([Line(sentence)])

    def _head(self, text: str) -> None:
        self._add([Line(text, 13, strong=True)], above=SECTION_MM, with_next=True)

    def _picture(self, moment: SheetMoment) -> QImage | None:
        packed = self._pictures.get(moment.id, "").partition("base64,")[2]
        image = QImage.fromData(base64.b64decode(packed)) if packed else QImage()
        return None if image.isNull() else image

    def _add(
        self,
        lines: list[Line],
        *,
        above: float = GAP_MM,
        with_next: bool = False,
        picture: QImage | None = None,
        tinted: bool = False,
    ) -> None:
        pad = GAP_MM * self._mm if tinted else 0.0
        indent = (PICTURE_MM + GAP_MM) * self._mm if picture is not None else pad
        look = _Look(indent, pad, tinted=tinted)
        lines = paragraphs(lines)
        text = document(lines, self._width - indent - pad, self._writer, self._family)
        if text.size().height() + 2 * pad + above * self._mm <= self._room:
            self._put(text, look, above * self._mm, picture, with_next=with_next)
            return
        for at, part in enumerate(in_parts(lines, text, ROWS)):
            cut = document(part, self._width - indent - pad, self._writer, self._family)
            self._put(cut, look, 0.0 if at else above * self._mm, None if at else picture)

    def _put(
        self,
        text: QTextDocument,
        look: _Look,
        above: float,
        picture: QImage | None,
        *,
        with_next: bool = False,
    ) -> None:
        height = text.size().height() + 2 * look.pad
        if picture is not None:
            height = max(height, self._picture_height(picture))
        piece = Piece(above + height, above, with_next=with_next)
        self._blocks.append(_Block(text, piece, look, picture))

    def _picture_height(self, picture: QImage) -> float:
        return min(PICTURE_MM, PICTURE_MM * picture.height() / picture.width()) * self._mm

    # How it is painted

    def _paint(self, block: _Block, y: float) -> None:
        painter, look = self._painter, block.look
        if look.tinted:
            height = block.piece.height - block.piece.above
            painter.fillRect(QRectF(0, y, self._width, height), QColor(LIGHT.accent_soft))
            painter.fillRect(QRectF(0, y, 0.8 * self._mm, height), QColor(LIGHT.accent))
        if block.picture is not None:
            self._paint_picture(block.picture, y)
        painter.save()
        painter.translate(look.indent, y + look.pad)
        block.text.drawContents(painter)
        painter.restore()

    def _paint_picture(self, picture: QImage, top: float) -> None:
        """Paint it in its own shape; an upright one keeps its height, not its width."""
        high = self._picture_height(picture)
        wide = high * picture.width() / picture.height()
        self._painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._painter.drawImage(QRectF(0, top, wide, high), picture)

    def _paint_foot(self, number: int, of: int) -> None:
        painter = self._painter
        box = QRectF(0, self._room, self._width, FOOT_MM * self._mm)
        painter.setPen(QPen(QColor(LIGHT.line), 0.2 * self._mm))
        line = box.top() + 2 * self._mm
        painter.drawLine(QLineF(box.left(), line, box.right(), line))
        painter.setFont(paper_font(self._family, 8))
        painter.setPen(QColor(LIGHT.quiet))
        at = Qt.AlignmentFlag
        painter.drawText(box, int(at.AlignLeft | at.AlignBottom), self._sheet.foot)
        page = self._sheet.page.format(n=number, of=of)
        painter.drawText(box, int(at.AlignRight | at.AlignBottom), page)
