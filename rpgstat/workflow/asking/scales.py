"""Asks about scales: which of several one is, which way numbers run, and the order of answers that nobody knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from rpgstat.infer.wordings import core
from rpgstat.study import Battery, Scale, normalise
from rpgstat.study.questions import Question
from rpgstat.text import listing, plural, shortened
from rpgstat.workflow.asking.prompts import Choice, Said, Walk, Words, confirm, in_order
from rpgstat.workflow.drafting import Draft

_ROOM = 36  # characters of an option, so that it stands on one line with its question
_MOST = 6  # scales on offer for one
_MOST_LEVELS = 11  # of a scale, as in a study file
_ANOTHER = "Another: I write its levels"
Levels = tuple[str, ...]


def ask_scales(draft: Draft) -> Walk[Draft]:
    """The draft with every scale settled, and with the batteries that got an order."""
    for scale in _scales(draft.study.batteries):
        settled = yield from _settled(scale, _of(draft.study.batteries, scale))
        changed = tuple(replace(battery, scale=settled) if battery.scale == scale else battery for battery in draft.study.batteries)
        remarks = replace(draft.remarks, scales={**draft.remarks.scales, scale.name: "As you said."}) if settled != scale or scale.choices else draft.remarks
        draft = replace(draft, study=replace(draft.study, batteries=changed), remarks=remarks)
    for scale in _scales(draft.unordered):
        ordered = yield from _ordered(scale, _of(draft.unordered, scale))
        draft = _taken_up(draft, scale, ordered) if ordered else draft
    return draft


def _scales(batteries: Sequence[Battery]) -> list[Scale]:
    return list({battery.scale.name: battery.scale for battery in batteries}.values())


def _of(batteries: Sequence[Battery], scale: Scale) -> str:
    """The batteries on a scale, and one of their statements."""
    own = [battery for battery in batteries if battery.scale == scale]
    names = [f"`{shortened(battery.name)}`" for battery in own[:3]]
    more = f" and {len(own) - 3} more" if len(own) > 3 else ""
    return f"{', '.join(names)}{more}, such as: {shortened(own[0].items[0].text, 100)}"


def _settled(scale: Scale, where: str) -> Walk[Scale]:
    if not scale.labelled:
        return (yield from _numbers(scale, where))
    if len(scale.choices) < 2:
        yield Said(f"{where}\nScale: {' < '.join(scale.levels)}")
        return scale
    levels = yield from _chosen(scale.choices, f"{where}\nNobody declared the scale, and the answers fit several.", "Which answers could people choose from?")
    return _with(scale, levels) if levels else scale


def _chosen(choices: Sequence[Levels], about: str, ask: str, leave: str = "") -> Walk[Levels]:
    """One of several scales, or none where they may `leave` it."""
    shown = list(choices[:_MOST])
    listed = "\n".join(f"{at}. {' < '.join(levels)}" for at, levels in enumerate(shown, 1))
    options = (*(f"{n}. {_short(levels)}" for n, levels in enumerate(shown, 1)), _ANOTHER, *([leave] if leave else []))
    at = yield Choice(ask, options, about=f"{about}\n{listed}")
    if at == len(shown):
        typed = yield Words("Its levels, lowest first, with < between them:", " < ".join(shown[0]), _levels_check(shown))
        return _levels(typed)
    return shown[at] if at < len(shown) else ()


def _levels(typed: str) -> Levels:
    return tuple(" ".join(level.split()) for level in typed.split("<"))


def _levels_check(choices: Sequence[Levels]) -> Callable[[str], str]:
    """What is wrong with levels that somebody wrote: those that all `choices` have were chosen by people, and so have to be there."""
    needed = set.intersection(*(set(map(core, levels)) for levels in choices))

    def check(typed: str) -> str:
        cores = list(map(core, _levels(typed)))
        if not 2 <= len(cores) <= _MOST_LEVELS or "" in cores or len(set(cores)) < len(cores):
            return "Write 2 to 11 different levels with < between them."
        missing = [level for level in choices[0] if core(level) in needed and core(level) not in cores]
        return f"People chose `{shortened(missing[0])}` too." if missing else ""

    return check


def _short(levels: Levels) -> str:
    whole = " < ".join(levels)
    ends = f"{plural(len(levels), 'level')}, {shortened(levels[0], 22)} to {shortened(levels[-1], 22)}"
    return whole if len(whole) <= _ROOM else ends


def _with(scale: Scale, levels: Levels) -> Scale:
    """The scale on these levels, scored 1 to k; other wordings stay where their level does."""
    known = {normalise(level): level for level in levels}
    cores = {core(level): level for level in levels}
    meant = {**dict(zip(scale.levels, scale.levels, strict=True)), **scale.aliases}  # wording -> the level that it stood for
    found = {word: cores.get(core(word)) or cores.get(core(level)) for word, level in meant.items() if normalise(word) not in known}
    aliases = {word: level for word, level in found.items() if level is not None}
    off = tuple(word for word in scale.not_applicable if normalise(word) not in known)
    return replace(scale, levels=levels, scores=tuple(Fraction(at) for at in range(1, len(levels) + 1)), aliases=aliases, not_applicable=off, choices=())


def _numbers(scale: Scale, where: str) -> Walk[Scale]:
    codes = [word for word in scale.not_applicable if normalise(word).isdecimal()]
    if codes:
        about = f"{where}\nThe answers are numbers, {scale.levels[0]} to {scale.levels[-1]}, and {listing(codes)}."
        if not (yield from confirm(f"Does {listing(codes, 'or')} stand for no opinion, such as not applicable?", about=about)):
            numbers = range(int(min(scale.levels, key=int)), max(map(int, codes)) + 1)
            off = tuple(word for word in scale.not_applicable if word not in codes)
            scale = replace(scale, levels=tuple(map(str, numbers)), scores=tuple(map(Fraction, numbers)), not_applicable=off)
    options = ("I do not know: show means only", "A higher number means more, or better", "A lower number means more, or better")
    about = f"{where}\nThe answers are the numbers {scale.levels[0]} to {scale.levels[-1]}, and the export does not say what they mean."
    said = yield Choice("Which way do the numbers run?", options, about=about)
    if said == 1:
        return replace(scale, labelled=True)
    return _turned(scale) if said == 2 else scale


def _turned(scale: Scale) -> Scale:
    """The scale of numbers from the highest, which means least, to the lowest."""
    codes = scale.levels[::-1]
    labels = (f"{codes[0]} (least)", *codes[1:-1], f"{codes[-1]} (most)")
    return replace(scale, levels=labels, codes=codes, scores=tuple(Fraction(at) for at in range(1, len(codes) + 1)), labelled=True)


def _ordered(scale: Scale, where: str) -> Walk[Scale | None]:
    """The scale in an order; None where it is left out."""
    leave = "None: leave these statements to topline, which counts answers"
    if len(scale.choices) > 1:
        levels = yield from _chosen(scale.choices, f"{where}\nThe answers fit several scales.", "Which answers could people choose from?", leave)
        return _with(scale, levels) if levels else None
    about = f"{where}\nThe answers are: {listing(scale.levels)}."
    if not scale.labelled:
        return scale if (yield from confirm("Are these numbers a scale, from less to more?", about=about, no=leave, likely=False)) else None
    options = (leave, f"Yes: {_short(scale.levels)}", f"Yes: {_short(scale.levels[::-1])}", "Yes, in another order")
    said = yield Choice("Are these answers a scale, from less to more?", options, about=about)
    if said == 0:
        return None
    if said == 3:
        order = yield from in_order(scale.levels, "Which is the lowest?", "Which comes next?")
        return _with(scale, tuple(scale.levels[at] for at in order))
    return _with(scale, scale.levels if said == 1 else scale.levels[::-1])


def _taken_up(draft: Draft, scale: Scale, ordered: Scale) -> Draft:
    """The draft in which the batteries on a scale that got an order are no longer questions."""
    new = tuple(replace(battery, scale=ordered) for battery in draft.unordered if battery.scale == scale)
    used = {normalise(text) for battery in new for item in battery.items for text in item.lookups}

    def stays(question: Question) -> bool:
        return not used & set(map(normalise, (*question.lookups, question.text)))

    study = replace(draft.study, batteries=(*draft.study.batteries, *new), questions=tuple(filter(stays, draft.study.questions)))
    remarks = replace(draft.remarks, scales={**draft.remarks.scales, ordered.name: "In the order that you gave."})
    return replace(draft, study=study, unordered=tuple(battery for battery in draft.unordered if battery.scale != scale), remarks=remarks)
