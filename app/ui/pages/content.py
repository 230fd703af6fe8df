"""A person's own conversations and checklists: change, exchange, put away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QListWidget, QListWidgetItem, QSizePolicy, QWidget

from app.coach.content_kinds import KINDS, ContentKind
from app.errors import AppError
from app.store.own_content import draft_of, own_files, put_away
from app.store.packs import SUFFIX, export_pack, import_pack
from app.ui.asking import ask_where
from app.ui.keys import KeyMap
from app.ui.style import PAGE_PX, Space
from app.ui.texts import told
from app.ui.widgets.controls import button, centred, column, empty_card, label, row
from app.ui.widgets.notice import Notice
from app.ui.widgets.own_copy import OwnCopy

if TYPE_CHECKING:
    from app.ui.library import Library

FILE: Final = Qt.ItemDataRole.UserRole


class ContentPage(QWidget):
    """A list of own files, each with what is wrong with it."""

    edit_wanted = Signal(object, object)
    """ContentKind and path of a file."""
    new_wanted = Signal(object, object)
    """ContentKind and path of a file from which a new one is to be made."""
    closed = Signal()

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library
        self.setObjectName("page")
        self.keys = KeyMap(self)
        self.notice = Notice()
        self.empty = empty_card(
            "ph.pencil-simple",
            self.tr(
                "Your own conversations, checklists and markers will be here. Choose a "
                "conversation and make your own copy of it, or open a pack from a colleague."
            ),
        )
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Your own files"))
        self.list.setWordWrap(True)
        # What one does with a row stands under the last one, not at the foot of the page.
        self.list.setSizeAdjustPolicy(QListWidget.SizeAdjustPolicy.AdjustToContents)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.copies = OwnCopy(library)
        self.back = button(self.tr("Back"), kind="back", icon="back")
        self.new = button(self.tr("New from this one"), icon="ph.copy-simple")
        self.away = button(self.tr("Put away"), icon="delete")
        self.take_in = button(self.tr("Open a pack"), icon="ph.download-simple")
        self.give = button(self.tr("Make a pack"), icon="ph.export")
        self.edit = button(self.tr("Change"), kind="primary", icon="ph.pencil-simple")
        self._foot = QWidget()
        self._foot.setLayout(row(None, self.new, self.give, self.away))
        title = label(self.tr("Your own conversations"), "page", wrap=True)
        head = row(self.back, title, self.take_in, self.edit, space=Space.SNUG)
        head.setStretch(1, 1)
        whole = column(
            head,
            label(
                self.tr(
                    "What you make your own takes the place of what came with Rapport; what is "
                    "new stands beside it."
                ),
                "lead-quiet",
                wrap=True,
            ),
            self.notice,
            self.empty,
            self.list,
            self._foot,
            self.copies,
            None,
            space=Space.SNUG,
        )
        whole.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.LARGE)
        self.setLayout(centred(whole, PAGE_PX))
        self._connect()

    def _connect(self) -> None:
        self.list.itemActivated.connect(lambda _: self._on_edit())
        self.edit.clicked.connect(self._on_edit)
        self.new.clicked.connect(self._on_new)
        self.list.currentRowChanged.connect(lambda _: self._dress())
        self.away.clicked.connect(self._on_away)
        self.take_in.clicked.connect(self._on_take_in)
        self.give.clicked.connect(self._on_give)
        self.back.clicked.connect(self.closed)
        add = self.keys.add
        add("Escape", self.tr("Back"), self.closed.emit, button=self.back)
        add("Ctrl+Return", self.tr("Change"), self._on_edit, button=self.edit)
        add("Ctrl+N", self.new.text(), self._on_new, button=self.new)
        add("Delete", self.tr("Put away"), self._on_away, button=self.away)
        add("Ctrl+O", self.tr("Open a pack"), self._on_take_in, button=self.take_in)
        add("Ctrl+E", self.tr("Make a pack"), self._on_give, button=self.give)

    def refresh(self) -> None:
        """List the files anew."""
        self.copies.refresh()
        self.list.clear()
        for kind, path in self._files():
            item = QListWidgetItem(self._words(kind, path), self.list)
            item.setData(FILE, (kind, path))
        some = self.list.count() > 0
        self.empty.setVisible(not some)
        self.list.setVisible(some)
        self._foot.setVisible(some)
        for control in (self.edit, self.away, self.give):
            control.setEnabled(some)
        self._dress()
        if some:
            self.list.setCurrentRow(0)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _files(self) -> list[tuple[ContentKind, Path]]:
        return [
            (kind, path) for kind in ContentKind for path in own_files(self._library.folder(kind))
        ]

    def _words(self, kind: ContentKind, path: Path) -> str:
        """Give title, kind and file, with its mistake or its draft below."""
        about = f"{self._kind(kind)} · {path.name}"
        if not path.is_file():
            return f"{path.stem}\n{about} · " + self.tr("Not saved yet: only a draft.")
        try:
            read = KINDS[kind](path)
        except AppError as error:
            return f"{about}\n{told(error.what)} {told(error.remedy)}"
        title = getattr(read, "title", "") or getattr(read, "name", "") or path.stem
        if draft_of(path).is_file():
            about += " · " + self.tr("There is a draft that is not saved yet.")
        return f"{title}\n{about}"

    def _kind(self, kind: ContentKind) -> str:
        return {
            ContentKind.SCENARIOS: self.tr("Conversation"),
            ContentKind.CHECKLISTS: self.tr("Checklist"),
            ContentKind.PRACTICES: self.tr("Practice"),
            ContentKind.MARKERS: self.tr("Markers"),
        }[kind]

    @property
    def _chosen(self) -> tuple[ContentKind, Path] | None:
        item = self.list.currentItem()
        if item is None:
            return None
        kind, path = item.data(FILE)
        return ContentKind(kind), Path(path)

    def _on_edit(self) -> None:
        if self._chosen is not None:
            self.edit_wanted.emit(*self._chosen)

    def _dress(self) -> None:
        """Offer a new one where there can be one: there is no thirty-third practice."""
        kind = self._chosen[0] if self._chosen is not None else None
        self.new.setEnabled(kind not in (None, ContentKind.PRACTICES))

    def _on_new(self) -> None:
        if self._chosen is not None:
            self.new_wanted.emit(*self._chosen)

    def _on_away(self) -> None:
        if self._chosen is None:
            return
        try:
            aside = put_away(self._chosen[1])
        except AppError as error:
            self.notice.tell_error(error)
            return
        self.notice.confirm(
            self.tr("It is out of use."), self.tr("It is kept as {name}.").format(name=aside.name)
        )
        self.refresh()

    def _on_take_in(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Open a pack"), "", self.tr("Packs (*{end})").format(end=SUFFIX)
        )
        if name:
            self.open_pack(Path(name))

    def open_pack(self, source: Path) -> None:
        """Take the files of a pack among one's own; own files with other words stay."""
        try:
            came = import_pack(source)
        except AppError as error:
            self.notice.tell_error(error)
            return
        self.refresh()
        what = self.tr("{n} files came in.", "", len(came.added)).format(n=len(came.added))
        kept = ", ".join(came.kept)
        rest = self.tr("Yours stayed as they are: {names}.").format(names=kept) if kept else ""
        self.notice.confirm(what, rest)

    def _on_give(self) -> None:
        kind = self.tr("Packs (*{end})").format(end=SUFFIX)
        name, _ = ask_where(self, self.tr("Make a pack"), f"rapport{SUFFIX}", kind)
        if name:
            self.make_pack(Path(name))

    def make_pack(self, target: Path) -> None:
        """Put all own files into one pack."""
        files: dict[ContentKind, list[Path]] = {}
        for kind, path in self._files():
            if not path.is_file():
                continue  # a draft is nobody else's
            files.setdefault(kind, []).append(path)
        try:
            count = export_pack(target, files)
        except AppError as error:
            self.notice.tell_error(error)
            return
        self.notice.confirm(
            self.tr("{n} files are in {name}.", "", count).format(n=count, name=target.name),
            self.tr("Give it to a colleague: it opens on this page."),
        )
