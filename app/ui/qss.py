"""The style sheet, built from the tokens. Widgets say what they are; this says how it looks.

A label's `role`, a button's `kind` and a frame's `surface` are the names in the selectors below.
"""

from __future__ import annotations

import re
from typing import Final

from app.ui.tokens import CONTROL_PX, Corner, Palette, Space, TypeSize, Weight

LIVE_TEXT: Final = 2 * TypeSize.TEXT
"""The live page is read from two metres."""
CARD_LINE: Final = TypeSize.MOMENT + Space.MEDIUM
"""The partner's line is read aloud, standing."""


GROWS: Final = re.compile(r"(font-size|min-height): (\d+)px")
"""What grows with the texts: their size, and the height of what holds a line of them."""
LINE_FROM_PX: Final = 20
"""Lower things (tracks, bars) hold no text."""


def style_sheet(palette: Palette, scale: float = 1.0) -> str:
    """Build the whole style sheet in one palette, its texts `scale` times as large."""
    parts = (
        _base, _labels, _frames, _buttons, _live_buttons, _small_buttons, _fields, _choices,
        _lists, _bars,
    )  # fmt: skip
    sheet = "\n".join(part(palette) for part in parts)
    return GROWS.sub(lambda found: _grown(found, scale), sheet)


def _grown(found: re.Match[str], scale: float) -> str:
    name, size = found[1], int(found[2])
    grows = name == "font-size" or size >= LINE_FROM_PX
    return f"{name}: {round(size * scale) if grows else size}px"


def _base(p: Palette) -> str:
    return f"""
* {{ outline: none; }}
QMainWindow, QWidget#page {{ background: {p.surface}; }}
QStackedWidget, QScrollArea, QWidget#qt_scrollarea_viewport,
QWidget#qt_scrollarea_viewport > QWidget {{ background: transparent; border: none; }}
QToolTip {{ background: {p.text}; color: {p.surface}; border: none;
    padding: {Space.HAIR}px {Space.SMALL}px; }}
"""


def _labels(p: Palette) -> str:
    return f"""
QLabel {{ background: transparent; }}
QLabel[role="moment"] {{ font-size: {TypeSize.MOMENT}px; font-weight: {Weight.STRONG}; }}
QLabel[role="page"] {{ font-size: {TypeSize.PAGE}px; font-weight: {Weight.STRONG}; }}
QLabel[role="section"] {{ font-size: {TypeSize.SECTION}px; font-weight: {Weight.STRONG}; }}
QLabel[role="lead"] {{ font-size: {TypeSize.LEAD}px; }}
QLabel[role="lead-quiet"] {{ font-size: {TypeSize.LEAD}px; color: {p.quiet}; }}
QLabel[role="lead-strong"] {{ font-size: {TypeSize.LEAD}px; font-weight: {Weight.STRONG}; }}
QLabel[role="strong"] {{ font-weight: {Weight.STRONG}; }}
QLabel[role="quiet"] {{ color: {p.quiet}; }}
QLabel[role="key"] {{ color: {p.quiet}; background: {p.sunken}; border: 1px solid {p.line};
    border-radius: {Space.HAIR}px; padding: 1px {Space.SMALL}px; }}
QLabel[role="notice"] {{ color: {p.on_notice}; }}
QLabel[role="notice-large"] {{ color: {p.on_notice}; font-size: {TypeSize.LEAD}px; }}
QLabel[role="done-large"] {{ font-size: {TypeSize.LEAD}px; }}
QLabel[role="danger"] {{ color: {p.danger}; }}
QLabel[role="live-text"] {{ font-size: {LIVE_TEXT}px; }}
QLabel[role="live-small"] {{ font-size: {LIVE_TEXT - 6}px; }}
QLabel[role="live-quiet"] {{ font-size: {LIVE_TEXT - 6}px; color: {p.quiet}; }}
QLabel[role="live-turn"] {{ font-size: {LIVE_TEXT - 6}px; color: {p.accent};
    font-weight: {Weight.STRONG}; }}
QLabel[role="live-time"] {{ font-size: {LIVE_TEXT}px; font-weight: {Weight.STRONG}; }}
QLabel[role="card-line"] {{ font-size: {CARD_LINE}px; font-weight: {Weight.STRONG}; }}
QLabel[role="card-choice"] {{ font-size: {LIVE_TEXT - 4}px; }}
QLabel[role="hint"] {{ font-size: {TypeSize.MOMENT + Space.SMALL}px;
    font-weight: {Weight.STRONG}; }}
QLabel[role="check-title"] {{ font-size: {2 * TypeSize.PAGE}px; font-weight: {Weight.STRONG}; }}
QLabel[role="check-thing"] {{ font-size: {2 * TypeSize.SECTION}px;
    font-weight: {Weight.STRONG}; }}
QLabel[role="check-text"] {{ font-size: {2 * TypeSize.LEAD}px; }}
QLabel[role="check-line"] {{ font-size: {2 * TypeSize.TEXT}px; }}
QLabel[role="check-quiet"] {{ font-size: {2 * TypeSize.TEXT}px; color: {p.quiet}; }}
QLabel[role="check-more"] {{ font-size: {TypeSize.SECTION + 2}px; color: {p.quiet}; }}
QLabel[role="advice"] {{ font-size: {TypeSize.SECTION}px; }}
QLabel[role="tag"] {{ color: {p.on_notice}; background: {p.notice}; padding: 1px {Space.SMALL}px;
    border-radius: {Space.HAIR}px; }}
QLabel[role="stamp"] {{ color: {p.on_stage}; background: {p.stage};
    border-radius: {Space.HAIR}px; padding: 0 {Space.HAIR}px; }}
QLabel[role="stage"] {{ color: {p.on_stage}; }}
QLabel[role="stage-moment"] {{ color: {p.on_stage}; font-size: {TypeSize.MOMENT}px;
    font-weight: {Weight.STRONG}; }}
"""


