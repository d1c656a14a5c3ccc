"""The forms in which the heading of a published figure may be met."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rpgstat.study import normalise

_CODE = re.compile(r"^(?:q\s?)?\d+[a-z]?(?:[.:)]\s*|\s+(?=\w))|^q\d+[a-z]*\s+", re.IGNORECASE)
_AGREEING = r"(?:strongly )?agree\s*(?:/|or|and|\+)\s*(?:strongly )?agree"
_POSITIVE = re.compile(rf"\s*[:(\-\u2013]?\s*(?:%|per cent)?\s*(?:positive|favourable|agree(?:ing)?|{_AGREEING})?\)?\s*$", re.IGNORECASE)
_PERCENT = re.compile(r"(?<!\w)(?:%|per cent)\s*|\s*(?:%|\(%\))$", re.IGNORECASE)


def read_as(words: str, *, positive: bool = True) -> Iterator[str]:
    """The forms in which a heading may be met: as it is, without its number or the sign for per cent, that of positive answers by its question."""
    plain = normalise(words)
    forms = [plain, _CODE.sub("", plain)]
    forms += [_PERCENT.sub("", form).strip() for form in forms]
    if positive:
        forms += [_POSITIVE.sub("", form).strip() for form in forms]
    yield from dict.fromkeys(form for form in forms if form)
