"""Files coded once: any number of analyses find what each would by itself, from memory or from the file, whatever the order of rows."""

from __future__ import annotations

import importlib
from dataclasses import replace
from pathlib import Path
from random import Random

import polars as pl
import pytest

from rpgstat import tally
from rpgstat.study import Battery, Column, Group, Item, Mark, Scale, Source, Study, Survey, Wave
from rpgstat.tally import Files
from rpgstat.tally.engine.blocks import Numbers

SCALE = Scale("s", ("No", "Rather", "Yes"), not_applicable=("?",))
ROLE, TEAM = Group("role", ("role",)), Group("team", ("team",))
STUDY = Study((Wave("one"), Wave("two")), (Battery("B", SCALE, tuple(Item(x, x, reverse=x == "c") for x in "abcd")),), groups=(ROLE, TEAM))
COLUMNS = ("Respondent ID", "wave", "role", "team", "w", "Finished", *"abcd")
KINDS = ("id", "answer", "answer", "answer", "answer", "meta", *("answer",) * 4)


def people(n: int = 400) -> list[tuple[str | None, ...]]:
    """Rows of two waves, with ids that repeat, rows without any answer, unfinished ones, and one of no declared wave."""
    draw = Random(7)
    rows: list[tuple[str | None, ...]] = []
    for i in range(n):
        answers = (draw.choice(["No", "Rather", "Yes", "yes", "?", None]) for _ in "abcd")
        who = (draw.choice(["one", "two"]), draw.choice(["A", "B", "b", None]), f"T{draw.randrange(3)}", draw.choice(["1", "0,5", "2"]))
        rows.append((str(i), *who, draw.choice(["true", "false"]), *answers))
    again = [(*row[:6], "Yes", "Yes", "Yes", "Yes") for row in rows[:20]]
    blank = [(f"x{i}", "one", None, None, None, "true", None, None, None, None) for i in range(3)]
    return [*rows, *again, *blank, ("y", "three", "A", "T1", "1", "true", "No", "No", "No", "No")]


def source(rows: list[tuple[str | None, ...]]) -> Source:
    names = [f"c{i}" for i in range(len(COLUMNS))]
    frame = pl.LazyFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    columns = tuple(Column(n, t, k) for n, t, k in zip(names, COLUMNS, KINDS, strict=True))
    mark = Mark("c5", "Finished", {"false": "unfinished"}.get)
    made = Source(Survey("one.csv", Path("one.csv"), frame, columns, "flat", marks=(mark,)), ("one", "two"), "wave")
    return tally.standing(made, STUDY)[0]


def everything(own: Source, files: Files | None) -> list[object]:
    """All that the analyses of a report count."""
    study, pairs = STUDY, [("one",), ("two",), ("one", "two")]
    return [
        tally.returns(study, [own], [ROLE], files=files),
        tally.returns(study, [own], [TEAM], files=files),
        tally.tally(study, [own], pairs, files=files),
        tally.tally(study, [own], pairs, [ROLE], files=files),
        tally.tally(study, [own], pairs, [TEAM, ROLE], "w", files=files),
        tally.moments(study, [own], files=files),
    ]


@pytest.fixture(scope="module")
def alone() -> list[object]:
    """What each analysis finds that reads the file for itself."""
    return everything(source(people()), None)


@pytest.mark.parametrize("most", [200_000_000, 0], ids=["from memory", "from the file"])
def test_analyses_that_share_files_find_what_each_finds_alone(alone, most):
    own = source(people())
    assert everything(own, Files(STUDY, [own], ("role", "team", "w"), most)) == alone


def test_the_counts_of_blocks_add_up(alone, monkeypatch):
    """Rows that are too many to be kept are counted a block at a time; people of one id stand in different ones."""
    monkeypatch.setattr("rpgstat.tally.engine.blocks._BYTES", 1)
    monkeypatch.setattr("rpgstat.tally.engine.blocks._FEWEST", 50)
    monkeypatch.setattr("rpgstat.tally.engine.blocks._AT_ONCE", 100)
    own = source(people())
    assert everything(own, Files(STUDY, [own], ("role", "team", "w"), most=0)) == alone


def test_ids_on_several_rows_are_found_by_their_numbers_some_at_a_time(monkeypatch):
    monkeypatch.setattr("rpgstat.tally.engine.blocks._AT_ONCE", 10)
    draw = Random(4)
    each = [draw.randrange(2**64) for _ in range(60)] + [0, 2**64 - 1]
    blocks = [each, each[:7], [*each[5:9], each[-1]], []]
    numbers = Numbers([pl.Series([*block, None], dtype=pl.UInt64) for block in blocks])
    assert numbers.again == 7 + 5
    assert set(numbers.repeated) == {*each[:9], each[-1]}
    assert Numbers().again == Numbers().repeated.len() == 0


def test_rows_that_are_surely_too_many_are_not_tried_in_vain(monkeypatch):
    own = source(people())
    many = replace(own, survey=replace(own.survey, rows=10**9))
    monkeypatch.setattr(type(Files(STUDY, [own]).each[0].table), "_coded_up_to", None)
    assert not Files(STUDY, [many]).each[0].table.in_memory


def test_columns_that_were_not_foreseen_are_read_from_the_file(alone):
    own = source(people())
    assert everything(own, Files(STUDY, [own])) == alone


def test_the_order_of_rows_does_not_matter(alone):
    rows = people()
    Random(1).shuffle(rows)
    own = source(rows)
    assert everything(own, Files(STUDY, [own], ("role", "team", "w"))) == alone


def test_codes_that_would_take_too_much_memory_are_not_kept():
    own = source(people())
    small, large = (Files(STUDY, [own], most=most).each[0].table for most in (1_000, 100_000))
    assert (small.in_memory, large.in_memory) == (False, True)


def test_rows_left_out_are_told_once_however_many_analyses_ask():
    own = source(people())
    files = Files(STUDY, [own])
    told = [tally.tally(STUDY, [own], [("one",)], files=files).warnings for _ in range(3)]
    assert told[0] == told[1] == told[2]
    assert sum(" rows repeat a `Respondent ID`" in line for line in told[0]) == 1
    assert sum("rows without any answer" in line for line in told[0]) == 1
    assert sum("unfinished" in line for line in told[0]) == 1


def test_a_file_is_read_through_once_for_everything():
    """Its first rows to learn what answers there are, and all of it to code them."""
    rows = [row for row in people() if row[1] != "three"][:400]
    own = source(rows)
    scanned = []
    frame = own.survey.frame.map_batches(lambda batch: scanned.append(batch.height) or batch)
    counted = Source(Survey(**{**vars(own.survey), "frame": frame}), own.waves, own.wave_column, own.unfinished)
    everything(counted, Files(STUDY, [counted], ("role", "team", "w")))
    assert len(scanned) <= 2  # the first rows, then all


def test_where_nobody_is_doubtful_nothing_is_read_again(monkeypatch):
    monkeypatch.setattr(importlib.import_module("rpgstat.tally.engine.table"), "once", None)  # whatever calls it fails
    own = source([(*row[:6], "Yes", *row[7:]) for row in people()[:400]])
    assert tally.returns(STUDY, [own])[1]["one"][()].repeated == 0
    with pytest.raises(TypeError):
        tally.returns(STUDY, [source(people())])
