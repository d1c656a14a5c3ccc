"""`themes`: how many people, interviews or focus groups spoke of what, and what changed between waves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rpgstat import text
from rpgstat.analyses._rows import joined, titled
from rpgstat.glossary.sentences import say, word
from rpgstat.record import record
from rpgstat.result import Result, table
from rpgstat.stats.adjust import adjust
from rpgstat.stats.fisher import fisher_mid_p
from rpgstat.stats.shares import newcombe, wilson
from rpgstat.study import Study
from rpgstat.study.coding import CodePath
from rpgstat.study.themed import Book, Heard, Patterns, Spoken, mentions

Row = dict[str, Any]
NO_THEME, ANY_POSITIVE, ANY_NEGATIVE, BOTH = "(no theme)", "any positive", "any negative", "both"


@record
class ThemeOptions:
    """What is compared with which wave, at which level, and whether codes below themes have rows of their own."""

    reference: str | None = None
    alpha: float = 0.05
    adjust: str = "holm"
    codes: bool = False
    waves: tuple[str, ...] = ()


@record
class Hidden:
    """What is withheld of groups, by source, wave, grouping and group; mentions by theme besides. `few` is the largest count withheld of a whole wave."""

    groups: frozenset[tuple[str, str | None, str, str]] = frozenset()
    mentions: frozenset[tuple[str, str | None, str, str, str]] = frozenset()
    few: int = 0
    detail_from: int = 0


def themes(study: Study, heard: Sequence[Heard], books: Sequence[Book], options: ThemeOptions, hidden: Hidden = Hidden()) -> Result:  # noqa: B008
    """Result `themes`: a row for each theme of each source in each wave, and in each group of it; shares and changes of answers only.

    A unit counts once for a theme, whatever code of it it has and however often. n are the units that were coded, of answers those with something
    written. What was not looked for is null.
    """
    rows: list[Row] = []
    for book in books:
        own = [one for one in heard if one.source == book.source]
        rows += _compared(_source(own, book, options, hidden), own, options)
    wanted = [row | {"note": row["note"] or None} for row in rows if not options.waves or row["wave"] in options.waves]
    return Result(
        name="themes",
        title=titled(study, say("title.themes")),
        frame=table("themes", wanted),
        method=_method(heard, options),
        notes=tuple(_notes(heard, books, wanted)),
        options={"alpha": options.alpha, "adjust": options.adjust, "reference": options.reference, "codes": options.codes, "waves": list(options.waves)}
        | {"ids": {theme.name: theme.id for book in books for theme in book.themes}},
        warnings=tuple(_doubts(heard, books)),
    )


def _source(own: Sequence[Heard], book: Book, options: ThemeOptions, hidden: Hidden) -> Iterator[Row]:
    for one in own:
        rows = list(_theme_rows(one, book, options))
        _rank([row for row in rows if row["code"] is None])
        yield from _protected([*rows, *_sums(one, book, options)], hidden)
        for by, groups in one.groups.items():
            for group, patterns in groups.items():
                yield from (_group_row(one, theme, by, group, patterns, options, hidden) for theme in book.themes)


def _theme_rows(one: Heard, book: Book, options: ThemeOptions) -> Iterator[Row]:
    for theme in book.themes:
        head = {"theme": theme.name, "code": None, "text": theme.text or None, "valence": theme.valence}
        if not theme.sought(one.wave):
            yield _keys(one) | head | {"note": say("row.not_sought")}
            continue
        often = sum(one.codings.get(code, 0) for code in theme.codes)
        yield _keys(one) | head | _counted(one, one.patterns, mentions(one.patterns, theme), options) | {"codings": often}
        if options.codes and len(theme.codes) > 1:
            for code in sorted(theme.codes):
                named = {"theme": theme.name, "code": " > ".join(code), "valence": theme.valence}
                own = sum(number for codes, number in one.patterns.items() if code in codes)
                yield _keys(one) | named | _counted(one, one.patterns, own, options) | {"codings": one.codings.get(code, 0)}


def _sums(one: Heard, book: Book, options: ThemeOptions) -> Iterator[Row]:
    """The rows that close a block: who spoke of none of the themes, and who of good ones, of bad ones, of both."""
    sought = [theme for theme in book.themes if theme.sought(one.wave)]
    good = [theme for theme in sought if theme.valence == "positive"]
    bad = [theme for theme in sought if theme.valence == "negative"]

    def row(name: str, number: int) -> Row:
        return _keys(one) | {"theme": name, "code": None} | _counted(one, one.patterns, number, options)

    def spoke(codes: Iterable[CodePath], of: Sequence[Spoken]) -> bool:
        return any(theme.within(codes) for theme in of)

    yield row(NO_THEME, sum(number for codes, number in one.patterns.items() if not spoke(codes, sought)))
    if good:
        yield row(ANY_POSITIVE, sum(number for codes, number in one.patterns.items() if spoke(codes, good)))
    if bad:
        yield row(ANY_NEGATIVE, sum(number for codes, number in one.patterns.items() if spoke(codes, bad)))
    if good and bad:
        yield row(BOTH, sum(number for codes, number in one.patterns.items() if spoke(codes, good) and spoke(codes, bad)))


def _keys(one: Heard) -> Row:
    return {"source": one.source, "kind": one.kind, "wave": one.wave, "by": None, "group": None, "note": ""}


def _counted(one: Heard, patterns: Patterns, number: int, options: ThemeOptions) -> Row:
    """n and mentions; of answers the share with its limits. Interviews and focus groups were chosen, not drawn, and have none."""
    n = sum(patterns.values())
    found: Row = {"n": n, "mentions": number}
    if one.kind != "answers" or not n:
        return found
    limits = wilson(count=number, n=n, level=1 - options.alpha)
    assert limits is not None  # n is not 0
    returned = number / one.returned if one.returned and one.returned >= n else None
    return found | {"share": number / n, "share_low": limits.low, "share_high": limits.high, "share_returned": returned}


def _rank(rows: Sequence[Row]) -> None:
    """Ranks of themes by mentions, 1 the most; equal ones share the better place."""
    counts = sorted((row["mentions"] for row in rows if row.get("mentions") is not None), reverse=True)
    for row in rows:
        if row.get("mentions") is not None:
            row["rank"] = counts.index(row["mentions"]) + 1


def _protected(rows: Sequence[Row], hidden: Hidden) -> Iterator[Row]:
    """The rows of a whole wave; where the study wants so, without what a few people said, and then without what that could be worked out from."""
    few = any(0 < (row.get("mentions") or 0) <= hidden.few for row in rows)
    for row in rows:
        told = row.get("mentions")
        if few and told is not None and (told <= hidden.few or row["theme"] in (NO_THEME, ANY_POSITIVE, ANY_NEGATIVE, BOTH) or row["code"] is not None):
            yield {key: row.get(key) for key in ("source", "kind", "theme", "code", "text", "valence", "wave", "by", "group", "n")} | {
                "note": say("row.suppressed")
            }
        else:
            yield row


def _group_row(one: Heard, theme: Spoken, by: str, group: str, patterns: Patterns, options: ThemeOptions, hidden: Hidden) -> Row:
    head = _keys(one) | {"theme": theme.name, "code": None, "text": theme.text or None, "valence": theme.valence, "by": by, "group": group}
    if not theme.sought(one.wave):
        return head | {"note": say("row.not_sought")}
    place = (one.source, one.wave, by, group)
    if place in hidden.groups:
        return head | {"note": say("row.suppressed")}
    if (*place, theme.id) in hidden.mentions:
        return head | {"n": sum(patterns.values()), "note": say("row.suppressed")}
    return head | {**_counted(one, patterns, mentions(patterns, theme), options), "share_returned": None}


def _compared(rows: Iterable[Row], own: Sequence[Heard], options: ThemeOptions) -> list[Row]:
    """The rows with the change of each later wave against the reference, adjusted over the themes of the source; its sums are a family of their own."""
    found = list(rows)
    waves = [one.wave for one in own]
    reference = options.reference if options.reference in waves else waves[0] if len(waves) > 1 else None
    before = {(row["theme"], row["code"]): row for row in found if row["wave"] == reference and row["by"] is None}
    families: dict[str, list[Row]] = {}
    for row in found:
        if (
            reference is None
            or row["wave"] == reference
            or row["by"] is not None
            or row["kind"] != "answers"
            or row["note"] in (say("row.not_sought"), say("row.suppressed"))
        ):
            continue
        family = "sums" if row["theme"] in (NO_THEME, ANY_POSITIVE, ANY_NEGATIVE, BOTH) else "codes" if row["code"] else "themes"
        if _changed(row, before.get((row["theme"], row["code"])), str(reference), options):
            families.setdefault(family, []).append(row)
    for family_rows in families.values():
        for row, p in zip(family_rows, adjust([row["p_value"] for row in family_rows], options.adjust), strict=True):
            row["p_adjusted"] = p
            _conclude(row, options.alpha)
    return found


def _changed(row: Row, before: Row | None, reference: str, options: ThemeOptions) -> bool:
    """Puts the change into a row; False where there is none to put."""
    if before is None or row.get("share") is None:
        return False
    row["reference"] = reference
    if before.get("share") is None:
        why = {say("row.not_sought"): say("row.not_sought_in", wave=reference), say("row.suppressed"): say("row.withheld_in", wave=reference)}
        told = why.get(before["note"], say("row.nobody_wrote_in", wave=reference))
        row["note"] = joined([row["note"], told])
        return False
    counts = {"count_reference": before["mentions"], "n_reference": before["n"], "count": row["mentions"], "n": row["n"]}
    limits = newcombe(**counts, level=1 - options.alpha)
    assert limits is not None  # neither n is 0
    row |= {"change": row["share"] - before["share"], "change_low": limits.low, "change_high": limits.high, "p_value": fisher_mid_p(**counts)}
    if row["p_value"] is None:
        row["note"] = joined([row["note"], say("row.nobody_named") if not row["mentions"] else say("row.everybody_named")])
    return True


def _conclude(row: Row, alpha: float) -> None:
    if row["p_adjusted"] is None:
        return
    if row["p_adjusted"] < alpha:
        row["conclusion"] = "more" if row["change"] > 0 else "fewer"
        return
    row["conclusion"] = "inconclusive"
    if row["p_value"] < alpha:
        row["note"] = joined([row["note"], say("row.not_after_adjustment")])


def _method(heard: Sequence[Heard], options: ThemeOptions) -> str:
    waves = list(dict.fromkeys(one.wave for one in heard if one.kind == "answers"))
    if len(waves) < 2:
        return say("themes.method_shares") if waves else say("themes.method_counts")
    family = say("themes.adjusted", method=word("adjust", options.adjust)) if options.adjust != "none" else say("themes.not_adjusted")
    return say("themes.method", level=text.confidence(options.alpha), family=family, alpha=text.short(options.alpha))


def _notes(heard: Sequence[Heard], books: Sequence[Book], rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    kinds = {one.kind for one in heard}
    yield from (_base(one) for one in heard if one.kind == "answers")
    yield say("themes.once")
    if "answers" in kinds:
        yield say("themes.unprompted")
    if any(row.get("change") is not None for row in rows):
        yield say("themes.independent")
    if "interviews" in kinds:
        yield say("themes.interviews")
    if "groups" in kinds:
        yield say("themes.focus_groups")
    for book in books:
        own = [one for one in heard if one.source == book.source]
        if len({one.asked for one in own}) > 1:
            yield say("themes.other_words", source=book.source)
        if len({one.coders for one in own if one.coders}) > 1:
            yield say("themes.other_coders", source=book.source)


def _base(one: Heard) -> str:
    """How many wrote an answer, of how many who could."""
    wave = say("themes.in_wave", wave=one.wave) if one.wave else say("themes.of_source", source=one.source)
    if one.returned is not None and one.returned >= one.n:
        return say("themes.base", wave=wave, n=text.count(one.n), returned=text.count(one.returned))
    return say("themes.base_of_file", wave=wave, n=text.count(one.n), whole=text.count(one.n + one.blank))


def _doubts(heard: Sequence[Heard], books: Sequence[Book]) -> Iterator[str]:
    """Warnings of themes that nobody named in a wave, though others did elsewhere: they may not have been looked for."""
    for book in books:
        own = [one for one in heard if one.source == book.source]
        for theme in book.themes if len(own) > 1 else ():
            for one in own:
                if theme.sought(one.wave) and not theme.waves and one.n and not mentions(one.patterns, theme):
                    yield say("themes.sought", theme=theme.name, n=one.n, wave=one.wave, source=book.source)
