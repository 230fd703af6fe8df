"""What a form says: mistakes in plain words, and the names of what can be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.ui.texts import told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.coach.toml_fault import Fault


def tr(text: str) -> str:
    """Translate a text of this file."""
    return QCoreApplication.translate("forms", text)


def fault_text(fault: Fault) -> str:
    """Say what is wrong beside the field that it is about."""
    limits = {key: str(value) for key, value in fault.about.items()}
    texts = {
        "missing": tr("Please fill this in."),
        "string_too_short": tr("Please fill this in."),
        "too_short": tr("Please add at least one."),
        "literal_error": tr("Please choose one."),
        "string_too_long": tr("Please write at most {max_length} letters."),
        "too_long": tr("There can be {max_length} at most: please take some out."),
        "value_error": tr("“At most” must not be less than “at least”."),
        "greater_than_equal": tr("Please give {ge} or more."),
        "less_than_equal": tr("Please give {le} or less."),
        "lost": tr("This leads to a line that is not there any more."),
        "no_fact": tr("The hidden fact that this asks about is not there any more."),
        "else_last": tr("The last way on, and only that, must be “Anything else”."),
        "unreached": tr("No other line leads here, so nobody would ever hear it."),
        "circle": tr(
            "“Anything else” leads back to this line, so the talk would never end. Lead it on."
        ),
        "silent": tr("Please write a word: any question would do as it is."),
        "not_said": tr("These words do not stand in the answer above, letter by letter."),
        "alike": tr("Another one has this colour and this shape already."),
        "twice": tr("This stands there a second time."),
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
        "hotel": tr("Hotel"),
        "clinic": tr("Clinic"),
        "bank": tr("Bank"),
        "school": tr("School"),
        "municipal": tr("Town hall"),
        "shop": tr("Shop"),
        "routine": tr("Everyday"),
        "complaint": tr("Complaint"),
        "aggressive": tr("Heated"),
        "before": tr("Before the talk"),
        "opening": tr("Opening"),
        "listening": tr("Listening"),
        "apology": tr("Apology"),
        "recap": tr("Saying it back"),
        "questions": tr("Questions"),
        "options": tr("Options"),
        "commitment": tr("Commitment"),
        "closing": tr("Closing"),
        "throughout": tr("All the way through"),
        "after": tr("Afterwards"),
        "staff": tr("You"),
        "customer": tr("The customer"),
        "done": tr("Done well"),
        "wrong": tr("Done wrongly"),
        "arms": tr("Blue"),
        "brow": tr("Rose"),
        "smile": tr("Amber"),
        "facing": tr("Light blue"),
        "pace": tr("Green"),
        "loudness": tr("Orange"),
        "pitch": tr("Violet"),
        "circle": tr("Circle"),
        "square": tr("Square"),
        "triangle": tr("Triangle"),
        "diamond": tr("Diamond"),
        "star": tr("Star"),
        "heart": tr("Heart"),
        "flag": tr("Flag"),
        "hexagon": tr("Hexagon"),
    }
    return texts.get(value, value)


def attention_text(value: int) -> str:
    """Say how much an item catches the eye."""
    texts = {1: tr("Quiet"), 2: tr("Clear"), 3: tr("First to the eye")}
    return texts.get(value, str(value))
