"""Every result column once: its label, kind, unit and meaning; and the columns of each result, in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "count", "points", "mean", "share", "p", "statistic", "df", "effect", "ratio", "rank", "words", "counts"]
"""How a column is written: see `text.cell`. `points` are differences in scale points, `words` and `counts` are lists."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One column: the name in data, the label on pages for people, its kind, unit and meaning."""

    name: str
    label: str
    kind: Kind
    unit: str
    meaning: str


def _entries(*rows: tuple[str, str, Kind, str, str]) -> dict[str, Entry]:
    return {row[0]: Entry(*row) for row in rows}


COLUMNS: dict[str, Entry] = _entries(
    ("battery", "Battery", "text", "", "The set of statements the row belongs to."),
    ("item", "Item", "text", "", "The statement's id; null on the row of a whole battery."),
    ("text", "Statement", "text", "", 'The statement as asked; the battery\'s name on a battery row; "(reversed)" marks a reversed item.'),
    ("wave", "Wave", "text", "", "The round of the survey; in comparisons, the later one."),
    ("reference", "Reference", "text", "", "The wave compared against."),
    ("rank", "Rank", "rank", "", "Place of the mean in its battery and wave, 1 highest; equal means share the better place."),
    ("n", "n", "count", "people", "Valid answers: on the scale, not missing. On a battery row, people who answered at least half of it."),
    ("n_reference", "n (reference)", "count", "people", "Valid answers in the reference wave."),
    ("not_applicable", "Off the scale", "count", "people", 'Answered, but off the scale, such as "Don\'t know"; in no mean or share.'),
    ("missing", "Missing", "count", "people", "Returned the questionnaire without answering; on a battery row, people below half of its items."),
    ("scale_low", "Scale low", "mean", "points", "The lowest score the scale can give."),
    ("midpoint", "Midpoint", "mean", "points", "Halfway between the lowest and the highest score."),
    ("scale_high", "Scale high", "mean", "points", "The highest score the scale can give."),
    ("mean", "Mean", "mean", "points", "Mean score of the valid answers; in comparisons, of the later wave."),
    ("sd", "SD", "mean", "points", "Standard deviation (n - 1)."),
    ("conf_low", "CI low", "points", "points", "Lower confidence limit: of the mean in `score` (t), of the change in `compare`."),
    ("conf_high", "CI high", "points", "points", "Upper confidence limit: of the mean in `score` (t), of the change in `compare`."),
    ("median", "Median", "mean", "points", "Middle score; halfway between the two middle scores when n is even."),
    ("agree", "Agree", "share", "share", "Share of valid answers in the upper half of the scale by position; on a battery row, scores above the midpoint."),
    ("agree_low", "Agree CI low", "share", "share", "Lower Wilson limit of the share."),
    ("agree_high", "Agree CI high", "share", "share", "Upper Wilson limit of the share."),
    ("net", "Net", "share", "share", "Share in the upper half minus share in the lower half, -1 to 1; a middle level stays in n."),
    ("levels", "Levels", "words", "", "The scale's labels, lowest score first."),
    ("distribution", "Distribution", "counts", "people", "Number of people at each level, in the order of `levels`; after reversal."),
    ("verdict", "Verdict", "text", "", "Whether the mean lies above, below or at the midpoint, in the scale's own words."),
    ("mean_reference", "Mean (reference)", "mean", "points", "Mean score in the reference wave."),
    ("reference_low", "Reference CI low", "mean", "points", "Lower t limit of the reference mean."),
    ("reference_high", "Reference CI high", "mean", "points", "Upper t limit of the reference mean."),
    ("sd_reference", "SD (reference)", "mean", "points", "Standard deviation in the reference wave (n - 1)."),
    ("mean_low", "Mean CI low", "mean", "points", "Lower t limit of the later mean."),
    ("mean_high", "Mean CI high", "mean", "points", "Upper t limit of the later mean."),
    ("estimate", "Change", "points", "points", "Later mean minus reference mean; positive means more agreement."),
    ("std_error", "SE", "points", "points", "Standard error of the estimate."),
    ("statistic", "Statistic", "statistic", "", "The test's statistic: t, U, T or chi-square, as the method names it."),
    ("df", "df", "df", "", "Degrees of freedom; null where the method has none."),
    ("p_value", "p", "p", "", "Two-sided p-value, unadjusted: of the midpoint test in `score`, of the change in `compare`."),
    ("p_adjusted", "p (adjusted)", "p", "", "p adjusted for the family of tests that the method sentence names."),
    ("bf10", "BF10", "ratio", "", "Bayes factor for a difference against none (JZS prior, r = 0.707); above 1 favours a difference."),
    ("effect", "Effect", "effect", "", "Effect size, positive when the later wave is higher; `effect_name` says which."),
    ("effect_low", "Effect CI low", "effect", "", "Lower confidence limit of the effect size."),
    ("effect_high", "Effect CI high", "effect", "", "Upper confidence limit of the effect size."),
    ("effect_name", "Effect size", "text", "", "`g` Hedges g, `delta` Cliff's delta, `V` Cramer's V."),
    ("agree_reference", "Agree (reference)", "share", "share", "Share in the upper half of the scale in the reference wave."),
    ("agree_change", "Agree change", "share", "share", "Later share minus reference share."),
    ("agree_change_low", "Agree change CI low", "share", "share", "Lower Newcombe limit of the change in share."),
    ("agree_change_high", "Agree change CI high", "share", "share", "Upper Newcombe limit of the change in share."),
    ("detectable", "Detectable", "points", "points", "Smallest true change that a test like this finds 80 % of the time, unadjusted."),
    (
        "conclusion",
        "Conclusion",
        "text",
        "",
        "`higher`, `lower`, `different`, `equivalent` (within the margin) or `inconclusive`; null when nothing was tested.",
    ),
    ("method", "Method", "text", "", "The test behind statistic, df and p_value on this row."),
    ("note", "Note", "text", "", "Why a cell is empty, and anything the reader of this row should know."),
)

