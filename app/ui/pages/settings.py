"""Settings: sections on the left, rows on the right, and a search over all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from app.ui.keys import KeyMap
from app.ui.pages.settings_cues import CuesSection
from app.ui.pages.settings_kept import KeepSection
from app.ui.pages.settings_people import MoreSection, PeopleSection, PrivacySection
from app.ui.pages.settings_sections import DevicesSection, HintsSection, LookSection
from app.ui.pages.settings_words import WordsSection
from app.ui.style import COLUMN_PX, Space
from app.ui.widgets.controls import button, centred, column, label, page_column, row
from app.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.errors import AppError
    from app.ui.profiles import Profiles
    from app.ui.services import Services
    from app.ui.widgets.setting_rows import SettingsSection

NAMES_PX: Final = 232
CONTENT_PX: Final = 1000


class SettingsPage(QWidget):
    """Every choice, each at once; typing finds it by any of its names."""

    page_wanted = Signal(str)
    who_wanted = Signal()
    agreement_wanted = Signal()
    removed = Signal(object)

    def __init__(
        self, services: Services, profiles: Profiles, has_page: Callable[[str], bool]
    ) -> None:
        super().__init__()
        self._services = services
        self.setObjectName("page")
        self.keys = KeyMap(self)
        self.notice = Notice()
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search in the settings"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(NAMES_PX)
        self.names = QListWidget()
        self.names.setAccessibleName(self.tr("Sections"))
        self.names.setFixedWidth(NAMES_PX)
        self.names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        people = PeopleSection(services, profiles, self.tell_error)
        keep = KeepSection(services, self._change, self.tell_error)
        privacy, more = PrivacySection(), MoreSection(has_page)
        self.sections: list[SettingsSection] = [
            DevicesSection(services, self._change, self.tell_error),
            CuesSection(services, self._change),
            HintsSection(services, self._change),
            keep,
            WordsSection(services, self._change, self.tell_error),
            LookSection(services, self._change),
            people,
            privacy,
            more,
        ]
        people.who_wanted.connect(self.who_wanted)
        people.removed.connect(self.removed)
        keep.agreement_wanted.connect(self.agreement_wanted)
        privacy.page_wanted.connect(self.page_wanted)
        more.page_wanted.connect(self.page_wanted)
        self.none = label("", "lead", wrap=True)
        self.all = button(self.tr("Show all"))
        self.all.clicked.connect(self.search.clear)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for section in self.sections:
            self.names.addItem(QListWidgetItem(section.name))
        self._fit_names()
        self.names.setCurrentRow(0)
        left = column(self.search, Space.HAIR, self.names)
        left.setStretch(2, 1)
        found = column(*self.sections, self.none, self.all, None, space=Space.LARGE)
        found.setAlignment(self.all, Qt.AlignmentFlag.AlignLeft)
        self._area = page_column(found, width=CONTENT_PX)
        found.setContentsMargins(0, 0, Space.SNUG, Space.LARGE)
        both = row(left, self._area, space=Space.WIDE)
        both.setStretch(1, 1)
        content = column(
            label(self.tr("Settings"), "page"),
            label(self.tr("Every change takes effect at once."), "lead-quiet"),
            self.notice,
            Space.SMALL,
            both,
        )
        content.setStretch(4, 1)
        content.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, 0)
        self.setLayout(centred(content, COLUMN_PX))
        self._show()

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _: self._show())
        self.names.currentRowChanged.connect(lambda _: self._on_section())
        self.keys.add("Ctrl+F", self.tr("Search"), self._to_search)
        self.keys.add("Escape", self.tr("Show all settings again"), self.search.clear)
        self.keys.note(self.tr("Up, Down"), self.tr("Section before, next section"))

    def _fit_names(self) -> None:
        """Give each name room in the size of texts that holds now."""
        self.names.ensurePolished()
        high = self.names.fontMetrics().height() + 2 * Space.SMALL + 2
        for at in range(self.names.count()):
            self.names.item(at).setSizeHint(QSize(0, high))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of texts."""
        super().changeEvent(event)
        changes = (QEvent.Type.FontChange, QEvent.Type.StyleChange)
        if event.type() in changes and hasattr(self, "names"):
            self._fit_names()

    def refresh(self) -> None:
        """Show every setting as it stands."""
        self.notice.hide()
        for section in self.sections:
            section.refresh()

    def forget(self) -> None:
        """Let go of what was typed; the next look shows another person's settings."""
        self.search.clear()
        self.names.setCurrentRow(0)
        self.notice.hide()

    def tell_error(self, error: AppError) -> None:
        """Say what could not be done or saved."""
        self.notice.tell_error(error)

    def open_section(self, name: str) -> None:
        """Show a section by its name."""
        self.search.clear()
        at = next((n for n, one in enumerate(self.sections) if one.name == name), 0)
        self.names.setCurrentRow(at)

    def _change(self, **fields: object) -> None:
        error = self._services.choices.change(**fields)
        if error is not None:
            self.notice.tell_error(error)
        for section in self.sections:
            if isinstance(section, HintsSection):
                section.refresh()

    def _to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _on_section(self) -> None:
        if self.search.text():
            self.search.clear()
        self._show()

    def _show(self) -> None:
        """Show one section, or everywhere what was sought."""
        words = self.search.text().casefold().split()
        found = 0
        for at, section in enumerate(self.sections):
            fits = section.search(words)
            visible = fits if words else at == self.names.currentRow()
            section.setVisible(visible)
            found += visible
        self.none.setText(
            self.tr("No setting is called “{text}”").format(text=self.search.text().strip())
        )
        self.none.setVisible(not found)
        self.all.setVisible(not found)
        self._area.verticalScrollBar().setValue(0)
