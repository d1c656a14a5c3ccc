"""Every result column once: its kind and unit, and where its heading and meaning are found."""

from __future__ import annotations

from typing import Literal

from rpgstat.glossary.sentences import word
from rpgstat.record import record

Kind = Literal[
    "text",
    "count",
    "points",
    "mean",
    "share",
    "p",
    "statistic",
    "df",
    "effect",
    "ratio",
    "rank",
    "number",
    "rate",
    "words",
    "counts",
    "number_change",
    "each",
    "share_change",
    "share_slope",
]
"""How a column is written: see `text.cell`. `points` are differences in scale points, `words` and `counts` are lists;
`number` is in the unit of what was counted or measured, `rate` a share that may pass 1, as leavers over a stock can.
Cells of rates and series may have kinds that no column has, see `cell_kind`:
`number_change` is an estimated change of a `number`, `each` is a number for each worker,
`share_change` and `share_slope` are changes of shares in percentage points, the latter per year."""


@record
class Entry:
    """One column: the name in data, its kind and its unit."""

    name: str
    kind: Kind
    unit: str

    @property
    def label(self) -> str:
        """Its heading on pages for people."""
        return word("label", self.name)

    @property
    def meaning(self) -> str:
        """What it holds."""
        return word("meaning", self.name)


def _entries(*rows: tuple[str, Kind, str]) -> dict[str, Entry]:
    return {row[0]: Entry(*row) for row in rows}


COLUMNS: dict[str, Entry] = _entries(
    ("battery", "text", ""),
    ("item", "text", ""),
    ("text", "text", ""),
    ("wave", "text", ""),
    ("reference", "text", ""),
    ("rank", "rank", ""),
    ("n", "count", "people"),
    ("n_reference", "count", "people"),
    ("not_applicable", "count", "people"),
    ("missing", "count", "people"),
    ("scale_low", "mean", "points"),
    ("midpoint", "mean", "points"),
    ("scale_high", "mean", "points"),
    ("mean", "mean", "points"),
    ("sd", "mean", "points"),
    ("conf_low", "points", "points"),
    ("conf_high", "points", "points"),
    ("median", "mean", "points"),
    ("agree", "share", "share"),
    ("agree_low", "share", "share"),
    ("agree_high", "share", "share"),
    ("net", "share", "share"),
    ("levels", "words", ""),
    ("distribution", "counts", "people"),
    ("verdict", "text", ""),
    ("mean_reference", "mean", "points"),
    ("reference_low", "mean", "points"),
    ("reference_high", "mean", "points"),
    ("sd_reference", "mean", "points"),
    ("mean_low", "mean", "points"),
    ("mean_high", "mean", "points"),
    ("estimate", "points", "points"),
    ("std_error", "points", "points"),
    ("statistic", "statistic", ""),
    ("df", "df", ""),
    ("p_value", "p", ""),
    ("p_adjusted", "p", ""),
    ("bf10", "ratio", ""),
    ("effect", "effect", ""),
    ("effect_low", "effect", ""),
    ("effect_high", "effect", ""),
    ("effect_name", "text", ""),
    ("agree_reference", "share", "share"),
    ("agree_change", "share", "share"),
    ("agree_change_low", "share", "share"),
    ("agree_change_high", "share", "share"),
    ("detectable", "points", "points"),
    ("by", "text", ""),
    ("group", "text", ""),
    ("groups", "count", "groups"),
    ("n_rest", "count", "people"),
    ("mean_rest", "mean", "points"),
    ("estimate_low", "points", "points"),
    ("estimate_high", "points", "points"),
    ("other", "text", ""),
    ("f_statistic", "statistic", ""),
    ("df1", "df", ""),
    ("df2", "df", ""),
    ("omega_squared", "effect", ""),
    ("h_statistic", "statistic", ""),
    ("h_df", "df", ""),
    ("h_p_value", "p", ""),
    ("epsilon_squared", "effect", ""),
    ("standardised", "points", "points"),
    ("standardised_se", "points", "points"),
    ("standardised_low", "points", "points"),
    ("standardised_high", "points", "points"),
    ("standardised_p", "p", ""),
    ("items", "count", "items"),
    ("alpha", "effect", ""),
    ("alpha_low", "effect", ""),
    ("alpha_high", "effect", ""),
    ("omega", "effect", ""),
    ("mean_r", "effect", ""),
    ("item_rest", "effect", ""),
    ("alpha_if_dropped", "effect", ""),
    ("floor", "share", "share"),
    ("ceiling", "share", "share"),
    ("invited", "count", "people"),
    ("returned", "count", "people"),
    ("usable", "count", "people"),
    ("rate", "rate", "share"),
    ("change", "share_change", "share"),
    ("change_low", "share_change", "share"),
    ("change_high", "share_change", "share"),
    ("answered", "mean", "items"),
    ("partial", "count", "people"),
    ("straight_liners", "count", "people"),
    ("duplicate_ids", "count", "rows"),
    ("share", "share", "share"),
    ("population_share", "share", "share"),
    ("difference", "share", "share"),
    ("chi_square", "statistic", ""),
    ("measure", "text", ""),
    ("area", "text", ""),
    ("period", "text", ""),
    ("numerator", "number", ""),
    ("denominator", "number", ""),
    ("relative", "rate", "share"),
    ("sentence", "text", ""),
    ("slope", "number", ""),
    ("slope_low", "number", ""),
    ("slope_high", "number", ""),
    ("series", "text", ""),
    ("first", "text", ""),
    ("first_value", "number", ""),
    ("last", "text", ""),
    ("last_value", "number", ""),
    ("tau", "effect", ""),
    ("theil_sen", "number", ""),
    ("phi", "effect", ""),
    ("percent_per_year", "rate", "share"),
    ("percent_low", "rate", "share"),
    ("percent_high", "rate", "share"),
    ("autocorrelation", "effect", ""),
    ("value", "number", ""),
    ("centre", "number", ""),
    ("lower", "number", ""),
    ("upper", "number", ""),
    ("lower_two_sigma", "number", ""),
    ("upper_two_sigma", "number", ""),
    ("signal", "text", ""),
    ("variation", "text", ""),
    ("event", "text", ""),
    ("level_change", "number", ""),
    ("level_low", "number", ""),
    ("level_high", "number", ""),
    ("slope_change", "number", ""),
    ("p_level", "p", ""),
    ("p_slope", "p", ""),
    ("p_level_adjusted", "p", ""),
    ("p_slope_adjusted", "p", ""),
    ("conclusion", "text", ""),
    ("method", "text", ""),
    ("note", "text", ""),
)
"""Every column by its name; the catalogue of sentences has its heading and its meaning."""
