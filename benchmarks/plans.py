"""Measures what the plan of protection of a whole study costs, in processor seconds after imports, and prints a Markdown table.

python benchmarks/plans.py [--all]
"""

from __future__ import annotations

import argparse
import csv
import random
import tempfile
import time
from collections import Counter
from pathlib import Path

from rpgstat.disclosure import Plan
from rpgstat.workflow.case import open_case
from rpgstat.workflow.counting import count
from rpgstat.workflow.planned import every_combination, plan_of

LABELS = ("Disagree strongly", "Disagree", "Agree", "Agree strongly")
STUDIES = {
    "5 x 4 groups, 60 items, 3 waves of 120 people": (5, 4, 60, 3, 120, 2.0),
    "5 x 4 groups, 60 items, 3 waves of 2,000 people": (5, 4, 60, 3, 2000, 2.0),
    "40 groups, 60 items, a wave of 400 people": (40, 1, 60, 1, 400, 15.0),
}
SLOW = {"40 x 3 groups, 60 items, a wave of 400 people": (40, 3, 60, 1, 400, 15.0)}


def make_study(folder: Path, roles: int, teams: int, items: int, waves: int, people: int) -> Path:
    """A study of made-up answers in batteries of ten, 3 % of them blank, roles of unlike sizes; the path of its file. Seeded."""
    rng = random.Random(20)
    texts = [f"Statement number {item + 1}" for item in range(items)]
    for wave in range(waves):
        with (folder / f"{wave}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["Code", "Role", "Team", *texts])
            for person in range(people):
                role = rng.choices(range(roles), [1 / (place + 1) ** 0.8 for place in range(roles)])[0]
                answers = ["" if rng.random() < 0.03 else rng.choices(LABELS, [1, 2.5, 4, 2.5])[0] for _ in texts]
                writer.writerow([f"{wave}-{person}", f"Role {role + 1}", f"Team {rng.randrange(teams) + 1}", *answers])
    lines = ['id = "Code"', "[groups]", 'role = "Role"', *(['team = "Team"'] if teams > 1 else []), "[scales.a]", f"levels = {list(LABELS)}"]
    lines += [f'[[waves]]\nname = "wave {wave}"\nfile = "{wave}.csv"' for wave in range(waves)]
    lines += [f'[[batteries]]\nname = "B{start}"\nscale = "a"\nitems = {texts[start : start + 10]}' for start in range(0, items, 10)]
    path = folder / "study.toml"
    path.write_text("\n".join(lines).replace("'", '"'), encoding="utf-8")
    return path


def measured(shape: tuple[int, int, int, int, int]) -> tuple[float, float, Plan]:
    """Processor seconds of counting the people by all groups, and of the plan."""
    with tempfile.TemporaryDirectory() as folder:
        case = open_case((), make_study(Path(folder), *shape), None)
        start = time.process_time()
        case, counted = count(case, [(wave,) for wave in case.waves], case.study.groups, None, beside=every_combination(case))
        between = time.process_time()
        plan = plan_of(case, case.study.groups, counted)
        return between - start, time.process_time() - between, plan


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="the slow ones too")
    import scipy.optimize  # noqa: F401 - imports are not measured

    measured((2, 2, 2, 1, 20))
    print("| study | counting | plan | figures shown, by their mean, withheld | budget |\n|---|---|---|---|---|")
    for what, (*shape, most) in (STUDIES | (SLOW if parser.parse_args().all else {})).items():
        counting, planning, plan = measured((shape[0], shape[1], shape[2], shape[3], shape[4]))
        tiers = Counter(str(decision.tier) for decided in plan.cells.values() for decision in decided.values() if decision.n)
        figures = ", ".join(f"{tiers[name]:,}" for name in ("full", "mean only", "hidden"))
        print(f"| {what} | {counting:.2f} s | {planning:.2f} s | {figures} | {most:.0f} s: {'met' if planning <= most else '**missed**'} |")


if __name__ == "__main__":
    main()
