"""Which rows of a survey stand for what, by Polars: previews, tests, people who did not finish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from rpgstat.record import record
from rpgstat.study import Standing, Survey, reading


@record
class Sign:
    """Rows that are of a kind: those whose cell of `column` is one of `cells` ("" for a blank one); with `others`, is none of them.

    `within` are a column and its cells, among whose rows alone they are.
    """

    kind: Standing
    column: str
    cells: tuple[str, ...]
    others: bool = False
    within: tuple[str, tuple[str, ...]] | None = None


def any_of(signs: Sequence[Sign]) -> pl.Expr:
    """Whether a row has any of the signs."""
    return pl.any_horizontal([_has(sign) for sign in signs])


def people_of(survey: Survey, signs: Mapping[Standing, Sequence[Sign]]) -> dict[str, int]:
    """How many rows are of each kind, the first where there are several; "" for no kind."""
    with reading(survey.name):
        return dict(survey.frame.group_by(_kind(signs).alias("standing")).len().collect(engine="streaming").rows())


def left(survey: Survey, signs: Mapping[Standing, Sequence[Sign]], gone: Sequence[Standing]) -> Survey:
    """The survey without the rows of the kinds that are `gone`."""
    return survey.reduced(lambda frame: frame.filter(~_kind(signs).is_in(gone)))


def _kind(signs: Mapping[Standing, Sequence[Sign]]) -> pl.Expr:
    return pl.coalesce(pl.when(any_of(own)).then(pl.lit(kind)) for kind, own in signs.items()).fill_null("")


def _has(sign: Sign) -> pl.Expr:
    if sign.cells == ("",) and not sign.others and sign.within is None:
        return pl.col(sign.column).is_null()
    says = pl.col(sign.column).fill_null("").is_in(sign.cells)
    found = ~says if sign.others else says
    return found if sign.within is None else found & pl.col(sign.within[0]).fill_null("").is_in(sign.within[1])
