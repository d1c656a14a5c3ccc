"""No sentence says more than the test behind it, and all of them read well: each rule is shown a bad sentence and then all that is said of a study."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest

Found = Sequence[tuple[str, ...]]
Rule = Callable[..., bool]

_QUOTED = re.compile(r"“[^”]*”")
_CHANGE = re.compile(
    r"\b(rose|fell|increased|improved|declined|dropped|grew|went (up|down)|(a )?(rise|fall) of|changed by|its slope changed)\b|(higher|lower) than before"
)
_DEFINED = re.compile(r"are said only of|do not show whether")


def sentences(words: str) -> list[str]:
    """The sentences of some prose; a quoted statement ends none."""
    held = _QUOTED.sub(lambda found: re.sub(r"[.?!]", "·", found[0]), words)
    return [part for part in re.split(r"(?<=[.?!])\s+", held) if part]


def bare(words: str) -> str:
    """A sentence without what it quotes."""
    return _QUOTED.sub("“”", words).replace("alpha if dropped", "").replace("Alpha if dropped", "")


def change_without_test(words: str, found: Found) -> bool:
    """A verb of change of something for which no test found one: the sentence must name what a test found, and its figures."""
    for sentence in sentences(words):
        said = re.sub(r"(do not show whether|nor whether)[^;,]*", "", bare(sentence))
        if (
            _CHANGE.search(said)
            and not _DEFINED.search(bare(sentence).replace("do not show whether", ""))
            and not any(_licensed(sentence, one) for one in found)
        ):
            return True
    return False


def _licensed(sentence: str, one: tuple[str, ...]) -> bool:
    subject, *figures = one
    # A long statement is cut in a sentence, and its full stop is not the sentence's.
    return re.sub(r"[.?!]", "·", subject)[:50].lower() in re.sub(r"[.?!](?!\d)", "·", sentence).lower().replace("the battery score", "battery score") and all(
        figure in sentence for figure in figures
    )


def one_item_range(words: str, _: Found) -> bool:
    """A range from a figure to itself, or "1 of 1 statements"."""
    return bool(re.search(r"from (\S+ ?%?) \([^)]*\) to \1 \(|from (\d\S*(?: %)?) to \2(?!\d|\.\d)|\b1 of 1\b|\b1 statements\b", words))


def two_scales_in_one_range(words: str, found: Found) -> bool:
    """One range over statements of several batteries whose scales differ; `found` names the scale of each statement: (statement, scale)."""
    scales = dict(found)
    for sentence in sentences(words):
        if re.search(r"\branges? from\b", sentence):
            met = {scales[name] for name in scales if f"“{name[:40]}" in sentence}
            if len(met) > 1:
                return True
    return False


def chance_beside_trend(words: str, found: Found) -> bool:
    """ "Chance variation only" of a series in which a trend or a change is found."""
    return bool(re.search(r"chance variation only|common.cause variation only", words)) and any(one[0] in words for one in found)


def power_after_the_fact(words: str, _: Found) -> bool:
    """The chance of finding a change, said of one that was not found."""
    return bool(re.search(r"(be|been) found \d+ ?% of the time", words))


def names_of_the_program(words: str, _: Found) -> bool:
    """A column, an option or a null in words for readers."""
    return bool(
        re.search(
            r"\b[a-z]+_[a-z_]+\b|(?<![\w-])--[a-z]|\bnull\b|\bNaN\b", re.sub(r"`[^`]*\.(csv|xlsx|toml|docx)`|\b[\w-]+\.(csv|xlsx|toml)\b", "", bare(words))
        )
    )


def colon_after_stop(words: str, _: Found) -> bool:
    """A colon behind a full stop or a question mark; behind a statement that is cut short it is none."""
    return bool(re.search(r"[.?!]”?:|…:", words))


def two_colons(words: str, _: Found) -> bool:
    """Two colons in one sentence; in what is quoted or written as a code, and in names of waves and batteries, they count for nothing."""
    return any(len(re.findall(r":(?=\s)", bare(sentence))) > 1 for sentence in sentences(words))


def no_change(words: str, _: Found) -> bool:
    """ "Not significant" said as "no change"."""
    return bool(
        re.search(
            r"(?<!is not “)(?<!is not \")(?<!of )\b(no change|did not change|unchanged|stayed the same|no difference between|no effect)\b(?![”\"])", words
        )
    )


def n_missing(words: str, _: Found) -> bool:
    """A mean or a change of means of the survey without the number of people behind it."""
    for sentence in sentences(words):
        figures = re.search(r"(stood at|from|mean of|mean:|score is|Lowest:|ranges? from) (−?\d+\.\d\d|\d+ %)", bare(sentence))
        if figures and not re.search(r"\bn = \d", sentence):
            return True
    return False


def untidy(words: str, _: Found) -> bool:
    """Double spaces, unbalanced brackets, doubled stops, Python's words for nothing."""
    plain = re.sub(r"`[^`]*`", "code", words)
    odd = re.search(r"  |\bNone\b|\bnan\b|(?<![\d.])\.\.(?!\.)|\s[,;.](?!\d|\.\.)|;\s*;|;\.|\?\.", plain)
    return bool(odd) or any(plain.count(a) != plain.count(b) for a, b in (("(", ")"), ("[", "]"), ("“", "”")))


