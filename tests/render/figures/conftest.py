"""What is drawn: results of every kind with a figure, with as many statements, levels, waves and groups as a test wants."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest

from rpgstat.result import Result, table

HOSTILE = (
    "<script>alert(1)</script> & costs $x^2$ or $\\frac{a}{b",
    "emoji 🎉 and \u202eturned\u202c \x1b[31mred\x07 {{x}} | pipe \ufffe",
    "مرحبا بالعالم هذا نص طويل من اليمين إلى اليسار للتجربة",
    "W" * 500,
    "A statement of five hundred characters " * 13,
    "",
)


def words_of(svg: bytes) -> list[str]:
    """The text of a picture, a line of it at a time."""
    return ["".join(node.itertext()).replace("\N{NO-BREAK SPACE}", " ") for node in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def scores(items: int, levels: int, waves: int, statements: tuple[str, ...] = ("I agree with statement {}, whatever others may think of it",)) -> Result:
    rows: list[dict[str, Any]] = []
    for i in range(items):
        statement = statements[i % len(statements)].replace("{}", str(i))
        for wave in range(waves):
            counts = [(7 * i + 5 * level + 3 * wave) % 23 + (level == i % levels) * 40 for level in range(levels)]
            row = {"battery": "Battery", "item": f"i{i}", "text": statement, "wave": f"wave {wave}", "n": sum(counts), "not_applicable": 3 * (i % 2)}
            row |= {"missing": 0, "scale_low": 1.0, "midpoint": (1 + levels) / 2, "scale_high": float(levels), "mean": 1.0 + i % levels, "agree": 0.5}
            rows.append(row | {"levels": [f"Level {level}" for level in range(levels)], "distribution": counts, "verdict": "agreed"})
    return Result("score", "Scores", table("score", rows), "Means.", options={"alpha": 0.05})


def groups(count: int, statements: tuple[str, ...] = ("I agree",)) -> Result:
    rows: list[dict[str, Any]] = []
    for i, statement in enumerate(statements):
        for g in range(count):
            row: dict[str, Any] = {"battery": "B", "item": f"i{i}", "text": statement, "wave": "w", "by": "role", "group": f"Group of people {g}"}
            row |= {"scale_low": 1.0, "midpoint": 2.5, "scale_high": 4.0}
            shown = {"n": 1000 + g, "mean": 1.0 + 3 * g / count, "rank": 1 + (g > 0), "conclusion": ("higher", "lower", "inconclusive")[g % 3]}
            rows.append(row | (shown if g != 1 else {"note": "suppressed: small numbers"}))
    return Result("breakdown", "Groups", table("breakdown", rows), "Welch.", options={"alpha": 0.05})


def rates() -> Result:
    years = {"Turnover": (0.15, 0.147, 0.148, 0.149), "Vacancies": (0.06, None, 0.009, 0.004)}
    rows = [
        {"measure": measure, "period": str(2015 + i), "rate": rate, "conclusion": "descriptive"}
        for measure, found in years.items()
        for i, rate in enumerate(found)
    ]
    return Result("workforce", "Workforce", table("workforce", rows), "Rates as read.")


def charts() -> tuple[Result, Result]:
    values = [31.0, 30.0, None, 29.0, 30.0, 52.0, 31.0]
    rows = [
        {"series": "Referrals", "period": f"2017-{i + 1:02}", "value": value, "centre": 30.0, "lower": 20.5, "upper": 40.0}
        | ({"signal": "outside", "variation": "concern"} if value == 52.0 else {})
        for i, value in enumerate(values)
    ]
    events = [{"series": "Referrals", "event": "training began", "period": "2017-04"}]
    return Result("chart", "Charts", table("chart", rows), "XmR."), Result("events", "Events", table("events", events), "Segmented.")


def response() -> Result:
    rows = [{"wave": "+1 year", "invited": 214, "returned": 47, "rate": 47 / 214}]
    return Result("response", "Response", table("response", rows), "Returned / invited.")


@pytest.fixture
def made() -> SimpleNamespace:
    """Makes results: `made.scores(4, 5, 2)` has four statements on five levels in two waves; `made.words_of(svg)` reads a picture."""
    return SimpleNamespace(
        scores=scores, groups=groups, rates=rates, charts=charts, chart=lambda: charts()[0], response=response, words_of=words_of, hostile=HOSTILE
    )
