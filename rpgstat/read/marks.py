"""Which columns a platform marks rows by: previews, tests, spam, unfinished questionnaires, declined consent, times of submission."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import polars as pl

from rpgstat.read.consent import asks_to_take_part, declining
from rpgstat.read.headers import words
from rpgstat.study import Column, Mark, Standing, is_blank, normalise


def _listed(words: str) -> tuple[str, ...]:
    return tuple(map(str.strip, words.split(",")))


# What the columns are headed.
_STATUS = _listed("status, response status, survey status, completion status, submission status, response type")
_CHANNEL = _listed("distribution channel, distributionchannel")
_FINISHED = _listed("finished, is finished, survey finished, response finished")
_COMPLETED = _listed(
    """completed, complete, is complete, survey complete, survey completed, response complete, beendet, abgeschlossen, terminé, finalizado, voltooid,
    concluído, ukończone"""
)
_MODE = _listed("mode, response mode, submission mode, survey mode, collection mode, entry mode")
_LIVE = _listed("live, production, normal, real, web, online, paper, phone, telephone, offline")
_IS_TEST = _listed("is test, is preview, is test response, is test data, test response, test mode, preview, is a test")
_PROGRESS = _listed("progress, percent complete, percentage complete, % complete, fortschritt, progression, progreso, voortgang")
_BLANK_IF_UNFINISHED = _listed(
    """submitdate, date submitted, submit date, submission date, submitted, time submitted, submit date (utc), completion time, completion date,
    completiondate, fertigstellungszeit, heure de fin, hora de finalización, hora de conclusão, tijd van voltooien, ora di completamento"""
)
_SUBMITTED = (
    *_BLANK_IF_UNFINISHED,
    *_listed(
        """recorded date, recordeddate, submission time, end date, enddate, end time, endtime, date modified, datestamp, timestamp, time stamp,
        zeitstempel, horodateur, marca temporal, tijdstempel, carimbo de data/hora, sygnatura czasowa"""
    ),
)
_QUALTRICS = frozenset(_listed("start date, recorded date, response id, finished, progress, distribution channel, user language"))
_KNOWN = frozenset((*_STATUS, *_CHANNEL, *_FINISHED, *_COMPLETED, *_PROGRESS, *_BLANK_IF_UNFINISHED, *_MODE, *_IS_TEST))

# The states of a response by their wording, in Qualtrics also in other languages than English; other words than these are somebody's answers.
_PREVIEW = re.compile(r"\bpreview|vorschau|aperçu|vista previa|voorbeeld|pré-visualização|visualização prévia|anteprima|podgląd|rhagolwg")
_SPAM = re.compile(r"\bspam\b")
_TEST = re.compile(r"(?:survey |umfrage-?)?tests?(?: data| response)?")
_SCREENED = _listed("disqualified, screened out, screenout, screen out, terminated, quota full, over quota, overquota, ineligible, deleted")
_PARTIAL = _listed("partial, partially complete, partially completed, incomplete, in progress, started, not completed, not complete, unfinished")
_IMPORTED = _listed("imported, import, importiert, importé, importado, geïmporteerd, importato, zaimportowane")
_SOUND = _listed(
    """ip address, ip-adresse, adresse ip, dirección ip, ip-adres, endereço ip, adres ip, indirizzo ip, cyfeiriad ip, complete, completed, finished,
    submitted, offline, offline response, ex, ex offline"""
)
_CODES: dict[str, Standing | None] = {  # of Qualtrics
    **dict.fromkeys(_listed("0, 16, 32, 48")),
    **dict.fromkeys(_listed("1, 17"), "preview"),
    **dict.fromkeys(_listed("8, 9, 12, 40"), "spam"),
    "2": "test",
    "4": "imported",
}
_TRUE = _listed("true, 1, wahr, vrai, verdadero, waar, verdadeiro, vero, prawda")
_FALSE = _listed("false, 0, falsch, faux, falso, onwaar, falsk, fałsz")
_YES, _NO = _listed("yes, y"), _listed("no, n")

_CONSENTS = re.compile(r"(?:yes,? )?i (?:(?:give my |freely )?consent|agree to (?:take part|participate))\b(?! to be (?:contacted|quoted)).*")
_FIRST = 10  # questions: where the one of consent stands
_WIDE = 10  # per cent; smaller numbers may be answers on a scale
_MOST = 20  # distinct answers of a question of consent


def marked(columns: Sequence[Column], sample: pl.DataFrame) -> tuple[tuple[Column, ...], tuple[Mark, ...]]:
    """The columns, those that mark rows no longer taken for answers, and what each marks. `sample` are the first rows."""
    company = {words(text) for column in columns for text in (column.text, column.variable)} & _QUALTRICS
    plain = [column for column in columns if column.kind in ("answer", "meta")]
    platforms = [mark for column in plain if not column.stem and (mark := _mark(column, company, sample))]
    metadata = {mark.name for mark in platforms}
    asked = [column for column in plain if column.kind == "answer" and column.name not in metadata]
    consents = [mark for at, column in enumerate(asked) if (mark := _consent(column, sample, first=at < _FIRST))]
    consents += [mark for column in columns if column.kind == "tick" and (mark := _ticked_consent(column, sample))]
    return tuple(replace(column, kind="meta") if column.name in metadata else column for column in columns), (*platforms, *consents)


def unlabelled_consents(columns: Iterable[Column], sample: pl.DataFrame) -> tuple[str, ...]:
    """A warning for each question of consent to take part whose answers are codes that nobody labelled: who declined is not known."""
    told = []
    for column in columns:
        if column.kind == "answer" and asks_to_take_part(normalise(column.label)) and not column.options:
            codes = sorted(_cells(column, sample), key=lambda cell: (len(cell), cell))
            if len(codes) > 1 and not set(codes) <= {"0", "1"} and all(code.isdecimal() and len(code) < 3 for code in codes):
                name = column.variable or column.text
                told.append(
                    f"`{name}` asks for consent to take part, and the export does not tell which of its codes, {', '.join(codes)}, declines: everyone counts; "
                    f'say in a study file, under [[waves]], keep = {{ "{name}" = ["{codes[0]}"] }}'
                )
    return tuple(told)


def submitted(columns: Iterable[Column]) -> tuple[str, ...]:
    """The columns that may say when a questionnaire was submitted, the likeliest first."""
    at = {name: place for place, name in enumerate(_SUBMITTED)}
    found = [(min(at[name] for name in names), column.name) for column in columns if column.kind == "meta" and (names := _names(column) & at.keys())]
    return tuple(name for _, name in sorted(found))


def _names(column: Column) -> set[str]:
    """What the column may be called: LimeSurvey writes `submitdate. Date submitted`."""
    texts = [column.text, *([column.text.partition(". ")[0]] if ". " in column.text else []), *([column.variable] if column.variable else [])]
    return set(map(words, texts))


def _mark(column: Column, company: set[str], sample: pl.DataFrame) -> Mark | None:
    names = _names(column)
    cells = _cells(column, sample) if names & _KNOWN else frozenset()
    if not cells:
        return None
    if names.intersection(_BLANK_IF_UNFINISHED) and all(re.search(r"\d", cell) for cell in cells):
        return Mark(column.name, column.text, lambda cell: None if cell else "unfinished", blank_only=True)
    standing = next(_standings(names, cells, company), None)
    return Mark(column.name, column.text, standing) if standing else None


def _cells(column: Column, sample: pl.DataFrame) -> frozenset[str]:
    """The normalised answers of a column, of free text a part."""
    return frozenset(normalise(cell) for cell in sample[column.name].drop_nulls().unique(maintain_order=True).head(200) if not is_blank(cell))


def _consent(column: Column, sample: pl.DataFrame, *, first: bool) -> Mark | None:
    question = normalise(column.label)
    cells = _cells(column, sample) if first or asks_to_take_part(question) else frozenset()
    if len(cells) > _MOST or not declining(question, cells):
        return None
    return Mark(column.name, column.text, lambda cell: "declined" if declining(question, cells | {cell}) & {cell} else None, metadata=False)


def _ticked_consent(column: Column, sample: pl.DataFrame) -> Mark | None:
    """A box that says "I consent" and that most people ticked: who left it blank declined."""
    if not _CONSENTS.fullmatch(normalise(column.text)) or 2 * sample[column.name].null_count() > sample.height:
        return None
    return Mark(column.name, column.text, lambda cell: None if cell else "declined", metadata=False)


def _standings(names: set[str], cells: frozenset[str], company: set[str]) -> Iterator[Callable[[str], Standing | None]]:
    """What the cells of a column say, where its header and its cells agree that it is a platform's. `company` are other headers of Qualtrics."""
    if names.intersection(_CHANNEL) or (names.intersection(_STATUS) and all(cell in _SOUND or _status(cell) for cell in cells)):
        yield _status
    if names.intersection(_STATUS) and cells <= _CODES.keys() and company - names:
        yield _CODES.get
    told: tuple[str, ...] = (*_TRUE, *_FALSE, *(_YES + _NO if names.intersection(_FINISHED) else ()))
    if names.intersection(_FINISHED + _COMPLETED) and cells.issubset(told):
        yield lambda cell: "unfinished" if cell in _FALSE + _NO else None
    if names.intersection(_MODE) and all(cell in _LIVE or _status(cell) in ("preview", "test") for cell in cells):
        yield _status
    if names.intersection(_IS_TEST) and cells.issubset(told + _listed("yes, y, no, n")):
        yield lambda cell: "test" if cell in _TRUE + _YES else None
    if names.intersection(_PROGRESS):
        shares = list(map(_percent, cells))
        if None not in shares and (company - names or max(share or 0 for share in shares) > _WIDE):
            yield lambda cell: "unfinished" if (_percent(cell) or 0) < 100 else None


def _status(cell: str) -> Standing | None:
    if _SPAM.search(cell):
        return "spam"
    if _PREVIEW.search(cell):
        return "preview"
    if _TEST.fullmatch(cell):
        return "test"
    if cell in _SCREENED:
        return "screened"
    if cell in _IMPORTED:
        return "imported"
    return "unfinished" if cell in _PARTIAL else None


def _percent(cell: str) -> float | None:
    try:
        number = float(cell.removesuffix("%").strip())
    except ValueError:
        return None
    return number if 0 <= number <= 100 else None
