"""The only place where a number is rounded or becomes a string to read."""

from __future__ import annotations

import json
import math
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

MINUS = "−"
"""The true minus sign, U+2212."""

NONE = "–"
"""What stands in a cell that has no value; the row's note says why."""


def _decimal(value: float, digits: int) -> Decimal:
    # The decimal number that a reader sees as the float's repr is rounded, not its binary value: 2.675 is 2.68.
    exact = Decimal(value) if isinstance(value, int) else Decimal(repr(float(value)))
    if not exact.is_finite():
        raise ValueError(f"{value} cannot be written as a number")
    quantum = Decimal(1).scaleb(-digits)
    rounded = exact.quantize(quantum, ROUND_HALF_UP) if abs(exact) < 10**20 else exact.to_integral_value()
    return abs(rounded) if rounded.is_zero() else rounded


def fixed(value: float, digits: int = 2) -> str:
    """A number with `digits` decimals, halves rounded away from zero; a true minus sign, and no minus before zero.

    Raises ValueError for NaN and infinities, which no table holds.

    >>> fixed(2.675), fixed(-0.125), fixed(-0.001), fixed(3, 0)
    ('2.68', '−0.13', '0.00', '3')
    """
    return f"{_decimal(value, digits):f}".replace("-", MINUS)


def short(value: float) -> str:
    """A number with two decimals at most and no zeros at its end, as the ends of a scale are named.

    >>> short(4.0), short(2.5), short(-10.0)
    ('4', '2.5', '−10')
    """
    whole, _, decimals = fixed(value).partition(".")
    return f"{whole}.{decimals}".rstrip("0").rstrip(".")


def number(value: float) -> str:
    """A figure in its own unit, thousands parted by commas: whole numbers as they are, others with two decimals.

    >>> number(1240.0), number(36186.3), number(-0.5)
    ('1,240', '36,186.30', '−0.50')
    """
    return count(int(value)) if float(value).is_integer() else f"{_decimal(value, 2):,f}".replace("-", MINUS)


def signed(value: float, digits: int = 2) -> str:
    """As `fixed`, with a plus sign before a positive number; what rounds to zero has no sign.

    >>> signed(0.489), signed(-0.12), signed(0.004)
    ('+0.49', '−0.12', '0.00')
    """
    return ("+" if _decimal(value, digits) > 0 else "") + fixed(value, digits)


def p_value(p: float) -> str:
    """A p-value with three decimals and no leading zero; `< .001` below 0.001, `> .999` where it would round to one.

    >>> p_value(0.0421), p_value(0.00004), p_value(0.99961), p_value(1.0)
    ('.042', '< .001', '> .999', '> .999')
    """
    if p < 0.001:
        return "< .001"
    rounded = _decimal(p, 3)
    return "> .999" if rounded >= 1 else f"{rounded:f}".removeprefix("0")


def p_phrase(p: float) -> str:
    """A p-value as it stands in a sentence.

    >>> p_phrase(0.0421), p_phrase(0.00004)
    ('p = .042', 'p < .001')
    """
    shown = p_value(p)
    return f"p {shown}" if shown[0] in "<>" else f"p = {shown}"


def percent(share: float, digits: int = 0) -> str:
    """A share, 0 to 1, in per cent.

    >>> percent(0.625), percent(-0.0375, 1)
    ('63 %', '−3.8 %')
    """
    return f"{fixed(hundredfold(share), digits)} %"


def signed_percent(share: float, digits: int = 0) -> str:
    """As `percent`, with a plus sign before a positive share: for net agreement and changes in cells.

    >>> signed_percent(0.12), signed_percent(-0.12), signed_percent(0.0)
    ('+12 %', '−12 %', '0 %')
    """
    return f"{signed(hundredfold(share), digits)} %"


def hundredfold(share: float) -> float:
    """A share in per cent, or as points: the decimal point moves, where times 100 in binary would make 28.499999999999996 of 0.285.

    >>> hundredfold(0.285)
    28.5
    """
    return float(Decimal(repr(float(share))).scaleb(2))


