"""The columns of each result, in order, and the headings that differ from a column's own."""

from __future__ import annotations

from rpgstat.glossary.columns import COLUMNS

RESULTS: dict[str, tuple[str, ...]] = {
    name: tuple(columns.split())
    for name, columns in {
        "score": """battery item text wave rank n not_applicable missing scale_low midpoint scale_high mean sd conf_low conf_high median
        agree agree_low agree_high net levels distribution verdict p_value note""",
        "compare": """battery item text by group reference wave n_reference n scale_low midpoint scale_high mean_reference reference_low reference_high
        sd_reference mean mean_low mean_high sd estimate std_error conf_low conf_high statistic df p_value p_adjusted bf10 effect effect_low effect_high
        effect_name agree_reference agree agree_change agree_change_low agree_change_high standardised standardised_se standardised_low standardised_high
        standardised_p detectable conclusion method note""",
        "interaction": "battery item text reference wave by groups f_statistic df1 df2 p_value note",
        "breakdown": """battery item text wave by group n scale_low midpoint scale_high mean sd conf_low conf_high agree agree_low agree_high rank
        n_rest mean_rest estimate std_error estimate_low estimate_high statistic df p_value p_adjusted effect conclusion note""",
        "omnibus": """battery item text wave by groups n f_statistic df1 df2 p_value omega_squared h_statistic h_df h_p_value epsilon_squared note""",
        "post_hoc": "battery item text wave by group other estimate conf_low conf_high p_adjusted note",
        "scales": "battery wave n items alpha alpha_low alpha_high omega mean_r note",
        "items": "battery item text wave n item_rest alpha_if_dropped missing floor ceiling note",
        "response": """wave by group invited returned usable rate reference change answered partial
        straight_liners duplicate_ids note""",
        "population": "wave by group n share population_share difference chi_square df p_value note",
        "workforce": """measure area period numerator denominator rate conf_low conf_high reference change change_low change_high relative p_value
        conclusion sentence note""",
        "rates_trend": "measure area n slope slope_low slope_high p_value method note",
        "trend": """series n first first_value last last_value mean slope slope_low slope_high theil_sen tau phi p_value p_adjusted percent_per_year
        percent_low percent_high autocorrelation conclusion sentence note""",
        "chart": "series period value centre lower upper lower_two_sigma upper_two_sigma signal variation note",
        "plan": """battery change items adjust design n_reference n overlap correlation sd population power detectable needed_n needed_rate note""",
        "curve": "battery n_reference n power detectable note",
        "events": """series event period n level_change level_low level_high slope_change slope_low slope_high p_level p_slope p_level_adjusted
        p_slope_adjusted phi sentence note""",
    }.items()
}
"""Result name -> its columns in order."""

COMMANDS: dict[str, tuple[str, ...]] = {
    "score": ("score",),
    "compare": ("compare", "interaction"),
    "breakdown": ("breakdown", "omnibus", "post_hoc"),
    "response": ("response", "population"),
    "reliability": ("scales", "items"),
    "workforce": ("workforce", "rates_trend"),
    "indicators": ("trend", "chart", "events"),
    "plan": ("plan", "curve"),
}
"""Command -> the results that it can have, the first one always."""

SIGNED = frozenset("estimate effect net agree_change standardised change difference relative slope slope_change level_change percent_per_year".split())
"""Columns that show a plus sign before a positive number."""

STANDARDISED = ("standardised", "standardised_se", "standardised_low", "standardised_high", "standardised_p")
OPTIONAL: dict[str, frozenset[str]] = {
    "compare": frozenset({"bf10", "by", "group", *STANDARDISED}),
    "interaction": frozenset({"reference", "wave"}),
}
"""Result name -> those of its columns that stand only when asked for, or where there are several comparisons."""

SUPPRESSED = "suppressed: small numbers"
"""The note of a row whose figures are withheld so that nobody can be told apart; primary and secondary alike."""

SOME_SUPPRESSED = "suppressed: small numbers in some counts"
"""The note of a row of which some counts are withheld for that reason."""

FEW = "few answered: mean only"
"""The note of a row of so few people that their spread would tell what they answered."""

FEW_WEIGHTED = "few answered: not weighted"
"""The same where people are weighted: the mean may tell who they are by their weights."""

NOT_AFTER_ADJUSTMENT = "not significant after adjustment"
"""The note of a row whose p is below alpha only before adjustment."""

UNCERTAIN = "scale not certain: "
"""How the note of a row begins whose figures rest on a scale that nobody declared and that the answers do not settle."""

TRY = "; try "
"""What stands before what is to be typed in a warning; no page shows what follows."""

NOT_A_GROUP = "not tested: not a group"
"""The note of a row of people who stated no group."""

NO_REST = "no test: everyone else would tell how many did not state theirs"
"""The note of a group whose opposite is withheld."""

FEW_REST = "everyone else by the mean only: more would tell about those who did not state theirs"
"""The note of a group of many people whose opposite may be seen by its mean only."""

NOT_INVITED = "no rate where no number invited is declared"
"""The note of a row of people of whom nobody knows how many were asked."""

NO_SCORE = "no score: "
"""How the note of a battery begins whose items run against each other; what is to be declared follows."""

NONRESPONSE = "who did not may think otherwise"
"""How the note on waves ends in which fewer than half of those invited answered."""

NO_COUNTS = "no counts, so no interval and no test"
REFERENCE_PERIOD = "the period compared with"
"""Notes of rows of rates that say why columns are null; pages explain them once for all rows."""

LABELS: dict[tuple[str, str], str] = {
    ("breakdown", "estimate"): "Difference",
    ("post_hoc", "estimate"): "Difference",
    ("plan", "n_reference"): "n before",
    ("curve", "n_reference"): "n before",
    ("plan", "n"): "n next",
    ("curve", "n"): "n next",
}
"""(result, column) -> its heading there, where it is another than the column's own."""


def label(result: str, column: str) -> str:
    """The heading of a column of a result.

    >>> label("compare", "estimate"), label("breakdown", "estimate")
    ('Change', 'Difference')
    """
    return LABELS.get((result, column), COLUMNS[column].label)
