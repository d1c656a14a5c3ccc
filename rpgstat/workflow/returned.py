"""How many returned the questionnaire in each wave: what shares of those who wrote an answer stand beside."""

from __future__ import annotations

from functools import reduce

from rpgstat import tally
from rpgstat.study import Returned
from rpgstat.workflow.material import Opened


def returned_by_wave(opened: Opened) -> dict[str, int]:
    """By wave how many people returned the questionnaire; nothing of a study without a survey."""
    study = opened.study
    if not study.batteries or not any(wave.file for wave in study.waves) or not any(body.coded.kind == "answers" for body in opened.bodies):
        return {}
    _, filled = tally.returns(opened.case.study, opened.case.sources, [], files=opened.case.files())
    return {wave: reduce(Returned.plus, found.values()).returned for wave, found in filled.items()}
