"""What a mean says, in the words of its scale's family."""

from __future__ import annotations

VERDICTS: dict[str, tuple[str, str]] = {
    "": ("below the midpoint", "above the midpoint"),
    "ability": ("towards minimal", "towards extensive"),
    "agreement": ("more disagreed than agreed", "more agreed than disagreed"),
    "awareness": ("towards not aware", "towards aware"),
    "change": ("towards less or worse", "towards more or better"),
    "clarity": ("towards unclear", "towards clear"),
    "comfort": ("towards not comfortable", "towards comfortable"),
    "concern": ("towards low", "towards high"),
    "confidence": ("towards not confident", "towards confident"),
    "ease": ("towards difficult", "towards easy"),
    "effectiveness": ("towards not effective", "towards effective"),
    "expectations": ("towards below expectations", "towards above expectations"),
    "extent": ("towards a small extent", "towards a great extent"),
    "familiarity": ("towards not familiar", "towards familiar"),
    "favourability": ("more unfavourable than favourable", "more favourable than unfavourable"),
    "frequency": ("more seldom than often", "more often than seldom"),
    "importance": ("towards unimportant", "towards important"),
    "interest": ("towards not interested", "towards interested"),
    "knowledge": ("towards not knowledgeable", "towards knowledgeable"),
    "likelihood": ("more unlikely than likely", "more likely than unlikely"),
    "needs": ("towards not met", "towards fully met"),
    "quality": ("towards poor", "towards good"),
    "satisfaction": ("more dissatisfied than satisfied", "more satisfied than dissatisfied"),
    "support": ("towards not supported", "towards supported"),
    "truth": ("towards not true", "towards true"),
    "usefulness": ("towards not useful", "towards useful"),
}
"""What the mean says in the words of a scale's family, the neutral ones under "": below and above the midpoint."""

UNCLEAR = "not clearly on either side"
"""The verdict where the interval of the mean holds the midpoint, whichever side the mean itself lies on."""
