from __future__ import annotations

import multiprocessing
from types import MappingProxyType
from typing import TYPE_CHECKING

import jobs
import pytest

from app.errors import AppError
from app.session.child import _follow, run_in_child
from app.session.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable


def test_result_and_progress_come_back() -> None:
    told: list[float] = []
    assert run_in_child(jobs.add, 2, 3, progress=told.append) == 5
    assert told == [0.5, 1.0]


def test_read_only_mappings_travel_both_ways() -> None:
    result = run_in_child(jobs.echo, MappingProxyType({"a": "b"}))
    assert result == {"given": {"a": "b"}}


@pytest.mark.parametrize(
    ("job", "what"),
    [(jobs.refuse, "It cannot be done."), (jobs.misread, "That is no video.")],
)
def test_an_error_in_words_comes_back_in_the_same_words(job: object, what: str) -> None:
    with pytest.raises(AppError) as caught:
        run_in_child(job)
    assert caught.value.what == what
    assert caught.value.remedy


def test_our_own_fault_is_logged_with_its_trace(
    caplog: pytest.LogCaptureFixture, expected_warnings: Callable[[str], None]
) -> None:
    expected_warnings("A child process failed")
    with pytest.raises(AppError, match="log"):
        run_in_child(jobs.blunder)
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize(("job", "how"), [(jobs.die, "SIGKILL"), (jobs.leave, "exit code 3")])
def test_a_child_that_dies_is_an_error_in_words_and_its_code_is_in_the_log(
    job: object, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", "app.session.child"), pytest.raises(AppError) as told:
        run_in_child(job)
    assert how in caplog.text
    assert "broke off" in told.value.what
    assert how not in str(told.value)


class BrokenPipe:
    """The near end of a pipe on Windows, whose far end died: already asking fails."""

    def poll(self, timeout: float) -> bool:
        raise BrokenPipeError(32, "The pipe has been ended")

    def recv(self) -> object:
        pytest.fail("nothing is read where asking failed")


class Dead:
    """A process that crashed on Windows."""

    exitcode = 0xC0000005

    def join(self, timeout: float) -> None:
        assert timeout > 0


def test_a_child_that_dies_on_windows_is_the_same_error_in_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level("INFO", "app.session.child"), pytest.raises(AppError, match="broke off"):
        _follow(Dead(), BrokenPipe(), None, None)  # type: ignore[arg-type]
    assert "ended with exit code 3221225477" in caplog.text


def test_cancel_ends_the_child() -> None:
    told: list[float] = []
    with pytest.raises(Cancelled):
        run_in_child(jobs.hang, progress=told.append, cancelled=lambda: bool(told))
    assert not multiprocessing.active_children()
