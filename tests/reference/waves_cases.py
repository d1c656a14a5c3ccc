"""Writes waves_cases.csv (answers of three or more waves) and courses_cases.csv (the answers of people over waves)."""

import csv
import random
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent


def drawn(seed, sizes, times, levels, drift):
    """Answers that drift up by `drift` levels from first to last wave."""
    rng = random.Random(seed)
    found = []
    for size, time in zip(sizes, times, strict=True):
        middle = (levels - 1) / 2 + drift * (time - times[0]) / (times[-1] - times[0]) - drift / 2
        people = Counter(min(max(round(rng.gauss(middle, 1.0)), 0), levels - 1) + 1 for _ in range(size))
        found += [(time, score, people[score]) for score in range(1, levels + 1)]
    return found


WAVES = {
    "three_uneven_years": drawn(1, [47, 60, 75], [1, 3, 5], 4, 0.5),
    "four_dates": drawn(2, [40, 31, 52, 18], [2013.75, 2014.5, 2016, 2018.25], 5, -0.8),
    "no_trend": drawn(3, [30, 25, 33], [1, 2, 3], 4, 0.0),
    "reversal": [(1, 1, 12), (1, 2, 10), (1, 3, 6), (2, 2, 8), (2, 3, 12), (2, 4, 9), (3, 1, 12), (3, 2, 10), (3, 3, 6)],
    "few_answers": [(1, 1, 2), (1, 2, 1), (2, 2, 3), (3, 1, 1), (3, 3, 3), (3, 4, 1)],
    "unused_levels": [(1, 1, 9), (1, 4, 4), (2, 1, 7), (2, 4, 8), (3, 1, 4), (3, 4, 9), (2, 2, 0), (3, 3, 0)],
    "levels_of_two": [(0, 0, 14), (0, 1, 6), (1, 0, 11), (1, 1, 9), (2, 0, 6), (2, 1, 16), (4, 0, 5), (4, 1, 12)],
    "eleven_points": drawn(4, [50, 50, 50], [1, 2, 3], 11, 1.5),
    "not_proportional": [
        (wave, score, people) for wave, row in ((1, (20, 5, 5, 20)), (2, (12, 14, 14, 12)), (3, (3, 24, 22, 4))) for score, people in enumerate(row, start=1)
    ],
    "one_wave_constant": [(1, 2, 9), (2, 2, 5), (2, 3, 6), (3, 2, 3), (3, 3, 8), (3, 1, 2)],
    "hundreds": drawn(5, [900, 1200, 800, 1000], [1, 2, 3, 4], 4, 0.15),
    "separated": [(1, 1, 5), (1, 2, 3), (2, 2, 4), (2, 3, 5), (3, 3, 2), (3, 4, 6)],
}

rng = random.Random(11)
COURSES = {
    "most_answer_often": [[rng.choice([1, 2, 2, 3, 3, 4, ""]) for _ in range(3)] for _ in range(40)],
    "rising": [[min(max(base + step + rng.choice([-1, 0, 0, 1]), 1), 5) if rng.random() < 0.7 else "" for step in (0, 0, 1, 1)] for base in [2, 3, 4] * 20],
    "few_people": [[1, 2, 3], [2, 2, ""], [3, "", 4], [2, 3, 3], ["", 4, 4], [1, "", 1]],
    "nobody_twice": [[2, "", ""], [3, "", ""], [1, "", ""], ["", 3, ""], ["", 2, ""], ["", 4, ""], ["", "", 4], ["", "", 3], ["", "", 4], ["", "", 2]],
}
TIMES = {"most_answer_often": [1, 2, 3], "rising": [2013.75, 2014.5, 2016, 2018.25], "few_people": [1, 3, 5], "nobody_twice": [1, 2, 3]}


def written(name, header, rows):
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


written("waves_cases.csv", ["case", "time", "score", "people"], [(name, *row) for name, rows in WAVES.items() for row in rows])
courses = [
    (name, person, time, score)
    for name, people in COURSES.items()
    for person, scores in enumerate(people)
    for time, score in zip(TIMES[name], scores, strict=True)
    if score != ""
]
written("courses_cases.csv", ["case", "person", "time", "score"], courses)
