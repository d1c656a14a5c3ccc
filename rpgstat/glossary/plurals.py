"""Which form of a word a number takes, by rules as the Unicode CLDR writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping

_RELATION = re.compile(r"([nivwftce])(?: (?:%|mod) (\d+))? (=|!=|in|not in) ([\d.,]+)")
_WHOLE = ("n", "i")
"""What a whole number is itself; every other operand of a rule tells of decimals, of which it has none."""


def category(number: int, rules: Mapping[str, str]) -> str:
    """The first category whose rule holds for a whole number of 0 or more; `other` where none does.

    Rules are those of CLDR (unicode.org/reports/tr35/tr35-numbers.html, Language Plural Rules) without their samples; `mod`, `in` and
    `not in` are older words for %, = and !=.

    >>> welsh = {"zero": "n = 0", "one": "n = 1", "two": "n = 2", "few": "n = 3", "many": "n = 6"}
    >>> [category(number, welsh) for number in (0, 1, 2, 3, 4, 6, 11)]
    ['zero', 'one', 'two', 'few', 'other', 'many', 'other']
    >>> polish = {"one": "i = 1 and v = 0", "few": "v = 0 and i % 10 = 2..4 and i % 100 != 12..14"}
    >>> [category(number, polish) for number in (1, 2, 12, 22)]
    ['one', 'few', 'other', 'few']
    """
    return next((name for name, rule in rules.items() if _holds(rule, number)), "other")


def _holds(rule: str, number: int) -> bool:
    return any(all(_related(relation.strip(), number) for relation in part.split(" and ")) for part in rule.split(" or "))


def _related(relation: str, number: int) -> bool:
    parts = _RELATION.fullmatch(relation)
    if parts is None:
        raise ValueError(f"`{relation}` is no relation of a plural rule")
    operand, divisor, equal, ranges = parts.groups()
    value = number if operand in _WHOLE else 0
    value = value % int(divisor) if divisor else value
    return any(_within(value, one) for one in ranges.split(",")) == (equal in ("=", "in"))


def _within(value: int, span: str) -> bool:
    low, _, high = span.partition("..")
    return int(low) <= value <= int(high or low)
