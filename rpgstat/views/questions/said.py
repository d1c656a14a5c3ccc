"""What `topline` finds, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rpgstat import text
from rpgstat.glossary import CONCLUSIONS
from rpgstat.glossary.sentences import say, word
from rpgstat.media.pages import Row
from rpgstat.media.style import Style, used, writing
from rpgstat.result import Result
from rpgstat.views.headlines import Headline, made
from rpgstat.views.questions.table import answer, kind
from rpgstat.views.rows import rows_of, values


def headline(result: Result, style: Style) -> Headline:
    """How many questions there are and how many changes were found; of one question what most answered."""
    rows = [row for row in rows_of(result) if row["group"] is None]
    with writing(style):
        return made(_found(rows), _titles(rows))


def _titles(rows: Sequence[Row]) -> Iterator[str]:
    """How many changes were found; of one question first what most answered."""
    if len(values(rows, "question")) == 1:
        code, told = _commonest(rows)
        yield word("answered", code, **told) if code else ""
    tested = [row for row in rows if row["p_adjusted"] is not None]
    found = sum(CONCLUSIONS[row["conclusion"]].found for row in tested)
    if tested:
        told = {"n": text.count(found), "tested": text.count(len(tested))}
        yield say("title.topline_changed", **told) if found else say("title.topline_unchanged", **told)


def _found(rows: Sequence[Row]) -> Iterator[str]:
    asked = values(rows, "question")
    if not asked:
        return
    if len(asked) == 1:
        code, told = _commonest(rows)
        yield word("most_answered", code, **told) if code else ""
    else:
        yield say("topline.found", len(asked), n=text.count(len(asked)))
    tested = [row for row in rows if row["p_adjusted"] is not None]
    found = sum(CONCLUSIONS[row["conclusion"]].found for row in tested)
    if tested:
        tests = text.count(len(tested))
        yield say("topline.changed", found, n=text.count(found), tested=tests) if found else say("topline.none_changed", len(tested), tested=tests)


def _commonest(rows: Sequence[Row]) -> tuple[str, dict[str, str]]:
    """What is said of the latest wave, by its code: the answer that most gave, or its score or mean; no code where there is none."""
    last = [row for row in rows if row["wave"] == rows[-1]["wave"]]
    head = next((row for row in last if row["option"] is None), last[0])
    told = {"wave": head["wave"], "n": text.count(head["n"])}
    if head["score"] is not None:
        return "net", {**told, "score": used().signed("share_change", head["score"]), "limits": _limits(head)}
    shares = [row for row in last if row["share"] is not None]
    if shares:
        most = max(shares, key=lambda row: row["share"])
        told |= {"wave": most["wave"], "n": text.count(most["n"]), "share": used().figure(text.percent(most["share"]))}
        return "commonest", {**told, "option": answer(most), "question": most["text"]}
    return ("mean", {**told, "mean": used().cell("mean", head["mean"])}) if head["mean"] is not None else ("", {})


def beside(result: Result, style: Style) -> Headline:
    """How many differences from published figures were found, and the largest of all."""
    rows = rows_of(result)
    tested = [row for row in rows if row["p_value"] is not None]
    with writing(style):
        return made(_beside(rows, tested))


def _beside(rows: Sequence[Row], tested: Sequence[Row]) -> Iterator[str]:
    if tested:
        found = sum(CONCLUSIONS[row["conclusion"]].found for row in tested)
        yield say("benchmarks.found", found, n=text.count(found), tested=text.count(len(tested)))
    elif rows:
        yield say("benchmarks.bare", n=text.count(len(rows)))
    if rows:
        far = max(rows, key=lambda row: abs(row["difference"]))
        what = f"“{far['text']}”" if far["option"] is None else f"“{far['option']}” ({far['text']})"
        own, published = (used().figure(text.percent(far[key])) for key in ("share", "share_published"))
        difference = used().signed("share_change", far["difference"])
        yield say("benchmarks.largest", what=what, own=own, published=published, organisation=far["organisation"], difference=difference)


def beside_means(result: Result, style: Style) -> Headline:
    """How many differences from published means were found, and the largest of all that could be made."""
    rows = [row for row in rows_of(result) if row["estimate"] is not None]
    with writing(style):
        return made(_means(rows, [row for row in rows if row["p_value"] is not None]))


def _means(rows: Sequence[Row], tested: Sequence[Row]) -> Iterator[str]:
    if tested:
        found = sum(CONCLUSIONS[row["conclusion"]].found for row in tested)
        yield say("benchmarks.found_means", found, n=text.count(found), tested=text.count(len(tested)))
    elif rows:
        yield say("benchmarks.bare_means", n=text.count(len(rows)))
    if rows:
        far = max(rows, key=lambda row: abs(row["estimate"]))
        own, published = (used().cell("mean", far[key]) for key in ("mean", "mean_published"))
        difference = used().signed("number_change", far["estimate"])
        yield say("benchmarks.largest", what=f"“{far['text']}”", own=own, published=published, organisation=far["organisation"], difference=difference)


def _limits(row: Row) -> str:
    return f" {used().limits('share_change', row['score_low'], row['score_high'])}" if row["score_low"] is not None else ""


def changes(rows: Sequence[Row]) -> Iterator[str]:
    """The answers of which a change was found."""
    own = [row for row in rows if row["group"] is None]
    before = {(row["question"], row["option"], row["wave"]): row for row in own}
    for row in own:
        found = CONCLUSIONS.get(row["conclusion"])
        if found is None or not found.found:
            continue
        first = before.get((row["question"], row["option"], row["reference"]))
        told = {"before": _figure(first) if first else row["reference"], "after": _figure(row)}
        told |= {"change": used().signed(kind(row), row["change"]), "limits": f" {used().limits(kind(row), row['change_low'], row['change_high'])}"}
        option = f"“{answer(row)}”" if row["option"] else word("all_of", row["kind"])
        yield say("topline.moved", question=row["text"], option=option, conclusion=word("conclusion", row["conclusion"]), **told)


def _figure(row: Row) -> str:
    value = row["score"] if row["score"] is not None else row["share"]
    if row["score"] is not None:
        shown = used().signed("share_change", row["score"])
    else:
        shown = used().figure(text.percent(value)) if value is not None else used().cell("mean", row["mean"])
    return say("topline.of_wave", figure=shown, wave=row["wave"], n=text.count(row["n"]))
