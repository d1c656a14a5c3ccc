"""Statements that share a few answers in no known order: what a study file can be drafted from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from rpgstat.infer.catalogue import is_off_scale
from rpgstat.infer.layout import Block, Line, Row
from rpgstat.infer.readings import Reading, integers
from rpgstat.record import record
from rpgstat.study import is_heading, normalise, persons

_REPEATED = 0.5  # share of the answers that others gave too, below which they are no scale
_SCALE_LIKE = range(3, 13)  # distinct answers of a statement that may be on a scale nobody knows


@record
class Shared:
    """At least two statements, in questionnaire order, and the answers on a possible scale that they share, as typed."""

    answers: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def reading(self) -> Reading:
        """The answers as the levels of a scale that is still to be put in order."""
        typed = {answer for line in self.lines for row in line.rows for answer in row.seen}
        off = frozenset(normalise(answer) for answer in typed if is_off_scale(answer))
        labels = [normalise(answer) for answer in self.answers]
        labelled = len(set(integers(labels).values())) < len(labels)
        scores = () if labelled else tuple(map(Fraction, labels))
        return Reading(tuple(labels), {label: i for i, label in enumerate(labels)}, off, scores=scores, labelled=labelled, ordered=False)

    @property
    def blocks(self) -> list[Block]:
        """The statements under the question that each belongs to."""
        found: dict[str, Block] = {}
        for line in self.lines:
            stem = line.rows[0].column.stem
            found.setdefault(normalise(stem), Block(stem, bool(stem))).lines.append(line)
        return list(found.values())


def shared_answers(rest: Iterable[Row]) -> list[Shared]:
    """The sets of answers that several statements share, the most shared first. Free text is never among them.

    Only what has the same full heading in several waves is one statement, so that no two questions are joined by chance.
    """
    answers = [(line, _on_scale(line)) for line in _lines(rest)]
    groups: dict[frozenset[str], Mapping[str, str]] = {}
    for _, seen in sorted(answers, key=lambda pair: -len(pair[1])):
        if len(seen) in _SCALE_LIKE and not any(seen.keys() <= known for known in groups):
            groups[frozenset(seen)] = seen
    members: dict[frozenset[str], list[Line]] = {key: [] for key in groups}
    for line, seen in answers:
        home = next((key for key in groups if len(seen) in _SCALE_LIKE and seen.keys() <= key), None)
        if home is not None:
            members[home].append(line)
    found = [Shared(_sorted(groups[key]), tuple(lines)) for key, lines in members.items() if len(lines) > 1 and not _of_persons(lines)]
    return sorted(found, key=lambda shared: -len(shared.lines))


def _of_persons(lines: Iterable[Line]) -> bool:
    """Whether one of the shared answers may tell of a person, or most of them were given once: such answers are no scale, and are never shown."""
    people: Counter[str] = Counter()
    for row in (row for line in lines for row in line.rows):
        people.update({answer: n for answer, n in row.seen.items() if not is_off_scale(answer)})
    return any(persons.tells(answer, n) for answer, n in people.items()) or (people.total() > 0 and persons.repeats(people) < _REPEATED)


def _lines(rest: Iterable[Row]) -> Sequence[Line]:
    lines: dict[str, Line] = {}
    for row in rest:
        lines.setdefault(normalise(row.column.label), Line(row.column.text, [])).rows.append(row)
    return list(lines.values())


def _on_scale(line: Line) -> Mapping[str, str]:
    """Normalised answer -> as typed; nothing for free text, nor for codes that nobody labelled."""
    if any(row.is_open or (row.column.measure == "nominal" and not row.column.options) for row in line.rows):
        return {}
    return {
        normalise(answer): answer
        for row in line.rows
        for answer in sorted(row.seen)
        if not is_off_scale(answer) and not is_heading(answer, row.text, row.column.text)
    }


def _sorted(answers: Mapping[str, str]) -> tuple[str, ...]:
    """As typed: numbers by value, then the others by the alphabet."""
    return tuple(answers[label] for label in sorted(answers, key=lambda label: (int(label), "") if label.isdecimal() else (10**9, label)))
