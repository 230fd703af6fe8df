"""What a translator is given, and that what is given back is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from translations import DATA, Text, gathered, in_code, write

from app.store.consent import load_consent_text

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

CODE = """
CONTEXT = "Player"

class Page(QWidget):
    def words(self, on, n):
        self.tr("Stop" if on else "Go on")
        self.tr("{n} takes", "", n)
        QCoreApplication.translate(CONTEXT, "Slower")
        QCoreApplication.translate("Time", "{n} min", "", n)
        told("Arms crossed")

def keys():
    def tr(text, number=-1):
        return QCoreApplication.translate("Keys", text, "", number)

    raise AppError("The disk is full.", f"Free {n} GB.", tr("{n} keys", 3), tr("Back"))

class Table(BaseModel):
    good: Texts = Field("", title="Words", description="a list of texts")

found = Availability(False, "It is not installed.", "Install it with pip.")
"""


def test_every_way_of_translating_is_gathered(tmp_path: Path) -> None:
    (tmp_path / "page.py").write_text(CODE)
    assert in_code(tmp_path / "page.py") == {
        Text("Page", "Stop"),
        Text("Page", "Go on"),
        Text("Page", "{n} takes", counts=True),
        Text("Player", "Slower"),
        Text("Time", "{n} min", counts=True),
        Text("Keys", "{n} keys", counts=True),
        Text("Keys", "Back"),
        Text(DATA, "Arms crossed"),
        Text(DATA, "The disk is full."),
        Text(DATA, "Words"),
        Text(DATA, "It is not installed."),
        Text(DATA, "Install it with pip."),
    }


def test_the_program_gives_texts_of_code_data_and_errors() -> None:
    texts = gathered()
    for text in (
        Text("HomePage", "Practise"),
        Text("BackupPage", "{n} clips", counts=True),
        Text(DATA, "A real apology"),
        Text(DATA, "Step into the picture."),
        Text(DATA, "No microphone was found."),
        Text(DATA, "{said} at {time}, {beside}."),
        Text(DATA, "{value} dB above your usual level"),
        Text(DATA, "Words that do it"),
        Text(DATA, "the notes pad"),
        Text(DATA, "livelier"),
        Text(DATA, load_consent_text().partner.measured),
    ):
        assert text in texts
    assert all(text.context.isidentifier() for text in texts)


def test_what_a_translator_gives_back_is_shown_with_every_form_of_a_number(
    qapp: QApplication, tmp_path: Path
) -> None:
    texts = {Text("HomePage", "Practise"), Text("BackupPage", "{n} clips", counts=True)}
    write("pl", tmp_path, texts)
    source = tmp_path / "rapport_pl.ts"
    given = source.read_text("utf-8").splitlines(keepends=True)
    forms = iter(("{n} klip", "{n} klipy", "{n} klipów"))
    for at, line in enumerate(given):
        if "<numerusform" in line:
            given[at] = f"<numerusform>{next(forms)}</numerusform>\n"
        elif '<translation type="unfinished"></translation>' in line:
            given[at] = "<translation>Ćwicz</translation>\n"
        elif "<translation" in line:
            given[at] = "<translation>\n"
    source.write_text("".join(given), "utf-8")
    write("pl", tmp_path, texts | {Text("HomePage", "New since then")})
    translator = QTranslator(qapp)
    assert translator.load(QLocale("pl_PL"), "rapport", "_", str(tmp_path))
    qapp.installTranslator(translator)
    try:
        say = QCoreApplication.translate
        assert say("HomePage", "Practise") == "Ćwicz"
        assert say("HomePage", "New since then") == "New since then"
        told = [say("BackupPage", "{n} clips", "", n).format(n=n) for n in (1, 3, 5)]
        assert told == ["1 klip", "3 klipy", "5 klipów"]
    finally:
        qapp.removeTranslator(translator)


@pytest.mark.parametrize("number", [1, 2])
def test_without_a_translation_the_english_text_stands(qapp: QApplication, number: int) -> None:
    assert QCoreApplication.translate("BackupPage", "{n} clips", "", number) == "{n} clips"
