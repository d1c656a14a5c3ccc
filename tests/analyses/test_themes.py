"""`themes`, `codebook`, `together` and `agreement` from counts."""

import math

import pytest

from rpgstat.analyses._theme_changes import ThemeOptions
from rpgstat.analyses.agreement import agreement
from rpgstat.analyses.themes import Hidden, themes
from rpgstat.analyses.together import codebook, together
from rpgstat.glossary.sentences import say
from rpgstat.stats.adjust import adjust
from rpgstat.stats.agreement import krippendorff
from rpgstat.stats.fisher import fisher_mid_p
from rpgstat.stats.paired_shares import YesNo, newcombe_overlap, share_overlap
from rpgstat.stats.shares import newcombe, wilson
from rpgstat.study import Study
from rpgstat.study.coding import Code
from rpgstat.study.themed import Book, Heard, Spoken, Twice

HOPE, FUTURE, CALM, CROSS, NEW = ("hope",), ("hope", "future"), ("calm",), ("cross",), ("new",)
BOOK = Book(
    "q",
    (
        Spoken("hope", "Hope", frozenset({HOPE, FUTURE}), "positive"),
        Spoken("calm", "Calm", frozenset({CALM}), "positive"),
        Spoken("cross", "Cross", frozenset({CROSS}), "negative"),
        Spoken("new", "New", frozenset({NEW}), waves=("b",)),
    ),
    tuple(map(Code, (HOPE, FUTURE, CALM, CROSS, NEW))),
)


def said(wave, patterns, kind="answers", **more):
    counts = {frozenset(codes): n for codes, n in patterns.items()}
    codings = {code: sum(n for codes, n in counts.items() if code in codes) for code in (HOPE, FUTURE, CALM, CROSS, NEW)}
    return Heard("q", kind, wave, "q", (), "any", counts, codings, codings, **more)


A = said("a", {(HOPE,): 4, (HOPE, FUTURE): 3, (FUTURE, CROSS): 2, (CROSS,): 6, (): 16}, returned=47)
B = said("b", {(HOPE,): 20, (HOPE, CROSS): 2, (CALM,): 5, (NEW, HOPE): 6, (): 19}, returned=75)


def rows(*heard, options=ThemeOptions(), **more):  # noqa: B008
    return {(row["wave"], row["theme"], row["code"], row["group"]): row for row in themes(Study((), ()), heard, [BOOK], options, **more).rows}


def test_a_theme_is_the_people_with_any_of_its_codes():
    row = rows(A)["a", "Hope", None, None]
    limits = wilson(count=9, n=31)
    assert (row["n"], row["mentions"], row["codings"], row["rank"]) == (31, 9, 12, 1)
    assert (row["share"], row["share_low"], row["share_high"]) == (9 / 31, limits.low, limits.high)
    assert row["share_returned"] == 9 / 47


def test_the_block_is_closed_by_who_named_nothing_good_bad_and_both():
    found = rows(A)
    assert {theme: found["a", theme, None, None]["mentions"] for theme in ("(no theme)", "any positive", "any negative", "both")} == {
        "(no theme)": 16,
        "any positive": 9,
        "any negative": 8,
        "both": 2,
    }


def test_change_has_newcombes_limits_and_fishers_mid_p_adjusted_over_the_themes():
    found = rows(A, B)
    hope = found["b", "Hope", None, None]
    counts = {"count_reference": 9, "n_reference": 31, "count": 28, "n": 52}
    limits = newcombe(**counts)
    assert (hope["reference"], hope["change"]) == ("a", pytest.approx(28 / 52 - 9 / 31))
    assert (hope["change_low"], hope["change_high"], hope["p_value"]) == (limits.low, limits.high, fisher_mid_p(**counts))
    raw = [found["b", theme, None, None]["p_value"] for theme in ("Hope", "Calm", "Cross")]
    assert hope["p_adjusted"] == adjust(raw, "holm")[0]
    assert found["b", "Cross", None, None]["conclusion"] == "fewer"


def test_the_sums_are_a_family_of_their_own():
    found = rows(A, B)
    sums = [found["b", theme, None, None] for theme in ("any positive", "any negative", "both")]
    assert min(row["p_adjusted"] for row in sums) == pytest.approx(min(1, 3 * min(row["p_value"] for row in sums)))


def test_a_sum_of_other_themes_than_before_is_not_compared():
    row = rows(A, B)["b", "(no theme)", None, None]
    assert (row["mentions"], row["change"], row["p_value"], row["conclusion"]) == (19, None, None, None)
    assert row["note"] == say("row.other_themes_in", wave="a")


