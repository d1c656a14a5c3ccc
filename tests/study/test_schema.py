"""The declared keys: each has its words and its example, and the JSON Schema made of them accepts what the parser accepts."""

from __future__ import annotations

import ast
import re
import tomllib
from contextlib import suppress
from copy import deepcopy
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from rpgstat.admin.stocks import STOCKS
from rpgstat.admin.units import UNITS
from rpgstat.errors import UserError
from rpgstat.study import from_toml, opened
from rpgstat.study.keys import STUDY, WORKFORCE
from rpgstat.study.kinds import Either, Keys, Rows, tables
from rpgstat.study.schema import schema, schema_text
from rpgstat.study.toml import Table
from tests.conftest import BATTERY

ROOT = Path(__file__).parents[2]
VALIDATOR = Draft202012Validator(schema())
KEYS = [pytest.param(path, shape, key, id=f"{path}.{key.name}".strip(".")) for path, shape in tables(STUDY) for key in shape.keys.values()]
PAGE = (ROOT / "docs" / "study-file.md").read_text(encoding="utf-8")


def faults(values):
    """What the parser has against the shape of a study: every key that is there or has to be is read, whatever one asks of another."""

    def visit(value):
        if isinstance(value, Table):
            for name in {**value.values, **{key.name: 0 for key in value.shape.keys.values() if key.required}}:
                visit(value[name])
        elif isinstance(value, list | tuple):
            list(map(visit, value))

    try:
        visit(STUDY.table("study.toml", values))
    except UserError as error:
        assert error.hint
        return error.problem
    return None


def refused(values):
    return not VALIDATOR.is_valid(values)


def whole(shape):
    """A table with every key that is declared for it, by its example."""
    return {name: inner(key.kind, tomllib.loads(f"x = {key.example}")["x"]) for name, key in shape.keys.items()}


def inner(kind, example):
    """The example of a key, or a whole table in its place where the kind declares one."""
    for each in kind.kinds if isinstance(kind, Either) else [kind]:
        if isinstance(each, Rows):
            return [*example, whole(each.shape)]
        if isinstance(each, Keys) and each.shape.each is None:
            return whole(each.shape)
        if isinstance(each, Keys) and isinstance(example, dict):
            return {name: inner(each.shape.each, value) for name, value in example.items()}
    return example


@pytest.mark.parametrize(("path", "shape", "key"), KEYS)
def test_a_key_is_explained_in_a_sentence_with_an_example_that_parses(path, shape, key):
    assert re.fullmatch(r"[A-Z][^\n]*[^.]\.", key.meaning)
    assert not re.search(r"[.?!] [A-Z]", key.meaning)  # one sentence
    example = tomllib.loads(f"{key.name} = {key.example}")
    table = Table("study.toml", example, shape, path)
    assert table[key.name] not in (None, ())
    assert Draft202012Validator(key.schema).is_valid(example[key.name])


@pytest.mark.parametrize(("path", "shape", "key"), KEYS)
def test_a_key_stands_on_the_page(path, shape, key):  # noqa: ARG001
    (section,) = re.findall(rf"<!-- keys of: ?{re.escape(path)} -->\n(.*?)<!-- end of keys -->", PAGE, re.DOTALL)
    (row,) = [line for line in section.splitlines() if line.startswith(f"| `{key.name}` |")]
    assert key.meaning in row


def test_the_schema_is_one_and_is_shipped():
    Draft202012Validator.check_schema(schema())
    assert (files("rpgstat") / "data" / "study.schema.json").read_text(encoding="utf-8") == schema_text()


def test_choices_are_those_of_the_command():
    assert set(WORKFORCE.keys["unit"].kind.schema["enum"]) == set(UNITS)
    assert set(WORKFORCE.keys["stock"].kind.schema["enum"]) == set(STOCKS)


def test_a_study_with_every_key_is_accepted():
    assert (faults(whole(STUDY)), refused(whole(STUDY))) == (None, False)


PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
SHOWN = [block for page in PAGES for block in re.findall(r"(?ms)^```toml\n(.*?)^```$", page.read_text(encoding="utf-8"))]
FILES = [path.read_text(encoding="utf-8") for path in (ROOT / "fixtures/rpg/study.toml", ROOT / "rpgstat/data/demo/study.toml")]


