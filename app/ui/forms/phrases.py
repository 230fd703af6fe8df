"""The phrases that find a practice, one a line, and a line to try them with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from app.coach.plain_phrases import as_phrase, finer, phrases_of, with_plain_phrases
from app.coach.practice_types import Polarity, Speaking, Turn
from app.coach.practices import practice_of
from app.ui.forms.fields import Field
from app.ui.forms.growing import GrowingText
from app.ui.style import Space, current_palette
from app.ui.widgets.controls import card, column, label, picture_label, row

if TYPE_CHECKING:
    from app.coach.practice_types import Evidence
    from app.ui.forms.model import FormModel

PATTERNS: Final = ("pattern",)
TRY_MS: Final = 200
"""How long after the last key a sentence is looked through."""


class PhrasesField(Field):
    """Plain phrases of one polarity, one a line."""

    deep = True

    def __init__(self, model: FormModel, title: str, why: str, polarity: str) -> None:
        super().__init__(model, title, why)
        self._polarity = polarity
        self._asked: list[str] | None = None
        self.control = GrowingText(least=4, most=14)
        self.name(self.control)
        self.setFocusProxy(self.control)
        self.lay_out(self.control)
        self.control.textChanged.connect(self._on_typed)
        self.bind(PATTERNS)

    def _on_typed(self) -> None:
        phrases = [as_phrase(one) for one in self.control.toPlainText().splitlines()]
        self._asked = [one for one in phrases if one]
        tables = with_plain_phrases(self.model.draft.data, self._polarity, self._asked)
        self.write(tables or None)

    def show_value(self, value: object) -> None:
        """See Field; what is being typed stays as it was typed."""
        del value
        phrases = phrases_of(self.model.draft.data, self._polarity)
        if self._asked is None or set(phrases) != set(self._asked):
            self.control.show_text("\n".join(phrases))
            self._asked = phrases

    def judge(self) -> None:
        """See Field; mistakes of the finer patterns are told once, by the note on them."""
        self.said.hide()


class TryOut(QWidget):
    """A sentence, and at once whether it is found and in which words."""

    def __init__(self, model: FormModel) -> None:
        super().__init__()
        self._model = model
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TRY_MS)
        self._timer.timeout.connect(self.look)
        self.text = GrowingText(least=2, most=5)
        self.text.setPlaceholderText(self.tr("Type what somebody might say at the desk."))
        self.text.setAccessibleName(self.tr("A sentence to try"))
        self._sign = picture_label("search", "quiet")
        self.answer = label("", "lead", wrap=True)
        frame = card("sunken")
        said = row(self._sign, self.answer, space=Space.SMALL)
        said.setStretch(1, 1)
        said.setAlignment(self._sign, Qt.AlignmentFlag.AlignTop)
        inside = column(
            label(self.tr("Try a sentence"), "strong"), self.text, said, space=Space.SMALL
        )
        inside.setContentsMargins(Space.MEDIUM, Space.SNUG, Space.MEDIUM, Space.SNUG)
        frame.setLayout(inside)
        self.setLayout(column(frame))
        self.text.textChanged.connect(self._timer.start)
        model.changed.connect(self._timer.start)
        self.look()

    def look(self) -> None:
        """Look through the sentence now."""
        self._timer.stop()
        text = self.text.toPlainText()
        if self._model.draft.faults:
            self._say("notice", self.tr("Mend what is marked first; then a sentence can be tried."))
            self._mark(())
        elif not text.strip():
            self._say("search", self.tr("Here stands at once whether it is found."))
            self._mark(())
        else:
            self._tell(text)

    def _tell(self, text: str) -> None:
        from app.coach.finder import Finder  # noqa: PLC0415 - a second of Python, when tried

        finder = Finder([practice_of(self._model.draft.data)])
        found = finder.find((Turn(Speaking.STAFF, text),))
        self._mark(found)
        if not found:
            self._say("hears_not", self.tr("Not found in this sentence."))
            return
        done = [one.words for one in found if one.polarity is Polarity.DONE]
        wrong = [one.words for one in found if one.polarity is Polarity.WRONG]
        parts = []
        if done:
            parts.append(self.tr("Found: {words}").format(words=_quoted(done)))
        if wrong:
            parts.append(self.tr("Found as the opposite: {words}").format(words=_quoted(wrong)))
        self._say("good" if done else "notice", "\n".join(parts))

    def _say(self, sign: str, words: str) -> None:
        self._sign.show_icon(sign, "accent" if sign == "good" else "quiet")
        self.answer.setText(words)
        self.text.setAccessibleDescription(words)

    def _mark(self, found: tuple[Evidence, ...]) -> None:
        """Lay colour under the words that were found."""
        palette, marks = current_palette(), []
        for one in found:
            at = self.text.toPlainText().find(one.words)
            if at < 0:
                continue
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.text.document())
            cursor.setPosition(at)
            cursor.setPosition(at + len(one.words), QTextCursor.MoveMode.KeepAnchor)
            form = QTextCharFormat()
            done = one.polarity is Polarity.DONE
            form.setBackground(QColor(palette.accent_soft if done else palette.notice))
            form.setForeground(QColor(palette.text if done else palette.on_notice))
            mark.cursor, mark.format = cursor, form
            marks.append(mark)
        self.text.setExtraSelections(marks)


def _quoted(texts: list[str]) -> str:
    return ", ".join(f"“{one}”" for one in dict.fromkeys(texts))


class FinerNote(Field):
    """How many finer patterns there are, and what is wrong in them."""

    deep = True

    def __init__(self, model: FormModel) -> None:
        super().__init__(model, "")
        self.title.hide()
        self.words = label("", "quiet", wrap=True)
        self.lay_out(self.words)
        model.changed.connect(self.read)
        self.bind(PATTERNS)

    def show_value(self, value: object) -> None:
        """See Field."""
        del value
        count = finer(self.model.draft.data)
        text = self.tr(
            "Beside them there are {n} finer patterns with signs of their own. They stay as they "
            "are; “Edit as text” shows them."
        )
        self.words.setText(text.format(n=count))
        self.words.setVisible(count > 0)
