"""What is not certain about the scale of a battery, in the words that stand beside every figure on it, and the scales on offer instead."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence

from rpgstat import text
from rpgstat.errors import UserError
from rpgstat.glossary.sentences import listing, say
from rpgstat.infer.layout import Block
from rpgstat.infer.readings import Declared, Reading, read_answers
from rpgstat.study import Battery, normalise
from rpgstat.study.toml import quoted
from rpgstat.text import count, plural, shortened

_MOST_OFFERS = 3  # scales offered for one battery
_MOST_BATTERIES = 3  # batteries that one error asks about

Part = tuple[Battery, Block, Reading]


def doubt(block: Block, reading: Reading, names: Sequence[str]) -> str:
    """The note for every row of a battery, or "" where its scale is certain or the answers show it whole and nothing longer fits."""
    told = [*_codes(block, reading), *([] if reading.certain or not reading.labelled else _levels(reading)), *_by_wave(block, reading, names)]
    return say("row.uncertain", doubt=say("doubt.and").join(told)) if told else ""


def _codes(block: Block, reading: Reading) -> list[str]:
    given = {code: sum(n for row in block.rows for answer, n in row.seen.items() if normalise(answer) == code) for code in reading.asked}
    return [say("doubt.code", n, code=code, n=count(n)) for code, n in given.items()]


def _levels(reading: Reading) -> list[str]:
    if reading.numbers == "seen":
        return [say("doubt.numbers")]
    told = [say("doubt.unused")] if reading.numbers == "unused" else []
    off = sorted(label for label in reading.off if any(label in scale.positions for scale in reading.others))
    told += [say("doubt.off", len(off), answers=_listed(off))] if off else []
    longer = [scale for scale in reading.others if len(scale.levels) > len(reading.levels)]
    if not reading.whole:
        return [*told, say("doubt.unseen", answers=_listed(reading.unseen))]
    if not longer:
        return told
    chosen = set(longer[0].positions.values())
    unseen = [level for at, level in enumerate(longer[0].levels) if at not in chosen]
    return [*told, say("doubt.unseen_longer", answers=_listed(unseen), scale=_order(longer[0].levels))]


def _by_wave(block: Block, reading: Reading, names: Sequence[str]) -> list[str]:
    """Waves whose answers are a shorter scale, seen whole: it may not have been the same question."""
    told = []
    for wave, name in enumerate(names if len(names) > 1 and reading.labelled and not reading.certain else []):
        given = frozenset(one for row in block.rows if row.wave == wave for one in row.given)
        own = read_answers(given) if given else None
        if own is not None and own.whole and own.distinct < reading.distinct:
            chosen = {reading.positions[label] for label in own.positions if label in reading.positions}
            missing = [level for at, level in enumerate(reading.levels) if at not in chosen]
            told.append(say("doubt.wave", wave=name, answers=_listed(missing)))
    return told


def questions(parts: Iterable[Part]) -> list[str]:
    """What is not certain about the scale of some batteries, and what to write to settle it; batteries of which the same is said share a line."""
    asked: dict[tuple[str, str], list[str]] = {}
    for battery, _, reading in parts:
        if battery.doubt:
            asked.setdefault((battery.doubt, _offers_of(reading, battery)), []).append(f"`{shortened(battery.name)}`")
    return [f"{_few(names)}, {doubt}; to settle it write {written}, or declare the scale in a study file" for (doubt, written), names in asked.items()]


def _few(names: Sequence[str]) -> str:
    return text.listing(names) if len(names) < 4 else f"{names[0]} and {len(names) - 1} more batteries"


def _offers_of(reading: Reading, battery: Battery) -> str:
    scale = battery.scale
    if reading.asked:
        off = scale.not_applicable
        with_code = sorted({*map(int, reading.levels), *map(int, reading.asked)})
        whole = list(map(str, range(with_code[0], with_code[-1] + 1))) if with_code[-1] - with_code[0] < 12 else []
        return " or ".join([as_option(scale.levels, off), *([as_option(whole)] if whole else [])])
    longer = [other for other in scale.choices if len(other) > len(scale.levels)][:1]
    return " or ".join(map(as_option, (scale.levels, *longer)))


def as_option(levels: Sequence[str], off: Sequence[str] = ()) -> str:
    """The levels as they are typed on a command line, ready to be copied.

    >>> as_option(["No", "Yes"], ["N/A"])
    '--scale "No < Yes | N/A"'
    """
    typed = " < ".join(levels) + (f" | {', '.join(off)}" if off else "")
    return f'--scale "{typed}"' if not set(typed) & set('"$`\\!') else f"--scale {shlex.quote(typed)}"


def unsettled(parts: Sequence[Part]) -> UserError:
    """The error for batteries whose answers fit several scales, or a longer one only in part: it offers what fits."""
    shown = parts[:_MOST_BATTERIES]
    lines = [line for part in shown for line in offered(*part, study_lines=len(shown) == 1)]
    more = [f"and {plural(len(parts) - _MOST_BATTERIES, 'more battery', 'more batteries')}"] if len(parts) > _MOST_BATTERIES else []
    hint = (
        "add the one that was asked to the command, or write its levels into a study file (`rpgstat init FILE... -o study.toml` drafts one); "
        'for another scale give its levels, lowest first: --scale "A < B < C"'
    )
    return UserError("\n  ".join([*lines, *more]), hint)


def offered(battery: Battery, block: Block, reading: Reading, *, study_lines: bool = False) -> list[str]:
    """The question which scale a battery is on, and under it the scales that fit, as they are typed."""
    found = offers(reading, {normalise(answer): " ".join(answer.split()) for row in block.rows for answer in row.seen})
    few = [*found[: _MOST_OFFERS - 1], found[-1]] if len(found) > _MOST_OFFERS else found  # the last are the chosen levels alone
    shown = [line for levels, off in few for line in (f"  {as_option(levels, off)}", *([f"    levels = [{', '.join(map(quoted, levels))}]"] * study_lines))]
    more = [f"  and {len(found) - len(few)} more"] if len(found) > len(few) else []
    chosen = [battery.scale.levels[at] for at in sorted(set(reading.positions.values()))]
    return [f"`{shortened(battery.name)}`: not certain which scale this is; its answers, {_listed(chosen)}, fit", *shown, *more]


def offers(reading: Reading, wordings: Mapping[str, str]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The levels of every scale that fits, the reading's own first, as people typed them where they did, with the answers that are levels of another only.

    Where nothing is settled the last are the levels that somebody chose, if all that fit have them in one order: they may be all there were.
    """
    ways = [(reading.levels, reading.positions), *((scale.levels, scale.positions) for scale in reading.others)]
    every = set().union(*(positions for _, positions in ways))
    found = [(_typed(levels, at, wordings), tuple(sorted(wordings.get(label, label) for label in every - at.keys()))) for levels, at in ways]
    chosen = [] if reading.settled else [(levels, ()) for levels in _chosen_only(reading, found[0][0])]
    return list(dict.fromkeys([*found, *chosen]))


