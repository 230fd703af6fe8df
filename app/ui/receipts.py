"""Receipts in words: what was deleted, and how much of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from app.store.types import DeletionReason
from app.ui.texts import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.store.types import Receipt


def tr(text: str, number: int = -1) -> str:
    """Translate a text of this file; with a number that it tells."""
    return QCoreApplication.translate("receipts", text, "", number)


def size_words(size_bytes: int) -> str:
    """Say how large something was."""
    return QLocale().formattedDataSize(size_bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def deleted_words(receipts: Sequence[Receipt]) -> str:
    """Say what went, all together."""
    sessions = [receipt for receipt in receipts if not receipt.of_own_normal]
    if not receipts:
        return tr("There were no sessions to delete.")
    if not sessions:
        return tr("Deleted, with a receipt: your own normal.")
    words = (
        tr("Deleted, with a receipt: one session, {files}, {size}.")
        if len(sessions) == 1
        else tr("Deleted, with a receipt each: {n} sessions, {files}, {size}.", len(sessions))
    )
    if len(sessions) < len(receipts):
        words += " " + tr("Your own normal is deleted too.")
    files = files_words(sum(receipt.files for receipt in sessions))
    size = size_words(sum(receipt.size_bytes for receipt in sessions))
    return words.format(n=len(sessions), files=files, size=size)


def files_words(files: int) -> str:
    """Say how many files something was."""
    return counted(files, tr("1 file"), tr("{n} files", files))


def reason_words(reason: DeletionReason) -> str:
    """Say why a session was deleted."""
    return {
        DeletionReason.ASKED: tr("you deleted it"),
        DeletionReason.RETENTION: tr("its time was over"),
        DeletionReason.WITHDRAWN: tr("you took your agreement back"),
        DeletionReason.PARTNER_WITHDRAWN: tr("your partner took their agreement back"),
        DeletionReason.SHARE_WITHDRAWN: tr("its owner took it back"),
        DeletionReason.EXPIRED: tr("its time with you was over"),
        DeletionReason.PROFILE_REMOVED: tr("the profile was removed"),
    }[reason]