RULES: dict[Rule, tuple[str, Found]] = {
    change_without_test: ("Turnover fell from 15.0 % in 2015 to 14.9 % in 2018.", [("Vacancies",)]),
    one_item_range: ("After (n = 60): agreement ranges from 70 % (“I cope”) to 70 % (“I cope”).", ()),
    chance_beside_trend: ("Plans: No signal in 36 periods: chance variation only.", [("Plans",)]),
    power_after_the_fact: ("A change of 0.40 would be found 80 % of the time.", ()),
    names_of_the_program: ("See effect_name.", ()),
    colon_after_stop: ("How often do you meet?: the mean is 3.", ()),
    two_colons: ("Skills: the score stood at 2.60 and 2.80; inconclusive: anything fits.", ()),
    no_change: ("There was no change in the other statements.", ()),
    n_missing: ("“I cope” stood at 2.50 and 2.70.", ()),
    untidy: ("The mean is (3.00 [2.5, 3.5] (n = 40).", ()),
}
ALSO: list[tuple[Rule, str, Found]] = [
    (change_without_test, "“I cope” rose from 2.50 (n = 40) to 2.60 (n = 50), a change of 0.10.", [("I cope", "2.50", "2.90")]),
    (change_without_test, "At Jan 2021 (a law) the level of Plans changed by −3.", []),
    (change_without_test, "The score of agreement improved.", []),
    (change_without_test, "From A to B, 6 of 21 statements rose and none is shown to have fallen; 15 are inconclusive.", [("5 of 21 statements rose",)]),
    (one_item_range, "1 of 1 statements: more agreed than disagreed.", ()),
    (one_item_range, "Means range from 3.10 to 3.10.", ()),
    (names_of_the_program, "Make them from its first points (--baseline 2020-01..2021-01).", ()),
    (names_of_the_program, "The rate is null where nobody was invited.", ()),
    (colon_after_stop, "I feel supported.: more agreed.", ()),
    (no_change, "The score did not change.", ()),
    (n_missing, "Means range from 2.00 (North) to 3.20 (South).", ()),
    (untidy, "The rate is None.", ()),
    (untidy, "Two  spaces.", ()),
    (untidy, "Is it so?.", ()),
]
WELL: list[tuple[Rule, str, Found]] = [
    (change_without_test, "“I cope” rose from 2.50 (n = 40) to 2.90 (n = 50), a change of 0.40 [0.10, 0.70].", [("I cope", "2.50", "2.90")]),
    (change_without_test, "From A to B, 5 of 21 statements rose and none is shown to have fallen; 16 are inconclusive.", [("5 of 21 statements rose",)]),
    (change_without_test, "Of the survey, “rose” and “fell” are said only of what a test finds.", ()),
    (change_without_test, "At Jan 2021 (a law) these data do not show whether the level of Plans changed (−3.00), nor whether its slope did (1.00).", ()),
    (two_colons, "Meetings: “Is it so: yes?” stood at 2.60 (n = 3).", ()),
    (no_change, "Inconclusive is not “no change”: anything within the interval fits these data.", ()),
    (names_of_the_program, "wave_1.csv: 47 rows.", ()),
]


