"""What can go wrong with sound; each error says what to do."""

from __future__ import annotations


class AudioError(Exception):
    """A microphone or a recording could not be used: one sentence on what, one on what to do."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what} {remedy}".strip())
        self.what = what
        self.remedy = remedy


class MicrophoneUnavailable(AudioError):
    """No microphone, a busy one, a denied one, or one that was unplugged."""


class AudioUnreadable(AudioError):
    """A file that is not a recording, is empty or broken, or has no sound."""


class NoSound(AudioUnreadable):
    """A file that can be read and holds no sound."""
