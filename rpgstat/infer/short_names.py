"""Short names for what a draft declares: batteries after their question, waves after what tells their files apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LONGEST = 40  # characters of a name that stands in tables and figures
_BRACKETS = re.compile(r"\s*[\[(][^\])]*[\])]")
_SENTENCE = re.compile(r"(?<=[.?!:])\s+")
_LEADING = re.compile(
    r"^(?:please|(?:thinking (?:about|of|back)|since|after|before|as a result of|when|if) [^,]*,|overall,?|in general,?|generally,?|and|"
    r"in (?:your|an|a) (?:opinion|view|average \w+|typical \w+|normal \w+),?|(?:during|in|over) the (?:last|past) [^,]*,|"
    r"(?:now )?(?:rate|indicate|state|tell us|let us know|say|select|choose|tick|mark|specify|answer|read|consider)"
    r"(?: (?:whether|if|the extent to which))?|"
    r"(?:to what extent|how (?:much|far|strongly|often|well|likely|satisfied|important|confident|useful|true|concerned))"
    r"(?: (?:do|did|does|are|is|were|was|have|has|would|can))?"
    r"(?: (?:you|your|each|it))?(?: currently| personally| now)?|"
    r"(?:do|did|are|were|have|would) you|agree or disagree|(?:dis)?agree|(?:level|degree|extent|amount) of|your|you|"
    r"the extent to which|with|that|on|about|regarding|following"
    r"|the (?:following|statements?)|each of|(?:these|those|this)|statements?|propositions?|below|feel|to|is|are|in|for|of|at|the)(?![^\W_])[\s,:]*",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"[\s,]*\b(?:on a scale\b.*|using (?:the|a) (?:following )?scale\b.*|where \d\b.*|from \d+ to \d+\b.*|with 1 being\b.*|"
    r"(?:with )?(?:each of )?(?:the )?following"
    r"(?: statements?| items?| aspects?| things?)?|to do|statements?|below|above|of|in|on|for|with|to|the|a|an|and|or|at|by|from|about|"
    r"that|your|you|our|do|is|are"
    r"|performing|when|which|each|as|how)[\s,:;.?!\u2026-]*$",
    re.IGNORECASE,
)
_THE_FOLLOWING = re.compile(r"\b(?:each of )?the following\b\s*", re.IGNORECASE)
_ABOUT_THE_SURVEY = re.compile(r"\bno (?:right|wrong)\b|\b(?:confidential|anonymous)", re.IGNORECASE)
_LEADS_ON = re.compile(r"\b(?:with|you|that|of|to|for|the|following|in)$", re.IGNORECASE)
_CLAUSE = re.compile(r"(thinking about|thinking of|regarding|as for|in|at|about|since|after|before|as a result of) ([^,:]{3,60})[,:]", re.IGNORECASE)
_ABOUT = frozenset({"thinking about", "thinking of", "regarding", "as for", "in", "at", "about"})
_PERIOD = re.compile(r"\b(?:last|past|next|week|months?|years?|today|general|view|opinion|following)\b", re.IGNORECASE)
_ONLY_AGREES = re.compile(r"^(?:agreement|agree(?:ment)? with|level of agreement)$", re.IGNORECASE)


def battery_name(question: str, family: str = "") -> str:
    """A name of at most 40 characters from the question above a battery; from the scale's family where nothing telling is left of it.

    >>> battery_name("Please rate your level of confidence in performing the following research tasks on a scale from not at all to extremely")
    'Confidence in performing research tasks'
    >>> battery_name("To what extent do you agree with the following statements?", "agreement")
    'Agreement'
    >>> battery_name("Thinking about your skills and the support you get, how far do you agree?", "agreement")
    'Skills and the support you get'
    >>> battery_name("Professional skills and support")
    'Professional skills and support'
    """
    plain = " ".join(question.split()).rstrip(": ")
    if plain and len(plain) <= _LONGEST and not _LEADS_ON.search(plain):
        return plain
    parts = [part for part in _SENTENCE.split(_BRACKETS.sub("", plain)) if not _ABOUT_THE_SURVEY.search(part)]
    best = max(map(_stripped, parts or [plain]), key=lambda part: (len(_telling(part)) >= 2, _telling(part) != []))
    if _ONLY_AGREES.match(best) or not _telling(best):
        best = _topic(plain) or (family or "statements")
    name = _cut(best)
    return name[:1].upper() + name[1:]


def _topic(question: str) -> str:
    """What the clause before the question is about: `skills` in "Thinking about your skills, how far do you agree?"; "" where it names a time."""
    found = _CLAUSE.match(question)
    if found is None or _PERIOD.search(found[2]):
        return ""
    return _stripped(found[2]) if found[1].casefold() in _ABOUT else _cut(found[0].strip(" ,"))


def _telling(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]{3,}", text)


def _stripped(text: str) -> str:
    before = None
    text = _TRAILING.sub("", _TRAILING.sub("", text))
    while text != before:
        before, text = text, _LEADING.sub("", text.strip(" ,:.?!\u2026"))
    text = _THE_FOLLOWING.sub("", text)
    while text != (text := _TRAILING.sub("", text.strip(" ,:;.?!\u2026-"))):
        pass
    return text


def _cut(text: str) -> str:
    """The first words that fit, without a last one that leads on."""
    if len(text) <= _LONGEST:
        return text
    cut = text[: _LONGEST + 1].rsplit(" ", 1)[0] if " " in text[: _LONGEST + 1] else text[:_LONGEST]
    while cut != (cut := _TRAILING.sub("", cut.strip(" ,:;.?!\u2026-"))):
        pass
    return cut or text[:_LONGEST]


_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_NUMBERED = re.compile(r"(?<![^\W_])(wave|round|time|t|w|survey|cycle|phase)[\W_]?(\d{1,2})(?!\d)", re.IGNORECASE)
_STAGES = {
    "Before": r"pre|before|baseline|start|entry|intake",
    "During": r"mid|midpoint|midline|during|interim",
    "After": r"post|after|endline|end|exit|final",
    "Follow-up": r"follow[\W_]?up|later",
}
_STAGE = {name: re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])", re.IGNORECASE) for name, words in _STAGES.items()}
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def names_of_waves(files: Sequence[str], dates: Sequence[str | None] = ()) -> tuple[str, ...]:
    """A short name for each wave: what its file's name says of time, else the month it was answered in (`dates`, as 2024-03), else its number.

    >>> names_of_waves(["blackstone_pre.csv", "blackstone_post.csv"]), names_of_waves(["staff-2023.csv", "staff-2024.csv"])
    (('Before', 'After'), ('2023', '2024'))
    >>> names_of_waves(["a.csv", "b.csv"], ["2024-03", "2025-03"]), names_of_waves(["results.csv"])
    (('Mar 2024', 'Mar 2025'), ('Wave 1',))
    """
    stems = [re.sub(r"\.\w{1,7}$", "", file) for file in files]
    for way in (_numbered, _stage, _year):
        found = [way(stem) for stem in stems]
        if all(found) and len(set(found)) == len(found):
            return tuple(found)
    if dates and all(dates) and len(set(dates)) == len(dates):
        return tuple(_month(date) for date in dates if date)
    return tuple(f"Wave {at}" for at in range(1, len(files) + 1))


def _numbered(stem: str) -> str:
    found = _NUMBERED.findall(stem)
    return f"Wave {int(found[0][1])}" if len(found) == 1 else ""


def _stage(stem: str) -> str:
    found = [name for name, pattern in _STAGE.items() if pattern.search(stem)]
    return found[0] if len(found) == 1 else ""


def _year(stem: str) -> str:
    found = set(_YEAR.findall(stem))
    return found.pop() if len(found) == 1 else ""


def _month(date: str) -> str:
    year, month = date.split("-")[:2]
    return f"{_MONTHS[int(month) - 1]} {year}"
