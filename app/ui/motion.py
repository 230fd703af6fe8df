"""Small movements that help the eye, and none at all for who asked for none."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPropertyAnimation
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QGraphicsOpacityEffect, QStyle, QWidget

from app.ui.style import Motion


def motion_wanted() -> bool:
    """Whether things may move: neither the system nor the style asks for reduced motion."""
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
