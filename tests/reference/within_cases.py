"""Writes within_cases.csv: people with an answer in every wave, invented: python within_cases.py."""

from __future__ import annotations

import random
from pathlib import Path

SHAPES = {  # people, levels, shift of each wave, how far one wave is from the next
    "three_waves": (25, 4, (0, 0.4, 0.6), 0.6),
    "up_and_back": (40, 5, (0, 0.9, 0.1), 0.8),
    "five_waves": (60, 7, (0, 0.2, 0.1, 0.5, 0.8), 1.0),
    "two_waves": (18, 4, (0, 0.5), 0.7),
    "few_people": (4, 4, (0, 1, 1), 0.5),
    "hardly_anybody_moves": (30, 4, (0, 0, 0), 0.2),
    "drifting_apart": (35, 6, (0, 0.1, 0.3, 0.2), None),
}


def written() -> str:
    """The cases as CSV."""
    rng, lines = random.Random(16), ["case,person,wave,score"]
    for case, (people, levels, shifts, noise) in SHAPES.items():
        for person in range(people):
            own = rng.gauss((levels + 1) / 2, levels / 5)
            for wave, shift in enumerate(shifts):
                score = round(own + shift + rng.gauss(0, 0.3 + 0.6 * wave if noise is None else noise))
                lines.append(f"{case},{person},{wave},{min(levels, max(1, score))}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    Path(__file__).with_name("within_cases.csv").write_text(written(), encoding="utf-8")