def _typed(levels: Sequence[str], positions: Mapping[str, int], wordings: Mapping[str, str]) -> tuple[str, ...]:
    at = {position: wordings[label] for label, position in positions.items() if label in wordings}
    return tuple(at.get(place, level) for place, level in enumerate(levels))


def _chosen_only(reading: Reading, levels: tuple[str, ...]) -> list[tuple[str, ...]]:
    ranked = sorted(reading.positions, key=reading.positions.__getitem__)
    places = [[scale.positions.get(label, -1) for label in ranked] for scale in reading.others]
    chosen = tuple(level for at, level in enumerate(levels) if at in set(reading.positions.values()))
    return [chosen] if len(chosen) > 2 and all(own == sorted(own) for own in places) else []


def unused(declared: Sequence[Declared], readings: Iterable[Reading]) -> UserError | None:
    """The error for a scale given on the command line that no battery is on."""
    used = {tuple(map(normalise, reading.levels)) for reading in readings}
    missing = [scale for scale in declared if tuple(map(normalise, scale.levels)) not in used]
    if not missing:
        return None
    return UserError(
        f"--scale: no block of questions has all its answers on {_order(missing[0].levels)}",
        'type the levels as they stand in the export, every one of them, and answers off the scale after a bar: --scale "A < B < C | Can\'t say"',
    )


def _order(levels: Sequence[str]) -> str:
    return " < ".join(shortened(level) for level in levels)


def _listed(levels: Iterable[str]) -> str:
    return listing([f"`{shortened(level)}`" for level in levels])