def test_of_three_waves_each_is_compared_with_the_reference_in_one_family():
    c = said("c", {(HOPE,): 30, (CROSS,): 2, (): 8})
    found = rows(A, B, c)
    tested = [(wave, theme) for wave in ("b", "c") for theme in ("Hope", "Calm", "Cross") if found[wave, theme, None, None]["p_value"] is not None]
    assert ("c", "Hope") in tested
    assert ("c", "Calm") not in tested  # nobody named it in either
    assert {found[key[0], key[1], None, None]["reference"] for key in tested} == {"a"}
    adjusted = adjust([found[wave, theme, None, None]["p_value"] for wave, theme in tested], "holm")
    assert [found[wave, theme, None, None]["p_adjusted"] for wave, theme in tested] == adjusted
    later = rows(A, B, c, options=ThemeOptions(reference="b"))
    assert later["c", "Hope", None, None]["change"] == pytest.approx(30 / 40 - 28 / 52)
    assert later["a", "Hope", None, None]["reference"] == "b"


MET = Twice("q", "a", "b", {(frozenset({HOPE}), frozenset({HOPE, CROSS})): 4, (frozenset(), frozenset({HOPE})): 3, (frozenset({CROSS}), frozenset()): 2})


def test_of_people_in_both_waves_limits_and_p_use_how_their_answers_correlate():
    found = rows(A, B, twice=[MET])
    counts = {"count_reference": 9, "n_reference": 31, "count": 28, "n": 52}
    pairs = YesNo(both=4, left=0, joined=3, neither=2)
    hope, limits = found["b", "Hope", None, None], newcombe_overlap(**counts, pairs=pairs)
    assert (hope["n_both"], hope["correlation"]) == (9, pairs.phi)
    assert (hope["change_low"], hope["change_high"], hope["p_value"]) == (limits.low, limits.high, share_overlap(**counts, pairs=pairs).p_value)
    bad = found["b", "any negative", None, None]
    assert bad["correlation"] == YesNo(both=0, left=2, joined=4, neither=3).phi
    assert found["b", "New", None, None]["n_both"] is None
    result = themes(Study((), ()), [A, B], [BOOK], ThemeOptions(), twice=[MET])
    assert say("themes.linked", source="q", reference="a", wave="b", n="9") in result.notes
    assert say("themes.independent") not in result.notes


def test_few_people_in_both_waves_are_not_used_and_not_told_of():
    few = Twice("q", "a", "b", {(frozenset({HOPE}), frozenset({HOPE})): 4})
    found, alone = rows(A, B, twice=[few])["b", "Hope", None, None], rows(A, B)["b", "Hope", None, None]
    assert (found["n_both"], found["p_value"], found["change_low"]) == (None, alone["p_value"], alone["change_low"])
    result = themes(Study((), ()), [A, B], [BOOK], ThemeOptions(), twice=[few])
    assert say("themes.few_linked", source="q", reference="a", wave="b", few=5) in result.notes
    assert say("themes.independent") in result.notes


def test_ids_that_link_nobody_say_why():
    result = themes(Study((), ()), [A, B], [BOOK], ThemeOptions(), twice=[Twice("q", "a", "b", why="for a reason")])
    assert "for a reason" in result.notes
    assert say("themes.independent") in result.notes


def test_what_was_not_looked_for_is_null_and_not_nought():
    found = rows(A, B)
    before, after = found["a", "New", None, None], found["b", "New", None, None]
    assert (before["n"], before["mentions"], before["share"], before["note"]) == (None, None, None, say("row.not_sought"))
    assert (after["mentions"], after["change"], after["p_value"]) == (6, None, None)
    assert after["note"] == say("row.not_sought_in", wave="a")


def test_a_theme_that_nobody_named_in_a_wave_is_asked_about():
    result = themes(Study((), ()), [A, B], [BOOK], ThemeOptions())
    assert [line.partition(":")[0] for line in result.warnings] == ["`Calm`"]


@pytest.mark.parametrize("kind", ["interviews", "groups"])
def test_interviews_and_focus_groups_have_counts_and_nothing_else(kind):
    row = rows(said("a", {(HOPE,): 8, (): 7}, kind), said("b", {(HOPE,): 3, (): 4}, kind))["b", "Hope", None, None]
    assert (row["n"], row["mentions"]) == (7, 3)
    assert all(row[key] is None for key in ("share", "share_low", "share_returned", "change", "p_value", "p_adjusted", "conclusion"))


def test_codes_have_rows_of_their_own_when_asked_for():
    found = rows(A, options=ThemeOptions(codes=True))
    assert found["a", "Hope", "hope > future", None]["mentions"] == 5
    assert ("a", "Calm", "calm", None) not in found


def test_groups_show_nothing_that_is_withheld():
    groups = {"role": {"x": {frozenset({HOPE}): 12, frozenset(): 8}, "y": {frozenset({HOPE}): 3, frozenset(): 8}, "z": {frozenset({HOPE}): 2}}}
    hidden = Hidden(frozenset({("q", "a", "role", "z")}), frozenset({("q", "a", "role", "y", "hope")}))
    found = rows(said("a", {(HOPE,): 17, (): 16}, groups=groups), hidden=hidden)
    shown = {group: {key: value for key, value in found["a", "Hope", None, group].items() if value is not None} for group in "xyz"}
    assert (shown["x"]["mentions"], shown["x"]["share"]) == (12, 0.6)
    assert "share_returned" not in shown["x"]
    assert "codings" not in shown["x"]
    assert (shown["y"]["n"], shown["y"]["note"]) == (11, say("row.suppressed"))
    assert not {"mentions", "share", "share_low"} & shown["y"].keys()
    assert "n" not in shown["z"]


