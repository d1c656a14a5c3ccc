"""What an administrative table says: its cells as numbers or as the reason for none, and its periods. Opens no files."""

from rpgstat.admin.cells import Cell, Figure, decimal_mark, numbers
from rpgstat.admin.periods import PER_YEAR, Frequency, Period, Periods, is_period, periods
from rpgstat.admin.sheet import Sheet

__all__ = ["PER_YEAR", "Cell", "Figure", "Frequency", "Period", "Periods", "Sheet", "decimal_mark", "is_period", "numbers", "periods"]
