"""Privacy: what is measured and what never is, agreements, receipts, open connections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.coach.types import Sense
from app.errors import AppError
from app.session.connections import open_connections
from app.store.types import ConsentKind
from app.ui.consenting import current_person
from app.ui.keys import KeyMap
from app.ui.receipts import deleted_words
from app.ui.style import PAGE_PX, Space
from app.ui.texts import told
from app.ui.waiting import Waiter
from app.ui.widgets.controls import button, column, label, page_column, row
from app.ui.widgets.export_me import ExportMe
from app.ui.widgets.notice import Notice, Question
from app.ui.widgets.own_normal_card import OwnNormalCard
from app.ui.widgets.paper_rows import (
    PaperCard,
    connection_words,
    consent_words,
    receipt_words,
    two_cards,
)

if TYPE_CHECKING:
    from app.session.connections import Connection
    from app.store.types import Consent, Receipt
    from app.ui.services import Services

MOST_RECEIPTS: Final = 20
"""So many receipts show at first; all of them go into the file about oneself."""


class PrivacyPage(QWidget):
    """Everything that one may want to know, and to see proved, in the order in which one asks."""

    agreement_wanted = Signal()
    normal_deleted = Signal()
    left = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._asked: Consent | None = None
        self.setObjectName("page")
        self.keys = KeyMap(self)
        self.notice = Notice()
        self.agreements, self.receipts, self.connections = PaperCard(), PaperCard(), PaperCard()
        self.question = Question(self.tr("Take it back"), self.tr("Leave it"))
        self.question.hide()
        self.question.confirmed.connect(self._take_back)
        self.question.declined.connect(self._leave_it)
        self.look = button(self.tr("Show open connections"), icon="search")
        self.look.clicked.connect(self._on_look)
        self.back = button(self.tr("Back"), kind="back", icon="back")
        self.back.clicked.connect(self.left)
        self.keys.add("Escape", self.tr("Back"), self._on_escape, button=self.back)
        self.keys.add("N", self.tr("Show open connections"), self._on_look, button=self.look)
        self.summary = label("", "lead", wrap=True)
        self.export = ExportMe(services)
        self.normal = OwnNormalCard(services)
        self.normal.deleted.connect(self._on_normal_deleted)
        self.normal.failed.connect(self._failed)
        self._lay_out()

    def _lay_out(self) -> None:
        self._none = label("", "quiet", wrap=True)
        head = row(self.back, label(self.tr("Privacy"), "page"), None, space=Space.SNUG)
        network = row(
            label(
                self.tr("Ask the system now which connections this program has open."),
                "quiet", wrap=True,
            ),
            self.look,
        )  # fmt: skip
        network.setStretch(0, 1)
        content = column(
            head,
            label(self.tr("Everything stays on this computer. Here you can see it."), "lead-quiet"),
            self.notice,
            Space.SMALL,
            two_cards(
                ("sees", self.tr("What is measured"), self._measured()),
                ("privacy", self.tr("What never is"), self._never()),
            ),
            label(self._legal(), "quiet", wrap=True),
            Space.MEDIUM,
            label(self.tr("No connection to anywhere"), "section"),
            network,
            self.summary,
            self.connections,
            Space.MEDIUM,
            label(self.tr("Who agreed to what"), "section"),
            self.question,
            self.agreements,
            Space.MEDIUM,
            label(self.tr("Your own normal"), "section"),
            self.normal,
            Space.MEDIUM,
            label(self.tr("Everything about you"), "section"),
            self.export,
            Space.MEDIUM,
            label(self.tr("Receipts"), "section"),
            self._none,
            self.receipts,
            None,
        )
        self.setLayout(column(page_column(content, width=PAGE_PX)))

    # --- what is measured -------------------------------------------------------------------

    def _measured(self) -> list[str]:
        """Name every cue of the catalogue, and nothing by hand."""
        rules = self._services.catalogue.rules

        def names(sense: Sense) -> str:
            return ", ".join(told(rule.name) for rule in rules if rule.sense is sense)

        return [
            self.tr("Seen: {names}.").format(names=names(Sense.VISION)),
            self.tr("Heard: {names}.").format(names=names(Sense.VOICE)),
            self.tr("Said: words and phrases of your own side, where words are switched on."),
            self.tr("Each of them can be switched off, and nothing is lost by it."),
        ]

    def _never(self) -> list[str]:
        return [
            self.tr("What you feel. Rapport says what was seen and heard, never what it means."),
            self.tr("Who you are. Nobody is recognised; no print of a face or a voice is kept."),
            self.tr("How good you are. No score, no pass mark, no ranking of people."),
            self.tr("Real customers. Only who agreed, by name, is recorded."),
        ]

    def _legal(self) -> str:
        return self.tr(
            "The European Union's AI Act (Article 5) forbids inferring the emotions of people at "
            "work. Detecting a visible movement or a raised voice is not that, and nothing here "
            "goes further. Results are for your own training and are made for no employer."
        )

    # --- agreements and receipts ------------------------------------------------------------

    def refresh(self) -> None:
        """Show the papers of whoever practises now."""
        self.notice.hide()
        self.question.hide()
        self.summary.hide()
        self.connections.clear()
        self.connections.hide()
        self.export.refresh()
        self.normal.refresh()
        person = current_person(self._services)
        store = self._services.store
        self._show_agreements(store.consents(person.id) if person is not None else [])
        self._show_receipts(store.receipts(person.id) if person is not None else [])

    def _show_agreements(self, consents: list[Consent]) -> None:
        self.agreements.clear()
        zone = self._services.now().tzinfo
        standing: set[tuple[ConsentKind, str]] = set()
        for consent in consents:
            key = (consent.kind, (consent.given_by or "").casefold())
            controls: list[QWidget] = []
            if consent.withdrawn_at is None and key not in standing:
                standing.add(key)
                controls = self._actions(consent)
            self.agreements.add(*consent_words(consent, zone), *controls)
        if not consents:
            read = button(self.tr("Read it"))
            read.clicked.connect(self.agreement_wanted)
            self.agreements.add(
                self.tr("Nothing is agreed to yet"),
                self.tr("You are asked before the first recording."), read,
            )  # fmt: skip

    def _actions(self, consent: Consent) -> list[QWidget]:
        """Offer what can be done with an agreement that stands."""
        if consent.kind is ConsentKind.OWN:
            read = button(self.tr("Read, or take back"))
            read.clicked.connect(self.agreement_wanted)
            return [read]
        if consent.kind is ConsentKind.PARTNER:
            back = button(self.tr("Take back…"))
            back.setAccessibleName(
                self.tr("Take back the agreement of {name}").format(name=consent.given_by or "")
            )
            back.clicked.connect(lambda: self._ask(consent))
            return [back]
        return []

    def _show_receipts(self, receipts: list[Receipt]) -> None:
        self.receipts.clear()
        zone = self._services.now().tzinfo
        for receipt in receipts[:MOST_RECEIPTS]:
            self.receipts.add(*receipt_words(receipt, zone), icon="done")
        self.receipts.setVisible(bool(receipts))
        more = len(receipts) - MOST_RECEIPTS
        if not receipts:
            self._none.setText(
                self.tr("When something is deleted, its receipt is here. It holds nothing of it.")
            )
        elif more > 0:
            self._none.setText(self.tr("The newest, and {n} more.").format(n=more))
        self._none.setVisible(not receipts or more > 0)

    def _ask(self, consent: Consent) -> None:
        """Ask once before a partner's agreement, and what it covers, goes."""
        self._asked = consent
        self.question.ask(
            self.tr("Take back the agreement of {name}?").format(name=consent.given_by or ""),
            self.tr(
                "Gone for good: every session that {name} is part of, with recording, report and "
                "notes."
            ).format(name=consent.given_by or ""),
        )

    def _leave_it(self) -> None:
        self.question.hide()
        self._asked = None

    def _take_back(self) -> None:
        consent, self._asked = self._asked, None
        self.question.hide()
        if consent is None:
            return
        store = self._services.store
        Waiter(
            self._services.background.run(lambda: store.withdraw_partner_consent(consent.id)),
            self._taken_back, self._failed, self,
        )  # fmt: skip

    def _taken_back(self, receipts: list[Receipt]) -> None:
        self.refresh()
        self.notice.confirm(self.tr("The agreement is taken back."), deleted_words(receipts))

    def _on_normal_deleted(self, summary: str) -> None:
        self.normal_deleted.emit()
        self.refresh()
        self.notice.confirm(self.tr("Your own normal is gone."), summary)
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: AppError) -> None:
        self.refresh()
        self.notice.tell_error(error)

    def _on_escape(self) -> None:
        if self.normal.asking:
            self.normal.leave()
        elif self.question.isVisible():
            self._leave_it()
        else:
            self.left.emit()

    def leave(self) -> None:
        """Let go of everything of this person."""
        self._asked = None
        self.export.stop()
        for papers in (self.agreements, self.receipts, self.connections):
            papers.clear()

    # --- connections ------------------------------------------------------------------------

    def _on_look(self) -> None:
        now = self._services.choices.now
        cameras = [*now.network_cameras, *([now.camera] if now.camera else [])]
        try:
            self.show_connections(open_connections(cameras))
        except AppError as error:
            self.notice.tell_error(error)

    def show_connections(self, found: list[Connection]) -> None:
        """Show what is open: the answer first, then each of them."""
        self.connections.clear()
        for one in found:
            self.connections.add(*connection_words(one))
        self.connections.setVisible(bool(found))
        outside = [one for one in found if one.whose.value != "loopback"]
        if not found:
            words = self.tr("None. Neither this program nor any part of it has a connection open.")
        elif not outside:
            words = self.tr("None to the outside. What is open stays within this computer.")
        else:
            words = self.tr("Open now: {n} to the outside.").format(n=len(outside))
        self.summary.setText(words)
        self.summary.show()
        self.summary.setFocus(Qt.FocusReason.OtherFocusReason)
