"""Coded units are brought together: each counts once, whoever coded it, and waves and coders are declared."""

from dataclasses import replace
from pathlib import Path

import pytest

from rpgstat import UserError
from rpgstat.study.coding import Applied, Code, Coding, Unit
from rpgstat.study.themes import Coded, Theme
from rpgstat.tally._books import books
from rpgstat.tally._material import disagreements, heard, together

HOPE, FUTURE, CALM = ("hope",), ("hope", "future"), ("calm",)
ANSWERS = Coded("What changed?", "answers")


def coding(given, coder="", written=True, file="a.csv", **cells):
    """A file of answers by the codes that each was given."""
    units = tuple(Unit(name, cells=cells, written=written if codes is not None else False) for name, codes in given.items())
    applied = tuple(Applied(place, code, coder) for place, codes in enumerate(given.values()) for code in codes or ())
    return Coding(file, Path(file), "codes", units, tuple(map(Code, (HOPE, FUTURE, CALM))), applied, {coder: frozenset(range(len(units)))}, len(units))


def test_who_wrote_nothing_does_not_count_unless_coded_all_the_same():
    own = coding({"1": [HOPE], "2": [], "3": None, "4": [CALM]})
    found = heard(together(ANSWERS, [own], []), None)
    assert (found.n, found.blank) == (3, 1)
    assert found.patterns == {frozenset({HOPE}): 1, frozenset(): 1, frozenset({CALM}): 1}


def test_a_unit_counts_once_though_a_code_is_applied_to_it_often():
    own = replace(coding({"1": []}), applied=(Applied(0, HOPE, "", 3), Applied(0, HOPE, "", 2)))
    found = heard(together(ANSWERS, [own], []), None)
    assert (found.patterns, found.codings) == ({frozenset({HOPE}): 1}, {HOPE: 5})


def test_coders_who_differ_need_somebody_whose_coding_counts():
    anna, ben = coding({"1": [HOPE], "2": [CALM]}), coding({"1": [HOPE], "2": []})
    two = replace(ANSWERS, coders=("Anna", "Ben"))
    with pytest.raises(UserError, match=r"its coders \(Anna and Ben\) differ") as raised:
        together(two, [anna, ben], [])
    assert '"Anna", "Ben", "any", "all"' in raised.value.hint
    counts = {count: heard(together(replace(two, count=count), [anna, ben], []), None).patterns for count in ("Anna", "Ben", "any", "all")}
    assert counts["Anna"] == counts["any"] == {frozenset({HOPE}): 1, frozenset({CALM}): 1}
    assert counts["Ben"] == counts["all"] == {frozenset({HOPE}): 1, frozenset(): 1}
    together(two, [anna, anna], [])


def test_what_each_coder_gave_a_unit_and_who_did_not_see_it():
    two = replace(ANSWERS, coders=("Anna", "Ben"), count="any")
    body = together(two, [coding({"1": [HOPE], "2": [CALM], "3": []}), coding({"1": [CALM], "2": [CALM]})], [])
    found = heard(body, None)
    assert found.judged[frozenset({HOPE}), frozenset({CALM})] == 1
    assert found.judged[frozenset(), None] == 1
    assert [(unit, code, *who) for _, unit, code, *who in disagreements(body)] == [("1", CALM, ("Ben",), ("Anna",)), ("1", HOPE, ("Anna",), ("Ben",))]


def test_units_that_the_files_leave_out_are_counted_by_their_number_or_a_list():
    two = replace(ANSWERS, coders=("Anna", "Ben"), count="any")
    files = [coding({"1": [HOPE]}), coding({"2": [CALM]})]
    numbered = heard(together(replace(two, units=5), files, []), None)
    listed = heard(together(replace(two, units="all.csv"), files, [], coding({"1": [], "2": [], "3": [], "4": [], "5": []})), None)
    assert numbered.n == listed.n == 5
    assert numbered.judged == listed.judged
    assert numbered.judged[frozenset(), frozenset()] == 3
    with pytest.raises(UserError, match="2 units are in its files, but `units` says 1"):
        together(replace(two, units=1), files, [])


