"""Writes linked_waves_cases.csv: answers of people who stand in one of several waves, in some or in all, a row each."""

import csv
import random
from pathlib import Path


def drawn(seed, people, waves, scores, *, came=0.7, stay=0.5, weights=("1",)):
    """People who answer each wave with chance `came`, and stay at the score of the wave before with chance `stay`, else draw another."""
    rng = random.Random(seed)
    rows = []
    for person in range(people):
        score = rng.choice(scores)
        for wave in range(1, waves + 1):
            if rng.random() > stay:
                score = max(rng.choice(scores), rng.choice(scores)) if wave > 1 else rng.choice(scores)
            if rng.random() < came:
                rows.append((person, wave, rng.choice(weights), score))
    return rows


def nobody_twice(seed, people, waves, scores):
    """As many people in each wave, none of them in another."""
    rng = random.Random(seed)
    return [(wave * people + person, wave, "1", rng.choice(scores)) for wave in range(1, waves + 1) for person in range(people)]


def never_thrice(seed, people, scores):
    """People in two of three waves each."""
    rng = random.Random(seed)
    return [(person, wave, "1", rng.choice(scores)) for person in range(people) for wave in (1, 2, 3) if wave != 1 + person % 3]


CASES = {
    "three": drawn(1, 60, 3, [1, 2, 3, 4]),
    "four": drawn(2, 90, 4, [1, 2, 3, 4, 5], came=0.6),
    "all_in_all": drawn(3, 25, 3, [1, 2, 3, 4], came=1.0),
    "nobody_twice": nobody_twice(4, 20, 3, [1, 2, 3, 4]),
    "never_thrice": never_thrice(5, 30, [1, 2, 3, 4]),
    "few": drawn(6, 10, 3, [1, 2, 3, 4], came=0.8),
    "nearly_still": drawn(7, 40, 3, [1, 2, 3, 4], stay=0.97),
    "halves": drawn(8, 45, 3, [2, 3, 5, 6, 7, 8], stay=0.3),
    "weighted": drawn(9, 70, 3, [1, 2, 3, 4], weights=("0.5", "1", "1.75", "3")),
}

with Path(__file__).with_name("linked_waves_cases.csv").open("w", encoding="utf-8", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["case", "person", "wave", "weight", "score"])
    writer.writerows([name, *row] for name, rows in CASES.items() for row in rows)
