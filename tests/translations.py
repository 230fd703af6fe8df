"""Every text that can be translated, gathered for Qt's tools: make translations LANGUAGE=de.

Qt's own gathering misses the context of a text outside a class, and knows no data files. So the
texts are gathered here and handed to it as one file of calls; what was translated before stays.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tempfile
import tomllib
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple

from app.coach.practice_schema import PLACES
from app.coach.tone import scales_of

ROOT: Final = Path(__file__).resolve().parents[1]
FOLDER: Final = ROOT / "assets" / "translations"
DATA: Final = "Assets"
"""Context of the texts that come from data files, from `app/coach` and from errors."""
PACKAGES: Final = ("app", "audio", "vision")
SHOWN: Final = (
    "cues.toml", "joins.toml", "cards/*.toml", "checklists/*.toml", "consent/*.toml",
    "markers/*.toml", "practices/P*.toml", "scenarios/*.toml",
)  # fmt: skip
"""Data files that people read."""
WHOLE: Final = frozenset({"said", "with"})
"""Their tables of which every value is read."""
READ: Final = frozenset(
    (
        "advice", "agree", "bad", "decline", "does_not_know", "fact", "good", "heading", "hint",
        "history", "intro", "knows", "label", "language", "manner", "measured", "more", "name",
        "needs", "options", "plain", "purpose", "rule", "says", "seen_by", "sentence", "situation",
        "small_talk", "steps", "text", "title", "unit", "wants", "why", "withdrawal",
        "without_normal", "word", "words", "write",
    )
)  # fmt: skip
"""Their keys whose values are read."""
CALLS: Final = frozenset({"tr", "translate", "tell", "told"})
ERRORS: Final = (
    "Error", "Unavailable", "Unreadable", "Refused", "Fault", "Missing", "Check", "Availability",
)  # fmt: skip


class Text(NamedTuple):
    """A text as Qt looks it up."""

    context: str
    """Class or part of the program that it belongs to."""
    source: str
    """The English text."""
    counts: bool = False
    """Whether a number comes with it: other languages have several forms of it."""


class _Gatherer(ast.NodeVisitor):
    """Finds the calls of one file that translate a text which stands there."""

    def __init__(self, constants: dict[str, str]) -> None:
        self.texts: set[Text] = set()
        self._constants = constants
        self._classes: list[str] = []
        self._helpers: list[dict[str, str]] = [{}]

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._helpers.append(helpers_of(node, self._constants))
        self.generic_visit(node)
        self._helpers.pop()

    def visit_Module(self, node: ast.Module) -> None:
        self._helpers.append(helpers_of(node, self._constants))
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        self.generic_visit(node)
        called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        called = node.func.id if isinstance(node.func, ast.Name) else called
        if called in CALLS:
            self._take(called, node)
        elif called.endswith(ERRORS):
            self.texts |= {Text(DATA, one) for one in strings(node.args) if " " in one}
        elif called == "Field":  # its title stands above a field of a form
            titles = [one.value for one in node.keywords if one.arg == "title"]
            self.texts |= {Text(DATA, one) for one in strings(titles)}

    def _take(self, called: str, node: ast.Call) -> None:
        method = isinstance(node.func, ast.Attribute)
        given = node.args
        if method and called == "tr":
            context, counts = (self._classes[-1] if self._classes else ""), len(given) > 2
        elif called in self._known and not method:
            context, counts = self._known[called], len(given) > 1
        elif called in {"tr", "translate"} and len(given) > 1:
            context, counts = self._named(given[0]), len(given) > 3
            given = given[1:]
        else:
            context, counts = DATA, False
        self.texts |= {Text(context, one, counts) for one in strings(given[:1])}

    @property
    def _known(self) -> dict[str, str]:
        """The short functions that are seen from here, with their contexts."""
        return {name: context for scope in self._helpers for name, context in scope.items()}

    def _named(self, node: ast.expr) -> str:
        if isinstance(node, ast.Constant):
            return str(node.value)
        return self._constants.get(node.id, "") if isinstance(node, ast.Name) else ""


def helpers_of(scope: ast.AST, constants: dict[str, str]) -> dict[str, str]:
    """Find short functions of a scope that translate in one context, by their names."""
    found: dict[str, str] = {}
    for node in getattr(scope, "body", ()):
        last = node.body[-1] if isinstance(node, ast.FunctionDef) else None
        call = last.value if isinstance(last, ast.Return) else None
        if not isinstance(call, ast.Call) or len(call.args) < 2:
            continue
        context = call.args[0]
        if isinstance(context, ast.Constant):
            found[node.name] = str(context.value)
        elif isinstance(context, ast.Name) and context.id in constants:
            found[node.name] = constants[context.id]
    return found


def strings(nodes: list[ast.expr]) -> list[str]:
    """Give the texts that stand in expressions, in either branch of a choice too."""
    found: list[str] = []
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append(node.value)
        elif isinstance(node, ast.IfExp):
            found += strings([node.body, node.orelse])
    return found


def in_code(path: Path) -> set[Text]:
    """Gather the texts of one file of Python."""
    tree = ast.parse(path.read_text("utf-8"))
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    }
    gatherer = _Gatherer(constants)
    gatherer.visit(tree)
    return gatherer.texts


def in_words(path: Path) -> set[Text]:
    """Gather every sentence of a file that holds nothing but sentences."""
    tree = ast.parse(path.read_text("utf-8"))
    remarks = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return {
        Text(DATA, one)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and id(node) not in remarks
        for one in strings([node])
        if " " in one
    }


def in_data(path: Path) -> set[Text]:
    """Gather what people read of one data file."""
    found: set[Text] = set()

    def walk(value: object, key: str) -> None:
        if isinstance(value, dict):
            for name, one in value.items():
                walk(one, key if key in WHOLE else name)
        elif isinstance(value, list):
            for one in value:
                walk(one, key)
        elif isinstance(value, str) and value and key in READ | WHOLE:
            found.add(Text(DATA, value))

    walk(tomllib.loads(path.read_text("utf-8")), "")
    return found


def of_code(*packages: str) -> set[Text]:
    """Gather what stands in packages, such as "app/ui"."""
    files = [path for name in packages for path in sorted((ROOT / name).rglob("*.py"))]
    return set[Text]().union(*map(in_code, files))


def gathered() -> set[Text]:
    """Gather every text of the program."""
    data = [path for name in SHOWN for path in sorted((ROOT / "assets").glob(name))]
    coach = ROOT / "app" / "coach"
    words = [coach / "tone.py", *coach.rglob("*words.py")]
    scales = [word for scale in scales_of({}, None) for word in (scale.low, scale.high)]
    others = {Text(DATA, one) for one in (*PLACES.values(), *scales)}
    return of_code(*PACKAGES).union(others, *map(in_words, words), *map(in_data, data))


def write(language: str, folder: Path = FOLDER, texts: set[Text] | None = None) -> Path:
    """Bring the file of a language up to date; gives the one that the program reads."""
    texts = gathered() if texts is None else texts
    folder.mkdir(parents=True, exist_ok=True)
    source, made = (folder / f"rapport_{language}{ending}" for ending in (".ts", ".qm"))
    with tempfile.TemporaryDirectory() as work:
        calls = Path(work) / "texts.py"
        calls.write_text(calls_of(texts), "utf-8")
        run("lupdate", calls, "-ts", source, "-target-language", language, "-locations", "none")
    run("lrelease", source, "-qm", made)
    return made


def calls_of(texts: set[Text]) -> str:
    """Write the texts as calls that Qt's tool understands: by it, only methods count."""
    lines: list[str] = []
    for context, inside in groupby(sorted(texts), key=lambda text: text.context):
        lines += [f"class {context}(QObject):", "    def texts(self, n):"]
        for text in inside:
            number = ', "", n' if text.counts else ""
            source = json.dumps(text.source, ensure_ascii=False)
            lines.append(f"        self.tr({source}{number})")
    return "\n".join(lines) + "\n"


def run(tool: str, *words: str | Path) -> None:
    """Run one of Qt's tools that come with PySide6."""
    program = Path(sys.executable).with_name(f"pyside6-{tool}")
    subprocess.run([program, *words], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.stdout.write(f"{write(sys.argv[1])}\n")
