"""`--benchmark`: the shares of a result matched with what a file says that others have published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rpgstat import read
from rpgstat.admin.benchmarks import Benchmark
from rpgstat.analyses._replies_changes import said_options
from rpgstat.analyses.benchmarks import Own, OwnMean, Pair, benchmark_means
from rpgstat.analyses.benchmarks import benchmarks as analyse
from rpgstat.errors import UserError, did_you_mean
from rpgstat.infer.matching import paired
from rpgstat.read.published import read_benchmarks
from rpgstat.result import Result
from rpgstat.stats.shares import wilson
from rpgstat.study import Study, normalise
from rpgstat.study.questions import Question
from rpgstat.text import listing, shortened
from rpgstat.workflow.arguments import PathLike
from rpgstat.workflow.benchmark_answers import of_likelihoods, of_statements
from rpgstat.workflow.benchmark_means import means_of_compare, means_of_topline
from rpgstat.workflow.headings_read import read_as

_ANSWERS = 3
"""Published answers to one question from which these are all of them, and no share that agrees."""

_MOST = 5
"""Organisations that are all shown where none is named."""


def benchmarked(result: Result, study: Study, file: PathLike, organisations: Sequence[str], questions: Sequence[Question] = ()) -> list[Result]:
    """Results `benchmarks` and `benchmark_means`: the published shares and means of `file` beside those of a `compare` or `topline`, of its latest wave.

    Statements and questions are matched by id or text, the wording being told where it differs. All published answers to a statement make its mean
    and the share that agrees. Raises UserError for a file without published figures, for many organisations of which none is named, for one that is
    not there, and where nothing is matched.
    """
    found = read_benchmarks(file)
    figures = _chosen(found.figures, organisations, found.name)
    compared = result.name == "compare"
    figures = [*(_apart(figures) if compared else figures), *(of_statements if compared else of_likelihoods)(figures, study, questions)]
    own = list(_from_compare(result) if compared else _from_topline(result, {one.id: one for one in questions}))
    means = list(means_of_compare(result) if compared else means_of_topline(result))
    columns = [list(dict.fromkeys(figure.question for figure in figures if (figure.mean is not None) == mean)) for mean in (False, True)]
    pairs = [_matched(own, columns[0]), _matched(means, columns[1])]
    if not any(pairs):
        named = listing([f"`{shortened(column, 60)}`" for column in (*columns[0], *columns[1])[:3]])
        raise UserError(f"{found.name}: none of its figures is of a statement or question of this survey", f"they are of {named} and so on")
    made = zip((analyse, benchmark_means), pairs, columns, strict=True)
    return [
        function(study, of, figures, read.legible(found.name), [column for column in all_of if column not in {pair.published for pair in of}], _alpha(result))
        for function, of, all_of in made
        if of
    ]


def _alpha(result: Result) -> float:
    return float(result.options["alpha"])


def _chosen(figures: Sequence[Benchmark], wanted: Sequence[str], file: str) -> list[Benchmark]:
    known = list(dict.fromkeys(figure.organisation for figure in figures))
    names = {normalise(word): figure.organisation for figure in figures for word in (figure.code, figure.organisation) if word}
    for name in wanted:
        if normalise(name) not in names:
            raise UserError(f"--organisation: {file} has no `{name}`", did_you_mean(name, known))
    if not wanted and len(known) > _MOST:
        some = ", ".join(f'"{name}"' for name in known[:3])
        raise UserError(f"{file} has the results of {len(known)} organisations", f"choose with --organisation, one or several times: {some} and so on")
    chosen = {names[normalise(name)] for name in wanted}
    return [figure for figure in figures if not wanted or figure.organisation in chosen]


def _apart(figures: Sequence[Benchmark]) -> list[Benchmark]:
    """The figures without those of one answer among others, none of which is the share that agrees with a statement."""
    stems = Counter((figure.organisation, figure.stem) for figure in figures if figure.answer)
    return [figure for figure in figures if stems[figure.organisation, figure.stem] < _ANSWERS]


def _from_compare(result: Result) -> Iterator[tuple[Own, tuple[str, ...], bool]]:
    """The shares that agree with each statement; the texts by which it is found, and whether a column of positive answers is meant."""
    plain = not {"weights", "fpc"} & result.options.keys()
    rows = [row for row in result.rows if row["item"] is not None and row["agree"] is not None and row.get("group") is None]
    for row in (row for row in rows if row["wave"] == rows[-1]["wave"]):
        count = round(row["agree"] * row["n"])
        limits = wilson(count=count, n=row["n"], level=1 - result.options["alpha"])
        if limits is not None:
            own = Own(row["item"], row["text"], None, row["wave"], row["n"], row["agree"], limits.low, limits.high, count if plain else None)
            yield own, (row["text"], row["item"]), True


def _from_topline(result: Result, questions: Mapping[str, Question]) -> Iterator[tuple[Own, tuple[str, ...], bool]]:
    """The shares of each answer; that of which a change is said is meant by the question alone."""
    plain = not {"weights", "fpc"} & result.options.keys()
    rows = [row for row in result.rows if row["share"] is not None and row["group"] is None]
    for row in (row for row in rows if row["wave"] == rows[-1]["wave"]):
        own = Own(
            row["question"],
            row["text"],
            row["option"],
            row["wave"],
            row["n"],
            row["share"],
            row["share_low"],
            row["share_high"],
            row["count"] if plain else None,
        )
        said = said_options(questions[row["question"]]) if row["question"] in questions else set()
        alone = (row["text"], row["question"]) if said == {normalise(row["option"])} else ()
        words = (f"{row['text']}: {row['option']}", f"{row['text']} {row['option']}", f"{row['question']}: {row['option']}")
        yield own, (*words, *alone), bool(alone)


Words = tuple[str, ...]


def _matched(own: Sequence[tuple[Own | OwnMean, Words, bool]], columns: Sequence[str]) -> list[Pair]:
    """Each share or mean with its column: of the same id or text, else of one nearly worded alike."""
    published: dict[str, str] = {}
    for column in columns:
        for words in read_as(column):
            published.setdefault(words, column)
    found: dict[Own | OwnMean, Pair] = {}
    for one, texts, positive in own:
        for word in (form for text in texts for form in read_as(text, positive=positive)):
            if word in published and one not in found:
                found[one] = Pair(one, published[word], 1.0)
    return [*found.values(), *_nearly([(one, words[0]) for one, words, _ in own if one not in found], published, {pair.published for pair in found.values()})]


def _nearly(own: Iterable[tuple[Own | OwnMean, str]], published: Mapping[str, str], used: set[str]) -> Iterator[Pair]:
    by_text = {normalise(words): one for one, words in own}
    left = [words for words, column in published.items() if column not in used and words not in by_text]
    taken: set[str] = set()
    for mine, theirs, likeness in paired({0: list(by_text), 1: left}):
        if published[theirs] not in taken:
            taken.add(published[theirs])
            yield Pair(by_text[mine], published[theirs], likeness)
