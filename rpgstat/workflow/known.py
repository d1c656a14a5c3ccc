"""All that is known of a study before any table is made of it, for a check: from the files to counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from rpgstat import tally
from rpgstat.infer.numbers import is_counted, read_numbers
from rpgstat.infer.readings import runs_down
from rpgstat.infer.spellings import aliases
from rpgstat.read.headers import words
from rpgstat.record import record
from rpgstat.stats.opposed import opposed
from rpgstat.study import Column, Source, Study, Survey, normalise, persons
from rpgstat.study.looked import File, Looked, Used
from rpgstat.tally import looks
from rpgstat.tally.engine.looks import Sheet
from rpgstat.tally.looks import Held, Times
from rpgstat.text.languages import language
from rpgstat.workflow.finish import digest
from rpgstat.workflow.headings import header_rows
from rpgstat.workflow.looking import Opened
from rpgstat.workflow.suggested import suggestions
from rpgstat.workflow.used import Placed, absent, dated_aside, placed, used, with_drift

_START = frozenset("start date, start time, startdate, starttime, started, time started, start, date started, start date (utc)".split(", "))
_SECONDS = frozenset(
    "duration (in seconds), duration in seconds, duration, time taken, total time, interviewtime, interview time, completion time (seconds)".split(", ")
)
_LANGUAGE = frozenset("user language, userlanguage, startlanguage, start language, language, survey language".split(", "))
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_ROUNDED = re.compile(r"\d[.,]\d+e\+\d+|\de\+\d+|#{3,}|\d{15}0+")
_AS_DATE = re.compile(rf"\d{{1,2}}-{_MONTH}|{_MONTH}-\d{{2}}")
_WHOLE = re.compile(r"-?\d{1,3}")
_MOST_CODES = 15  # different codes of a question; more are amounts
_MOST_DAMAGED = 0.02  # share of the ids that may look so by accident
_MISTYPED = 0.8  # resemblance from which one word may be another mistyped
_SPELT = 0.5  # share of the people whose answer others gave, of a column whose spellings are worth a word


@record
class Filed:
    """A file, what the study uses of it, and what it holds."""

    source: Source
    own: Placed
    seen: Held
    sheet: Sheet
    id: Column | None
    times: Times


def known(opened: Opened) -> Looked:
    """All that is known; but for what groups are withheld, which takes a plan."""
    files = [_filed(opened, source) for source in opened.sources]
    study = opened.study
    every = [one for file in files for one in used(opened, file.source, file.own, file.seen)]
    every += [one for file in files if opened.inferred for one in _empty(opened, file)]
    every += [one for source in opened.sources if opened.inferred for one in dated_aside(source)]
    every = with_drift(sorted(every, key=lambda one: _order(study, one)))
    waves = [(wave, file.sheet, at) for file in files for at, wave in enumerate(file.source.waves)]
    filled = [one for file in files for one in looks.filled_in(study, file.source, file.sheet)]
    filled.sort(key=lambda one: _place(study, one.wave))
    return Looked(
        study,
        opened.inferred,
        tuple(_file(opened, *one) for one in zip(files, opened.events, opened.answers or [{}] * len(files), strict=True)),
        tuple(every),
        tuple(absent(opened, [file.own for file in files])),
        opened.twice,
        tuple(filled),
        {wave: file.seen.people.get(wave, 0) for file in files for wave in file.source.waves},
        tuple(looks.same(waves)),
        against(study, [file.sheet for file in files]),
        {},
        spellings(opened, every),
        codes(study, every),
        tuple(_backwards(study) if not opened.inferred else ()),
    )


def _filed(opened: Opened, source: Source) -> Filed:
    own = placed(opened, source)
    seen = looks.held(source, own.names)
    id = _id(opened.study, source.survey)
    times = _times(source.survey)
    return Filed(source, own, seen, looks.sheet(opened.study, source, own.items, seen, id, times), id, times)


def _empty(opened: Opened, file: Filed) -> Iterator[Used]:
    """Columns in which nobody answered, between statements of the questionnaire: they were meant for some too."""
    items = {column.name for column in file.own.items.values()}
    columns = [column for column in file.source.survey.columns if column.kind == "answer"]
    seen = opened.answers[opened.sources.index(file.source)] if opened.answers else {}
    for before, column, after in zip(columns, columns[1:], columns[2:], strict=False):
        if {before.name, after.name} <= items and not seen.get(column.name):
            for wave in file.source.waves:
                yield Used("question", column.label, wave, file.source.survey.name, column, file.seen.people.get(wave, 0))


def _place(study: Study, wave: str) -> int:
    names = [one.name for one in study.waves]
    return names.index(wave) if wave in names else len(names)


def _order(study: Study, one: Used) -> tuple[int]:
    return (_place(study, one.wave),)


def _id(study: Study, survey: Survey) -> Column | None:
    """The column that tells who is who: the declared one, else the platform's own."""
    if study.id_column is not None:
        return next(iter(survey.named(study.id_column)), None)
    return next((column for column in survey.columns if column.kind == "id"), None)


