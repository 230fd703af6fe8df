"""Every colour can be read on what it stands on."""

import re

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from app.paths import asset
from app.ui.qss import LINE_FROM_PX, style_sheet
from app.ui.style import scheme_of
from app.ui.tokens import DARK, LIGHT, Palette, contrast

PALETTES = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda p: p.name)

TEXT_ON = [
    ("text", "surface"), ("text", "card"), ("text", "sunken"), ("text", "hover"),
    ("text", "accent_soft"), ("quiet", "surface"), ("quiet", "card"), ("quiet", "sunken"),
    ("quiet", "accent_soft"), ("accent", "surface"), ("accent", "card"),
    ("accent", "accent_soft"), ("on_accent", "accent"), ("on_accent", "accent_hover"),
    ("on_danger", "danger"), ("danger", "card"), ("on_notice", "notice"),
    ("on_stage", "stage"), ("surface", "text"), ("quiet", "hover"), ("accent", "hover"),
    ("text", "line"), ("danger", "surface"),
]  # fmt: skip
MARK_ON = [
    ("edge", "surface"), ("edge", "card"), ("hatch", "card"), ("accent", "sunken"),
    ("accent", "line"), ("danger", "surface"),
]  # fmt: skip


@PALETTES
@pytest.mark.parametrize(("ink", "ground"), TEXT_ON)
def test_text_can_be_read(palette: Palette, ink: str, ground: str) -> None:
    assert contrast(getattr(palette, ink), getattr(palette, ground)) >= 4.5


@PALETTES
@pytest.mark.parametrize(("ink", "ground"), MARK_ON)
def test_marks_can_be_seen(palette: Palette, ink: str, ground: str) -> None:
    assert contrast(getattr(palette, ink), getattr(palette, ground)) >= 3.0


@PALETTES
@pytest.mark.parametrize("lane", sorted(LIGHT.lanes))
def test_lanes_keep_what_the_design_promises(palette: Palette, lane: str) -> None:
    promised = 3.8 if palette.name == "light" else 5.8
    for ground in (palette.surface, palette.card):
        assert contrast(palette.lane(lane), ground) >= promised


@PALETTES
def test_every_rule_of_the_sheet_that_names_ink_and_ground_can_be_read(palette: Palette) -> None:
    """Not only the pairs that somebody thought of: what the style sheet really puts together."""
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", style_sheet(palette))
    pairs = []
    for selector, body in rules:
        said = dict(re.findall(r"(?<![\w-])(background|color): (#[0-9A-Fa-f]{6})", body))
        if len(said) == 2:
            pairs.append((selector.strip(), said["color"], said["background"]))
    assert len(pairs) >= 8
    weak = [pair for pair in pairs if contrast(pair[1], pair[2]) < 4.5]
    assert weak == []


@pytest.mark.parametrize("scale", [1.15, 1.3])
def test_larger_texts_have_higher_lines(scale: float) -> None:
    def sizes(sheet: str, name: str) -> list[int]:
        return [int(size) for size in re.findall(rf"{name}: (\d+)px", sheet)]

    usual, large = style_sheet(LIGHT), style_sheet(LIGHT, scale)
    for name in ("font-size", "min-height"):
        grown = [round(size * scale) if name == "font-size" or size >= LINE_FROM_PX else size
                 for size in sizes(usual, name)]  # fmt: skip
        assert sizes(large, name) == grown
    assert style_sheet(LIGHT, 1.0) == usual


def test_both_themes_know_the_same_lanes() -> None:
    assert set(LIGHT.lanes) == set(DARK.lanes)
    assert set(LIGHT.lanes) == {
        "arms", "brow", "smile", "facing", "pace", "loudness", "pitch"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#FFFFFF", 21.0), ("#FFFFFF", "#FFFFFF", 1.0), ("#777777", "#FFFFFF", 4.48)],
)
def test_contrast_agrees_with_the_published_examples(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


@PALETTES
def test_the_style_sheet_uses_no_other_palette(palette: Palette) -> None:
    other = DARK if palette is LIGHT else LIGHT
    sheet = style_sheet(palette)
    assert palette.accent in sheet
    assert other.accent not in sheet


@pytest.mark.parametrize(
    ("theme", "scheme"),
    [
        ("light", Qt.ColorScheme.Light),
        ("dark", Qt.ColorScheme.Dark),
        ("system", Qt.ColorScheme.Unknown),
    ],
)
def test_the_windows_frame_wears_the_theme_unless_the_system_decides(
    theme: str, scheme: Qt.ColorScheme
) -> None:
    assert scheme_of(theme) is scheme


def test_the_windows_icon_can_be_drawn(qapp: QApplication) -> None:
    drawn = QIcon(str(asset("style", "rapport.svg"))).pixmap(QSize(32, 32)).toImage()
    assert drawn.pixelColor(16, 4) == LIGHT.accent
    assert drawn.pixelColor(0, 0).alpha() == 0
