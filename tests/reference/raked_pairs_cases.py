"""Writes raked_pairs_cases.csv: people of two waves who are raked to the population, some of them in both, a row each; no score: no valid answer."""

import csv
import random
from pathlib import Path

ROLES, SITES = "abc", "xy"


def drawn(seed, both, before_only, after_only, *, stay=0.5, moved=0.1, blank=0.1, levels=4):
    """People with a role and a site, of whom some take another role between the waves; answers go with the role."""
    rng = random.Random(seed)
    rows = []
    for person in range(both + before_only + after_only):
        role, site = rng.choices(ROLES, [5, 3, 2])[0], rng.choice(SITES)
        own = min(levels, rng.randint(1, levels - 1) + (role == "a"))
        if person < both + before_only:
            rows.append((person, "reference", role, site, "" if rng.random() < blank else own))
        if person < both or person >= both + before_only:
            role = rng.choice(ROLES) if rng.random() < moved else role
            later = own if rng.random() < stay else min(levels, rng.randint(1, levels) + (site == "x"))
            rows.append((person, "later", role, site, "" if rng.random() < blank else later))
    return rows


CASES = {
    "typical": drawn(1, 40, 25, 30),
    "all_in_both": drawn(2, 45, 0, 0),
    "nobody_in_both": drawn(3, 0, 40, 35),
    "nobody_moved": drawn(4, 30, 12, 20, moved=0.0, blank=0.0),
    "many_blank": drawn(5, 60, 20, 20, blank=0.4),
    "seven_levels": drawn(6, 50, 10, 15, levels=7, stay=0.8),
}

with Path(__file__).with_name("raked_pairs_cases.csv").open("w", encoding="utf-8", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["case", "person", "wave", "role", "site", "score"])
    writer.writerows([name, *row] for name, rows in CASES.items() for row in rows)
