"""Small movements that help the eye, and none at all for who asked for none."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEasingCurve, QPropertyAnimation
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QGraphicsOpacityEffect, QStyle, QWidget

from app.ui.style import Motion

MOVEMENT_PROPERTY: Final = "rapport_movement"


def set_movement(app: QApplication, movement: str) -> None:
    """Take what the person chose: "system", "full" or "reduced"."""
    app.setProperty(MOVEMENT_PROPERTY, movement)


def motion_wanted() -> bool:
    """Whether things may move: the person's own word, else that of the system and the style."""
    app = QApplication.instance()
    chosen = app.property(MOVEMENT_PROPERTY) if app is not None else None
    if chosen in ("full", "reduced"):
        return bool(chosen == "full")
    style = QApplication.style()
    if style is None or style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) == 0:
        return False
    # Qt before 6.11 does not know what the system prefers.
    hints = getattr(QGuiApplication.styleHints(), "accessibility", None)
    prefers = getattr(hints(), "motionPreference", None) if hints is not None else None
    return prefers is None or prefers().name != "ReducedMotion"


def fade_in(widget: QWidget, duration_ms: int = Motion.CALM) -> None:
    """Let a widget appear; at once where motion is not wanted."""
    widget.show()
    if not motion_wanted():
        return
    effect = QGraphicsOpacityEffect(widget)
    widget.setGraphicsEffect(effect)
    animation = QPropertyAnimation(effect, b"opacity", effect)
    animation.setDuration(duration_ms)
    animation.setStartValue(0.0)
    animation.setEndValue(1.0)
    animation.setEasingCurve(QEasingCurve.Type.OutCubic)
    animation.finished.connect(lambda: widget.setGraphicsEffect(None))  # type: ignore[arg-type]
    animation.start()
