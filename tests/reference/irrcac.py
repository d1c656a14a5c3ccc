"""Agreement of coders by Python's irrCAC, which its author's R package was carried over to, and by `krippendorff`: for every case of agreement_cases.csv.

Neither is needed by the tests. In an environment of their own: `pip install irrCAC==0.4.4 krippendorff==0.9.0 && python irrcac.py` writes irrcac.json.
"""

from __future__ import annotations

import csv
import json
import math
import sys
import warnings
from collections import Counter
from importlib.metadata import version
from itertools import groupby
from pathlib import Path

import krippendorff
import numpy as np
import pandas as pd
from irrCAC import raw, table

HERE = Path(__file__).parent
WEIGHTS = {"nominal": "identity", "linear": "linear", "quadratic": "quadratic"}
DIGITS = 15  # it rounds all that it returns; 5 if it is not told


def cases():
    """By case: the number of categories, and what each coder chose on each unit, NaN where not judged."""
    with (HERE / "agreement_cases.csv").open(encoding="utf-8", newline="") as file:
        for name, rows in groupby(csv.DictReader(file), lambda row: row["case"]):
            units, categories = [], 0
            for row in rows:
                categories = int(row["categories"])
                units += [[float(row[coder]) if row[coder] else math.nan for coder in "abc"[: int(row["coders"])]]] * int(row["units"])
            yield name, categories, units


def told(found):
    """A coefficient with its standard error. Its limits are left out: SciPy 1.12, which irrCAC 0.4.4 pins, is 4 units off in the ninth digit of t at 39, 41
    and 46 degrees of freedom, and the lower one is not cut at -1."""
    est = found["est"]
    plain = [None if not math.isfinite(value) else float(value) for value in (est["coefficient_value"], est["se"])]
    return dict(zip(("estimate", "se"), plain, strict=True))


def attempt(make):
    """What is found, or the error that is raised instead."""
    try:
        return told(make())
    except Exception as error:  # noqa: BLE001 # whatever it raises is its answer
        return {"error": type(error).__name__}


def of(categories, units):
    """All coefficients of one case."""
    frame, named = pd.DataFrame(units), [float(k) for k in range(categories)]

    def cac(weights):
        return raw.CAC(frame, weights=weights, categories=named, digits=DIGITS)

    found = {"gwet": {name: attempt(lambda weights=weights: cac(weights).gwet()) for name, weights in WEIGHTS.items()}}
    found["krippendorff"] = attempt(lambda: cac("identity").krippendorff())
    if frame.shape[1] == 2 and not frame.isna().any().any():
        met = Counter(map(tuple, units))
        crossed = pd.DataFrame([[met[float(k), float(m)] for m in range(categories)] for k in range(categories)])
        found["kappa"] = {
            name: attempt(lambda weights=weights: table.CAC(crossed, weights=weights, digits=DIGITS).cohen()) for name, weights in WEIGHTS.items()
        }
    data = np.array(units).T
    for level in ("nominal", "ordinal", "interval"):
        try:
            alpha = float(krippendorff.alpha(reliability_data=data, value_domain=named, level_of_measurement=level))
        except ValueError:
            alpha = math.nan
        found.setdefault("pypi_krippendorff", {})[level] = alpha if math.isfinite(alpha) else None
    return found


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    packages = {name: version(name) for name in ("irrCAC", "krippendorff", "numpy", "pandas", "scipy")}
    made = {"script": "irrcac.py", "python": sys.version.split()[0], "packages": packages, "cases": {name: of(*rest) for name, *rest in cases()}}
    (HERE / "irrcac.json").write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