def test_a_study_may_withhold_what_few_said_in_a_whole_wave():
    found = rows(said("a", {(HOPE,): 3, (CALM,): 20, (CROSS,): 8}), hidden=Hidden(few=4))
    for theme in ("Hope", "any positive", "(no theme)"):
        assert (found["a", theme, None, None]["mentions"], found["a", theme, None, None]["note"]) == (None, say("row.suppressed"))
    assert found["a", "Calm", None, None]["mentions"] == 20


def test_the_code_book_names_every_code_and_where_it_was_applied():
    book = Book("q", BOOK.themes[:1], BOOK.codes)
    found = {row["code"]: row for row in codebook(Study((), ()), [A, B], [book]).rows}
    assert (found["future"]["theme"], found["future"]["parent"], found["future"]["units"]) == ("Hope", "hope", 5)
    assert (found["cross"]["theme"], found["cross"]["note"]) == (None, "in no theme")


def test_two_themes_on_the_same_answers():
    found = {(row["wave"], row["theme"], row["other"]): row for row in together(Study((), ()), [A, B], [BOOK]).rows}
    row = found["a", "Hope", "Cross"]
    assert (row["mentions"], row["mentions_other"], row["both"], row["either"]) == (9, 8, 2, 15)
    assert (row["expected"], row["jaccard"]) == (pytest.approx(72 / 31), pytest.approx(2 / 15))
    assert ("a", "Hope", "New") not in found


def judged(pairs):
    one = said("a", {})
    return Heard("q", "answers", "a", "q", ("Anna", "Ben"), "Anna", one.patterns, {}, {}, judged={tuple(map(_codes, pair)): n for pair, n in pairs.items()})


def _codes(own):
    return None if own is None else frozenset(own)


def test_agreement_theme_by_theme_and_over_all_codes():
    one = judged({((HOPE,), (FUTURE,)): 5, ((HOPE, CROSS), (HOPE,)): 3, ((), ()): 20, ((CROSS,), (CROSS,)): 4, ((CALM,), None): 7})
    found = {(row["theme"], row["code"]): row for row in agreement(Study((), ()), [one], [BOOK], 0.05).rows}
    assert (found["Hope", None]["units"], found["Hope", None]["agreement"], found["Hope", None]["kappa"]) == (32, 1, pytest.approx(1))
    assert found["Hope", "hope"]["applied"] == 8
    assert found["Cross", None]["positive"] == pytest.approx(8 / 11)
    assert found["Calm", None]["alpha"] is None
    assert "everyone judged every unit alike" in found["Calm", None]["note"]
    every = found[None, None]
    ratings = {(0, 2): 3 + 4, (1, 1): 5 + 5 + 3, (2, 0): 32 * 5 - 7 - 13}
    assert every["alpha"] == pytest.approx(krippendorff(ratings).estimate)
    assert every["alpha_low"] < every["alpha"] < every["alpha_high"]


def test_the_jackknife_leaves_out_one_unit_at_a_time():
    pairs = {((HOPE,), (HOPE,)): 2, ((CALM,), ()): 1, ((CROSS,), (CROSS, HOPE)): 1, ((), ()): 2}
    row = agreement(Study((), ()), [judged(pairs)], [BOOK], 0.05).rows[-1]

    def alpha(units):
        ratings = {}
        for first, second in units:
            for code in (HOPE, FUTURE, CALM, CROSS, NEW):
                yes = (code in first) + (code in second)
                ratings[2 - yes, yes] = ratings.get((2 - yes, yes), 0) + 1
        return krippendorff(ratings).estimate

    units = [pair for pair, n in pairs.items() for _ in range(n)]
    without = [alpha(units[:place] + units[place + 1 :]) for place in range(len(units))]
    mean = sum(without) / len(units)
    error = math.sqrt((len(units) - 1) / len(units) * sum((value - mean) ** 2 for value in without))
    assert row["alpha"] == pytest.approx(alpha(units))
    assert row["alpha"] - row["alpha_low"] == pytest.approx(2.570581836 * error, rel=1e-8)


def test_three_coders_have_no_kappa():
    one = Heard(
        "q", "answers", "a", "q", ("A", "B", "C"), "A", {}, {}, {}, judged={(frozenset({HOPE}), frozenset({HOPE}), frozenset()): 3, (frozenset(),) * 3: 9}
    )
    row = agreement(Study((), ()), [one], [BOOK], 0.05).rows[0]
    assert (row["coders"], row["kappa"], row["agreement"]) == (3, None, pytest.approx(10 / 12))
    assert "kappa is for two coders" in row["note"]
