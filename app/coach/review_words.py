"""A review in plain sentences: the same words on the page, in the browser and on paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.coach.practice_types import Polarity
from app.coach.words import format_time

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.coach.report_types import Checklist
    from app.coach.review_types import BothViews, Judged, Moment, Review

    Tell = Callable[[str], str]

_HEX: Final = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class SheetMoment:
    """A moment as it is read."""

    id: str
    """UUID of the mark."""
    start_s: float
    """Where to play from, seconds on the session clock."""
    end_s: float | None
    """End of the span, seconds on the session clock; None for a point."""
    when: str
    """Time, or span of time."""
    marker: str
    """Label of the marker; empty for a comment."""
    colour: str
    """ "#RRGGBB" or the name of a lane's colour; empty for none."""
    text: str
    """The comment; of a spoken one without words, that it is spoken."""
    sound: str
    """Name of the spoken comment's file; empty without one."""
    own: str
    """Says that the person had marked the moment too; else empty."""


@dataclass(frozen=True, slots=True)
class SheetView:
    """What both said about one item of the checklist."""

    item: str
    """The item's text."""
    said: str
    """Both answers in one line."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A review as it is read: every text in its place, nothing left to work out."""

    title: str
    """Of the session."""
    heading: str
    """Who wrote it."""
    byline: str
    """About which session, and when it was written."""
    strengths_heading: str
    """Over the strengths."""
    strengths: tuple[str, ...]
    """What worked, in the trainer's words."""
    step_heading: str
    """Over the next step."""
    step: str
    """What to try next; empty where nothing was named."""
    practise: str
    """What rehearsing it does; empty where no cue goes with it."""
    moments_heading: str
    """Over the moments."""
    moments: tuple[SheetMoment, ...]
    """By time."""
    same_heading: str
    """Over what both see alike."""
    same: tuple[SheetView, ...]
    """What both see alike."""
    differ_heading: str
    """Over what they see differently."""
    differ: tuple[SheetView, ...]
    """What they see differently, or only the trainer spoke about."""
    judged_heading: str
    """Over what was said of machine marks."""
    judged: tuple[str, ...]
    """A sentence each."""
    foot: str
    """What it is for."""
    page: str
    """Counts pages, with {n} and {of} to fill in."""
    strengths_at: tuple[float | None, ...] = ()
    """Where to play each strength from, seconds on the session clock; None for nowhere."""


def review_sheet(
    review: Review,
    *,
    title: str,
    about: str,
    cues: Mapping[str, str],
    checklist: Checklist | None,
    tell: Tell = str,
) -> Sheet:
    """Put a review into words.

    Parameters
    ----------
    review
        What was said.
    title
        Of the session.
    about
        Days of the session and of the review, as the reader's language writes them.
    cues
        Id of a cue or a practice -> its name, already translated.
    checklist
        Gives the items their texts; None where it is not known here.
    tell
        Translates; as it is without.
    """
    who = review.name or tell("Your trainer")
    step = review.next_step
    focus = cues.get(step.cue, "") if step is not None else ""
    items = {item.id: tell(item.text) for item in checklist.items} if checklist else {}
    views = [(one, items[one.item]) for one in review.views if one.item in items]
    return Sheet(
        title=title,
        heading=tell("Review from {who}").format(who=review.name)
        if review.name
        else tell("Review from your trainer"),
        byline=about,
        strengths_heading=strengths_heading(len(review.strengths), tell),
        strengths=review.strengths,
        step_heading=tell("One next step"),
        step=(step.text or capital(focus)) if step is not None else "",
        practise=tell("A rehearsal gives one quiet hint, for: {cue}.").format(cue=focus)
        if focus
        else "",
        moments_heading=tell("The moments"),
        moments=tuple(_moment(one, tell) for one in review.moments),
        same_heading=tell("You both see it alike"),
        same=tuple(
            SheetView(text, tell("Both say: {answer}").format(answer=answer_text(one.own, tell)))
            for one, text in views
            if one.same
        ),
        differ_heading=tell("Worth talking about"),
        differ=tuple(SheetView(text, _both(one, who, tell)) for one, text in views if not one.same),
        judged_heading=tell("What the program had marked"),
        judged=tuple(said for one in review.judged if (said := judged_text(one, who, cues, tell))),
        foot=tell("For your own training only. One person's view, to talk about together."),
        page=tell("Page {n} of {of}"),
        strengths_at=review.strengths_at,
    )


