"""Rows of a table on a terminal that are set without rich's tables look as these would."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from rich.table import Table
from rich.text import Text

from rpgstat.media.terminal import screen, stacks

CELLS = st.text(st.characters(categories=("L", "N"), include_characters=" −%[]·│"), max_size=9)


@settings(max_examples=40, deadline=None)
@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=4), style=st.sampled_from(["", "bold", "red"]))
def test_rows_that_fit_look_as_in_a_table_of_rich(rows, style):
    columns = tuple(stacks.Column(20, align) for align in ("left", "right", "left"))
    cells = [tuple(Text(cell, style=style) for cell in row) for row in rows]
    layout = stacks.Layout(columns, cells[0], tuple(cells), (), constant_n=False)
    table = Table.grid(padding=(0, stacks.GAP, 0, 0))
    for column in columns:
        table.add_column(width=column.width, justify=column.align, overflow="fold")
    for row in cells:
        table.add_row(*row)
    assert printed(screen._table(layout, cells)) == printed(table)


@pytest.mark.parametrize("cell", ["two\nlines", "longer than its column is"])
def test_rows_that_do_not_fit_are_a_table_of_rich(cell):
    layout = stacks.Layout((stacks.Column(10, "left"),), (Text("head"),), (), (), constant_n=False)
    assert isinstance(screen._table(layout, [(Text(cell),)]), Table)


def printed(drawn) -> list[str]:
    paper = Console(file=io.StringIO(), width=80, color_system=None)
    paper.print(drawn)
    return [line.rstrip() for line in paper.file.getvalue().rstrip("\n").split("\n")]
