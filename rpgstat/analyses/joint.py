"""`joint`: themes beside statements, how the evaluator says that they fit, and which way both point."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rpgstat import text
from rpgstat.analyses._rows import joined, titled
from rpgstat.glossary.languages import in_english
from rpgstat.glossary.sentences import listing, say, word
from rpgstat.record import record
from rpgstat.result import Result, table
from rpgstat.study import Study
from rpgstat.study.themes import Pairing, Theme

Row = Mapping[str, Any]
SAME, OTHER, NO_TELLING = "same way", "other way", "no telling"
_TOLD = {
    "compare": ("mean_reference", "mean", "estimate", "conf_low", "conf_high", "conclusion"),
    "score": (None, "mean", None, "conf_low", "conf_high", "verdict"),
    "workforce": (None, "rate", "change", "change_low", "change_high", "conclusion"),
    "trend": ("first_value", "last_value", "slope", "slope_low", "slope_high", "conclusion"),
}
"""Result -> its columns of the earlier value, the value, the change with its limits, and what is concluded."""


@record
class Beside:
    """A row of a result that a theme is set beside, as the study names it; whether its figures are shares."""

    name: str
    result: str
    row: Row
    share: bool = False


def can_stand(result: str) -> bool:
    """Whether rows of a result can stand beside a theme."""
    return result in _TOLD


def joint(
    study: Study, themes: Sequence[Row], beside: Mapping[str, Sequence[Beside]], quotes: Mapping[str, str], fail_on: str | None, alpha: float = 0.05
) -> Result:
    """Result `joint`: for each theme, each source that it was coded in and each row it is set beside, a row; `silent` where the study pairs it with nothing.

    `themes` are the rows of the result `themes`, `beside` by theme id, `quotes` one by theme name. Where the declared fit is against the computed
    direction a warning says so, and a failure where `fail_on` asks for it.
    """
    pairs = {pairing.theme: pairing for pairing in study.joint}
    rows = [row for theme in study.themes for row in _theme(theme, themes, pairs.get(theme.id), beside.get(theme.id, ()), quotes.get(theme.name))]
    against = list(dict.fromkeys(_against(row) for row in rows if _contradicts(row)))
    return Result(
        name="joint",
        title=titled(study, say("title.joint")),
        frame=table("joint", rows),
        method="",
        notes=(say("joint.fit"), say("joint.direction")),
        options={
            "alpha": alpha,
            "ids": {theme.name: theme.id for theme in study.themes},
            "shares": [one.name for own in beside.values() for one in own if one.share],
        }
        | ({"fail_on": fail_on} if fail_on else {}),
        warnings=tuple(against),
        failures=tuple(against) if fail_on else (),
    )


def _theme(theme: Theme, themes: Sequence[Row], pairing: Pairing | None, beside: Sequence[Beside], quote: str | None) -> Iterator[dict[str, Any]]:
    own = [row for row in themes if row["theme"] == theme.name and row["code"] is None and row["by"] is None]
    for source in dict.fromkeys(row["source"] for row in own):
        said = _said([row for row in own if row["source"] == source])
        head = {"theme": theme.name, "text": theme.text or None, "valence": theme.valence, "quote": quote, **said, "fit": pairing.fit if pairing else "silent"}
        stated = [_stated(one, theme.valence) for one in beside] or [{"direction": NO_TELLING, "note": say("joint.no_statement"), "of": ()}]
        for told in stated:
            row = {**head, **told, "note": joined([said["note"] or "", told["note"] or "", _other_waves(told, said)])}
            yield {key: value for key, value in row.items() if key != "of"} | {"sentence": _sentence(row, pairing)}


def _other_waves(told: Mapping[str, Any], said: Mapping[str, Any]) -> str:
    """That a statement is of other waves than the theme; "" where it is of the same ones, and where either has none."""
    pairs = zip(told["of"], (said.get("reference"), said["wave"]), strict=bool(told["of"]))
    return say("joint.other_waves", waves=listing([wave for wave in told["of"] if wave])) if any(one and own and one != own for one, own in pairs) else ""


def _said(rows: Sequence[Row]) -> dict[str, Any]:
    """The counts of a theme in the latest wave of a source, beside those of the wave that it is compared with."""
    last = rows[-1]
    first = next((row for row in rows if row["wave"] == last["reference"]), rows[0] if len(rows) > 1 else None)
    found = {key: last.get(key) for key in ("source", "kind", "wave", "n", "mentions", "share", "share_low", "share_high", "note")}
    if first is not None:
        found |= {"reference": first["wave"], "n_reference": first["n"], "mentions_reference": first["mentions"], "share_reference": first["share"]}
        found |= {"share_reference_low": first.get("share_low"), "share_reference_high": first.get("share_high")}
    return found


def _stated(one: Beside, valence: str | None) -> dict[str, Any]:
    """What the row says, and which way it points with the theme."""
    earlier, value, estimate, low, high, conclusion = (one.row.get(key) if key else None for key in _TOLD[one.result])
    statement = next((one.row[key] for key in ("text", "measure", "series") if one.row.get(key)), one.name)
    up = _way(one)
    towards = {"positive": up, "negative": None if up is None else not up}.get(valence or "")
    return {
        "of": (one.row.get("reference"), one.row["wave"]) if one.row.get("wave") else (),
        "result": one.result,
        "row": one.name,
        "statement": statement,
        "value_reference": earlier,
        "value": value,
        "estimate": estimate,
        "conf_low": low,
        "conf_high": high,
        "conclusion": conclusion,
        "direction": NO_TELLING if towards is None else SAME if towards else OTHER,
        "note": one.row.get("note"),
        **{key: one.row.get(key) for key in ("scale_low", "midpoint", "scale_high")},
    }


def _way(one: Beside) -> bool | None:
    """Whether a statement rose or stands above the midpoint (True), fell or stands below it (False); None where neither, or both, can be said.

    Of rates and series nobody says here which way is welcome.
    """
    if one.result not in ("compare", "score"):
        return None
    row = one.row
    moved = {"higher": True, "lower": False}.get(row.get("conclusion") or "")
    low, high = (row["mean_low"], row["mean_high"]) if one.result == "compare" else (row["conf_low"], row["conf_high"])
    stands = None
    if low is not None and row["midpoint"] is not None:
        stands = True if low > row["midpoint"] else False if high < row["midpoint"] else None
    known = {way for way in (moved, stands) if way is not None}
    return known.pop() if len(known) == 1 else None


def _against(row: Row) -> str:
    with in_english():
        return say("joint.against", theme=row["theme"], fit=row["fit"], direction=word("direction", row["direction"].replace(" ", "_")), row=row["row"])


def _contradicts(row: Row) -> bool:
    return (row["fit"], row["direction"]) in (("confirms", OTHER), ("differs", SAME))


def _sentence(row: Row, pairing: Pairing | None) -> str:
    """What was said and what was ticked, in one sentence, and why the evaluator sees it so."""
    if row.get("mentions") is None:
        return ""
    said = {"theme": row["theme"], "mentions": text.count(row["mentions"]), "n": text.count(row["n"]), "wave": row["wave"] or row["source"]}
    if pairing is None or row.get("statement") is None:
        return say("joint.silent", **said)
    words = say("joint.sentence", **said, fit=word("fit", row["fit"]), statement=row["statement"])
    return f"{words} {pairing.text}".strip()
