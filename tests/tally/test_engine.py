"""The engine of the count: the same counts from any engine's expressions, however rows are ordered, cut into chunks, or dealt to threads."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from itertools import product
from random import Random

import narwhals as nw
import polars as pl
import pytest

from rpgstat import tally
from rpgstat.tally import Files
from rpgstat.tally._spec import (
    ELSEWHERE,
    MISSING,
    TO,
    UNKNOWN,
    Again,
    AnyOf,
    Cells,
    CellsOf,
    CoursesOf,
    FilledIn,
    ItemOf,
    MomentsOf,
    MovesOf,
    Numbering,
    Roll,
    ScoreCoursesOf,
    ScoreMovesOf,
    ScoreOf,
    TextsOf,
    Who,
)
from rpgstat.tally.engine.expressions import Expressions
from rpgstat.tally.engine.texts import cells_of, count_name, moved, of_known, of_texts
from tests.tally.test_files import STUDY, everything, people, source

CELLS = ["No", "Rather", "Yes", "yes", "?", None, "never met"]
CODES = Numbering("a", {"No": 1, "Rather": 2, "Yes": 3, "yes": 3, "?": 4}, MISSING, UNKNOWN)
ROLES = Numbering("role", {"A": 0, **{f"b{i}": 1 for i in range(6)}}, 2, 65_535, wide=True)
WHOLE = Numbering(None, {}, 0, UNKNOWN)
ITEMS = (ItemOf("a", (1, 2, 3)), ItemOf("b", (3, 2, 1), reverse=True), ItemOf("c", (0, 10, 25)))
WHO = Who((ROLES,), "w")
QUERIES = [
    Cells(("a", "b", "c")),
    ScoreOf(ITEMS),
    ScoreOf(ITEMS[:2], together=True),
    MomentsOf(ITEMS),
    FilledIn(0, ITEMS, (ITEMS[:2],)),
    Roll(("a", "b", "c"), unfinished=True),
    Again(),
]


TOLD = """
import sys, rpgstat
from rpgstat.workflow.case import open_case
from rpgstat.workflow.counting import count
study = sys.argv[1]
for command in (rpgstat.compare, rpgstat.breakdown):
    for result in command(study=study, by="role", suppression=False):
        print(result.frame.write_json(), result.notes)
