"""Import videos: choose them, see how far each is, let them rest, say what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.store.imports import ImportState
from app.ui.consenting import current_person, standing_consent
from app.ui.keys import KeyMap
from app.ui.pages.imports_words import tell_added
from app.ui.style import Space
from app.ui.waiting import Waiter
from app.ui.widgets.controls import button, card, clear, column, label, line, page_column, row
from app.ui.widgets.import_chooser import ImportChooser
from app.ui.widgets.import_row import ImportRowView
from app.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from app.errors import AppError
    from app.session.importing import ImportQueue
    from app.session.importing_files import Found
    from app.store.imports import Import
    from app.ui.services import Services

LIST_PX: Final = 960
LOOK_MS: Final = 500
MOVABLE: Final = (ImportState.WAITING, ImportState.PAUSED)
MOST_ROWS: Final = 60
"""Rows at a time: what is done is taken out, and the next ones come up."""


class ImportsPage(QWidget):
    """One list. Choosing, dropping and everything else is done without leaving it."""

    closed = Signal()
    consent_wanted = Signal()
    report_wanted = Signal(str)

    def __init__(self, services: Services, queue: Callable[[], ImportQueue]) -> None:
        super().__init__()
        self._services = services
        self._queue = queue
        self.setObjectName("page")
        self.setAcceptDrops(True)
        self.keys = KeyMap(self)
        self.notice = Notice()
        self.consent = Notice(self.tr("Read and agree"), closable=False)
        self.consent.acted.connect(self.consent_wanted)
        self.back = button(self.tr("Back"), kind="back", icon="back")
        self.chooser = ImportChooser()
        self.overall = label("", "strong")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("All videos"))
        self.rest = button(self.tr("Pause"), icon="pause")
        self.clear_done = button(self.tr("Clear what is done"), kind="quiet", icon="done")
        self._rows: dict[str, ImportRowView] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._card = card()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._adding: Waiter[tuple[list[Import], Found]] | None = None
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = row(self.back, label(self.tr("Import videos"), "page"), None, space=Space.SNUG)
        self._head = QWidget()
        buttons = row(self.overall, None, self.clear_done, self.rest, space=Space.SNUG)
        self._head.setLayout(column(buttons, self.bar, space=Space.SMALL))
        self._card.setLayout(column(self._list, space=0, margin=Space.HAIR))
        content = column(
            head,
            label(
                self.tr(
                    "Each becomes a session with its report, one after the other, while you do "
                    "something else. A live session goes first."
                ),
                "lead-quiet",
                wrap=True,
            ),
            Space.SMALL,
            self.consent,
            self.chooser,
            self.notice,
            Space.SMALL,
            self._head,
            self._card,
            None,
            space=Space.SNUG,
        )
        self.setLayout(column(page_column(content, width=LIST_PX)))

    def _connect(self) -> None:
        keys = self.keys
        self.back.clicked.connect(self.closed)
        self.chooser.chosen.connect(self.add)
        self.rest.clicked.connect(self._on_rest)
        self.clear_done.clicked.connect(self._on_clear)
        keys.add("Escape", self.tr("Back"), self.closed.emit, button=self.back)
        self.chooser.bind(keys)
        keys.add("Ctrl+Return", self.tr("Open the report of the newest one"), self._open_newest)
        keys.add("Down", self.tr("Next video"), lambda: self._step(1))
        keys.add("Up", self.tr("Video before"), lambda: self._step(-1))
        keys.add("P", self.tr("Pause, or go on"), self._on_rest, button=self.rest)
        keys.add("Ctrl+D", self.tr("Clear what is done"), self._on_clear, button=self.clear_done)
        keys.note(self.tr("Alt+Up, Alt+Down"), self.tr("Earlier or later"))
        keys.note(self.tr("Del"), self.tr("Take it out of the list"))

    # Coming and going

    def enter(self) -> None:
        """Come to the front."""
        agreed = standing_consent(self._services) is not None
        if agreed:
            self.consent.hide()
        else:
            self.consent.tell(
                self.tr("Nothing is imported before you agreed to what is kept."),
                self.tr("It takes a minute."),
            )
        self.chooser.enter(agreed=agreed, usual=self._services.choices.now.keep_policy)
        self.look()
        self._timer.start()
        first = self.chooser.folder if agreed else self.consent.action
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Go to the back; the work goes on."""
        self._timer.stop()

    # Adding

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are dropped."""
        if self.chooser.takes(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Put what was dropped into the list."""
        event.acceptProposedAction()
        self.chooser.drop(event.mimeData())

    def add(self, paths: Sequence[Path]) -> None:
        """Put videos into the list; looking through a folder is done beside the screen."""
        from app.session.importing_files import add_videos  # noqa: PLC0415 - when first wanted

        person = current_person(self._services)
        if person is None or not paths or not self.chooser.folder.isEnabled():
            return
        keep, store = self.chooser.policy, self._services.store
        self.notice.hide()
        self.overall.setText(self.tr("Looking for videos …"))
        self._head.show()
        future = self._services.background.run(
            lambda: add_videos(store, person.id, list(paths), keep)
        )
        self._adding = Waiter(future, self._on_added, self._on_refused, self)

    def _on_added(self, added: tuple[list[Import], Found]) -> None:
        items, found = added
        tell_added(self.notice, items, found)
        self._queue().wake()
        self.look()

    def _on_refused(self, error: AppError) -> None:
        self.notice.tell_error(error)
        self.look()

    # The list

    def look(self) -> None:
        """Look at the queue."""
        person = current_person(self._services)
        items = self._services.store.imports.listed(person.id) if person is not None else []
        queue = self._queue()
        if queue.error is not None:
            self.notice.tell_error(queue.error)
        now = queue.now
        shown = items[:MOST_ROWS]
        if [one.id for one in shown] != list(self._rows):
            self._rebuild(shown)
        waiting = [one.id for one in items if one.state in MOVABLE]
        for item in shown:
            working = now if now is not None and now.id == item.id else None
            first, last = waiting[:1] == [item.id], waiting[-1:] == [item.id]
            self._rows[item.id].show_item(item, working, first=first, last=last)
        self._tell(items, len(items) - len(shown))

    def _rebuild(self, items: Sequence[Import]) -> None:
        focused = next((id_ for id_, one in self._rows.items() if one.holds_focus()), None)
        clear(self._list)
        self._rows = {}
        for at, item in enumerate(items):
            if at:
                self._list.addWidget(line())
            made = ImportRowView(item)
            made.act_wanted.connect(self._on_act)
            self._rows[item.id] = made
            self._list.addWidget(made)
        if focused in self._rows:
            self._rows[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, items: Sequence[Import], more: int) -> None:
        count = {state: sum(one.state is state for one in items) for state in ImportState}
        self._head.setVisible(bool(items))
        self._card.setVisible(bool(items))
        done, failed, total = count[ImportState.DONE], count[ImportState.FAILED], len(items)
        words = self.tr("{done} of {total} done").format(done=done, total=total)
        if failed:
            words = self.tr("{words}, {n} could not be imported").format(words=words, n=failed)
        if more:
            words = self.tr("{words}; {n} more below").format(words=words, n=more)
        self.overall.setText(words)
        # What failed is not done: the bar stays short of its end, as the words say.
        part = sum(1.0 if one.state is ImportState.DONE else one.progress for one in items)
        self.bar.setRange(0, 1000)
        self.bar.setValue(round(1000 * part / max(1, total)))
        self.bar.setAccessibleDescription(words)
        moving = count[ImportState.WAITING] + count[ImportState.RUNNING]
        resting = self._resting(items)
        self.rest.setEnabled(bool(moving or count[ImportState.PAUSED]))
        self.rest.setText(self.tr("Go on") if resting else self.tr("Pause"))
        self.rest.setAccessibleName(self.rest.text())
        self.rest.set_icon("play" if resting else "pause")
        self.clear_done.setEnabled(done > 0)

    def _resting(self, items: Sequence[Import]) -> bool:
        now = self._queue().now
        if now is not None and any(one.id == now.id for one in items):
            return now.paused
        return any(one.state is ImportState.PAUSED for one in items)

    # Hands

    def _step(self, by: int) -> None:
        """Go to the video above or below; from elsewhere to the first."""
        rows = list(self._rows.values())
        at = next((n for n, one in enumerate(rows) if one.holds_focus()), None)
        at = 0 if at is None else at + by
        if 0 <= at < len(rows):
            rows[at].setFocus()

    def _open_newest(self) -> None:
        """Open the report of the video that became a session last."""
        done = [row for row in self._rows.values() if row.buttons["open"].isVisible()]
        if done:
            done[-1].buttons["open"].click()

    def _on_rest(self) -> None:
        person = current_person(self._services)
        if person is None:
            return
        items = self._services.store.imports.listed(person.id)
        if self._resting(items):
            self._queue().resume(person.id)
        else:
            self._queue().pause(person.id)
        self.look()

    def _on_clear(self) -> None:
        person = current_person(self._services)
        if person is not None:
            self._services.store.imports.clear_done(person.id)
            self.look()

    def _on_act(self, act: str, import_id: str) -> None:
        imports = self._services.store.imports
        if act == "open":
            item = imports.one(import_id)
            if item is not None and item.session_id is not None:
                self.report_wanted.emit(item.session_id)
            return
        if act == "stop":
            self._queue().break_off(import_id)
        elif act == "again":
            imports.again(import_id)
            self._queue().wake()
        elif act == "remove":
            imports.remove(import_id)
        else:
            imports.move(import_id, -1 if act == "up" else 1)
        self.look()
