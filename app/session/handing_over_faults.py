"""What went wrong while a share was being prepared, in words about the share.

Nobody knows the folder in which it is prepared, and nobody finds it afterwards: it is deleted.
"""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from app.errors import AppError
from app.store.faults import DiskFault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.store.files import SessionFiles

NO_ROOM: Final = (
    "There is not enough room on this computer's disk to prepare the share.",
    "Nothing was handed over. Free some space, or choose a shorter span, and share it again.",
)
GONE: Final = (
    "The files of this session are not there any more, so it cannot be shared.",
    "They were deleted or moved by hand. Bring them back from a backup, or share another session.",
)
FORBIDDEN: Final = (
    "Rapport may not write in {kept}, where the share is prepared.",
    "Nothing was handed over. Allow your user to write in that folder, and share it again.",
)
OTHERWISE: Final = (
    "The share could not be prepared on this computer's disk.",
    "Nothing was handed over. Check the disk that {kept} is on, and share it again.",
)
BY_ERRNO: Final = {
    errno.ENOSPC: NO_ROOM,
    errno.EDQUOT: NO_ROOM,
    errno.EFBIG: NO_ROOM,
    errno.ENOENT: GONE,
    errno.EROFS: FORBIDDEN,
    errno.EACCES: FORBIDDEN,
    errno.EPERM: FORBIDDEN,
}


@contextmanager
def told_of_share(shop: SessionFiles, kept: Path) -> Iterator[None]:
    """Turn what the disk refused in the folder `shop` into sentences that a person can act on.

    Parameters
    ----------
    shop
        Where the share is prepared.
    kept
        The folder of everything that is kept, which a person may have to free or to open.
    """
    try:
        yield
    except DiskFault as error:
        if not error.path.is_relative_to(shop.folder):
            raise
        cause = error.__cause__
        number = cause.errno if isinstance(cause, OSError) else None
        what, remedy = BY_ERRNO.get(number or 0, OTHERWISE)
        raise AppError(what.format(kept=kept), remedy.format(kept=kept)) from cause
