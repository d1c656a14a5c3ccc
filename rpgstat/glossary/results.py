"""The columns of each result, in order, and the headings that differ from a column's own."""

from __future__ import annotations

from rpgstat.glossary.columns import COLUMNS
from rpgstat.glossary.sentences import say

RESULTS: dict[str, tuple[str, ...]] = {
    name: tuple(columns.split())
    for name, columns in {
        "score": """battery item text wave rank n not_applicable missing scale_low midpoint scale_high mean sd conf_low conf_high median
        agree agree_low agree_high net levels distribution verdict p_value note""",
        "compare": """battery item text by group reference wave n_reference n scale_low midpoint scale_high mean_reference reference_low reference_high
        sd_reference mean mean_low mean_high sd n_both correlation up down unchanged estimate std_error conf_low conf_high statistic df p_value p_adjusted
        bf10 effect effect_low effect_high effect_name g_z agree_reference agree agree_change agree_change_low agree_change_high agree_p standardised
        standardised_se standardised_low standardised_high standardised_p detectable conclusion design method note""",
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
        "protection": "battery item question option theme text wave by group n shown reason note",
        "merges": "by group other withheld withheld_joined gained note",
        "workforce": """measure area period numerator denominator rate conf_low conf_high reference change change_low change_high relative p_value
        conclusion sentence note""",
        "rates_trend": "measure area n slope slope_low slope_high p_value method note",
        "trend": """series n first first_value last last_value mean slope slope_low slope_high theil_sen tau phi p_value p_adjusted percent_per_year
        percent_low percent_high autocorrelation conclusion sentence note""",
        "chart": "series period value centre lower upper lower_two_sigma upper_two_sigma signal variation target assurance note",
        "transitions": "battery item text reference wave before after n note",
        "trend_waves": """battery item text waves n wave_n wave_means slope slope_low slope_high df statistic p_value p_adjusted departure_f
        departure_df1 departure_df2 departure_p tau odds_ratio odds_low odds_high assumption_p conclusion method note""",
        "plan": """battery change items adjust design n_reference n overlap correlation sd population power detectable needed_n needed_rate note""",
        "curve": "battery n_reference n power detectable note",
        "events": """series event period n level_change level_low level_high slope_change slope_low slope_high p_level p_slope p_level_adjusted
        p_slope_adjusted phi sentence note""",
        "themes": """source kind theme code text valence wave by group rank n mentions share share_low share_high share_returned codings reference
        n_both correlation change change_low change_high p_value p_adjusted conclusion note""",
        "topline": """question text kind option wave by group asked answered n count share share_low share_high mean mean_low mean_high median q1 q3
        score score_low score_high top1 top3 reference change change_low change_high p_value p_adjusted chi_square df chi_p cramers_v conclusion note""",
        "people": "by group wave n share note",
        "benchmarks": """question text option wave organisation published likeness n share n_published share_published difference difference_low
        difference_high p_value conclusion note""",
        "benchmark_means": """question text option wave organisation published likeness n mean sd n_published mean_published sd_published estimate
        std_error conf_low conf_high statistic df p_value conclusion note""",
        "codebook": "theme code parent valence text sources units codings note",
        "together": "source wave theme other n mentions mentions_other both either expected jaccard note",
        "quotes": "theme valence wave speaker quote found note",
        "agreement": """source wave theme code coders units applied agreement agreement_low agreement_high positive negative kappa kappa_low kappa_high
        alpha alpha_low alpha_high ac1 ac1_low ac1_high note""",
        "joint": """theme text valence source kind reference wave n_reference mentions_reference n mentions share_reference share_reference_low
        share_reference_high share share_low share_high result row statement value_reference value scale_low midpoint scale_high estimate
        conf_low conf_high conclusion fit direction sentence quote note""",
        "disagreements": "source wave unit code applied_by not_by",
        "configurations": "configuration contexts mechanisms outcomes for_whom blocked_by said sentence status note",
        "evidence": "configuration part id text level named says found status note",
        "findings": "finding part text sentence result row estimate conf_low conf_high unit note",
        "timeline": "lane first last text wave invited returned rate note",
        "check": "code level where item wave n message hint",
    }.items()
}
"""Result name -> its columns in order."""

COMMANDS: dict[str, tuple[str, ...]] = {
    "score": ("score",),
    "compare": ("compare", "interaction", "transitions", "trend_waves", "omnibus", "benchmarks", "benchmark_means"),
    "breakdown": ("breakdown", "omnibus", "post_hoc"),
    "topline": ("topline", "people", "benchmarks", "benchmark_means"),
    "response": ("response", "population"),
    "reliability": ("scales", "items"),
    "disclosure": ("protection", "merges"),
    "workforce": ("workforce", "rates_trend"),
    "indicators": ("trend", "chart", "events"),
    "plan": ("plan", "curve"),
    "themes": ("themes", "codebook", "together", "quotes"),
    "agreement": ("agreement", "disagreements"),
    "joint": ("joint",),
    "theory": ("configurations", "evidence"),
    "findings": ("findings",),
    "timeline": ("timeline",),
    "check": ("check",),
}
"""Command -> the results that it can have, the first one always."""

SIGNED = frozenset("estimate effect net agree_change standardised change difference relative slope slope_change level_change percent_per_year".split())
"""Columns that show a plus sign before a positive number."""

LINKED = ("n_both", "correlation", "up", "down", "unchanged", "agree_p", "design")
"""What tells of people in both waves."""

STANDARDISED = ("standardised", "standardised_se", "standardised_low", "standardised_high", "standardised_p")
OPTIONAL: dict[str, frozenset[str]] = {
    "compare": frozenset({"bf10", "by", "group", "g_z", *LINKED, *STANDARDISED}),
    "interaction": frozenset({"reference", "wave"}),
}
"""Result name -> those of its columns that stand only when asked for, or where there are several comparisons."""

TRY = "; try "
"""What stands before what is to be typed in a warning; no page shows what follows."""

_DIFFERENCES = frozenset({"breakdown", "post_hoc", "benchmark_means"})
"""Results whose estimate is a difference between groups, or from a published mean, and no change."""

_PLANS = frozenset({"plan", "curve"})
"""Results on a wave that is still to come."""

_QUESTIONS = frozenset({"topline", "benchmarks", "benchmark_means"})
"""Results on questions, whose text is no statement."""

_DEFINED = frozenset({"themes", "codebook", "joint"})
"""Results whose text is what a theme or code means, and no statement."""

_FOUND = frozenset({"findings"})
"""Results whose text is what a finding is about."""

_HAPPENED = frozenset({"timeline", "evidence"})
"""Results whose text is what happened, or a part of a theory."""


def label(result: str, column: str) -> str:
    """The heading of a column of a result.

    >>> label("compare", "estimate"), label("breakdown", "estimate"), label("plan", "n")
    ('Change', 'Difference', 'n next')
    """
    if result in _PLANS and column in ("n", "n_reference"):
        return say("heading.next") if column == "n" else say("heading.before")
    if result == "trend_waves" and column == "slope":
        return say("heading.slope")
    if column == "estimate" and result in _DIFFERENCES:
        return say("heading.difference")
    if result in _QUESTIONS and column in ("text", "answered"):
        return say("heading.question") if column == "text" else say("heading.answered")
    if column == "text" and result in _FOUND:
        return say("heading.about")
    if column == "text" and result in _HAPPENED:
        return say("heading.what") if result == "timeline" else say("heading.part")
    if column == "text" and result in _DEFINED:
        return say("heading.definition")
    if column == "other" and result == "together":
        return say("heading.other_theme")
    return COLUMNS[column].label
