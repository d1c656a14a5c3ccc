"""Two realistic results to render: a comparison of two waves and the scores behind it, three batteries, with gaps and notes."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import replace
from math import sqrt
from pathlib import Path
from typing import Any

import pytest

from rpgstat import text
from rpgstat.glossary import COLUMNS
from rpgstat.media import html, latex
from rpgstat.media.data import json_document
from rpgstat.media.style import APA, Style
from rpgstat.media.word import writer
from rpgstat.output import formats
from rpgstat.result import Input, Result, table
from rpgstat.views.documents import document

NIGHTLY = bool(os.environ.get("RPGSTAT_NIGHTLY"))
"""Whether there is a night to look at many random inputs, instead of seconds to look at a few of the same kinds."""

collect_ignore_glob = ["reference/*.py", "read/fuzz.py", "read/kinds.py", "cli/mutate.py"]  # scripts; what they import, not every test needs

BATTERY = """
[scales.added]
levels = ["Disagree", "Agree"]
[[batteries]]
name = "Added"
scale = "added"
items = ["I agree"]
"""
# what makes any other part of a study file a whole one


YEARS = """[scales.s]
levels = ["No", "Rather", "Yes"]
[[waves]]
name = "2023"
[[waves]]
name = "2024"
[[batteries]]
name = "First"
scale = "s"
items = ["Heard", "Valued"]
"""
# two statements in two years

HEARD = """[[questions]]
id = "hear"
text = "How do you hear?"
kind = "multiple"
columns = ["Email", "Post"]
[[questions]]
id = "likely"
text = "Likely"
kind = "nps"
"""
# a question over several columns, and one from 0 to 10


def declared_waves(*names: str) -> str:
    """The part of a study file that declares waves, each with a file of its name.

    >>> print(declared_waves("spring"), end="")
    [[waves]]
    name = "spring"
    file = "spring.csv"
    """
    return "".join(f'[[waves]]\nname = "{name}"\nfile = "{name}.csv"\n' for name in names)


def export(name: str, columns: dict[str, list[str]]) -> Path:
    """Writes an export into this folder, every cell in quotation marks; the columns are of equal length."""
    rows = [list(columns), *zip(*columns.values(), strict=True)]
    Path(name).write_text("".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows), encoding="utf-8")
    return Path(name)


MISSING_ITEM = "not asked in +1 year"
SUPPRESSED_GROUP = "suppressed: small numbers"
SUPPRESSED = "fewer than 2 answers in +1 year: no variance, so no interval and no test"
RANKS_DISAGREE = "rank check: Mann-Whitney p = .061 after adjustment, on the other side of 0.05"

# battery -> statement, n and mean in the reference wave, n and mean in the later wave, adjusted p, note
STUDY: dict[str, list[tuple[str, str, int | None, float | None, int, float, float | None, str | None]]] = {
    "Professional skills and support": [
        (
            "complex",
            "The group has helped me to make sense of complicated family problems before I decide what should happen next",
            47,
            2.62,
            75,
            3.04,
            0.00004,
            None,
        ),
        (
            "strain",
            "Since joining the group I find it easier to carry the emotional weight of my cases without taking it home in the evening",
            46,
            2.54,
            74,
            2.91,
            0.0214,
            RANKS_DISAGREE,
        ),
        (
            "reflect",
            "I stop and think about my own part in what happens with a family more often than I did before the group began",
            47,
            3.11,
            75,
            3.19,
            1.0,
            None,
        ),
        ("others", "Hearing how colleagues see the same situation changes the way in which I look at it", 47, 3.06, 75, 3.17, 0.8412, None),
        ("identity", "I feel more certain of what it means to belong to this profession", 45, 2.875, 72, 2.945, 1.0, None),
        (
            "methods",
            "I know more ways of working with families than I would have known without the group, and I have used at least one of them "
            "in the past three months (reversed)",
            47,
            2.21,
            75,
            2.3,
            0.9996,
            "agree = disagreed with the wording",
        ),
    ],
    "Self-efficacy": [
        ("plan", "I can plan my week so that the visits which matter most are the ones that take place", 47, 2.71, 75, 2.83, 1.0, None),
        ("court", "I feel able to explain my assessment to people who disagree with it, in court or in a meeting", 47, 2.66, 75, 2.58, 1.0, None),
        ("write", "There is enough time to write up my cases properly", 1, 2.0, 75, 2.12, None, SUPPRESSED),
        ("risk", "I can live with not knowing how a case will turn out while still acting on the risks that I can see", 47, 2.74, 75, 2.96, 0.3107, None),
        ("voice", "When something about a decision troubles me I say so, whoever made it", None, None, 74, 2.77, None, MISSING_ITEM),
    ],
    "Relationships": [
        ("team", "My own team manager and I understand each other better", 47, 2.4, 75, 2.79, 0.0123, None),
        ("peers", "My peers and I turn to each other for advice about difficult cases more readily than we used to", 47, 2.83, 75, 3.21, 0.0101, None),
        ("senior", "Senior managers have a truer picture of what my work with families is like from day to day", 47, 2.02, 75, 2.61, 0.0000001, None),
        (
            "system",
            "Across the whole system, from schools to health visitors to the police, people understand what we are trying to do",
            46,
            2.83,
            73,
            2.51,
            0.0489,
            None,
        ),
        (
            "carers",
            "Foster carers and residential staff tell me that they feel listened to when we disagree",
            47,
            2.45,
            75,
            2.79,
            None,
            None,
        ),
    ],
}


def _figures(n_reference: int | None, before: float | None, n: int, after: float, p: float | None) -> dict[str, Any]:
    row: dict[str, Any] = {
        "n_reference": n_reference,
        "n": n,
        "scale_low": 1.0,
        "midpoint": 2.5,
        "scale_high": 4.0,
        "mean_reference": before,
        "mean": after,
        "sd": 0.71,
    }
    if before is None or n_reference is None:
        return row
    row["estimate"] = after - before
    if n_reference < 2:
        return row
    error = 0.71 * sqrt(1 / n + 1 / n_reference)
    row |= {"std_error": error, "conf_low": after - before - 1.98 * error, "conf_high": after - before + 1.98 * error, "sd_reference": 0.71}
    row |= {"effect": (after - before) / 0.71, "effect_name": "g", "p_adjusted": p, "p_value": None if p is None else p / 6, "df": 101.3, "method": "welch"}
    if p is not None:
        row["conclusion"] = "inconclusive" if p >= 0.05 else "higher" if after > before else "lower"
    return row


def _compare_rows(reference: str, wave: str) -> list[dict[str, Any]]:
    rows = []
    for battery, items in STUDY.items():
        waves = {"battery": battery, "reference": reference, "wave": wave}
        for item, statement, n_reference, before, n, after, p, note in items:
            rows.append(waves | {"item": item, "text": statement, "note": note} | _figures(n_reference, before, n, after, p))
        rows.append(waves | {"text": battery} | _figures(46, 2.58, 74, 2.86, 0.0083))
    return rows


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "TERM", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def compare() -> Result:
    rows = _compare_rows("+1 year", "+3 years")
    rows[-2]["conclusion"] = "equivalent"
    return Result(
        name="compare",
        title="Reflective practice groups: change between waves",
        frame=table("compare", rows),
        method="Welch’s t-test of each statement, +3 years minus +1 year; p adjusted by Holm’s method within each battery, battery scores among themselves; "
        "95 % intervals are unadjusted.",
        notes=("The waves are treated as independent: people who answered both usually make the interval wider than needed.", "A second, shorter note."),
        options={"reference": "+1 year", "method": "welch", "adjust": "holm", "alpha": 0.05, "against": "first"},
        inputs=(Input("wave-1.csv", "ab" * 32, 47), Input("wave-3.xlsx", "cd" * 32, 75)),
        warnings=('2 answers of "Agree stronly" are not on the scale',),
        command="compare",
    )


@pytest.fixture
def two_contrasts(compare: Result) -> Result:
    rows = _compare_rows("+1 year", "+3 years") + _compare_rows("+1 year", "+5 years")
    return Result("compare", compare.title, table("compare", rows), compare.method, options=compare.options, command="compare")


def _score_rows(wave: str, before: bool) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for battery, items in STUDY.items():
        means = sorted((m for m in (i[3] if before else i[5] for i in items) if m is not None), reverse=True)
        for item, statement, n_reference, mean_reference, n_later, mean_later, _, note in items:
            n, mean = (n_reference, mean_reference) if before else (n_later, mean_later)
            row = {"battery": battery, "item": item, "text": statement, "wave": wave, "n": n, "note": note if mean is None or before else None}
            rows.append(row | _score_figures(n, mean, 47 if before else 75) | ({} if mean is None else {"rank": 1 + means.index(mean)}))
        row = {"battery": battery, "text": battery, "wave": wave, "n": 46 if before else 74, "missing": 1}
        rows.append(row | _score_figures(46, 2.58, 47) | {"missing": 1, "not_applicable": None})
    return rows


def _score_figures(n: int | None, mean: float | None, returned: int) -> dict[str, Any]:
    if n is None or mean is None:
        return {}
    agree = (mean - 1) / 3
    verdict = "more agreed than disagreed" if mean > 2.5 else "more disagreed than agreed"
    row = {
        "scale_low": 1.0,
        "midpoint": 2.5,
        "scale_high": 4.0,
        "mean": mean,
        "sd": 0.71,
        "median": 3.0,
        "agree": agree,
        "net": 2 * agree - 1,
        "verdict": verdict,
    }
    row |= {"levels": ["No", "Rather not", "Rather", "Yes"], "distribution": [0, n - n // 2, n // 2, 0], "not_applicable": 1 if returned > n else 0}
    row["missing"] = returned - n - row["not_applicable"]
    half = 2 * 0.71 / sqrt(n)
    return row | {"conf_low": mean - half, "conf_high": mean + half, "p_value": 0.03}


@pytest.fixture
def score() -> Result:
    return Result(
        name="score",
        title="Reflective practice groups: scores",
        frame=table("score", _score_rows("+1 year", before=True) + _score_rows("+3 years", before=False)),
        method="Mean of the valid answers with its 95 % t interval.",
        notes=("Verdict: the mean against the midpoint of the scale.",),
        options={"alpha": 0.05},
        inputs=(Input("wave-1.csv", "ab" * 32, 47),),
        command="score",
    )


@pytest.fixture
def breakdown() -> Result:
    groups = {"Social worker": 2.61, "Senior social worker": 2.94, "Team manager": 3.2, "Senior manager": None}
    rows = []
    for item, statement in (("calm", "I can stay calm in a heated conversation"), ("trust", "I trust the decisions I make"), (None, "Self-efficacy")):
        for rank, (group, mean) in enumerate(groups.items(), start=1):
            row = {"battery": "Self-efficacy", "item": item, "text": statement, "wave": "+3 years", "by": "role", "group": group}
            if mean is None:
                rows.append(row | {"note": SUPPRESSED_GROUP})
            else:
                rows.append(row | {"n": 10 + rank, "mean": mean, "rank": 4 - rank, "conclusion": "higher" if mean > 3 else "inconclusive"})
    return Result("breakdown", "Reflective practice groups: by role", table("breakdown", rows), "Each group against everyone else.", command="breakdown")


HOSTILE = (
    *("=1+1", "<script>alert(1)</script>", "a | b & c < d", "{{ table:compare }}", r"\input{secret} 100% $x_1^2$ #1 ~ {}", "العربية نص", "👍🏽 fine"),
    *("bell\x07 \x1b[31mred", "\u202egnp.exe", "\ufffe\uffff", "word " * 100, "w" * 500, "]]>", "'); DROP TABLE", "&amp;lt;"),
)


@pytest.fixture
def hostile(compare: Result) -> Result:
    """A comparison whose every text comes from someone who means harm, or at least is careless."""
    rows = [
        {"battery": words, "item": str(place), "text": words, "reference": words, "wave": f"{words} 2", "note": words, "mean": 2.0, "n": 3}
        for place, words in enumerate(HOSTILE)
    ]
    return replace(compare, title=HOSTILE[1], method=HOSTILE[4], notes=HOSTILE, frame=table("compare", rows))


def printed(row: dict[str, Any]) -> dict[str, str | None]:
    """The figures of a row of the JSON document as tables of documents print them."""
    shown = {name: APA.cell(COLUMNS[name].kind, row[name]).replace(" ", "\N{NO-BREAK SPACE}") for name in row if COLUMNS[name].kind not in ("words", "counts")}
    shown |= {name: text.signed_cell(COLUMNS[name].kind, row[name]) for name in ("estimate", "effect") if row.get(name) is not None}
    low, high = row["conf_low"], row["conf_high"]
    return shown | {"interval": text.NONE if low is None else text.interval(low, high).replace(" ", "\N{NO-BREAK SPACE}")}


def hold_the_figures(lines: dict[str, list[str]], result: Result) -> None:
    """The cells of each statement of a written comparison are the figures of the JSON document."""
    for row in json.loads(json_document.document([result]))["results"][0]["rows"]:
        if row["item"] is None:
            continue
        own, figures = printed(row), lines[row["text"]]
        assert figures[:6] == [own[name] for name in ("n_reference", "mean_reference", "sd_reference", "n", "mean", "sd")]
        assert figures[6].split("\N{NO-BREAK SPACE}")[-1] == own["estimate"]
        assert figures[7:] == [own["interval"], own["p_adjusted"], own["effect"]]


def as_docx(results: Sequence[Result], style: Style, template: Path | None = None) -> bytes:
    """The tables of results as a Word document."""
    return writer.write(document(results, style), template)


def as_html(results: Sequence[Result], style: Style) -> bytes:
    """The tables of results as a page for a browser."""
    return html.write(document(results, style))


def as_latex(results: Sequence[Result], style: Style) -> bytes:
    """The tables of results as LaTeX."""
    return latex.write(document(results, style))


def as_markdown(results: Sequence[Result]) -> bytes:
    """The tables of results as Markdown."""
    return formats.render(results, "markdown", "apa", None, "", [])


def as_table(results: Sequence[Result]) -> bytes:
    """The tables of results as a terminal or a pipe shows them."""
    return formats.screen(results)