def _frames(p: Palette) -> str:
    card = f"border: 1px solid {p.line}; border-radius: {Corner.CARD}px;"
    return f"""
QFrame[surface="card"] {{ background: {p.card}; {card} }}
QFrame[surface="sunken"] {{ background: {p.sunken}; border: none;
    border-radius: {Corner.CARD}px; }}
QFrame[surface="notice"] {{ background: {p.notice}; border: none;
    border-radius: {Corner.CONTROL}px; }}
QFrame[surface="done"] {{ background: {p.accent_soft}; border: none;
    border-radius: {Corner.CONTROL}px; }}
QFrame[surface="rail"] {{ background: {p.card}; border: none; border-right: 1px solid {p.line}; }}
QFrame[surface="hint"] {{ background: {p.card}; {card} }}
QFrame[surface="row"] {{ background: transparent; border: none; }}
QFrame[surface="chosen"] {{ background: {p.accent_soft}; border: none;
    border-radius: {Corner.CONTROL}px; }}
QFrame[surface="line"] {{ background: {p.line}; border: none; max-height: 1px; }}
"""


def _buttons(p: Palette) -> str:
    pad = Space.MEDIUM - 2
    return f"""
QPushButton {{ background: {p.card}; border: 1px solid {p.edge};
    border-radius: {Corner.CONTROL}px; padding: 1px {pad + 1}px; min-height: {CONTROL_PX - 4}px; }}
QPushButton:hover {{ background: {p.hover}; }}
QPushButton:focus {{ border: 2px solid {p.accent}; padding: 0 {pad}px; }}
QPushButton:disabled {{ color: {p.quiet}; background: {p.sunken}; border-color: {p.line}; }}
QPushButton:checked {{ background: {p.accent_soft}; border-color: {p.accent}; }}
QPushButton[kind="primary"] {{ background: {p.accent}; color: {p.on_accent};
    border: 1px solid {p.accent}; font-weight: {Weight.STRONG}; }}
QPushButton[kind="primary"]:hover {{ background: {p.accent_hover}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {p.text}; }}
QPushButton[kind="primary"]:disabled {{ background: {p.sunken}; color: {p.quiet};
    border-color: {p.line}; }}
QPushButton[kind="quiet"] {{ background: transparent; border: 1px solid transparent;
    padding: 1px {Space.SNUG - 1}px; }}
QPushButton[kind="quiet"]:hover {{ background: {p.hover}; }}
QPushButton[kind="quiet"]:focus {{ border: 2px solid {p.accent}; padding: 0 {Space.SNUG - 2}px; }}
QPushButton[kind="quiet"]:disabled {{ color: {p.quiet}; background: transparent; }}
QPushButton[kind="back"] {{ background: transparent; border: 1px solid transparent;
    padding: 1px {Space.SMALL}px 1px {Space.HAIR - 1}px; }}
QPushButton[kind="back"]:hover {{ background: {p.hover}; }}
QPushButton[kind="back"]:focus {{ border: 2px solid {p.accent};
    padding: 0 {Space.SMALL - 1}px 0 {Space.HAIR - 2}px; }}
QPushButton[kind="step"] {{ background: transparent; color: {p.quiet};
    border: 1px solid transparent; padding: 1px {Space.SNUG - 1}px; }}
QPushButton[kind="step"]:hover {{ background: {p.hover}; }}
QPushButton[kind="step"]:checked {{ background: {p.accent_soft}; color: {p.text};
    font-weight: {Weight.STRONG}; }}
QPushButton[kind="step"]:focus {{ border: 2px solid {p.accent}; padding: 0 {Space.SNUG - 2}px; }}
"""