def _times(survey: Survey) -> Times:
    found: dict[str, str] = {}
    for column in survey.columns:
        if column.kind in ("meta", "answer") and not column.stem:
            for called in {words(column.text), normalise(column.text), words(column.variable), words(column.text.partition(". ")[0])}:
                if called in _START:
                    found.setdefault("start", column.name)
                elif called in _SECONDS:
                    found.setdefault("seconds", column.name)
    return Times(found.get("start"), next(iter(survey.submitted), None), found.get("seconds"))


def _file(opened: Opened, file: Filed, events: Sequence[str], answers: tally.Answers) -> File:
    source, survey = file.source, file.source.survey
    damaged = tuple(column for column in survey.columns if column.damaged)
    if file.id is not None and file.id not in damaged and _is_damaged(source, file.id):
        damaged = (*damaged, file.id)
    repeated = looks.again(source, file.id) if file.id is not None and not damaged and not events else {}
    people = {wave: n for wave, (n, most) in repeated.items() if _are_people(opened.study, file, wave, n, most)}
    names = [name for name in dict.fromkeys(file.own.names) if name in {column.name for column in survey.columns}]
    submitted = list(survey.submitted[:1])
    columns = {column.name: column for column in survey.columns}
    return File(
        source,
        digest(survey),
        header_rows(survey),
        people,
        file.id,
        damaged,
        tuple(_unlabelled(opened, file, answers)),
        tuple(columns[name] for name in looks.ambiguous(source, submitted)),
        looks.invisible(source, names),
        _languages(source),
        tuple(events),
    )


def _are_people(study: Study, file: Filed, wave: str, again: int, most: int) -> bool:
    """Whether a column that only its header makes one of ids is one of people: what most rows repeat numbers something else, such as schools."""
    rows = file.seen.people.get(wave, 0)
    return study.id_column is not None or again <= rows / 3 or most <= 4


def _is_damaged(source: Source, id: Column) -> bool:
    ids = [cell for cell in looks.cells(source, id) if cell.strip()]
    rounded, dated = (sum(form.fullmatch(cell.strip().casefold()) is not None for cell in ids) for form in (_ROUNDED, _AS_DATE))
    return rounded > _MOST_DAMAGED * len(ids) or _MOST_DAMAGED * len(ids) < dated < len(ids)  # ids that are all of that form were meant so


def _unlabelled(opened: Opened, file: Filed, answers: tally.Answers) -> Iterator[Column]:
    """The columns of codes that the export has without labels, of which no battery is made: few whole numbers, which count nothing."""
    items = {column.name for column in file.own.items.values()}
    for column in file.source.survey.columns if opened.inferred else ():
        cells = [normalise(answer) for answer in answers.get(column.name, {})]
        coded = column.kind == "answer" and column.unlabelled and column.name not in items
        if coded and 0 < len(cells) <= _MOST_CODES and all(map(_WHOLE.fullmatch, cells)) and not is_counted(column.label) and not is_counted(column.variable):
            yield column


def _languages(source: Source) -> dict[str, int]:
    """The languages that people answered in, by a column that tells, else by the questions."""
    survey = source.survey
    for column in survey.columns:
        if {words(column.text), words(column.variable), words(column.text.partition(". ")[0])} & _LANGUAGE:
            met = Counter(cell.strip().casefold() for cell in looks.cells(source, column) if cell.strip())
            if met and all(len(cell) <= 12 for cell in met):
                return dict(met)
    told = language(text for column in survey.columns if column.kind not in ("id", "meta") for text in (column.text, column.stem))
    return {told: 1} if told else {}


