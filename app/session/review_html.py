"""A review as one self-contained HTML page: no script, no font, no picture from anywhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.session.html_template import load_css, load_template
from app.session.html_thumbnails import thumbnails
from app.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from app.coach.review_words import Sheet, SheetMoment


@dataclass(frozen=True, slots=True)
class _Ink:
    """A marker's colour: one of the page's lanes by name, or a colour of its own."""

    name: str
    hex: str


def render_review(sheet: Sheet, pictures: Mapping[str, str], *, lang: str = "en") -> str:
    """Make the page.

    Parameters
    ----------
    sheet
        The review in words.
    pictures
        Id of a moment -> data URI of its picture.
    lang
        Language of the texts, after BCP 47.
    """
    return load_template("review.html.j2").render(
        sheet=sheet,
        pictures=dict(pictures),
        inks={moment.id: _ink(moment) for moment in sheet.moments},
        css=load_css("report.css", "review.css"),
        lang=lang,
        version=VERSION,
    )


def review_pictures(sheet: Sheet, video: Path | None) -> dict[str, str]:
    """Take a picture of each moment; may block.

    Parameters
    ----------
    sheet
        Names the moments.
    video
        The recording; None where no picture was kept.

    Returns
    -------
    dict
        Id of a moment -> data URI; those without a picture are left out.
    """
    if video is None or not sheet.moments:
        return {}
    taken = thumbnails(video, [moment.start_s for moment in sheet.moments])
    return {
        moment.id: picture
        for moment, picture in zip(sheet.moments, taken, strict=True)
        if picture is not None
    }


def _ink(moment: SheetMoment) -> _Ink:
    own = moment.colour.startswith("#")
    return _Ink("" if own else moment.colour, moment.colour if own else "")
