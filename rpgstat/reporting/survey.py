"""What is said of who answered, of where the statements stand, and of groups."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from rpgstat import text
from rpgstat.glossary.sentences import closing, listing, say, word
from rpgstat.media.document import Point
from rpgstat.media.pages import Row, split
from rpgstat.media.style import Style
from rpgstat.reporting.quoting import limits, no_score, quoted


def returned(rows: Sequence[Row], style: Style) -> Iterator[Point]:
    """How many of those invited returned the questionnaire in each wave; `rows` are those of everyone in `response`."""
    for row in rows:
        if row["rate"] is None:
            words = say("returned.nothing_known", person=say("count.people", row["returned"], n=text.count(row["returned"])))
        else:
            rate = style.cell("rate", row["rate"])
            invited = say("count.people", row["invited"], n=text.count(row["invited"]))
            words = say("returned.of_invited", invited=invited, returned=text.count(row["returned"]), rate=rate)
        yield Point(words, text.stopped(row["wave"]))


def rate_changes(rows: Sequence[Row], style: Style) -> Iterator[Point]:
    """By how many points the response rate changed."""
    for row in rows:
        if row["change"] is not None:
            words = say("returned.rate_differs", change=style.signed("share_change", row["change"]), reference=row["reference"])
            yield Point(words, text.stopped(row["wave"]))


def filled_in(rows: Sequence[Row]) -> Iterator[Point]:
    """How completely the questionnaires were filled in."""
    for row in rows:
        told = [say("returned.partial", n=text.count(row["partial"]))] if row["partial"] is not None else []
        if row["straight_liners"] is not None:
            told.append(say("returned.straight", n=text.count(row["straight_liners"])))
        if row["duplicate_ids"]:
            told.append(say("returned.duplicate", row["duplicate_ids"], n=text.count(row["duplicate_ids"])))
        if told:
            yield Point(say("returned.filled_in", returned=text.count(row["returned"]), told=listing(told)), text.stopped(row["wave"]))


def twice(rows: Sequence[Row]) -> Iterator[Point]:
    """How many people ids link over two waves, and how their answers moved; `rows` are those of `compare`."""
    linked = [row for row in rows if row.get("n_both") is not None and row["item"] is not None and not row.get("group")]
    for (reference, wave), own in split(linked, ("reference", "wave")):
        low, high = (text.count(of(row["n_both"] for row in own)) for of in (min, max))
        people = low if low == high else say("number.span", low=low, high=high)
        up, same, down = (text.count(sum(row[key] for row in own)) for key in ("up", "unchanged", "down"))
        moved = say("linked.headline", reference=reference, wave=wave, n=text.count(sum(row["n_both"] for row in own)), up=up, same=same, down=down)
        yield Point(f"{say('returned.twice', people=people, reference=reference, wave=wave)} {moved}", text.stopped(wave))


def scale(rows: Sequence[Row]) -> Iterator[str]:
    """What the answers of a battery run from and to; `rows` are those of `score`."""
    row = next((row for row in rows if row["item"] is not None and row["levels"] and not row["text"].endswith(closing("row.reversed_text"))), None)
    if row is None or row["scale_low"] is None:
        return
    ends = [_level(row["levels"][place], row[key]) for place, key in ((0, "scale_low"), (-1, "scale_high"))]
    middle = say("standing.midpoint", midpoint=text.short(row["midpoint"])) if row["midpoint"] is not None else ""
    yield say("standing.scale", low=ends[0], high=ends[1], middle=middle)


def _level(label: str, score: float) -> str:
    shown = text.short(score)
    return shown if label == shown else f"“{text.shortened(label)}” ({shown})"


def standing(rows: Sequence[Row], style: Style) -> Iterator[Point]:
    """For each wave the battery score, how many statements lie on which side of the midpoint, and which are highest and lowest.

    Of a battery of one statement its mean and its side, once.
    """
    for (wave,), own in split(rows, ("wave",)):
        items = [row for row in own if row["item"] is not None]
        held = [row for row in items if row["mean"] is not None]
        told = [*_one(held, style)] if len(items) == 1 else [*_score(own, style), *_verdicts(held), *_ends(held, style)]
        yield Point(" ".join(told) or say("standing.none"), text.stopped(wave))


def _one(rows: Sequence[Row], style: Style) -> Iterator[str]:
    for row in rows:
        figures = {"mean": style.cell("mean", row["mean"]), "limits": limits(row, "conf_low", "conf_high", "points", style), "n": text.count(row["n"])}
        yield say("standing.one_verdict", verdict=row["verdict"], **figures) if row["verdict"] else say("standing.one", **figures)


def _score(rows: Sequence[Row], style: Style) -> Iterator[str]:
    for row in rows:
        if row["item"] is None and row["mean"] is not None:
            shown = limits(row, "conf_low", "conf_high", "points", style)
            yield say("standing.score", mean=style.cell("mean", row["mean"]), limits=shown, n=text.count(row["n"]))
        elif row["item"] is None and (why := no_score(row)):
            yield why


def _verdicts(rows: Sequence[Row]) -> Iterator[str]:
    """How many statements have which verdict: "Of 10 statements, 8 are more agreed than disagreed and 2 are not clearly on either side."."""
    found = sorted(split([row for row in rows if row["verdict"]], ("verdict",)), key=lambda pair: -len(pair[1]))
    told = [say("standing.verdict", len(own), n=text.count(len(own)), verdict=verdict) for (verdict,), own in found]
    if len(found) == 1 and len(found[0][1]) > 1:
        yield say("standing.all_alike", n=text.count(len(found[0][1])), verdict=found[0][0][0])
    elif told:
        yield say("standing.verdicts", n=text.count(sum(len(own) for _, own in found)), words=listing(told))


def _ends(rows: Sequence[Row], style: Style) -> Iterator[str]:
    if len(rows) > 1:
        low, high = min(rows, key=lambda row: row["mean"]), max(rows, key=lambda row: row["mean"])
        means = {"high": style.cell("mean", high["mean"]), "low": style.cell("mean", low["mean"])}
        yield say("standing.ends", n_high=text.count(high["n"]), n_low=text.count(low["n"]), highest=quoted(high), lowest=quoted(low), **means)


def apart(rows: Sequence[Row], style: Style) -> Iterator[Point]:
    """The groups whose battery score differs from everyone else's, wave by wave; `rows` are those of `breakdown`."""
    for (wave, battery), own in split([row for row in rows if row["item"] is None], ("wave", "battery")):
        about = f"{text.stopped(battery)} {text.stopped(wave)}"
        for row in own:
            if row["conclusion"] in ("higher", "lower"):
                yield Point(say("groups.apart", group=row["group"], conclusion=word("conclusion", row["conclusion"]), against=_against(row, style)), about)
        if why := next(filter(None, map(no_score, own)), ""):
            yield Point(why, about)


