"""Sections of the settings: picture and sound, hints, looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.ui.waiting import Waiter
from app.ui.widgets.cue_switches import cue_name
from app.ui.widgets.device_picker import ADDRESS_STARTS, NONE_ID, DevicePicker
from app.ui.widgets.setting_rows import (
    CHOICE_PX,
    ChangingSection,
    SettingRow,
    SettingsSection,
    choice_box,
    choose,
    switch,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future

    from PySide6.QtGui import QShowEvent

    from app.ui.services import Device, Services

    Change = Callable[..., object]

ADDRESSES: Final = 5
PICKER_PX: Final = CHOICE_PX + 100


class DevicesSection(ChangingSection):
    """Camera and microphone."""

    def _fill(self) -> None:
        self.head(
            self.tr("Picture and sound"),
            self.tr("What watches and listens. It is opened only while you use it."),
        )
        self._watched = self._outdated = False
        self.camera = DevicePicker(self.tr("Camera"), self.tr("No camera"), network=True)
        self.microphone = DevicePicker(self.tr("Microphone"), self.tr("No microphone"))
        for picker in (self.camera, self.microphone):
            picker.setFixedWidth(PICKER_PX)
            picker.hide_title()
        self.camera.chosen.connect(self._on_camera)
        self.microphone.chosen.connect(lambda device: self._change(microphone=device))
        self.add(SettingRow(
            self.tr("Camera"),
            self.tr("A camera of this computer, or a network camera by its address."),
            self.camera, words=self.tr("webcam picture video device network ip"),
        ))  # fmt: skip
        self.add(SettingRow(
            self.tr("Microphone"),
            self.tr("A headset hears you best, and nobody else."),
            self.microphone, words=self.tr("mic sound voice audio headset input device"),
        ))  # fmt: skip

    def refresh(self) -> None:
        """List what is there, beside the screen."""
        self._offer([], [])
        self._outdated = False
        services = self._services
        if services.watch_microphones is not None and not self._watched:
            self._watched = True
            services.watch_microphones(self, lambda: True, self._on_plugged)
        future: Future[tuple[list[Device], list[Device]]] = services.background.run(
            lambda: (list(services.cameras()), list(services.microphones()))
        )
        Waiter(future, lambda found: self._offer(*found), self._failed, self)

    def showEvent(self, event: QShowEvent) -> None:
        """Make up for what was plugged in while something else was looked at."""
        super().showEvent(event)
        if self._outdated:
            self._on_plugged()

    def _on_plugged(self) -> None:
        """List the microphones once more, where they are looked at."""
        self._outdated = not self.isVisible()
        if self._outdated:
            return
        services = self._services
        future: Future[list[Device]] = services.background.run(lambda: list(services.microphones()))
        Waiter(
            future,
            lambda found: self.microphone.offer(found, services.choices.now.microphone, ()),
            self._failed,
            self,
        )

    def _offer(self, cameras: Sequence[Device], microphones: Sequence[Device]) -> None:
        now = self._services.choices.now
        self.camera.offer(cameras, now.camera, now.network_cameras)
        self.microphone.offer(microphones, now.microphone, ())

    def _on_camera(self, device: str) -> None:
        known = self._services.choices.now.network_cameras
        new = device != NONE_ID and device.lower().startswith(ADDRESS_STARTS)
        if new and device not in known:
            self._change(camera=device, network_cameras=(device, *known)[:ADDRESSES])
        else:
            self._change(camera=device)


class HintsSection(SettingsSection):
    """Whether, what for, how, and how often."""

    def __init__(self, services: Services, change: Change) -> None:
        super().__init__()
        self.head(
            self.tr("Hints"),
            self.tr("At most one at a time, while you practise. None is fine too."),
        )
        self._services = services
        rules = [rule for rule in services.catalogue.rules if rule.focus]
        self.focus = choice_box(
            [("", self.tr("Nothing"))] + [(rule.id, cue_name(rule)) for rule in rules],
            lambda cue: change(hints=bool(cue), focus=cue or services.choices.now.focus),
        )
        self.way = choice_box(
            [
                ("screen", self.tr("On the screen")),
                ("tone", self.tr("By a soft tone")),
                ("both", self.tr("Both")),
            ],
            lambda way: change(hint_way=way),
        )
        self.pause = choice_box(
            [
                ("usual", self.tr("As usual")),
                ("longer", self.tr("Half as often")),
                ("longest", self.tr("A quarter as often")),
            ],
            lambda pause: change(hint_pause=pause),
        )
        self.add(SettingRow(
            self.tr("What I may hint at"),
            self.tr("One thing for each session. It can be changed before the start."),
            self.focus, words=self.tr("focus live hint off none"),
        ))  # fmt: skip
        self._idle = self.tr("Only with a hint: choose one above under “What I may hint at”.")
        self._way_why = self.tr(
            "The tone waits until you draw breath; what the microphone hears of it is not measured."
        )
        self._pause_why = self.tr(
            "As usual, at least 25 seconds lie between two hints, and they become rarer the "
            "steadier you are."
        )
        self._way_row = self.add(SettingRow(
            self.tr("How a hint is given"), self._way_why, self.way,
            words=self.tr("sound tone screen quiet silent beep"),
        ))  # fmt: skip
        self._pause_row = self.add(SettingRow(
            self.tr("How often"), self._pause_why, self.pause,
            words=self.tr("rare seldom frequency pause"),
        ))  # fmt: skip

    def refresh(self) -> None:
        """Show the settings as they stand."""
        now = self._services.choices.now
        choose(self.focus, now.focus if now.hints and now.focus else "")
        choose(self.way, now.hint_way)
        choose(self.pause, now.hint_pause)
        on = now.hints and bool(now.focus)
        for row, control, why in (
            (self._way_row, self.way, self._way_why),
            (self._pause_row, self.pause, self._pause_why),
        ):
            control.setEnabled(on)
            row.tell(why if on else self._idle)
            control.setAccessibleDescription(row.why.text())


class LookSection(SettingsSection):
    """Colours, size of texts, movement."""

    def __init__(self, services: Services, change: Change) -> None:
        super().__init__()
        self.head(
            self.tr("Appearance"),
            self.tr("Yours alone: another person's window looks as they like it."),
        )
        self._services = services
        self.theme = choice_box(
            [
                ("system", self.tr("As the system says")),
                ("light", self.tr("Light")),
                ("dark", self.tr("Dark")),
            ],
            lambda theme: change(theme=theme),
        )
        self.text_size = choice_box(
            [(100, self.tr("Usual")), (115, self.tr("Large")), (130, self.tr("Largest"))],
            lambda size: change(text_size=size),
        )
        self.movement = choice_box(
            [
                ("system", self.tr("As the system says")),
                ("full", self.tr("Let things move")),
                ("reduced", self.tr("As little as possible")),
            ],
            lambda movement: change(movement=movement),
        )
        self.checklist = switch(
            self.tr("Show it"), lambda on: change(checklist_hidden=not on),
            name=self.tr("Checklist beside the picture"),
        )  # fmt: skip
        self.add(SettingRow(
            self.tr("Colours"), "", self.theme,
            words=self.tr("theme dark light night system appearance"),
        ))  # fmt: skip
        self.add(SettingRow(
            self.tr("Size of texts"), self.tr("115 or 130 % of the usual."), self.text_size,
            words=self.tr("font large big zoom read letters"),
        ))  # fmt: skip
        self.add(SettingRow(
            self.tr("Movement"), self.tr("Small movements when something appears."), self.movement,
            words=self.tr("motion animation reduced"),
        ))  # fmt: skip
        self.add(SettingRow(
            self.tr("Checklist beside the picture"),
            self.tr("While you practise. H hides and shows it too."), self.checklist,
            words=self.tr("list items live"),
        ))  # fmt: skip

    def refresh(self) -> None:
        """Show the settings as they stand."""
        now = self._services.choices.now
        choose(self.theme, now.theme)
        choose(self.text_size, now.text_size)
        choose(self.movement, now.movement)
        self.checklist.setChecked(not now.checklist_hidden)
