"""What stands beside the test of a change when it is asked for: equivalence within a margin, and the Bayes factor."""

from __future__ import annotations

from rpgstat import text
from rpgstat.analyses._answers import Answers
from rpgstat.analyses._rows import Row
from rpgstat.analyses._tests import difference
from rpgstat.glossary.sentences import say
from rpgstat.stats.means import MeanDifference, equivalence


def equivalent(row: Row, change: MeanDifference, margin: float, alpha: float) -> None:
    """Whether the change lies within the margin: its p for the row, and the limits that say it."""
    found = equivalence(estimate=change.estimate, std_error=change.std_error, df=change.df, margin=margin, alpha=alpha)
    row.equivalence_p = found.p_value
    if found.low is not None and found.high is not None:
        row.notes.append(
            say("row.margin_limits", level=text.confidence(2 * alpha), limits=say("number.span", low=text.fixed(found.low), high=text.fixed(found.high)))
        )


def bayes(row: Row, before: Answers, after: Answers) -> float | None:
    """The Bayes factor of the pooled t; None, with a note, where there is none."""
    from rpgstat.stats._pingouin import bayes_factor

    pooled = difference(before, after, 0.95, pooled=True)
    if pooled.statistic is None:
        row.notes.append(say("row.no_bayes"))
        return None
    factor = bayes_factor(t=pooled.statistic, n_reference=before.sample.n, n=after.sample.n)
    row.notes += [say("row.bayes_large")] if factor is None else []
    return factor