@pytest.mark.parametrize(("rule", "words", "found"), [*((rule, *bad) for rule, bad in RULES.items()), *ALSO], ids=lambda value: getattr(value, "__name__", ""))
def test_each_rule_catches_a_bad_sentence(rule: Rule, words: str, found: Found) -> None:
    assert rule(words, found)


@pytest.mark.parametrize(("rule", "words", "found"), WELL, ids=lambda value: getattr(value, "__name__", ""))
def test_no_rule_minds_a_good_sentence(rule: Rule, words: str, found: Found) -> None:
    assert not rule(words, found)


def test_two_scales_in_one_range_are_caught() -> None:
    scales = [("I cope", "agreement"), ("I meet my supervisor", "often")]
    assert two_scales_in_one_range("After: agreement ranges from 20 % (“I cope”) to 80 % (“I meet my supervisor”).", scales)
    assert not two_scales_in_one_range("After: agreement ranges from 20 % (“I cope”) to 80 % (“I care”).", [*scales, ("I care", "agreement")])


@pytest.mark.parametrize("rule", list(RULES), ids=lambda rule: rule.__name__)
def test_nothing_that_is_said_breaks_a_rule(rule: Rule, prose: Any) -> None:
    if rule is names_of_the_program:
        pieces = [piece for piece in prose.pieces if not piece.typed]
    elif rule is n_missing:
        pieces = [piece for piece in prose.pieces if piece.report]
    else:
        pieces = prose.pieces
    if rule in (names_of_the_program, two_colons):  # what is to be declared in the study is named as it is typed there
        pieces = [piece for piece in pieces if "declare `" not in piece.words]
    waves = {row["wave"] for name, row in prose.rows if name == "response"}  # people's own names, such as those of files
    assert pieces
    assert not told(piece.where + " | " + piece.words for piece in pieces if rule(_without(piece.words, waves), prose.found))


def _without(words: str, names: Iterable[str]) -> str:
    for name in (name for name in names if "_" in name):
        words = words.replace(name, "the wave")
    return words


def told(bad: Iterable[str]) -> list[str]:
    """Each bad piece once."""
    return list(dict.fromkeys(bad))


def test_no_range_spans_two_scales(prose: Any) -> None:
    scales = {(row["text"], str(row["levels"])) for name, row in prose.rows if name == "score" and row["item"]}
    assert scales
    assert not told(piece.words for piece in prose.pieces if two_scales_in_one_range(piece.words, tuple(scales)))


def test_a_verdict_has_its_interval_on_one_side_of_the_midpoint(prose: Any) -> None:
    rows = [row for name, row in prose.rows if name == "score" and row["verdict"]]
    held = [row for row in rows if row["conf_low"] <= row["midpoint"] <= row["conf_high"]]
    assert rows
    assert {row["verdict"] for row in held} <= {"not clearly on either side"}


def test_without_a_number_invited_nothing_is_said_of_rates(prose: Any) -> None:
    if any(row["invited"] for name, row in prose.rows if name == "response"):
        pytest.skip("this study says how many were invited")
    assert not told(
        piece.words for piece in prose.pieces if re.search(r"\b[Rr]esponse rate (of|is|says|differs)|\b[Rr]ate is returned|A rate says|[Nn]o rate", piece.words)
    )


def test_few_returns_are_told_beside_the_conclusions(prose: Any) -> None:
    rates = [row["rate"] for name, row in prose.rows if name == "response" and row["group"] is None and row["rate"] is not None]
    if not rates or min(rates) >= 0.5:
        pytest.skip("half of those invited answered, or nobody knows")
    told_in = {piece.where.split(",")[0] for piece in prose.pieces if "who did not may think otherwise" in piece.words}
    assert {"compare: compare", "report.html"} <= told_in
