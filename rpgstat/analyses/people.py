"""`people`: who answered, each group of every grouping with its number and share, by wave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rpgstat.analyses._rows import titled
from rpgstat.glossary.sentences import say
from rpgstat.result import Result, table
from rpgstat.study import Study


def people(study: Study, response: Result) -> Result:
    """Result `people` from the result `response`: a row for everyone and for each group, in each wave.

    Shares are of all who returned the questionnaire in the wave, those who stated no group among them. What is withheld there is withheld here.
    """
    rows = list(_rows(response.rows))
    return Result(
        name="people",
        title=titled(study, say("title.people")),
        frame=table("people", rows),
        method=say("people.method"),
        notes=(say("note.withheld", most=study.disclosure.hide_below - 1, note=say("row.suppressed")),) if any(row["n"] is None for row in rows) else (),
        options={"waves": response.options["waves"]},
    )


def _rows(rows: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    whole = {row["wave"]: row["returned"] for row in rows if row["group"] is None}
    for row in sorted(rows, key=lambda row: row["group"] is not None):
        n, of = row["returned"], whole[row["wave"]]
        share = n / of if n is not None and of and row["group"] is not None else None
        note = say("row.suppressed") if n is None else None
        yield {"by": row["by"], "group": row["group"], "wave": row["wave"], "n": n, "share": share, "note": note}
