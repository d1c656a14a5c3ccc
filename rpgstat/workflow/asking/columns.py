"""Asks which columns are groups, which of their spellings mean the same, and which questions to leave out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from rpgstat.study import Group, normalise
from rpgstat.text import shortened
from rpgstat.workflow.asking.prompts import Choice, Said, Ticks, Walk, Words, in_order
from rpgstat.workflow.drafting import Draft

_OFTEN = re.compile(
    r"\b(?:role|job|post|position|team|department|directorate|division|service|site|office|location|region|area|grade|band|profession|gender|sex|age|ethnic\w*|"
    r"length of service|how long|years|contract|full.?time|manager|cohort|school|group)\b"
)
_ROOM = 34  # characters of a header and of its answers on a line of a terminal


def ask_groups(draft: Draft) -> Walk[Draft]:
    """The draft with the groups that results are to be broken down by; the others stay in it as comments."""
    if not draft.suggested:
        return draft
    shown = tuple(f"{shortened(group.columns[0], _ROOM)}: {shortened(_answers(group), _ROOM)}" for group, _ in draft.suggested)
    likely = tuple(at for at, (group, _) in enumerate(draft.suggested) if _OFTEN.search(normalise(group.columns[0])))
    about = "Results can be set side by side for groups of people, such as roles or teams. The fewer people a group has, the less of it is shown."
    ticked = yield Ticks("Which of these columns are groups?", shown, likely, about)
    groups: list[Group] = []
    for at in ticked:
        groups.append((yield from _group(draft.suggested[at][0], [group.name for group in groups])))
    left = tuple(one for at, one in enumerate(draft.suggested) if at not in ticked)
    return replace(draft, study=replace(draft.study, groups=(*draft.study.groups, *groups)), suggested=left)


def _answers(group: Group) -> str:
    return f"numbers, from {', '.join(map(str, group.bands))}" if group.bands else ", ".join((*group.levels, *group.aliases))


def _group(group: Group, taken: Sequence[str]) -> Walk[Group]:
    header = shortened(group.columns[0], 60)
    name = (yield Words(f"A short name for the groups of `{header}`:", group.name, _free(taken))).strip()
    if group.bands:
        edges = yield Words("Where does each band begin? Lowest first.", ", ".join(map(str, group.bands)), _edges, f"`{header}` holds numbers.")
        return replace(group, name=name, bands=tuple(Fraction(edge.strip()) for edge in edges.split(",")))
    return replace((yield from _spelt(group, header)), name=name)


def _spelt(group: Group, header: str) -> Walk[Group]:
    """The group with the spellings that mean the same, and its levels in order."""
    if group.aliases:
        pairs = tuple(group.aliases.items())
        shown = tuple(f"{shortened(word, _ROOM)} means {shortened(level, _ROOM)}" for word, level in pairs)
        same = yield Ticks("Which of these mean the same?", shown, tuple(range(len(pairs))), f"Some answers in `{header}` look alike.")
        others = [level for level in group.levels if level != group.other]
        apart = [word for at, (word, _) in enumerate(pairs) if at not in same]
        group = replace(group, levels=(*others, *apart), aliases={word: level for at, (word, level) in enumerate(pairs) if at in same})
    levels = tuple(level for level in group.levels if level != group.other)
    if len(levels) > 2:
        said = yield Choice("In which order shall the groups stand?", ("As here", "The other way round", "In another order"), about=", ".join(levels))
        order = tuple(range(len(levels))) if said == 0 else tuple(range(len(levels)))[::-1]
        if said == 2:
            order = yield from in_order(levels, "Which stands first?", "Which comes next?")
        levels = tuple(levels[at] for at in order)
    return replace(group, levels=levels)


def _free(taken: Sequence[str]) -> Callable[[str], str]:
    known = {normalise(name) for name in taken} | {"id"}

    def check(name: str) -> str:
        if not name.strip():
            return "A group needs a name."
        return "Another group, or the id, has this name." if normalise(name) in known else ""

    return check


def _edges(text: str) -> str:
    try:
        edges = [Fraction(part.strip()) for part in text.split(",")]
    except (ValueError, ZeroDivisionError):
        return "Write numbers with commas between them, such as 0, 2, 5, 10."
    return "" if edges == sorted(set(edges)) and len(edges) > 1 else "Write two numbers or more, each higher than the one before."


def ask_left_out(draft: Draft) -> Walk[Draft]:
    """The draft with the questions that are to be counted, once it was told what no command uses."""
    questions = draft.study.questions
    if questions:
        shown = tuple(shortened(question.text, 70) for question in questions)
        about = "`rpgstat topline` counts the answers to these questions outside the sets of statements: all of them, unless you take some out."
        ticked = yield Ticks("Which shall be counted?", shown, tuple(range(len(shown))), about)
        draft = replace(draft, study=replace(draft.study, questions=tuple(question for at, question in enumerate(questions) if at in ticked)))
    if draft.beside:
        yield Said("\n".join(["This was assumed or left out; it stands at the top of the file too:", *draft.beside]))
    return draft
