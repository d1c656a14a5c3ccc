"""`reliability`: how well the items of each battery go together in each wave, and each item against the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from rpgstat import text
from rpgstat.analyses._opposed import declare_reversed
from rpgstat.analyses._rows import item_text, joined, returned_note, titled
from rpgstat.glossary.sentences import listing, say
from rpgstat.record import record
from rpgstat.result import Result, table
from rpgstat.stats.reliability import Cronbach, ItemRest, cronbach, item_rest, omega_total
from rpgstat.study import Battery, Counts, Item, Moments, Study, Tally


def reliability(tally: Tally, moments: Mapping[tuple[str, str], Moments], study: Study, *, waves: Sequence[str], alpha: float = 0.05) -> list[Result]:
    """Results `scales`, a row per battery and wave, and `items`, a row per wave and item.

    `moments` are the complete cases of each battery and wave. From them: alpha, at most 1, with Feldt limits of level 1 - alpha; omega of one
    factor; the mean correlation between items; and each item's correlation with the sum of the others, -1 to 1, with the alpha that is
    left without it. From all answers to an item: missing, and the shares of n at the lowest and the highest score, 0 to 1. What is reversed
    is reversed in all of it; a negative correlation suggests more of that in a note, and changes nothing. What cannot be computed is null with a note.
    """
    cases = [_Case(tally, battery, wave, moments.get((battery.name, wave)), alpha) for battery in study.batteries for wave in waves]
    by_wave = [case for wave in waves for case in cases if case.wave == wave]
    options = {"alpha": alpha, "waves": list(waves)}
    unweighted = (say("note.unweighted"),) if study.weight else ()
    scales = Result(
        name="scales",
        title=titled(study, say("title.scales")),
        frame=table("scales", [_scale_row(case) for case in cases]),
        method=say("method_of.scales", level=text.confidence(alpha)),
        notes=(*_scale_notes(tally, waves), *unweighted),
        options=options,
    )
    items = Result(
        name="items",
        title=titled(study, say("title.items")),
        frame=table("items", [_item_row(case, item) for case in by_wave for item in case.battery.items]),
        method=say("method_of.items"),
        notes=(*_item_notes(by_wave, waves), *unweighted),
        options=options,
    )
    return [scales, items]


@record
class _Case:
    """A battery in a wave: the answers to its items, and the complete cases, None where no item was answered."""

    tally: Tally
    battery: Battery
    wave: str
    complete: Moments | None
    alpha: float

    def answers(self, item: Item) -> Counts | None:
        """How often each level of an item was chosen in the wave; None where nobody was asked."""
        return self.tally.counts.get((item.id, self.wave))

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The items that complete cases answered."""
        return self.complete.items if self.complete else ()

    @cached_property
    def sums(self) -> dict[str, Any]:
        """The complete cases as kernels take them."""
        return {"n": self.complete.n, "sums": self.complete.sums, "products": self.complete.products} if self.complete else {}

    @cached_property
    def found(self) -> Cronbach:
        """Alpha of the complete cases, of whom there are some."""
        return cronbach(**self.sums, level=1 - self.alpha)

    @property
    def alike(self) -> list[str]:
        """The items to which all complete cases gave one answer."""
        return [self.asked[place] for place in self.found.constant]

    @cached_property
    def items(self) -> dict[str, ItemRest]:
        """Each item that was answered, against the others."""
        return dict(zip(self.asked, item_rest(**self.sums), strict=True)) if self.complete else {}

    @cached_property
    def few(self) -> str:
        """Why nothing at all can be said; empty where something can."""
        if not self.complete:
            return say("row.no_valid") if any(self.answers(item) for item in self.battery.items) else say("row.not_asked", wave=self.wave)
        if self.complete.n == 1:
            return say("row.one_person")
        if self.complete.n:
            return ""
        unanswered = [f"`{item}`" for item in self.asked if not self.tally.counts[item, self.wave].n]
        return say("row.nobody_complete_items", items=listing(unanswered)) if unanswered else say("row.nobody_complete")