def accepted(text):
    """What a text declares, where the parser takes it as a study, as it stands or with a battery; None where it does not."""
    for whole_text in (text, text + BATTERY):
        with suppress(UserError):
            from_toml(whole_text)
            if faults(opened(whole_text, "study.toml").values) is None:
                return tomllib.loads(whole_text.removeprefix("\ufeff"))
    return None


@pytest.mark.parametrize("text", [*FILES, *SHOWN])
def test_the_schema_accepts_the_study_files_of_the_project(text):
    values = accepted(text)
    assert values is not None
    assert list(VALIDATOR.iter_errors(values)) == []


def test_the_schema_accepts_the_study_files_of_tests():
    modules = [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "tests").rglob("*.py")]
    written = {node.value for tree in modules for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    found = [values for text in sorted(written) if " = " in text and (values := accepted(text)) is not None]
    assert len(found) > 50
    assert [values for values in found if refused(values)] == []


SLIPS = [
    'titel = "T"',
    "title = 3",
    'title = " "',
    'duplicates = "twice"',
    "linked = 1",
    "waves = {}",
    '[[waves]]\nfile = "a.csv"',
    '[[waves]]\nname = "a"\nfile = "a.csv"\ninvited = 0',
    '[[waves]]\nname = "a"\nfile = "a.csv"\nkeep = { Consent = [] }',
    '[scales.a]\nlevels = ["No"]',
    '[scales.a]\nlevels = ["No", true]',
    "[scales.a]\nlevels = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]",
    '[scales.a]\nid = "Respondent ID"',
    "[groups]\nrole = 3",
    "[groups.role]\nlevels = [1]",
    '[groups.age]\ncolumn = "Age"\nbands = [18]',
    "[population.role]\nManager = -1",
    "weight = { rake = false }",
    'weight = { rake = "role", trim = 0.5 }',
    "[disclosure]\nhide_below = 2.5",
    '[workforce]\nfile = "w.csv"\nunit = "shares"',
    '[workforce]\nfile = "w.csv"\nmargin = { Turnover = "2" }',
    "[[indicators]]\nper = 1000",
    '[[indicators]]\nfile = "i.csv"\nevents = [2017]',
]


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_of_shape_is_refused_by_both(slip):
    values = tomllib.loads(slip + BATTERY)
    assert faults(values)
    assert refused(values)


def test_an_item_and_its_keys_are_refused_by_both():
    for item in (3, "", {"txt": "a"}, {"text": "a", "reverse": "yes"}, {"text": "a", "column": ["b", 3]}):
        values = tomllib.loads(BATTERY)
        values["batteries"][0]["items"].append(item)
        assert faults(values)
        assert refused(values)


# A whole number written as 1.0 and NaN are left out: JSON Schema takes the one for 1, and has no word for the other; the parser refuses both.
LEAVES = st.one_of(
    st.booleans(), st.integers(-2, 12), st.sampled_from([0.5, -0.5, 1.5, "", " ", "\u200b", "\u3000", "role", "keep", "share", "Agree", date(2024, 1, 1)])
)
THINGS = st.recursive(
    LEAVES, lambda one: st.lists(one, max_size=3) | st.dictionaries(st.sampled_from(["file", "name", "levels", "column", "x"]), one, max_size=3), max_leaves=5
)


def places(value):
    """Every table and list in a study, itself first."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [*([value] if isinstance(value, dict | list) else []), *(place for each in inside for place in places(each))]


@settings(deadline=None)  # a study with every key takes a moment on a busy machine
@given(st.data())
def test_parser_and_schema_agree_on_shape(data):
    """From a study with every key, some are changed, dropped or added."""
    study = deepcopy(whole(STUDY))
    for _ in range(data.draw(st.integers(0, 3))):
        place = data.draw(st.sampled_from(places(study)))
        where = data.draw(st.sampled_from([*(place if isinstance(place, dict) else range(len(place))), "new"]))
        if where == "new":
            _add(place, data.draw(st.sampled_from(["title", "id", "text", "scores", "x"])), data.draw(THINGS))
        elif data.draw(st.booleans()):
            del place[where]
        else:
            place[where] = data.draw(THINGS)
    assert bool(faults(study)) == refused(study), faults(study)


def _add(place, key, value):
    if isinstance(place, dict):
        place[key] = value
    else:
        place.append(value)


@given(st.dictionaries(st.sampled_from([*STUDY.keys, "x"]), THINGS))
def test_whatever_stands_in_a_study_parser_and_schema_agree_on_its_shape(study):
    assert bool(faults(study)) == refused(study), faults(study)
