"""What is decided of single questions and themes, place by place, for those who control the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rpgstat.disclosure._decisions import Decision, Reason, Tier
from rpgstat.disclosure._plan import Plan
from rpgstat.disclosure._questions import Shown, parts_of
from rpgstat.disclosure._themes import Wrote, unseen_themes
from rpgstat.disclosure._universe import Place
from rpgstat.record import record
from rpgstat.study import Disclosure
from rpgstat.study.questions import Asked, base


@record
class Listed:
    """What is decided in a wave of some people: of how many answered, and of how they did, or of one `option`, or theme, of several."""

    wave: str
    option: str | None
    place: Place
    decision: Decision


def listed_question(plan: Plan, by: Sequence[str], one: Asked, shown: Shown) -> Iterator[Listed]:
    """The decisions about a question, which is counted by all groupings of the plan, `by`, together: of several answers about each."""
    for wave in dict.fromkeys(own.wave for own in one.replies if own.key):
        parts = parts_of(plan, by, one, wave)
        numbers, answers = shown.numbers.get(wave, {}), shown.answers.get(wave, {})
        for place, members in plan.universe.members.items():
            n = sum(base(one.question, parts[at]) for at in members)
            decision = _refusal(plan, place, n) or _decision(n, numbers.get(place), answers.get(place))
            if n:
                yield Listed(wave, None, place, decision)
            for option in _apart(one, wave) if decision.tier is Tier.FULL and n else ():
                count = sum(parts[at].counts.get(option, 0) for at in members)
                yield Listed(wave, option, place, _decision(count, shown.options.get((wave, option), {}).get(place)))


def _apart(one: Asked, wave: str) -> list[str]:
    """The options of which it is decided one by one."""
    if one.question.kind != "multiple":
        return []
    return list(dict.fromkeys(option for own in one.replies if own.wave == wave for option in own.counts))


def _refusal(plan: Plan, place: Place, n: int) -> Decision | None:
    return Decision(Tier.HIDDEN, n, Reason.REFUSED) if len(place.by) > 1 and not plan.universe.crossed else None


def _decision(n: int, hidden: Reason | None, number: Reason | None = None) -> Decision:
    if hidden is not None:
        return Decision(Tier.HIDDEN, n, hidden)
    return Decision(Tier.FULL, n) if number is None else Decision(Tier.NUMBER, n, number)


def listed_themes(own: Wrote, rule: Disclosure, grouping: str) -> Iterator[Listed]:
    """The decisions about the themes of one grouping: of how many wrote, and where ten and more did about each theme."""
    unseen, axis = unseen_themes(own, rule), own.by.index(grouping)
    for label in dict.fromkeys(part[axis] for part in own.wrote):
        place = Place((grouping,), (label,))
        n = _of(own.wrote, axis, label)
        few = Reason.FEW_FOR_DETAIL if n < rule.detail_from else None
        decision = _decision(n, unseen.numbers.get(place), few)
        if n:
            yield Listed(own.wave, None, place, decision)
        for theme in own.themes if decision.tier is Tier.FULL and n else ():
            yield Listed(own.wave, theme, place, _decision(_of(own.spoke(theme), axis, label), unseen.themes[theme].get(place)))


def _of(counts: Mapping[tuple[str | None, ...], int], axis: int, label: str | None) -> int:
    return sum(n for part, n in counts.items() if part[axis] == label)
