"""A question outside a battery: what is declared of it, and the counts of what people answered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from fractions import Fraction
from typing import Literal, TypeVar

from rpgstat.record import record
from rpgstat.study.counts import Class, Design, Mass
from rpgstat.study.groups import NOT_STATED
from rpgstat.study.labels import normalise

QuestionKind = Literal["single", "multiple", "nps", "ranking", "number", "date"]

OTHER = "(other answers)"
"""What answers of people's own are counted as where a draft has them beside those that could be chosen."""

TOP = 10
"""The highest answer to how likely one is to recommend; the lowest is 0."""

_RECOMMEND = re.compile(r"\brecommend|\brecomiend|\brecomend|\brecommand|weiterempfehl|\baanbevel|\bpolec|argymhell")

What = str | Fraction | tuple[str, int] | None
"""What people are counted at: an option or a day, a number, an option in a place; None is any answer."""


def recommending(text: str) -> bool:
    """Whether somebody is asked whether they would recommend something.

    >>> recommending("How likely are you to recommend us?"), recommending("I feel supported")
    (True, False)
    """
    return bool(_RECOMMEND.search(normalise(text)))


@record
class Question:
    """A closed question.

    `columns` are headers of the export, or the stem that several columns share; of a single question those to look for, in order. `options`
    are the answers in order, those met where none are declared; of `off` people count, but are not in the base of shares. `exclusive` are
    options that say none of the others; `other` is the option that every answer which is none of `options` counts as. `asked_if[id]` are the
    answers to another question of those who were asked. Changes are said of the `positive` options, of all without any. The tests of one
    `section` are one family. `separator` stands between answers in one cell. One that nobody declared is `open`: answers beside its options are
    options too.
    """

    id: str
    text: str
    kind: QuestionKind = "single"
    columns: tuple[str, ...] = ()
    separator: str = ""
    options: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    exclusive: tuple[str, ...] = ()
    asked_if: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    section: str = ""
    positive: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    other: str = ""
    open: bool = False

    @property
    def lookups(self) -> tuple[str, ...]:
        """The texts that find its columns."""
        return self.columns or (self.text,)


@record
class Replies:
    """How the people of a wave, or of a group of it, answered one question.

    `key` are the labels of the group, None for one that is not stated. `asked` are those whom the question was for, `answered` those who gave any
    answer. `counts` are people by option: of a ranking those who ranked it, of dates by ISO day. `values` are people by number, `ranks` people by
    option and place. `unread` answers are no number or date. `masses` are what those at each weigh, {} where nobody is weighted; where people are
    raked, `classes` are the same by their categories. `design` says what they stand for.
    """

    wave: str
    group: str | None
    asked: int
    answered: int
    counts: Mapping[str, int] = field(default_factory=dict)
    values: Mapping[Fraction, int] = field(default_factory=dict)
    ranks: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    unread: int = 0
    key: tuple[str | None, ...] = ()
    masses: Mapping[What, Mass] = field(default_factory=dict)
    classes: Mapping[Class, Replies] = field(default_factory=dict)
    design: Design | None = None

    @property
    def varied(self) -> bool:
        """Whether people are weighted, and not all alike."""
        weight, square = self.masses.get(None, (0, 0))
        return weight * weight != self.answered * square or sum(own.answered > 0 for own in self.classes.values()) > 1

    def plus(self, other: Replies) -> Replies:
        """The replies of these people and `other` people of the wave together, of no group and by themselves."""
        ranks = {option: _sum(self.ranks.get(option, {}), other.ranks.get(option, {})) for option in {**self.ranks, **other.ranks}}
        counts, values = _sum(self.counts, other.counts), _sum(self.values, other.values)
        asked, answered, unread = self.asked + other.asked, self.answered + other.answered, self.unread + other.unread
        return Replies(self.wave, None, asked, answered, counts, values, ranks, unread)


At = TypeVar("At")


def _sum(one: Mapping[At, int], other: Mapping[At, int]) -> dict[At, int]:
    return {key: one.get(key, 0) + other.get(key, 0) for key in {**one, **other}}