case = open_case([], study, None)
print(count(case, [case.waves], case.study.groups, pairs=[case.waves])[1])
"""


def rows() -> pl.DataFrame:
    """Every answer to a beside every one to b; the others at random."""
    draw = Random(3)
    cells = [
        (a, b, draw.choice(CELLS[:6]), draw.choice(["one", "two"]), draw.choice(["A", "b1", "b5", "z", None]), draw.choice(["1", "2", None]))
        for a, b in product(CELLS, CELLS)
    ]
    return pl.DataFrame(cells * 5, schema=["a", "b", "c", "wave", "role", "w"], orient="row")


def counted(ns, frame, query):
    """The answer to a query, by the expressions of `ns`."""
    expressions = Expressions(ns)
    wave = expressions.code(Numbering("wave", {"one": 0, "two": 1}, UNKNOWN, UNKNOWN)).alias("wave")
    marks = [(ns.col("role") == "A").fill_null(False).alias("unfinished"), ns.col("w").alias("who")]
    coded = frame.select(wave, *expressions.who(WHO), *marks, *(expressions.code(replace(CODES, column=name)).alias(name) for name in "abc"))
    return expressions.query(query, coded, WHO).collect()


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: type(query).__name__)
def test_a_query_is_one_body_for_any_engine(query):
    here = counted(pl, rows().lazy(), query)
    elsewhere = counted(nw, nw.from_native(rows().lazy()), query).to_native()
    assert here.columns == elsewhere.columns
    assert sorted(here.rows(), key=str) == sorted(elsewhere.rows(), key=str)
    assert here.height > 0


def test_a_query_on_texts_is_one_body_for_any_engine():
    parts = CellsOf("a"), CellsOf("b", ((("c", ("Yes", "yes")),),)), AnyOf(("a", "b"), ("?",))

    def found(ns, frame):
        own = frame.with_columns((ns.col("wave") == "two").cast(ns.Int64).alias("wave"))
        return of_texts(ns, TextsOf(parts), own, Who()).collect()

    here, elsewhere = found(pl, rows().lazy()), found(nw, nw.from_native(rows().lazy())).to_native()
    assert here.columns == elsewhere.columns
    assert sorted(here.rows()) == sorted(elsewhere.rows())
    people = {place: here.filter(place=str(place))["n"].sum() for place in range(3)}
    assert people == {0: rows().height, 1: rows().filter(pl.col("c").is_in(["Yes", "yes"])).height, 2: rows().height}


def test_known_cells_are_counted_as_all_cells_are_by_any_engine():
    parts = CellsOf("a"), CellsOf("b", ((("c", ("Yes", "yes")),),), AnyOf(("a", "b"))), AnyOf(("a", "b"), ("?",))
    known = {"0": ["", *rows()["a"].drop_nulls().unique()], "1": ["", *rows()["b"].drop_nulls().unique()], "2": ["", "1"]}

    def found(ns, frame, count):
        return count(ns, TextsOf(parts), frame.with_columns((ns.col("wave") == "two").cast(ns.Int64).alias("wave")), Who())

    (here, elsewhere) = (
        sorted(table.rows(named=True), key=str)
        for table in (
            found(pl, rows().lazy(), lambda *own: of_known(*own, known)).collect(),
            found(nw, nw.from_native(rows().lazy()), lambda *own: of_known(*own, known)).collect().to_native(),
        )
    )
    assert here == elsewhere
    for wave, place, cell, n in found(pl, rows().lazy(), of_texts).collect().select("wave", "place", "cell", "n").rows():
        (own,) = [row for row in here if row["wave"] == wave]
        assert own[count_name(place, known[place].index(cell))] == n
    assert all(
        sum(row[count_name(place, at)] for at in range(len(cells))) + row[count_name(place)] == row["n"] for row in here for place, cells in known.items()
    )


def test_answers_before_and_after_are_one_body_for_any_engine():
    parts = CellsOf("a"), CellsOf("b", among=AnyOf(("a", "b")))

    def found(ns, frame):
        sides = [frame.select(ns.col("person"), *cells_of(ns, TextsOf(parts))) for _ in range(2)]
        return moved(ns, TextsOf(parts), *sides).collect()

    people = rows().with_row_index("person").lazy()
    here, elsewhere = found(pl, people), found(nw, nw.from_native(people)).to_native()
    assert sorted(here.rows()) == sorted(elsewhere.rows())
    assert here.filter(place="0")["n"].sum() == rows().height
    assert all(before == after for before, _, after in (cell.partition(TO) for cell in here["cell"]))


@pytest.mark.parametrize("digits", [0, 2])
@pytest.mark.parametrize("query", [MovesOf, ScoreMovesOf], ids=lambda query: query.__name__)
def test_the_moves_of_the_same_people_are_one_body_for_any_engine(query, digits):
    query = query(tuple((replace(item, column=f"before {item.column}"), replace(item, column=f"after {item.column}")) for item in ITEMS), digits)

    def met(ns, frame):
        expressions, who = Expressions(ns), Who((ROLES,))
        codes = {name: expressions.code(replace(CODES, column=name)) for name in "abc"}
        waves = [frame.filter(ns.col("wave") == wave).with_columns(*expressions.who(who)) for wave in ("one", "two")]
        sides = [
            own.select("person", "group 0", *(code.alias(f"{side} {name}") for name, code in codes.items()), *_weights(ns, side, digits))
            for own, side in zip(waves, ("before", "after"), strict=True)
        ]
        return expressions.query(query, expressions.same_people(*sides, who), who).collect()

    people = rows().with_row_index("person").with_columns(pl.col("person") % 80)
    here, elsewhere = met(pl, people.lazy()), met(nw, nw.from_native(people.lazy())).to_native()
    assert here.columns == elsewhere.columns
    assert sorted(here.rows(), key=str) == sorted(elsewhere.rows(), key=str)
    assert {ELSEWHERE, 1} < set(here["group 0"])
    assert {"mass 0", "mass 1", "mass 2"} & set(here.columns) == ({"mass 0", "mass 1", "mass 2"} if digits else set())


def _weights(ns, side, digits):
    """The digits of some weights, which go by the number of the person."""
    return [(ns.col("person") * (place + 3)).cast(ns.Int64).alias(f"{side} weight {place}") for place in range(digits)]


@pytest.mark.parametrize("query", [CoursesOf, ScoreCoursesOf], ids=lambda query: query.__name__)
def test_courses_over_waves_are_one_body_for_any_engine(query):
    query = query((ITEMS, ITEMS))

    def over(ns, frame):
        expressions = Expressions(ns)
        codes = [expressions.code(replace(CODES, column=name)).alias(name) for name in "abc"]
        waves = [frame.filter(ns.col("wave") == wave).select("person", *codes) for wave in ("one", "two")]
        return expressions.over_waves(query, waves).collect()

    people = rows().with_row_index("person").with_columns(pl.col("person") % 80).unique(["person", "wave"], keep="first", maintain_order=True)
    here, elsewhere = over(pl, people.lazy()), over(nw, nw.from_native(people.lazy())).to_native()
    assert here.columns == elsewhere.columns
    assert sorted(here.rows(), key=str) == sorted(elsewhere.rows(), key=str)
    assert here.height > 1


def test_codes_of_cells():
    coded = rows().lazy().select(code=Expressions(pl).code(CODES), group=Expressions(pl).code(ROLES), whole=Expressions(pl).code(WHOLE))
    own = dict(zip(CELLS, (1, 2, 3, 3, 4, MISSING, UNKNOWN), strict=True))
    roles = {"A": 0, "b1": 1, "b5": 1, "z": 65_535, None: 2}
    told = rows()
    assert coded.collect().rows() == [(own[a], roles[role], 0) for a, role in zip(told["a"], told["role"], strict=True)]


@pytest.mark.parametrize("most", [200_000_000, 0], ids=["from memory", "from the file"])
def test_neither_the_order_of_rows_nor_their_chunks_matter(most):
    files = ("role", "team", "w")
    whole = source(people())
    expected = everything(whole, Files(STUDY, [whole], files, most))
    for seed, cuts in ((1, 2), (2, 50)):
        shuffled = Random(seed).sample(people(), len(people()))
        size = -(-len(shuffled) // cuts)
        parts = [source(shuffled[at : at + size]).survey.frame for at in range(0, len(shuffled), size)]
        cut = source(shuffled)
        cut = replace(cut, survey=replace(cut.survey, frame=pl.concat(parts, rechunk=False)))
        assert everything(cut, Files(STUDY, [cut], files, most)) == expected


@pytest.mark.parametrize("keep", [False, True])
@pytest.mark.parametrize("most", [200_000_000, 0], ids=["from memory", "from the file"])
def test_whole_files_that_were_joined_twice_count_once(most, keep):
    """Rows that are the same in every cell are told apart by nothing, and one of them counts."""
    declared = replace(STUDY, keep_duplicates=keep)
    plain = [(str(i), *row[1:]) for i, row in enumerate(people(150)[:150])]
    once, twice = source(plain), source([*plain, *plain])
    (single, _), (double, filled) = (tally.returns(declared, [own], files=Files(declared, [own], ("role",), most)) for own in (once, twice))
    assert {wave: n * (1 + keep) for wave, n in single.returned.items()} == double.returned
    assert {wave: own[()].repeated for wave, own in filled.items()} == single.returned
    assert keep or double.counts == single.counts


def test_the_number_of_threads_does_not_matter(tmp_path):
    """The same bytes from one thread and from four, on rows enough for several batches, with ids that repeat and blank rows."""
    header = ("Code", "role", *"abcd")
    for wave, seed in (("one", 5), ("two", 6)):
        draw = Random(seed)
        own = [(row[0], row[2], *row[6:]) for row in people(3_000)]
        draw.shuffle(own)
        lines = [",".join(f'"{cell}"' if cell else "" for cell in row) for row in own]
        (tmp_path / f"{wave}.csv").write_text("\n".join([",".join(header), *lines]) + "\n", encoding="utf-8")
    levels = 'levels = ["No", "Rather", "Yes"]\nnot_applicable = ["?"]'
    waves = "\n".join(f'[[waves]]\nname = "{name}"\nfile = "{name}.csv"' for name in ("one", "two"))
    battery = '[[batteries]]\nname = "B"\nscale = "s"\nitems = ["a", "b", "c", "d"]'
    (tmp_path / "study.toml").write_text(f'id = "Code"\nlinked = true\n[groups]\nrole = "role"\n[scales.s]\n{levels}\n{waves}\n{battery}\n', encoding="utf-8")
    told = [
        subprocess.run(
            [sys.executable, "-c", TOLD, str(tmp_path / "study.toml")], env={**os.environ, "POLARS_MAX_THREADS": n}, capture_output=True, check=True
        ).stdout
        for n in ("1", "4")
    ]
    assert told[0] == told[1]
    assert b"ids stand in both waves" in told[0]
    assert b"ItemMoves" in told[0]
