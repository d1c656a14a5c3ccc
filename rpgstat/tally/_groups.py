"""Which group each person belongs to: the labels of a grouping over all files, and the code that a label gets in the counting pass."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from rpgstat.errors import UserError, did_you_mean
from rpgstat.study import Column, Group, Source, Survey, Tally, is_blank, normalise, together, without
from rpgstat.tally._answers import FREE_TEXT, UNKNOWN, Answers
from rpgstat.text import plural, shortened


@dataclass(frozen=True)
class Grouping:
    """A group of the study with its labels in order and, for each file, its column and the label of each answer seen there."""

    group: Group
    labels: tuple[str, ...]
    columns: tuple[Column | None, ...]
    answers: tuple[Mapping[str, int], ...]

    @property
    def not_stated(self) -> int:
        """The code of people without a label: the one after the last."""
        return len(self.labels)

    def code(self, source: int) -> pl.Expr:
        """The code of each row's label: its place in `labels`; UNKNOWN for an answer that has not been seen before."""
        column = self.columns[source]
        if column is None:
            return pl.lit(self.not_stated, pl.UInt8)
        code = pl.when(pl.col(column.name).is_null()).then(pl.lit(self.not_stated, pl.UInt8))
        for answer, place in self.answers[source].items():
            code = code.when(pl.col(column.name) == answer).then(pl.lit(place, pl.UInt8))  # type: ignore[assignment]  # each link has a type of its own
        return code.otherwise(pl.lit(UNKNOWN, pl.UInt8))

    def stated(self, source: int, rows: pl.DataFrame) -> list[str | None]:
        """Each row's label."""
        column = self.columns[source]
        if column is None:
            return [None] * rows.height
        return [None if cell is None else self.label(self.answers[source][cell]) for cell in rows[column.name]]

    def label(self, code: int) -> str | None:
        """The label of a code; None for not stated."""
        return self.labels[code] if code < len(self.labels) else None


def grouping(group: Group, sources: Sequence[Source], learn: Callable[[Survey, Sequence[str]], Answers]) -> Grouping:
    """The labels of `group` over all files, in declared order, else in natural alphabetical order.

    Labels match by normal form, and the commonest spelling is shown. Raises UserError for a column that looks like free text and
    for an answer that the declared levels do not know.
    """
    columns = tuple(_column(group, source.survey) for source in sources)
    seen = [dict(learn(source.survey, [c.name])[c.name]) if c else {} for source, c in zip(sources, columns, strict=True)]
    stated = [{answer: n for answer, n in answers.items() if not is_blank(answer)} for answers in seen]
    for source, column, answers in zip(sources, columns, stated, strict=True):
        if column is not None and len(answers) > FREE_TEXT:
            raise _free_text(group, source.survey, column)
    labels = group.levels or _undeclared(group, stated)
    places = {normalise(label): place for place, label in enumerate(labels)}
    places |= {normalise(word): places[normalise(label)] for word, label in group.aliases.items() if normalise(label) in places}
    for source, column, answers in zip(sources, columns, stated, strict=True):
        if column is not None:
            _refuse_unknown(group, source.survey, column, answers, places)
    codes = [{answer: places[normalise(answer)] if answer in own else len(labels) for answer in found} for found, own in zip(seen, stated, strict=True)]
    return Grouping(group, tuple(labels), columns, tuple(codes))


def _column(group: Group, survey: Survey) -> Column | None:
    column = next((found for text in group.columns if (found := survey.find(text)) is not None), None)
    if column is not None and column.kind == "id":
        where = f"{survey.name}: column `{shortened(column.label, 80)}` of group `{group.name}`"
        raise UserError(f"{where} identifies people", "name a column that many people share, such as their role")
    return column


def _undeclared(group: Group, stated: Sequence[Mapping[str, int]]) -> tuple[str, ...]:
    """Labels in natural order, each in its commonest spelling; an alias stands for the label that it names."""
    meant = {normalise(word): label for word, label in group.aliases.items()}
    spellings: dict[str, Counter[str]] = {}
    for answers in stated:
        for answer, n in answers.items():
            label = meant.get(normalise(answer))
            spellings.setdefault(normalise(label or answer), Counter())[label or answer] += n
    commonest = [min(found, key=lambda word: (-found[word], word)) for found in spellings.values()]
    return tuple(sorted(commonest, key=_natural))


def _natural(label: str) -> tuple[list[tuple[int, int, str]], str]:
    """Numbers by value, words by letter: `Team 2` before `Team 10`."""
    parts = re.split(r"(\d+)", normalise(label))
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts if part], label


def _free_text(group: Group, survey: Survey, column: Column) -> UserError:
    where = f"{survey.name}: column `{shortened(column.label, 80)}` of group `{group.name}`"
    return UserError(
        f"{where} looks like free text: more than {FREE_TEXT} different answers", "name a column with few answers; the comments beside a question are no groups"
    )


def _refuse_unknown(group: Group, survey: Survey, column: Column, answers: Mapping[str, int], places: Mapping[str, int]) -> None:
    strange = {answer: n for answer, n in answers.items() if normalise(answer) not in places}
    if not strange:
        return
    where = f"{survey.name}: column `{shortened(column.label, 80)}`"
    shown = "; ".join(f"`{shortened(answer)}` ({plural(n, 'person', 'people')})" for answer, n in list(strange.items())[:5])
    more = f"; and {len(strange) - 5} more" if len(strange) > 5 else ""
    first = next(iter(strange))
    hint = f"add them to `levels` or `aliases` of [groups.{group.name}]; {did_you_mean(first, group.levels)}"
    raise UserError(f"{where} has answers that group `{group.name}` does not know: {shown}{more}", hint)


def assembled(files: Sequence[Mapping[tuple[int, ...], Tally]], groupings: Sequence[Grouping], warnings: tuple[str, ...]) -> Tally:
    """One tally from those of every file: everyone, and each combination of groups that anyone belongs to."""
    whole = _joined([together(people.values()) for people in files])
    rows = tuple(sum(part.returned[wave] for part in people.values() for wave in part.waves) for people in files)
    whole = replace(whole, rows=rows, warnings=warnings)
    if not groupings:
        return whole
    nobody = [without(total, total) for total in (together(people.values()) for people in files)]
    parts = {}
    for who in sorted({who for people in files for who in people}):
        key = tuple(grouping.label(code) for grouping, code in zip(groupings, who, strict=True))
        parts[key] = _joined([people.get(who, none) for people, none in zip(files, nobody, strict=True)])
    return replace(whole, by=tuple(grouping.group.name for grouping in groupings), parts=parts)


def _joined(tallies: Sequence[Tally]) -> Tally:
    """Tallies of different waves side by side."""
    return Tally(
        tuple(wave for tally in tallies for wave in tally.waves),
        {wave: n for tally in tallies for wave, n in tally.returned.items()},
        {key: cell for tally in tallies for key, cell in tally.counts.items()},
        {key: cell for tally in tallies for key, cell in tally.scores.items()},
    )