def _live_buttons(p: Palette) -> str:
    return f"""
QPushButton[kind="live"] {{ background: {p.accent}; color: {p.on_accent};
    border: 1px solid {p.accent}; font-weight: {Weight.STRONG}; font-size: {LIVE_TEXT - 6}px;
    min-height: {Space.HUGE - 4}px; padding: 1px {Space.LARGE}px; }}
QPushButton[kind="live"]:hover {{ background: {p.accent_hover}; }}
QPushButton[kind="live"]:focus {{ border: 2px solid {p.text}; }}
QPushButton[kind="live"]:disabled {{ background: {p.sunken}; color: {p.quiet};
    border-color: {p.line}; }}
QPushButton[kind="live-quiet"] {{ font-size: {LIVE_TEXT - 6}px; min-height: {Space.HUGE - 4}px;
    padding: 1px {Space.LARGE}px; }}
QPushButton[kind="live-quiet"]:focus {{ border: 2px solid {p.accent};
    padding: 0 {Space.LARGE - 1}px; }}
QPushButton[kind="live-toggle"] {{ background: transparent; border: 1px solid transparent;
    font-size: {LIVE_TEXT - 6}px; color: {p.quiet}; padding: 1px {Space.SMALL}px; }}
QPushButton[kind="live-toggle"]:hover {{ background: {p.hover}; }}
QPushButton[kind="live-toggle"]:focus {{ border: 2px solid {p.accent};
    padding: 0 {Space.SMALL - 1}px; }}
QPushButton[kind="check"] {{ background: {p.accent}; color: {p.on_accent};
    border: 1px solid {p.accent}; font-weight: {Weight.STRONG}; font-size: {LIVE_TEXT}px;
    min-height: {2 * Space.WIDE}px; padding: 1px {Space.WIDE}px; }}
QPushButton[kind="check"]:hover {{ background: {p.accent_hover}; }}
QPushButton[kind="check"]:focus {{ border: 3px solid {p.text}; }}
QPushButton[kind="check-quiet"] {{ font-size: {LIVE_TEXT - 6}px; min-height: {2 * Space.WIDE}px;
    padding: 1px {Space.LARGE}px; }}
QPushButton[kind="check-quiet"]:focus {{ border: 3px solid {p.accent};
    padding: 0 {Space.LARGE - 2}px; }}
"""


def _small_buttons(p: Palette) -> str:
    return f"""
QPushButton[kind="link"] {{ background: transparent; border: 2px solid transparent;
    color: {p.accent}; font-weight: {Weight.STRONG}; padding: 0 {Space.HAIR}px;
    min-height: {Space.LARGE}px; }}
QPushButton[kind="link"]:hover {{ background: {p.accent_soft}; }}
QPushButton[kind="link"]:focus {{ border: 2px solid {p.accent}; }}
QPushButton[kind="danger"] {{ background: {p.danger}; color: {p.on_danger};
    border: 1px solid {p.danger}; font-weight: {Weight.STRONG}; }}
QPushButton[kind="danger"]:focus {{ border: 2px solid {p.text}; }}
QToolButton {{ background: transparent; border: 2px solid transparent;
    border-radius: {Corner.CONTROL}px; padding: {Space.HAIR}px; }}
QToolButton:hover {{ background: {p.hover}; }}
QToolButton:focus {{ border-color: {p.accent}; }}
QToolButton:checked {{ background: {p.accent_soft}; color: {p.accent};
    font-weight: {Weight.STRONG}; }}
QToolButton:disabled {{ color: {p.quiet}; }}
QToolButton[kind="rail"] {{ padding: {Space.SMALL}px {Space.HAIR}px; color: {p.quiet}; }}
QToolButton[kind="rail"]:checked {{ color: {p.accent}; }}
"""


