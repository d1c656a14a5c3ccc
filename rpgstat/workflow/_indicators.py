"""`indicators`, from files of figures to results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields

from rpgstat.admin.chosen import Chosen
from rpgstat.admin.declare import Words, declared
from rpgstat.admin.derive import Declared, derive
from rpgstat.admin.series import Series
from rpgstat.admin.series_layouts import series_table
from rpgstat.analyses.indicators import IndicatorOptions
from rpgstat.analyses.indicators import indicators as analyse
from rpgstat.errors import UserError, did_you_mean
from rpgstat.read.sheets import read_sheet
from rpgstat.result import Result
from rpgstat.study.toml import Table
from rpgstat.workflow.arguments import Export, Names, PathLike, listed
from rpgstat.workflow.arguments import files as flat
from rpgstat.workflow.case import FOUND, found_study_named
from rpgstat.workflow.finish import check_adjust, check_alpha, stamped
from rpgstat.workflow.in_language import in_language
from rpgstat.workflow.inputs import check_declared
from rpgstat.workflow.study_file import study_tables

_CHARTS = ("auto", "xmr")
_OPTIONS = {name: f"--{name}" for name in ("series", "population", "per", "better", "rebase", "baseline")} | {"ratios": "--ratio", "events": "--event"}


@in_language
def indicators(
    *files: Export,
    study: PathLike | None = None,
    measure: Names = (),
    area: Names = (),
    where: Names = (),
    series: Names = (),
    ratio: Names = (),
    population: str | None = None,
    per: float | None = None,
    better: Names = (),
    event: Names = (),
    rebase: Names = (),
    baseline: str | None = None,
    screen: bool = False,
    run_length: int = 7,
    chart: str = "auto",
    adjust: str = "none",
    alpha: float = 0.05,
    language: str | None = None,  # noqa: ARG001 # `in_language` reads it
) -> list[Result]:
    """Trend, control chart and events of every series in `files`, else of those that the study names under [[indicators]].

    `measure` (or parts of their names), `area` and `where` ("category=Total") choose what is read; `series` chooses some of what is made of it;
    `ratio` are "numerator/denominator"; `population` is the column to make rates by, for each `per` (10,000) of it; `better` is
    "lower", "higher" or "NAME=lower"; `event` are "2017-01: what happened"; `rebase` are periods from which limits begin anew; `baseline` is
    "FROM..TO". `screen` leaves outlying moving ranges out of the limits, once; `run_length` is how many points make a shift or a trend; `chart` "xmr"
    charts shares and rates by their moving ranges; `adjust` is "holm", "bh", "bonferroni" or "none", over the trends that are asked for, and over their
    events; 1 - `alpha` is the level of intervals. Raises UserError for anything the user can mend.

    >>> rpgstat.indicators(study=example, series="Referrals")["trend"].frame.select("series", "first", "last").rows()
    [('Referrals', '2015-12', '2018-12')]
    """
    options = IndicatorOptions(alpha, screen, run_length, chart, adjust)
    _check(options)
    words = Words(listed(series), listed(ratio), population, per, listed(better), listed(event), listed(rebase), baseline)
    given_files = flat(files)
    if given_files and study is not None:
        raise UserError("files and a study are given", "leave the files out to use those that the study names, or leave --study out")
    asked = Chosen(listed(area), listed(measure), listed(where))
    given = [(path, declared(words, _OPTIONS), asked) for path in given_files] or list(_of_study(study, words, asked))
    with found_study_named(study if not given_files else ""):
        sheets = [read_sheet(path) for path, _, _ in given]
        raw = [series_table(sheet, [said.population] if said.population else [], own) for sheet, (_, said, own) in zip(sheets, given, strict=True)]
        made = [derive(found, said) for (found, _), (_, said, _) in zip(raw, given, strict=True)]
    told = [] if given_files or study is not None else [FOUND]
    told += [warning for found, left_out in raw for warning in (*left_out, *(each for one in found for each in one.warnings))]
    told += [warning for _, left_out in made for warning in left_out]
    results = analyse(_all(made), options, {"screen": screen, "run_length": run_length, "chart": chart})
    return stamped("indicators", results, sheets, told)


def _check(options: IndicatorOptions) -> None:
    check_alpha(options.alpha)
    check_adjust(options.adjust)
    if not 3 <= options.run_length <= 20:
        raise UserError(f"--run-length is {options.run_length}", "give a number of points from 3 to 20; 7 is usual, some tools use 6 or 8")
    if options.chart not in _CHARTS:
        raise UserError(f"--chart: `{options.chart}` is not known", did_you_mean(options.chart, _CHARTS))


def _all(made: Sequence[tuple[list[Series], list[str]]]) -> list[Series]:
    found = [one for series, _ in made for one in series]
    for name, count in Counter(one.name for one in found).items():
        if count > 1:
            raise UserError(f"two files hold a series `{name}`", "rename one of them, or give the files one by one")
    return found


def _of_study(study: PathLike | None, words: Words, asked: Chosen) -> Iterator[tuple[PathLike, Declared, Chosen]]:
    """The files that a study names under [[indicators]], relative to its folder, with what it and the options say of them."""
    found = study_tables(study)
    if found is None:
        raise UserError("no file given, and no study.toml here", "name a file of figures: rpgstat indicators figures.csv")
    path, top = found
    tables = top["indicators"]
    if not tables:
        hint = 'name a file of figures, or declare one in the study: [[indicators]], and below it file = "figures.csv"'
        raise UserError(f"{path.name} declares no indicators", hint)
    for table in tables:
        file = path.parent / table["file"]
        check_declared(file, table.at("file"))
        own = _words(table)
        where = {name: _OPTIONS[name] if name in words.said else f"{table.source}: {table.at(name)}" for name in (*_OPTIONS, "target")}
        chosen = Chosen(
            asked.areas or table["areas"],
            asked.measures or table["measures"],
            asked.where or table["where"],
        )
        yield file, declared(words.over(own), where), chosen


def _words(table: Table) -> Words:
    parts = {each.name: table[each.name] for each in fields(Words) if each.name not in ("better", "target")}
    better, target = table["better"], table["target"]
    directions = (f"{name}={direction}" for name, direction in better.all().items()) if isinstance(better, Table) else better
    targets = target.all() if isinstance(target, Table) else {} if target is None else {"": target}
    return Words(**parts, better=tuple(directions), target=targets)
