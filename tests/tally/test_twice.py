"""Who wrote an answer in both of two waves: by declared ids alone, and never by numbers that are nobody's own."""

from pathlib import Path

import pytest

from rpgstat.study import Study
from rpgstat.study.coding import Applied, Code, Coding, Unit
from rpgstat.study.themes import Coded
from rpgstat.tally._material import together
from rpgstat.tally._twice import twice

HOPE, CALM = ("hope",), ("calm",)


def body(wave, given, unit="Staff number", kind="answers"):
    """A file of one wave, by the codes that each was given; None wrote nothing."""
    units = tuple(Unit(name, written=codes is not None, named=not name.startswith("row ")) for name, codes in given.items())
    applied = tuple(Applied(place, code) for place, codes in enumerate(given.values()) for code in codes or ())
    coding = Coding("a.csv", Path("a.csv"), "codes", units, (Code(HOPE), Code(CALM)), applied, {"": frozenset(range(len(units)))}, len(units), unit=unit)
    return together(Coded("q", kind, wave=wave), [coding], ["a", "b"])


def met(before, after, id="Staff number", linked=False, **more):
    study = Study((), (), id_column=id, linked=linked)
    return twice(study, [body("a", before, **more), body("b", after, **more)], "a", "b")


def test_ids_match_as_labels_do_and_who_wrote_nothing_is_not_met():
    found = met({"K-7": [HOPE], "k-8": [], "k-9": None, "k-10": [CALM]}, {"k-7 ": [HOPE, CALM], "K-8": [HOPE], "k-9": [HOPE], "k-11": []})
    assert found.patterns == {(frozenset({HOPE}), frozenset({HOPE, CALM})): 1, (frozenset(), frozenset({HOPE})): 1}
    assert (found.n, found.why) == (2, "")


@pytest.mark.parametrize("nobody", ["anonymous", "1.14E+11", "n/a", "row 3 of a.csv"])
def test_what_names_nobody_links_nobody(nobody):
    assert met({nobody: [HOPE], "k1": []}, {nobody: [HOPE], "k1": []}).n == 1


def test_without_a_declared_id_or_in_another_column_nobody_is_linked():
    assert met({"k1": []}, {"k1": []}, id=None) is None
    assert met({"k1": []}, {"k1": []}, unit="Document") is None
    assert met({"k1": []}, {"k1": []}, kind="interviews") is None


def test_numbers_of_responses_and_of_rows_link_nobody_unless_the_study_says_so():
    own = {str(number): [HOPE] for number in range(1, 9)}
    assert (met(own, own).n, "runs on from 0 or 1" in met(own, own).why) == (0, True)
    assert met(own, own, linked=True).n == 8
    gaps = {str(number): [HOPE] for number in (1, 400, 9000)}
    assert met(gaps, gaps).n == 3
    platform = met({"k1": []}, {"k1": []}, id="Respondent ID", unit="Respondent ID")
    assert (platform.n, "the platform's number of a response" in platform.why) == (0, True)


def test_the_numbers_of_those_who_wrote_nothing_show_that_they_run_on_too():
    own = {str(number): [HOPE] if number % 5 == 1 else None for number in range(1, 41)}
    assert "runs on" in met(own, own).why
