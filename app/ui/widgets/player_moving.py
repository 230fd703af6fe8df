"""The picture of a running film: taken from Qt's frames, made ready beside the screen."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat

from app.session.moving import NewestFirst, RawPicture, shaped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

Layout = QVideoFrameFormat.PixelFormat
Colours = QVideoFrameFormat.ColorSpace
LOOK_MS: Final = 4
"""How often is looked for a picture that is on its way; it comes after 3 to 10 ms."""
LAYOUTS: Final[Mapping[Layout, str]] = MappingProxyType(
    {
        Layout.Format_YUV420P: "yuv420p",
        Layout.Format_YUV422P: "yuv422p",
        Layout.Format_NV12: "nv12",
    }
)
"""What decoders give; anything else is left to Qt."""
COLOURS: Final[Mapping[Colours, int]] = MappingProxyType(
    {Colours.ColorSpace_BT601: 5, Colours.ColorSpace_BT709: 1}
)
"""FFmpeg's numbers."""
HIGH_DEFINITION_PX: Final = 576
"""Films higher than this that do not say in which colours they are kept are taken as BT.709."""


class MovingPictures(QObject):
    """Hands frames over and gives pictures back; of frames that come too fast only the newest.

    Qt's own conversion asks for the graphics card, and where there is none it is made by the
    processor in place of it: measured 48 ms of processor time a frame of 720p, against 3 ms here.
    """

    made = Signal(QImage, QSize)
    """A picture at the size in which it is shown, and the size of the whole one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hands: NewestFirst[tuple[QImage, QSize]] = NewestFirst("pictures")
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._on_look)

    def offer(self, frame: QVideoFrame, fit: tuple[int, int]) -> None:
        """Want a frame shown; fit is (width, height) in pixels of the screen."""
        self._hands.offer(lambda: picture_of_frame(frame, fit))
        self._look.start()

    def drop(self) -> None:
        """Want nothing any more."""
        self._look.stop()
        self._hands.drop()

    def close(self) -> None:
        """End the thread; the next frame starts another."""
        self._look.stop()
        self._hands.close()

    def _on_look(self) -> None:
        found = self._hands.take()
        if not self._hands.waiting:
            self._look.stop()
        if found is not None:
            self.made.emit(*found)


def picture_of_frame(frame: QVideoFrame, fit: tuple[int, int]) -> tuple[QImage, QSize]:
    """Give a frame as Qt paints it fastest, and the size of the whole; may run in any thread."""
    layout = _layout(frame)
    if not layout or not frame.map(QVideoFrame.MapMode.ReadOnly):
        whole = frame.toImage()
        return whole, whole.size()
    try:
        raw = _raw(frame, layout)
        image = shaped(raw, fit)
    finally:
        frame.unmap()
    height, width = image.shape[:2]
    kind = QImage.Format.Format_RGB32
    # Qt does not keep the numbers alive.
    made = QImage(image.data, width, height, 4 * width, kind).copy()
    size = QSize(*raw.size)
    return made, size.transposed() if raw.turns % 2 else size


def _layout(frame: QVideoFrame) -> str:
    """Name the layout of a frame's pixels; empty for one that is left to Qt."""
    kept = frame.surfaceFormat()
    top_down = kept.scanLineDirection() == QVideoFrameFormat.Direction.TopToBottom
    known = kept.colorSpace() in {*COLOURS, Colours.ColorSpace_Undefined}
    if not top_down or not known or frame.mirrored() or kept.isMirrored():
        return ""
    return LAYOUTS.get(frame.pixelFormat(), "")


def _raw(frame: QVideoFrame, layout: str) -> RawPicture:
    kept, height = frame.surfaceFormat(), frame.height()
    unsaid = 1 if height > HIGH_DEFINITION_PX else 2
    return RawPicture(
        planes=[_plane(frame, number) for number in range(frame.planeCount())],
        layout=layout,
        size=(frame.width(), height),
        turns=kept.rotation().value // 90 % 4,
        colours=COLOURS.get(kept.colorSpace(), unsaid),
        full_range=kept.colorRange() == QVideoFrameFormat.ColorRange.ColorRange_Full,
    )


def _plane(frame: QVideoFrame, number: int) -> NDArray[np.uint8]:
    wide = frame.bytesPerLine(number)
    whole = np.frombuffer(frame.bits(number), np.uint8)
    return whole[: len(whole) // wide * wide].reshape(-1, wide)


def fitted(room: QRect, size: QSize) -> QRectF:
    """Lay a shape into the middle of a place, as large as it goes."""
    inner = size.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    # On whole pixels: between two of them Qt would work every pixel out anew.
    left = room.left() + (room.width() - inner.width()) // 2
    top = room.top() + (room.height() - inner.height()) // 2
    return QRectF(QRect(left, top, inner.width(), inner.height()))
