"""What `themes` finds, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rpgstat import text
from rpgstat.glossary import CONCLUSIONS
from rpgstat.glossary.sentences import say, word
from rpgstat.media.pages import Row, split
from rpgstat.media.style import used
from rpgstat.result import Result
from rpgstat.views.base import Beside
from rpgstat.views.headlines import number
from rpgstat.views.rows import MOST_TOLD, rows_of

SUMS = ("(no theme)", "any positive", "any negative", "both")


def named(theme: str) -> str:
    """The name of a theme, or the words for a row that closes a block of them."""
    return word("theme_sum", theme.strip("()").replace(" ", "_")) if theme in SUMS else theme


def own_themes(rows: Sequence[Row]) -> list[Row]:
    """The rows of themes themselves, of everyone."""
    return [row for row in rows if row["group"] is None and row["code"] is None and row["theme"] not in SUMS]


def themes(result: Result, _: Beside) -> Iterator[str]:
    """Which theme most spoke of in the latest wave of each source, and how many changed."""
    for _, own in list(split(own_themes(rows_of(result)), ("source",)))[:MOST_TOLD]:
        yield from found(own)


def found(own: Sequence[Row]) -> Iterator[str]:
    """Which theme of one source most spoke of in its latest wave, and how many changed."""
    last = [row for row in own if row["wave"] == own[-1]["wave"] and row["mentions"]]
    if last:
        yield _most(max(last, key=lambda row: row["mentions"]))
    yield from _tested(own)


def _most(row: Row) -> str:
    counts = {"mentions": text.count(row["mentions"]), "n": text.count(row["n"])}
    if row["share"] is None:
        return say("themes.most_counted", place=place(row), theme=row["theme"], **counts)
    return say("themes.most", wave=row["wave"] or row["source"], theme=row["theme"], share=used().figure(text.percent(row["share"])), **counts)


def titles(result: Result) -> Iterator[str]:
    """The same in a few words, of the first source that has shares, else of the first: how many themes changed, or which most spoke of."""
    own = next((rows for rows in _sources(result) if any(row["share"] is not None for row in rows)), next(iter(_sources(result)), []))
    tested = [row for row in own if row["p_adjusted"] is not None]
    if tested and len({(row["reference"], row["wave"]) for row in tested}) == 1:
        more, fewer = (sum(row["conclusion"] == code for row in tested) for code in ("more", "fewer"))
        told = {"n": text.count(len(tested)), "more": number(more), "fewer": number(fewer), "wave": tested[0]["wave"]}
        yield say("title.themes_changed", **told) if more or fewer else say("title.themes_open", **told)
    last = [row for row in own if row["wave"] == own[-1]["wave"] and row["mentions"]]
    most = max(last, key=lambda row: row["mentions"], default=None)
    if most is not None and most["share"] is not None:
        yield say("title.theme_most", theme=most["theme"], share=used().figure(text.percent(most["share"])))
    elif most is not None:
        yield say("title.theme_most_counted", theme=most["theme"], mentions=text.count(most["mentions"]), n=text.count(most["n"]))


def _sources(result: Result) -> list[list[Row]]:
    return [own for _, own in split(own_themes(rows_of(result)), ("source",))]


def _tested(own: Sequence[Row]) -> Iterator[str]:
    for (reference, wave), rows in split([row for row in own if row["reference"] is not None], ("reference", "wave")):
        tested = [row for row in rows if row["p_adjusted"] is not None]
        more, fewer, unsure = (sum(row["conclusion"] == code for row in tested) for code in ("more", "fewer", "inconclusive"))
        words = say("themes.of_tested", len(tested), n=len(tested), more=more, fewer=fewer, open=unsure) if tested else say("themes.no_tested")
        yield say("themes.tested", reference=reference, wave=wave, words=words)


def changes(rows: Sequence[Row]) -> Iterator[str]:
    """The themes of which a change was found."""
    own = own_themes(rows)
    before = {(row["source"], row["theme"], row["wave"]): row for row in own}
    for row in own:
        conclusion = CONCLUSIONS.get(row["conclusion"])
        if conclusion is None or not conclusion.found:
            continue
        first = before.get((row["source"], row["theme"], row["reference"]))
        told = {"before": _share(first) if first else _earlier(row), "after": _share(row), "change": used().signed("share_change", row["change"])}
        told |= {"theme": row["theme"], "limits": used().limits("share_change", row["change_low"], row["change_high"])}
        yield say("themes.more", **told) if row["conclusion"] == "more" else say("themes.fewer", **told)


def _share(row: Row) -> str:
    counts = {"mentions": text.count(row["mentions"]), "n": text.count(row["n"])}
    return say("themes.share_in", share=used().figure(text.percent(row["share"])), wave=row["wave"], **counts)


def _earlier(row: Row) -> str:
    """The share in the reference wave, of which no row is shown."""
    return say("themes.earlier_share", share=used().figure(text.percent(row["share"] - row["change"])), wave=row["reference"])


def coders(rows: Sequence[Row]) -> Iterator[str]:
    """How far coders agree: over all codes of a source and wave, and theme by theme where there are not too many."""
    for row in rows:
        if row["theme"] is None and row["alpha"] is not None:
            source = f"{row['source']}, {row['wave']}," if row["wave"] else row["source"]
            figures = {"agreement": _percent(row["agreement"]), "alpha": text.fixed(row["alpha"]), "limits": _limits(row, "alpha")}
            yield say("coders.found_all", source=source, **figures)
    own = [row for row in rows if row["theme"] is not None and row["code"] is None and row["kappa"] is not None]
    for row in own if len(own) <= MOST_TOLD else ():
        figures = {"agreement": _percent(row["agreement"]), "kappa": text.fixed(row["kappa"]), "limits": _limits(row, "kappa")}
        yield say("coders.found", code=f"“{row['theme']}”", units=text.count(row["units"]), applied=text.count(row["applied"]), **figures)


def alpha(row: Row) -> str:
    """Krippendorff's alpha with its limits."""
    return f"{text.fixed(row['alpha'])}{_limits(row, 'alpha')}"


def place(row: Row) -> str:
    """The source of a row, and its wave."""
    return ", ".join(filter(None, (f"“{row['source']}”", row["wave"])))


def _percent(share: float) -> str:
    return used().figure(text.percent(share))


def _limits(row: Row, key: str) -> str:
    return f" {used().limits('effect', row[f'{key}_low'], row[f'{key}_high'])}" if row[f"{key}_low"] is not None else ""
