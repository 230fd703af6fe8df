"""Rows of the privacy page: one agreement, one receipt, one connection; and what is measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.session.connections import Whose
from app.store.types import ConsentKind
from app.ui.receipts import files_words, reason_words, size_words
from app.ui.style import Space
from app.ui.texts import counted, date_text, time_text
from app.ui.widgets.controls import card, clear, column, label, line, picture_label, row

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from app.session.connections import Connection
    from app.store.types import Consent, Receipt


def tr(text: str, number: int = -1) -> str:
    """Translate a text of this file; with a number that it tells."""
    return QCoreApplication.translate("paper", text, "", number)


def date_words(when: datetime, zone: tzinfo | None) -> str:
    """Write a day and a time in full: papers are read years later."""
    local = when.astimezone(zone)
    return f"{date_text(local)}, {time_text(local)}"


def consent_words(consent: Consent, zone: tzinfo | None) -> tuple[str, str]:
    """Say whose agreement it is, and in which version, when, for how long, whether it holds."""
    name = consent.given_by or tr("a name that is gone")
    who = {
        ConsentKind.OWN: tr("You, for your own sessions"),
        ConsentKind.PARTNER: tr("{name}, who practised with you").format(name=name),
        ConsentKind.SHARED: tr("{name}, who showed you a session").format(name=name),
    }[consent.kind]
    days = consent.retention_days
    told = tr("Version {version}, {day}, kept for {n} days.", days).format(
        version=consent.version, day=date_words(consent.given_at, zone), n=days
    )
    if consent.withdrawn_at is not None:
        back = tr("Taken back on {day}.").format(day=date_words(consent.withdrawn_at, zone))
        told = f"{told} {back}"
    return who, told


def receipt_words(receipt: Receipt, zone: tzinfo | None) -> tuple[str, str]:
    """Say when and why something was deleted, and how much it was; never what was in it."""
    what = tr("Deleted on {day}: {why}")
    much = tr("{files}, {size}, {marks}, {events}. Receipt {id}.")
    if receipt.of_own_normal:
        what = tr("Own normal deleted on {day}: {why}")
        much = tr("{files}, {size}. Receipt {id}.")
    what = what.format(day=date_words(receipt.deleted_at, zone), why=reason_words(receipt.reason))
    return what, much.format(
        files=files_words(receipt.files),
        size=size_words(receipt.size_bytes),
        marks=counted(
            receipt.marks, tr("1 note or tick"), tr("{n} notes and ticks", receipt.marks)
        ),
        events=counted(receipt.events, tr("1 moment"), tr("{n} moments", receipt.events)),
        id=receipt.id[:8],
    )


def connection_words(connection: Connection) -> tuple[str, str]:
    """Say where a connection leads, and what that means."""
    what = {
        Whose.LOOPBACK: tr("Within this computer"),
        Whose.CAMERA: tr("The network camera that you chose"),
        Whose.OTHER: tr("Somewhere else"),
    }[connection.whose]
    why = {
        Whose.LOOPBACK: tr("Parts of the program talk to each other. Nothing leaves the machine."),
        Whose.CAMERA: tr("You typed its address. Without it this would not be open."),
        Whose.OTHER: tr("Rapport did not open this on purpose. Please tell whoever looks after "
                        "this computer."),
    }[connection.whose]  # fmt: skip
    ends = " → ".join(end for end in (connection.here, connection.there) if end)
    return f"{what}: {ends}", f"{why} ({connection.program})"


class PaperCard(QFrame):
    """Rows on one card, made anew when they change."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self.count = 0
        self._inside = QVBoxLayout(self)
        self._inside.setSpacing(0)
        self._inside.setContentsMargins(0, Space.HAIR, 0, Space.HAIR)

    def clear(self) -> None:
        """Take all rows out."""
        clear(self._inside)
        self.count = 0

    def add(self, what: str, why: str, *controls: QWidget, icon: str = "") -> None:
        """Add a row."""
        if self.count:
            self._inside.addWidget(line())
        self.count += 1
        texts = column(label(what, "text", wrap=True), label(why, "quiet", wrap=True), space=2)
        holder = QWidget()
        content = row(space=Space.SNUG)
        if icon:
            content.addWidget(picture_label(icon, "quiet"))
        content.addLayout(texts, 1)
        for control in controls:
            content.addWidget(control)
        content.setContentsMargins(Space.MEDIUM, Space.SNUG, Space.MEDIUM, Space.SNUG)
        holder.setLayout(content)
        self._inside.addWidget(holder)

    def put(self, widget: QWidget) -> None:
        """Put something else in, such as a question."""
        self._inside.addWidget(widget)


def two_cards(left: tuple[str, str, list[str]], right: tuple[str, str, list[str]]) -> QWidget:
    """Lay two lists side by side: (icon, title, lines)."""
    both = row(space=Space.MEDIUM)
    for icon, title, lines in (left, right):
        frame = card()
        head = row(picture_label(icon, "accent"), label(title, "lead-strong", wrap=True))
        head.setStretch(1, 1)
        texts = [label(one, "text", wrap=True) for one in lines]
        frame.setLayout(column(head, *texts, None, space=Space.SMALL, margin=Space.LARGE))
        both.addWidget(frame, 1)
    holder = QWidget()
    holder.setLayout(both)
    return holder
