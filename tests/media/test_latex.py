"""LaTeX: the numbers of the JSON document in booktabs tables; nothing in the data acts as markup."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from rpgstat.media import latex
from rpgstat.media.data import json_document
from rpgstat.media.style import APA, GSS, Style
from rpgstat.result import Result, table
from tests.conftest import HOSTILE, as_latex, printed

BACK = {r"\textless{}": "<", r"\textgreater{}": ">", "{[}": "[", "{]}": "]", "$-$": "−", "~": "\N{NO-BREAK SPACE}", r"$\blacktriangle$": "▲", "{*}": "*"}


def plain(cell: str) -> str:
    """What a reader sees of a cell, without the letter of its note."""
    cell = re.sub(r"\\tnote\{\w+\}", "", cell)
    for mark, words in BACK.items():
        cell = cell.replace(mark, words)
    return re.sub(r"\\([%&#_$])", r"\1", cell).replace("{}", "")


def rows(content: str) -> list[list[str]]:
    return [[plain(cell) for cell in re.split(r" (?<!\\)& ", line.removesuffix(r" \\"))] for line in content.splitlines() if " & " in line]


def test_the_figures_are_those_of_the_json_document(compare: Result) -> None:
    lines = {row[0]: row[1:] for row in rows(as_latex([compare], APA).decode())}
    for row in json.loads(json_document.document([compare]))["results"][0]["rows"]:
        if row["item"] is None:
            continue
        own, figures = printed(row), lines[row["text"]]
        assert figures[:6] == [own[name] for name in ("n_reference", "mean_reference", "sd_reference", "n", "mean", "sd")]
        assert figures[6].split("\N{NO-BREAK SPACE}")[-1].removeprefix("$\\blacktriangledown$").removeprefix("$\\approx$") == own["estimate"]
        assert figures[7:] == [own["interval"], own["p_adjusted"], own["effect"]]


def test_rules_headings_and_notes(compare: Result) -> None:
    content = as_latex([compare], APA).decode()
    order = [content.index(f"\\{rule}") for rule in ("toprule", "cmidrule(lr){2-4} \\cmidrule(lr){5-7}", "midrule", "bottomrule", "begin{tablenotes}")]
    assert order == sorted(order)
    assert r"\multicolumn{3}{c}{+1 year}" in content
    assert r"\shortstack[r]{\textit{p} \\ (Holm)}" in content
    assert r"\item[a] " in content
    assert content.count("\\begin{") == content.count("\\end{")
    assert "booktabs,threeparttable}" in content


def test_a_long_table_goes_on_in_further_floats_under_the_same_number(compare: Result) -> None:
    given = [{"battery": "B", "item": str(i), "text": f"Statement {i}", "reference": "a", "wave": "b", "mean": 2.5, "n": i} for i in range(100)]
    content = as_latex([replace(compare, frame=table("compare", given))], APA).decode()
    assert content.count(r"\begin{table}") == 3
    assert content.count(r"\addtocounter{table}{-1}") == content.count("(continued)") == 2
    assert content.count(r"\label{") == content.count(r"\begin{tablenotes}") == 1
    assert sum(row[0].startswith("Statement ") for row in rows(content)) == 100


def test_a_wide_table_is_turned(compare: Result) -> None:
    content = as_latex([compare], GSS).decode()
    assert content.count(r"\begin{sidewaystable}") == 3
    assert "threeparttable,rotating}" in content
    assert "0.16~to~0.68" in content


@pytest.mark.parametrize("style", [APA, GSS])
def test_hostile_text_is_text(hostile: Result, style: Style) -> None:
    content = as_latex([hostile], style).decode()
    assert r"\textbackslash{}input\{secret\} 100\% \$x\_1\textasciicircum{}2\$ \#1 \textasciitilde{} \{\}" in content
    assert set(re.findall(r"\\([a-zA-Z]+)", content)) <= {
        *"addlinespace approx begin blacktriangle blacktriangledown bottomrule caption cdot centering cmidrule end footnotesize input item label".split(),
        *"midrule multicolumn raggedright arraybackslash setlength small shortstack tabcolsep textasciicircum textasciitilde textbackslash".split(),
        *"textbar textbf textgreater textit textless textquotedbl textsuperscript tnote toprule usepackage addtocounter tablenotes".split(),
    }
    for words in HOSTILE[5:7]:
        assert words in content
    assert not re.search("[\x00-\x08\x0b-\x1f\u202e]", content)


@pytest.mark.parametrize(("words", "shown"), [("a--b", "a-{}-b"), ("``x''", "`{}`x'{}'"), ("* [x]", "{*} {[}x{]}"), ('"', r"\textquotedbl{}")])
def test_what_tex_would_join_or_take_for_an_option_is_held_apart(words: str, shown: str) -> None:
    assert latex.escaped(words) == shown


def test_the_same_bytes_each_time_and_empty_results_say_so(compare: Result) -> None:
    assert as_latex([compare], APA) == as_latex([compare], APA)
    assert b"There is nothing to show" in as_latex([replace(compare, frame=table("compare", []))], APA)
