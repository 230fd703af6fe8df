"""The design language in numbers and colours. Nothing else in the program names a colour."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


class Space:
    """Distances in pixels."""

    HAIR: Final = 4
    SMALL: Final = 8
    SNUG: Final = 12
    MEDIUM: Final = 16
    LARGE: Final = 24
    WIDE: Final = 32
    HUGE: Final = 48


class Corner:
    """Corner radii in pixels."""

    CONTROL: Final = 8
    CARD: Final = 12


class TypeSize:
    """Type sizes in pixels; the live page doubles them, because it is read from two metres."""

    TEXT: Final = 13
    LEAD: Final = 15
    SECTION: Final = 18
    PAGE: Final = 24
    MOMENT: Final = 32


class Weight:
    """The only two weights."""

    REGULAR: Final = 400
    STRONG: Final = 600


class Motion:
    """Durations in milliseconds, ease-out, off with reduced motion."""

    CALM: Final = 180


LINE_PX: Final = 1
ICON_PX: Final = 20
CONTROL_PX: Final = 36
FORM_PX: Final = 760
"""Widest column of a page that is filled in from top to bottom, pixels."""
PAGE_PX: Final = 1040
"""Widest column of a page with a table, a picture or two things side by side."""
COLUMN_PX: Final = 1200
"""Widest column of a page with rows or cards."""
STAGE_PX: Final = 1600
"""Widest column of a page with a large picture and a panel beside it."""
RAIL_PX: Final = 88


@dataclass(frozen=True, slots=True)
class Palette:
    """Every colour of one theme, as "#RRGGBB"."""

    name: str
    """ "light" or "dark"."""
    surface: str
    """The page behind everything."""
    card: str
    """What lies on the page."""
    sunken: str
    """Fields and tracks: a step below the card."""
    hover: str
    """A control under the pointer."""
    line: str
    """Low-contrast lines between things; decoration, never the only sign."""
    edge: str
    """The edge of a control that one must be able to find; >= 3:1."""
    text: str
    """Text."""
    quiet: str
    """Text that supports other text; still >= 4.5:1."""
    accent: str
    """The one accent: primary buttons, links, focus."""
    accent_hover: str
    """The accent under the pointer."""
    on_accent: str
    """Text on the accent."""
    accent_soft: str
    """A surface tinted with the accent: what is chosen."""
    danger: str
    """The recording dot and deleting, nothing else."""
    on_danger: str
    """Text on danger."""
    notice: str
    """A line that asks for attention: its surface."""
    on_notice: str
    """Text on a notice."""
    stage: str
    """Behind moving pictures, in both themes dark enough not to glare."""
    on_stage: str
    """Text on the stage."""
    hatch: str
    """Strokes of "not measured"; >= 3:1 on card."""
    lanes: Mapping[str, str]
    """Colour of each cue lane: arms, brow, smile, facing, pace, loudness, pitch."""

    def lane(self, name: str) -> str:
        """Colour of a cue lane; quiet text's colour for a lane nobody has named."""
        return self.lanes.get(name, self.quiet)


LIGHT: Final = Palette(
    name="light",
    surface="#FAF9F7",
    card="#FFFFFF",
    sunken="#F1EFEB",
    hover="#EDEAE5",
    line="#E4E0DA",
    edge="#8A857C",
    text="#1F2328",
    quiet="#5C6066",
    accent="#0F766E",
    accent_hover="#0B5F59",
    on_accent="#FFFFFF",
    accent_soft="#E0F0EE",
    danger="#B42318",
    on_danger="#FFFFFF",
    notice="#FBF1DC",
    on_notice="#5A4204",
    stage="#1B1E22",
    on_stage="#F4F2EF",
    hatch="#85817A",
    lanes=MappingProxyType(
        {
            "arms": "#0072B2",
            "brow": "#B0568C",
            "smile": "#A86A00",
            "facing": "#2E86B8",
            "pace": "#007F5F",
            "loudness": "#C25400",
            "pitch": "#6A5ACD",
        }
    ),
)

DARK: Final = Palette(
    name="dark",
    surface="#16181B",
    card="#1E2125",
    sunken="#272B30",
    hover="#2C3136",
    line="#31363C",
    edge="#7D838A",
    text="#E8E6E3",
    quiet="#A7ABB0",
    accent="#2DD4BF",
    accent_hover="#5EE3D2",
    on_accent="#06211E",
    accent_soft="#173532",
    danger="#F97066",
    on_danger="#2B0805",
    notice="#322A18",
    on_notice="#F1D9A3",
    stage="#0E1012",
    on_stage="#F4F2EF",
    hatch="#7D838A",
    lanes=MappingProxyType(
        {
            "arms": "#4BA3DB",
            "brow": "#DB94BE",
            "smile": "#F0B542",
            "facing": "#7CC7F0",
            "pace": "#2FBF95",
            "loudness": "#F08A4B",
            "pitch": "#A79BF0",
        }
    ),
)


def luminance(colour: str) -> float:
    """Relative luminance 0..1 of "#RRGGBB", after WCAG 2.2."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio 1..21 of two colours, after WCAG 2.2."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
