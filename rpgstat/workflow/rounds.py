"""Exports whose platform tells rounds apart by itself, a row for each: REDCap's events are the waves of one file, or one is chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rpgstat import text
from rpgstat.errors import UserError, did_you_mean
from rpgstat.study import Source, Study, Survey, Wave, normalise

if TYPE_CHECKING:
    from rpgstat.infer.waves import Times


def whole(survey: Survey, name: str, *, alone: bool) -> Source:
    """The survey as one wave called `name`; one whose platform tells rounds apart, as REDCap does events, as these.

    Raises UserError where such a survey is not `alone`: somebody has to choose the rounds.
    """
    if survey.events is None:
        return Source(survey, (name,))
    if not alone:
        problem, hint = _rounds(survey)
        raise UserError(problem, hint)
    return Source(survey, survey.waves, survey.events)


def _rounds(survey: Survey) -> tuple[str, str]:
    """The problem that one person stands on a row for each round, and what to write in a study file."""
    events = text.listing([f"`{event}`" for event in survey.waves[:8]]) + (" and others" if len(survey.waves) > 8 else "")
    problem = f"{survey.name}: one person stands on several rows, one for each `{survey.events}`: {events}"
    one = f'choose one for each wave in a study file: event = "{survey.waves[0]}" under [[waves]]'
    return problem, f"{one}; or give the file alone, and its waves are these (`rpgstat init {survey.name} -o study.toml` writes them)"


def chosen(survey: Survey, event: str | None) -> Survey:
    """The rows of the round that a study chooses. Raises UserError where it chooses none or one that is not there."""
    if survey.events is None or event is None:
        if event is not None:
            raise UserError(f"{survey.name}: has no column of events, and the study names `{event}`", "remove `event`, or check the file")
        if survey.events is not None:
            problem, hint = _rounds(survey)
            raise UserError(problem, hint)
        return survey
    name = survey.require(survey.events).name
    rows = [wave for wave in survey.waves if normalise(wave) == normalise(event)]
    if not rows:
        raise UserError(f"{survey.name}: no event `{event}`", did_you_mean(event, survey.waves))
    return survey.reduced(lambda frame: frame.filter(**{name: rows[0]}))


def times(survey: Survey) -> Times | None:
    """The column of rounds and these in order; None where the platform tells none apart."""
    from rpgstat.infer.waves import Times

    return Times(survey.require(survey.events), survey.waves) if survey.events is not None else None


def apart(study: Study, source: Source) -> Study:
    """An inferred study of one file, with the rounds of the file as its waves."""
    return replace(study, waves=tuple(map(Wave, source.waves)), data_file=source.survey.name, wave_column=source.wave_column)
