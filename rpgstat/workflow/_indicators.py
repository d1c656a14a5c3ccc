"""`indicators`, from files of figures to results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from rpgstat.analyses.indicators import IndicatorOptions
from rpgstat.analyses.indicators import indicators as analyse
from rpgstat.errors import UserError, did_you_mean
from rpgstat.figures.chosen import Chosen
from rpgstat.figures.declare import Words, declared
from rpgstat.figures.derive import Declared, derive
from rpgstat.figures.series import Series
from rpgstat.figures.series_layouts import series_table
from rpgstat.read.sheets import read_sheet
from rpgstat.result import Result
from rpgstat.study.toml import Table, load
from rpgstat.workflow.case import STUDY_FILE, PathLike, found_study_named, study_text
from rpgstat.workflow.finish import check_adjust, check_alpha, stamped
from rpgstat.workflow.inputs import check_declared

_CHARTS = ("auto", "xmr")
_OPTIONS = {name: f"--{name}" for name in ("series", "population", "per", "better", "rebase", "baseline")} | {"ratios": "--ratio", "events": "--event"}


def indicators(
    files: Sequence[PathLike] = (),
    *,
    study: PathLike | None = None,
    measures: Sequence[str] = (),
    areas: Sequence[str] = (),
    where: Sequence[str] = (),
    series: Sequence[str] = (),
    ratios: Sequence[str] = (),
    population: str | None = None,
    per: float | None = None,
    better: Sequence[str] = (),
    events: Sequence[str] = (),
    rebase: Sequence[str] = (),
    baseline: str | None = None,
    screen: bool = False,
    run_length: int = 7,
    chart: str = "auto",
    adjust: str = "none",
    alpha: float = 0.05,
) -> list[Result]:
    """Trend, control chart and events of every series in `files`, else of those that the study names under [[indicators]].

    `measures` (or parts of their names), `areas` and `where` ("category=Total") choose what is read; `series` chooses some of what is made of it;
    `ratios` are "numerator/denominator"; `population` is the column to make rates by, for each `per` (10,000) of it; `better` is
    "lower", "higher" or "NAME=lower"; `events` are "2017-01: what happened"; `rebase` are periods from which limits begin anew; `baseline` is
    "FROM..TO". See `control_chart` for `screen` and `run_length`; `chart` "xmr" charts shares and rates by their moving ranges;
    `adjust` is "holm", "bh", "bonferroni" or "none", over the trends that are asked for, and over their events.
    Raises UserError for anything the user can mend.
    """
    options = IndicatorOptions(alpha, screen, run_length, chart, adjust)
    _check(options)
    words = Words(tuple(series), tuple(ratios), population, per, tuple(better), tuple(events), tuple(rebase), baseline)
    if files and study is not None:
        raise UserError("files and a study are given", "leave the files out to use those that the study names, or leave --study out")
    asked = Chosen(tuple(areas), tuple(measures), tuple(where))
    given = [(path, declared(words, _OPTIONS), asked) for path in files] or list(_of_study(study, words, asked))
    with found_study_named(study if not files else ""):
        sheets = [read_sheet(path) for path, _, _ in given]
        raw = [series_table(sheet, [said.population] if said.population else [], own) for sheet, (_, said, own) in zip(sheets, given, strict=True)]
        made = [derive(found, said) for (found, _), (_, said, _) in zip(raw, given, strict=True)]
    told = [] if files or study is not None else [f"using {STUDY_FILE} in this folder"]
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
    if study is None and not Path(STUDY_FILE).is_file():
        raise UserError("no file given, and no study.toml here", "name a file of figures: rpgstat indicators figures.csv")
    path = Path(STUDY_FILE if study is None else study)
    tables = load(study_text(path), path.name).tables("indicators")
    if not tables:
        hint = 'name a file of figures, or declare one in the study: [[indicators]], and below it file = "figures.csv"'
        raise UserError(f"{path.name} declares no indicators", hint)
    for table in tables:
        file = path.parent / table.required("file", 'name the file of figures: file = "figures.csv"')
        check_declared(file, table.at("file"))
        own = _words(table)
        where = {name: _OPTIONS[name] if name in words.said else f"{table.source}: {table.at(name)}" for name in _OPTIONS}
        chosen = Chosen(
            asked.areas or table.texts("areas"),
            asked.measures or table.texts("measures"),
            asked.where or table.texts("where"),
        )
        yield file, declared(words.over(own), where), chosen


def _words(table: Table) -> Words:
    table.only("file", "areas", "measures", "where", *_OPTIONS)
    per = table.values.get("per")
    if per is not None and (not isinstance(per, int | float) or isinstance(per, bool)):
        raise table.fault("per", "a number of people is allowed", "write it without quotes")
    return Words(
        table.texts("series"),
        table.texts("ratios"),
        table.text("population"),
        per,
        _better(table),
        table.texts("events"),
        table.texts("rebase"),
        table.text("baseline"),
    )


def _better(table: Table) -> tuple[str, ...]:
    """One direction for all series, or a table of one for each."""
    if not isinstance(table.values.get("better"), dict):
        return table.texts("better")
    return tuple(f"{name}={direction}" for name, direction in table.pairs("better")[1].items())
