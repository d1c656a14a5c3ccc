"""Every sentence of the catalogue is said somewhere, with the places that it has; and none is said that is not in it."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import rpgstat
from rpgstat.analyses.methods import LINKED_METHODS, METHODS
from rpgstat.analyses.theory import STATUSES
from rpgstat.analyses.trend_waves import CLUSTERED, TREND_METHODS
from rpgstat.disclosure import Reason
from rpgstat.glossary import COLUMNS, CONCLUSIONS, FAMILIES, RESULTS
from rpgstat.glossary.codes import CODES as check_codes
from rpgstat.glossary.sentences import catalogue, compiled, listing, opening, say, speaking, word
from rpgstat.reporting.first.finding import PARTS
from rpgstat.study import persons
from rpgstat.views import view

PACKAGE = Path(rpgstat.__file__).parent

SIDES = ("high", "low")
SIGNALS = {"outside", "trend", "two_of_three", "shift"}
FINDINGS = {
    "E102": "_item _group _question _stray",
    "E103": ". _wave _several _group _question _id _weight",
    "E107": ". _answers",
    "E108": ". _group",
    "E109": "_codebook _numbers _levels",
    "E112": ". _numbers",
    "W214": "_ambiguous _outside _order",
    "W216": ". _codes",
    "W219": "_platform _language",
    "I303": "_empty _constant",
    "I306": "_score _item",
}
"""Codes of `check` that say several things; a point is for the plain one."""
FOUND = {code + kind.strip(".") for code in check_codes for kind in FINDINGS.get(code, ".").split()}
CODES: dict[str, set[str]] = {
    "finding": FOUND,
    "mend": FOUND,
    "check_of": set(check_codes),
    "how_many": {"error", "warning", "info"},
    "level": {"error", "warning", "info"},
    "standing_row": {"preview", "test", "spam"},
    "personal": {kind.replace(" ", "_").replace("-", "_").lower() for kind in (*persons._FORMS, "names")},
    "beside_all": {"median", "quartiles", "mean"},
    "order": {"mean", "change", "study", "name"},
    "all_of": {"single", "multiple", "nps", "ranking", "number", "date"},
    "recommending": {"promoters", "passives", "detractors"},
    "first_part": {*PARTS[1:], "next"},
    "adjust": {"holm", "bh", "bonferroni"},
    "adjusted": {"holm", "bh", "bonferroni"},
    "chart_method": {"xmr", "p", "u"},
    "label": set(COLUMNS),
    "meaning": set(COLUMNS),
    "method": {*METHODS, *LINKED_METHODS.values()},
    "mix": {"reference", "pooled", "declared"},
    "stretch": {f"{rule}_{side}" for rule in ("outside", "trend", "two_of_three", "shift") for side in SIDES},
    "side_of_target": {"above", "below", "around"},
    "assured": {"passing", "failing", "hit_and_miss"},
    "assurance": {"passing", "failing", "hit_and_miss", "above", "below", "around"},
    "variation": {"improvement", "concern", *SIDES},
    "valence": {"positive", "negative", "mixed"},
    "verdict": {f"{family}_{side}" for family in (*FAMILIES, "any") for side in ("above", "below")} | {"unclear"},
    "conclusion": set(CONCLUSIONS),
    "rank_test": {"independent", "overlap", "paired"},
    "rate_conclusion": {"fell", "rose", "fairly_constant", "inconclusive", "descriptive", "mixed"},
    "adjusted_short": {"holm", "bh", "bonferroni"},
    "bar": {"mean", "later", "answers"},
    "direction": {"same_way", "other_way", "no_telling"},
    "drawn": {view(name).figure.kind for name in RESULTS if view(name).figure},
    "effect": {"g", "delta", "V", "g_av", "r"},
    "counted_fit": {"confirms", "expands", "differs", "silent"},
    "answered": {"commonest", "net", "mean"},
    "most_answered": {"commonest", "net", "mean"},
    "fit": {"confirms", "expands", "differs"},
    "fitting": {"confirms", "expands", "differs", "silent"},
    "found": {"word_for_word", "with_cuts", "not_found", "no_text_to_check"},
    "in_points": {"slopes", "steps"},
    "label_of": {"table", "figure"},
    "latest_signal": SIGNALS,
    "long": {"n", "mean", "sd", "p_value", "p_adjusted"},
    "month": {f"{number:02}" for number in range(1, 13)},
    "part": {"context", "mechanism", "outcome", "path", "outcome_context"},
    "path": {"told", "assumed", "blocks"},
    "rule": SIGNALS,
    "short": {"n", "mean", "sd", "interval"},
    "shown": {"hidden", "mean_only", "number_only", "full"},
    "signal": SIGNALS,
    "status": set(STATUSES),
    "status_key": set(STATUSES),
    "table": set(RESULTS),
    "theme_sum": {"no_theme", "any_positive", "any_negative", "both"},
    "trend_test": {*TREND_METHODS, CLUSTERED},
    "withheld": {reason.name.lower() for reason in Reason},
    "unit": {entry.unit for entry in COLUMNS.values()} - {""},
}
"""The families of words that are said for a code, and the codes that there are."""


ELSEWHERE = {("glossary", "sentences.py"), ("reporting", "report.py"), ("reporting", "gather.py")}
"""Where sentences are made, and where `say` is told what is being done."""


@cache
def modules() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def called() -> list[tuple[str, str, ast.Call]]:
    """Every call of a function by its name: where, the name, the call."""
    read = [(path, tree) for path, tree in modules().items() if path.parts[-2:] not in ELSEWHERE]
    found = [(path, node) for path, tree in read for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [(f"{path.name}:{node.lineno}", node.func.id, node) for path, node in found if isinstance(node.func, ast.Name)]


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    yield from ((where, node) for where, function, node in called() if function == name)


def said() -> Iterator[tuple[str, str, set[str], bool, bool]]:
    """Each call of `say` and `opening`: where, the name, its places, whether more of them come from a dictionary, and whether there is a number."""
    for where, node in calls("say"):
        name = node.args[0]
        assert isinstance(name, ast.Constant), f"{where} says a sentence whose name is not written out"
        places = {keyword.arg for keyword in node.keywords if keyword.arg}
        yield where, name.value, places, any(k.arg is None for k in node.keywords), len(node.args) > 1


def places(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}


def wrong(where: str, name: str, given: set[str], more: bool, number: bool) -> str:
    """What is wrong with one call of `say`."""
    words = catalogue().get(name)
    if words is None:
        return f"{where}: {name} is not in the catalogue"
    forms = list(words.values()) if isinstance(words, dict) else [words]
    if isinstance(words, dict) is not number:
        return f"{where}: {name} {'lacks its number' if isinstance(words, dict) else 'has one form only'}"
    if not given <= set.union(*map(places, forms)):
        return f"{where}: {name} has no {sorted(given)}"
    return "" if more or all(places(form) <= given for form in forms) else f"{where}: {name} has a place that is not filled"


def test_what_is_said_is_in_the_catalogue_with_its_places():
    assert [told for call in said() if (told := wrong(*call))] == []


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """What runs when a module is imported: everything but the bodies of functions."""
    for part in ast.iter_child_nodes(node):
        if isinstance(part, ast.FunctionDef | ast.Lambda):
            yield from (each for default in (*part.args.defaults, *filter(None, part.args.kw_defaults)) for each in ast.walk(default))
        else:
            yield part
            yield from at_import(part)


def test_nothing_is_said_while_a_module_is_imported():
    """It would stay English, whatever language results are told in."""
    frozen = [
        f"{path.name}:{node.lineno}"
        for path, tree in modules().items()
        for node in at_import(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("say", "word", "listing", "opening", "closing", "label")
    ]
    assert frozen == []


def test_every_sentence_is_said():
    coded = {name for name in catalogue() if name.partition(".")[0] in CODES}
    assert set(catalogue()) - coded - {call[1] for call in said()} == {"list.and", "list.or"}  # `listing` says these


def test_what_is_said_for_a_code_is_there_for_each_code():
    by_code = {node.args[0].value for _, node in calls("word") if isinstance(node.args[0], ast.Constant)}
    assert set(CODES) == by_code | {"short", "long"}  # which a style's headers name
    for family, codes in CODES.items():
        assert {name.partition(".")[2] for name in catalogue() if name.startswith(f"{family}.")} == codes, family


def test_notes_that_pages_look_for_begin_in_a_way_of_their_own():
    for where, node in calls("opening"):
        begins = opening(node.args[0].value)
        others = [name for name, words in catalogue().items() if isinstance(words, str) and words.startswith(begins)]
        assert len(begins) > 5, where
        assert others == [node.args[0].value], where


def test_the_catalogue_is_read_from_what_its_source_was_made_into():
    assert catalogue() == compiled()


def test_a_place_that_is_not_filled_is_an_error():
    with pytest.raises(KeyError):
        say("rates.stood", subject="Turnover")


def test_a_sentence_with_a_plural_has_both_forms():
    assert all(set(words) == {"one", "other"} for words in catalogue().values() if isinstance(words, dict))


def test_another_catalogue_is_spoken_as_long_as_it_is_asked_for():
    welsh = {"rates.stood": "Roedd {subject} yn {rate} yn {when}.", "list.and": "{first} a {last}", "variation.concern": "pryder"}
    with speaking(welsh):
        assert say("rates.stood", subject="trosiant", rate="15 %", when="2015") == "Roedd trosiant yn 15 % yn 2015."
        assert (listing(["un", "dau", "tri"]), word("variation", "concern")) == ("un, dau a tri", "pryder")
    assert listing(["one", "two"]) == "one and two"
