"""Writes design_1.csv and design_2.csv, two waves of an invented ward survey with weights, roles and sites; shares no code with rpgstat."""

from __future__ import annotations

import csv
import random
from pathlib import Path

HERE = Path(__file__).parent
LEVELS = ("Disagree strongly", "Disagree", "Agree", "Agree strongly")
ROLES = ("Nurse", "Doctor", "Porter")
WEIGHTS = ("0.5", "0.75", "1", "1.25", "2.1", "3")


def main() -> None:
    """Some people state no role; some answers are missing."""
    chance = random.Random(11)  # not for secrets
    for wave, people, mix in ((1, 80, (40, 25, 15)), (2, 110, (40, 30, 40))):
        with (HERE / f"design_{wave}.csv").open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(["Role", "Site", "Design weight", "I plan", "I rest", "I learn", "I stay"])
            for _ in range(people):
                role = "" if chance.random() < 0.08 else chance.choices(ROLES, mix)[0]
                lift = wave - 1 + (role == "Doctor")
                answers = ["" if chance.random() < 0.06 else chance.choices(LEVELS, (2, 3, 3 + lift, 1 + lift))[0] for _ in range(4)]
                out.writerow([role, chance.choice(("North", "South")), chance.choice(WEIGHTS), *answers])


if __name__ == "__main__":
    main()
