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
        "From A to B, 2 of 4 statements rose (Work 1 of 2, Life 1 of 2) and none is shown to have fallen; 1 is inconclusive and 1 was not tested. "
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


def headline(name, rows, style=PLAIN, **options):
    return view(name).headline(Result(name, "Title", table(name, rows), "", options=options), style).words


def judged(wave, alpha, theme=None, code=None):
    """A row of `agreement`."""
    limits = {"alpha_low": alpha - 0.1, "alpha_high": alpha} if alpha is not None else {}
    return {"source": "Open", "wave": wave, "theme": theme, "code": code, "alpha": alpha} | limits


def test_coders_are_told_where_they_agree_least():
    rows = [judged("A", 0.9, "Hope"), judged("A", 0.5, "Calm"), judged("A", 0.2, "Calm", "still"), judged("A", None, "Rare"), judged("A", 0.8)]
    least = " They agree least on Calm (“Open”, A), with an alpha of 0.50 [0.40, 0.50]."
    assert headline("agreement", rows) == f"Over all codes Krippendorff's alpha of the coders is 0.80 [0.70, 0.80].{least}"
    assert headline("agreement", [*rows, judged("B", 0.6)]) == (
        f"Over all codes Krippendorff's alpha of the coders runs from 0.60 [0.50, 0.60] (“Open”, B) to 0.80 [0.70, 0.80] (“Open”, A).{least}"
    )
    assert "0.80 (0.70 to 0.80)" in headline("agreement", rows, GSS)


def test_coders_who_agree_alike_on_all_agree_least_on_none():
    assert "least" not in headline("agreement", [judged("A", 0.9, "Hope"), judged("A", 0.9, "Calm"), judged("A", 0.9)])
    assert headline("agreement", [judged("A", None, "Hope"), judged("A", None)]) == ""


def test_quotations_are_told_by_what_was_found_of_them():
    rows = [{"theme": "Hope", "quote": "So.", "found": code} for code in ("word for word", "not found", "word for word", "no text to check")]
    assert headline("quotes", rows) == "4 quotations: 2 word for word in the source, 1 not found in the source and 1 without a text to check."
    assert headline("quotes", [rows[0] | {"found": "with cuts"}]) == "1 quotation: 1 with cuts."


def test_a_joint_display_counts_each_theme_once():
    rows = [{"theme": theme, "fit": fit, "source": source} for theme, fit in (("a", "confirms"), ("b", "silent")) for source in ("Open", "Talks")]
    assert headline("joint", rows) == (
        "2 themes, as the evaluator judges them: 1 confirming a statement, none expanding on one, none differing from one, 1 with no statement asked."
    )


def planned(battery, needed, detectable=0.4):
    return {"battery": battery, "n_reference": 80, "n": 90, "change": 0.3, "needed_n": needed, "detectable": detectable}


def test_a_plan_spans_its_batteries():
    assert headline("plan", [planned("Work", 120), planned("Life", 150, 0.5), planned("Rest", None, None)]) == (
        "To find a change of 0.30 in one statement takes 120 to 150 answers in the next wave, by battery. "
        "In 1 battery no number of answers is enough to find a change of 0.30 in one statement. "
        "The numbers of answers expected are enough for a change of 0.40 to 0.50 in one statement, by battery."
    )
    assert "takes 120 answers" in headline("plan", [planned("Work", 120), planned("Life", 120)])


def test_a_plan_of_one_battery_is_told_once():
    rows = [planned("Work", 120)]
    assert headline("plan", rows).startswith("To find a change of 0.30 in one statement of “Work” takes 120 answers in the next wave.")
    assert list(view("plan").sentences(rows)) == []


def moves(*cells, item="a"):
    """Cells of a table of two answers, by answer before and then after."""
    places = [(before, after) for before in ("no", "yes") for after in ("no", "yes")]
    head = {"battery": "Work", "item": item, "text": item, "reference": "A", "wave": "B"}
    return [head | {"before": b, "after": a, "n": n, "note": None if n is not None else SUPPRESSED} for (b, a), n in zip(places, cells, strict=True)]


def test_moves_are_told_up_and_down_by_the_order_of_levels():
    assert headline("transitions", [*moves(5, 7, 0, 9), *moves(6, 8, 6, 9, item="b")]) == (
        "From A to B, of 50 answers given twice 15 went up, 29 stayed and 6 went down."
    )


def test_moves_of_which_one_is_withheld_are_not_added_up():
    assert headline("transitions", [*moves(5, 7, 0, 9), *moves(6, None, None, 9, item="b")]) == ""


def test_batteries_whose_statements_contradict_one_another_are_named_before_the_range_of_alpha():
    def scale(battery, alpha):
        return {"battery": battery, "wave": "A", "n": 40, "items": 4, "alpha": alpha}

    said = headline("scales", [scale("Doing", -0.2), scale("Meeting", 0.8)])
    assert said == (
        "The statements of “Doing” contradict one another (alpha below 0): its score sums up nothing. "
        "Alpha ranges from −0.20 (n = 40, Doing, A) to 0.80 (n = 40, Meeting, A)."
    )
    assert headline("scales", [scale("Doing", 0.7), scale("Meeting", 0.8)]).startswith("Alpha ranges")
