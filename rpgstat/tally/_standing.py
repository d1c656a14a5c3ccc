"""Which rows of a file are respondents, by what its platform marks and the study declares; the others are left out and counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rpgstat.errors import UserError
from rpgstat.study import Source, Standing, Study, Survey, normalise
from rpgstat.study.toml import quoted
from rpgstat.tally import engine
from rpgstat.tally.engine import Sign
from rpgstat.text import listing, plural

_LEFT_OUT: dict[Standing, tuple[str, str]] = {
    "preview": ("preview", "previews"),
    "test": ("test", "tests"),
    "spam": ("row marked as spam", "rows marked as spam"),
    "screened": ("person screened out", "people screened out"),
    "declined": ("person who declined consent", "people who declined consent"),
    "repeat": ("row of a repeating form", "rows of repeating forms"),
    "footer": ("row of notes below the answers", "rows of notes below the answers"),
    "other": ("row that `keep` of the study leaves out", "rows that `keep` of the study leaves out"),
}
"""What is no respondent, in the order in which a row that is several of these is counted, and what one and several are called."""

_UNFINISHED = ("unfinished questionnaire, as the study says", "unfinished questionnaires, as the study says")

Keep = Mapping[str, Mapping[str, Sequence[str]]]


def standing(source: Source, study: Study | None = None) -> tuple[Source, tuple[str, ...]]:
    """The source with its respondents only, knowing which of them did not finish, and a sentence for whatever was left out.

    `keep` of a wave decides alone about its column, whatever that marks otherwise. Raises UserError when nobody is left.
    """
    survey, found = source.survey, _signs(source, study)
    if not found:
        return source, ()
    out: list[Standing] = [*_LEFT_OUT, *(["unfinished"] if study and study.drop_unfinished else [])]  # type: ignore[list-item]
    signs = {kind: found[kind] for kind in (*out, *(kind for kind in found if kind not in out)) if kind in found}
    people = engine.people_of(survey, signs)
    gone = [kind for kind in out if kind in people]
    if len(gone) == len(people):
        raise UserError(f"{survey.name}: nobody is left: {_numbers(people, gone)}", _MEND if "other" in gone else _mend(survey, found, gone))
    left = engine.left(survey, signs, gone) if gone else survey
    unfinished = engine.any_of(signs["unfinished"]) if "unfinished" in signs and "unfinished" not in out else None
    told = {kind: n for kind, n in people.items() if kind}
    return replace(source, survey=left, unfinished=unfinished, standings=told), tuple(_told(survey.name, people, gone))


def standings(source: Source, study: Study | None = None) -> dict[str, int]:
    """How many rows are not simply respondents', by what they are: those that `standing` counts."""
    found = _signs(source, study)
    signs = {kind: found[kind] for kind in (*_LEFT_OUT, *(kind for kind in found if kind not in _LEFT_OUT)) if kind in found}
    return {kind: n for kind, n in engine.people_of(source.survey, signs).items() if kind} if signs else {}


def _signs(source: Source, study: Study | None) -> dict[Standing, list[Sign]]:
    """What tells that rows are not simply respondents', by what they are."""
    keep = {wave.name: wave.keep for wave in study.waves if wave.keep and wave.name in source.waves} if study else {}
    found: dict[Standing, list[Sign]] = {}
    for sign in (*_marked(source, keep), *_others(source, keep)):
        found.setdefault(sign.kind, []).append(sign)
    return found


_MEND = "correct the answers that `keep` names in the study file"


def _mend(survey: Survey, found: Mapping[Standing, Sequence[Sign]], gone: Sequence[Standing]) -> str:
    """What to do about a file in which nobody is a respondent: export it again, or say that these rows count."""
    sign = next(sign for kind in gone for sign in found[kind])
    text = next(mark.text for mark in survey.marks if mark.name == sign.column)
    cells = ", ".join(quoted(cell) for cell in sign.cells[:3])
    return f"export it again with its responses; if these rows are to count, say so under [[waves]] of a study file: keep = {{ {quoted(text)} = [{cells}] }}"


def _marked(source: Source, keep: Keep) -> Iterator[Sign]:
    """What each mark makes of rows."""
    named = {source.survey.require(column).name for columns in keep.values() for column in columns}
    marks = [mark for mark in source.survey.marks if mark.name not in named]
    cells = _distinct(source, [mark.name for mark in marks if not mark.blank_only])
    for mark in marks:
        if mark.blank_only:
            yield Sign("unfinished", mark.name, ("",))
            continue
        by: dict[Standing, list[str]] = {}
        for cell in cells[mark.name]:
            if said := mark.standing(normalise(cell)):
                by.setdefault(said, []).append(cell)
        yield from (Sign(said, mark.name, tuple(own)) for said, own in by.items())


def _others(source: Source, keep: Keep) -> Iterator[Sign]:
    """The rows of each wave whose answers are none of those that its `keep` names."""
    if not keep:
        return  # the wave column of a large file is not read through for nothing
    survey = source.survey
    waves = survey.require(source.wave_column).name if source.wave_column else None
    columns = {column: survey.require(column).name for own in keep.values() for column in own}
    cells = _distinct(source, [*columns.values(), *([waves] if waves else [])])

    def saying(name: str, words: Sequence[str]) -> tuple[str, ...]:
        wanted = set(map(normalise, words))
        return tuple(cell for cell in cells[name] if normalise(cell) in wanted)

    for wave, own in keep.items():
        for column, answers in own.items():
            within = (waves, saying(waves, [wave])) if waves else None
            yield Sign("other", columns[column], saying(columns[column], answers), others=True, within=within)


def _distinct(source: Source, names: Sequence[str]) -> dict[str, list[str]]:
    """All that the columns hold, "" for nothing."""
    return engine.distinct(source.survey, list(dict.fromkeys(names)))


def _told(file: str, people: Mapping[str, int], gone: Sequence[Standing]) -> Iterator[str]:
    if gone:
        yield f"{file}: left out, as no respondents: {_numbers(people, gone)}"
    if "imported" in people:
        yield f"{file}: {plural(people['imported'], 'row')} marked as imported; they count"


def _numbers(people: Mapping[str, int], gone: Sequence[Standing]) -> str:
    return listing([plural(people[kind], *_LEFT_OUT.get(kind, _UNFINISHED)) for kind in gone])
