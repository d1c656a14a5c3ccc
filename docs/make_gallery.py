"""Writes docs/gallery.md: every figure and every table of the example study, and of a small yearly survey for what that has not, each with its command.

With --check, says whether every result with a figure or a table stands in it, and its pictures beside it; nothing is drawn.
"""

from __future__ import annotations

import contextlib
import html
import itertools
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from typer.testing import CliRunner

from rpgstat.cli.commands import application
from rpgstat.glossary.sentences import word
from rpgstat.views import FAMILIES
from rpgstat.views.pictures import can_draw

HERE = Path(__file__).parent
FOLDER = HERE / "gallery"
STUDIES = {"rpg": "Reflective practice groups, the example study", "pulse": "A yearly survey of three waves"}
ROWS = 4
"""Rows of a table that are shown: enough to see what stands in it."""


class Shown(NamedTuple):
    """A command in the folder of a study, the result that it shows, and what the picture is called, if there is one. `words` say what it is good for."""

    study: str
    command: str
    result: str
    picture: str
    words: str


FIGURES = (
    Shown("rpg", "compare --height full", "compare", "compare", "What changed: both means of each statement, and the change."),
    Shown(
        "rpg", "compare --width half --height half --sort change", "compare", "compare-half", "The same for half the width of a page, the largest rise first."
    ),
    Shown("rpg", "score --height full", "score", "score", "What people answered, about the middle of the scale."),
    Shown(
        "rpg", "score --layout stacked --sort study --height 150mm", "score", "score-stacked", "The same from the left edge, in the order of the questionnaire."
    ),
    Shown("pulse", "compare", "compare", "compare-waves", "Three waves."),
    Shown("pulse", "compare --trend", "trend_waves", "trend", "The slope over three waves."),
    Shown("pulse", "compare --paired --moves --wave 2022 --wave 2023 --height full", "transitions", "moves", "From which answer to which people moved."),
    Shown("rpg", "breakdown --by role --height full", "breakdown", "breakdown", "Groups side by side."),
    Shown("pulse", "compare --by team", "compare", "compare-by-team", "What changed in each group."),
    Shown("pulse", "breakdown --by team --wave 2024 --post-hoc --result post_hoc", "post_hoc", "post-hoc", "Each pair of groups."),
    Shown("rpg", "topline --batteries --height 150mm", "topline", "topline-batteries", "Each answer, statement by statement."),
    Shown("pulse", "topline --wave 2022 --wave 2024", "topline", "topline", "Closed questions of every kind, in two waves."),
    Shown("pulse", "topline --question mentor --question helps", "topline", "topline-waves", "The same in three."),
    Shown("rpg", "response", "response", "response", "Who answered."),
    Shown("pulse", "response --result population", "population", "population", "Whether those who answered are like everyone."),
    Shown("rpg", "reliability", "scales", "reliability", "Whether statements belong together."),
    Shown("rpg", "themes", "themes", "themes", "What people spoke of."),
    Shown("rpg", "joint", "joint", "joint", "What people said beside what they ticked."),
    Shown("rpg", "theory", "configurations", "theory", "How it worked; in Word, shapes to edit."),
    Shown("rpg", "timeline", "timeline", "timeline", "When everything was."),
    Shown("rpg", "indicators --height full", "chart", "indicators", "Control charts of the organisation's own series."),
    Shown("rpg", "indicators --layout lines --height full", "chart", "lines", "The same series as plain lines."),
    Shown("rpg", "workforce", "workforce", "workforce", "Workforce rates by year."),
    Shown("rpg", "plan", "plan", "plan", "How many answers the next wave needs."),
)

TABLES = (
    Shown("rpg", "score", "score", "", "One wave."),
    Shown("rpg", "compare", "compare", "", "Two waves."),
    Shown("pulse", "compare --by team --wave 2022 --wave 2024", "interaction", "", "Whether groups changed alike."),
    Shown("pulse", "compare --trend", "trend_waves", "", "Three waves."),
    Shown("pulse", "compare --paired --moves --wave 2022 --wave 2023", "transitions", "", "From which answer to which."),
    Shown("pulse", "compare --benchmark sector.csv", "benchmarks", "", "Beside what others have published."),
    Shown("rpg", "breakdown --by role", "breakdown", "", "Groups."),
    Shown("rpg", "breakdown --by role", "omnibus", "", "Whether groups differ at all."),
    Shown("pulse", "breakdown --by team --wave 2024 --post-hoc", "post_hoc", "", "Which groups differ from which."),
    Shown("pulse", "topline --wave 2022 --wave 2024", "topline", "", "Closed questions."),
    Shown("pulse", "topline", "people", "", "Who answered them."),
    Shown("rpg", "response", "response", "", "How many answered, and how."),
    Shown("pulse", "response", "population", "", "Beside the population."),
    Shown("rpg", "reliability", "scales", "", "Batteries."),
    Shown("rpg", "reliability", "items", "", "Statements."),
    Shown("rpg", "disclosure", "protection", "", "What is withheld."),
    Shown("rpg", "themes", "themes", "", "What people spoke of."),
    Shown("rpg", "themes", "codebook", "", "How it was coded."),
    Shown("rpg", "themes --together", "together", "", "Which themes go together."),
    Shown("rpg", "themes", "quotes", "", "Quotations."),
    Shown("rpg", "agreement", "agreement", "", "Whether coders agree."),
    Shown("rpg", "joint", "joint", "", "What was said and what was ticked."),
    Shown("rpg", "theory", "configurations", "", "How it worked."),
    Shown("rpg", "theory", "evidence", "", "What is held up for it."),
    Shown("rpg", "timeline", "timeline", "", "When everything was."),
    Shown("rpg", "indicators", "trend", "", "Series over the years."),
    Shown("rpg", "indicators", "events", "", "What happened at an event."),
    Shown("rpg", "workforce", "workforce", "", "Rates."),
    Shown("rpg", "plan", "plan", "", "The next wave."),
    Shown("rpg", "check", "check", "", "What to know before."),
)

