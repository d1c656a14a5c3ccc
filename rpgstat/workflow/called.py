"""What waves and batteries are called in a report without a study file: as a draft of one would call them, not after files and whole questions."""

from __future__ import annotations

from dataclasses import replace

from rpgstat import text
from rpgstat.glossary.sentences import say
from rpgstat.study import Battery
from rpgstat.workflow.case import Case


def called(case: Case, reference: str | None) -> tuple[Case, str | None]:
    """The case with short names, where it was inferred; and the wave to compare against, if one was named, by its short name too.

    A wave keeps its name where a column tells it apart.
    """
    if not case.inferred:
        return case, reference
    from rpgstat.infer.short_names import battery_name, names_of_waves  # only exports without a study file need it

    apart = any(source.wave_column for source in case.sources)
    old = [source.waves[0] for source in case.sources]
    new = list(old if apart else names_of_waves([source.survey.name for source in case.sources]))
    batteries: dict[str, Battery] = {}
    for battery in case.study.batteries:
        name = battery_name(battery.name, battery.scale.family)
        again = say("report.battery_again", battery=name, statement=text.shortened(battery.items[0].text, 40))
        free = next(one for one in (name, again, battery.name) if one not in batteries)
        batteries[free] = replace(battery, name=free)
    waves = dict(zip(old, new, strict=True))
    sources = tuple(source if apart else replace(source, waves=(waves[source.waves[0]],)) for source in case.sources)
    declared = tuple(replace(wave, name=waves.get(wave.name, wave.name)) for wave in case.study.waves)
    study = replace(case.study, batteries=tuple(batteries.values()), waves=declared)
    return replace(case, study=study, sources=sources), waves.get(reference or "", reference)
