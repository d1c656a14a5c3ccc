"""The table of counts of a study: each file counted once, put together by wave and group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rpgstat.errors import UserError
from rpgstat.study import Design, Group, ItemSums, Source, Study, Tally, common, designed
from rpgstat.tally._answers import learn, recount
from rpgstat.tally._assembly import assembled
from rpgstat.tally._counted import InFile, Scored, also, count
from rpgstat.tally._courses import courses_over
from rpgstat.tally._file import File
from rpgstat.tally._files import Files, files_of
from rpgstat.tally._groups import UNMET, Grouping
from rpgstat.tally._links import Transitions, transitions
from rpgstat.tally._people_over import people_over
from rpgstat.tally._spec import Who
from rpgstat.tally._weights import WeightColumn, weight_column
from rpgstat.text import shortened


def tally(
    study: Study,
    sources: Sequence[Source],
    combinations: Sequence[tuple[str, ...]],
    by: Sequence[Group] = (),
    weight: str | None = None,
    *,
    files: Files | None = None,
    pairs: Sequence[tuple[str, str]] = (),
    courses: Sequence[tuple[str, ...]] = (),
) -> Tally:
    """Counts every item in every wave, and the battery scores on the items that each of `combinations` of waves share.

    With `by` the same is counted for each group, or each combination of groups, people who did not state theirs apart. `weight` is the
    header of a column of weights: cells then have masses, and the design says how many people have each weight.
    `files` are the sources where several analyses share them. For each of `pairs`, which are among the combinations, the tally also has
    links and transitions, of all their waves together how many people there are, and for each of `courses`, which are among the combinations too,
    the courses over these waves, where the study declares ids.
    One pass over each file; a second one only where the first rows did not show an answer that later rows hold, or
    where nobody answered an item that a file has. Answers match levels by normalised label. Integers throughout, so
    the result does not depend on the order in which rows arrive.

    Raises UserError for an item without a column, an answer that is on no level, and a wave without respondents.
    """
    files = files or files_of(study, sources, by, weight)
    files.columns  # noqa: B018 # raises what is wrong with the items before anything else
    weights = None if weight is None else weight_column(weight, files.sources)
    groupings = [files.grouping(group, learn) for group in by]
    counted = _counted(files, combinations, groupings, weights, pairs, courses)
    if counted is None:  # a group that the first rows did not show
        groupings = [files.grouping(group, recount) for group in by]
        counted = _counted(files, combinations, groupings, weights, pairs, courses)
    if counted is None:
        raise UserError("a file changed while it was read", "run again when nothing writes to it")
    return counted


def _counted(
    files: Files,
    combinations: Sequence[tuple[str, ...]],
    groupings: Sequence[Grouping],
    weights: WeightColumn | None,
    pairs: Sequence[tuple[str, str]],
    courses: Sequence[tuple[str, ...]],
) -> Tally | None:
    """The tally; None when a file holds a group that `groupings` do not know."""
    study = files.study
    present = {wave: set(columns) for source, columns in zip(files.sources, files.columns, strict=True) for wave in source.waves}
    expected = {combo: [item.id for _, item in study.items if all(item.id in present[wave] for wave in combo)] for combo in combinations}
    found: list[InFile] = []
    for at, file in enumerate(files.each):
        who = Who(tuple(grouping.numbering(at) for grouping in groupings), weights.name(at) if weights else None)
        found.append(count(file, who, _keys(study, expected, file.source.waves), _judged(study, expected, file)))
    if any(UNMET in who for one in found for who in one.people):
        return None
    counts = {key: value for one in found for key, value in one.total.counts.items()}
    shared = {combo: common(counts, tuple(items), combo) for combo, items in expected.items()}
    found = [also(one, _keys(study, shared, one.waves), _judged(study, shared, one.file)) for one in found]
    counted = assembled([one.people for one in found], groupings, tuple(w for one in found for w in one.file.warnings))
    counted = _moved(replace(counted, item_sums=_item_sums(found)), transitions(study, found, pairs, shared, groupings))
    counted = replace(counted, courses=courses_over(study, found, counted, courses), people=people_over(study, found, counted, pairs))
    if weights is None:
        return counted
    told = f"the column `{shortened(weights.columns[0].label)}`"
    return designed(counted, Design(told, {wave: people for one in found if one.weighing for wave, people in one.weighing.people.items()}))


def _moved(tally: Tally, found: Transitions) -> Tally:
    """The tally with links and transitions."""
    parts = {key: replace(part, transitions=found.of(key)) for key, part in tally.parts.items()} if found.links else tally.parts
    return replace(tally, links=found.links, transitions=found.everyone, moved=found.parts, parts=parts)


def _keys(study: Study, combos: Mapping[tuple[str, ...], Iterable[str]], waves: tuple[str, ...]) -> set[Scored]:
    """The battery scores that the combinations touching `waves` need."""
    keys = set()
    for combo, items in combos.items():
        if set(combo) & set(waves):
            shared = set(items)
            keys |= {(b.name, tuple(i.id for i in b.items if i.id in shared)) for b in study.batteries}
    return {key for key in keys if key[1]}


def _judged(study: Study, combos: Mapping[tuple[str, ...], Iterable[str]], file: File) -> set[Scored]:
    """The sets of items behind any score, of which a file has all: whether they go together is for all declared waves to tell."""
    return {key for key in _keys(study, combos, tuple(wave for waves in combos for wave in waves)) if len(key[1]) > 1 and file.items.keys() >= set(key[1])}


def _item_sums(files: Sequence[InFile]) -> dict[Scored, ItemSums]:
    found: dict[Scored, ItemSums] = {}
    for one in files:
        for key, sums in one.item_sums.items():
            found[key] = found[key].plus(sums) if key in found else sums
    return found
