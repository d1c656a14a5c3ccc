"""Writes rpg_answers.csv, a row a person and item, and rpg_people.csv, a row a person, from the files of the example study; shares no code with rpgstat."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

import fastexcel

HERE = Path(__file__).parent
STUDY = HERE.parent.parent / "fixtures" / "rpg"
ROLE, RENAMED = "What is your job role?", {"Lead practitioner (group facilitator)": "Lead practitioner"}
SCORES = {"disagree strongly": 1, "strongly disagree": 1, "disagree": 2, "agree": 3, "agree strongly": 4, "strongly agree": 4}


def rows(path: Path) -> list[list[str]]:
    """All cells of an export as text."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))
    sheet = fastexcel.read_excel(path).load_sheet(0, header_row=None, dtypes="string").to_polars()
    return [[cell or "" for cell in row] for row in sheet.iter_rows()]


def people_of(study: dict) -> None:
    """Who returned it, with role and id: the score of each answer, `off` where it is off the scale, nothing where it is missing."""
    items = [item for battery in study["batteries"] for item in battery["items"]]
    with (HERE / "rpg_people.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["wave", "id", "role", *(item["id"] for item in items)])
        for wave in study["waves"]:
            first, second, *people = rows(STUDY / wave["file"])
            columns = [second.index(item["text"]) for item in items]
            for row in people:
                role = row[first.index(ROLE)]
                answers = [SCORES.get(row[column].lower(), "off" if row[column] else "") for column in columns]
                out.writerow([wave["name"], row[first.index("Respondent ID")], RENAMED.get(role, role), *answers])


def main() -> None:
    """Person numbers run over both waves; an answer that is missing or off the scale is empty."""
    study = tomllib.loads((STUDY / "study.toml").read_text(encoding="utf-8"))
    people_of(study)
    with (HERE / "rpg_answers.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["wave", "person", "battery", "item", "score"])
        for number, wave in enumerate(study["waves"]):
            first, second, *people = rows(STUDY / wave["file"])
            for battery in study["batteries"]:
                for item in battery["items"]:
                    column = second.index(item["text"])
                    for person, row in enumerate(people):
                        out.writerow([wave["name"], 1000 * number + person, battery["name"], item["id"], SCORES.get(row[column].lower(), "")])
            assert len(first) == len(second)


if __name__ == "__main__":
    main()
