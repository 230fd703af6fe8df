"""The foot of the live page: the customer's line, what is wrong, and the buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from app.ui.style import Space
from app.ui.widgets.controls import button, column, label, row
from app.ui.widgets.customer_line import CustomerLine
from app.ui.widgets.notice import Notice
from app.ui.widgets.reception import ReceptionLine

if TYPE_CHECKING:
    from app.coach.scenario_types import Line
    from app.session.plan import LivePlan, Snapshot
    from audio.types import Reception

FAULT_S: Final = 8.0
"""So long a fault stands before the customer's line, seconds: two sentences can be read."""


class LiveFoot(QWidget):
    """Never higher or lower while a session runs: the picture above it stays where it is."""

    def __init__(self) -> None:
        super().__init__()
        self._partner = False
        self._fault = ""
        self._fault_since_s = 0.0
        self._preparing = self.tr("Getting ready")
        self.notice = Notice(closable=False, large=True)
        self.customer = button(self.tr("Customer speaks"), kind="live-quiet", icon="customer")
        self.customer.setCheckable(True)
        self.go_on = button(self.tr("Customer goes on"), kind="live-quiet", icon="next")
        self.card = button(self.tr("Show the card"), kind="live-quiet", icon="ph.cards")
        self.finish = button(self.tr("Finish"), kind="live", icon="finish")
        self.line = CustomerLine()
        self.state = label("", "live-quiet")
        self.reception = ReceptionLine()
        told = column(self.line, self.state, self.reception, self.notice, space=0)
        inside = row(self.customer, self.go_on, self.card, told, self.finish, space=Space.MEDIUM)
        inside.setStretch(3, 1)
        self.setLayout(inside)

    def begin(self, plan: LivePlan, *, partner: bool) -> None:
        """Get ready for a session."""
        self._partner = partner
        self._fault = ""
        self.notice.hide()
        self.reception.clear()
        self.line.clear()
        spoken = bool(plan.scenario)
        self.customer.setChecked(False)
        self.customer.setVisible(plan.microphone is not None and not spoken)
        self.go_on.setVisible(spoken and not partner)
        self.go_on.setEnabled(False)
        self.card.setVisible(partner)
        self.finish.setEnabled(False)
        self.state.setText(self._preparing)
        # As high as two lines of a notice, and with a customer a line more.
        room = Space.HUGE + Space.LARGE
        lines = self.line.minimumSizeHint().height() + Space.SMALL
        self.setMinimumHeight(max(room, lines) if spoken else room)

    def end(self) -> None:
        """Say that the report is being put together."""
        self.finish.setEnabled(False)
        self.go_on.setEnabled(False)
        self.line.clear()
        self.tell(self.tr("Putting your report together"))

    def ready(self) -> None:
        """Take back that it is getting ready, once it runs."""
        if self.state.text() == self._preparing:
            self.tell("")

    def tell(self, words: str) -> None:
        """Say what goes on in a few quiet words."""
        self.state.setText(words)

    def show_faults(self, snapshot: Snapshot, reception: Reception | None) -> None:
        """Say what stopped working last, or else what is wrong with the sound."""
        faults = snapshot.faults if self._is_due(snapshot) else ()
        if faults:
            self.notice.tell(faults[-1].what, faults[-1].remedy)
        else:
            self.notice.hide()
        self.state.setVisible(not faults and bool(self.state.text() or self.line.isHidden()))
        self.line.setVisible(not faults and bool(self.line.text))
        self.reception.show_reception(None if faults else reception)

    def _is_due(self, snapshot: Snapshot) -> bool:
        """Tell whether a fault is to be seen: what lasts must not hide the customer for good."""
        what = snapshot.faults[-1].what if snapshot.faults else ""
        if what != self._fault:
            self._fault, self._fault_since_s = what, snapshot.t
        return bool(what) and (not self.line.text or snapshot.t - self._fault_since_s < FAULT_S)

    def show_line(self, line: Line) -> None:
        """Show what the customer says; a partner's words are theirs to say."""
        self.go_on.setEnabled(False)
        if self._partner:
            self.line.show_partner()
        else:
            self.line.show_line(line.text)
        self._give_place()

    def show_turn(self) -> None:
        """Say that it is the staff member's turn."""
        self.go_on.setEnabled(True)
        self.line.show_turn()
        self._give_place()

    def show_over(self) -> None:
        """Say that the customer has said everything."""
        self.go_on.setEnabled(False)
        self.line.show_over()
        self._give_place()

    def _give_place(self) -> None:
        """Let the line wait while a fault is to be read: both at once would push the picture."""
        self.line.setVisible(self.notice.isHidden())
