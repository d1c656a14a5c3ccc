"""Writes weighted_pairs_cases.csv: weighted answers of people who stand in one wave or in both, a row each."""

import csv
import random
from pathlib import Path


def drawn(seed, pairs, before_only, after_only, scores, weights, *, fixed=False, stay=0.5):
    """People with a weight of each wave (`fixed`: one for both), who stay at their score with chance `stay` and else draw another."""
    rng = random.Random(seed)
    rows = []
    for person in range(pairs + before_only + after_only):
        own = rng.choice(weights)
        score = rng.choice(scores)
        if person < pairs + before_only:
            rows.append((person, "reference", own, score))
        if person < pairs or person >= pairs + before_only:
            later = score if person < pairs and rng.random() < stay else max(rng.choice(scores), rng.choice(scores), key=float)
            rows.append((person, "later", own if fixed else rng.choice(weights), later))
    return rows


CASES = {
    "typical": drawn(1, 25, 22, 50, [1, 2, 3, 4], ["0.5", "1", "1.75", "3"]),
    "one_weight_a_person": drawn(2, 30, 12, 9, [1, 2, 3, 4, 5], ["0.8", "1.2", "2.05"], fixed=True),
    "all_in_both": drawn(3, 18, 0, 0, [1, 2, 3, 4], ["0.25", "1", "4"]),
    "nobody_in_both": drawn(4, 0, 14, 17, [1, 2, 3, 4], ["0.5", "1", "2.5"]),
    "all_weigh_1": drawn(5, 12, 6, 8, [1, 2, 3, 4], ["1"]),
    "long_weights": drawn(6, 40, 20, 30, [1, 2, 3, 4, 5, 6, 7], ["0.3333333333333333", "1.0482910482910482", "2.9999999999", "0.7071067811865476"]),
    "one_outweighs_all": drawn(7, 9, 4, 5, [1, 2, 3, 4], ["1", "1", "1", "1", "60"]),
    "few_agree": drawn(8, 15, 10, 10, [1, 1, 1, 1, 1, 1, 2, 4], ["0.5", "1", "2"]),
    "halves": drawn(9, 20, 5, 6, ["1", "1.5", "2", "2.5", "3", "3.5", "4"], ["0.9", "1.1"], stay=0.2),
}

with Path(__file__).with_name("weighted_pairs_cases.csv").open("w", encoding="utf-8", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["case", "person", "wave", "weight", "score"])
    writer.writerows([name, *row] for name, rows in CASES.items() for row in rows)
