"""How many people answered two waves, by the ids that a study declares."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from rpgstat.record import record
from rpgstat.study import Source, Study, normalise, reading
from rpgstat.study.labels import BLANKS
from rpgstat.tally._answers import learn_all
from rpgstat.tally._columns import wave_code
from rpgstat.tally._people import DAMAGED, NOBODY, RESPONSE_IDS
from rpgstat.text import shortened

_GAPS = 2  # rows left out may leave gaps in numbers that run on


@record
class Linked:
    """The different ids of two waves and how many stand in both; `why` says why they link nobody, where they do not."""

    reference: int
    wave: int
    both: int
    why: str = ""


def linked(study: Study, sources: Sequence[Source], pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Linked]:
    """For each pair of waves whose ids the study declares how many people stand in both; nothing without declared ids in both.

    Ids match after NFKC, without spaces at the ends and whatever the case. Blank ids, ids that a spreadsheet rounded, and ids on several
    rows where all of these count link nobody; unless `linked` is declared, neither do ids under which a platform numbers responses, nor
    integers that run on from 0 or 1 in both waves.
    """
    own = {wave: ids for source in sources for wave, ids in _ids(study, source).items()} if study.id_column else {}
    return {pair: _linked(study, own[pair[0]], own[pair[1]]) for pair in pairs if pair[0] in own and pair[1] in own}


def _ids(study: Study, source: Source) -> dict[str, pl.DataFrame]:
    """By wave the different ids."""
    survey = source.survey
    column = survey.find(study.id_column or "")
    if column is None:
        return {}
    marker = survey.require(source.wave_column).name if source.wave_column else None
    code = wave_code(source, learn_all(survey, [marker])[marker] if marker else ())
    id = pl.col(column.name).str.normalize("NFKC").str.strip_chars().str.to_lowercase()
    counted = survey.frame.select(code.alias("wave"), id.alias("id")).group_by("wave", "id").len("n")
    person = pl.col("id").is_not_null() & ~pl.col("id").is_in(sorted(BLANKS | NOBODY)) & ~pl.col("id").str.contains(f"^(?:{DAMAGED.pattern})$")
    rows = pl.col("n") == 1 if study.keep_duplicates else pl.lit(True)
    with reading(survey.name):
        found = counted.filter(person & rows).select("wave", "id").collect(engine="streaming")
    return {wave: found.filter(pl.col("wave") == at).select("id") for at, wave in enumerate(source.waves)}


def _linked(study: Study, before: pl.DataFrame, after: pl.DataFrame) -> Linked:
    both = before.join(after, on="id", how="semi").height
    name = shortened(study.id_column or "")
    why = ""
    if not study.linked and normalise(study.id_column or "") in RESPONSE_IDS:
        why = f"`{name}` is the platform's number of a response and links nobody; if these ids are people's own, declare `linked = true`"
    elif not study.linked and _runs_on(before) and _runs_on(after):
        why = f"`{name}` runs on from 0 or 1 in each wave and links nobody; if these numbers are people's own, declare `linked = true`"
    return Linked(before.height, after.height, 0 if why else both, why)


def _runs_on(ids: pl.DataFrame) -> bool:
    numbers = ids["id"].cast(pl.Int64, strict=False)
    if numbers.is_empty() or numbers.null_count():
        return False
    least, most = int(numbers.min()), int(numbers.max())  # type: ignore[arg-type]
    return least in (0, 1) and most < _GAPS * numbers.len() + 1