WITHOUT = {
    "merges": "none in these studies",
    "benchmark_means": "as benchmarks, of means",
    "disagreements": "for coders alone",
    "rates_trend": "rates without counts are not tested",
    "curve": "drawn as the figure of plan",
    "chart": "drawn as control charts",
    "findings": "the first page of a report",
}
"""Results whose table is not shown, and why."""

OPENING = """# Gallery

Every figure and every kind of table that rpgstat makes, each with the command that makes it. Made by `python docs/make_gallery.py`; all surveys are invented.

The commands run in the folder of a study: [the example](worked-study.md) (`fixtures/rpg`, or what `rpgstat demo` writes),
and a small yearly survey of three waves (`fixtures/pulse`).
How to choose size, order and layout stands with [figures](figures.md), and how to read them with [the table](reading-the-table.md).
A figure that fills several pages is shown by its first. The tables show their first rows, without their notes; every format has all of them.
"""


def page() -> str:
    """The page, its pictures drawn on the way."""
    parts = [OPENING, "## Figures\n", *map(figure, FIGURES), "## Tables\n", *map(table, TABLES)]
    return "\n".join(parts)


def figure(one: Shown) -> str:
    """One figure: what it is for, its command, the picture with its description."""
    given = f"{one.command} -o {one.picture}.svg"
    with study(one.study) as folder:
        said(given)
        drawn = [path for path in (folder / f"{one.picture}.svg", folder / f"{one.picture}-1.svg") if path.exists()]
        svg = drawn[0].read_text(encoding="utf-8")
    (FOLDER / f"{one.picture}.svg").write_text(svg, encoding="utf-8", newline="\n")
    described = html.unescape(re.findall(r'aria-label="([^"]*)"', svg)[0])
    return f"### {one.words.removesuffix('.')}\n\n{told(one, given)}\n\n![{escaped(described)}](gallery/{one.picture}.svg)\n"


def table(one: Shown) -> str:
    """One table: what it is for, its command, its first rows."""
    with study(one.study):
        lines = said(f"{one.command} -f markdown" + (f" --result {one.result}" if one.result != one.command else "")).splitlines()
    first = [line.startswith("|") for line in lines].index(True)
    rows = itertools.takewhile(lambda line: line.startswith("|"), lines[first:])
    shown = (re.sub(r" ?<sup>.*?</sup>", "", row) for row in itertools.islice(rows, ROWS + 2))
    return "\n".join([f"### {one.words.removesuffix('.')}\n\n{told(one, one.command)}\n", *shown, ""])


def told(one: Shown, command: str) -> str:
    """What it shows, and what to type."""
    return f"{word('table', one.result)} · {STUDIES[one.study]}: `rpgstat {command}`"


@contextlib.contextmanager
def study(name: str) -> Iterator[Path]:
    """A copy of a study's folder to work in."""
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as made:
        folder = shutil.copytree(HERE.parent / "fixtures" / name, Path(made) / name)
        os.chdir(folder)
        try:
            yield folder
        finally:
            os.chdir(here)


def said(command: str) -> str:
    """What a command writes to standard output in this folder. Raises SystemExit when it fails."""
    call = shlex.split(command)
    ran = CliRunner().invoke(application(call[:1]), call)
    if ran.exit_code not in (0, 1):
        raise SystemExit(f"rpgstat {command}: {ran.output}")
    return ran.stdout


def escaped(words: str) -> str:
    """Words that can stand as a picture's description."""
    return re.sub(r"([\\\[\]*_`<])", r"\\\1", " ".join(words.split()))


def missing() -> list[str]:
    """What the page ought to show and does not, and pictures that are not there."""
    names = [name for family in FAMILIES.values() for name in family]
    drawn, laid = {one.result for one in FIGURES}, {one.result for one in TABLES}
    text = (HERE / "gallery.md").read_text(encoding="utf-8")
    lacks = [f"no figure of {name}" for name in names if can_draw(name) and name not in drawn]
    lacks += [f"no table of {name}" for name in names if name not in laid and name not in WITHOUT]
    lacks += [f"no picture {one.picture}.svg" for one in FIGURES if not (FOLDER / f"{one.picture}.svg").exists()]
    return lacks + [f"`rpgstat {one.command}` is not on the page" for one in (*FIGURES, *TABLES) if f"`rpgstat {one.command}" not in text]


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit("\n".join(missing()) or None)
    FOLDER.mkdir(exist_ok=True)
    (HERE / "gallery.md").write_text(page(), encoding="utf-8", newline="\n")
