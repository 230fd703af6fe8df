"""What a form says: mistakes in plain words, and the names of what can be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.ui.texts import told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.coach.toml_fault import Fault


def _tr(text: str) -> str:
    return QCoreApplication.translate("forms", text)


def fault_text(fault: Fault) -> str:
    """Say what is wrong beside the field that it is about."""
    limits = {key: str(value) for key, value in fault.about.items()}
    texts = {
        "missing": _tr("Please fill this in."),
        "string_too_short": _tr("Please fill this in."),
        "too_short": _tr("Please add at least one."),
        "literal_error": _tr("Please choose one."),
        "string_too_long": _tr("Please write at most {max_length} letters."),
        "too_long": _tr("There can be {max_length} at most: please take some out."),
        "value_error": _tr("“At most” must not be less than “at least”."),
        "greater_than_equal": _tr("Please give {ge} or more."),
        "less_than_equal": _tr("Please give {le} or less."),
        "lost": _tr("This leads to a line that is not there any more."),
        "no_fact": _tr("The hidden fact that this asks about is not there any more."),
        "else_last": _tr("The last way on, and only that, must be “Anything else”."),
        "unreached": _tr("No other line leads here, so nobody would ever hear it."),
        "circle": _tr(
            "“Anything else” leads back to this line, so the talk would never end. Lead it on."
        ),
        "silent": _tr("Please write a word: any question would do as it is."),
        "not_said": _tr("These words do not stand in the answer above, letter by letter."),
        "alike": _tr("Another one has this colour and this shape already."),
        "twice": _tr("This stands there a second time."),
    }
    if fault.kind == "pattern":
        return fault.what.partition(": ")[2]
    known = texts.get(fault.kind)
    return known.format(**limits) if known is not None else told(fault.what)


def faults_text(faults: Sequence[Fault]) -> str:
    """Say what is wrong in one field, each once."""
    return " ".join(dict.fromkeys(fault_text(one) for one in faults))


def practice_text(practice_id: str, name: str) -> str:
    """Write a practice as it is called everywhere: its name, then its number."""
    return f"{told(name)} · {practice_id}" if name else practice_id


def choice_text(value: str) -> str:
    """Write what a file's short word means."""
    texts = {
        "hotel": _tr("Hotel"),
        "clinic": _tr("Clinic"),
        "bank": _tr("Bank"),
        "school": _tr("School"),
        "municipal": _tr("Town hall"),
        "shop": _tr("Shop"),
        "routine": _tr("Everyday"),
        "complaint": _tr("Complaint"),
        "aggressive": _tr("Heated"),
        "before": _tr("Before the talk"),
        "opening": _tr("Opening"),
        "listening": _tr("Listening"),
        "apology": _tr("Apology"),
        "recap": _tr("Saying it back"),
        "questions": _tr("Questions"),
        "options": _tr("Options"),
        "commitment": _tr("Commitment"),
        "closing": _tr("Closing"),
        "throughout": _tr("All the way through"),
        "after": _tr("Afterwards"),
        "staff": _tr("You"),
        "customer": _tr("The customer"),
        "done": _tr("Done well"),
        "wrong": _tr("Done wrongly"),
        "arms": _tr("Blue"),
        "brow": _tr("Rose"),
        "smile": _tr("Amber"),
        "facing": _tr("Light blue"),
        "pace": _tr("Green"),
        "loudness": _tr("Orange"),
        "pitch": _tr("Violet"),
        "circle": _tr("Circle"),
        "square": _tr("Square"),
        "triangle": _tr("Triangle"),
        "diamond": _tr("Diamond"),
        "star": _tr("Star"),
        "heart": _tr("Heart"),
        "flag": _tr("Flag"),
        "hexagon": _tr("Hexagon"),
    }
    return texts.get(value, value)


def attention_text(value: int) -> str:
    """Say how much an item catches the eye."""
    texts = {1: _tr("Quiet"), 2: _tr("Clear"), 3: _tr("First to the eye")}
    return texts.get(value, str(value))
