"""A report as a file of one's own: a page for the browser, or data."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.coach.report_json import report_to_dict
from app.errors import AppError
from app.session.background import Background
from app.session.html_report import render_html
from app.ui.asking import ask_where
from app.ui.waiting import Waiter

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QPushButton, QWidget

    from app.coach.catalogue import Catalogue
    from app.coach.practice_report import PracticeReport
    from app.coach.report_types import Checklist, Report
    from app.coach.types import Mark
    from app.ui.services import Runner
    from app.ui.widgets.notice import Notice

    ChooseFile = Callable[[QWidget, str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Export:
    """Everything that is written, gathered before another thread writes it."""

    report: Report
    """What to write."""
    marks: tuple[Mark, ...]
    """What people said; the verdicts among them go along."""
    catalogue: Catalogue
    """Whose words the findings speak."""
    title: str
    """The session's title."""
    sample: bool
    """Whether it is the sample, which is labelled as one."""
    video: Path | None
    """The recording, for pictures of the moments; None without one."""
    versions: dict[str, object]
    """Versions that measured it."""
    checklist: Checklist | None = None
    """What was ticked; None without a checklist."""
    practice: PracticeReport | None = None
    """What was found in the words; None where nothing was looked for."""

    def write(self, path: Path) -> Path:
        """Write the file; what its name ends in says which kind.

        Raises
        ------
        AppError
            Where the folder cannot be written to.
        """
        text = self._json() if path.suffix.lower() == ".json" else self._html()
        try:
            path.write_text(text, "utf-8")
        except OSError as error:
            raise AppError(
                f"The report could not be saved as {path.name}: {error.strerror or error}.",
                "Choose another folder.",
            ) from error
        return path

    def _json(self) -> str:
        data = report_to_dict(
            self.report,
            title=self.title,
            versions=self.versions,
            catalogue=self.catalogue,
            marks=self.marks,
            sample=self.sample,
            practice=self.practice,
        )
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"

    def _html(self) -> str:
        return render_html(
            self.report,
            title=self.title,
            video=self.video,
            catalogue=self.catalogue,
            sample=self.sample,
            checklist=self.checklist,
            marks=self.marks,
            practice=self.practice,
        )


class Written(Protocol):
    """What can be written as a file: a report, or a review of it."""

    @property
    def title(self) -> str:
        """What the file is called."""

    def write(self, path: Path) -> Path:
        """Write the file; what its name ends in says which kind."""


class Exporter(QObject):
    """Asks where to, and writes beside the screen."""

    began = Signal()
    saved = Signal(str)
    failed = Signal(object)

    def __init__(
        self, owner: QWidget, choose: ChooseFile | None = None, background: Runner | None = None
    ) -> None:
        super().__init__(owner)
        self._owner = owner
        self._choose = choose or ask_for_file
        self._background = background
        self._own: Background | None = None
        self._waiter: Waiter[Path] | None = None

    @property
    def busy(self) -> bool:
        """Whether a report is being written."""
        return self._waiter is not None

    def run(self, export: Written) -> None:
        """Ask for a file and begin to write it; nothing happens where none is chosen."""
        if self.busy:
            return
        chosen, kind = self._choose(self._owner, file_stem(export.title))
        if not chosen:
            return
        path = with_suffix(Path(chosen), kind)
        if self._background is None:
            self._own = Background(1)
        runner: Runner = self._own or cast("Runner", self._background)
        self.began.emit()
        self._waiter = Waiter(
            runner.run(lambda: export.write(path)), self._on_saved, self._on_failed, self
        )

    def tell(self, press: QPushButton, notice: Notice) -> None:
        """Say in a notice how it goes; meanwhile the button cannot be pressed."""
        tr = QCoreApplication.translate
        saved = tr("ReportPage", "Saved as {path}.")
        for ended in (self.saved, self.failed):
            ended.connect(lambda _: press.setEnabled(True))
        self.began.connect(lambda: press.setEnabled(False))
        self.began.connect(lambda: notice.confirm(tr("ReportPage", "Saving the report…")))
        self.saved.connect(lambda path: notice.confirm(saved.format(path=path)))
        self.failed.connect(notice.tell_error)

    def _on_saved(self, path: Path) -> None:
        self._end()
        self.saved.emit(str(path))

    def _on_failed(self, error: AppError) -> None:
        self._end()
        self.failed.emit(error)

    def _end(self) -> None:
        self._waiter = None
        if self._own is not None:  # its one job is done, so joining does not wait
            self._own.close()
            self._own = None


def ask_for_file(owner: QWidget, stem: str) -> tuple[str, str]:
    """Ask for a file name; ("", "") where the person changed their mind."""
    tr = QCoreApplication.translate
    page = tr("ReportPage", "Page for the browser (*.html)")
    data = tr("ReportPage", "Data (*.json)")
    return ask_where(owner, tr("ReportPage", "Export report"), f"{stem}.html", page, data)


def file_stem(title: str) -> str:
    """Make a file name of a title: letters, digits and spaces stay, the rest goes."""
    kept = "".join(c if c.isalnum() or c in " -_" else " " for c in title)
    return " ".join(kept.split())[:80] or "Rapport"


def with_suffix(path: Path, chosen_filter: str) -> Path:
    """Add the ending that the chosen kind has, where the person typed none."""
    kinds = (".json", ".pdf", ".html")
    if path.suffix.lower() in {*kinds, ".htm"}:
        return path
    return path.with_name(
        path.name + next((kind for kind in kinds if kind in chosen_filter), ".html")
    )
