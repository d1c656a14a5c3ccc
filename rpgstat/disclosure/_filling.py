"""How groups filled in a questionnaire of few ways, beside what is shown of its statements: counts that tell of others, or of these, are withheld too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rpgstat.disclosure._decisions import Reason
from rpgstat.disclosure._together import Together
from rpgstat.disclosure._universe import Place
from rpgstat.disclosure._ways import Known, Owner, Ways, value_of
from rpgstat.disclosure._whole_people import WORK, WholePeople, few
from rpgstat.stats.programmes import Aim, answers
from rpgstat.study import PeopleCell, Returned

Lost = dict[str, dict[Place, Reason]]
Count = tuple[str, Place]


def withhold_beside(ways: Ways, filled: Mapping[Place, Returned], lost: Lost) -> None:
    """Withholds counts of `filled` as long as one that is `lost` has fewer than three values by those shown, and three without them, or as these tell what is
    withheld of a statement."""
    shown = list(ways.known())
    while (told := _telling(ways, shown, filled, lost) or _of_statements(ways, filled, lost)) is not None:
        name, place = told
        for one in (name, "answered"):
            lost[one] |= {other: Reason.ATTRIBUTE for other, first in ways.returned.same.items() if first == place}


def _counts(ways: Ways, filled: Mapping[Place, Returned], lost: Lost) -> Iterator[Known]:
    """The counts that are shown of groups."""
    wave = next((cell.wave for cell in ways.tables), "")
    for place in ways.returned.order:
        if place in filled and len(place.by) == 1 and place not in ways.returned.hidden:
            for name in lost:
                if name in ways.filling and place not in lost[name]:
                    yield ways.filled_by(place, name), float(value_of(filled[place], name)), Owner(PeopleCell(wave), place, detail=False, name=name)


def _telling(ways: Ways, shown: list[Known], filled: Mapping[Place, Returned], lost: Lost) -> Count | None:
    """A count that tells another one: of those that do the last in the order in which places are shown."""
    more = list(_counts(ways, filled, lost))
    beside, without = ways.system([*shown, *more]), ways.system(shown)
    for place in (place for place in ways.returned.order if place in filled and len(place.by) == 1):
        for name in [name for name in lost if name in ways.filling and name != "answered" and place in lost[name]]:
            row = ways.filled_by(place, name)
            aims = [Aim(row), Aim(dict.fromkeys(row, -1.0))]
            if few(sides := answers([(beside, aims)])[0]) and not few(answers([(without, aims)])[0]):
                binding = {at - len(shown) for one in sides for at in one.binding if at >= len(shown)}
                return _named(more[max(binding, default=len(more) - 1)])
    return None


def _of_statements(ways: Ways, filled: Mapping[Place, Returned], lost: Lost) -> Count | None:
    """A count that tells what is withheld of a statement, or of a score."""
    more = list(_counts(ways, filled, lost))
    together = Together(ways, people=WholePeople(work=WORK))  # in parts of people: it is asked once for each count that is withheld
    owners = [owner for told in together.told_beside(more) for owner in told.by if owner.name] if more else []
    return (owners[-1].name, owners[-1].place) if owners else None


def _named(known: Known) -> Count:
    owner = known[2]
    assert owner
    return owner.name, owner.place
