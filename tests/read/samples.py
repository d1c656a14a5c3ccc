"""What is found in a folder of real exports, a row for each file: `RPGSTAT_SAMPLES=folder python tests/read/samples.py`.

Respondents are those that `response` counts, previews and the like apart; items those of the batteries that are inferred; groups the columns
that `init` proposes; questions all other closed ones, a question over several columns once. For a file that is refused, the reason.
"""

from __future__ import annotations

import os
from pathlib import Path

from rpgstat import workflow
from rpgstat.errors import UserError
from rpgstat.read import PLATFORMS, read
from rpgstat.study import Survey

NO_EXPORTS = {"README.md"}
COLUMNS = ("file", "platform", "respondents", "items", "groups", "questions", "note")
CLOSED = {"answer", "tick", "multiple", "ranking"}


def found(path: Path) -> dict[str, str]:
    """The row of a file."""
    row = dict.fromkeys(COLUMNS, "") | {"file": f"{path.parent.name}/{path.name}"}
    try:
        survey = read(path)
        row["platform"] = survey.platform
        draft, _ = workflow.init(path)
        statements = draft.partition("[[batteries]]")[2]
        items = sum(line.startswith("  { id = ") for line in statements.splitlines())
        row |= {"items": str(items), "groups": str(draft.count("\n# [groups.")), "questions": str(questions(survey) - items)}
        (result,) = workflow.response(path, suppression=False)
        row["respondents"] = " + ".join(str(one["returned"]) for one in result.rows)
    except UserError as error:
        row["note"] = error.problem.removeprefix(f"{path.name}: ")
    return row


def questions(survey: Survey) -> int:
    """The closed questions of an export, each statement of a matrix by itself, the boxes of one question once."""
    closed = [column for column in survey.columns if column.kind in CLOSED]
    return len({column.name if column.kind in ("answer", "multiple") else (column.block, column.stem) for column in closed})


def main() -> None:
    """Prints the table."""
    folder = Path(os.environ["RPGSTAT_SAMPLES"])
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in NO_EXPORTS)
    rows = [dict(zip(COLUMNS, COLUMNS, strict=True)), *map(found, paths)]
    widths = {name: min(60, max(len(row[name]) for row in rows)) for name in COLUMNS}
    for row in rows:
        print("  ".join(row[name][: widths[name]].ljust(widths[name]) for name in COLUMNS).rstrip())
    print(f"{len(paths)} files; platforms known: {', '.join(PLATFORMS)}")


if __name__ == "__main__":
    main()
