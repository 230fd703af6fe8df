"""What is gone while a session runs: the picture does not pretend, and the newest fault is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from ui.fake_live import blank_snapshot, grey_frame

from app.coach.types import Sense
from app.session.plan import Fault
from app.ui.widgets.video import STILL_S

if TYPE_CHECKING:
    from app.ui.pages.live import LivePage

CAMERA = Fault(Sense.VISION, "The camera stopped sending pictures.", "Check its cable.")
MICROPHONE = Fault(Sense.VOICE, "The microphone has stopped giving sound.", "Plug it in again.")


@pytest.fixture
def page(live_page: LivePage) -> LivePage:
    live_page.show_picture(grey_frame(10.0, 200))
    return live_page


def middle(page: LivePage) -> int:
    """How bright the picture is painted, beside the sign in its middle."""
    return page.video.grab().toImage().pixelColor(page.video.rect().center() / 2).lightness()


def test_the_last_picture_of_a_camera_that_is_gone_is_greyed_until_another_comes(
    page: LivePage,
) -> None:
    bright = middle(page)
    page.show_numbers(blank_snapshot(t=10.0 + STILL_S, faults=(CAMERA,)))
    assert not page.video.still, "it may only be late"
    page.show_numbers(blank_snapshot(t=10.1 + STILL_S, faults=(MICROPHONE,)))
    assert not page.video.still, "the camera works"
    page.show_numbers(blank_snapshot(t=10.1 + STILL_S, faults=(CAMERA,)))
    assert page.video.still
    assert middle(page) < bright / 2
    page.show_picture(grey_frame(15.0, 200))
    assert not page.video.still
    assert middle(page) == bright


def test_of_two_faults_the_newer_one_is_said_and_then_the_one_that_lasts(page: LivePage) -> None:
    for faults, said in (
        ((CAMERA,), CAMERA.what),
        ((CAMERA, MICROPHONE), MICROPHONE.what),
        ((CAMERA,), CAMERA.what),
    ):
        page.show_numbers(blank_snapshot(t=12.0, faults=faults))
        assert page.notice.text == said


def test_nothing_is_missing_while_the_report_is_put_together(page: LivePage) -> None:
    page.show_state(blank_snapshot())
    assert not page.sees.isHidden()
    page.show_state(blank_snapshot(state="stopping", sees=False, hears=False))
    assert page.sees.isHidden()
    assert page.hears.isHidden()
