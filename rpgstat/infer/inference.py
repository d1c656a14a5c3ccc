"""The study that a set of exports implies, with every assumption said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rpgstat.infer.blocks import find_blocks
from rpgstat.infer.doubts import Part, doubt, offered, offers, unsettled, unused
from rpgstat.infer.layout import Block, Line, Row
from rpgstat.infer.matching import Match, match_names, match_texts, told_apart, told_joined
from rpgstat.infer.origins import remarks_of
from rpgstat.infer.readings import Declared, Reading
from rpgstat.infer.sentences import TO_ORDER, Lost, assumptions, nothing_known, refusal
from rpgstat.infer.shared import shared_answers
from rpgstat.infer.stated import stated_scales
from rpgstat.infer.wordings import core
from rpgstat.record import record
from rpgstat.study import Battery, Item, Scale, Study, Survey, Wave, normalise, slug
from rpgstat.study.labels import INVISIBLE
from rpgstat.study.remarks import NO_REMARKS, Remarks


@record
class Inference:
    """A study and the plain sentences that say what was assumed in it.

    `drafts` are no part of the study: statements that share a few answers, on scales whose `levels` are still in no order. `matches` are the
    statements that were joined over waves though they are worded differently; `remarks` say where each thing came from, and `beside` are the
    assumptions that no remark tells.
    """

    study: Study
    assumptions: tuple[str, ...]
    drafts: tuple[Battery, ...] = ()
    matches: tuple[Match, ...] = ()
    remarks: Remarks = NO_REMARKS
    beside: tuple[str, ...] = ()


def infer(
    surveys: Sequence[Survey],
    answers: Sequence[Mapping[str, Mapping[str, int]]],
    names: Sequence[str],
    *,
    declared: Sequence[Declared] = (),
    drafts_will_do: bool = False,
    join_alike: bool = False,
) -> Inference:
    """Infers batteries, items and scales from one export per wave.

    `answers[i][column.name]` counts the answers of survey i as typed, without blanks; a first part of the rows will do.
    `names` are the waves' names, in order; `declared` are scales given for this run, which go before all known ones. Groups and reversed
    items are never inferred. Raises UserError when no question is on a scale whose order can be known, when the answers of a battery fit
    several scales and decide for none, and for a declared scale that no battery is on. With `drafts_will_do` such batteries are drafts, and
    a study without any battery is no error. With `join_alike` statements that are nearly worded alike are joined over the waves, for somebody
    to confirm; without it that is only told.
    """
    blocks, rest, doubtful = find_blocks(surveys, answers, (*declared, *stated_scales(surveys)))
    named = match_names(blocks, len(surveys))
    alike = match_texts(blocks, len(surveys), join=join_alike)
    drifted = [*told_joined(named), *(told_joined(alike) if join_alike else told_apart(alike))]
    lost = _address(blocks, surveys)
    rest += [row for block in blocks if block.read() is None for row in block.rows]  # a block that lost a statement may be too small to read
    blocks = [block for block in blocks if block.read()]
    files, drafts = [survey.name for survey in surveys], _drafts(rest, surveys)
    if not (blocks or drafts_will_do):
        raise unused(declared, ()) or refusal(files, rest, can_draft=bool(drafts))
    readings = _readings(blocks)
    blocks, readings, open_questions = _apart(blocks, readings)
    if (error := unused(declared, readings)) is not None:
        raise error
    if open_questions and not drafts_will_do:
        raise unsettled(_parts([block for block, _ in open_questions], [reading for _, reading in open_questions], names))
    drafts = [*open_questions, *drafts]
    parts = _parts([*blocks, *(block for block, _ in drafts)], [*readings, *(reading for _, reading in drafts)], names)
    batteries = tuple(battery for battery, _, _ in parts)
    known = assumptions(parts[: len(blocks)], lost, rest, names, doubtful, drifted)
    told = _told(parts, len(blocks), len(open_questions), known, files, rest)
    waves = tuple(Wave(name, file=file) for name, file in zip(names, files, strict=True))
    study = Study(waves, batteries[: len(blocks)])
    if not drafts_will_do:
        return Inference(study, tuple(told), batteries[len(blocks) :])
    matches = (*named, *(alike if join_alike else ()))
    beside = assumptions(parts[: len(blocks)], lost, rest, names, doubtful, drifted, in_draft=True) if blocks else told
    return Inference(study, tuple(told), batteries[len(blocks) :], matches, remarks_of(parts, names, matches), tuple(beside))


def _told(parts: Sequence[Part], sure: int, asked: int, known: Sequence[str], files: Sequence[str], rest: Sequence[Row]) -> list[str]:
    """What was assumed of the first `sure` parts, and what is asked of the `asked` parts behind them."""
    questions = [line.strip() for part in parts[sure : sure + asked] for line in offered(*part)]
    if sure:
        return [*known, *questions]
    return [*(questions or nothing_known(files, rest)), *([TO_ORDER] if len(parts) > sure else [])]


def _apart(blocks: Sequence[Block], readings: Sequence[Reading]) -> tuple[list[Block], list[Reading], list[tuple[Block, Reading]]]:
    """The blocks whose scale is settled with their readings, and those whose answers decide for none."""
    pairs = list(zip(blocks, readings, strict=True))
    settled = [pair for pair in pairs if pair[1].settled]
    return [block for block, _ in settled], [reading for _, reading in settled], [pair for pair in pairs if not pair[1].settled]


def _parts(blocks: Sequence[Block], readings: Sequence[Reading], names: Sequence[str]) -> list[Part]:
    """The batteries with their blocks and readings, and what is not certain about each."""
    found = zip(_batteries(blocks, readings), blocks, readings, strict=True)
    return [(replace(battery, doubt=doubt(block, replace(reading, levels=battery.scale.levels), names)), block, reading) for battery, block, reading in found]


def _drafts(rest: Sequence[Row], surveys: Sequence[Survey]) -> list[tuple[Block, Reading]]:
    """The blocks whose answers are in no known order, without the statements that nothing tells apart."""
    found = [(block, shared.reading) for shared in shared_answers(rest) for block in shared.blocks]
    _address((block for block, _ in found), surveys)
    return [(block, reading) for block, reading in found if block.lines]


def _batteries(blocks: Sequence[Block], readings: Sequence[Reading]) -> tuple[Battery, ...]:
    scales = _scales(readings, blocks)
    names: dict[str, int] = {}
    ids: dict[str, int] = {}
    return tuple(
        Battery(_unique(_name(block, reading), names, " ({})"), scales[reading.key], tuple(_item(line, ids) for line in block.lines))
        for block, reading in zip(blocks, readings, strict=True)
    )


def _readings(blocks: Sequence[Block]) -> list[Reading]:
    """One reading a block; where its own answers leave a choice, a scale that another block certainly uses goes first."""
    first = [block.read() for block in blocks]
    certain = dict.fromkeys(reading.key for reading in first if reading and reading.settled and (reading.certain or reading.whole))
    return [reading for block in blocks if (reading := block.read(prefer=certain))]


def _scales(readings: Sequence[Reading], blocks: Sequence[Block]) -> dict[tuple[object, ...], Scale]:
    """One scale for all blocks that share it, in the wording that most people saw."""
    rows: dict[tuple[object, ...], list[Row]] = {}
    positions: dict[tuple[object, ...], dict[str, int]] = {}
    for reading, block in zip(readings, blocks, strict=True):
        rows.setdefault(reading.key, []).extend(block.rows)
        positions.setdefault(reading.key, {}).update(reading.positions)
    taken: dict[str, int] = {}
    merged = {reading.key: replace(reading, positions=positions[reading.key]) for reading in readings}
    return {key: _scale(_unique(_scale_name(reading), taken, "_{}"), reading, rows[key]) for key, reading in merged.items()}


def _scale(name: str, reading: Reading, rows: Iterable[Row]) -> Scale:
    seen: Counter[str] = Counter()
    for row in rows:
        for answer in row.answers:
            seen[" ".join(answer.translate(INVISIBLE).split())] += row.seen[answer]
    wordings = sorted(seen, key=lambda answer: (-seen[answer], answer))
    at: dict[int, list[str]] = {}
    off: dict[str, str] = {}
    for wording in wordings:
        position = reading.positions.get(normalise(wording))
        if position is None:
            off.setdefault(normalise(wording), wording)
        elif normalise(wording) not in map(normalise, at.setdefault(position, [])):
            at[position].append(wording)
    levels = tuple(at[i][0] if i in at and reading.labelled else level for i, level in enumerate(reading.levels))
    aliases = {wording: levels[i] for i, found in sorted(at.items()) for wording in found[1:]}
    fitting = offers(reading, {normalise(wording): wording for wording in reversed(wordings)})
    uncertain = reading.labelled and reading.ordered and not reading.certain and (len(fitting) > 1 or not reading.settled)
    spelt = {core(level): level for level in levels}
    choices = tuple(dict.fromkeys(tuple(spelt.get(core(level), level) for level in other) for other, _ in fitting)) if uncertain else ()
    return Scale(name, levels, reading.scores, aliases, tuple(off.values()), family=reading.family, labelled=reading.labelled, choices=choices)


def _scale_name(reading: Reading) -> str:
    if not reading.ordered:
        return "answers"
    return reading.family or f"numbers_{min(reading.scores, default=1)}_to_{max(reading.scores, default=len(reading.levels))}"


def _name(block: Block, reading: Reading) -> str:
    if block.stem:
        return block.stem.rstrip(": ")
    if len(block.lines) == 1:
        return block.lines[0].text
    return reading.family.capitalize() or ("Numbers" if reading.ordered else "Answers")


def _item(line: Line, taken: dict[str, int]) -> Item:
    return Item(_unique(slug(line.text), taken, "_{}"), line.text, () if line.lookups == (line.text,) else line.lookups)


def _address(blocks: Iterable[Block], surveys: Sequence[Survey]) -> list[Lost]:
    """Gives each statement the texts that find exactly its columns; takes out, and returns, those whose columns nothing tells apart."""
    headings = [_headings(survey) for survey in surveys]
    lost = []
    for block in blocks:
        for line in block.lines:
            line.lookups = next((texts for texts in _texts(line) if _finds(texts, line, headings)), ())
        lost += [Lost(block, line, _repeated(line, headings)) for line in block.lines if not line.lookups]
        block.lines = [line for line in block.lines if line.lookups]
    return lost


def _repeated(line: Line, headings: Sequence[Mapping[str, set[str]]]) -> bool:
    """Whether one export has several columns under the full heading of the statement."""
    return any(len(known.get(normalise(row.column.label), ())) > 1 for row in line.rows for known in headings)


def _texts(line: Line) -> list[tuple[str, ...]]:
    """What may name a statement's columns, the simplest first."""
    named = [(row.column.text, row.column.label, row.column.variable if not row.column.placed else "") for row in line.rows]
    ways = [tuple(dict.fromkeys(texts)) for texts in zip(*named, strict=True)]
    return [(line.text,), *(way for way in ways if all(way))]


def _finds(texts: Iterable[str], line: Line, headings: Sequence[Mapping[str, set[str]]]) -> bool:
    own = {row.wave: {row.column.name} for row in line.rows}
    plain = [normalise(text) for text in texts]
    return all(set().union(*(known.get(text, set()) for text in plain)) == own.get(wave, set()) for wave, known in enumerate(headings))


def _headings(survey: Survey) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for column in survey.columns:
        for text in (column.text, column.label):
            found.setdefault(normalise(text), set()).add(column.name)
    variables = {normalise(column.variable): column.name for column in survey.columns if column.variable}
    return found | {variable: {name} for variable, name in variables.items() if variable not in found}


def _unique(name: str, taken: dict[str, int], pattern: str) -> str:
    """`name`, or `name` with the first number from 2 that is free; the result is then taken. `taken` keeps the last number tried for each name."""
    found, number = name, taken.get(name.casefold(), 1)
    while found.casefold() in taken:
        number += 1
        found = name + pattern.format(number)
    taken[name.casefold()] = number
    taken.setdefault(found.casefold(), 1)
    return found