_RESIDUAL = re.compile(
    r"other\b.{0,40}|none of (?:these|them|the above).{0,20}|(?:i )?(?:would )?(?:prefer|rather|choose|do not (?:wish|want)|don't (?:wish|want)) "
    r"(?:not )?to (?:say|answer|specify|disclose|state).{0,20}|prefer not.{0,30}"
)


def residual(option: str) -> bool:
    """Whether an option stands for all others, for none, or for no answer: it comes last where nobody orders them.

    >>> residual("Other (please specify)"), residual("None of these"), residual("Prefer not to say"), residual("Mother")
    (True, True, True, False)
    """
    return _RESIDUAL.fullmatch(normalise(option)) is not None


_YES_NO = (
    *(("yes", "no"), ("true", "false"), ("ie", "na"), ("ydw", "nac ydw"), ("ydy", "nac ydy"), ("oes", "nac oes"), ("do", "naddo")),  # Welsh answers in the verb
    *(("oui", "non"), ("ja", "nein"), ("ja", "nee"), ("ja", "nej"), ("ja", "nei"), ("sí", "no"), ("sì", "no"), ("si", "no"), ("sim", "não"), ("tak", "nie")),
)
_BETWEEN = re.compile(
    r"(?:some ?times?|maybe|may be|perhaps|partly|partially|in part|mostly|somewhat|a little|a bit|occasionally|not always|not entirely|not fully"
    r"|(?:yes,? )?to (?:some|a certain) extent|weithiau|efallai|rhannol|yn rhannol|parfois|peut-être|en partie|partiellement|manchmal|vielleicht|teilweise"
    r"|zum teil|teils|a veces|quizás?|tal vez|en parte|às vezes|talvez|em parte|soms|misschien|deels|gedeeltelijk|czasami|może|częściowo)\b.*"
)


def yes_and_no(options: Iterable[str]) -> tuple[str, ...]:
    """The options of a question of yes and no that say yes and no, in this order; none of another question.

    >>> yes_and_no(["Nein", "Ja", "Weiß nicht"]), yes_and_no(["Never", "Always"])
    (('Ja', 'Nein'), ())
    """
    plain = {normalise(option): option for option in options}
    pair = next((pair for pair in _YES_NO if set(pair) <= plain.keys()), ())
    return tuple(plain[word] for word in pair)


def between(option: str) -> bool:
    """Whether an answer beside yes and no lies between them, so that it is an answer to the question.

    >>> between("Sometimes"), between("Partly (please say)"), between("Don't know")
    (True, True, False)
    """
    return _BETWEEN.fullmatch(normalise(option)) is not None


def called(labels: Sequence[str | None]) -> str:
    """What a combination of groups is called.

    >>> called(["Nurse", "North"]), called(["Nurse", None])
    ('Nurse × North', '(not stated)')
    """
    return NOT_STATED if None in labels else " × ".join(map(str, labels))


@record
class Both:
    """The people who answered a question in two waves: by option how many gave it in both, in the first alone, in the second alone and in
    neither; and people by their number before and after. `masses` and `value_masses` are the sums of the products of their two weights in the
    place of people, 0 where nobody is weighted. Where three waves or more are compared, `people` are those who answered it in any."""

    n: int = 0
    options: Mapping[str, tuple[int, int, int, int]] = field(default_factory=dict)
    values: tuple[tuple[Fraction, Fraction, int], ...] = ()
    masses: Mapping[str, tuple[int, int, int, int]] = field(default_factory=dict)
    value_masses: tuple[int, ...] = ()
    people: int = 0


@record
class Asked:
    """A question with its options as they were met, and its replies by wave and group; `absent` are the waves that did not ask it. `both` are
    those who answered it in a reference and a later wave, where ids link people."""

    question: Question
    replies: tuple[Replies, ...]
    absent: tuple[str, ...] = ()
    both: Mapping[tuple[str, str], Both] = field(default_factory=dict)


def base(question: Question, own: Replies) -> int:
    """How many the shares are of: of several answers, and of rankings, those who gave any; else those who gave one of the options in the base, or a number."""
    if question.kind in ("multiple", "ranking"):
        return own.answered
    if question.kind in ("nps", "number"):
        return sum(own.values.values())
    return sum(n for option, n in own.counts.items() if option not in question.off)
