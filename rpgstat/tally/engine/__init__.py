"""The engine of the count: the only place of `tally` that asks anything of rows. Polars today; elsewhere, others beside it.

A `Table` is opened on a source, learns what its columns hold, and answers queries with tables of counts; what is asked and what is made
of the answers is said outside, in whole numbers and words.
"""

from rpgstat.tally.engine.answers import distinct, every, rows, seen
from rpgstat.tally.engine.ids import Ids, ids_of, in_both, run_on
from rpgstat.tally.engine.standing import Sign, any_of, left, people_of
from rpgstat.tally.engine.table import MOST_KEPT, Counted, Table

__all__ = ["MOST_KEPT", "Counted", "Ids", "Sign", "Table", "any_of", "distinct", "every", "ids_of", "in_both", "left", "people_of", "rows", "run_on", "seen"]
