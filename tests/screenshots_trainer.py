"""What the trainer sees at her own computer: the desk, both views together, the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.settings import Settings
from app.ui.application import build_services, build_window
from app.ui.pages.desk_frame import Tab

if TYPE_CHECKING:
    from tests.screenshots_round import Photographer
    from tests.screenshots_stage import Trainer

REST_MS: Final = 2500


def go_round(camera: Photographer, cleo: Trainer) -> None:
    """Open the trainer's window in the place of the other one."""
    camera.close()
    settings = Settings(
        theme="light", person_id=cleo.person.id, person_name=cleo.person.name, first_run_over=True
    )
    services = build_services(cleo.store, settings)
    camera.stand_before(build_window(services))
    try:
        camera.window.go("home")
        camera.shoot("home-trainer")
        _desk(camera, cleo.session_id)
    finally:
        camera.close()
        services.background.close()
        cleo.store.close()


def _desk(camera: Photographer, session_id: str) -> None:
    doors = camera.window.doors
    doors.desk_wanted.emit(session_id, 13.5)
    desk: Any = camera.window.stack.currentWidget()
    camera.settle(REST_MS)
    camera.shoot("desk")
    desk.show_tab(Tab.MACHINE)
    camera.shoot("desk-machine")
    desk.show_tab(Tab.TOGETHER)
    camera.shoot("together")
    desk.own_markers_wanted.emit("front_desk")
    camera.settle(REST_MS)
    camera.shoot("form-markers")
    doors.desk_wanted.emit(session_id, 0.0)
    doors.send_back_wanted.emit(session_id)
    camera.settle(REST_MS)
    camera.shoot("send-review")
