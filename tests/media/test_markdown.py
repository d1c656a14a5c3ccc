"""Markdown: every row is a row of a table, and no text acts as markup."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from rpgstat.result import Result, table
from tests.conftest import as_markdown


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def test_each_battery_is_a_table_with_human_labels(compare: Result) -> None:
    page = as_markdown([compare]).decode()
    tables = [[cells(line) for line in block.splitlines()] for block in page.split("\n\n") if block.startswith("|")]
    assert [len(rows) - 2 for rows in tables] == [7, 6, 6]
    assert tables[0][0] == [
        *("Rank", "Statement", "n (reference)", "n", "Mean (reference)", "Mean", "Change", "95 % CI", "p (Holm)", "Hedges g", "Conclusion"),
    ]
    assert tables[2][5] == [
        *("4", "Senior managers have a truer picture of what my work with families is like from day to day", "47", "75", "2.02", "2.61"),
        *("+0.59", r"\[0.33, 0.85\]", r"\< .001", "+0.83", "▲ higher"),
    ]
    assert tables[2][-1][1:4] == ["**Battery score**", "**46**", "**74**"]


def test_notes_are_numbered_and_the_method_stands_below(compare: Result) -> None:
    page = as_markdown([compare]).decode()
    assert "– <sup>3</sup>" in page
    assert "\n3. not asked in +1 year\n" in page
    assert page.index(compare.method) > page.index("3. not asked")
    assert page.endswith("A second, shorter note.\n")


def test_several_results_are_sections(compare: Result, score: Result) -> None:
    headings = re.findall(r"^#{2,3} .*$", as_markdown([compare, score]).decode(), flags=re.MULTILINE)
    assert headings == [
        *("## Reflective practice groups: change between waves", "### +1 year → +3 years"),
        *("## Reflective practice groups: scores", "### +1 year", "### +3 years"),
    ]


@pytest.mark.parametrize("words", ["a | b", "<script>", "`code`", "*bold*", "[link](https://example.org)", "_x_", "~~gone~~", "back\\slash", "&lt;"])
def test_text_is_shown_and_never_acts(compare: Result, words: str) -> None:
    page = as_markdown([replace(compare, title=words, frame=table("compare", [{"item": "a", "text": words, "note": words}]))]).decode()
    assert not re.search(rf"(?<!\\){re.escape(words)}", page)
    [row] = [line for line in page.splitlines() if line.startswith("| –")]
    assert len(cells(row)) == 11
    assert re.sub(r"\\([!-/:-@[-`{-~])", r"\1", cells(row)[1]) == words


@pytest.mark.parametrize(("note", "shown"), [("# no heading", r"\# no heading"), ("- no list", r"\- no list"), ("1. no list", r"1\. no list"), ("a\nb", "a b")])
def test_a_note_opens_no_block(compare: Result, note: str, shown: str) -> None:
    assert as_markdown([replace(compare, notes=(note,))]).decode().splitlines()[-1] == shown
