"""Whether counts follow known shares: those who answered against the population they come from."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rpgstat import text
from rpgstat.glossary.sentences import say
from rpgstat.record import record

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Cochran 1954, Biometrics 10: below this expected count the chi-square distribution is in doubt.
SMALL_EXPECTED = 5
# Ways to spread the people that are listed at once: about 50 MB and a tenth of a second.
MAX_SPREADS = 1_000_000
# Statistics closer than this count as tied: shares are floats, and the same spread summed in another order differs in its last digits.
TIED = 1e-9


@record
class GoodnessOfFit:
    """Pearson's test; `exact_p` stands beside a small expected count, `lacking` are positions with answers where the share is 0."""

    chi_square: float | None
    df: int | None
    p_value: float | None
    smallest_expected: float | None
    exact_p: float | None = None
    note: str = ""
    lacking: tuple[int, ...] = ()


def goodness_of_fit(*, counts: Sequence[int], shares: Sequence[float]) -> GoodnessOfFit:
    """Pearson's chi-square test that the counts were drawn at these shares (R's `chisq.test(counts, p = shares)`).

    `shares` (0 or more, sum 1 within 1e-9) stand beside `counts`, in any order. A position with neither a share nor a count is dropped; df
    is the number of the others less 1. `p_value` is always Pearson's. With any expected count below 5 the note gives the smallest, and
    `exact_p` is added where all ways to spread n people can be listed (`MAX_SPREADS`): the multinomial probability of a chi-square at
    least as large. All None, with a note, without answers, with fewer than two shares above 0, and where a position has answers but no
    share: `lacking` holds those. Raises ValueError for unequal lengths, negative counts and bad shares.

    The people are treated as drawn from a very large population: where many of a small one answered, p is too large.

    Pearson 1900, Philosophical Magazine 50; exact p: Read & Cressie 1988, Goodness-of-Fit Statistics for Discrete Multivariate Data.

    >>> test = goodness_of_fit(counts=[12, 5, 3], shares=[0.5, 0.3, 0.2])
    >>> round(test.chi_square, 3), test.df, round(test.p_value, 4), round(test.exact_p, 4), test.note
    (0.817, 2, 0.6648, 0.729, 'smallest expected count 4: exact multinomial p = .729')
    """
    if any(share < 0 for share in shares) or not math.isclose(math.fsum(shares), 1, abs_tol=1e-9):
        raise ValueError(f"shares {list(shares)} must be 0 or more and sum to 1")
    if any(count < 0 for count in counts):
        raise ValueError(f"counts {list(counts)} must be 0 or more")
    lacking = tuple(i for i, (count, share) in enumerate(zip(counts, shares, strict=True)) if count and not share)
    used = [(int(count), float(share)) for count, share in zip(counts, shares, strict=True) if share]
    if problem := _undefined(used, lacking):
        return GoodnessOfFit(None, None, None, None, note=problem, lacking=lacking)
    n = sum(count for count, _ in used)
    chi_square, df = math.fsum((count - n * share) ** 2 / (n * share) for count, share in used), len(used) - 1
    smallest = n * min(share for _, share in used)
    exact_p = _exact_p(chi_square, n, [share for _, share in used]) if smallest < SMALL_EXPECTED else None
    return GoodnessOfFit(chi_square, df, _tail(chi_square, df), smallest, exact_p, _note(smallest, exact_p))


def _undefined(used: list[tuple[int, float]], lacking: tuple[int, ...]) -> str:
    """Why there is no test, or nothing."""
    if lacking:
        return say("row.foreign_group")
    if not any(count for count, _ in used):
        return say("row.no_answers")
    return say("row.few_population_groups") if len(used) < 2 else ""


def _tail(x: float, df: int) -> float:
    from scipy.special import chdtrc

    return float(chdtrc(df, x))


def _note(smallest: float, exact_p: float | None) -> str:
    if smallest >= SMALL_EXPECTED:
        return ""
    if exact_p is None:
        return say("row.expected_rough", smallest=text.short(smallest))
    return say("row.expected_exact", smallest=text.short(smallest), p=text.p_phrase(exact_p))


def _exact_p(chi_square: float, n: int, shares: Sequence[float]) -> float | None:
    """The chance of a statistic as large, over every way to spread n people; None where those are too many.

    Counts that are Poisson given the shares are multinomial given their sum, so each spread weighs the product of its counts' weights.
    """
    import numpy as np

    if math.comb(n + len(shares) - 1, len(shares) - 1) > MAX_SPREADS:
        return None
    taken = np.arange(n + 1)
    people, sums, weight = np.zeros(1, dtype=np.int64), np.zeros(1), np.ones(1)
    for share in shares[:-1]:
        after = people[:, None] + taken
        possible = after <= n
        sums = (sums[:, None] + (taken - n * share) ** 2 / (n * share))[possible]
        weight = (weight[:, None] * _weights(n, share))[possible]
        people = after[possible]
    rest, share = n - people, shares[-1]
    sums = sums + (rest - n * share) ** 2 / (n * share)
    weight = weight * _weights(n, share)[rest]
    return min(float(weight[sums >= chi_square * (1 - TIED)].sum() / weight.sum()), 1.0)


def _weights(n: int, share: float) -> NDArray[np.float64]:
    """Poisson chances of 0 to n people where n x share are expected; the likeliest weighs 1, and all are built from it outwards."""
    import numpy as np

    steps = n * share / np.arange(1, n + 1)
    mode = int(np.count_nonzero(steps > 1))
    return np.concatenate([np.cumprod(1 / steps[:mode][::-1])[::-1], [1.0], np.cumprod(steps[mode:])])
