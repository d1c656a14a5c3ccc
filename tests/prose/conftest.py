"""Studies of our own whose every sentence is read: how they are made, and how their prose is gathered from all commands."""

from __future__ import annotations

import csv
import io
import os
import random
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import pytest

import rpgstat
from rpgstat.errors import UserError
from rpgstat.output.formats import render
from rpgstat.views.pictures import alt_text, natural

RPG = Path(__file__).resolve().parents[2] / "fixtures" / "rpg"
SAMPLES = Path(os.environ["RPGSTAT_SAMPLES"]) if os.environ.get("RPGSTAT_SAMPLES") else None


@dataclass(frozen=True)
class Piece:
    """Some prose: where it stands, the words, whether it reports figures of the survey in sentences, and whether it tells someone what to type."""

    where: str
    words: str
    report: bool = False
    typed: bool = False


@dataclass
class Prose:
    """All that a study says, and what its tests found: (subject, figure before, figure after) of each change that a test shows."""

    pieces: list[Piece] = field(default_factory=list)
    found: list[tuple[str, ...]] = field(default_factory=list)
    rows: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


class _Page(HTMLParser):
    """The prose of an HTML report: headings, paragraphs, points, captions, alternative texts; not the cells of tables."""

    def __init__(self, content: bytes, *, marked: bool = True) -> None:
        super().__init__()
        self._marked = marked
        self.pieces: list[tuple[str, str]] = []
        self._words = ""
        self.feed(content.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in ("h1", "h2", "h3", "p", "li", "caption", "figcaption", "td", "th"):
            self._words = ""
        if alt := dict(attrs).get("alt") or dict(attrs).get("aria-label"):
            self.pieces.append(("alt", alt))

    def handle_data(self, data: str) -> None:
        self._words += data

    def handle_endtag(self, tag: str) -> None:
        if tag in ("h1", "h2", "h3", "p", "li", "caption", "figcaption"):
            words = self._words.replace("\N{NO-BREAK SPACE}", " ").strip()
            noted = self._marked and re.match(r"[a-z]{1,2} ", words)  # a note of table rows, of which each part stands by itself
            self.pieces += [(tag, part) for part in (words.split("; ") if noted and tag == "p" else [words])]
            self._words = ""


def _write(path: Path, rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


AGREEMENT = ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"]
CONFIDENCE = ["Not at all confident", "Slightly confident", "Somewhat confident", "Very confident", "Extremely confident"]
OFTEN = ["Never", "Rarely", "Sometimes", "Often", "Always"]
FOUR = ["Strongly disagree", "Disagree", "Agree", "Strongly agree"]
SEVEN = ["Strongly disagree", "Disagree", "Somewhat disagree", "Neither agree nor disagree", "Somewhat agree", "Agree", "Strongly agree"]


def _drawn(rng: random.Random, levels: Sequence[str], lift: float) -> str:
    """An answer, higher with more `lift`; blank now and then."""
    if rng.random() < 0.06:
        return ""
    return levels[min(len(levels) - 1, max(0, round(rng.gauss((len(levels) - 1) * (0.45 + lift), len(levels) / 4))))]


def pair(folder: Path) -> dict[str, Any]:
    """Two SurveyMonkey exports with a one-item battery whose name is a question, matrices whose prompts end in full stops, and blanks."""
    one = "To what extent do you feel able to begin a project?"
    matrices = {
        "Please rate your confidence in the following tasks.": (["Read the literature", "Name a problem", "Plan a study", "Write a report"], CONFIDENCE),
        "How far do you agree with the following?": (["I know where help is", "I can judge a claim", "I work with care"], AGREEMENT),
    }
    for wave, lift, seed in (("pre", 0.0, 1), ("post", 0.12, 2)):
        rng = random.Random(seed)
        first, second = ["Respondent ID", "Collector ID", "Start Date", one], ["", "", "", "Response"]
        for prompt, (items, _) in matrices.items():
            first += [prompt, *[""] * (len(items) - 1)]
            second += items
        rows = [first, second]
        for person in range(60):
            answers = [_drawn(rng, AGREEMENT, lift)]
            answers += [_drawn(rng, levels, lift) for items, levels in matrices.values() for _ in items]
            rows.append([str(11_000_000_000 + 1000 * seed + 7 * person), "418", "03/04/2024 10:00:00 AM", *answers])
        _write(folder / f"{wave}.csv", rows)
    return {"exports": [folder / "pre.csv", folder / "post.csv"]}


_MIXED = """title = "Six questions"
[[waves]]
name = "before"
file = "before.csv"
[[waves]]
name = "after"
file = "after.csv"
invited = 200
[groups.team]
column = "Team"
levels = ["North", "South"]
{scales}
{batteries}
[workforce]
file = "workforce.csv"
[[indicators]]
file = "indicators.csv"
better = "lower"
events = ["2021-09: a new team"]
"""

ONES: dict[str, tuple[str, Sequence[str]]] = {
    "How often do you meet your supervisor?": ("often", OFTEN),
    "I feel supported.": ("agreement", AGREEMENT),
    "How likely are you to stay, from 0 to 10?": ("likely", [str(n) for n in range(11)]),
    "Would you say the work is worth it?": ("four", FOUR),
    "I am proud of the service.": ("seven", SEVEN),
    "My voice counts": ("agreement", AGREEMENT),
}


def mixed(folder: Path) -> dict[str, Any]:
    """A study of batteries of one item each on five scales, with bare rates and short series."""
    scales = "\n".join(f"[scales.{name}]\nlevels = {list(levels)}" for name, levels in dict(ONES.values()).items())
    batteries = "\n".join(
        f'[[batteries]]\nname = "{name}"\nscale = "{scale}"\nitems = [{{ id = "q{i}", text = "{name}" }}]' for i, (name, (scale, _)) in enumerate(ONES.items())
    )
    (folder / "study.toml").write_text(_MIXED.format(scales=scales.replace("'", '"'), batteries=batteries), encoding="utf-8")
    for wave, lift, seed in (("before", 0.0, 3), ("after", 0.1, 4)):
        rng = random.Random(seed)
        rows = [["Team", *ONES], *([rng.choice(["North", "South"]), *(_drawn(rng, levels, lift) for _, levels in ONES.values())] for _ in range(60))]
        _write(folder / f"{wave}.csv", rows)
    _write(folder / "workforce.csv", [["Measure", "2015", "2016", "2017"], ["Turnover", "15", "14.7", "12.1"], ["Caseload", "17", "16", "14.5"]])
    rng = random.Random(5)
    months = [f"{2021 + i // 12}-{i % 12 + 1:02}" for i in range(18)]
    _write(
        folder / "indicators.csv",
        [["Month", "Plans", "Visits"], *([m, str(90 - 2 * i + rng.randint(-3, 3)), str(40 + rng.randint(-6, 6))] for i, m in enumerate(months))],
    )
    return {"study": folder / "study.toml"}


def once(folder: Path) -> dict[str, Any]:
    """One wave, of which nobody said how many were invited."""
    found = pair(folder)
    return {"exports": found["exports"][:1]}


def example(folder: Path) -> dict[str, Any]:
    """The example study."""
    shutil.copytree(RPG, folder, dirs_exist_ok=True)
    return {"study": folder / "study.toml"}


def blackstone(folder: Path) -> dict[str, Any]:  # noqa: ARG001 # as the others are called
    """Two real exports, where they are at hand."""
    found = [] if SAMPLES is None else [next(iter(sorted(SAMPLES.rglob(f"blackstone_{wave}.csv"))), None) for wave in ("pre", "post")]
    if not found or None in found:
        pytest.skip("RPGSTAT_SAMPLES names no folder with these exports")
    return {"exports": found}


def opposed(folder: Path) -> dict[str, Any]:
    """Two waves of a battery of which one statement runs against the others, and nobody said so."""
    for wave, lift, seed in (("first", 0.0, 8), ("second", 0.1, 9)):
        rng = random.Random(seed)
        rows = [["I am heard", "I am trusted", "I am helped", "I think of leaving"]]
        for _ in range(70):
            mood = rng.gauss(0, 0.25) + lift
            rows.append([*(_drawn(rng, AGREEMENT, mood) for _ in range(3)), _drawn(rng, AGREEMENT, -mood - 0.2)])
        _write(folder / f"{wave}.csv", rows)
    return {"exports": [folder / "first.csv", folder / "second.csv"]}


STUDIES: dict[str, Callable[[Path], dict[str, Any]]] = {f.__name__: f for f in (example, pair, mixed, once, opposed, blackstone)}
GROUPS = {"example": "role", "mixed": "team"}
"""The grouping of a study that has one."""

COMMANDS = ("score", "compare", "breakdown", "response", "reliability", "workforce", "indicators")


def _variants(group: str | None) -> list[tuple[str, dict[str, Any]]]:
    """Each command with its options, one at a time: by groups, with a margin, by ranks and levels, weighted, of a finite population."""
    plain = [("compare", {"margin": 0.5, "bayes": True}), *(("compare", {"method": method}) for method in ("mann-whitney", "brunner-munzel", "chi-square"))]
    plain += [("compare", {"adjust": "none"}), ("score", {"fpc": True}), ("compare", {"fpc": True})]
    if group is None:
        return plain
    grouped = [("compare", {"by": group}), ("compare", {"standardise": group}), ("breakdown", {"by": group, "post_hoc": True}), ("response", {"by": group})]
    return [*plain, *grouped, ("score", {"rake": [group]}), ("compare", {"rake": [group]})]


def _asked(command: str, given: dict[str, Any], **more: Any) -> Any:
    """The results of a command on a study; None where it has nothing for it."""
    options: dict[str, Any] = more | ({} if given.get("study") is None else {"study": given["study"]})
    exports = () if command in ("workforce", "indicators") else given.get("exports", ())
    try:
        return getattr(rpgstat, command)(*exports, **options)
    except UserError:
        return None


def _result(command: str, results: Any) -> Iterator[Piece]:
    """The prose of a command: as JSON has it, the figure's words, and what stands on standard error."""
    for result in results:
        where = f"{command}: {result.name}"
        yield Piece(f"{where}, title", result.title)
        yield from (Piece(f"{where}, method or note", words) for words in (result.method, *result.notes) if words)
        for row in result.frame.to_dicts():
            yield from (Piece(f"{where}, {key}", row[key]) for key in ("sentence", "verdict") if row.get(key))
            yield from (Piece(f"{where}, note", part) for part in (row["note"] or "").split("; ") if part)
        yield from (Piece(f"{where}, warning", words, typed=True) for words in result.warnings)
    try:
        yield Piece(f"{command}: description of the figure", alt_text(natural(results), results), report=True)
    except UserError:
        return  # a command without a figure


def _government(command: str, results: Any) -> Iterator[Piece]:
    """The prose of a command's page in the style of government statistics."""
    page = _Page(render(list(results), "html", "gss", None, "", []), marked=False)
    told = [(tag, part) for tag, words in page.pieces if tag != "caption" for part in (words.split("; ") if words.startswith("[note ") else [words])]
    yield from (Piece(f"{command}.html in gss, {tag}", words.strip()) for tag, words in told if words.strip())


def _report(given: dict[str, Any], suffixes: Sequence[str]) -> Iterator[Piece]:
    made = rpgstat.report(*given.get("exports", ()), formats=suffixes, **({"study": given["study"]} if "study" in given else {}))
    yield from (Piece(f"report.html, {tag}", words.strip(), report=True) for tag, words in _Page(made.contents["html"]).pieces if words.strip())
    if "docx" in made.contents:
        document = docx.Document(io.BytesIO(made.contents["docx"]))
        yield from (
            Piece("report.docx", part.text.strip().replace("\N{NO-BREAK SPACE}", " "), report=True) for part in document.paragraphs if part.text.strip()
        )
        drawn = re.findall(r'descr="([^"]*)"', document.element.xml)
        yield from (Piece("report.docx, alternative text", words.replace("&quot;", '"').replace("&amp;", "&"), report=True) for words in drawn)


def _shown(result: Any) -> Iterator[tuple[str, ...]]:
    """What the tests of a result found: each by itself, and how many statements rose and fell between two waves."""
    if result.name == "compare":
        items = [row for row in result.frame.to_dicts() if row["item"] and row["note"] != "suppressed: small numbers"]
        keys = [(row.get("group"), row["reference"], row["wave"], battery) for row in items for battery in ("", row["battery"])]
        for group, reference, wave, battery in dict.fromkeys(keys):
            rows = [row for row in items if (row.get("group"), row["reference"], row["wave"]) == (group, reference, wave)]
            own = [row["conclusion"] for row in rows if battery in ("", row["battery"])]
            up, down = own.count("higher"), own.count("lower")
            yield (f"{up} of {len(own)} statements rose",) if not down else (f"of {len(own)} statements {up or 'none'} rose and {down} fell",)
            yield (f"{down} of {len(own)} statements fell",)
    for row in result.frame.to_dicts():
        if result.name == "compare" and row["conclusion"] in ("higher", "lower"):
            yield (row["text"] if row["item"] else "battery score", f"{row['mean_reference']:.2f}", f"{row['mean']:.2f}")
        elif result.name in ("trend", "workforce") and row["conclusion"] in ("rose", "fell"):
            yield (row.get("series") or row["measure"],)
        elif result.name == "events" and any(row[key] is not None and row[key] < 0.05 for key in ("p_level_adjusted", "p_slope_adjusted")):
            yield (row["series"], row["event"])


@pytest.fixture(scope="session", params=list(STUDIES))
def prose(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Prose:
    """Everything that is said of one study."""
    given = STUDIES[request.param](tmp_path_factory.mktemp(request.param))
    told = Prose()
    for command in COMMANDS:
        for results in filter(None, [_asked(command, given)]):
            told.pieces += [*_result(command, results), *_government(command, results)]
            told.found += [one for result in results for one in _shown(result)]
            told.rows += [(result.name, row) for result in results for row in result.frame.to_dicts()]
    for command, options in _variants(GROUPS.get(request.param)):
        for results in filter(None, [_asked(command, given, **options)]):
            told.pieces += _result(f"{command} {' '.join(options)}", results)
            told.found += [one for result in results for one in _shown(result)]
    told.pieces += _report(given, ["html", "docx"] if request.param == "mixed" else ["html"])
    return told
