"""`response`: who answered, how completely, and how their make-up compares with the population's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rpgstat import text
from rpgstat.analyses._rows import joined, titled
from rpgstat.glossary.sentences import listing, say
from rpgstat.record import record
from rpgstat.result import Result, table
from rpgstat.stats.fit import goodness_of_fit
from rpgstat.study import NOT_STATED, Groups, PeopleCell, Returned, Study, Wave, normalise


@record
class Returns:
    """How the questionnaires of one grouping came back: by wave and group how they were filled in.

    `labels` are its groups in order, with those that nobody who answered belongs to; `identified` the waves where a column tells who is who.
    """

    groups: Groups
    labels: tuple[str, ...]
    filled: Mapping[str, Mapping[str, Returned]]
    identified: frozenset[str] = frozenset()

    def of(self, group: str, wave: str) -> Returned | None:
        """The questionnaires of a group; None when they are withheld. That nobody of a group that has nobody sent it twice is not said where it is withheld of
        others how many did: it may be these are all there are."""
        people = self.groups.rows.get(group)
        if people is not None and PeopleCell(wave) in people.withheld:
            return None
        known = wave in self.identified and all(own.repeated is not None for own in self.filled[wave].values())
        return self.filled[wave].get(group, Returned(repeated=0 if known else None))


_ON_SCALES = ("usable", "answered", "partial", "straight_liners")  # what only statements on a scale can tell


def response(study: Study, everyone: Mapping[str, Returned], asked: Mapping[str, int], returns: Sequence[Returns], reference: str) -> Result:
    """Result `response`: a row per wave that was `asked` for, and per such wave and group of each grouping.

    `everyone` by wave, `asked` the number of items in each wave wanted. rate = returned / invited, with its change against the wave `reference`
    as a share: counts of those invited and no sample of them, so without interval and test. Without a number invited there is no rate. What is
    withheld is null; so is what only statements tell where the study has none.
    """
    known = any(wave.invited is not None or wave.invited_by for wave in study.waves)
    rows = _changed([_row(wave, None, None, everyone[wave.name], wave.invited) for wave in study.waves if wave.name in everyone], reference)
    for one in returns:
        rows += _group_rows(one, [wave for wave in study.waves if wave.name in everyone], reference)
    if not known:  # nothing is said of rates in a study that has none
        rows = [row | {"note": joined([note for note in (row["note"] or "").split("; ") if note != say("row.not_invited")])} for row in rows]
    if not study.items and not any(asked.values()):
        rows = [row | dict.fromkeys(_ON_SCALES) | {"note": joined([row["note"] or "", say("row.no_statements")])} for row in rows]
    return Result(
        name="response",
        title=titled(study, say("title.response")),
        frame=table("response", [row for row in rows if row["wave"] in asked]),
        method=_method(rows, reference),
        notes=_notes(asked, without_id=any(found.repeated is None for found in everyone.values()), rates=known),
        options={"waves": list(asked), "reference": reference, "by": [one.groups.by for one in returns]},
    )


def _group_rows(one: Returns, waves: Sequence[Wave], reference: str) -> list[dict[str, Any]]:
    by, rows = one.groups.by, []
    for group in (*one.labels, *([NOT_STATED] if one.groups.not_stated else [])):
        own = []
        for wave in waves:
            invited = {normalise(label): n for label, n in wave.invited_by.get(by, {}).items()}
            own.append(_row(wave, by, group, one.of(group, wave.name), invited.get(normalise(group)), identified=wave.name in one.identified))
        rows += _changed(own, reference)
    return rows


def _row(wave: Wave, by: str | None, group: str | None, found: Returned | None, invited: int | None, *, identified: bool = False) -> dict[str, Any]:
    """One row; `identified` where a column tells who is who, so that a count of ids that is missing is withheld.

    With those who answered goes how many were invited: where these are few, they were no more.
    """
    row: dict[str, Any] = {"wave": wave.name, "by": by, "group": group, "invited": None}
    if found is None:
        return row | {"note": say("row.suppressed")}
    row["invited"] = invited
    answered = found.answered / found.returned if found.returned and found.answered is not None else None
    row |= {"returned": found.returned, "usable": found.usable, "answered": answered}
    row |= {"partial": found.partial, "straight_liners": found.straight_liners, "duplicate_ids": found.repeated}
    some = any(count is None for count in (found.usable, found.answered, found.partial, found.straight_liners, *([found.repeated] if identified else [])))
    return row | {"note": joined([say("row.some_suppressed") if some else "", say("row.not_invited") if invited is None else ""])}


def _changed(rows: list[dict[str, Any]], reference: str) -> list[dict[str, Any]]:
    """One group's rows, or everyone's, with the rates and their changes against the reference wave."""
    for row in rows:
        if row["invited"] is not None and row.get("returned") is not None:
            row["rate"] = row["returned"] / row["invited"]
    before = next((row for row in rows if row["wave"] == reference), None)
    for row in rows:
        if before is None or row is before or row.get("rate") is None:
            continue
        row["reference"] = reference
        if before.get("rate") is None:
            hidden = before["note"] == say("row.suppressed")
            why = say("row.not_compared_withheld", wave=reference) if hidden else say("row.not_compared", wave=reference)
            row["note"] = joined([row["note"] or "", why])
        else:
            row["change"] = row["rate"] - before["rate"]
    return rows


def _method(rows: Sequence[Mapping[str, Any]], reference: str) -> str:
    """What the rate and its change are; nothing where there is no rate."""
    if not any(row.get("rate") is not None for row in rows):
        return ""
    several = any(row.get("change") is not None for row in rows)
    return say("rate_method.changes", reference=reference) if several else say("rate_method.rate")


def _notes(asked: Mapping[str, int], *, without_id: bool, rates: bool) -> tuple[str, ...]:
    items = [say("note.items_in_wave", n, n=text.count(n), wave=wave) for wave, n in asked.items()]
    notes = (say("note.asked", items=listing(items)), say("note.straight"), say("note.no_id") if without_id else say("note.people"))
    return (*notes, say("note.rate")) if rates else notes


def population(study: Study, declared: Sequence[tuple[Groups, Mapping[str, float]]], waves: Sequence[str]) -> Result:
    """Result `population`: each group's share of those who answered against its share of the population.

    The row of a wave's total (group null) has the goodness-of-fit test; groups that are withheld enter it as one.
    """
    rows = [row for groups, shares in declared for wave in waves for row in _made_up(groups, shares, wave)]
    return Result(
        name="population",
        title=titled(study, say("title.population")),
        frame=table("population", rows),
        method=say("method_of.population"),
        options={"waves": list(waves), "by": [groups.by for groups, _ in declared]},
    )


def _made_up(groups: Groups, shares: Mapping[str, float], wave: str) -> Iterator[dict[str, Any]]:
    total = groups.stated.returned.get(wave)
    for group, share in shares.items():
        row: dict[str, Any] = {"wave": wave, "by": groups.by, "group": group, "population_share": share}
        n = _returned(groups, group, wave)
        if n is None:
            yield row | {"note": say("row.suppressed")}
        elif not total:
            yield row | {"n": n, "note": say("row.no_share") if total is None else say("row.nobody_stated")}
        else:
            yield row | {"n": n, "share": n / total, "difference": n / total - share}
    yield {"wave": wave, "by": groups.by, "n": total} | (
        _fit(groups, shares, wave) if total else {"note": say("row.suppressed") if total is None else say("row.nobody_stated")}
    )


def _returned(groups: Groups, group: str, wave: str) -> int | None:
    """How many people of a group answered; None when that is withheld."""
    return groups.parts[group].returned.get(wave) if group in groups.parts else 0


def _fit(groups: Groups, shares: Mapping[str, float], wave: str) -> dict[str, Any]:
    found = {group: n for group in shares if (n := _returned(groups, group, wave)) is not None}
    shown, counts = list(found), list(found.values())
    expected = [shares[group] for group in shown]
    notes = []
    if len(shown) < len(shares):
        counts.append(groups.others([group for group in shown if group in groups.parts]).returned[wave])
        expected.append(max(0.0, 1 - sum(expected)))
        notes = [say("row.withheld_as_one")]
    test = goodness_of_fit(counts=counts, shares=expected)
    astray = listing([[*shown, say("row.groups_withheld")][place] for place in test.lacking])
    return {
        "chi_square": test.chi_square,
        "df": test.df,
        "p_value": test.p_value,
        "note": joined([*notes, say("row.of_groups", why=test.note, groups=astray) if astray else test.note]),
    }
