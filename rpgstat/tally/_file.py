"""One file on its way to counts: what its columns hold, which codes these get, and who counts in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rpgstat.study import Battery, Column, Item, Scale, Source, Study, persons
from rpgstat.tally._answers import FREE_TEXT, codes, learn, recount, refuse_unknown, unknown
from rpgstat.tally._columns import strange_waves, wave_numbering
from rpgstat.tally._people import believed, ids_in, told_again, told_unfinished
from rpgstat.tally._spec import ANYBODY, MISSING, UNKNOWN, Again, Cells, Numbering, Query, Roll
from rpgstat.tally.engine import MOST_KEPT, Counted, table
from rpgstat.text import plural, shortened


@dataclass
class File:
    """One file, and what is known of it so far.

    Its codes are made once, beside the cells of the columns headed `beside`, of which groups and weights are made. Once settled, each
    person stands in its `table` once; `again` are the rows that stood beside another of their id.
    """

    study: Study
    opened: Source
    columns: Mapping[str, Column]
    beside: Sequence[str] = ()
    most: int = MOST_KEPT
    warnings: tuple[str, ...] = ()
    items: dict[str, tuple[Battery, Item]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    answers: dict[str, Mapping[str, int]] = field(default_factory=dict)
    again: int = 0

    def __post_init__(self) -> None:
        survey, wave = self.opened.survey, self.opened.wave_column
        self.items = {item.id: (battery, item) for battery, item in self.study.items if item.id in self.columns}
        self.names = {item: self.columns[item].name for item in self.items}
        self.wave_name = survey.require(wave).name if wave else None
        self.answers = dict(learn(survey, [*self.names.values(), *([self.wave_name] if self.wave_name else [])]))
        for item, name in self.names.items():
            if len(unknown(self.scale(item), self.answers[name])) > FREE_TEXT:
                self._refuse(item)
        self.table = table(self.opened, ids_in(self.study, self.opened), self._texts(), self.most)
        self._code()

    @property
    def source(self) -> Source:
        """The source: once settled, with each person once."""
        return self.table.source

    def scale(self, item: str) -> Scale:
        """The scale as the item is scored."""
        battery, declared = self.items[item]
        return battery.scale_of(declared)

    @property
    def cells(self) -> Cells:
        """The query on all items."""
        return Cells(tuple(self.names.values()))

    @property
    def watch(self) -> list[Query]:
        """What is looked for until the file is settled, while it is counted: unanswered rows, and ids on several."""
        return [] if self.table.settled else [self.roll, *([Again()] if self.table.ids else [])]

    @property
    def roll(self) -> Roll:
        """The query on who answered and finished."""
        return Roll(tuple(self.names.values()) or (ANYBODY,), self.opened.unfinished is not None)

    def relearn(self, counted: Counted) -> bool:
        """Learns the columns that hold something unknown from the whole file; whether there were any."""
        met = counted.select("wave", "column", "code").unique().rows()
        strange = {column for _, column, code in met if code == UNKNOWN}
        items = [item for item, name in self.names.items() if name in strange]
        lost = self.wave_name if any(wave == UNKNOWN for wave, *_ in met) else None
        names = [self.names[item] for item in items] + ([lost] if lost else [])
        if self.table.settled or not names:
            return False
        self.answers.update(recount(self.opened.survey, names))
        for item in items:
            self._refuse(item)
        if lost:
            self._tell_waves(lost)
        self._code()
        return True

    def settle(self, roll: Counted, again: int) -> bool:
        """Takes blank rows, and rows of one id beyond the one that counts, out of the table; whether there were any."""
        file, ids, keep = self.opened.survey.name, self.table.ids, self.study.keep_duplicates
        rows = {wave: n for wave, n, *_ in roll.rows()}
        doubtful = None
        counted_again = keep and self.opened.survey.held is not None  # nobody has to be told from another then
        if ids is not None and again and not counted_again:
            found = self.table.repeating()
            persons, told = believed(file, ids, found.select("id", "n").rows(), sum(n for wave, n in rows.items() if wave != UNKNOWN))
            self.warnings += (told,) if told else ()
            doubtful = found.filter(persons)
        blank, beside = self.table.settle(rows, sum(row[2] for row in roll.rows()), doubtful, keep=keep)
        beside = again if counted_again else beside
        self.warnings += (f"{file}: {plural(blank, 'row')} without any answer left out",) if blank else ()
        self.again = 0 if keep else beside
        self.warnings += (told_again(file, ids, beside, keep=keep),) if ids is not None and beside else ()
        return blank > 0 or (beside > 0 and not keep)

    def tell_unfinished(self, roll: Counted) -> None:
        """Adds the sentence on people who did not finish, where there are any."""
        if self.opened.unfinished is not None:
            people = [(n, unfinished) for wave, n, _, unfinished in roll.rows() if wave != UNKNOWN]
            self.warnings += told_unfinished(self.opened.survey.name, sum(n for n, _ in people), sum(unfinished for _, unfinished in people))

    def _texts(self) -> list[str]:
        """The columns that are kept as text: of those that stand twice under one header none is meant."""
        survey, items = self.opened.survey, set(self.names.values())
        found = {column.name for header in self.beside if (column := survey.only(header)) is not None}
        return sorted(found - items)

    def _code(self) -> None:
        wave = wave_numbering(self.opened, self.answers.get(self.wave_name or "", ()))
        self.table.code(wave, {name: Numbering(name, codes(self.scale(item), self.answers[name]), MISSING, UNKNOWN) for item, name in self.names.items()})

    def _refuse(self, item: str) -> None:
        where = f"{self.opened.survey.name}: column `{shortened(self.columns[item].label, 80)}` (item `{item}`)"
        column = self.columns[item]
        refuse_unknown(where, self.items[item][0].scale, self.answers[self.names[item]], (column.text, column.label, column.stem))

    def _tell_waves(self, lost: str) -> None:
        """Adds what the wave column holds beside the declared waves."""
        where = f"{self.opened.survey.name}: column `{self.opened.wave_column}`"
        left_out = strange_waves(self.opened, self.answers[lost])
        blank = self.table.blank(lost)
        self.warnings += (f"{where}: blank in {plural(blank, 'row')}, left out",) if blank else ()
        safe = persons.shown(left_out, self.opened.waves)
        self.warnings += tuple(f"{where}: `{shortened(answer)}` in {plural(n, 'row')} is no wave of the study; left out" for answer, n in safe.items())
        others = [n for answer, n in left_out.items() if answer not in safe]
        if others:
            verb = "is" if len(others) == 1 else "are"
            self.warnings += (f"{where}: {plural(len(others), 'more answer')} in {plural(sum(others), 'row')} that {verb} no wave; left out",)
