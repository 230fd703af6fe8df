"""What stood out about order and length, and who talked how much: plain sentences to play."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.coach.practice_words import order_sentence, talk_sentences
from app.ui.style import Space
from app.ui.texts import clock_text, told
from app.ui.widgets.controls import button, column, label, row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.coach.order import OrderNote
    from app.coach.talk_facts import TalkFacts

CONTEXT: Final = "TalkCards"


class PlayLines(QFrame):
    """A card of sentences; those with a moment have a button that plays it."""

    play_wanted = Signal(float)

    def __init__(
        self, title: str, lines: Iterable[tuple[str, float | None]], foot: str = ""
    ) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self.sentences: list[str] = []
        inside = QVBoxLayout()
        inside.setSpacing(Space.SMALL)
        for sentence, start_s in lines:
            inside.addLayout(self._line(sentence, start_s))
        content = column(label(title, "section"), inside, space=Space.SMALL)
        if foot:
            content.addWidget(label(foot, "quiet", wrap=True))
        content.setContentsMargins(Space.MEDIUM, Space.MEDIUM, Space.MEDIUM, Space.MEDIUM)
        self.setLayout(content)

    def _line(self, sentence: str, start_s: float | None) -> QVBoxLayout:
        self.sentences.append(sentence)
        said = row(label(sentence, wrap=True), space=Space.SMALL)
        said.setStretch(0, 1)
        if start_s is not None:
            tr = QCoreApplication.translate
            press = button(clock_text(start_s), kind="quiet", icon="play")
            named = tr(CONTEXT, "Play {time}: {sentence}")
            press.setAccessibleName(named.format(time=clock_text(start_s), sentence=sentence))
            press.setToolTip(tr(CONTEXT, "Play this moment"))
            press.clicked.connect(lambda: self.play_wanted.emit(start_s))
            said.addWidget(press)
        return column(said)


def order_card(notes: Sequence[OrderNote]) -> PlayLines | None:
    """Say what stood out about order and length; None where nothing did."""
    if not notes:
        return None
    return PlayLines(
        QCoreApplication.translate(CONTEXT, "Order and length"),
        [(order_sentence(note, told), note.start_s) for note in notes],
        QCoreApplication.translate(
            CONTEXT,
            "What works: let them finish, a short apology, say it back, ask, "
            "give options, say who does what by when.",
        ),
    )


def talk_card(facts: TalkFacts | None) -> PlayLines | None:
    """Say who talked how much; None where nobody said who speaks when."""
    if facts is None:
        return None
    tr = QCoreApplication.translate
    return PlayLines(
        tr(CONTEXT, "Who talked when"),
        talk_sentences(facts, told),
        tr(CONTEXT, "For you to judge: there is no right share and no right pause."),
    )
