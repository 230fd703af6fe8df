"""A review as a file of one's own: a page for the browser, or paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from app.errors import AppError
from app.session.review_html import render_review, review_pictures
from app.ui.asking import ask_where
from app.ui.pages.feedback_pdf import paper_of, review_pdf
from app.ui.style import interface_font

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QPageSize
    from PySide6.QtWidgets import QWidget

    from app.coach.review_words import Sheet


@dataclass(frozen=True, slots=True)
class ReviewExport:
    """Everything that is written, gathered before another thread writes it."""

    sheet: Sheet
    """The review in words."""
    video: Path | None
    """The recording, for pictures of the moments; None where no picture was kept."""
    paper: QPageSize.PageSizeId
    """What a page is printed on."""
    family: str
    """Font of the paper."""
    lang: str
    """Language of the texts, after BCP 47."""

    @property
    def title(self) -> str:
        """What the file is called."""
        return f"{self.sheet.title} - {self.sheet.heading}"

    def write(self, path: Path) -> Path:
        """Write the file; what its name ends in says which kind.

        Raises
        ------
        AppError
            Where the folder cannot be written to.
        """
        pictures = review_pictures(self.sheet, self.video)
        if path.suffix.lower() == ".pdf":
            content = review_pdf(self.sheet, pictures, self.paper, self.family)
        else:
            content = render_review(self.sheet, pictures, lang=self.lang).encode("utf-8")
        try:
            path.write_bytes(content)
        except OSError as error:
            raise AppError(
                f"The review could not be saved as {path.name}: {error.strerror or error}.",
                "Choose another folder.",
            ) from error
        return path


def review_export(sheet: Sheet, video: Path | None, locale: QLocale | None = None) -> ReviewExport:
    """Gather an export for this place: its paper, the texts' language."""
    locale = locale or QLocale()
    return ReviewExport(
        sheet=sheet,
        video=video,
        paper=paper_of(locale),
        family=interface_font().family(),
        # The texts' language, which is not the place's where nobody translated them.
        lang=QCoreApplication.translate("Feedback", "en", "language tag of this translation"),
    )


def ask_for_review_file(owner: QWidget, stem: str) -> tuple[str, str]:
    """Ask for a file name; ("", "") where the person changed their mind."""
    tr = QCoreApplication.translate
    paper = tr("Feedback", "Paper (*.pdf)")
    page = tr("Feedback", "Page for the browser (*.html)")
    return ask_where(owner, tr("Feedback", "Export the review"), f"{stem}.pdf", paper, page)
