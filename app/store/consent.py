"""What people read and agree to before the first recording: data with a version."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.errors import AppError
from app.paths import asset

if TYPE_CHECKING:
    from pathlib import Path

LANGUAGE: Final = "en"
Text = Annotated[str, Field(min_length=1)]
Days = Annotated[int, Field(ge=1)]


class ConsentSection(BaseModel):
    """One heading and what stands under it."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    heading: Text
    text: Text


class PartnerText(BaseModel):
    """What somebody reads who plays the customer."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, use_attribute_docstrings=True
    )

    title: Text
    """Above the page."""
    intro: Text
    """First paragraph, with {name} for whoever practises."""
    purpose: Text
    """What for; kept with the consent."""
    measured: Text
    """What is measured of whoever stands at the desk for somebody who plays the customer; kept with
    the consent."""
    seen_by: Text
    """Who may see it; kept with the consent."""
    withdrawal: Text
    """How it is taken back."""
    agree: Text
    """Words of the button that agrees."""


class ConsentText(BaseModel):
    """The page on consent."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, use_attribute_docstrings=True
    )

    version: Text
    """Raised whenever the meaning changes: everybody is then asked again."""
    language: Text
    """Language of the page."""
    title: Text
    """Above the page."""
    intro: Text
    """First paragraph."""
    purpose: Text
    """What for; kept with the consent."""
    seen_by: Text
    """Who may see it; kept with the consent."""
    retention_days: Days
    """How many days a session is kept unless the person chooses otherwise."""
    retention_choices: tuple[Days, ...]
    """How many days may be chosen."""
    agree: Text
    """Words of the button that agrees."""
    decline: Text
    """Words of the button that does not."""
    partner: PartnerText
    """What a partner reads."""
    sections: tuple[ConsentSection, ...] = Field(alias="section", min_length=1)
    """The page, in its order."""


def load_consent_text(path: Path | None = None) -> ConsentText:
    """Read the page that ships with the program."""
    path = path or asset("consent", f"{LANGUAGE}.toml")
    try:
        return ConsentText.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise AppError(
            f"The page on consent in {path} cannot be read: {error}",
            "Put the file back as it was shipped. Until then nothing is recorded.",
        ) from error
