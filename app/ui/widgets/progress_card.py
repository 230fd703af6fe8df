"""How one's own rules stand after some sessions: which are steady, which come, which is next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.ui.style import Space
from app.ui.texts import told
from app.ui.widgets.controls import button, column, label, picture_label, row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.coach.progress import Progress


class NextStepCard(QFrame):
    """The step that a trainer named, in their words, and the way to practise it."""

    practise_wanted = Signal()

    def __init__(self, over: str = "", go: str = "", icon: str = "focus") -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self.words = label("", "lead-strong", wrap=True)
        self.practise = button(go or self.tr("Practise it"), icon="start")
        self.practise.clicked.connect(self.practise_wanted)
        over = over or self.tr("Next for you, from your trainer")
        texts = column(label(over, "quiet"), self.words, space=2)
        content = row(picture_label(icon, "accent"), texts, self.practise, space=Space.SNUG)
        content.setStretch(1, 1)
        content.setContentsMargins(Space.MEDIUM, Space.SNUG, Space.SNUG, Space.SNUG)
        self.setLayout(content)
        self.hide()

    def show_step(self, text: str) -> None:
        """Show a step."""
        self.words.setText(text)
        self.setAccessibleName(text)
        self.show()


class ProgressCard(QFrame):
    """Three lines at most, and nothing before there is a pattern. No numbers, no comparison."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self.lines: list[str] = []
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(Space.MEDIUM, Space.SNUG, Space.MEDIUM, Space.SNUG)
        self._inside.setSpacing(Space.SMALL)
        self.hide()

    def show_progress(
        self, progress: Progress, names: Mapping[str, str], *, next_too: bool = True
    ) -> None:
        """Show where the person stands; hidden where there is no pattern yet.

        What is next is left out where a trainer has said it.
        """
        while (item := self._inside.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.lines = []
        if progress.enough:
            named = {key: _small(told(name)) for key, name in names.items()}
            # What is next is told once, and not again among what is on its way.
            coming = [one for one in progress.coming if one not in progress.next]
            for sign, text, ids in (
                ("focus", self.tr("Next for you: {what}"), progress.next),
                ("retry", self.tr("On its way: {what}"), coming),
                ("good", self.tr("Steady: {what}"), progress.steady),
            ):
                words = ", ".join(named[one] for one in ids if one in named)
                if words and (next_too or sign != "focus"):
                    self._add(sign, text.format(what=words), strong=sign == "focus")
        if self.lines:
            told_from = self.tr(
                "From your last three sessions with each: what was heard, and ticked."
            )
            self._inside.addWidget(label(told_from, "quiet", wrap=True))
        self.setVisible(bool(self.lines))

    def _add(self, sign: str, text: str, *, strong: bool) -> None:
        self.lines.append(text)
        holder = QFrame()
        line = row(
            picture_label(sign, "accent" if strong else "quiet"),
            label(text, "lead-strong" if strong else "text", wrap=True),
            space=Space.SNUG,
        )
        line.setStretch(1, 1)
        holder.setLayout(line)
        self._inside.addWidget(holder)


def _small(name: str) -> str:
    """Let a name go on a sentence: "Use their name" becomes "use their name"."""
    return name[:1].lower() + name[1:] if name[1:2].islower() or name[1:2] == " " else name
