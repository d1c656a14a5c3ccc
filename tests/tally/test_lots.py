from rpgstat.tally._spec import Again, Cells, in_lots


def test_a_query_on_many_columns_is_asked_in_lots_that_hold_each_once():
    columns = tuple(f"c{i}" for i in range(1_003))
    lots = in_lots(Cells(columns), most=500)
    assert [len(lot.columns) for lot in lots] == [500, 500, 3]
    assert tuple(column for lot in lots for column in lot.columns) == columns
    assert in_lots(Cells(columns[:500]), most=500) == [Cells(columns[:500])]
    assert in_lots(Cells(())) == [Cells(())]
    again = Again()
    assert in_lots(again)[0] is again
