"""`compare`, from exports to results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rpgstat import tally
from rpgstat.analyses.compare import compare as analyse
from rpgstat.analyses.compare import compare_groups, contrasts
from rpgstat.analyses.methods import METHODS, OF_PAIRS
from rpgstat.analyses.methods import CompareOptions as CompareOptions
from rpgstat.errors import UserError, did_you_mean
from rpgstat.glossary import FOUND
from rpgstat.result import Result
from rpgstat.study import Group, Study, Tally
from rpgstat.workflow.arguments import Export, Names, PathLike, files, listed
from rpgstat.workflow.by_group import chosen_groups, marked, population_shares, safe_groups
from rpgstat.workflow.case import Case, chosen, found_study_named, need_two_waves, open_case
from rpgstat.workflow.finish import check_adjust, check_alpha, digests, finished
from rpgstat.workflow.in_language import in_language
from rpgstat.workflow.links import links_told
from rpgstat.workflow.weighted import Counted, Design, chosen_design, count_weighted


@in_language
def compare(
    *exports: Export,
    study: PathLike | None = None,
    reference: str | None = None,
    wave: Names = (),
    against: str = "reference",
    method: str = "welch",
    adjust: str = "holm",
    alpha: float = 0.05,
    margin: float | None = None,
    bayes: bool = False,
    by: Names = (),
    standardise: str | None = None,
    shares: str = "reference",
    suppression: bool = True,
    weight: str | None = None,
    rake: Names = (),
    trim: float | None = None,
    unweighted: bool = False,
    fpc: bool = False,
    verify: bool = False,
    fail_on: str | None = None,
    trend: bool = False,
    design: str = "overlap",
    paired: bool = False,
    moves: bool = False,
    overlap: int | None = None,
    correlation: float | None = None,
    benchmark: PathLike | None = None,
    organisation: Names = (),
    scale: Names = (),
    platform: str | None = None,
    engine: str | None = None,
    language: str | None = None,  # noqa: ARG001 # `in_language` reads it
) -> list[Result]:
    """Compares each item and battery between waves.

    `exports`, `study`, `weight`, `rake`, `trim`, `unweighted`, `fpc`, `verify` and `platform` as in `score`. `reference` is the wave compared against
    (default: the first); `wave` restricts to those named besides it; `against` is "reference" or "previous"; `method` and `adjust` are names of tests
    and adjustments; `margin` is in scale points. `by` are one or two groups of the study: the change inside each, and whether the changes differ;
    `standardise` is a group whose mix is held fixed at `shares` ("reference", "pooled" or "population"); small groups are withheld unless `suppression`
    is off. `bayes` adds the Bayes factor. `fail_on` ("lower" or "changed") puts such rows into `Result.failures`.
    `trend` gives the slope over three waves or more in place of comparisons, or with `method` "lbl", "jonckheere" or "ordinal" that test of a trend.
    People whose declared ids link them are used with all others; `design` "independent" leaves that out, `paired` keeps them alone, and `moves`
    adds from which answer to which they moved. Without ids `overlap` people whose answers correlate
    by `correlation` (.5) may have answered both times: what the changes would then be stands in a note. `benchmark` is a file of published
    results, of which `organisation` are those to set beside the shares that agree in the latest wave.
    Raises UserError for anything the user can mend.

    >>> rpgstat.compare(study=example)["compare"].frame.group_by("conclusion").len().sort("conclusion").rows()
    [('higher', 6), ('inconclusive', 18)]
    """
    options = CompareOptions(method, adjust, alpha, margin, against, bayes, "paired" if paired else design, assumed=_assumed(overlap, correlation))
    groups = listed(by) or ([standardise] if standardise else [])
    if trend:
        tests = {"--paired": paired, "--reference": reference, "--margin": margin, "--bayes": bayes}
        _check_trend({"--by": by, "--standardise": standardise, **tests, "--benchmark": benchmark}, fail_on)
    else:
        _check_benchmark(benchmark, grouped=bool(groups))
        _check_asked(options, fail_on, by, standardise, shares, moves=moves)
    with found_study_named(study):
        case = open_case(files(exports), study, platform, by=groups, weight=weight, scale=listed(scale), engine=engine)
        standing = chosen_design(case, weight, listed(rake), trim, unweighted=unweighted, fpc=fpc)
        if trend:
            from rpgstat.workflow._trend import Wish, trend_on_case

            return trend_on_case(case, standing, Wish(wave, method, adjust, alpha, design != "independent", verify, suppression))
        results = on_case(
            case,
            options,
            standing,
            reference=reference,
            wave=wave,
            verify=verify,
            fail_on=fail_on,
            by=by,
            standardise=standardise,
            shares=shares,
            suppression=suppression,
            moves=moves,
        )
        return results if benchmark is None else [*results, *_beside(results[0], case.study, benchmark, listed(organisation))]


def _check_benchmark(benchmark: PathLike | None, *, grouped: bool) -> None:
    if benchmark is not None and grouped:
        raise UserError("--benchmark is of everyone", "leave out --by and --standardise, or --benchmark")


def _beside(result: Result, study: Study, file: PathLike, organisations: Sequence[str]) -> list[Result]:
    """What others have published beside the means and the shares that agree; the inputs and warnings are those of the comparison."""
    from rpgstat.workflow._benchmark import benchmarked  # which few ask for

    return [replace(one, command=result.command, inputs=result.inputs, warnings=()) for one in benchmarked(result, study, file, organisations)]


def on_case(
    case: Case,
    options: CompareOptions,
    design: Design,
    *,
    reference: str | None = None,
    wave: Names = (),
    by: Names = (),
    standardise: str | None = None,
    shares: str = "reference",
    suppression: bool = True,
    verify: bool = False,
    fail_on: str | None = None,
    moves: bool = False,
) -> list[Result]:
    """`compare` of a case that is open. Raises UserError as `compare` does."""
    rule = case.study.disclosure
    options = replace(options, few=rule.hide_below, detail=rule.detail_from) if suppression else options
    _check_compare(options, fail_on, shares)
    _check_paired(options, case, design, grouped=bool(by or standardise))
    need_two_waves(case)
    pairs = contrasts(case.waves, reference, options.against, chosen(case.waves, listed(wave)) if wave else ())
    options = replace(options, several=several if len(several := tuple(dict.fromkeys(wave for pair in pairs for wave in pair))) > 2 else ())
    _check_design(design, options.method, bayes=options.bayes, verify=verify, standardise=standardise is not None)
    wanted = chosen_groups(case, listed(by) or ([standardise] if standardise else []), "--by" if by else "--standardise")
    with digests(case) as running:
        case, counted = count_weighted(case, pairs, wanted, design, suppression=suppression, pairs=pairs)
        _refuse_finite(counted.tally, options, design)
        by_group = _by_group(counted, case, pairs, options, wanted, standardise is not None, shares) if wanted else []
        results = by_group or [analyse(counted.tally, case.study, pairs, options)]
        if verify:
            results[0] = _verified(results[0], case, counted.tally, wanted)
        results[0] = replace(results[0], notes=(*results[0].notes, *links_told(counted.tally, case, suppression)))
        results[0] = _failing(results[0], fail_on)
        results += [_moves(counted.tally, case, pairs, options)] if moves else []
        return [finished("compare", result, case, counted.tally, running) for result in results]


def _by_group(
    counted: Counted, case: Case, pairs: Sequence[tuple[str, str]], options: CompareOptions, wanted: Sequence[Group], standardise: bool, shares: str
) -> list[Result]:
    """The results that need groups: the change inside each group and their interaction, or the change at a fixed mix."""
    from rpgstat.analyses.across_groups import compare_standardised, interactions

    groups = safe_groups(counted, case.study)
    if standardise:
        fixed = population_shares(case.study, groups) if shares == "population" else shares
        return marked([compare_standardised(groups, case.study, pairs, options, fixed)], case.study, groups)
    if counted.tally.moved and options.design == "overlap":
        from rpgstat.workflow.linked_groups import with_pairs

        groups = with_pairs(groups, case, counted, wanted, pairs)
    result = compare_groups(groups, case.study, pairs, options)
    return marked([result, interactions(groups, case.study, pairs, result.options)], case.study, groups)


def _check_trend(asked: Mapping[str, object], fail_on: str | None) -> None:
    for option, value in {**asked, "--fail-on": fail_on}.items():
        if value:
            raise UserError(f"{option} has no meaning with --trend", f"leave one of them out: --trend, or {option}")


def _check_asked(options: CompareOptions, fail_on: str | None, by: Names, standardise: str | None, shares: str, *, moves: bool) -> None:
    """Raises UserError for options that do not go together, and for values that are none."""
    if moves and options.design != "paired":
        raise UserError("--moves is of people in both waves", "add --paired")
    _check_compare(options, fail_on, shares)
    if shares != "reference" and not standardise:
        raise UserError(
            f"--shares {shares} is the mix that --standardise holds fixed, and it is not asked for", "add --standardise GROUP, or leave --shares out"
        )
    if by and standardise:
        raise UserError("--by and --standardise ask for different tables", "leave one of them out")


def _check_compare(options: CompareOptions, fail_on: str | None, shares: str) -> None:
    check_alpha(options.alpha)
    check_adjust(options.adjust)
    allowed = {
        "--method": (options.method, tuple(METHODS)),
        "--against": (options.against, ("reference", "previous")),
        "--shares": (shares, ("reference", "pooled", "population")),
        "--design": (options.design, ("overlap", "independent", "paired")),
        "--fail-on": (fail_on, (None, "lower", "changed")),
    }
    for option, (value, known) in allowed.items():
        if value not in known:
            raise UserError(f"{option}: `{value}` is not known", did_you_mean(str(value), [word for word in known if word]))
    if options.margin is not None and not 0 < options.margin < float("inf"):
        raise UserError(f"--margin is {options.margin}", "give the largest change that does not matter, in scale points above 0")
    if options.margin is not None and options.how.of != "means":
        raise UserError(
            f"--margin is in scale points, and {options.method} does not test means",
            f"use --method {' or '.join(name for name, method in METHODS.items() if method.of == 'means')}",
        )


def _moves(counted: Tally, case: Case, pairs: Sequence[tuple[str, str]], options: CompareOptions) -> Result:
    from rpgstat.analyses.transitions import transitions

    return transitions(counted, case.study, pairs, options)


def _assumed(overlap: int | None, correlation: float | None) -> tuple[int, float] | None:
    """How many people may have answered both times, and how their answers correlate; None where it is not said."""
    if correlation is not None and overlap is None:
        raise UserError("--correlation is of people who answered both times, and --overlap says how many", "add --overlap, or leave --correlation out")
    if overlap is None:
        return None
    if overlap < 0:
        raise UserError(f"--overlap is {overlap}", "give the number of people who answered both times, 0 or more")
    if correlation is not None and not -1 < correlation < 1:
        raise UserError(f"--correlation is {correlation}", "give how two answers of one person correlate, above -1 and below 1, such as 0.5")
    return overlap, 0.5 if correlation is None else correlation


def _check_paired(options: CompareOptions, case: Case, design: Design, *, grouped: bool) -> None:
    """Raises UserError for pairs that cannot be, and for a test of pairs without them."""
    if options.design != "paired":
        if options.method in OF_PAIRS:
            instead = "mann-whitney" if options.how.of == "ranks" else "chi-square"
            raise UserError(f"--method {options.method} is a test of pairs", f"add --paired, or use --method {instead}")
        return
    design.refuse(True, "--paired", "pairs are not weighted, and know no finite population")
    if case.study.id_column is None:
        raise UserError("--paired: nothing says who is who", 'declare the column of people\'s own ids in the study file: id = "Code"')
    if grouped:
        raise UserError("--paired is of everyone: pairs inside groups are too few to be shown", "leave --by and --standardise out")
    if options.method not in ("welch", "exact", *OF_PAIRS):
        others = "exact, signed-rank, stuart-maxwell or bowker"
        raise UserError(f"--method {options.method} is no test of pairs", f"leave it out for the paired t test, or use {others}")
    if options.bayes:
        raise UserError("--bayes is of independent waves", "leave out --bayes or --paired")


def _check_design(design: Design, method: str, *, bayes: bool, verify: bool, standardise: bool) -> None:
    design.refuse(not METHODS[method].weighted, f"--method {method}", "only Welch's test has a variance for it")
    design.refuse(bayes, "--bayes", "the Bayes factor has no variance for it")
    design.refuse(verify, "--verify", "Pingouin knows neither")
    if standardise and design.weight:
        raise UserError("--standardise and weights both hold a mix fixed", "leave --standardise out, or add --unweighted")


def _refuse_finite(counted: Tally, options: CompareOptions, design: Design) -> None:
    """Raises UserError for a finite population with people in both waves: that has no variance here."""
    linked = options.design == "overlap" and any(link.both >= max(2, options.few) for link in counted.links.values())
    if linked and design.fpc:
        raise UserError("--fpc knows no people in both waves, and ids link some", "add --design independent, or leave --fpc out")


def _failing(result: Result, fail_on: str | None) -> Result:
    """The result with one failure for each row whose conclusion the user asked to fail on."""
    bad = {None: (), "lower": ("lower",), "changed": FOUND}[fail_on]
    failed = [row for row in result.rows if row["conclusion"] in bad]
    told = tuple(f"--fail-on {fail_on}: `{row['item'] or row['battery']}` is {row['conclusion']} in {row['wave']}" for row in failed)
    return replace(result, failures=(*result.failures, *told))


def _verified(result: Result, case: Case, counted: Tally, groups: Sequence[Group]) -> Result:
    from rpgstat.analyses.verify import verify_compare

    return verify_compare(result, case.study, counted, tally.respondents(case.study, case.sources, groups)).stamp(result)