RESULTS: dict[str, tuple[str, ...]] = {
    "score": tuple(
        """battery item text wave rank n not_applicable missing scale_low midpoint scale_high mean sd conf_low conf_high median
        agree agree_low agree_high net levels distribution verdict p_value note""".split()
    ),
    "compare": tuple(
        """battery item text reference wave n_reference n scale_low midpoint scale_high mean_reference reference_low reference_high sd_reference
        mean mean_low mean_high sd estimate std_error conf_low conf_high statistic df p_value p_adjusted bf10 effect effect_low effect_high effect_name
        agree_reference agree agree_change agree_change_low agree_change_high detectable conclusion method note""".split()
    ),
}
"""Result name -> its columns in order. `OPTIONAL` ones stand only when asked for."""

OPTIONAL = frozenset({"bf10"})

VERDICTS: dict[str, tuple[str, str, str]] = {
    "": ("below the midpoint", "at the midpoint", "above the midpoint"),
    "ability": ("towards minimal", "midway", "towards extensive"),
    "agreement": ("more disagreed than agreed", "evenly balanced", "more agreed than disagreed"),
    "change": ("towards less or worse", "evenly balanced", "towards more or better"),
    "clarity": ("towards unclear", "midway", "towards clear"),
    "comfort": ("towards not comfortable", "midway", "towards comfortable"),
    "concern": ("towards low", "midway", "towards high"),
    "confidence": ("towards not confident", "midway", "towards confident"),
    "ease": ("towards difficult", "midway", "towards easy"),
    "effectiveness": ("towards not effective", "midway", "towards effective"),
    "extent": ("towards a small extent", "midway", "towards a great extent"),
    "favourability": ("more unfavourable than favourable", "evenly balanced", "more favourable than unfavourable"),
    "frequency": ("more seldom than often", "midway between seldom and often", "more often than seldom"),
    "importance": ("towards unimportant", "midway", "towards important"),
    "interest": ("towards not interested", "midway", "towards interested"),
    "knowledge": ("towards not knowledgeable", "midway", "towards knowledgeable"),
    "likelihood": ("more unlikely than likely", "evenly balanced", "more likely than unlikely"),
    "quality": ("towards poor", "midway", "towards good"),
    "satisfaction": ("more dissatisfied than satisfied", "evenly balanced", "more satisfied than dissatisfied"),
    "support": ("towards not supported", "midway", "towards supported"),
    "truth": ("towards not true", "midway", "towards true"),
    "usefulness": ("towards not useful", "midway", "towards useful"),
}
"""What the mean says in the words of a scale's family, the neutral ones under "": below, at and above the midpoint."""
