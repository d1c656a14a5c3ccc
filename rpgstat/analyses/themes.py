"""`themes`: how many people, interviews or focus groups spoke of what, and what changed between waves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rpgstat import text
from rpgstat.analyses._rows import titled
from rpgstat.analyses._theme_changes import Row, Said, ThemeOptions, compared, ids_of
from rpgstat.glossary.languages import in_english
from rpgstat.glossary.sentences import say, word
from rpgstat.record import record
from rpgstat.result import Result, table
from rpgstat.stats.shares import wilson
from rpgstat.study import Study
from rpgstat.study.coding import CodePath
from rpgstat.study.themed import Book, Codes, Heard, Patterns, Spoken, Twice, all_mentions, mentions

NO_THEME, ANY_POSITIVE, ANY_NEGATIVE, BOTH = "(no theme)", "any positive", "any negative", "both"


@record
class Hidden:
    """What is withheld of groups, by source, wave, grouping and group; mentions by theme besides. `few` is the largest count withheld of a whole wave."""

    groups: frozenset[tuple[str, str | None, str, str]] = frozenset()
    mentions: frozenset[tuple[str, str | None, str, str, str]] = frozenset()
    few: int = 0
    detail_from: int = 0


def themes(
    study: Study,
    heard: Sequence[Heard],
    books: Sequence[Book],
    options: ThemeOptions,
    hidden: Hidden = Hidden(),  # noqa: B008
    twice: Sequence[Twice] = (),
) -> Result:
    """Result `themes`: a row for each theme of each source in each wave, and in each group of it; shares and changes of answers only.

    A unit counts once for a theme, whatever code of it it has and however often. n are the units that were coded, of answers those with something
    written. What was not looked for is null. `twice` are the people who wrote an answer in two waves: of changes of answers between these, p and limits
    use what their answers have in common.
    """
    rows: list[Row] = []
    for book in books:
        own = [one for one in heard if one.source == book.source]
        met = [one for one in twice if one.source == book.source]
        rows += compared(_source(own, book, options, hidden), [one.wave for one in own], met, options)
    wanted = [row | {"note": row["note"] or None} for row in rows if not options.waves or row["wave"] in options.waves]
    return Result(
        name="themes",
        title=titled(study, say("title.themes")),
        frame=table("themes", wanted),
        method=_method(heard, wanted, options),
        notes=tuple(_notes(heard, books, wanted, twice, options)),
        options={"alpha": options.alpha, "adjust": options.adjust, "reference": options.reference, "codes": options.codes, "waves": list(options.waves)}
        | ids_of(books),
        warnings=_doubts(heard, books),
    )


def _source(own: Sequence[Heard], book: Book, options: ThemeOptions, hidden: Hidden) -> Iterator[Said]:
    for one in own:
        rows = list(_theme_rows(one, book, options))
        _rank([said.row for said in rows if said.row["code"] is None])
        yield from _protected([*rows, *_sums(one, book, options)], hidden)
        for by, groups in one.groups.items():
            for group, patterns in groups.items():
                yield from (Said(_group_row(one, theme, by, group, patterns, options, hidden)) for theme in book.themes)


def _theme_rows(one: Heard, book: Book, options: ThemeOptions) -> Iterator[Said]:
    spoke = all_mentions(one.patterns, book.themes)
    for theme in book.themes:
        head = {"theme": theme.name, "code": None, "text": theme.text or None, "valence": theme.valence}
        if not theme.sought(one.wave):
            yield Said(_keys(one) | head | {"note": say("row.not_sought")})
            continue
        often = sum(one.codings.get(code, 0) for code in theme.codes)
        yield Said(_keys(one) | head | _counted(one, one.patterns, spoke[theme.id], options) | {"codings": often}, "themes", theme.within)
        if options.codes and len(theme.codes) > 1:
            for code in sorted(theme.codes):
                named = {"theme": theme.name, "code": " > ".join(code), "valence": theme.valence}
                own = sum(number for codes, number in one.patterns.items() if code in codes)
                counted = _counted(one, one.patterns, own, options) | {"codings": one.codings.get(code, 0)}
                yield Said(_keys(one) | named | counted, "codes", frozenset({code}).intersection)


def _sums(one: Heard, book: Book, options: ThemeOptions) -> Iterator[Said]:
    """The rows that close a block: who spoke of none of the themes, and who of good ones, of bad ones, of both."""
    sought = [theme for theme in book.themes if theme.sought(one.wave)]
    good = [theme for theme in sought if theme.valence == "positive"]
    bad = [theme for theme in sought if theme.valence == "negative"]
    anything, well, ill = map(_codes_of, (sought, good, bad))

    def row(name: str, of: Sequence[Spoken], applies: Callable[[Codes], object]) -> Said:
        number = sum(number for codes, number in one.patterns.items() if applies(codes))
        return Said(_keys(one) | {"theme": name, "code": None} | _counted(one, one.patterns, number, options), "sums", applies, _ids(of))

    yield row(NO_THEME, sought, anything.isdisjoint)
    if good:
        yield row(ANY_POSITIVE, good, well.intersection)
    if bad:
        yield row(ANY_NEGATIVE, bad, ill.intersection)
    if good and bad:
        yield row(BOTH, [*good, *bad], lambda codes: well & codes and ill & codes)


def _codes_of(themes: Sequence[Spoken]) -> frozenset[CodePath]:
    return frozenset().union(*(theme.codes for theme in themes))


def _ids(themes: Sequence[Spoken]) -> frozenset[str]:
    return frozenset(theme.id for theme in themes)


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


def _protected(rows: Sequence[Said], hidden: Hidden) -> Iterator[Said]:
    """The rows of a whole wave; where the study wants so, without what a few people said, and then without what that could be worked out from."""
    few = any(0 < (said.row.get("mentions") or 0) <= hidden.few for said in rows)
    for said in rows:
        told = said.row.get("mentions")
        if few and told is not None and (told <= hidden.few or said.family != "themes"):
            kept = ("source", "kind", "theme", "code", "text", "valence", "wave", "by", "group", "n")
            yield Said({key: said.row.get(key) for key in kept} | {"note": say("row.suppressed")})
        else:
            yield said


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


def _method(heard: Sequence[Heard], rows: Sequence[Row], options: ThemeOptions) -> str:
    waves = list(dict.fromkeys(one.wave for one in heard if one.kind == "answers"))
    if len(waves) < 2:
        return say("themes.method_shares") if waves else say("themes.method_counts")
    family = say("themes.adjusted", method=word("adjust", options.adjust)) if options.adjust != "none" else say("themes.not_adjusted")
    linked = say("themes.method_linked") if any(row.get("n_both") for row in rows) else ""
    return say("themes.method", level=text.confidence(options.alpha), linked=linked, family=family, alpha=text.short(options.alpha))


def _notes(heard: Sequence[Heard], books: Sequence[Book], rows: Sequence[Row], twice: Sequence[Twice], options: ThemeOptions) -> Iterator[str]:
    kinds = {one.kind for one in heard}
    yield from (_base(one) for one in heard if one.kind == "answers")
    yield say("themes.once")
    if "answers" in kinds:
        yield say("themes.unprompted")
    yield from _linked(rows, twice, options)
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


def _linked(rows: Sequence[Row], twice: Sequence[Twice], options: ThemeOptions) -> Iterator[str]:
    """Who wrote an answer in two waves as far as ids tell, and that the others are treated as independent."""
    changed = [row for row in rows if row.get("change") is not None]
    for one in twice:
        both = next((row.get("n_both") for row in changed if (row["source"], row["reference"], row["wave"]) == (one.source, one.reference, one.wave)), None)
        if both:
            yield say("themes.linked", source=one.source, reference=one.reference, wave=one.wave, n=text.count(both))
        elif changed and one.n:
            yield say("themes.few_linked", source=one.source, reference=one.reference, wave=one.wave, few=options.fewest)
    if any(row.get("n_both") for row in changed) and any(one.again is not None for one in twice):
        yield say("linked.several", n=len({wave for one in twice for wave in (one.reference, one.wave)}))
    yield from dict.fromkeys(one.why for one in twice if one.why and changed)
    if any(not row.get("n_both") for row in changed):
        yield say("themes.independent")


def _base(one: Heard) -> str:
    """How many wrote an answer, of how many who could."""
    wave = say("themes.in_wave", wave=one.wave) if one.wave else say("themes.of_source", source=one.source)
    if one.returned is not None and one.returned >= one.n:
        return say("themes.base", wave=wave, n=text.count(one.n), returned=text.count(one.returned))
    return say("themes.base_of_file", wave=wave, n=text.count(one.n), whole=text.count(one.n + one.blank))


def _doubts(heard: Sequence[Heard], books: Sequence[Book]) -> tuple[str, ...]:
    """Warnings of themes that nobody named in a wave, though others did elsewhere: they may not have been looked for."""
    with in_english():
        return tuple(_unnamed(heard, books))


def _unnamed(heard: Sequence[Heard], books: Sequence[Book]) -> Iterator[str]:
    for book in books:
        own = [one for one in heard if one.source == book.source]
        spoke = [(one, all_mentions(one.patterns, book.themes)) for one in own] if len(own) > 1 else []
        for theme in book.themes:
            for one, counts in spoke:
                if theme.sought(one.wave) and not theme.waves and one.n and not counts[theme.id]:
                    yield say("themes.sought", theme=theme.name, n=one.n, wave=one.wave, source=book.source)
