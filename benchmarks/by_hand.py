"""The example comparison as an analyst would script it with pandas and Pingouin: what `rpgstat compare` is timed against."""

from __future__ import annotations

import sys
from pathlib import Path

import fastexcel
import pandas as pd
import pingouin as pg

LEVELS = {"disagree strongly": 1, "strongly disagree": 1, "disagree": 2, "agree": 3, "agree strongly": 4, "strongly agree": 4}


def read(path: Path) -> pd.DataFrame:
    """The matrix answers as scores, one column a statement."""
    if path.suffix == ".csv":
        table = pd.read_csv(path, header=None, dtype=str)
    else:
        # by way of Polars, for pandas alone would need another package to read Excel
        table = pd.DataFrame(fastexcel.read_excel(path).load_sheet(0, header_row=None, dtypes="string").to_polars().rows())
    body = table.iloc[2:]
    body.columns = table.iloc[1]
    return body.apply(lambda column: column.str.lower().map(LEVELS)).dropna(axis="columns", how="all")


def main() -> None:
    """Welch's t, Hedges g and Holm's p for every statement."""
    before, after = (read(Path(sys.argv[1]) / name) for name in ("wave-1.csv", "wave-3.xlsx"))
    rows = []
    for item in before.columns:
        a, b = before[item].dropna(), after[item].dropna()
        test = pg.ttest(b, a, correction=True).iloc[0]
        sizes = {"n1": len(a), "n2": len(b), "change": b.mean() - a.mean()}
        rows.append({"item": item} | sizes | {"p": test["p_val"], "g": pg.compute_effsize(b, a, eftype="hedges")})
    table = pd.DataFrame(rows)
    table["p_adjusted"] = pg.multicomp(table["p"].astype(float).tolist(), method="holm")[1]
    print(table.to_string())


if __name__ == "__main__":
    main()
