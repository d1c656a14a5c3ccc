"""The page of control charts: one line a series, with its course drawn."""

from hypothesis import given
from hypothesis import strategies as st

from rpgstat.views.series.course import BLOCKS, GAP, WIDEST, sparkline

VALUES = st.lists(st.one_of(st.none(), st.floats(-1e6, 1e6)), min_size=1, max_size=300)


@given(VALUES)
def test_a_sparkline_is_never_wider_than_its_room(values):
    drawn = sparkline(values)
    assert 0 < len(drawn) <= min(WIDEST, len(values))
    assert set(drawn) <= {*BLOCKS, GAP}


@given(st.lists(st.one_of(st.none(), st.integers(-50, 50)), min_size=1, max_size=WIDEST))
def test_within_its_room_every_period_has_its_own_character(values):
    drawn = sparkline(values)
    assert [one == GAP for one in drawn] == [value is None for value in values]
    held = [value for value in values if value is not None]
    if len(set(held)) > 1:
        assert drawn[values.index(min(held))] == BLOCKS[0]
        assert drawn[values.index(max(held))] == BLOCKS[-1]


def test_a_gap_in_a_long_series_shows_where_it_is_half_of_what_one_character_stands_for():
    values = [float(i) for i in range(39)]
    values[21] = None
    assert GAP in sparkline(values)
    assert GAP not in sparkline([*values[:21], 21.0, *values[22:]])
    assert GAP not in sparkline([None if i == 200 else 1.0 * i for i in range(480)])
