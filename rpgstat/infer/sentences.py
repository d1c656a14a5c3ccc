"""What was assumed and what was left out, in plain sentences for the analyst; and the error when nothing could be inferred."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import islice

from rpgstat.errors import UserError
from rpgstat.infer.catalogue import is_off_scale
from rpgstat.infer.doubts import Part, questions
from rpgstat.infer.layout import Block, Line, Row
from rpgstat.infer.readings import Reading, near_miss
from rpgstat.infer.shared import shared_answers
from rpgstat.record import record
from rpgstat.study import Battery, is_heading, normalise, persons
from rpgstat.text import listing, plural, short, shortened

_DECLARE = "`rpgstat init FILE... -o study.toml`"
TO_ORDER = "nothing can be scored until these answers are put in order in the study file, lowest first"
_ELSEWHERE = "a column of this heading does not go with its scale in every wave"
_SECOND_HEADER = "a heading: delete the second header row from the export, or name the platform that wrote it with --platform"
_ONE_HEADER = "what seems a heading: leave one header row in the export, that of the statements, or name the platform that wrote it with --platform"

_MOST_LINES = 12


@record
class Lost:
    """A statement that no text finds, with the block it stood in; `repeated` when one export has its heading several times."""

    block: Block
    line: Line
    repeated: bool


def assumptions(
    parts: Sequence[Part],
    lost: Sequence[Lost],
    rest: Sequence[Row],
    names: Sequence[str],
    doubtful: Sequence[Row],
    drifted: Sequence[str] = (),
    *,
    in_draft: bool = False,
) -> list[str]:
    """The assumptions: per battery, then the answers off the scale, then what was left out. Where they are many, each kind is summed up.

    `rest` are columns that belong to no battery, `doubtful` those on two levels beside one on more; `drifted` tells of statements worded
    differently in different waves. With `in_draft` what a draft says beside its batteries and scales is left out.
    """
    return _summed_up(
        {
            "more batteries": [] if in_draft else [_described(battery) for battery, _, _ in parts],
            "more scales that are not certain": [] if in_draft else questions(parts),
            "more remarks on these": [*(line for part in parts for line in _doubts(part[0], part[2])), *([] if in_draft else drifted)],
            "more answers that are on no scale": list(_mistaken(parts)),
            "more answers read as another or as not applicable": [*_other_wordings(parts), *_off_scale(parts)],
            "more left out": [*_doubtful(doubtful), *_left_out(parts, lost, rest, names)],
        }
    )


def _summed_up(kinds: Mapping[str, Sequence[str]]) -> list[str]:
    """All lines if they are few, else as many of each kind as there is room for, and how many more there are."""
    shown = dict.fromkeys(kinds, 0)

    def needed(shown: Mapping[str, int]) -> int:
        return sum(number + (number < len(kinds[kind])) for kind, number in shown.items())

    def longer() -> Iterator[dict[str, int]]:
        return (shown | {kind: shown[kind] + 1} for kind in sorted(shown, key=shown.__getitem__) if shown[kind] < len(kinds[kind]))

    while found := next((one for one in longer() if needed(one) <= _MOST_LINES), None):
        shown = found
    more = {kind: [f"and {len(lines) - shown[kind]} {kind}"] if len(lines) > shown[kind] else [] for kind, lines in kinds.items()}
    return [line for kind, lines in kinds.items() for line in (*lines[: shown[kind]], *more[kind])]


def _described(battery: Battery) -> str:
    count = f"{len(battery.items)} item{'s' if len(battery.items) != 1 else ''}"
    ends = f"{short(float(battery.scale.low))} to {short(float(battery.scale.high))}"
    return f"battery {_quote(battery.name)}: {count} on {_order(battery.scale.levels)} (scored {ends})"


def nothing_known(files: Sequence[str], rest: Sequence[Row]) -> Iterator[str]:
    """For exports without any question whose scale can be known: that this is so, then the answers that look like a scale."""
    yield (
        f"{', '.join(map(_quote, files))}: no question is on a known answer scale (such as Strongly disagree ... Strongly agree), "
        "and no block of questions is answered in whole numbers from 0 to 10"
    )
    yield from _unknown_scales(rest)


def refusal(files: Sequence[str], rest: Sequence[Row], *, can_draft: bool) -> UserError:
    """The error that says `nothing_known`; its hint names `rpgstat init` only where that has something to draft."""
    draft = f"{_DECLARE} writes these answers down; put them in order there, lowest first, then run again"
    by_hand = (
        'give their answers, lowest first: --scale "A < B < C"; or write a study file that lists them (`rpgstat demo` writes one to start from); '
        "`rpgstat topline` counts questions of other kinds, such as yes and no"
    )
    return UserError("\n  ".join(nothing_known(files, rest)), draft if can_draft else by_hand)


def _doubts(battery: Battery, reading: Reading) -> Iterator[str]:
    """What was assumed about bare numbers and about numbers in labels."""
    if not reading.labelled:
        yield (
            f"{_quote(battery.name)}: nobody labelled these numbers, so the lowest and highest seen are taken as the ends, a higher number as more, "
            "and shares of agreement need a declared scale"
        )
    if reading.reversed:
        yield f"{_quote(battery.name)}: the numbers run against their labels, so `{battery.scale.levels[-1]}` has the highest score"
    yield from _numbers(battery, reading)


def _numbers(battery: Battery, reading: Reading) -> Iterator[str]:
    """What became of the numbers in the labels, where their scores could be other numbers."""
    name, scores = _quote(battery.name), [short(float(score)) for score in battery.scale.scores]
    unseen = [at for at in range(len(reading.levels)) if at not in reading.positions.values()]
    if reading.numbers == "ends" and not reading.reversed:
        yield f"{name}: numbers between labelled ends, taken in numeric order"
    elif reading.numbers == "scores" and unseen:
        numbers = scores[::-1] if reading.reversed else scores
        taken = ", ".join(f"{numbers[at]}, taken as {_quote(reading.levels[at])}" for at in unseen)
        yield f"{name}: scored by the numbers in its labels; nobody chose {taken}"
    elif reading.numbers == "seen":
        yield f"{name}: scored by the numbers in its labels, {', '.join(scores)}; no level is taken between them"
    elif reading.numbers == "unused":
        yield f"{name}: the numbers in its labels do not follow their words and are not used"


def _other_wordings(parts: Sequence[Part]) -> Iterator[str]:
    """Different labels taken for one level, once a scale."""
    for scale in {battery.scale.name: battery.scale for battery, _, _ in parts}.values():
        for wording, level in scale.aliases.items():
            yield f"read {_quote(wording)} as {_quote(level)}"


def _off_scale(parts: Sequence[Part]) -> Iterator[str]:
    """Answers that someone gave, without how many: the first rows of a long file do not tell."""
    rows = [(row, reading) for _, block, reading in parts for row in block.rows]
    given = (" ".join(answer.split()) for row, reading in rows for answer, people in row.seen.items() if people and normalise(answer) in reading.off)
    yield from (f"read {_quote(answer)} as not applicable" for answer in dict.fromkeys(given))


def _mistaken(parts: Sequence[Part]) -> Iterator[str]:
    """Answers of an item that its scale does not know: the counting refuses them."""
    for _, block, _ in parts:
        for row in block.rows:
            answers = [answer for answer in row.seen if answer in row.strange]
            if answers:
                wrong = f"{_shown(row, answers)} {'is' if len(answers) == 1 else 'are'} not on the scale of its battery"
                mend = _SECOND_HEADER if all(_is_heading(row, answer) for answer in answers) else "correct it in the export, or declare it in the study file"
                yield f"{_quote(row.text)}: {wrong}: {mend}"


def _is_heading(row: Row, answer: str) -> bool:
    """Whether an answer that one person gave is a heading; "Other (please specify)", which platforms write as one too, may have been chosen by many."""
    return row.seen[answer] <= 1 and is_heading(answer, row.text, row.column.text, row.column.label, row.column.stem)


def _doubtful(rows: Sequence[Row]) -> Iterator[str]:
    texts = list(dict.fromkeys(_quote(row.text) for row in rows))
    if texts:
        shown = listing(texts) if len(texts) < 4 else f"{', '.join(texts[:3])} and {len(texts) - 3} more"
        yield f"left out {shown}: only two answers, beside a battery on more; if it belongs there, add it in a study file ({_DECLARE})"


def _left_out(parts: Sequence[Part], lost: Sequence[Lost], rest: Sequence[Row], names: Sequence[str]) -> Iterator[str]:
    readings = {id(block): reading for _, block, reading in parts}
    gone = {normalise(one.line.text): readings.get(id(one.block)) for one in lost}
    kept = {normalise(line.text): reading for _, block, reading in parts for line in block.lines}
    explained = set()
    for row in rest:
        text, wave = normalise(row.text), f"`{names[row.wave]}`"
        reading = gone.get(text) or kept.get(text)
        if reading is not None and (strange := _strange(row, reading)):
            explained.add(text)
            yield f"left out {_quote(row.text)}{'' if text in gone else f' in {wave}'}: answers in {wave} are not on its scale: {strange}"
    for one in lost:
        if normalise(one.line.text) not in explained:
            yield f"left out {_quote(one.line.text)}: {'several columns have this heading' if one.repeated else _ELSEWHERE}"
    headings = {normalise(row.column.label) for row in rest}
    if headings:
        shown = ", ".join(dict.fromkeys(_quote(row.text) for row in rest[:5])) + (", ..." if len(headings) > 5 else "")
        yield f"left out {len(headings)} column{'s' if len(headings) != 1 else ''} that share{'s' if len(headings) == 1 else ''} no known scale: {shown}"
        yield from _unknown_scales([row for row in rest if normalise(row.text) not in explained])


def _strange(row: Row, reading: Reading) -> str:
    if row.is_open:
        return "its answers look like free text"
    answers = [answer for answer in row.seen if normalise(answer) not in reading.positions and not is_off_scale(answer)]
    return _shown(row, answers)


def _shown(row: Row, answers: Sequence[str]) -> str:
    """The answers of a row that may be shown, five at most; of others that there are some."""
    safe = list(persons.shown({answer: row.seen[answer] for answer in answers}, row.seen.keys() - set(answers)))
    return ", ".join(map(_quote, safe)) or f"{plural(len(answers), 'answer')}, not shown as they may tell of a person"


def _under_sections(strays: Sequence[tuple[Row, str]]) -> list[Row]:
    """Columns whose statement stands among the answers, below a heading that is no statement: each has an answer of its own, unlike the others, given once."""
    own = [(row, stray) for row, stray in strays if row.seen[stray] == 1 and " " in stray.strip() and not get_close_matches(stray, row.seen.keys() - {stray})]
    return [row for row, _ in own] if len({normalise(stray) for _, stray in own}) == len(own) > 1 else []


def _unknown_scales(rest: Sequence[Row]) -> Iterator[str]:
    """Up to three columns that one answer keeps off a known scale, and three sets of answers that several columns share, the most shared first."""
    strays = [(row, stray) for row in rest if not row.is_open and (stray := near_miss(row.seen)) is not None]
    under = {id(row) for row in _under_sections(strays)}
    headed = [row for row in rest if not row.is_open and (id(row) in under or any(_is_heading(row, answer) for answer in row.seen))]
    told = {id(row) for row in headed}
    if headed:
        more = f" and {len(headed) - 1} more column{'s' if len(headed) > 2 else ''}" if len(headed) > 1 else ""
        yield f"{_quote(headed[0].column.label)}{more}: among the answers stands {_ONE_HEADER if id(headed[0]) in under else _SECOND_HEADER}"
    near = ((row, stray) for row, stray in strays if id(row) not in told and persons.may_show(stray, row.seen[stray], row.seen.keys() - {stray}))
    for row, stray in islice(near, 3):
        yield f"{_quote(row.column.label)} is on a known scale but for {_quote(stray)}: mistyped?"
    for shared in shared_answers(rest)[:3]:
        others = len(shared.lines) - 1
        first, answers = shared.lines[0].rows[0].column.label, ", ".join(map(_quote, shared.answers))
        yield f"order unknown: {_quote(first)} and {others} more column{'s' if others != 1 else ''} hold {answers}"


def _order(levels: Sequence[str]) -> str:
    return " < ".join(shortened(level) for level in levels)


def _quote(text: str) -> str:
    return f"`{shortened(text)}`"
