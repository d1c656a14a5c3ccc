"""What a mean says, in the words of its scale's family."""

from __future__ import annotations

from rpgstat.glossary.sentences import word

FAMILIES = frozenset(
    """ability agreement awareness change clarity comfort concern confidence ease effectiveness expectations extent familiarity favourability frequency
    importance interest knowledge likelihood needs quality satisfaction support truth usefulness""".split()
)
"""The families of scales that have words of their own."""


def verdict(family: str, *, above: bool) -> str:
    """What a mean below or above the midpoint says in the words of a scale's family; any other has neutral words.

    >>> verdict("agreement", above=True), verdict("", above=False)
    ('more agreed than disagreed', 'below the midpoint')
    """
    return word("verdict", f"{family if family in FAMILIES else 'any'}_{'above' if above else 'below'}")
