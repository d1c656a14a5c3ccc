"""How many people answered two waves, by the ids that a study declares."""

from __future__ import annotations

from collections.abc import Sequence

from rpgstat.glossary.sentences import say
from rpgstat.record import record
from rpgstat.study import Source, Study, normalise
from rpgstat.tally import engine
from rpgstat.tally._answers import learn_all
from rpgstat.tally._columns import wave_numbering
from rpgstat.tally._people import DAMAGED, NOBODY, RESPONSE_IDS
from rpgstat.tally.engine import Counted
from rpgstat.text import shortened


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


def _ids(study: Study, source: Source) -> dict[str, Counted]:
    """By wave the different ids."""
    survey = source.survey
    column = survey.find(study.id_column or "")
    if column is None:
        return {}
    marker = survey.require(source.wave_column).name if source.wave_column else None
    wave = wave_numbering(source, learn_all(survey, [marker])[marker] if marker else ())
    return engine.ids_of(source, wave, column, NOBODY, DAMAGED.pattern, once=study.keep_duplicates)


def _linked(study: Study, before: Counted, after: Counted) -> Linked:
    name = shortened(study.id_column or "")
    why = ""
    if not study.linked and normalise(study.id_column or "") in RESPONSE_IDS:
        why = say("links.platform", column=name)
    elif not study.linked and engine.run_on(before) and engine.run_on(after):
        why = say("links.runs_on", column=name)
    return Linked(before.height, after.height, 0 if why else engine.in_both(before, after), why)
