"""How the guide becomes a site: pages of this folder in the order of site.md, searchable without a server or a network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent

project, author = "rpgstat", "the authors of rpgstat"
version = release = re.findall('"([0-9.]+)"', (ROOT / "rpgstat" / "version.py").read_text(encoding="utf-8"))[0]
copyright = "the authors of rpgstat, GPL-3.0-or-later"
language = "en-GB"
html_language = "en-GB"

extensions = ["myst_parser"]
root_doc = "index"
source_suffix = {".md": "markdown"}
exclude_patterns = ["README.md"]
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]

html_theme = "furo"
html_title = f"rpgstat {version}"
html_show_sphinx = False
html_copy_source = False
html_theme_options = {"top_of_page_buttons": []}


def _prepared(_: Any, page: str, source: list[str]) -> None:
    """A page as it is read: of a link to a file beside this folder, which is no page, the words are kept; the index makes the menu."""
    text = re.sub(r"\[([^\]]+)\]\(\.\./[^)]+\)", lambda link: link[1], source[0])
    source[0] = text + "".join(_menu(text)) if page == root_doc else text


def _menu(index: str) -> Iterator[str]:
    """The pages under each heading of the index."""
    for heading, part in re.findall(r"(?ms)^## ([^\n]+)\n(.*?)(?=^## |\Z)", index):
        pages = re.findall(r"(?m)^- \[[^\]]+\]\((\w[\w-]*)\.md\)", part)
        yield "\n\n" + "\n".join(["```{toctree}", f":caption: {heading}", ":hidden:", "", *pages, "```"])


def _reachable(app: Any, error: Exception | None) -> None:
    """Captions of the menu have a level, and what scrolls can be reached from the keyboard."""
    if error is None and app.builder.name == "html":
        for page in Path(app.outdir).glob("*.html"):
            html = page.read_text(encoding="utf-8").replace('role="heading"', 'role="heading" aria-level="2"').replace("<pre>", '<pre tabindex="0">')
            page.write_text(html.replace('<div class="table-wrapper', '<div tabindex="0" class="table-wrapper'), encoding="utf-8")


def setup(app: Any) -> None:
    """Look at each page as it is read, and as it is written."""
    app.connect("source-read", _prepared)
    app.connect("build-finished", _reachable)