def _fields(p: Palette) -> str:
    return f"""
QLineEdit, QComboBox, QPlainTextEdit, QTextEdit, QSpinBox {{ background: {p.card};
    border: 1px solid {p.edge}; border-radius: {Corner.CONTROL}px; padding: 1px {Space.SNUG}px;
    min-height: {CONTROL_PX - 4}px; selection-background-color: {p.accent};
    selection-color: {p.on_accent}; }}
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus {{
    border: 2px solid {p.accent}; padding: 0 {Space.SNUG - 1}px; }}
QLineEdit:disabled, QComboBox:disabled {{ color: {p.quiet}; background: {p.sunken};
    border-color: {p.line}; }}
QPlainTextEdit[role="code"] {{ font-size: {TypeSize.LEAD}px; }}
QLineEdit[readOnly="true"] {{ background: {p.sunken}; border-color: {p.line}; }}
QComboBox::drop-down {{ border: none; width: {Space.WIDE}px; }}
QComboBox::down-arrow {{ image: url(CARET); width: 16px; height: 16px; }}
QComboBox QAbstractItemView {{ background: {p.card}; border: 1px solid {p.edge}; padding: 4px;
    selection-background-color: {p.accent_soft}; selection-color: {p.text}; }}
QComboBox QAbstractItemView::item {{ min-height: {CONTROL_PX - 4}px;
    padding-left: {Space.SMALL}px; }}
QComboBox QAbstractItemView::item:selected {{ background: {p.accent_soft}; color: {p.text}; }}
"""


def _choices(p: Palette) -> str:
    return f"""
QCheckBox, QRadioButton {{ spacing: {Space.SMALL}px; padding: {Space.HAIR}px;
    border: 2px solid transparent; border-radius: {Corner.CONTROL}px; background: transparent; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {p.accent}; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: 16px; height: 16px;
    border: 1px solid {p.edge}; background: {p.card}; }}
QCheckBox::indicator {{ border-radius: {Space.HAIR}px; }}
QRadioButton::indicator {{ border-radius: 9px; }}
QCheckBox::indicator:checked {{ background: {p.accent}; border-color: {p.accent};
    image: url(CHECK); }}
QRadioButton::indicator:checked {{ border: 5px solid {p.accent}; width: 8px; height: 8px; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {p.quiet}; }}
"""


def _lists(p: Palette) -> str:
    return f"""
QListView, QTreeView, QTableView {{ background: transparent; border: none; }}
QListView::item {{ border-radius: {Corner.CONTROL}px; padding: {Space.SMALL}px; }}
QListView::item:hover {{ background: {p.hover}; }}
QListView::item:selected {{ background: {p.accent_soft}; color: {p.text}; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 2px; }}
QScrollBar::handle {{ background: {p.edge}; border-radius: 4px; min-height: 32px;
    min-width: 32px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QMenu {{ background: {p.card}; border: 1px solid {p.edge}; padding: {Space.HAIR}px; }}
QMenu::item {{ padding: {Space.SMALL}px {Space.MEDIUM}px; border-radius: {Corner.CONTROL}px; }}
QMenu::item:selected {{ background: {p.accent_soft}; color: {p.text}; }}
"""


def _bars(p: Palette) -> str:
    return f"""
QProgressBar {{ background: {p.sunken}; border: none; border-radius: 4px; min-height: 8px;
    max-height: 8px; color: transparent; }}
QProgressBar::chunk {{ background: {p.accent}; border-radius: 4px; }}
QSlider::groove:horizontal {{ background: {p.sunken}; height: 4px; border-radius: 2px; }}
QSlider::sub-page:horizontal {{ background: {p.accent}; border-radius: 2px; }}
QSlider::handle:horizontal {{ background: {p.accent}; width: 16px; margin: -6px 0;
    border-radius: 8px; }}
QSlider::handle:horizontal:focus {{ border: 2px solid {p.text}; }}
"""
