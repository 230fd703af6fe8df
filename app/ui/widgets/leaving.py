"""Asks, in the page, what becomes of changes that are not saved."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from app.ui.style import Space
from app.ui.widgets.controls import button, column, label, row


class LeavingQuestion(QFrame):
    """Save, keep as a draft, throw away, or stay."""

    save_wanted = Signal()
    keep_wanted = Signal()
    drop_wanted = Signal()
    stayed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self.what = label("", "strong", wrap=True)
        about = label(
            self.tr("A draft is kept beside the file, which is used as it was until you save."),
            "quiet",
            wrap=True,
        )
        self.save = button(self.tr("Save and go back"), kind="primary", icon="done")
        self.keep = button(self.tr("Keep as a draft"))
        self.drop = button(self.tr("Throw the changes away"), kind="danger")
        self.stay = button(self.tr("Stay here"), kind="quiet")
        whole = column(
            column(self.what, about, space=Space.HAIR),
            row(self.stay, None, self.drop, self.keep, self.save, space=Space.SNUG),
            space=Space.SNUG,
        )
        whole.setContentsMargins(Space.MEDIUM, Space.SNUG, Space.SNUG, Space.SNUG)
        self.setLayout(whole)
        self.save.clicked.connect(self.save_wanted)
        self.keep.clicked.connect(self.keep_wanted)
        self.drop.clicked.connect(self.drop_wanted)
        self.stay.clicked.connect(self.stayed)
        self.hide()

    def ask(self, title: str) -> None:
        """Ask about a file."""
        self.what.setText(self.tr("“{title}” has changes that are not saved.").format(title=title))
        self.setAccessibleName(self.what.text())
        self.show()
        self.save.setFocus(Qt.FocusReason.OtherFocusReason)
