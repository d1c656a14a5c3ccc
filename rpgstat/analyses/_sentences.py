"""The sentences under a comparison: how it was tested, in which families, and how to read what was not found."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rpgstat import text
from rpgstat.analyses._design import design_notes
from rpgstat.analyses._rows import returned_note, scale_notes
from rpgstat.analyses.methods import METHODS, CompareOptions
from rpgstat.glossary import NONRESPONSE
from rpgstat.glossary.sentences import say
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
        return [say("nonresponse.all", rates=text.listing(list(low.values())), caution=NONRESPONSE)]
    told = text.listing([f"{rate} of those invited in {wave}" for wave, rate in low.items()])
    return [say("nonresponse.some", rates=told, caution=NONRESPONSE)]


def compare_notes(tally: Tally, study: Study, pairs: Sequence[tuple[str, str]], options: CompareOptions) -> tuple[str, ...]:
    """What a reader needs to read the table rightly."""
    waves = list(dict.fromkeys(wave for pair in pairs for wave in pair))
    notes = [
        returned_note(tally, waves, say("note.n_answers")),
        *scale_notes(study),
        say("note.change", level=text.confidence(options.alpha), method=options.how.interval),
        say("note.battery_score"),
        say("note.inconclusive"),
        say("note.independent"),
        *_nonresponse(tally, study, waves),
        *design_notes(tally, waves),
    ]
    if tally.design is not None and tally.design.told:
        notes.append(say("note.weighted_g"))
    if options.margin is not None:
        notes.append(say("note.margin", margin=text.short(options.margin)))
    return (*notes, say("note.bayes")) if options.bayes else tuple(notes)
