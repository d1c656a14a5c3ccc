"""The sentences under a comparison: how it was tested, in which families, and how to read what was not found."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rpgstat import text
from rpgstat.analyses._design import design_notes
from rpgstat.analyses._rows import scale_notes
from rpgstat.analyses.methods import METHODS, CompareOptions
from rpgstat.glossary import NONRESPONSE
from rpgstat.study import Study, Tally

ADJUST = {"holm": "Holm's method", "bh": "Benjamini and Hochberg's method", "bonferroni": "Bonferroni's method"}


def method_sentence(method: str, adjust: str, alpha: float, pairs: Sequence[tuple[str, str]], by: str = "") -> str:
    """One sentence: the test, what it compares, the adjustment and its family, the level."""
    waves = text.listing([f"{later} with {reference}" for reference, later in pairs])
    family = (
        f"p adjusted by {ADJUST[adjust]} over the items of each battery{_over(pairs, by)}" if adjust != "none" else "p not adjusted for the number of tests"
    )
    inside = f" in each {by}" if by else ""
    return f"{METHODS[method].words}, two-sided, comparing {waves}{inside}; {family}; significant below {text.short(alpha)}."


def _over(pairs: Sequence[tuple[str, str]], by: str) -> str:
    others = [words for words, wanted in (("all comparisons of waves", len(pairs) > 1), ("all groups", by)) if wanted]
    return "".join(f" and {words}" for words in others)


def _nonresponse(tally: Tally, study: Study, waves: Collection[str]) -> list[str]:
    """Says in which waves fewer than half of those invited answered; nothing where none did, or nobody declared how many were."""
    known = {wave.name: wave.invited for wave in study.waves if wave.invited}
    rates = {wave: tally.returned[wave] / known[wave] for wave in waves if wave in known}
    low = {wave: text.percent(rate) for wave, rate in rates.items() if 2 * rate < 1}
    if not low:
        return []
    if len(low) == len(waves):
        return [f"{text.listing(list(low.values()))} of those invited answered; {NONRESPONSE}."]
    return [f"{text.listing([f'{rate} of those invited in {wave}' for wave, rate in low.items()])} answered; {NONRESPONSE}."]


def compare_notes(tally: Tally, study: Study, pairs: Sequence[tuple[str, str]], options: CompareOptions) -> tuple[str, ...]:
    """What a reader needs to read the table rightly."""
    waves = dict.fromkeys(wave for pair in pairs for wave in pair)
    level = text.confidence(options.alpha)
    notes = [
        "; ".join(f"{wave}: {tally.returned[wave]} returned" for wave in waves) + ". n counts answers on the scale.",
        *scale_notes(study),
        f"Change is the later mean minus the reference mean, in scale points; intervals are {level} by {options.how.interval} and not adjusted.",
        "A battery's score is the mean of a person's answered items, for people who answered at least half of the items that both waves have; "
        "battery rows are a family of their own.",
        'Inconclusive is not "no change": anything within the interval fits these data.',
        "Waves are treated as independent; people who answered both usually make the interval wider than needed.",
        *_nonresponse(tally, study, waves),
    ]
    notes += design_notes(tally, list(waves))
    if tally.design is not None and tally.design.told:
        notes.append("Hedges g of weighted answers has no limits.")
    if options.margin is not None:
        notes.append(f"Equivalent: two one-sided t tests, Holm-adjusted, place the change within {text.short(options.margin)} scale points of no change.")
    if options.bayes:
        notes.append("BF10 is the JZS Bayes factor of the pooled t (Cauchy prior, r = √2/2); above 1 favours a difference, below 1 none.")
    return tuple(notes)
