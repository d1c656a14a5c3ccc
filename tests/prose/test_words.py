"""No word that a reader of results sees stands outside the catalogue of sentences."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import rpgstat

PACKAGE = Path(rpgstat.__file__).parent
ROOMS = ("analyses", "views", "reporting", "stats")
"""The rooms in which results are made and told; what media write of their own is markup."""

PROGRAM = {"UserError", "_UnfilledError", "RakingError", "ValueError", "KeyError", "TypeError", "did_you_mean", "say", "word", "opening", "closing"}
"""What is said by the program itself, to whoever runs it, or names a sentence."""

PLANS = {"plain", "View", "Plan", "_stacks", "split", "record", "frozenset"}
"""What takes names of columns, parted by spaces."""

EXCEPT = {
    "analyses/verify.py": "which figure two programs disagree on: a check that failed, told on standard error",
    "reporting/fill.py": "what is wrong with a placeholder, told to whoever typed it",
    "reporting/gather.py": "what is being done, told on standard error",
    "reporting/report.py": "how a report names itself to a programmer",
    "stats/_pingouin.py": "opinions that --verify compares, and never shows",
    "stats/raking.py": "why weights cannot be made: an error",
    "stats/exact.py": "what else to try: an error",
    "stats/exact_pairs.py": "what else to try: an error",
    "views/statements/screen.py": "names of columns, parted by spaces",
}
"""Files whose words are the program's own, and why."""

WORDS = re.compile(r"[a-z]{3,} [a-z(“]|\b[a-z]+ [a-z]{2,}|^[A-Z][a-z]{3,}$")
CODES = {
    "fairly constant",
    "midpoint t",
    "Monte Carlo",
    "\0battery rows",
    "Findings",
    "Number",
    "mean only",
    "number only",
    "word for word",
    "with cuts",
    "not found",
    "no text to check",
    "same way",
    "other way",
    "no telling",
    "(no theme)",
    "any positive",
    "any negative",
}
"""Values of columns in data, which pages show by the words of the catalogue; and names in code."""

WARNINGS = {": most points signal, so the limits mean little"}
"""What standard error tells whoever runs the program."""


def literals(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every text in the code that is no docstring, no message of the program, no annotation and no name of columns."""
    skipped: set[int] = set()
    for node in ast.walk(tree):
        held: list[ast.AST] = []
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            held = [node]
        elif isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""
            held = (
                [*node.args, *node.keywords]
                if name in PROGRAM
                else [part for part in node.args if isinstance(part, ast.Constant | ast.JoinedStr)]
                if name in PLANS
                else []
            )
        elif isinstance(node, ast.AnnAssign):
            held = [node.annotation]
        elif isinstance(node, ast.Subscript):
            held = [node.slice]
        elif isinstance(node, ast.Assign) and all(isinstance(to, ast.Name) and to.id.startswith("_") and to.id.isupper() for to in node.targets):
            held = (
                [node.value]
                if isinstance(node.value, ast.Constant) and re.fullmatch(r"[\w. ]+", str(node.value.value)) and "_" in str(node.value.value)
                else []
            )
        elif isinstance(node, ast.Call | ast.Raise):
            held = []
        skipped |= {id(part) for one in held for part in ast.walk(one)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise):
            skipped |= {id(part) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node.lineno, node.value


def found(source: str) -> list[str]:
    return [words for _, words in literals(ast.parse(source)) if WORDS.search(words) and words not in CODES | WARNINGS]


def test_words_in_code_are_found_and_what_is_no_word_of_results_is_not():
    assert found('note = "no valid answers"') == ["no valid answers"]
    assert found('Key("Midpoint")') == ["Midpoint"]
    assert found('"""A docstring of words."""') == []
    assert found('raise UserError("this is wrong", "write it so")') == []
    assert found('say("row.no_valid")') == []


def test_no_word_of_results_stands_outside_the_catalogue():
    left = []
    for room in ROOMS:
        for path in sorted((PACKAGE / room).rglob("*.py")):
            name = path.relative_to(PACKAGE).as_posix()
            if name in EXCEPT:
                continue
            source = path.read_text(encoding="utf-8")
            left += [f"{name}:{line} {words!r}" for line, words in literals(ast.parse(source)) if WORDS.search(words) and words not in CODES | WARNINGS]
    assert left == []


def test_each_exception_is_there():
    assert all((PACKAGE / name).is_file() for name in EXCEPT)
