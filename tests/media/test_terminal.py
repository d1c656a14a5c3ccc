"""The tables that people look at: whole at every width, legible without colour, and safe to print."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import pytest
from rich.cells import cell_len

from rpgstat import text
from rpgstat.media.terminal import screen
from rpgstat.result import Result, table
from tests.conftest import as_table


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Any:
    def at(result: Result, width: int | None = None) -> str:
        if width is not None:
            monkeypatch.setenv("COLUMNS", str(width))
        return as_table([result]).decode()

    return at


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("width", [40, 60, 72, 80, 100, 120, 160, 200])
@pytest.mark.parametrize("name", ["compare", "score", "two_contrasts"])
def test_no_line_is_wider_than_the_screen_and_no_word_is_cut(shown: Any, request: pytest.FixtureRequest, name: str, width: int) -> None:
    result: Result = request.getfixturevalue(name)
    page = shown(result, width)
    assert max(map(cell_len, page.splitlines())) <= min(width, screen.WIDEST)
    words = set(page.split())
    assert {word for statement in result.frame["text"] for word in statement.split()} <= words | {
        *"Professional skills and support Self-efficacy Relationships".split()
    }


@pytest.mark.parametrize("width", [40, 60, 80, 120, 160])
def test_every_number_of_a_comparison_is_there(shown: Any, compare: Result, width: int) -> None:
    page = shown(compare, width)
    for row in compare.rows:
        assert text.fixed(row["mean"]) in page
        if row["estimate"] is not None:
            assert text.signed(row["estimate"]) in page
        if row["conf_low"] is not None:
            assert text.interval(row["conf_low"], row["conf_high"]) in page
        if row["p_adjusted"] is not None:
            assert text.p_value(row["p_adjusted"]) in page
        assert str(row["n"]) in page


@pytest.mark.parametrize("width", [80, 160])
def test_every_number_of_the_scores_is_there(shown: Any, score: Result, width: int) -> None:
    page = shown(score, width)
    for row in score.rows:
        if row["mean"] is not None:
            assert text.fixed(row["mean"]) in page
            assert text.interval(row["conf_low"], row["conf_high"]) in page
            assert text.percent(row["agree"]) in page
            assert text.signed_percent(row["net"]) in page


def test_a_row_at_160_columns_reads_from_rank_to_conclusion(shown: Any, compare: Result) -> None:
    lines = shown(compare, 160).splitlines()
    assert any(
        re.match(r" +4  Senior managers have .* 47 → 75  2\.02 → 2\.61  ▇▇▇▇│▇···\s+\+0\.59\s+\[0\.33, 0\.85\]  < \.001\s+\+0\.83  ▲ higher", line)
        for line in lines
    )
    assert any(re.match(r" {6}Battery score +46 → 74  2\.58 → 2\.86 ", line) for line in lines)


def test_statements_stand_under_their_battery_highest_mean_first_and_ties_share_a_rank(shown: Any, compare: Result) -> None:
    lines = shown(compare, 160).splitlines()
    relationships = lines[lines.index("Relationships") :]
    ranks = [line.split()[0] for line in relationships if re.match(r" +\d  ", line)]
    assert ranks == ["1", "2", "2", "4", "5"]


def test_equal_notes_are_told_once_and_a_missing_change_carries_its_mark(shown: Any, two_contrasts: Result) -> None:
    page = shown(two_contrasts, 160)
    assert page.count("not asked in +1 year") == 1
    assert re.search(r"\[3\] not asked in \+1 year", page)
    assert len(re.findall(r"When something about .* – → 74 +– → 2\.77  \S+ +– \[3\] ", page)) == 2


def test_each_contrast_has_its_own_heading(shown: Any, two_contrasts: Result) -> None:
    lines = shown(two_contrasts).splitlines()
    assert "+1 year → +3 years" in lines
    assert "+1 year → +5 years" in lines


def test_the_header_names_the_adjustment_and_the_level(shown: Any, compare: Result) -> None:
    assert "p (Holm)" in shown(compare, 80)
    other = shown(replace(compare, options={"adjust": "none", "alpha": 0.1}), 80)
    assert "90 % CI" in other
    assert "(Holm)" not in other


def test_equal_numbers_of_answers_move_from_the_rows_to_the_heading(shown: Any, compare: Result) -> None:
    rows = [row | {"n_reference": 47, "n": 1075} for row in compare.rows]
    page = shown(replace(compare, frame=table("compare", rows)))
    assert "+1 year (n = 47) → +3 years (n = 1,075)" in page
    assert "47 → 1,075" not in page


def test_a_bayes_factor_stands_at_every_width(shown: Any, compare: Result) -> None:
    rows = [row | {"bf10": 0.125} for row in compare.rows]
    result = replace(compare, frame=table("compare", rows, ["bf10"]))
    assert all("BF10" in shown(result, width) and "0.13" in shown(result, width) for width in (60, 80, 100, 160))


def test_answers_outside_n_are_columns_when_there_is_room_and_a_sentence_when_not(shown: Any, score: Result) -> None:
    assert "Missing" in shown(score, 160)
    narrow = shown(score, 80)
    assert "Missing" not in narrow
    assert "Not in n in +3 years, over all statements: 4 answers off the scale, 3 missing." in narrow


def test_verdicts_stand_on_one_line_when_the_statements_can_spare_the_room(shown: Any, score: Result) -> None:
    assert "more agreed than disagreed" in shown(score, 128)
    assert "more agreed than disagreed" not in shown(score, 80)


def test_a_pipe_gets_120_columns_and_no_colour(shown: Any, compare: Result) -> None:
    page = shown(compare)
    assert max(map(cell_len, page.splitlines())) == screen.PIPED
    assert "\x1b" not in page
    assert not any(line.endswith(" ") for line in page.splitlines())


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({"TERM": "xterm-256color"}, True), ({"TERM": "dumb"}, False), ({"TERM": "xterm-256color", "NO_COLOR": "1"}, False)],
)
def test_colour_depends_on_the_terminal(monkeypatch: pytest.MonkeyPatch, compare: Result, environment: dict[str, str], coloured: bool) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdout", Screen())
    page = as_table([compare]).decode()
    assert ("\x1b[32m▲ higher" in page) is coloured


def test_force_color_colours_a_pipe(monkeypatch: pytest.MonkeyPatch, compare: Result) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert b"\x1b[32m" in as_table([compare])


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_console_without_our_symbols_gets_ascii(monkeypatch: pytest.MonkeyPatch, compare: Result, encoding: str) -> None:
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(io.BytesIO(), encoding=encoding))
    monkeypatch.setenv("COLUMNS", "140")
    page = as_table([replace(compare, title="Évaluation")]).decode(encoding)
    assert ("Évaluation" if encoding == "cp1252" else "?valuation") in page
    assert "2.02 -> 2.61  ####|#..." in page
    assert "^ higher" in page
    assert page.replace("É", "").isascii()


def test_markup_escapes_and_wide_characters_in_statements_are_only_text(shown: Any, compare: Result) -> None:
    hostile = [
        "[bold]not bold[/bold] :smile: \x1b[31mred\u202e",
        "我认为小组帮助我理解复杂的家庭问题 再来一次我认为小组帮助我理解",
        "https://example.org/" + "path" * 20,
    ]
    rows = [row | {"text": words} for row, words in zip(compare.rows, hostile, strict=False)]
    page = shown(replace(compare, frame=table("compare", rows)), 80)
    assert "[bold]not bold[/bold] :smile:" in " ".join(page.split())
    assert not any(character in page for character in "\x1b\u202e")
    assert max(map(cell_len, page.splitlines())) <= 80


def test_a_result_without_rows_says_so(shown: Any, compare: Result) -> None:
    assert "the result has no rows" in shown(replace(compare, frame=table("compare", [])))


def test_a_number_that_is_not_finite_is_a_dash(shown: Any, compare: Result) -> None:
    rows = [row | {"estimate": float("nan"), "conf_low": float("-inf"), "note": "no estimate"} for row in compare.rows[:1]]
    assert re.search(r"– \[1\] +– ", shown(replace(compare, frame=table("compare", rows)), 160))


def test_the_bar_of_a_mean_below_the_midpoint_never_fills_its_half_and_one_above_always_passes_it(shown: Any, compare: Result) -> None:
    means = [float(m) for m in re.findall(r"→ (\d\.\d\d)  ▇", shown(compare, 160))]
    bars = re.findall(r"→ \d\.\d\d  ([▇·]{4})│([▇·]{4})", shown(compare, 160))
    assert len(means) == len(bars) > 5
    for mean, (left, right) in zip(means, bars, strict=True):
        assert (left == "▇▇▇▇") == (mean >= 2.5)
        assert right.startswith("▇") == (mean > 2.5)
