"""Lays out what was just put into a page that scrolls, before any of it is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout, QScrollArea


def settle(area: QScrollArea) -> None:
    """Give new cards their places now.

    Left to itself Qt shows them first and asks for their room later: for as long as that takes,
    which may be half a second, they are painted squeezed into the height of the window.
    """
    inner = area.widget()
    layout = inner.layout() if inner is not None else None
    if inner is None or layout is None:
        return
    _show(layout)
    layout.activate()
    QCoreApplication.sendEvent(area, QEvent(QEvent.Type.LayoutRequest))


def _show(layout: QLayout) -> None:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is None:
            continue
        widget, inside = item.widget(), item.layout()
        if inside is not None:
            _show(inside)
        elif widget is not None and not widget.testAttribute(
            Qt.WidgetAttribute.WA_WState_ExplicitShowHide
        ):
            widget.show()
