"""`theory`: what results make of claims; never more than they say."""

import pytest

from rpgstat.analyses.theory import STATUSES, Held, figures, judged, sentence, strongest, theory, told
from rpgstat.study.theory import Configuration, Part, Theory, Told

NO_NOTE = {"note": None}


@pytest.mark.parametrize(
    ("row", "says", "status"),
    [
        ({"conclusion": "higher"}, "higher", "supported"),
        ({"conclusion": "rose"}, "higher", "supported"),
        ({"conclusion": "lower"}, "higher", "contradicted"),
        ({"conclusion": "equivalent"}, "higher", "contradicted"),
        ({"conclusion": "equivalent"}, "equivalent", "supported"),
        ({"conclusion": "fairly constant"}, "fell", "contradicted"),
        ({"conclusion": "fell"}, "equivalent", "contradicted"),
        ({"conclusion": "inconclusive", "estimate": 0.4}, "higher", "undecided"),
        ({"conclusion": "inconclusive", "estimate": -0.4}, "higher", "undecided"),
        ({"conclusion": "different"}, "higher", "undecided"),
        ({"conclusion": "descriptive", "change": -0.05}, "fell", "described"),
        ({"conclusion": "descriptive", "change": 0.05}, "fell", "contradicted"),
        ({"conclusion": "descriptive", "change": 0.0}, "fell", "undecided"),
        ({"conclusion": "descriptive", "change": 0.0}, "equivalent", "undecided"),
        ({"conclusion": None, "estimate": 0.4}, "higher", "undecided"),
        ({"conclusion": None, "note": "suppressed: small numbers"}, "higher", "withheld"),
        ({"conclusion": None, "group": "A", "n": 8, "mentions": None, "share": None}, "more", "withheld"),
    ],
)
def test_a_claim_has_the_status_that_its_row_gives_it(row, says, status):
    assert judged(NO_NOTE | row, says)[0] == status


@pytest.mark.parametrize(
    ("row", "status"),
    [
        ({"mentions": 4}, "stated"),
        ({"mentions": 0}, "assumed"),
        ({"mentions": None, "note": "not looked for"}, "assumed"),
        ({"mentions": None, "note": "suppressed: small numbers"}, "withheld"),
        ({"quote": "I cope", "found": "word for word"}, "stated"),
        ({"quote": "I cope", "found": "with cuts"}, "stated"),
        ({"quote": "I cope", "found": "not found"}, "assumed"),
        ({"quote": "I cope", "found": "no text to check"}, "assumed"),
    ],
)
def test_a_path_is_told_only_by_what_was_said_and_found(row, status):
    assert told(NO_NOTE | row)[0] == status


def test_a_row_is_told_with_its_own_limits():
    group = {"text": "I cope", "group": "Lead", "n": 12, "mean": 3.1, "conf_low": 2.9, "conf_high": 3.3, "estimate": 0.4}
    assert figures("breakdown", group | {"estimate_low": 0.1, "estimate_high": 0.7}) == "I cope, Lead: 3.10, +0.40 [0.10, 0.70]"
    item = {"text": "I cope", "n": 12, "mean_reference": 2.5, "mean": 3.0, "estimate": 0.5, "conf_low": 0.2, "conf_high": 0.8}
    assert figures("compare", item) == "I cope: 2.50 to 3.00, +0.50 [0.20, 0.80]"
    option = {"text": "Do you?", "question": "do", "n": 40, "share": 0.62, "change": 0.12, "change_low": 0.02, "change_high": 0.2}
    assert figures("topline", option) == "Do you?: 62 %, +12 %"
    assert figures("themes", {"theme": "Hope", "mentions": 4, "n": 9, "wave": None, "source": "Talks"}) == "Hope: 4 of 9, Talks"


def held(*statuses):
    return [Held("compare.x", "higher", "0.1", status) for status in statuses]


def test_of_several_any_contradiction_outweighs_all_else_the_strongest_counts():
    assert strongest(held("supported", "contradicted")) == "contradicted"
    assert strongest(held("undecided", "described", "stated")) == "described"
    assert strongest(()) == "assumed"
    assert all(strongest(held(status)) == status for status in STATUSES)


PARTS = (
    Part("c", "context", "theory.contexts[1]", "NHS teams work with Wexmoor"),
    Part("b", "context", "theory.contexts[2]", "Wexmoor is far away."),
    Part("m", "mechanism", "theory.mechanisms[1]", resource="A protected hour", reasoning="I can speak"),
    Part("o", "outcome", "theory.outcomes[1]", "Strain falls", level="Staff"),
    Part("p", "outcome", "theory.outcomes[2]", "Fewer leave"),
)
ONE = Configuration("One", "theory.configurations[1]", ("c",), ("m",), ("o", "p"), "managers", ("b",), (Told("themes.x"),))
TWO = Configuration("Two", "theory.configurations[2]", ("c",), ("m",), ("p",))
THEORY = Theory("How", PARTS, (ONE, TWO))


def test_a_sentence_keeps_capitals_that_are_names_and_ends_once():
    assert sentence(ONE, THEORY) == (
        "For managers: where NHS teams work with Wexmoor (and not Wexmoor is far away), a protected hour; I can speak; and so strain falls and fewer leave."
    )


def made(outcomes, paths=None, fail_on=None):
    return theory(THEORY, "How", outcomes, paths or {}, fail_on)


def test_a_configuration_is_as_strong_as_its_weakest_outcome_and_a_path_nobody_tells_of_is_assumed():
    configurations, evidence = made({"o": held("supported")}, {"One": held("stated")})
    assert [row["status"] for row in configurations.rows] == ["assumed", "assumed"]
    assert [row["note"] for row in configurations.rows] == [None, "nobody is named who tells of this path: it is assumed"]
    assert {(link["from"], link["to"]): link["told"] for link in configurations.options["links"]} == {
        ("c", "m"): True, ("b", "m"): True, ("m", "o"): True, ("m", "p"): True,
    }  # fmt: skip
    assert [(row["configuration"], row["part"], row["id"], row["status"]) for row in evidence.rows] == [
        ("One", "outcome", "o", "supported"),
        ("One", "outcome", "p", "assumed"),
        ("One", "path", None, "stated"),
        ("Two", "outcome", "p", "assumed"),
    ]


def test_no_figure_makes_an_arrow_solid():
    configurations, _ = made({"o": held("supported"), "p": held("supported")})
    assert [row["status"] for row in configurations.rows] == ["supported", "supported"]
    assert not any(link["told"] for link in configurations.options["links"])


def test_a_source_that_nobody_checks_makes_no_arrow_solid():
    configurations, evidence = made({}, {"One": [Held("Minutes", "", "", "stated", "as declared, not checked")]})
    assert configurations.rows[0]["note"].startswith("only a source that is not checked tells of this path: it is assumed")
    assert not any(link["told"] for link in configurations.options["links"])
    assert [row["status"] for row in evidence.rows if row["part"] == "path"] == ["stated"]


def test_what_is_contradicted_warns_and_fails_when_asked():
    quiet, _ = made({"o": held("contradicted", "supported")})
    assert quiet.rows[0]["status"] == "contradicted"
    assert quiet.warnings == ("Strain falls: claimed `higher`, but compare.x says otherwise: 0.1",)
    assert quiet.failures == ()
    assert made({"o": held("contradicted")}, fail_on="contradicted")[0].failures == quiet.warnings
