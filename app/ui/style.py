"""Themes: light, dark, or as the system says; the tokens are re-exported from here."""

from __future__ import annotations

import sys
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from app.paths import asset
from app.ui.qss import style_sheet
from app.ui.tokens import (
    COLUMN_PX,
    CONTROL_PX,
    DARK,
    FORM_PX,
    ICON_PX,
    LIGHT,
    LINE_PX,
    PAGE_PX,
    RAIL_PX,
    STAGE_PX,
    Corner,
    Motion,
    Palette,
    Space,
    TypeSize,
    Weight,
    contrast,
)

__all__ = [
    "COLUMN_PX", "CONTROL_PX", "DARK", "FORM_PX", "ICON_PX", "LIGHT", "LINE_PX", "PAGE_PX",
    "RAIL_PX", "STAGE_PX", "Corner", "Motion", "Palette", "Space", "TypeSize", "Weight",
    "apply_theme", "contrast", "current_palette", "dress_window", "interface_font", "tabular",
    "text_px",
]  # fmt: skip

THEME_PROPERTY: Final = "rapport_palette"
SIZE_PROPERTY: Final = "rapport_text_size"
SHEET_PROPERTY: Final = "rapport_style_sheet"
DRESSED_PROPERTY: Final = "rapport_dressed"
USUAL_SIZE: Final = 100
# A bare X server names no interface font and Qt then takes whatever "sans" is; these are made
# for screens and are the usual interface fonts of Linux desktops.
GENERIC_FAMILIES: Final = frozenset({"Sans Serif", "Sans", "sans-serif"})
CALM_FAMILIES: Final = ("Inter", "Cantarell", "Ubuntu", "Noto Sans", "DejaVu Sans")


def scheme_of(theme: str) -> Qt.ColorScheme:
    """Say what Qt is told of a theme setting; unknown is as the system says."""
    schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    return schemes.get(theme, Qt.ColorScheme.Unknown)


def wanted_palette(theme: str) -> Palette:
    """Choose the palette of a theme setting: "light", "dark", or "system"."""
    if theme in ("light", "dark"):
        return DARK if theme == "dark" else LIGHT
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return DARK if dark else LIGHT


def apply_theme(app: QApplication, theme: str, text_size: int | None = None) -> Palette:
    """Set the colours and the font of the application, and dress the windows that wear a sheet.

    Safe to call again when the theme or the text size changes. The text size is in hundredths of
    the usual; None leaves it as it is.
    """
    # What the system draws follows too: the window's frame, and the dialogs for files.
    QGuiApplication.styleHints().setColorScheme(scheme_of(theme))
    palette = wanted_palette(theme)
    if text_size is not None:
        app.setProperty(SIZE_PROPERTY, text_size)
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setFont(interface_font())
    app.setPalette(_qt_palette(palette))
    app.setProperty(THEME_PROPERTY, palette.name)
    sheet = style_sheet(palette, text_scale())
    for mark, file in (("CARET", "caret"), ("CHECK", "check")):
        path = asset("style", f"{file}-{palette.name}.svg").as_posix()
        sheet = sheet.replace(f"url({mark})", f'url("{path}")')
    app.setProperty(SHEET_PROPERTY, sheet)
    for window in app.topLevelWidgets():
        if window.property(DRESSED_PROPERTY):
            dress_window(window)
    return palette


def dress_window(window: QWidget) -> None:
    """Put the theme's style sheet on a window of its own; what is in it wears it too.

    On the application the sheet would be worked out for each widget again with each layout that
    takes it in: making a page cost five times as much.
    """
    app = QApplication.instance()
    sheet = (app.property(SHEET_PROPERTY) if app is not None else None) or ""
    window.setProperty(DRESSED_PROPERTY, True)
    if window.styleSheet() != sheet:
        window.setStyleSheet(sheet)


def current_palette() -> Palette:
    """Return the palette that the application wears now; light before the first `apply_theme`."""
    app = QApplication.instance()
    name = app.property(THEME_PROPERTY) if app is not None else None
    return DARK if name == "dark" else LIGHT


def text_scale() -> float:
    """Size of the texts as a multiple of the usual, as the person chose it."""
    app = QApplication.instance()
    size = app.property(SIZE_PROPERTY) if app is not None else None
    return (size or USUAL_SIZE) / USUAL_SIZE


def text_px(size: int) -> int:
    """Give a type size in pixels as the person chose the texts' size."""
    return round(size * text_scale())


def interface_font() -> QFont:
    """Return the platform's interface font in the size of text."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if sys.platform.startswith("linux"):
        installed = set(QFontDatabase.families())
        if font.family() in GENERIC_FAMILIES or font.family() not in installed:
            family = next((name for name in CALM_FAMILIES if name in installed), font.family())
            font.setFamily(family)
    font.setPixelSize(text_px(TypeSize.TEXT))
    return font


def tabular(widget: QWidget) -> None:
    """Figures of one width, so that a running time does not dance."""
    font = widget.font()
    font.setFeature(QFont.Tag("tnum"), 1)
    widget.setFont(font)


def _qt_palette(p: Palette) -> QPalette:
    """Qt's own palette, for whatever a style sheet does not reach."""
    role = QPalette.ColorRole
    colours = {
        role.Window: p.surface,
        role.WindowText: p.text,
        role.Base: p.card,
        role.AlternateBase: p.sunken,
        role.Text: p.text,
        role.Button: p.card,
        role.ButtonText: p.text,
        role.Highlight: p.accent,
        role.HighlightedText: p.on_accent,
        role.PlaceholderText: p.quiet,
        role.ToolTipBase: p.text,
        role.ToolTipText: p.surface,
        role.Link: p.accent,
    }
    palette = QPalette()
    for which, colour in colours.items():
        palette.setColor(which, QColor(colour))
    return palette
