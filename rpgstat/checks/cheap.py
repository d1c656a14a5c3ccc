"""Checks that need no more than what every command has read: columns, ids, marks of the platform, numbers of people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rpgstat.checks.registry import Finding, at_column, check, heading
from rpgstat.glossary.sentences import listing, say, word
from rpgstat.study import normalise
from rpgstat.study.looked import Looked, Used
from rpgstat.text import count, shortened

_SEVERAL = 3  # statements of other waves that a file lacks, of which each is told by itself
_NO_RESPONDENTS = ("preview", "test", "spam")


@check("E103")
def absent(looked: Looked) -> Iterator[Finding]:
    """Something that the study names and that the file of a wave has no column for."""
    for wave in looked.study.waves:
        if looked.returned.get(wave.name) == 0:
            yield Finding("E103", say("where.wave", wave=wave.name), wave=wave.name, n=0, kind="_wave", places={"wave": wave.name})
    rest = list(looked.absent)
    for file in looked.files if looked.inferred else ():
        own = [one for one in rest if one.file == file.name]
        if len(own) > _SEVERAL:  # other questions were asked: a line for each would hide the rest
            rest = [one for one in rest if one not in own]
            names = listing([f"“{shortened(one.text, 60)}”" for one in own[:2]] + [say("where.more", len(own) - 2, n=len(own) - 2)])
            yield Finding("E103", file.name, wave=own[0].wave, kind="_several", number=len(own), places={"n": count(len(own)), "names": names})
    for one in rest:
        places = {"name": one.name, "text": shortened(one.text, 80), "wave": one.wave}
        kind = "" if one.use == "item" else f"_{one.use}"
        yield Finding("E103", one.file, one.name if one.use == "item" else None, one.wave, kind=kind, places=places)


@check("E105")
def damaged_ids(looked: Looked) -> Iterator[Finding]:
    """Ids that a spreadsheet has rounded or turned into dates."""
    for file in looked.files:
        for column in file.damaged:
            yield Finding("E105", at_column(file.name, column), places={"column": heading(column)})


@check("E106")
def repeated_ids(looked: Looked) -> Iterator[Finding]:
    """One id on several rows of a wave."""
    if looked.study.keep_duplicates:
        return
    for file in looked.files:
        for wave, rows in file.again.items():
            if file.ids is not None:
                yield Finding("E106", at_column(file.name, file.ids), wave=wave, n=rows, places={"n": count(rows), "wave": wave})


@check("E107")
def one_file_twice(looked: Looked) -> Iterator[Finding]:
    """Two files that are the same to the byte, or whose people and answers are."""
    told = set()
    for place, file in enumerate(looked.files):
        for other in looked.files[:place]:
            if other.sha256 == file.sha256 and not (other.source.retrospective or file.source.retrospective):
                told.add(frozenset((*other.source.waves, *file.source.waves)))
                yield Finding("E107", file.name, wave=file.source.waves[0], places={"file": file.name, "other": other.name})
    for one, other_wave in looked.same:
        if not any({one, other_wave} <= pair for pair in told):
            yield Finding("E107", say("where.wave", wave=other_wave), wave=other_wave, kind="_answers", places={"one": one, "other": other_wave})


@check("E108")
def more_than_invited(looked: Looked) -> Iterator[Finding]:
    """More people returned the questionnaire than were invited."""
    for wave in looked.study.waves:
        returned = looked.returned.get(wave.name)
        if wave.invited is not None and returned is not None and returned > wave.invited:
            places = {"wave": wave.name, "returned": count(returned), "invited": count(wave.invited)}
            yield Finding("E108", say("where.wave", wave=wave.name), wave=wave.name, n=returned, places=places)
    for used in looked.used:
        if used.use == "group":
            yield from _more_of_group(looked, used)


def _more_of_group(looked: Looked, used: Used) -> Iterator[Finding]:
    """Groups of which more returned than were invited; how many is not told, as it may be a small one."""
    group = next((group for group in looked.study.groups if group.name == used.name), None)
    if group is None:
        return
    invited = next((wave.invited_by.get(used.name, {}) for wave in looked.study.waves if wave.name == used.wave), {})
    meant = {normalise(word): normalise(label) for word, label in group.aliases.items()}
    returned: Counter[str] = Counter()
    for answer, n in used.answers.items():
        returned[meant.get(normalise(answer), normalise(answer))] += n
    for label, people in invited.items():
        if returned[normalise(label)] > people:
            where = say("where.grouping", name=used.name, wave=used.wave)
            yield Finding("E108", where, wave=used.wave, kind="_group", places={"group": shortened(label), "by": used.name})


@check("E110")
def several_rows_of_one(looked: Looked) -> Iterator[Finding]:
    """Rounds that stand in one file, a row for each, of which none is chosen: one person is then several."""
    for file in looked.files:
        if file.events:
            survey = file.source.survey
            column = survey.only(survey.events or file.source.pooled or "")
            where = at_column(file.name, column) if column else file.name
            rounds = listing([f"`{shortened(event)}`" for event in file.events[:4]])
            places = {"column": heading(column) if column else "", "rounds": rounds, "file": file.name}
            yield Finding("E110", where, wave=file.source.waves[0], number=len(file.events), places=places)


@check("E112")
def codes_without_labels(looked: Looked) -> Iterator[Finding]:
    """Codes of which nothing tells what they mean, and so which way they run."""
    for file in looked.files:
        if file.unlabelled:
            names = [heading(column) for column in file.unlabelled]
            columns = listing(names[:3]) if len(names) < 5 else f"{', '.join(names[:3])}, {say('where.more', len(names) - 3, n=len(names) - 3)}"
            yield Finding("E112", file.name, number=len(names), places={"columns": columns})
    for battery in looked.study.batteries if looked.inferred else ():
        if not battery.scale.labelled:
            levels = battery.scale.levels
            yield Finding("E112", f"`{shortened(battery.name)}`", kind="_numbers", places={"low": levels[0], "high": levels[-1]})


@check("W201")
def no_respondents(looked: Looked) -> Iterator[Finding]:
    """Previews, tests and spam, which are left out."""
    for file in looked.files:
        found = {kind: n for kind in _NO_RESPONDENTS if (n := file.source.standings.get(kind, 0))}
        if found:
            told = listing([word("standing_row", kind, n, n=count(n)) for kind, n in found.items()])
            yield Finding("W201", file.name, n=sum(found.values()), places={"rows": told})


@check("W202")
def unfinished(looked: Looked) -> Iterator[Finding]:
    """Questionnaires that were not finished, and count unless the study says otherwise."""
    for file in looked.files:
        n = file.source.standings.get("unfinished", 0)
        if n and not looked.study.drop_unfinished:
            yield Finding("W202", file.name, n=n, places={"n": count(n)})


@check("W207")
def uncertain_scale(looked: Looked) -> Iterator[Finding]:
    """Scales that nobody declared and that the answers do not settle."""
    for battery in looked.study.batteries:
        if battery.scale.choices or (battery.doubt and battery.scale.labelled):
            yield Finding("W207", f"`{shortened(battery.name)}`", places={"doubt": battery.doubt.removeprefix(say("row.uncertain", doubt=""))})