def strengths_heading(count: int, tell: Tell = str) -> str:
    """Say how many things worked, as one says it."""
    words = {
        1: tell("One thing that worked"),
        2: tell("Two things that worked"),
        3: tell("Three things that worked"),
    }
    return words.get(count, tell("What worked"))


def answer_text(answer: str, tell: Tell = str) -> str:
    """Say an answer to "how did it go"."""
    words = {"yes": tell("yes"), "partly": tell("partly"), "no": tell("no")}
    return words.get(answer, answer)


def judged_text(one: Judged, who: str, cues: Mapping[str, str], tell: Tell = str) -> str:
    """Say what the trainer said of a machine mark; empty where its cue is not known here."""
    practice, _, polarity = one.cue.partition("-")
    name = cues.get(one.cue) or cues.get(practice, "")
    if not name:
        return ""
    turned = tell("{what}, the other way round")
    better = cues.get(one.better_cue, "")
    better = turned.format(what=better) if better and one.better_wrong else better
    name = turned.format(what=name) if polarity == Polarity.WRONG else name
    what = f"{capital(name)}, {_span(one.start_s, one.end_s, tell)}"
    if one.verdict == "agree":
        text = tell("{what}: {who} saw it too.")
    elif one.verdict == "disagree":
        text = tell("{what}: {who} says that this was not so.")
    elif better and one.better_start_s is not None:
        text = tell("{what}: {who} says that it was {better}, {when}.")
    else:
        text = tell("{what}: {who} says that it was something else.")
    when = "" if one.better_start_s is None else _span(one.better_start_s, one.better_end_s, tell)
    said = text.format(what=what, who=who, better=better, when=when)
    if one.own == one.verdict and one.own != "correct":
        said += " " + tell("You had said the same.")
    elif one.own:
        said += " " + tell("You had said otherwise.")
    return said


def span_text(start_s: float, end_s: float | None, tell: Tell = str) -> str:
    """Write a time, or a span from one to another."""
    if end_s is None or format_time(end_s) == format_time(start_s):
        return format_time(start_s)
    return tell("{start} to {end}").format(start=format_time(start_s), end=format_time(end_s))


def safe_colour(colour: str) -> str:
    """Give a colour back where it is one, or a plain name; a review comes from elsewhere."""
    if _HEX.fullmatch(colour) or re.fullmatch(r"[a-z]{1,20}", colour):
        return colour
    return ""


def capital(text: str) -> str:
    """Begin with a capital letter."""
    return text[:1].upper() + text[1:]


def _span(start_s: float, end_s: float | None, tell: Tell) -> str:
    whole = end_s is not None and format_time(end_s) != format_time(start_s)
    when = span_text(start_s, end_s, tell)
    return when if whole else tell("at {when}").format(when=when)


def _both(one: BothViews, who: str, tell: Tell) -> str:
    theirs = tell("{who}: {answer}").format(who=who, answer=answer_text(one.theirs, tell))
    own = answer_text(one.own, tell) if one.own else tell("nothing yet")
    return f"{tell('You: {answer}').format(answer=own)} · {theirs}"


def _moment(one: Moment, tell: Tell) -> SheetMoment:
    text = one.text
    if not text and one.sound:
        text = tell("A spoken comment")
    return SheetMoment(
        id=one.id,
        start_s=one.start_s,
        end_s=one.end_s,
        when=span_text(one.start_s, one.end_s, tell),
        marker=one.marker,
        colour=safe_colour(one.colour),
        text=text,
        sound=one.sound,
        own=tell("You had marked this moment too.") if one.own else "",
    )