def against(study: Study, sheets: Sequence[Sheet]) -> dict[str, tuple[str, ...]]:
    """By battery the statements that run against the others beyond chance, and of which nobody has said which way they are worded."""
    found = {}
    for battery in study.batteries:
        turned = frozenset(item.id for item in battery.items if item.reverse)
        parts = [part for sheet in sheets if (part := sheet.sums(battery.name, turned))[1]]
        names = parts[0][0] if parts else ()
        parts = [part for part in parts if part[0] == names]
        if len(names) < 3:
            continue
        totals = [[sum(values) for values in zip(*(part[at] for part in parts), strict=True)] for at in (2, 3, 4)]
        result = opposed(n=sum(part[1] for part in parts), sums=totals[0], squares=totals[1], with_total=totals[2])
        declared = {item.id: item.reverse for item in battery.items}
        places = result.against or ([place for place, r in enumerate(result.item_rest) if r is not None and r < 0] if result.opposed else ())
        unsettled = tuple(names[place] for place in places if declared[names[place]] is None)
        if unsettled:
            found[battery.name] = unsettled
    return found


def spellings(opened: Opened, every: Sequence[Used]) -> dict[tuple[str, str], Mapping[str, str]]:
    """By file and group the spellings that may mean a commoner one, of groups whose levels are not declared."""
    found: dict[tuple[str, str], Mapping[str, str]] = {}
    if opened.inferred:
        surveys = [source.survey for source in opened.sources]
        names = {text: survey.name for survey in reversed(surveys) for column in (*survey.columns, *survey.aside) for text in [column.label]}
        proposed = [(group.columns[0], _surely(group.aliases)) for group, _ in suggestions(surveys, opened.study.batteries)]
        return {(names[heading], heading): pairs for heading, pairs in proposed if pairs}
    for one in every:
        group = next((group for group in opened.study.groups if one.use == "group" and group.name == one.name), None)
        if group is None or group.bands or persons.repeats(one.answers) < _SPELT:
            continue
        aliased = {normalise(word) for word in (*group.aliases, *group.levels)}
        safe = {answer: n for answer, n in one.answers.items() if normalise(answer) not in aliased and persons.may_show(answer, n)}
        if pairs := _surely(aliases(_spelt(safe))):
            found.setdefault((one.file, one.name), pairs)
    return found


def _surely(pairs: Mapping[str, str]) -> dict[str, str]:
    """Those of the pairs whose words are each the other's mistyped or cut short, or that are initials: `West` is not `East`.

    >>> _surely({"Social wrker": "Social worker", "SW": "Social worker", "West Wales": "East Wales", "1M rows": "1K rows", "team mgr": "Team manager"})
    {'Social wrker': 'Social worker', 'SW': 'Social worker', 'team mgr': 'Team manager'}
    """

    def same(one: str, other: str) -> bool:
        short, long = sorted((one, other), key=len)
        letters = iter(long)
        cut = len(short) > 1 and short[0] == long[0] and not any(map(str.isdigit, one + other)) and all(letter in letters for letter in short)
        return one == other or cut or SequenceMatcher(None, one, other).ratio() >= _MISTYPED

    found = {}
    for short, long in pairs.items():
        words = normalise(short).split(), normalise(long).split()
        if (len(words[0]) == len(words[1]) and all(map(same, *words))) or (len(words[0]) == 1 < len(words[1])):
            found[short] = long
    return found


def _spelt(answers: Mapping[str, int]) -> dict[str, int]:
    """The answers by their normal form, in the commonest spelling."""
    people: Counter[str] = Counter()
    spelt: dict[str, str] = {}
    for answer, n in answers.items():
        people[spelt.setdefault(normalise(answer), " ".join(answer.split()))] += n
    return dict(people)


def codes(study: Study, every: Sequence[Used]) -> dict[str, dict[str, int]]:
    """By battery the numbers on or beside its scale that may mean not applicable; of scales of bare numbers."""
    found: dict[str, dict[str, int]] = {}
    for battery in study.batteries:
        own = [one.answers for one in every if one.battery is battery]
        levels = [normalise(level) for level in battery.scale.levels]
        if not all(level.lstrip("-").isdecimal() for level in levels):
            continue
        reading = read_numbers(own)
        declared = {*map(normalise, battery.scale.not_applicable), *levels} if not battery.doubt else set()
        asked = [code for code in (reading.asked if reading else ()) if code not in declared]
        if asked:
            found[battery.name] = {code: sum(n for answers in own for answer, n in answers.items() if normalise(answer) == code) for code in asked}
    return found


def _backwards(study: Study) -> Iterator[str]:
    """The declared scales whose first level is, by a known scale, above their last."""
    for battery in study.batteries:
        levels = battery.scale.levels
        if (
            battery.scale.labelled
            and not battery.scale.family
            and runs_down(normalise(levels[0]), normalise(levels[-1]))
            and not runs_down(normalise(levels[-1]), normalise(levels[0]))
        ):
            yield battery.scale.name
