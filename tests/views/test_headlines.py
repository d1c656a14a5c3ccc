"""What a result finds, before anything else: with none, one and many statements, all that can be inconclusive, untested or hidden, and in each style."""

from __future__ import annotations

import pytest

from rpgstat.media.style import GSS, PLAIN
from rpgstat.result import Result, table
from rpgstat.views import FAMILIES, view

SUPPRESSED = "suppressed: small numbers"


def change(item, conclusion, *, battery="Work", estimate=0.5, low=1.0, high=4.0, **more):
    """A row of `compare`."""
    shown = {"n_reference": 40, "n": 50, "mean_reference": 2.0, "mean": 2.0 + estimate, "estimate": estimate, "conf_low": estimate - 0.2}
    ends = {"scale_low": low, "scale_high": high, "conf_high": estimate + 0.2}
    names = {"battery": battery, "item": item, "text": f"I {item}", "reference": "A", "wave": "B"}
    return {**names, **shown, **ends, "conclusion": conclusion, "note": None} | more


def hidden(item, **more):
    return {"battery": "Work", "item": item, "text": f"I {item}", "reference": "A", "wave": "B", "note": SUPPRESSED} | more


def compare(*rows, **options):
    extra = ("by", "group") if any("group" in row for row in rows) else ()
    return view("compare").headline(Result("compare", "Change", table("compare", rows, extra), "", options={"method": "welch"} | options), PLAIN)


def test_it_says_how_many_rose_by_battery_and_the_largest():
    rows = [change("a", "higher"), change("b", "inconclusive"), change("c", "higher", battery="Life", estimate=0.8), change("d", None, battery="Life")]
    found = compare(*rows)
    assert found.words == (
        "From A to B, 2 of 4 statements rose and none is shown to have fallen (Work 1 of 2, Life 1 of 2); 1 is inconclusive and 1 was not tested. "
        "The largest change is that of “I c”: 2.00 (n = 40), then 2.80 (n = 50), +0.80 [0.60, 1.00]."
    )
    assert found.short == "2 of 4 statements rose; none is shown to have fallen"


def test_inconclusive_is_not_said_to_be_no_change():
    words = compare(change("a", "inconclusive"), change("b", "inconclusive")).words
    assert words == "Of 2 statements none is shown to have changed from A to B: 2 are inconclusive; inconclusive is not “no change”."


def test_what_was_not_tested_is_said_to_be_that():
    found = compare(change("a", None), change("b", None), hidden("c"))
    assert found.words == "No statement could be tested between A and B; 1 is not shown."
    assert found.short == "No statement could be tested"


def test_what_is_hidden_is_counted_as_not_shown():
    assert "1 of 1" not in compare(change("a", "lower", estimate=-0.5), change("b", "inconclusive"), hidden("c"), hidden("d")).words
    assert compare(change("a", "lower", estimate=-0.5), change("b", "inconclusive"), hidden("c"), hidden("d")).words.startswith(
        "From A to B, 1 of 2 statements fell and none is shown to have risen; 1 is inconclusive and 2 are not shown."
    )


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (change("a", "higher"), "“I a” rose from 2.00 (n = 40) in A to 2.50 (n = 50) in B, +0.50 [0.30, 0.70]."),
        (
            change("a", "inconclusive"),
            "“I a” stood at 2.00 (n = 40) in A and at 2.50 (n = 50) in B, +0.50 [0.30, 0.70]: inconclusive, which is not “no change”.",
        ),
        (change("a", None), "“I a” was not tested between A and B."),
        (hidden("a"), "“I a” is not shown, because of small numbers."),
        (change("a", "higher", estimate=-0.1), "“I a” is higher by ranks in B than in A; the means are 2.00 (n = 40) and 1.90 (n = 50), −0.10 [−0.30, 0.10]."),
    ],
)
def test_of_one_statement_it_says_that_one(row, words):
    assert compare(row).words == words


def test_ranks_are_not_said_to_rise():
    words = compare(change("a", "higher"), change("b", "inconclusive"), method="mann-whitney").words
    assert words.startswith("From A to B, of 2 statements 1 came out higher by ranks and none lower; 1 is inconclusive.")


def test_several_waves_are_told_one_after_another():
    rows = [change("a", "higher"), change("b", "inconclusive"), change("a", "inconclusive", wave="C"), change("b", "inconclusive", wave="C")]
    assert compare(*rows).words.startswith(
        "Of the statements: from A to B, 1 of 2 statements rose and none is shown to have fallen; 1 is inconclusive; "
        "from A to C, of 2 statements none is shown to have changed; 2 are inconclusive. The largest change is that of “I a” (B):"
    )


def test_groups_say_where_changes_are_shown_and_how_many_are_hidden():
    groups = {"North": "higher", "South": "inconclusive"}
    rows = [change(item, word, by="team", group=group) for group, word in groups.items() for item in "ab"]
    rows += [hidden(item, by="team", group="East") for item in "ab"]
    assert compare(*rows, by="team").words.startswith(
        "By team, in North 2 of 2 statements rose and none is shown to have fallen; in 1 group no change is shown; 1 group is not shown."
    )


def test_on_two_scales_the_largest_change_is_the_largest_for_its_scale():
    words = compare(change("a", "higher", estimate=0.9), change("b", "higher", estimate=2.0, low=0.0, high=10.0, battery="Stay")).words
    assert "The largest change for its scale is that of “I a”" in words


def test_government_style_writes_limits_in_its_own_way():
    made = Result("compare", "Change", table("compare", [change("a", "higher"), change("b", "inconclusive")]), "", options={"method": "welch"})
    assert "+0.50 (0.30 to 0.70)" in view("compare").headline(made, GSS).words


@pytest.mark.parametrize("name", [name for names in FAMILIES.values() for name in names])
def test_a_result_without_rows_claims_nothing(name):
    found = view(name).headline(Result(name, "Title", table(name, []), ""), PLAIN)
    assert not any(word in found.words for word in ("rose", "fell", "higher", "lower"))


@pytest.mark.parametrize("conclusions", [["higher"] * 3, ["lower", "higher", "inconclusive"], ["different", "inconclusive"], ["equivalent"], [None], []])
def test_a_title_has_at_most_fifteen_words(conclusions):
    rows = [
        change(f"q{place}", word, estimate=-0.5 if word == "lower" else 0.5, battery="A battery with a rather long name")
        for place, word in enumerate(conclusions)
    ]
    assert len(compare(*rows).short.split()) <= 15
