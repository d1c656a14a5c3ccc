"""Writes pairs_cases.csv: answers of people in both waves, in the reference wave only (after is empty) and in the later one only (before is empty)."""

import csv
import random
from collections import Counter
from pathlib import Path


def drawn(seed, pairs, before_only, after_only, levels, stay, up):
    """People who stay at their level with chance `stay`, else move up with chance `up`."""
    rng = random.Random(seed)
    found = Counter()
    for _ in range(pairs):
        a = rng.randrange(levels)
        b = a if rng.random() < stay else min(max(a + rng.choice([1, 1, 2]) * (1 if rng.random() < up else -1), 0), levels - 1)
        found[a + 1, b + 1] += 1
    for _ in range(before_only):
        found[rng.randrange(levels) + 1, ""] += 1
    for _ in range(after_only):
        found["", max(rng.randrange(levels), rng.randrange(levels)) + 1] += 1
    return found


CASES = {
    "typical_25_of_47v75": drawn(1, 25, 22, 50, 4, 0.5, 0.8),
    "few_pairs_2_of_9v12": drawn(2, 2, 7, 10, 4, 0.3, 0.5),
    "all_pairs_12": drawn(3, 12, 0, 0, 4, 0.5, 0.9),
    "all_pairs_30_five_levels": drawn(4, 30, 0, 0, 5, 0.4, 0.3),
    "no_pairs_9v14": drawn(5, 0, 9, 14, 5, 0, 0),
    "one_pair_of_6v8": drawn(6, 1, 5, 7, 4, 0, 1),
    "all_of_reference_stay_10v18": drawn(7, 10, 0, 8, 4, 0.6, 0.5),
    "all_of_later_were_there_17v9": drawn(8, 9, 8, 0, 7, 0.3, 0.4),
    "eleven_points": drawn(9, 14, 6, 5, 11, 0.2, 0.7),
    "hundreds": drawn(10, 260, 140, 190, 4, 0.55, 0.55),
    "opposed_pairs": Counter({(1, 4): 3, (2, 3): 4, (3, 2): 2, (4, 1): 3, (2, ""): 5, ("", 3): 6}),
    "reference_side_constant": Counter({(3, 2): 2, (3, 3): 4, (3, 4): 5, (1, ""): 3, (4, ""): 2, ("", 2): 4}),
    "nobody_moves": Counter({(1, 1): 4, (2, 2): 6, (3, 3): 5, (4, 4): 3}),
    "all_move_alike": Counter({(1, 2): 4, (2, 3): 6, (3, 4): 5}),
    "both_waves_constant": Counter({(2, 3): 5, (2, ""): 3, ("", 3): 4}),
    "three_down_ten_up": Counter({(2, 1): 2, (4, 2): 1, (1, 2): 4, (2, 3): 4, (2, 4): 1, (3, 4): 1, (2, 2): 5, (3, 3): 7}),
    "halves": Counter({(1.5, 2): 3, (2, 2.5): 2, (2.5, 2.5): 4, (3, 2): 1, (1, 2.5): 2, (2, ""): 3, (3.5, ""): 2, ("", 2.5): 4, ("", 4): 1}),
}

with Path(__file__).with_name("pairs_cases.csv").open("w", encoding="utf-8", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["case", "before", "after", "people"])
    for name, people in CASES.items():
        writer.writerows([name, before, after, n] for (before, after), n in sorted(people.items(), key=lambda one: (str(one[0][0]), str(one[0][1]))))
