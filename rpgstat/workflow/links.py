"""What is told of the people whom ids link, and of the records that they cannot link."""

from __future__ import annotations

from collections.abc import Iterator

from rpgstat import text
from rpgstat.glossary.sentences import listing, say
from rpgstat.study import Tally
from rpgstat.workflow.case import Case


def links_told(counted: Tally, case: Case, suppression: bool) -> Iterator[str]:
    """A note for each pair of waves on the people who answered both, and on records that cannot be linked."""
    few = case.study.disclosure.hide_below if suppression else 1
    yield from _nobody(counted)
    for (reference, wave), found in counted.links.items():
        of = f"{found.reference}" if found.reference == found.wave else say("links.of_two", reference=found.reference, wave=found.wave)
        both = found.why or (say("links.few", few=few, of=of) if 0 < found.both < few else say("links.both", both=found.both, of=of))
        yield text.stopped(both if len(counted.links) == 1 else say("links.pair", reference=reference, wave=wave, both=both))


def _nobody(counted: Tally) -> Iterator[str]:
    """A note for each pair of waves on the records that cannot be linked: how many, and why."""
    for (reference, wave), found in counted.links.items():
        none, again, rounded = found.without_id, found.repeated, found.damaged
        told = [say("linked.without_id", none, n=text.count(none))] if none else []
        told += [say("linked.repeated", again, n=text.count(again))] if again else []
        told += [say("linked.damaged", rounded, n=text.count(rounded))] if rounded else []
        nobody = say("linked.nobody_of", told=listing(told))
        if told:
            yield text.stopped(nobody if len(counted.links) == 1 else say("links.pair", reference=reference, wave=wave, both=nobody))
