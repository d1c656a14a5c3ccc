"""The order of the options of a question that nobody put in order: by the amounts, the degrees or the known scale that their words name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from rpgstat.infer.catalogue import is_off_scale
from rpgstat.infer.readings import read_answers, seen_in
from rpgstat.study import normalise
from rpgstat.study.questions import Question, residual

Place = tuple[float, ...]

_FEWEST = 3  # options that have to name an amount or degree for all to stand by it
_FIRST_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_BELOW = re.compile(r"^(?:less|under|fewer|up to|below|<)")
_ABOVE = re.compile(r"^(?:more than|over|above|>)")
_TIMES = {word: str(n) for n, word in enumerate("never once twice three four five six seven eight nine ten".split())}
_IN_WORDS = re.compile(rf"\b(?:{'|'.join(_TIMES)})\b")
_ONE = re.compile(r"\ban? (?=(?:year|month|week|day|hour|mile)\b)")
_DENIES = re.compile(r"\b(?:no|not|none|never|nothing|don't|doesn't|haven't|isn't)\b")
_SAID_FIRST = re.compile(r"^(?:yes|no)\s*[,:;–—-]\s*(?=\w)")
_DEGREES = tuple(
    re.compile(words)
    for words in (
        r"^no (?:formal )?(?:qualification|education|schooling)",
        r"less than high school|^primary|did not (?:finish|complete) (?:high )?school",
        r"^(?!.*college)high school|^gcse|^secondary",
        r"^some college|a.level",
        r"^associate",
        r"bachelor|^undergraduate",
        r"^(?:graduate|post-?graduate|master)",
        r"doctora|ph\.?d",
    )
)
"""Qualifications, the lowest first."""
_PERIODS = (
    (r"\b(?:day|daily)\b", 365.0),
    (r"\b(?:fortnight|fortnightly)\b", 26.0),
    (r"\b(?:weekday|week|weekly)\b", 52.0),
    (r"\b(?:month|monthly)\b", 12.0),
    (r"\b(?:quarter|quarterly)\b", 4.0),
    (r"\b(?:term|termly)\b", 3.0),
    (r"\b(?:year|yearly|annual|annually)\b", 1.0),
)
"""How often a year something happens that happens once in each."""
_SELDOM = {"never": 0.0, "not at all": 0.0, "less often": 0.1, "less frequently": 0.1, "rarely": 0.2, "seldom": 0.2, "hardly ever": 0.2}
_STARS = re.compile(r"[★⭐]+[☆✩\ufe0f]*")
_SEVERAL = re.compile(r"\b(?:few|several|many|couple of) (?:times|days)\b")
_EVERY = re.compile(r"\bevery (other|second|\w+) \w+")
_COMPARED = re.compile(r"\b(less|fewer|under|more|at least|over)\b")
_LESS = frozenset({"less", "fewer", "under"})
_LADDERS = (
    (r"rare", r"medium[ -]rare", r"medium", r"medium[ -]well(?: done)?", r"well(?: done)?"),
    (
        r"(?:none|no experience|sin experiencia)",
        r"(?:beginner|novice|initial|inicial|principiante)",
        r"(?:intermediate|intermedio)",
        r"(?:advanced|avanzado)",
        r"(?:expert|experto)",
    ),
    (r"minutes", r"hours", r"(?:days|días)", r"(?:weeks|semanas)", r"(?:months|meses)", r"(?:years|años)"),
    (r"very small", r"small", r"medium(?:[ -]sized?)?", r"large", r"very large"),
    (r"none", r"very low", r"low", r"(?:medium|moderate)", r"high", r"very high"),
    (
        r"(?:aa|administrative assistant)",
        r"(?:ao|administrative officer)",
        r"eo",
        r"heo",
        r"seo",
        r"(?:grade |g)7",
        r"(?:grade |g)6",
        r"(?:scs|senior civil ser.*)",
    ),
    (r"mon(?:day)?", r"tue(?:s|sday)?", r"wed(?:nesday)?", r"thu(?:rs|rsday)?", r"fri(?:day)?", r"sat(?:urday)?", r"sun(?:day)?"),
    tuple(rf"{month[:3]}(?:{month[3:]})?" for month in "january february march april may june july august september october november december".split()),
)
"""Words whose order is common knowledge and that are no scale of answers, the lowest or earliest first."""


def in_known_order(answers: Mapping[str, int]) -> tuple[str, ...]:
    """Options, in their commonest spelling, in the order that their words name; none where they name none: then nothing tells their order.

    They stand by amount, by how often, by degree, or as a known scale has them, lowest first. What is off any scale, or stands for all others,
    comes last. `answers` are people by answer as written.

    >>> in_known_order({"Medium": 9, "Well": 2, "Rare": 1}), in_known_order({"Weekly": 5, "Never": 3, "Less than monthly": 1})
    (('Rare', 'Medium', 'Well'), ('Never', 'Less than monthly', 'Weekly'))
    >>> in_known_order({"Yes, very rude": 5, "No, not at all rude": 3, "Yes, somewhat rude": 1, "Not sure": 2})
    ('No, not at all rude', 'Yes, somewhat rude', 'Yes, very rude', 'Not sure')
    >>> in_known_order({"Tea": 5, "Cake": 3, "Milk": 1})
    ()
    """
    spelt: dict[str, str] = {}
    for answer in sorted(answers, key=lambda word: (-answers[word], word)):
        spelt.setdefault(normalise(answer), " ".join(answer.split()))
    last = [plain for plain in spelt if residual(plain)]
    others = [plain for plain in spelt if plain not in last]
    off = [plain for plain in others if is_off_scale(plain) and plain not in _SELDOM]
    named = [plain for plain in others if plain not in off]
    known = _on_a_scale(others) or next((found for rank in (_degree, _how_often, _amount, *map(_on, _LADDERS)) if (found := _ranked(named, rank))), {})
    in_order = sorted(known, key=known.__getitem__)
    return tuple(spelt[plain] for plain in (*in_order, *(plain for plain in (*off, *last) if plain not in known))) if known else ()


def in_some_order(question: Question) -> bool:
    """Whether the options of a question stand in an order that is known, or too few of them to need one: yes and no, numbers, two options.

    >>> from rpgstat.study.questions import Question
    >>> in_some_order(Question("q", "Q", options=("Rare", "Medium", "Well"))), in_some_order(Question("q", "Q", options=("Tea", "Cake", "Milk")))
    (True, False)
    """
    options = [option for option in question.options if not residual(option) and option not in (*question.off, question.other)]
    return question.kind not in ("single", "multiple") or len(options) < _FEWEST or bool(in_known_order(dict.fromkeys(options, 1)))


def _on_a_scale(plain: list[str]) -> dict[str, Place]:
    """The places on a known scale that has all these answers; "Yes, very rude" stands there as "very rude" does."""
    said = {_SAID_FIRST.sub("", label): label for label in plain}
    reading = read_answers(seen_in(said)) if len(said) == len(plain) >= _FEWEST else None
    if reading is None or not reading.ordered:
        return {}
    return {said[label]: (float(at),) for label, at in reading.positions.items()}


def _ranked(plain: list[str], rank: Callable[[str], Place | None]) -> dict[str, Place]:
    """The places of options of which three at least have one, each its own; one option that has none may say that there is nothing, and is the lowest."""
    known = {label: place for label in plain if (place := rank(label)) is not None}
    others = [label for label in plain if label not in known]
    if len(known) < _FEWEST or len(set(known.values())) < len(known) or len(others) > 1:
        return {}
    if not others:
        return known
    return {others[0]: (-1.0,), **known} if rank is _amount and _DENIES.search(others[0]) else {}


def _amount(plain: str) -> Place | None:
    """The numbers of an option, or how many stars it is; what is below the first stands before what begins with it."""
    if _STARS.fullmatch(plain):
        return (float(plain.count("★") + plain.count("⭐")), 0.0)
    plain = _ONE.sub("1 ", _IN_WORDS.sub(lambda word: _TIMES[word[0]], plain))
    found = [float(number.replace(",", "")) for number in _FIRST_NUMBER.findall(plain)]
    return (found[0], -1.0 if _BELOW.match(plain) else 1.0 if _ABOVE.match(plain) else 0.0, *found[1:]) if found else None


def _degree(plain: str) -> Place | None:
    """The place of a qualification among those that surveys ask for."""
    places = [place for place, words in enumerate(_DEGREES) if words.search(plain)]
    return (float(places[0]),) if places else None


def _how_often(plain: str) -> Place | None:
    """How often a year an option says, "or less" before and "or more" behind the number itself."""
    if plain in _SELDOM:
        return (_SELDOM[plain], 0.0)
    periods = [(found.start(), often) for words, often in _PERIODS if (found := re.search(words, plain))]
    if not periods:
        return None
    times = re.findall(r"\d+", _IN_WORDS.sub(lambda word: _TIMES[word[0]], plain))
    number = float(times[0]) if times else 2.5 if _SEVERAL.search(plain) else 1.0
    if found := _EVERY.search(plain):
        number = 0.5 if found[1] in ("other", "second") else 1 / number
    compared = _COMPARED.search(plain)
    return (min(periods)[1] * number, 0.0 if compared is None else -1.0 if compared[1] in _LESS else 1.0)


def _on(ladder: tuple[str, ...]) -> Callable[[str], Place | None]:
    """The place of an option among words of one ladder."""

    def place(plain: str) -> Place | None:
        return next(((float(at),) for at, words in enumerate(ladder) if re.fullmatch(words, plain)), None)

    return place
