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
    "signed-rank": Method("ranks", by_mann_whitney),
    "chi-square": Method("levels", by_levels),
    "stuart-maxwell": Method("levels", by_levels),
    "bowker": Method("levels", by_levels),
}
"""What `--method` takes."""

OF_PAIRS = frozenset({"signed-rank", "stuart-maxwell", "bowker"})
"""The methods that are of pairs alone, and never run on waves of different people."""


LINKED_METHODS = {
    ("overlap", "welch"): "overlap",
    ("overlap", "student"): "overlap-student",
    ("overlap", "exact"): "exact-overlap",
    ("clustered", "welch"): "clustered",
    ("several", "welch"): "clustered-waves",
    ("several", "exact"): "exact-overlap",
    ("paired", "welch"): "paired-t",
    ("paired", "exact"): "sign-flip",
}
"""What the methods are called where people are linked, by design and method; errors are clustered of weighted people, and of people in several waves."""

OVERLAPPING = frozenset({"welch", "student", "exact"})
"""The methods that know what to do with people in both waves; the others take waves as independent."""


@record
class CompareOptions:
    """How waves are compared: `margin` in scale points or None; `against` is "reference" or "previous".

    `design` says what is made of people whose ids link them: "overlap" uses them beside all others, "paired" them alone, "independent" nobody; of fewer
    than `few` nothing is shown, of fewer than `detail` no more than a mean. Where three waves and more are compared, these are `several`, and errors are
    clustered on the people of them all.
    `assumed` people, and how their answers correlate, may have answered both times without an id that tells.
    """

    method: str = "welch"
    adjust: str = "holm"
    alpha: float = 0.05
    margin: float | None = None
    against: str = "reference"
    bayes: bool = False
    design: str = "overlap"
    few: int = 1
    detail: int = 1
    assumed: tuple[int, float] | None = None
    several: tuple[str, ...] = ()

    @property
    def how(self) -> Method:
        """The method itself."""
        return METHODS[self.method]

    @property
    def links(self) -> bool:
        """Whether the method knows what to do with people in both waves; over several waves there is no pooled variance for that."""
        return self.method in OVERLAPPING and not (self.several and self.how.pooled)

    def named(self, *, linked: bool, weighted: bool = False) -> str:
        """The method as the sentence on it knows it, where people were `linked` or not, and `weighted` by a column."""
        design = self.design
        if linked and design == "overlap" and (weighted or self.several):
            design = "clustered" if weighted else "several"
        return LINKED_METHODS.get((design, self.method), self.method) if linked or self.design == "paired" else self.method


def compare_answers(reference: Answers, later: Answers, method: str, level: float, *, limits: bool = True) -> Tested:
    """Runs `method` on two waves' answers; where it cannot be computed its numbers are None and the notes say why. `limits` are those of Hedges g."""
    how = METHODS[method]
    return how.run(difference(reference, later, level, pooled=how.pooled), reference, later, level, limits)
