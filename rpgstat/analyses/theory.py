"""`theory`: how a programme is held to work, and what of it is borne out by the results that the study names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from rpgstat import text
from rpgstat.analyses._rows import joined
from rpgstat.glossary.languages import in_english
from rpgstat.glossary.sentences import listing, say, word
from rpgstat.record import record
from rpgstat.result import Result, table
from rpgstat.study.theory import Configuration, Part, Theory

Status = Literal["supported", "described", "stated", "undecided", "withheld", "assumed", "contradicted"]
STATUSES: tuple[Status, ...] = ("contradicted", "assumed", "withheld", "undecided", "stated", "described", "supported")
"""What can be said of an outcome, the weakest first but for `contradicted`, which outweighs all."""

_WAYS = {"higher": 1, "rose": 1, "more": 1, "lower": -1, "fell": -1, "fewer": -1, "equivalent": 0, "fairly constant": 0}
_MOVES = ("change", "estimate", "slope", "difference", "percent_per_year")
_FIGURES = {
    "breakdown": ("", "mean", "estimate", "estimate_low", "estimate_high"),
    "compare": ("mean_reference", "mean", "estimate", "conf_low", "conf_high"),
    "topline": ("", "share", "change", "change_low", "change_high"),
}


@record
class Held:
    """What is held up for a part of the theory, or for a path: as the study names it, what it is held to say, what was found there, and its status."""

    named: str
    says: str
    found: str
    status: Status
    note: str = ""

    @property
    def heard(self) -> bool:
        """Whether people tell of it, in a theme or a quotation that was found: a source in words, which nobody checks, will not do."""
        return self.status == "stated" and bool(self.found)


def judged(row: Mapping[str, Any], says: str) -> tuple[Status, str]:
    """What a row of a result makes of a claim, and a note on it.

    `supported`: it concludes what is claimed; `contradicted`: the other way, or no change that matters where one is claimed; `undecided`: no test found
    anything; `described`: it moves that way and is not tested, as bare rates are; `withheld`: small numbers.

    >>> judged({"conclusion": "lower", "note": None}, "higher"), judged({"conclusion": "descriptive", "change": -0.05, "note": None}, "fell")
    (('contradicted', ''), ('described', 'not tested'))
    """
    conclusion, note, claimed = row.get("conclusion"), row.get("note") or "", _WAYS[says]
    if conclusion in _WAYS:
        return ("supported" if _WAYS[conclusion] == claimed else "contradicted"), ""
    if conclusion == "inconclusive":
        return "undecided", ""
    if conclusion == "different":
        return "undecided", say("theory.different")
    if say("row.suppressed") in note or say("row.some_suppressed") in note or _hidden(row):
        return "withheld", say("row.suppressed")
    move = next((row[key] for key in _MOVES if row.get(key) is not None), None)
    if conclusion == "descriptive" and move is not None and claimed:
        way = (move > 0) - (move < 0)
        status: Status = "described" if way == claimed else "contradicted" if way else "undecided"
        return status, say("theory.untested")
    return "undecided", say("theory.untested")


def _hidden(row: Mapping[str, Any]) -> bool:
    """Whether mentions or means of a group are there but may not be seen."""
    return row.get("group") is not None and row.get("n") is not None and all(row.get(key) is None for key in ("mentions", "mean", "share") if key in row)


def told(row: Mapping[str, Any]) -> tuple[Status, str]:
    """Whether a row of `themes` or `quotes` tells of something: `stated`, `withheld`, or `assumed` where nobody named it or the words were not found."""
    if "quote" in row:
        return ("stated", "") if row["found"] in ("word for word", "with cuts") else ("assumed", word("found", row["found"].replace(" ", "_")))
    if row["mentions"] is None:
        suppressed = say("row.suppressed") in (row["note"] or "") or _hidden(row)
        return ("withheld", say("row.suppressed")) if suppressed else ("assumed", row["note"] or "")
    return ("stated", "") if row["mentions"] else ("assumed", say("theory.nobody"))


def figures(result: str, row: Mapping[str, Any]) -> str:
    """What a row says, in words and figures."""
    if "quote" in row:
        return say("theory.quoted", quote=text.shortened(row["quote"], 90), speaker=row["speaker"])
    name = next((row[key] for key in ("text", "theme", "measure", "series", "question") if row.get(key)), "")
    if result == "themes":
        name = row["theme"]
        said = say("number.of", n=text.count(row["mentions"]), of=text.count(row["n"])) if row["mentions"] is not None else text.NONE
        return say("theory.mentioned", theme=name, said=said, where=row["wave"] or row["source"])
    if row.get("sentence"):
        return str(row["sentence"])
    subject = f"{name}, {row['group']}" if row.get("group") else name
    return say("theory.moved", subject=subject, figures=_figures(result, row)) if row.get("n") is not None or row.get("share") is not None else subject


def _figures(result: str, row: Mapping[str, Any]) -> str:
    before, value, move, low, high = (row.get(key) for key in _FIGURES.get(result, ("", "mean", "estimate", "conf_low", "conf_high")))
    kind = "share" if result == "topline" else "points"
    parts = []
    if before is not None and value is not None:
        parts.append(say("theory.from_to", before=text.fixed(before), after=text.fixed(value)))
    elif value is not None:
        parts.append(text.cell("share" if kind == "share" else "mean", value))
    if move is not None:
        shown = text.signed_percent(move) if kind == "share" else text.signed(move)
        limits = f" {text.interval(low, high)}" if low is not None and high is not None and kind != "share" else ""
        parts.append(f"{shown}{limits}")
    return ", ".join(parts) or text.NONE


def strongest(held: Sequence[Held]) -> Status:
    """The status of what several are held up for: contradicted if one is, else that of the strongest; `assumed` without any."""
    met = {one.status for one in held}
    return "contradicted" if "contradicted" in met else max(met, key=STATUSES.index, default="assumed")


def theory(declared: Theory, title: str, evidence: Mapping[str, Sequence[Held]], paths: Mapping[str, Sequence[Held]], fail_on: str | None) -> list[Result]:
    """Results `configurations` and `evidence`.

    `evidence` by the id of a part, `paths` by the name of a configuration: who tells of it. A configuration has the status of its weakest outcome,
    `contradicted` if one is; a path that nobody tells of is assumed, whatever figures show of its end. A contradicted outcome is a warning, and a failure
    where `fail_on` asks for it.
    """
    statuses = {part.id: strongest(evidence.get(part.id, ())) for part in declared.parts if part.kind == "outcome"}
    rows = [_configuration(one, declared, statuses, paths.get(one.name, ())) for one in declared.configurations]
    against = [_against(part, evidence[part.id]) for part in declared.parts if statuses.get(part.id) == "contradicted"]
    notes = (say("theory.statuses"), say("theory.no_arrow"))
    drawn = {"parts": [_part(part, statuses.get(part.id)) for part in declared.parts], "links": _links(declared, paths)}
    made = Result("configurations", title, table("configurations", rows), "", notes, ({"fail_on": fail_on} if fail_on else {}) | drawn)
    held_up = replace(
        made, name="evidence", title=say("title.evidence", title=title), frame=table("evidence", _evidence(declared, evidence, paths)), options={}
    )
    return [replace(made, warnings=tuple(against), failures=tuple(against) if fail_on else ()), held_up]


def _part(part: Part, status: Status | None) -> dict[str, Any]:
    """A part as a figure draws it."""
    said = {key: getattr(part, key) for key in ("id", "kind", "text", "resource", "reasoning", "level", "unwelcome")}
    return {key: value for key, value in said.items() if value} | ({"status": status} if status else {})


def _links(theory: Theory, paths: Mapping[str, Sequence[Held]]) -> list[dict[str, Any]]:
    """The arrows of the figure: from what to what, whether anybody tells of it, and whether it stands in the way."""
    found: dict[tuple[str, str, bool], bool] = {}
    for one in theory.configurations:
        heard = any(held.heard for held in paths.get(one.name, ()))
        for link in one.links():
            found[link] = found.get(link, False) or heard
    return [{"from": start, "to": end, "told": heard, "blocks": blocks} for (start, end, blocks), heard in found.items()]


def _against(part: Part, held: Sequence[Held]) -> str:
    one = next(one for one in held if one.status == "contradicted")
    with in_english():
        return say("theory.against", outcome=part.text, says=one.says, named=one.named, found=one.found)


def _configuration(one: Configuration, theory: Theory, statuses: Mapping[str, Status], paths: Sequence[Held]) -> dict[str, Any]:
    met = {statuses[name] for name in one.outcomes}
    unheard = [] if any(held.heard for held in paths) else [_assumed(paths)]
    return {
        "configuration": one.name,
        **{key: [called(theory.part(name)) for name in getattr(one, key)] for key in ("contexts", "mechanisms", "outcomes", "blocked_by")},
        "for_whom": one.for_whom or None,
        "said": [held.found or held.named for held in paths],
        "sentence": sentence(one, theory),
        "status": "contradicted" if "contradicted" in met else min(met, key=STATUSES.index),
        "note": joined([*unheard, *(held.note for held in paths if held.note)]),
    }


def _assumed(paths: Sequence[Held]) -> str:
    """Why a path is assumed: nobody is named who tells of it, or only a source in words."""
    return say("theory.path_unchecked") if any(held.status == "stated" for held in paths) else say("theory.path_assumed")


def called(part: Part) -> str:
    """A part in one line."""
    return part.text or "; ".join(filter(None, (part.resource, part.reasoning)))


def sentence(one: Configuration, theory: Theory) -> str:
    """A configuration in one sentence: where, by what, and so to what end."""
    names = _names(theory)
    said = {key: listing([_inside(theory.part(name).text, names) for name in getattr(one, key)]) for key in ("contexts", "outcomes", "blocked_by")}
    how = "; ".join(_inside(words, names) for name in one.mechanisms for words in _how(theory.part(name)))
    words = say("theory.blocked", **said, how=how) if one.blocked_by else say("theory.sentence", contexts=said["contexts"], outcomes=said["outcomes"], how=how)
    return say("theory.for_whom", who=one.for_whom, sentence=_inside(words, frozenset())) if one.for_whom else words


def _how(part: Part) -> Iterator[str]:
    yield from filter(None, (part.text, part.resource, part.reasoning))


def _names(theory: Theory) -> frozenset[str]:
    """Words that stand with a capital inside a text, and so are names."""
    texts = [words for part in theory.parts for words in _how(part)] + [theory.title]
    return frozenset(token.strip(",.;:()“”") for words in texts for token in words.split()[1:] if token[:1].isupper())


def _inside(words: str, names: frozenset[str]) -> str:
    """Words as they stand inside a sentence: with a small letter first, unless they begin with a name or an abbreviation."""
    first = words.split(" ", 1)[0].strip(",.;:()“”")
    keeps = first in names or first == "I" or first.startswith(("I’", "I'")) or any(c.isupper() for c in first[1:])
    return words.rstrip(".") if keeps else f"{words[:1].lower()}{words[1:]}".rstrip(".")


def _evidence(theory: Theory, evidence: Mapping[str, Sequence[Held]], paths: Mapping[str, Sequence[Held]]) -> Iterator[dict[str, Any]]:
    for one in theory.configurations:
        for part in map(theory.part, one.parts):
            head = {"configuration": one.name, "part": part.kind, "id": part.id, "text": called(part), "level": part.level or None}
            yield from (head | _held(held) for held in evidence.get(part.id, ()))
            if part.kind == "outcome" and not evidence.get(part.id):
                yield head | {"status": "assumed", "note": say("theory.no_evidence")}
        head = {"configuration": one.name, "part": "path"}
        yield from (head | _held(held) for held in paths.get(one.name, ()))


def _held(held: Held) -> dict[str, Any]:
    return {"named": held.named, "says": held.says or None, "found": held.found or None, "status": held.status, "note": held.note or None}
