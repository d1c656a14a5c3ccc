"""Writes weighted_courses_cases.csv: weighted answers of people over three waves or more, a row each."""

import csv
import random
from pathlib import Path


def drawn(seed, people, times, scores, weights, *, there=0.7, drift=0.0, bent=0.0, fixed=False):
    """People who answer in each wave with chance `there`, each with a weight of the wave (`fixed`: one for all), near a level of their own."""
    rng = random.Random(seed)
    rows = []
    for person in range(people):
        level, own = rng.uniform(0, len(scores) - 1), rng.choice(weights)
        for wave, time in enumerate(times):
            if rng.random() < there:
                at = round(level + drift * wave + (bent if wave == 1 else 0) + rng.gauss(0, 0.8))
                rows.append((person, time, own if fixed else rng.choice(weights), scores[min(max(at, 0), len(scores) - 1)]))
    return rows


LONG = ["0.3333333333333333", "1.0482910482910482", "2.9999999999", "0.7071067811865476"]
STRANGERS = [[(100 * at + person, *own) for person, *own in drawn(9 + at, 20, [time], [1, 2, 3, 4], ["0.5", "2"])] for at, time in enumerate((1, 2, 3))]
CASES = {
    "typical": drawn(1, 60, [1, 2, 3], [1, 2, 3, 4], ["0.5", "1", "1.75", "3"], drift=0.3),
    "four_dates": drawn(2, 45, [2013.75, 2014.5, 2016, 2018.25], [1, 2, 3, 4, 5], ["0.8", "1.2", "2.05"], drift=-0.4, fixed=True),
    "bent": drawn(3, 50, [1, 3, 5], [1, 2, 3, 4], ["0.25", "1", "4"], bent=1.2),
    "all_in_all": drawn(4, 30, [1, 2, 3], [1, 2, 3, 4], ["0.5", "1", "2.5"], there=1, drift=0.2),
    "all_weigh_1": drawn(5, 40, [1, 2, 3], [1, 2, 3, 4], ["1"], drift=0.3),
    "long_weights": drawn(6, 50, [1, 2, 4, 5], [1, 2, 3, 4, 5, 6, 7], LONG, drift=0.4),
    "one_outweighs_all": drawn(7, 14, [1, 2, 3], [1, 2, 3, 4], ["1", "1", "1", "1", "60"]),
    "halves": drawn(8, 35, [0, 1, 3], ["1", "1.5", "2", "2.5", "3", "3.5", "4"], ["0.9", "1.1"], drift=0.5),
    "nobody_twice": [row for wave in STRANGERS for row in wave],
}

with Path(__file__).with_name("weighted_courses_cases.csv").open("w", encoding="utf-8", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["case", "person", "time", "weight", "score"])
    writer.writerows([name, *row] for name, rows in CASES.items() for row in rows)