def none_apart(rows: Sequence[Row]) -> str:
    """That no battery score is apart, and how many of them were not tested."""
    scores = [row for row in rows if row["item"] is None and row["mean"] is not None]
    untested = sum(row["conclusion"] is None for row in scores)
    if untested == len(scores):
        return say("groups.none_tested")
    return say("groups.none_apart_some", untested=text.count(untested), shown=text.count(len(scores))) if untested else say("groups.none_apart")


def _against(row: Row, style: Style) -> str:
    means = []
    if row["mean_rest"] is not None:
        shown = {"mean": style.cell("mean", row["mean"]), "rest": style.cell("mean", row["mean_rest"])}
        means = [say("groups.means", n=text.count(row["n"]), n_rest=text.count(row["n_rest"]), **shown)]
    differs = [] if row["estimate"] is None else [say("groups.differs", estimate=style.cell("points", row["estimate"]))]
    words = ", ".join([*means, *differs]) + limits(row, "estimate_low", "estimate_high", "points", style)
    return f", {words}" if words else ""


def tested_groups(rows: Sequence[Row]) -> str:
    """How many single statements came out higher or lower in a group, of all that were tested."""
    items = [row for row in rows if row["item"] is not None]
    tested = sum(row["conclusion"] is not None for row in items)
    if not tested:
        return say("groups.no_statement")
    higher, lower = (sum(row["conclusion"] == word for row in items) for word in ("higher", "lower"))
    told = {"n": text.count(tested), "higher": text.count(higher), "lower": text.count(lower)}
    return say("groups.statements", tested, **told)


def signals(rows: Sequence[Row], moving: Collection[str] = ()) -> Iterator[Point]:
    """How many points of each series are signals, and what the latest is; `rows` are those of `chart`, `moving` the series in which a change is found."""
    for (series,), own in split([row for row in rows if row["value"] is not None], ("series",)):
        found = sum(row["signal"] is not None for row in own)
        about, periods = text.stopped(series), say("count.periods", len(own), n=text.count(len(own)))
        if not found:
            yield Point(say("signals.none_but", periods=periods) if series in moving else say("signals.none", periods=periods), about)
            continue
        signal, n = own[-1]["signal"], text.count(found)
        if signal is None:
            yield Point(say("signals.latest_none", found, n=n, periods=periods), about)
        else:
            yield Point(
                say("signals.latest", found, n=n, periods=periods, signal=word("latest_signal", signal), variation=word("variation", own[-1]["variation"])),
                about,
            )
