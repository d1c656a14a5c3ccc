"""Every method that two waves can be compared by, once: its words, what it tests, its test and its effect, and what it can take."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal

from rpgstat.analyses._answers import Answers
from rpgstat.analyses._tests import Tested, by_brunner_munzel, by_levels, by_mann_whitney, by_means, by_permuted_means, by_permuted_ranks, difference
from rpgstat.glossary.sentences import say
from rpgstat.record import record
from rpgstat.stats.means import MeanDifference

Run = Callable[[MeanDifference, Answers, Answers, float, bool], Tested]


@record
class Method:
    """`of` says what is tested, and `run` tests; the catalogue has its words.

    `pooled` whether the interval of the mean difference is Student's; `weighted` whether it has a variance for weights and a finite population.
    """

    of: Literal["means", "ranks", "levels"]
    run: Run
    pooled: bool = False
    weighted: bool = False

    @property
    def interval(self) -> str:
        """Whose t the limits of the mean difference are."""
        return say("interval.student") if self.pooled else say("interval.welch")


METHODS = {
    "welch": Method("means", partial(by_means, "welch"), weighted=True),
    "student": Method("means", partial(by_means, "student"), pooled=True),
    "exact": Method("means", by_permuted_means),
    "mann-whitney": Method("ranks", by_mann_whitney),
    "brunner-munzel": Method("ranks", by_brunner_munzel),
    "exact-rank": Method("ranks", by_permuted_ranks),
    "chi-square": Method("levels", by_levels),
}
"""What `--method` takes."""


@record
class CompareOptions:
    """How waves are compared: `margin` in scale points or None; `against` is "reference" or "previous"."""

    method: str = "welch"
    adjust: str = "holm"
    alpha: float = 0.05
    margin: float | None = None
    against: str = "reference"
    bayes: bool = False

    @property
    def how(self) -> Method:
        """The method itself."""
        return METHODS[self.method]


def compare_answers(reference: Answers, later: Answers, method: str, level: float, *, limits: bool = True) -> Tested:
    """Runs `method` on two waves' answers; where it cannot be computed its numbers are None and the notes say why. `limits` are those of Hedges g."""
    how = METHODS[method]
    return how.run(difference(reference, later, level, pooled=how.pooled), reference, later, level, limits)