def confidence(alpha: float) -> str:
    """The confidence level that belongs to `alpha`.

    >>> confidence(0.05), confidence(0.001)
    ('95 %', '99.9 %')
    """
    level = 100 - Decimal(repr(float(alpha))).scaleb(2)
    return f"{level.normalize():f} %"


def interval(low: float, high: float, digits: int = 2) -> str:
    """Two limits in brackets, as in a table.

    >>> interval(0.21, 0.77), interval(-0.05, 0.5)
    ('[0.21, 0.77]', '[−0.05, 0.50]')
    """
    return f"[{fixed(low, digits)}, {fixed(high, digits)}]"


def span(low: float, high: float, digits: int = 2) -> str:
    """Two limits in words, as in a sentence.

    >>> span(-0.05, 0.5)
    '−0.05 to 0.50'
    """
    return f"{fixed(low, digits)} to {fixed(high, digits)}"


def count(n: int) -> str:
    """A whole number with commas between thousands.

    >>> count(2_000_000), count(-12)
    ('2,000,000', '−12')
    """
    return f"{n:,}".replace("-", MINUS)


def _ratio(value: float) -> str:
    # Bayes factors span many powers of ten; beyond a thousand to one the number itself says nothing more.
    if value >= 1000 or value < 0.001:
        return "> 1000" if value >= 1000 else "< 0.001"
    return fixed(value, 2) if value >= 0.1 else fixed(value, 3)


def cell(kind: str, value: Any, digits: int = 2) -> str:
    """A value of a glossary kind as a table for people shows it; None, NaN and infinities are a dash.

    `digits` are the decimals of means, differences, effects and statistics. No kind gets a plus sign here: use `signed` for changes.

    >>> cell("mean", 2.675), cell("share", 0.62), cell("p", 0.0004), cell("df", 45.31), cell("df", 46.0), cell("points", None)
    ('2.68', '62 %', '< .001', '45.3', '46', '–')
    >>> cell("number", 18.0), cell("number_change", -1218.0)
    ('18', '−1,218.00')
    >>> cell("means", [2.675, None, 3.0]), cell("words", ["Anna", "Ben"])
    ('2.68, –, 3.00', 'Anna, Ben')
    >>> cell("rate", 0.2563), cell("share_change", -0.0213), cell("share_slope", -0.0213), cell("each", 17.0)
    ('25.6 %', '−2.1', '−2.13', '17.0')
    """
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return NONE
    match kind:
        case "text":
            return str(value)
        case "words":
            return ", ".join(value)
        case "count" | "rank":
            return count(int(value))
        case "mean" | "points" | "effect" | "statistic":
            return fixed(value, digits)
        case "number":
            return number(value)
        case "share":
            return percent(value)
        case "rate":
            return percent(value, 1)
        case "number_change":
            return f"{_decimal(value, 2):,f}".replace("-", MINUS)
        case "each":
            return fixed(value, 1)
        case "share_change" | "share_slope":
            return fixed(hundredfold(value), 1 if kind == "share_change" else 2)
        case "p":
            return p_value(value)
        case "df":
            return fixed(value, 0 if float(value).is_integer() else 1)
        case "ratio":
            return _ratio(value)
        case "means":
            return ", ".join(NONE if mean is None else fixed(mean, digits) for mean in value)
        case _:
            return json.dumps(list(value), ensure_ascii=False)


def signed_cell(kind: str, value: float) -> str:
    """As `cell` for a number that is not missing, with a plus sign before a positive one: for changes and differences.

    >>> signed_cell("points", 0.489), signed_cell("rate", -0.14), signed_cell("number", 12.0), signed_cell("share", 0.0)
    ('+0.49', '−14.0 %', '+12', '0 %')
    """
    shown = cell(kind, value)
    return f"+{shown}" if value > 0 and any(c in "123456789" for c in shown) else shown
