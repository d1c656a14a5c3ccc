"""The sentences under a comparison: how it was tested, in which families, and how to read what was not found."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rpgstat import text
from rpgstat.analyses._design import design_notes
from rpgstat.analyses._rows import returned_note, scale_notes
from rpgstat.analyses.methods import CompareOptions
from rpgstat.glossary.sentences import listing, say, word
from rpgstat.study import Study, Tally


def method_sentence(method: str, adjust: str, alpha: float, pairs: Sequence[tuple[str, str]], by: str = "") -> str:
    """One sentence: the test, what it compares, the adjustment and its family, the level."""
    waves = listing([say("compared.pair", later=later, reference=reference) for reference, later in pairs])
    inside = say("compared.inside", by=by) if by else ""
    told = {"method": word("method", method), "waves": waves, "inside": inside, "family": _family(adjust, len(pairs) > 1, by), "alpha": text.short(alpha)}
    return say("compared.method", **told)


def _family(adjust: str, several: bool, by: str) -> str:
    if adjust == "none":
        return say("family.none")
    named = word("adjust", adjust)
    match several, bool(by):
        case True, True:
            return say("family.items_waves_groups", method=named)
        case True, False:
            return say("family.items_waves", method=named)
        case False, True:
            return say("family.items_groups", method=named)
        case _:
            return say("family.items", method=named)


def _nonresponse(tally: Tally, study: Study, waves: Collection[str]) -> list[str]:
    """Says in which waves fewer than half of those invited answered; nothing where none did, or nobody declared how many were."""
    known = {wave.name: wave.invited for wave in study.waves if wave.invited}
    rates = {wave: tally.returned[wave] / known[wave] for wave in waves if wave in known}
    low = {wave: text.percent(rate) for wave, rate in rates.items() if 2 * rate < 1}
    if not low:
        return []
    if len(low) == len(waves):
        return [say("nonresponse.all", rates=listing(list(low.values())), caution=say("nonresponse.caution"))]
    told = listing([say("nonresponse.of_wave", rate=rate, wave=wave) for wave, rate in low.items()])
    return [say("nonresponse.some", rates=told, caution=say("nonresponse.caution"))]


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