def _scale_row(case: _Case) -> dict[str, Any]:
    row: dict[str, Any] = {"battery": case.battery.name, "wave": case.wave}
    if not case.complete:
        return row | {"note": case.few}
    row |= {"n": case.complete.n, "items": len(case.asked)}
    notes = _left_out(case)
    if case.few:
        return row | {"note": joined([*notes, case.few])}
    found, omega = case.found, omega_total(**case.sums)
    row |= {"alpha": found.alpha, "alpha_low": found.alpha_low, "alpha_high": found.alpha_high, "omega": omega.omega, "mean_r": found.mean_r}
    return row | {"note": joined([*notes, *_without(case, omega.note), *_against(case)])}


def _left_out(case: _Case) -> list[str]:
    """Says so where the wave has not all items."""
    asked, declared = len(case.asked), len(case.battery.items)
    return [say("row.made_of", asked=asked, declared=declared, wave=case.wave)] if asked < declared else []


def _without(case: _Case, no_omega: str) -> Iterator[str]:
    """Why a figure of a battery is null; items without variance by name."""
    found = case.found
    if case.alike and len(case.asked) > 1:
        alike = listing([f"`{item}`" for item in case.alike])
        yield say("row.alike_items", items=alike) if found.alpha is not None else f"{say('row.one_answer_to', items=alike)}; {found.note}"
    else:
        yield found.note
        yield say("row.no_omega", why=no_omega) if no_omega else ""


def _against(case: _Case) -> list[str]:
    """Names the items that run against the others."""
    words = {item.id: f"“{text.shortened(item_text(item))}”" for item in case.battery.items}
    negative = [words[name] for name, item in case.items.items() if item.item_rest is not None and item.item_rest < 0]
    return [say("row.negative_rest_of", items=listing(negative))] if negative else []


def _item_row(case: _Case, item: Item) -> dict[str, Any]:
    row: dict[str, Any] = {"battery": case.battery.name, "item": item.id, "text": item_text(item), "wave": case.wave}
    answers = case.answers(item)
    if answers is None:
        return row | {"note": say("row.not_asked", wave=case.wave)}
    row |= {"n": answers.n, "missing": answers.missing}
    labelled, own = case.battery.scale.labelled, case.items.get(item.id)
    if answers.n and labelled:
        row |= {"floor": answers.levels[0] / answers.n, "ceiling": answers.levels[-1] / answers.n}
    notes = [say("row.reversed")] if item.reverse else []
    notes += [say("row.no_valid")] if not answers.n else [] if labelled else [say("row.unknown_ends")]
    if own is not None and not case.few:
        row |= {"item_rest": own.item_rest, "alpha_if_dropped": own.alpha_if_dropped}
        notes += _item_reasons(case, item, own)
    elif answers.n:
        notes.append(case.few)
    return row | {"note": joined(notes)}


def _item_reasons(case: _Case, item: Item, own: ItemRest) -> Iterator[str]:
    """Why a figure of an item is null; and what a negative one suggests."""
    alike = len(case.asked) > 1 and item.id in case.alike
    yield say("row.one_answer_here") if alike else own.note
    if len(case.asked) == 2:
        yield say("row.no_alpha_one")
    elif alike and own.alpha_if_dropped is None:
        yield say("row.no_alpha_sum")
    if own.item_rest is None or own.item_rest >= 0:
        return
    if item.reverse:
        yield say("row.negative_reversed")
    else:
        yield say("row.negative_rest", declare=declare_reversed(case.battery))


def _scale_notes(tally: Tally, waves: Sequence[str]) -> tuple[str, ...]:
    return returned_note(tally, waves, say("note.n_complete")), say("note.alpha_means")


def _item_notes(cases: Sequence[_Case], waves: Sequence[str]) -> tuple[str, ...]:
    complete = []
    for wave in waves:
        people = [
            say("note.n_of_battery", n=case.complete.n, battery=text.shortened(case.battery.name, 40)) for case in cases if case.wave == wave and case.complete
        ]
        complete += [say("note.n_in_wave", wave=wave, people=listing(people))] if people else []
    counted = f" ({'; '.join(complete)})" if complete else ""
    notes = [f"{say('note.n_answers')} {say('note.item_rest', counted=counted)}"]
    if any(map(_against, cases)):
        notes.append(say("note.negative_rest"))
    return tuple(notes)
