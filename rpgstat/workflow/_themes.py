"""`themes`, from coding files to results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rpgstat.analyses._theme_changes import ThemeOptions as ThemeOptions
from rpgstat.analyses.themes import Hidden
from rpgstat.analyses.themes import themes as analyse
from rpgstat.analyses.together import codebook as list_codes
from rpgstat.analyses.together import together as list_pairs
from rpgstat.disclosure import Place, Plan, Wrote, unseen_themes
from rpgstat.errors import UserError, did_you_mean
from rpgstat.glossary.sentences import say
from rpgstat.result import Result
from rpgstat.study import NOT_STATED, Disclosure, Group, Key
from rpgstat.study.themed import Book, Heard
from rpgstat.workflow.arguments import Export, Names, PathLike, files, listed
from rpgstat.workflow.by_group import unsuppressed
from rpgstat.workflow.case import chosen, found_study_named
from rpgstat.workflow.finish import check_adjust, check_alpha
from rpgstat.workflow.in_language import in_language
from rpgstat.workflow.material import Opened, open_material
from rpgstat.workflow.planned import left_out, plan_of, told_broken, universe
from rpgstat.workflow.quotes import checked_quotes
from rpgstat.workflow.returned import returned_by_wave


@in_language
def themes(
    *exports: Export,
    study: PathLike | None = None,
    by: Names = (),
    codes: bool = False,
    together: bool = False,
    allow_names: bool = False,
    reference: str | None = None,
    wave: Names = (),
    suppression: bool = True,
    adjust: str = "holm",
    alpha: float = 0.05,
    language: str | None = None,  # noqa: ARG001 # `in_language` reads it
) -> list[Result]:
    """How many people, interviews or focus groups spoke of each theme, and what changed between waves; and the code book.

    The coding files are those that the study names under [[coded]], else `exports`. `by` are groups of the study, each by itself, and small ones are
    withheld unless `suppression` is off; `codes` gives the codes below each theme rows of their own; `together` adds which themes stand on the same answers;
    quotations that the study names are checked, and `allow_names` lets those pass that hold a name, an address, a number or a date;
    `reference` is the wave that others are compared with (default: the first), `wave` shows only some; `adjust` is "holm" (default), "bh", "bonferroni" or
    "none"; 1 - `alpha` is the level of intervals. Raises UserError for anything the user can mend.

    >>> rpgstat.themes(study=example).frame.select("wave", "theme", "mentions", "n").rows()[0]
    ('+1 year', 'Emotional support and reassurance', 15, 31)
    """
    check_alpha(alpha)
    check_adjust(adjust)
    with found_study_named(study):
        opened = open_material(files(exports), study, listed(by))
        options = ThemeOptions(reference, alpha, adjust, codes, tuple(listed(wave)))
        return on_material(opened, options, by=by, together=together, allow_names=allow_names, suppression=suppression)


def on_material(
    opened: Opened, options: ThemeOptions, *, by: Names = (), together: bool = False, allow_names: bool = False, suppression: bool = True
) -> list[Result]:
    """`themes` of coded material that is open. Raises UserError as `themes` does."""
    groups = _groups(opened, listed(by))
    wanted, reference = chosen(opened.waves, options.waves), options.reference
    if reference is not None and reference not in opened.waves:
        raise UserError(f"--reference: no wave `{reference}`", did_you_mean(reference, opened.waves))
    rule = opened.study.disclosure
    heard = opened.heard(groups, returned_by_wave(opened))
    hidden = _hidden(opened, heard) if suppression else Hidden()
    few = hidden.few
    options = replace(options, waves=tuple(wanted) if options.waves else (), few=rule.hide_below if suppression else 1)
    results = [analyse(opened.study, heard, opened.books, options, hidden, opened.twice(reference)), list_codes(opened.study, heard, opened.books, few)]
    if together:
        results.append(list_pairs(opened.study, heard, opened.books, options.waves, few))
    if opened.study.quotes:
        results.append(checked_quotes(opened, allow_names=allow_names, waves=options.waves))
    if groups:
        results[0] = _marked(results[0], rule, _left_out(opened, heard), suppression=suppression)
    return [finished("themes", result, opened) for result in results]


def finished(command: str, result: Result, opened: Opened) -> Result:
    """The result with its command, its inputs and all warnings."""
    return replace(result, command=command, inputs=opened.inputs, warnings=tuple(dict.fromkeys((*opened.warnings, *result.warnings))))


def _groups(opened: Opened, names: Iterable[str]) -> list[Group]:
    known = {group.name: group for group in opened.study.groups}
    for name in names:
        if name not in known:
            raise UserError(f"--by: no group `{name}`", did_you_mean(name, known) if known else 'declare one: [groups] and below it role = "Job role"')
    return [known[name] for name in dict.fromkeys(names)]


def _hidden(opened: Opened, heard: Sequence[Heard]) -> Hidden:
    """What is withheld: of groups, by the plan of the study, and of the whole where the study wants so."""
    rule = opened.study.disclosure
    groups, told = set(), set()
    made = _plan(opened) if any(one.groups for one in heard) else None
    for one in heard:
        if not one.groups:
            continue
        book = next(book for book in opened.books if book.source == one.source)
        unseen = unseen_themes(wrote(one, book, made), rule)
        for by, parts in one.groups.items():
            for group in parts:
                place = Place((by,), (None if group == NOT_STATED else group,))
                groups |= {(one.source, one.wave, by, group)} if place in unseen.numbers else set()
                told |= {(one.source, one.wave, by, group, theme) for theme, places in unseen.themes.items() if place in places}
    return Hidden(frozenset(groups), frozenset(told), rule.hide_below - 1 if rule.themes else 0, rule.detail_from)


def wrote(one: Heard, book: Book, made: Plan | None) -> Wrote:
    """Who wrote an answer and who of these spoke of each theme, by their groups, beside the plan of the survey."""
    sought = [theme for theme in book.themes if theme.sought(one.wave)]
    said: dict[Key, Counter[frozenset[str]]] = {}
    for part, patterns in one.parts.items():
        own = said.setdefault(part, Counter())
        for codes, people in patterns.items():
            own[frozenset(theme.id for theme in sought if theme.within(codes))] += people
    return Wrote(one.axes, said, tuple(theme.id for theme in sought), made, one.wave or "")


def _plan(opened: Opened) -> Plan | None:
    """The plan of the survey; None without a survey with groups."""
    return plan_of(opened.case, ()) if _surveyed(opened) and universe(opened.case, ()) else None


def _surveyed(opened: Opened) -> bool:
    """Whether the study has a survey."""
    return bool(opened.study.batteries) and any(wave.file for wave in opened.study.waves)


def _left_out(opened: Opened, heard: Sequence[Heard]) -> tuple[str, ...]:
    """A warning for each declared grouping that the plan lacks, of the survey or of the answers that were coded."""
    told = told_broken(opened.case, ()).warnings if _surveyed(opened) else ()
    survey = [line for line in told if line not in opened.case.warnings]
    lacking = {(one.source, group.name) for one in heard if one.groups for group in opened.study.groups if group.name not in one.axes}
    coded = [left_out(name, f"of `{source}` it is not known who is in which group") for source, name in sorted(lacking)]
    return (*survey, *coded)


def _marked(result: Result, rule: Disclosure, lacking: Sequence[str], *, suppression: bool) -> Result:
    """The result with a note on what is withheld of groups and warnings of what the plan lacks, or a note and a warning that nothing is withheld."""
    if not suppression:
        return unsuppressed(result)
    few = rule.hide_below - 1
    notes = (*result.notes, say("themes.withheld", few=few, detail_from=rule.detail_from))
    return replace(result, notes=notes, warnings=(*result.warnings, *lacking))
