"""Why a file is not opened: each reason has its own sentence and remedy."""

from __future__ import annotations

from app.errors import AppError


class Refused(AppError):
    """A file that is not opened. Nothing of it was kept."""


class WrongPassphrase(Refused):
    """The words do not open it."""

    def __init__(self) -> None:
        super().__init__(
            "These words do not open the file.",
            "Ask the sender for the passphrase again and type it as they read it: small or large "
            "letters and the spaces between words do not matter.",
        )


class Damaged(Refused):
    """A byte is not as it was sealed."""

    def __init__(self) -> None:
        super().__init__(
            "This file was changed or damaged after it was made, so it is not opened.",
            "Ask the sender for it again; a fresh copy from their disk is enough.",
        )


class CutOff(Refused):
    """Its end is missing."""

    def __init__(self) -> None:
        super().__init__(
            "This file is cut off: its end is missing.",
            "Copy it again from the sender, and wait until the copy is complete before you take "
            "the stick out.",
        )


class NotOurs(Refused):
    """Something else."""

    def __init__(self) -> None:
        super().__init__(
            "This is not a file that Rapport made for handing over.",
            "Choose a file whose name ends in .rapport. A video goes in through Import.",
        )


class TooNew(Refused):
    """Of a newer program."""

    def __init__(self) -> None:
        super().__init__(
            "This file was made by a newer version of Rapport.",
            "Install the newer version here, or ask the sender to use the same one as you.",
        )


class TooCostly(Refused):
    """It asks for more work than any file of ours does."""

    def __init__(self) -> None:
        super().__init__(
            "This file asks for far more memory than opening takes, so it is not opened.",
            "It was changed by somebody. Ask the sender for it again.",
        )


class BadSignature(Refused):
    """Signed by nobody, or by somebody else than it says."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"This file says it is from {name or 'somebody'}, but was not signed with their key.",
            "Do not trust it. Ask them, in person or by telephone, whether they sent it.",
        )


class OtherKey(Refused):
    """A known name with another key."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"You know {name} with another key than the one that signed this file.",
            f"Ask {name}, in person or by telephone, whether they have a new computer or profile. "
            "If so, forget the old key under “Shared with others” and open the file again; if not, "
            "somebody else made it.",
        )


class NotConfirmed(Refused):
    """A stranger's file, before its words were compared."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"This is the first file from {name}, and nobody has compared the words of their key.",
            f"Let {name} read you their words and confirm that they match.",
        )


class Expired(Refused):
    """Its time is over."""

    def __init__(self, until: str) -> None:
        super().__init__(
            f"This share ended on {until} and opens no more.",
            "Ask its owner to share the session again.",
        )


class Withdrawn(Refused):
    """Its owner took it back."""

    def __init__(self) -> None:
        super().__init__(
            "The owner took this share back, so it opens no more.",
            "Ask its owner if you still need it; they can share the session again.",
        )


class WrongCalendar(Refused):
    """The calendar of this machine stands before the file was made."""

    def __init__(self) -> None:
        super().__init__(
            "This computer's calendar stands before the day on which this file was made.",
            "Set date and time right, then open it again.",
        )


class NoRoom(Refused):
    """The disk is too small."""

    def __init__(self, megabytes: int) -> None:
        super().__init__(
            f"There is too little room on the disk: this file needs {megabytes} MB.",
            "Free some space and open it again.",
        )


class NotYours(Refused):
    """A review of something that this profile did not share."""

    def __init__(self) -> None:
        super().__init__(
            "This is a review of a session that this profile did not share.",
            "Open it in the profile, and on the computer, that the session was shared from.",
        )


class OwnShare(Refused):
    """One's own share, opened in the profile that made it."""

    def __init__(self) -> None:
        super().__init__(
            "This is the file that you made yourself.",
            "Give it to the person it is for; they open it in their own profile.",
        )
