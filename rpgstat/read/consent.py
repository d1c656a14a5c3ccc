"""Questions of consent, and which of their answers decline to take part."""

from __future__ import annotations

import re

# What such a question is headed, and answers to it that say no more than yes or no.
_PART = r"(?:take part|taking part|participate|participation|participating)"
_STUDY = r"(?:survey|study|research|evaluation|questionnaire|consultation)\b"
_HERE = rf"{_PART}(?: in (?:(?:this|the|our|an?) (?:[\w-]+ ){{0,3}}{_STUDY}.*|this (?:[\w-]+ ){{0,3}}(?:project|trial)\b.*|(?:[\w-]+ ){{0,2}}{_STUDY}))?"
_ASKED = re.compile(
    rf"(?:(?:electronic|informed|participant|research|survey|study|your) )*consent(?: form| given| statement| question)?(?: (?:to|for) {_HERE})?|"
    rf"(?:do|would|are|will) you (?:\w+ ){{0,3}}(?:consent|agree|like|wish|want|willing|happy) to {_HERE}|"
    rf"i (?:(?:have read|understand|confirm)\b.* )?(?:consent|agree|would like|am willing|am happy) to {_HERE}|"
    rf"(?:do you|i) (?:give (?:my |your )?)?consent(?: to (?:{_HERE}|this (?:survey|study|research).*))?"
)
_INSTRUCTION = re.compile(r"(?:please )?(?:select|choose|tick|check|click|indicate)\b.*|(?:do you|i) (?:agree|consent)")
_YES = re.compile(
    r"(?:yes|y|agree|agreed|accept|accepted|i agree|i accept|consent|consented|given)\b.*|true|1|"
    r"i (?:consent|give|am willing|am happy|would like|wish|want)\b.*"
)
_NO = re.compile(
    r"no|n|false|0|no,? thank(?:s| you)|disagree|i disagree|decline|declined|refuse|refused|not given|withdrawn|no consent|consent declined|no,? i\b.*|"
    r"i (?:do not|don't) (?:agree|accept)\b.*"
)

# Answers that decline in so many words, whatever the question.
_NOT = r"(?:no[,.:;!]? (?:- )?)?i (?:do not|don't|did not|would not|wouldn't|would rather not|will not|prefer not to|decline|refuse|am not willing)\b"
_NOT_TAKING_PART = re.compile(rf"{_NOT}.*\b(?:take part|taking part|participat\w*)\b.*")
_NOT_CONSENTING = re.compile(rf"{_NOT} (?:wish to |want to |to )?(?:give (?:my )?)?consent\b(?! to (?!tak|particip)).*|(?:i )?(?:do not|don't) consent")
_ANOTHER_PURPOSE = re.compile(r"contact|quot|photo|image|record|film|video|audio|link|follow|interview|shar(?:e|ing)|newsletter|future|again|prize|draw\b")
_ELSEWHERE = re.compile(r"interview|focus[- ]group|follow|further|future|again|next\b|another|workshop|newsletter|prize|draw\b")  # other things to take part in
_TAKING_PART = re.compile(r"\b(?:take|taking) part\b|\bparticipat")


def asks_to_take_part(question: str) -> bool:
    """Whether a normalised header asks for consent to take part.

    >>> asks_to_take_part("consent"), asks_to_take_part("do you agree to take part?"), asks_to_take_part("i seek consent from families")
    (True, True, False)
    """
    parts = [part.strip(" *:?.") for part in re.split(r"[.:;!?] | > ", question + " ")]
    asked = [part for part in parts if _ASKED.fullmatch(part) and not _ELSEWHERE.search(part)]
    if any(_TAKING_PART.search(part) for part in asked):
        return True
    return bool(asked) and all(part in asked or _INSTRUCTION.fullmatch(part) for part in parts if part)


def declining(question: str, cells: frozenset[str]) -> frozenset[str]:
    """Those of a column's normalised answers that decline to take part; none where another thing may be declined.

    >>> sorted(declining("consent", frozenset({"yes", "no"})))
    ['no']
    >>> sorted(declining("q1", frozenset({"i consent", "i do not consent to take part in this study"})))
    ['i do not consent to take part in this study']
    >>> declining("may we contact you again?", frozenset({"yes", "no"}))
    frozenset()
    """
    if asks_to_take_part(question) and all(_NO.fullmatch(cell) or _YES.fullmatch(cell) or explicit(cell) for cell in cells):
        return frozenset(cell for cell in cells if _NO.fullmatch(cell) or explicit(cell))
    if any(_TAKING_PART.search(part) and _ELSEWHERE.search(part) for part in re.split(r"[.:;!?] | > ", question)):
        return frozenset()
    if _ANOTHER_PURPOSE.search(question) and not _TAKING_PART.search(question):
        return frozenset(cell for cell in cells if _NOT_TAKING_PART.fullmatch(cell))
    return frozenset(filter(explicit, cells))


def explicit(cell: str) -> bool:
    """Whether an answer declines to take part in so many words."""
    if _ELSEWHERE.search(cell):
        return False
    return _NOT_TAKING_PART.fullmatch(cell) is not None or _NOT_CONSENTING.fullmatch(cell) is not None
