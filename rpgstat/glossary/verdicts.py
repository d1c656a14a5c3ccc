"""What a mean says, in the words of its scale's family."""

from __future__ import annotations

VERDICTS: dict[str, tuple[str, str, str]] = {
    "": ("below the midpoint", "at the midpoint", "above the midpoint"),
    "ability": ("towards minimal", "midway", "towards extensive"),
    "agreement": ("more disagreed than agreed", "evenly balanced", "more agreed than disagreed"),
    "awareness": ("towards not aware", "midway", "towards aware"),
    "change": ("towards less or worse", "evenly balanced", "towards more or better"),
    "clarity": ("towards unclear", "midway", "towards clear"),
    "comfort": ("towards not comfortable", "midway", "towards comfortable"),
    "concern": ("towards low", "midway", "towards high"),
    "confidence": ("towards not confident", "midway", "towards confident"),
    "ease": ("towards difficult", "midway", "towards easy"),
    "effectiveness": ("towards not effective", "midway", "towards effective"),
    "expectations": ("towards below expectations", "midway", "towards above expectations"),
    "extent": ("towards a small extent", "midway", "towards a great extent"),
    "familiarity": ("towards not familiar", "midway", "towards familiar"),
    "favourability": ("more unfavourable than favourable", "evenly balanced", "more favourable than unfavourable"),
    "frequency": ("more seldom than often", "midway between seldom and often", "more often than seldom"),
    "importance": ("towards unimportant", "midway", "towards important"),
    "interest": ("towards not interested", "midway", "towards interested"),
    "knowledge": ("towards not knowledgeable", "midway", "towards knowledgeable"),
    "likelihood": ("more unlikely than likely", "evenly balanced", "more likely than unlikely"),
    "needs": ("towards not met", "midway", "towards fully met"),
    "quality": ("towards poor", "midway", "towards good"),
    "satisfaction": ("more dissatisfied than satisfied", "evenly balanced", "more satisfied than dissatisfied"),
    "support": ("towards not supported", "midway", "towards supported"),
    "truth": ("towards not true", "midway", "towards true"),
    "usefulness": ("towards not useful", "midway", "towards useful"),
}
"""What the mean says in the words of a scale's family, the neutral ones under "": below, at and above the midpoint."""
