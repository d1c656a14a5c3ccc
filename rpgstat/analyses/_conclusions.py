"""What the rows of a comparison conclude, once all of them are there: adjusted p, equivalence and the rank check run over families."""

from __future__ import annotations

from rpgstat.analyses._rows import Row
from rpgstat.analyses._tests import adjust_families, rank_note
from rpgstat.analyses.methods import CompareOptions
from rpgstat.glossary.sentences import say


def conclude(rows: list[Row], options: CompareOptions) -> None:
    """Adjusted p, equivalence, rank check and the conclusion; families run over all rows, so this comes last."""
    families = [row.family for row in rows]
    adjusted = adjust_families([row.columns.get("p_value") for row in rows], families, options.adjust)
    ranked = adjust_families([row.rank_p for row in rows], families, options.adjust)
    within = adjust_families([row.equivalence_p for row in rows], families, "holm")
    for row, p_adjusted, rank, inside in zip(rows, adjusted, ranked, within, strict=True):
        row.columns["p_adjusted"] = p_adjusted
        if p_adjusted is not None:
            row.columns["conclusion"] = _conclusion(row, p_adjusted, inside, options)
            row.notes += rank_note(p_adjusted, rank, options.alpha, row.columns.get("design") or "independent")


def _conclusion(row: Row, p_adjusted: float, inside: float | None, options: CompareOptions) -> str:
    significant = p_adjusted < options.alpha
    if inside is not None and inside < options.alpha:
        row.notes += [say("row.real_within")] if significant else []
        return "equivalent"
    if significant:
        return "different" if options.how.of == "levels" else _direction(row, options)
    if row.columns["p_value"] < options.alpha:
        row.notes.append(say("row.not_after_adjustment"))
    if row.equivalence_p is not None and row.equivalence_p < options.alpha:
        row.notes.append(say("row.within_before"))
    return "inconclusive"


def _direction(row: Row, options: CompareOptions) -> str:
    """Which way the tested statistic points: the mean difference, or by ranks Cliff's delta."""
    sign = row.columns["estimate"] if options.how.of == "means" else row.columns["effect"]
    return "higher" if sign > 0 else "lower"
