"""The chapters of a report: each says what was found, then shows the figure and the table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from rpgstat import text
from rpgstat.glossary.sentences import say, word
from rpgstat.media.document import Bullets, Heading, Paragraph, Part, Point, Table
from rpgstat.media.pages import split
from rpgstat.media.style import Style
from rpgstat.record import record
from rpgstat.reporting import survey
from rpgstat.reporting.changes import Said
from rpgstat.reporting.findings import Findings, batteries, battery_scores, by_grouping, moving, named, of_battery, without
from rpgstat.reporting.first.finding import key
from rpgstat.result import Result
from rpgstat.views import pictures, view
from rpgstat.views.documents import tables
from rpgstat.views.rates import periods_table
from rpgstat.views.rows import rows_of


@record
class Drawing:
    """A figure that is still to be drawn: of a result, beside the others of its command; `alt` instead of its own description; what it is `called`."""

    result: Result
    beside: tuple[Result, ...] = ()
    alt: str = ""
    called: str = ""


Piece = Part | Drawing

Chapter = Callable[[Findings, Style], Iterator[Piece]]


def bullets(points: Iterable[Point | str], *keys: str) -> Iterator[Bullets]:
    """A list, unless it would be empty; each of its points rests on what is called by `keys`."""
    found = tuple(Point(point, "", keys) if isinstance(point, str) else replace(point, keys=keys or point.keys) for point in points)
    if found:
        yield Bullets(found)


def told(lines: Iterable[str], *keys: str) -> Iterator[Paragraph]:
    """Sentences as one paragraph, unless there are none; they rest on what is called by `keys`."""
    words = " ".join(lines)
    if words:
        yield Paragraph(words, "", keys)


def tabled(result: Result, style: Style, called: str) -> Iterator[Table]:
    """The tables of a result, called by what they show; how they were made stands in the appendix."""
    yield from (replace(table, called=called) for table in tables(result, style, brief=True))


def shown(result: Result, style: Style, title: str = "", called: str = "") -> Iterator[Piece]:
    """The figure of a result, where it has one, and its tables."""
    own = replace(result, title=title or result.title, method="")
    if pictures.can_draw(own.name):
        yield Drawing(own, called=called)
    yield from tabled(own, style, called)


def response(findings: Findings, style: Style) -> Iterator[Piece]:
    """Who answered, and how far those who did resemble those who were asked."""
    result, timeline = named(findings.response, "response"), named(findings.timeline, "timeline")
    if timeline is not None:
        yield Heading(say("chapter.response") if result else say("chapter.timeline"), listed=True)
        yield from shown(timeline, style, say("chapter.timeline"), key("timeline"))
    if result is None:
        return
    everyone = [row for row in rows_of(result) if row["group"] is None]
    yield Heading(say("chapter.returned"), 2) if timeline else Heading(say("chapter.response"), listed=True)
    yield from bullets([*survey.returned(everyone, style), *survey.rate_changes(everyone, style)], key("response"))
    yield from bullets([*survey.filled_in(everyone), *_twice(findings)])
    if any(row["rate"] is not None for row in everyone):
        yield Paragraph(say("returned.says_how_many"))
        yield Drawing(replace(by_grouping(result)[0][1], title=say("chapter.rates"), method=""), called=key("response"))
    for by, counts in by_grouping(without(result, "answered", "partial", "straight_liners", "duplicate_ids")):  # the sentences have these
        title = say("chapter.returned_by", by=text.one_line(by)) if by else say("chapter.returned")
        yield from tabled(replace(counts, title=title), style, key("response", by))
    if population := named(findings.response, "population"):
        yield Heading(say("chapter.population"), 2)
        yield from told(pictures.lead(population), key("population"))
        yield from shown(population, style, say("chapter.make_up"), key("population"))


def _twice(findings: Findings) -> Iterator[Point]:
    """Who answered in two waves, where ids link people."""
    compare = named(findings.compare, "compare")
    yield from survey.twice(rows_of(compare)) if compare else ()


def of_batteries(findings: Findings, style: Style) -> Iterator[Piece]:
    """A chapter for each battery: where its statements stand, and what changed between waves."""
    score, compare, trend = named(findings.score, "score"), named(findings.compare, "compare"), named(findings.trend, "trend_waves")
    for battery in batteries(score) if score else []:
        name = text.one_line(battery)
        yield Heading(name, listed=True)
        if score:
            yield from _scores(of_battery(score, battery, text.headed(name, say("title.score"))), style)
        if trend and battery in batteries(trend):
            from rpgstat.reporting import over_waves  # which imports this module

            yield from over_waves.chapter(of_battery(trend, battery, text.headed(name, say("title.trend_waves"))), style)
        if compare and battery in batteries(compare):
            yield from _changes(of_battery(compare, battery, text.headed(name, say("title.compare"))), style)


def _scores(result: Result, style: Style) -> Iterator[Piece]:
    rows = rows_of(result)
    yield from told(survey.scale(rows))
    yield Heading(say("chapter.standing"), 2)
    called = key("score", rows[0]["battery"])
    yield from bullets(survey.standing(rows, style), called)
    yield from shown(result, style, called=called)


def _changes(result: Result, style: Style) -> Iterator[Piece]:
    said, called = Said(style, result.options.get("margin")), key("compare", result.frame["battery"][0])
    for (reference, wave), rows in split(rows_of(result), ("reference", "wave")):
        yield Heading(say("chapter.change", reference=reference, wave=wave), 2)
        yield from bullets(said.of_battery(rows), called)
    yield from told(style.prose(note) for note in result.notes if say("nonresponse.caution") in note)
    yield from shown(result, style, called=called)


def groups(findings: Findings, style: Style) -> Iterator[Piece]:
    """A chapter for each grouping."""
    for by, found in findings.breakdown.items():
        yield Heading(say("chapter.by", by=text.one_line(by)), listed=True)
        if isinstance(found, str):
            yield Paragraph(found)
        elif result := named(found, "breakdown"):
            yield from _by(result, text.one_line(by), style)


def _by(result: Result, by: str, style: Style) -> Iterator[Piece]:
    rows = rows_of(result)
    yield Paragraph(say("groups.everyone_else", by=by))
    apart = list(survey.apart(rows, style)) or [Point(survey.none_apart(rows))]
    called = key("breakdown", str(result.options["by"]))
    yield from bullets([*apart, survey.tested_groups(rows)], called)
    hidden = [note for note in result.notes if say("row.suppressed") in note or say("row.few") in note]
    yield from told([say("groups.few"), *hidden])
    scores = battery_scores(replace(result, method=""), say("chapter.scores_by", by=by))
    if scores.frame["mean"].count():
        alt = " ".join([say("report.battery_scores", by=by), *pictures.lead(scores)])
        yield Drawing(scores, alt=alt)
    yield from tabled(replace(result, title=say("chapter.all_by", by=by)), style, called)


def reliability(findings: Findings, style: Style) -> Iterator[Piece]:
    """How well the statements of each battery go together."""
    scales, items = named(findings.reliability, "scales"), named(findings.reliability, "items")
    if scales is None or not scales.frame["alpha"].count():
        return
    yield Heading(say("chapter.reliability"), 2)
    yield Paragraph(say("report.alpha"))
    yield from told((style.prose(words) for words in pictures.lead(scales)), key("scales"))
    yield from shown(scales, style, say("chapter.alphas"), key("scales"))
    if items:
        yield Paragraph(say("report.against_rest"), keys=(key("items"),))
        yield from tabled(replace(items, title=say("chapter.against_rest")), style, key("items"))


def omnibus(findings: Findings, style: Style) -> Iterator[Piece]:
    """Whether the groups of each grouping differ at all."""
    for by, found in findings.breakdown.items():
        result = None if isinstance(found, str) else named(found, "omnibus")
        if result is not None:
            yield Heading(say("chapter.differ", by=text.one_line(by)), 2)
            scores = battery_scores(replace(result, method="", notes=()), word("table", "omnibus"))
            tested = bool(scores.frame["p_value"].count() or scores.frame["h_p_value"].count())
            words = [style.prose(text.one_line(view("omnibus").headline(result, style).words)), say("report.omnibus")]
            yield from told(words)  # the table has the scores of batteries alone, and so is not what these rest on
            if tested:
                yield Paragraph(say("report.omnibus_scores"), keys=(key("omnibus", by),))
                yield from tabled(scores, style, key("omnibus", by))


def rates(result: Result, style: Style) -> list[Point]:
    """A sentence on each measure, or on their number where there are too many."""
    rows = rows_of(result)
    courses = len(list(split(rows, ("measure", "area"))))
    many = say("report.many_courses", courses, n=text.count(courses))
    return [Point(style.prose(words)) for words in periods_table.sentences(rows)] or [Point(many)]


def workforce(findings: Findings, style: Style) -> Iterator[Piece]:
    """Rates by period."""
    result = named(findings.workforce, "workforce")
    if result is None:
        return
    yield Heading(say("chapter.workforce"), listed=True)
    yield from bullets(rates(result, style), key("workforce"))
    yield Paragraph(say("report.not_why"))
    yield from shown(result, style, say("chapter.workforce_rates"), key("workforce"))
    if trend := named(findings.workforce, "rates_trend"):
        yield from shown(trend, style, say("chapter.rates_trend"), key("rates_trend"))


def indicators(findings: Findings, style: Style) -> Iterator[Piece]:
    """Series in time: their trends, their control charts, and what changed at events."""
    trend, chart, events = (named(findings.indicators, name) for name in ("trend", "chart", "events"))
    if trend or events:
        yield Heading(say("chapter.indicators"), listed=True)
    if events:
        yield from _at_events(events, style)
    if trend:
        yield Heading(say("chapter.trends"), 2)
        yield from bullets([style.prose(row["sentence"]) for row in rows_of(trend)], key("trend"))
        yield Paragraph(say("report.not_why"))
        yield from shown(without(trend, "conclusion"), style, say("chapter.trend"), key("trend"))
    if chart:
        yield Heading(say("chapter.charts"), 2)
        yield from bullets(survey.signals(rows_of(chart), moving(findings.indicators)), key("chart"))
        drawn = replace(chart, title=say("chapter.charts"), method="")
        yield Drawing(drawn, tuple(result for result in findings.indicators if result is not chart), called=key("chart"))


def _at_events(events: Result, style: Style) -> Iterator[Piece]:
    """What changed at the events: the question of an evaluation, and so the first of its answers."""
    yield Heading(say("chapter.events"), 2)
    yield from bullets([style.prose(words) for words in dict.fromkeys(row["sentence"] for row in rows_of(events))], key("events"))
    yield from told([style.prose(note) for note in events.notes])
    step = without(events, "slope_change", "slope_low", "slope_high", "p_slope", "p_slope_adjusted")
    yield from tabled(replace(step, title=say("chapter.step")), style, key("events"))
    bend = without(events, "level_change", "level_low", "level_high", "p_level", "p_level_adjusted")
    yield from tabled(replace(bend, title=say("chapter.bend")), style, key("events"))


def questions(findings: Findings, style: Style) -> Iterator[Piece]:
    """What people answered to single questions."""
    result = named(findings.topline, "topline")
    if result is None:
        return
    yield Heading(say("chapter.questions"), listed=True)
    yield from bullets(view("topline").sentences(rows_of(result)), key("topline"))
    yield from shown(result, style, called=key("topline"))
