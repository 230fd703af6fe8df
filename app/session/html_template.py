"""The pages' templates and style sheets, from assets/report."""

from __future__ import annotations

from typing import Final

import jinja2

from app.paths import asset

FOLDER: Final = "report"


def load_template(name: str) -> jinja2.Template:
    """Load a page's template: texts are escaped, and a name that it is not given is an error."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(str(asset(FOLDER))),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)


def load_css(*names: str) -> str:
    """Load style sheets one after the other; a page carries them in itself."""
    return "\n".join(asset(FOLDER, name).read_text("utf-8") for name in names)
