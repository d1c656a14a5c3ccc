"""A table that is too wide for the screen: neighbours are stacked before the table is parted, and nothing is lost."""

from __future__ import annotations

import pytest

from rpgstat.media.pages import Block, Column, Line, Page, Section
from rpgstat.media.terminal import grid

COLUMNS = (
    ("text", "Theme", "left", "Capacity for reflection"),
    ("mentions", "Mentions", "right", "29 of 52"),
    ("share", "Share", "right", "56 %"),
    ("share_low..share_high", "95 % CI", "right", "[42 %, 68 %]"),
    ("change", "Change", "right", "+30.0"),
    ("change_low..change_high", "95 % CI", "right", "[8.0, 47.5]"),
    ("p", "p", "right", ".042"),
    ("conclusion", "Conclusion", "left", "more"),
)


@pytest.fixture
def page() -> Page:
    columns = tuple(Column(key, header, align, lambda _: "") for key, header, align, _ in COLUMNS)
    line = Line({key: cell for key, _, _, cell in COLUMNS}, {"item": "", "n": 52, "conclusion": "more"}, {})
    return Page("themes", "Themes", columns, (Section((), (Block("", (line,)),)),), (), ())


def heads(page: Page, width: int) -> list[list[str]]:
    """The heads of each table that the page becomes, and no line of them wider than the screen."""
    layouts = grid.fit(page, width)
    assert all(layout.width <= width for layout in layouts)
    shown = " ".join(cell.plain for layout in layouts for row in layout.rows for cell in row)
    assert all(cell in shown for *_, cell in COLUMNS)
    return [[cell.plain for cell in layout.header] for layout in layouts]


def test_with_room_enough_each_column_stands_by_itself(page):
    assert heads(page, 120) == [[header for _, header, _, _ in COLUMNS]]


def test_intervals_go_below_their_figures_first(page):
    """All of them at once, so that what is alike looks alike."""
    assert heads(page, 90) == [["Theme", "Mentions", "Share\n95 % CI", "Change\n95 % CI", "p", "Conclusion"]]


def test_then_what_else_can_share_a_column(page):
    assert heads(page, 72) == [["Theme", "Mentions", "Share\n95 % CI", "Change\n95 % CI", "p\nConclusion"]]


def test_nothing_goes_below_an_interval_of_another_figure(page):
    """Where it comes to that, three stand in one column, figure and limits together."""
    (narrow,) = heads(page, 65)
    assert all(cell.count("95 % CI") <= 1 for cell in narrow)


def test_a_table_is_parted_where_stacking_is_not_enough_and_each_part_repeats_the_first_column(page):
    parted = heads(page, 45)
    assert len(parted) > 1
    assert {part[0] for part in parted} == {"Theme"}
