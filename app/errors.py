"""Errors that a person can do something about."""

from __future__ import annotations

from typing import Protocol, runtime_checkable


@runtime_checkable
class Told(Protocol):
    """Anything that says what happened and what to do; the senses' own errors fit it too."""

    what: str
    remedy: str


class AppError(Exception):
    """Something in the user's world went wrong: one sentence on what, one on what to do."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what} {remedy}".strip())
        self.what = what
        self.remedy = remedy

    @classmethod
    def from_told(cls, told: Told) -> AppError:
        """Carry the two sentences of an error of `vision` or `audio` into the app."""
        return cls(told.what, told.remedy)
