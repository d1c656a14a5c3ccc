"""Every sentence of the catalogue is said somewhere, with the places that it has; and none is said that is not in it."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import rpgstat
from rpgstat.glossary.sentences import catalogue, say

PACKAGE = Path(rpgstat.__file__).parent


def said() -> Iterator[tuple[str, str, set[str], bool, bool]]:
    """Each call of `say`: where, the name, its places, whether more of them come from a dictionary, and whether there is a number."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say" and path.name != "report.py":
                name = node.args[0]
                assert isinstance(name, ast.Constant), f"{path.name}:{node.lineno} says a sentence whose name is not written out"
                places = {keyword.arg for keyword in node.keywords if keyword.arg}
                yield f"{path.name}:{node.lineno}", name.value, places, any(k.arg is None for k in node.keywords), len(node.args) > 1


def places(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}


CALLS = list(said())


@pytest.mark.parametrize(("where", "name", "given", "more", "number"), CALLS, ids=[f"{call[0]}-{call[1]}" for call in CALLS])
def test_what_is_said_is_in_the_catalogue_with_its_places(where, name, given, more, number):
    words = catalogue()[name]
    forms = list(words.values()) if isinstance(words, dict) else [words]
    assert isinstance(words, dict) is number, where
    for form in forms:
        wanted = places(form)
        assert given <= set.union(*map(places, forms)), where
        assert more or wanted <= given, where


def test_every_sentence_is_said():
    assert not set(catalogue()) - {call[1] for call in CALLS}


def test_a_place_that_is_not_filled_is_an_error():
    with pytest.raises(KeyError):
        say("rates.stood", subject="Turnover")


def test_a_sentence_with_a_plural_has_both_forms():
    assert all(set(words) == {"one", "other"} for words in catalogue().values() if isinstance(words, dict))
