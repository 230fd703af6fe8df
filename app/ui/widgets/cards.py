"""Cards that can be pressed: doors to other pages and rows of sessions."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLabel, QLayout, QMenu, QSizePolicy, QWidget

from app.store.types import Origin
from app.ui.style import Corner, Space, current_palette, tabular
from app.ui.texts import clock_text, day_text, time_text
from app.ui.widgets.controls import Elided, button, column, label, picture_label, row

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from app.store.types import SessionRecord

DOOR_ICON_PX = 32
ACT_KEYS: Final = MappingProxyType(
    {
        "desk": "R",
        "compare": "C",
        "share": "S",
        "send": "B",
        "clip": "L",
        "speakers": "V",
        "name": "F2",
    }
)
"""Keys of what can be done with the session that has the focus."""


class CardButton(QAbstractButton):
    """A card that is a button: hover, focus ring and keys like any other."""

    def __init__(self, *, accent: bool = False, flat: bool = False) -> None:
        super().__init__()
        self._accent = accent
        self._flat = flat
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def fill(self, content: QLayout) -> None:
        """Put the content in; its labels let the mouse through."""
        self.setLayout(content)
        for child in self.findChildren(QLabel):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """Be as large as the content."""
        content = self.layout()
        return content.sizeHint() if content is not None else QSize(160, 64)

    def minimumSizeHint(self) -> QSize:
        """Never cut the content."""
        content = self.layout()
        return content.minimumSize() if content is not None else QSize(80, 48)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the surface and the ring of the focus."""
        del event
        palette = current_palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        pen: QPen | Qt.PenStyle = QPen(QColor(palette.line), 1)
        surface = palette.hover if self.underMouse() else palette.card
        if self._accent:
            surface = palette.accent_soft
            pen = QPen(QColor(palette.accent if self.underMouse() else palette.accent_soft), 1)
        if self._flat and not self._accent:
            pen = Qt.PenStyle.NoPen
            surface = palette.hover if self.underMouse() else palette.card
        if self.hasFocus():
            pen = QPen(QColor(palette.accent), 2)
        painter.setPen(pen)
        painter.setBrush(QColor(surface))
        radius = Corner.CONTROL if self._flat else Corner.CARD
        painter.drawRoundedRect(box, radius, radius)
        painter.end()


class DoorCard(CardButton):
    """A door to another page: icon, name, one sentence."""

    def __init__(self, icon: str, name: str, sentence: str, *, main: bool = False) -> None:
        super().__init__(accent=main)
        self.setText(name)
        self.setAccessibleName(name)
        self.setAccessibleDescription(sentence)
        self.sentence = label(sentence, "lead-quiet", wrap=True)
        self._icon_name = icon
        self._sign = picture_label(icon, "accent" if main else "quiet", DOOR_ICON_PX)
        content = column(
            self._sign,
            Space.SMALL,
            label(name, "section"),
            self.sentence,
            None,
            space=Space.HAIR,
            margin=Space.LARGE,
        )
        self.fill(content)

    def set_main(self, *, main: bool) -> None:
        """Be the door that one came for, or one of the others."""
        self._accent = main
        self._sign.show_icon(self._icon_name, "accent" if main else "quiet")
        self.update()

    def say(self, sentence: str) -> None:
        """Change the sentence under the name."""
        self.sentence.setText(sentence)
        self.setAccessibleDescription(sentence)