def test_waves_stand_in_a_column_in_sets_or_in_names_of_sources():
    waves = ["+1 year", "+3 years"]
    units = (Unit("a", "T1_Ann", {"Wave": "+1 Year"}, ("+1 year",)), Unit("b", "T2_Bea", {"Wave": ""}, ("+3 years",)), Unit("c", "x", {"Wave": "+3 years"}))
    own = replace(coding({"1": []}), units=units, applied=(Applied(0, HOPE),), judged={"": frozenset({0, 1, 2})})
    talks = Coded("Talks", "interviews")
    found = {
        "column": together(replace(talks, wave_column="Wave"), [own], waves),
        "set": together(replace(talks, wave_sets=True), [own], waves),
        "sources": together(replace(talks, wave_sources={"+1 year": "t1_*", "+3 years": "T2*"}), [own], waves),
    }
    assert {name: body.waves for name, body in found.items()} == dict.fromkeys(found, ("+1 year", "+3 years"))
    assert found["set"].warnings == ("a.csv: 1 unit without a wave; left out",)
    with pytest.raises(UserError, match="column `Wave` holds `\\+1 Year`, which is no wave of the study"):
        together(replace(talks, wave_column="Wave"), [own], ["2016", "2018"])


def test_a_column_of_words_is_named_as_no_column_of_waves_and_nothing_of_it_is_shown():
    units = tuple(Unit(str(n), cells={"Comment": f"secret {n}"}) for n in range(30))
    own = replace(coding({"1": []}), units=units, applied=(), judged={"": frozenset(range(30))})
    with pytest.raises(UserError, match="column `Comment` holds 30 different cells, and the study has 2 waves") as raised:
        together(replace(ANSWERS, wave_column="Comment"), [own], ["a", "b"])
    assert "secret" not in raised.value.problem + raised.value.hint


def test_a_parent_takes_its_children_and_codes_may_be_named_as_files_spell_them():
    codes = [Code(HOPE), Code(FUTURE, name="hope > future"), Code(CALM)]
    (book,), unused = books([Theme("Hope", "hope", ("Hope",))], {"q": codes})
    assert book.themes[0].codes == {HOPE, FUTURE}
    assert unused == ("`q`: 1 code in no theme: `calm`",)
    for spelt in ("hope/future", "hope > future", "Hope::future", "future"):
        (book,), _ = books([Theme("F", "f", (spelt,))], {"q": codes})
        assert book.themes[0].codes == {FUTURE}


def test_a_code_that_is_in_no_file_is_told_with_the_nearest():
    with pytest.raises(UserError, match=r"`clam` of themes\[1\].codes is in no coding file") as raised:
        books([Theme("Calm", "calm", ("clam",))], {"q": [Code(CALM)]})
    assert "`calm`" in raised.value.hint


def test_of_many_codes_none_is_named_for_they_may_be_ids():
    people = [Code((f"P{i:05d}",)) for i in range(51)]
    with pytest.raises(UserError) as raised:
        books([Theme("Calm", "calm", ("calm",))], {"q": people})
    assert raised.value.hint.startswith("51 different codes were read, and none is named, for they may be ids")
    with pytest.raises(UserError) as raised:
        books([Theme("Calm", "calm", ("clam",))], {"q": [*people, Code(CALM)]})
    assert raised.value.hint == "did you mean `calm`?"


def test_without_declared_themes_every_top_code_is_one():
    (book,), _ = books([], {"q": [Code(FUTURE), Code(HOPE), Code(CALM)]})
    assert [(theme.name, theme.codes) for theme in book.themes] == [("hope", {HOPE, FUTURE}), ("calm", {CALM})]
