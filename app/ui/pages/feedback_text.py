"""A review's texts as they stand on paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QColor, QFont, QTextCursor, QTextDocument, QTextOption

from app.ui.style import LIGHT, Weight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPagedPaintDevice

    from app.coach.review_words import SheetMoment

TEXT_PT: Final = 10.5
SMALL_PT: Final = 9.0


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph in one look."""

    text: str
    """What it says."""
    points: float = TEXT_PT
    """Type size."""
    strong: bool = False
    """Whether it is bold."""
    ink: str = LIGHT.text
    """Colour, "#RRGGBB"."""


def document(
    lines: Sequence[Line], width: float, device: QPagedPaintDevice, family: str
) -> QTextDocument:
    """Lay paragraphs out over a width in the device's dots."""
    text = QTextDocument()
    text.documentLayout().setPaintDevice(device)
    text.setDocumentMargin(0)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    text.setDefaultTextOption(option)
    cursor = QTextCursor(text)
    for at, line in enumerate(lines):
        if at:
            cursor.insertBlock()
        form = cursor.charFormat()
        form.setFont(paper_font(family, line.points, strong=line.strong))
        form.setForeground(QColor(line.ink))
        cursor.setCharFormat(form)
        cursor.insertText(line.text)
    text.setTextWidth(width)
    return text


def paper_font(family: str, points: float, *, strong: bool = False) -> QFont:
    """Make a font whose text can be selected as it was written."""
    font = QFont(family) if family else QFont()
    font.setPointSizeF(points)
    font.setWeight(QFont.Weight(Weight.STRONG if strong else Weight.REGULAR))
    # Another shape of a sign, such as Inter's colon between figures, has no text to select.
    font.setFeature(QFont.Tag("calt"), 0)
    return font


def moment_lines(moment: SheetMoment) -> list[Line]:
    """Say a moment in two or three paragraphs."""
    when = f"{moment.when}  ·  {moment.marker}" if moment.marker else moment.when
    lines = [Line(when, SMALL_PT, strong=True, ink=LIGHT.quiet)]
    if moment.text:
        lines.append(Line(moment.text))
    if moment.own:
        lines.append(Line(moment.own, SMALL_PT, ink=LIGHT.quiet))
    return lines


def in_parts(lines: Sequence[Line], text: QTextDocument, rows: int) -> list[list[Line]]:
    """Cut paragraphs that are higher than a page into parts of so many lines as they were laid out.

    Parameters
    ----------
    lines, text
        The paragraphs, none with a line break in it, and the document that was made of them.
    rows
        Lines a part.
    """
    laid: list[Line] = []
    block = text.begin()
    for line in lines:
        layout = block.layout()
        for at in range(layout.lineCount()):
            row = layout.lineAt(at)
            cut = line.text[row.textStart() : row.textStart() + row.textLength()]
            laid.append(replace(line, text=cut.rstrip()))
        block = block.next()
    return [laid[at : at + rows] for at in range(0, len(laid), rows)]


def paragraphs(lines: Sequence[Line]) -> list[Line]:
    """Make a paragraph of each line that the writer broke."""
    return [replace(line, text=part) for line in lines for part in line.text.splitlines() or [""]]