def came_text(record: SessionRecord, now: datetime) -> str:
    """Say how a session came here; nothing of one that was recorded here."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("SessionRow", text)

    if record.origin is Origin.IMPORTED:
        return tr("Imported")
    if not record.received:
        return ""
    if record.expires_at is None:
        return tr("Shared by {name}").format(name=record.owner_name)
    day = day_text(record.expires_at.astimezone(now.tzinfo), now)
    return tr("Shared by {name} until {day}").format(name=record.owner_name, day=day)


def offered_acts(record: SessionRecord, acts: Collection[str]) -> list[str]:
    """Which of the things that can be done with sessions can be done with this one."""
    fits = {
        "desk": True,
        "compare": True,
        "share": not record.received and not record.sample,
        "send": record.received,
        "clip": not record.received and not record.sample and record.keep_policy.keeps_sound,
        "speakers": record.origin is Origin.IMPORTED and record.keep_policy.keeps_picture,
        "name": record.nameable,
    }
    # All but its name comes out of what was found.
    done = record.findings is not None
    return [act for act, fit in fits.items() if act in acts and fit and (done or act == "name")]


class SessionRow(QWidget):
    """One session in a list: title, day, length, moments; opens on a press."""

    opened = Signal(str)
    delete_wanted = Signal(str)
    act_wanted = Signal(str, str)
    """What is wanted of it, and its id."""

    def __init__(
        self,
        record: SessionRecord,
        now: datetime,
        *,
        deletable: bool = False,
        reviewed: bool = False,
        acts: Collection[str] = (),
    ) -> None:
        super().__init__()
        self.record = record
        self.stops: list[QWidget] = []
        """What Tab stops at, in its order."""
        when = record.started_at.astimezone(now.tzinfo)
        self.card = CardButton(flat=True)
        title = Elided(record.title or self.tr("Practice"), "lead-strong")
        day = label(f"{day_text(when, now)}  {time_text(when)}", "quiet")
        length = label(clock_text(record.duration_s), "quiet")
        length.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        # Days are longer and shorter; at its right end the time of day stands below another.
        day.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for figure in (day, length):
            tabular(figure)
        length.setMinimumWidth(Space.HUGE)
        moments = label(self._moments(), "quiet")
        widest = day.fontMetrics().horizontalAdvance
        # The same in every row, in whatever language, so that the columns stand.
        day.setMinimumWidth(widest(f"{self.tr('Yesterday')}  {time_text(when)}") + Space.SMALL)
        moments.setMinimumWidth(max(widest(words) for words in self._all_moments()))
        content = row(title, space=Space.MEDIUM)
        if record.sample:
            content.addWidget(label(self.tr("Sample"), "tag"))
        came = came_text(record, now)
        if came:
            content.addWidget(label(came, "tag"))
        if reviewed:
            content.addWidget(label(self.tr("Reviewed"), "tag"))
        for item in (day, length, moments):
            content.addWidget(item)
        content.addWidget(picture_label("next", "quiet", Space.MEDIUM))
        content.setStretch(0, 1)
        content.setContentsMargins(Space.MEDIUM, Space.SNUG, Space.SNUG, Space.SNUG)
        self.card.fill(content)
        self.card.setToolTip(self.tr("Open  (Enter)"))
        said = [title.text(), day.text(), length.text(), moments.text()]
        said += [came] if came else []
        self.card.setAccessibleName(", ".join([*said, self.tr("Reviewed")] if reviewed else said))
        self.card.clicked.connect(lambda: self.opened.emit(record.id))
        self.stops.append(self.card)
        line = row(self.card, space=Space.HAIR)
        line.setStretch(0, 1)
        if offered := offered_acts(record, acts):
            self.stops.append(self._more(title.text(), offered))
            line.addWidget(self.stops[-1])
        if deletable:
            self.stops.append(self._bin(title.text()))
            line.addWidget(self.stops[-1])
        self.setLayout(line)

    def _more(self, title: str, offered: Sequence[str]) -> QWidget:
        more = button("", kind="quiet", icon="ph.dots-three", tip=self.tr("More  (Menu)"))
        more.setAccessibleName(self.tr("More for “{title}”").format(title=title))
        more.clicked.connect(lambda: self._show_menu(more, offered))
        return more

    def _show_menu(self, below: QWidget, offered: Sequence[str]) -> None:
        menu = QMenu(self)
        words = {
            "desk": self.tr("Review at the desk"),
            "compare": self.tr("Compare with another one"),
            "share": self.tr("Share"),
            "send": self.tr("Send the review back"),
            "clip": self.tr("Show a moment to colleagues"),
            "speakers": self.tr("Say who speaks in it"),
            "name": self.tr("Rename"),
        }
        for act in offered:
            entry = menu.addAction(words[act])
            entry.setShortcut(ACT_KEYS[act])
            entry.triggered.connect(
                lambda _=False, act=act: self.act_wanted.emit(act, self.record.id)
            )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(below.mapToGlobal(QPoint(0, below.height())))

    def _bin(self, title: str) -> QWidget:
        bin_button = button("", kind="quiet", icon="delete", tip=self.tr("Delete  (Del)"))
        bin_button.setAccessibleName(self.tr("Delete “{title}”").format(title=title))
        bin_button.clicked.connect(lambda: self.delete_wanted.emit(self.record.id))
        return bin_button

    def _moments(self) -> str:
        found = self.record.findings
        none_yet, none, one, some = self._all_moments()
        if found is None:
            return none_yet
        return some.format(n=len(found)) if len(found) > 1 else (none, one)[len(found)]

    def _all_moments(self) -> tuple[str, str, str, str]:
        return (
            self.tr("being put together"),
            self.tr("nothing stood out"),
            self.tr("1 moment"),
            self.tr("{n} moments", "", len(self.record.findings or ())),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for deletion on Delete."""
        if event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit(self.record.id)
            return
        if event.key() == Qt.Key.Key_Menu and len(self.stops) > 1:
            self.stops[1].setFocus(Qt.FocusReason.ShortcutFocusReason)
        super().keyPressEvent(event)
